/** Wiring only: the window's component on the host that carries it. */
import './freeze';

import { mount } from 'svelte';

import App from './App.svelte';
import type { Host } from './host/host';
import { insideTauri, tauriHost } from './host/tauri';

/** In a browser at the development server the core is a process beside it; a build for the app holds nothing of that. */
async function chooseHost(): Promise<Host> {
  if (import.meta.env.DEV && !insideTauri()) return (await import('./dev/bridged-host')).bridgedHost;
  return tauriHost;
}

const target = document.getElementById('app');
if (target) void chooseHost().then((host) => mount(App, { target, props: { host } }));
