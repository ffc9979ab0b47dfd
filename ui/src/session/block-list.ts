/** The preview of a post as a plain list of blocks, kept so that a tab can be shown again at once. */
import type { PatchOp, PreviewBlock, PreviewPatch, ResizedBlock } from '../wire/types';

type Difference = Pick<PreviewPatch, 'ops' | 'resized'>;

export class BlockList {
  #blocks: PreviewBlock[] = [];
  #firstLine = 0;
  #revision = 0;
  #refused: string | null = null;

  /** Brings the list up to date. */
  apply(patch: PreviewPatch): void {
    for (const { at, remove, insert } of patch.ops) this.#blocks.splice(at, remove, ...insert);
    for (const { at, lines } of patch.resized) {
      const block = this.#blocks[at];
      if (block) this.#blocks[at] = { ...block, lines };
    }
    this.#firstLine = patch.first_line;
    this.#revision = patch.revision;
    this.#refused = patch.refused;
  }

  /** The patch that makes this list that of `whole`, a patch of an empty one; blocks that look the same stay. */
  replacedBy(whole: PreviewPatch): PreviewPatch {
    const fresh = new BlockList();
    fresh.apply(whole);
    return { ...fresh.whole(), ...difference(this.#blocks, fresh.#blocks) };
  }

  get blocks(): readonly PreviewBlock[] {
    return this.#blocks;
  }

  /** The whole list as one patch of an empty list. */
  whole(): PreviewPatch {
    return {
      revision: this.#revision,
      first_line: this.#firstLine,
      ops: this.#blocks.length > 0 ? [{ at: 0, remove: 0, insert: this.#blocks.slice() }] : [],
      resized: [],
      refused: this.#refused,
    };
  }
}

function difference(old: readonly PreviewBlock[], fresh: readonly PreviewBlock[]): Difference {
  const looksSame = (before?: PreviewBlock, after?: PreviewBlock): boolean => before?.html === after?.html;
  const most = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < most && looksSame(old[start], fresh[start])) start += 1;
  let end = 0;
  while (end < most - start && looksSame(old.at(-1 - end), fresh.at(-1 - end))) end += 1;
  const grown = fresh.length - old.length;
  // Where the number of blocks is the same, one after the other is most likely the same block in another look.
  const pairwise = grown === 0;
  const ops: PatchOp[] = [];
  const resized: ResizedBlock[] = [];
  fresh.forEach((block, at) => {
    const before = at < start || pairwise ? old[at] : old[at - grown];
    const inMiddle = at >= start && at < fresh.length - end;
    if (inMiddle && !(pairwise && looksSame(before, block))) {
      if (pairwise) ops.push({ at, remove: 1, insert: [block] });
    } else if (before && before.lines !== block.lines) resized.push({ at, lines: block.lines });
  });
  if (!pairwise)
    ops.push({
      at: start,
      remove: old.length - start - end,
      insert: fresh.slice(start, fresh.length - end),
    });
  return { ops, resized };
}
