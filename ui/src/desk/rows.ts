import type { Words } from '../design/language/en';
import type { DraftRow, SitePostRow } from '../wire/types';
import { shortDay, whenEdited } from './dates';

/** A post in the sidebar's list, whatever list it is from. */
export interface ListedPost {
  /** Names the row in its list. */
  id: string;
  /** Its number, for a post of the library. */
  post: number | null;
  title: string;
  when: string;
  tags: string[];
  path: string;
  state: keyof Words['states'];
  problem: string | null;
}

/** A draft's row. */
export function draftListed(row: DraftRow, now: Date, language: string): ListedPost {
  const path = row.file ? `${row.file.site_name}/${row.file.path}` : '';
  const state = row.trashed ? 'trashed' : row.file ? 'changed' : 'draft';
  const when = whenEdited(row.edited, now, language);
  return {
    id: String(row.post),
    post: row.post,
    title: row.title,
    when,
    tags: row.tags,
    path,
    state,
    problem: null,
  };
}

/** The row of a site's post. */
export function sitePostListed(row: SitePostRow): ListedPost {
  const state = row.problem ? 'problem' : row.changed ? 'changed' : row.draft ? 'keptBack' : 'published';
  const { path, title, tags, problem } = row;
  return {
    id: path,
    post: null,
    title,
    when: row.date ? shortDay(row.date) : '',
    tags,
    path,
    state,
    problem,
  };
}
