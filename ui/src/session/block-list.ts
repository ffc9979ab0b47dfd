/** The preview of a post as a plain list of blocks, kept so that a tab can be shown again at once. */
import type { ChangedLines, PreviewBlock, PreviewPatch } from '../wire/types';

/** What a line of code begins with. The text in it is escaped and no other class begins so. */
const LINE = '<span class="line';
const CODE_END = '</code></pre>';

export class BlockList {
  #blocks: PreviewBlock[] = [];
  #firstLine = 0;
  #revision = 0;
  #refused: string | null = null;
  #unfinished = false;
  /** The lines of blocks that changed line by line, by the block's number. Their HTML is put together when it is asked for. */
  #code = new Map<number, Code>();

  /** Brings the list up to date. */
  apply(patch: PreviewPatch): void {
    for (const { at, remove, insert } of patch.ops) {
      for (const { id } of this.#blocks.splice(at, remove, ...insert)) this.#code.delete(id);
    }
    for (const changed of patch.lines) this.#changeLines(changed);
    for (const { at, lines } of patch.resized) {
      const block = this.#blocks[at];
      if (block) this.#blocks[at] = { ...block, lines };
    }
    this.#firstLine = patch.first_line;
    this.#revision = patch.revision;
    this.#refused = patch.refused;
    this.#unfinished = patch.unfinished;
  }

  /** The patch that puts the list of `whole`, a patch of an empty list, in the place of this one. */
  replacedBy(whole: PreviewPatch): PreviewPatch {
    const fresh = new BlockList();
    fresh.apply(whole);
    const { ops: _, ...rest } = fresh.whole();
    return { ...rest, ops: [{ at: 0, remove: this.#blocks.length, insert: fresh.blocks.slice() }] };
  }

  get blocks(): readonly PreviewBlock[] {
    if (this.#code.size > 0) {
      this.#blocks = this.#blocks.map((block) => {
        const code = this.#code.get(block.id);
        return code ? { ...block, html: code.before + code.lines.join('') + code.behind } : block;
      });
      this.#code.clear();
    }
    return this.#blocks;
  }

  /** The whole list as one patch of an empty list. */
  whole(): PreviewPatch {
    return {
      revision: this.#revision,
      first_line: this.#firstLine,
      ops: this.#blocks.length > 0 ? [{ at: 0, remove: 0, insert: this.blocks.slice() }] : [],
      lines: [],
      resized: [],
      unfinished: this.#unfinished,
      refused: this.#refused,
    };
  }

  #changeLines({ at, from, remove, insert }: ChangedLines): void {
    const block = this.#blocks[at];
    if (!block) return;
    let code = this.#code.get(block.id);
    if (!code) this.#code.set(block.id, (code = linesOf(block.html)));
    code.lines.splice(from, remove, ...insert);
  }
}

/** A block of code in its parts. */
interface Code {
  before: string;
  lines: string[];
  behind: string;
}

function linesOf(html: string): Code {
  const start = html.indexOf('<code>') + '<code>'.length;
  const end = html.lastIndexOf(CODE_END);
  const [, ...lines] = html.slice(start, end).split(LINE);
  return { before: html.slice(0, start), lines: lines.map((line) => LINE + line), behind: html.slice(end) };
}
