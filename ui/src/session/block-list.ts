/** The preview of a post as a plain list of blocks, kept so that a tab can be shown again at once. */
import type { PreviewBlock, PreviewPatch } from '../wire/types';

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

  /** The patch that puts the list of `whole`, a patch of an empty list, in the place of this one. */
  replacedBy(whole: PreviewPatch): PreviewPatch {
    const fresh = new BlockList();
    fresh.apply(whole);
    const { ops: _, ...rest } = fresh.whole();
    return { ...rest, ops: [{ at: 0, remove: this.#blocks.length, insert: fresh.#blocks }] };
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
