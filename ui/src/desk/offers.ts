/** What can be named in a post: of its site by the core, of itself by its preview. */
import type { Offers } from '../editor/completion/offers';
import type { Offers as OffersOfSite, PreviewPatch } from '../wire/types';
import type { Desk } from './desk.svelte';
import type { OpenPost } from './open-post.svelte';

const heading = /<h([1-6])\b[^>]*\bid="([^"]*)"[^>]*>(.*?)<\/h\1>/gs;

type OfSite = Promise<OffersOfSite>;

/** Milliseconds for which what a site has is not asked for again. */
const fresh = 10_000;
const asked = new WeakMap<OpenPost, { site: number | null; at: number; answer: OfSite }>();

/** Asks for what can be named in a post; for a draft in the site that the writer looks at. */
export async function offersFor(desk: Desk, open: OpenPost): Promise<Offers> {
  const site = open.file?.site ?? desk.siteInSight;
  if (site !== null && !desk.library.sitePosts.has(site)) await desk.library.listSitePosts(site);
  const { posts, images, macros } = await ofSite(desk, open, site);
  const rows = site === null ? [] : (desk.library.sitePosts.get(site) ?? []);
  const titles = new Map(rows.map(({ path, title }) => [path, title]));
  return {
    generator: site === null ? null : (desk.library.site(site)?.profile.generator ?? null),
    posts: posts.map(({ path, address }) => ({ title: titles.get(path) || path, address })),
    headings: headingsIn(open.session.preview()),
    images,
    macros: macros.map(({ name, has_content }) => ({ name, hasContent: has_content ?? false })),
    tags: desk.library.tags(site),
  };
}

function ofSite(desk: Desk, open: OpenPost, site: number | null): OfSite {
  const before = asked.get(open);
  const now = performance.now();
  if (before && before.site === site && now - before.at < fresh) return before.answer;
  const answer = desk.host.call('offers', { post: open.post, site });
  asked.set(open, { site, at: now, answer });
  answer.catch(() => asked.delete(open));
  return answer;
}

/** The headings of a preview with the ids that its engine gave them. */
export function headingsIn({ ops }: PreviewPatch): Offers['headings'] {
  const blocks = ops.flatMap(({ insert }) => insert);
  return blocks.flatMap(({ html }) =>
    [...html.matchAll(heading)].map(([, , id = '', words = '']) => ({ id: plain(id), title: plain(words) })),
  );
}

const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => signs[name] ?? '')
    .trim();
}
