import type { Event, OutsideChange } from '../wire/types';
import type { Desk } from './desk.svelte';

/** Brings the desk up to date with what the core tells unasked. */
export function receive(desk: Desk, event: Event, runCommand: (name: string) => void): void {
  switch (event.event) {
    case 'stored':
      desk.open.get(event.with.post)?.session.keptUpTo(event.with);
      break;
    case 'store_failed':
      desk.open.get(event.with.post)?.session.notKept(event.with);
      break;
    case 'findings':
      desk.open.get(event.with.post)?.found(event.with);
      break;
    case 'preview_outdated':
      desk.open.get(event.with.post)?.siteIsSetOtherwise();
      break;
    case 'drafts_changed':
      void desk.library.listDrafts();
      break;
    case 'sites_changed':
      void desk.library.listSites();
      break;
    case 'site_posts_changed':
      if (desk.git.states.has(event.with.site)) void desk.git.ask(event.with.site);
      if (desk.library.sitePosts.has(event.with.site)) void desk.library.listSitePosts(event.with.site);
      break;
    case 'file_changed':
      void fileChanged(desk, event.with.post, event.with.change);
      break;
    case 'progressed':
      desk.committing?.heard(event.with);
      desk.building?.heard(event.with);
      break;
    case 'search_filled':
      desk.searching.filled(event.with.unread);
      break;
    case 'show_post':
      void desk.openDraft(event.with.post);
      break;
    case 'show_site':
      void desk.library.listSites().then(() => desk.showSource(event.with.site));
      break;
    case 'failed':
      desk.messages.fail(event.with);
      break;
    case 'menu':
      runCommand(event.with.command);
      break;
  }
}

async function fileChanged(desk: Desk, post: number, change: OutsideChange): Promise<void> {
  const open = desk.open.get(post);
  if (!open) return;
  if (change === 'reload' || change === 'merge') await desk.bringInOutside(open, change);
  else open.outside = change;
}
