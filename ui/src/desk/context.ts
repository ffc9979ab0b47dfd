import { createContext } from 'svelte';
import type { Desk } from './desk.svelte';

/** The desk that the panels are part of. */
export const [getDesk, setDesk] = createContext<Desk>();
