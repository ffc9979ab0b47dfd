/** The preview of a post as a plain list of blocks, kept so that a tab can be shown again at once. */
import type { ChangedLines, PatchOp, PreviewBlock, PreviewPatch, ResizedBlock } from '../wire/types';

type Difference = Pick<PreviewPatch, 'ops' | 'resized'>;

/** What a line of code begins with. The text in it is escaped and no other class begins so. */
const LINE = '<span class="line';
const CODE_END = '</code></pre>';

export class BlockList {
  #blocks: PreviewBlock[] = [];
  #firstLine = 0;
  #revision = 0;
  #refused: string | null = null;
  #unfinished = false;
  /** The lines of blocks that changed line by line. Their HTML is put together when it is asked for. */
  #code = new Map<PreviewBlock, Code>();

  /** Brings the list up to date. */
  apply(patch: PreviewPatch): void {
    for (const { at, remove, insert } of patch.ops) {
      for (const gone of this.#blocks.splice(at, remove, ...insert)) this.#code.delete(gone);
    }
    for (const changed of patch.lines) this.#changeLines(changed);
    for (const { at, lines } of patch.resized) this.#resize(at, lines);
    this.#firstLine = patch.first_line;
    this.#revision = patch.revision;
    this.#refused = patch.refused;
    this.#unfinished = patch.unfinished;
  }

  /** The patch that makes this list that of `whole`, a patch of an empty one; blocks that look the same stay. */
  replacedBy(whole: PreviewPatch): PreviewPatch {
    const fresh = new BlockList();
    fresh.apply(whole);
    return { ...fresh.whole(), ...difference(this.blocks, fresh.blocks) };
  }

  get blocks(): readonly PreviewBlock[] {
    if (this.#code.size > 0) {
      this.#blocks = this.#blocks.map((block) => {
        const code = this.#code.get(block);
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
    let code = this.#code.get(block);
    if (!code) this.#code.set(block, (code = linesOf(block.html)));
    code.lines.splice(from, remove, ...insert);
  }

  #resize(at: number, lines: number): void {
    const block = this.#blocks[at];
    if (!block) return;
    const resized = { ...block, lines };
    const code = this.#code.get(block);
    if (code) this.#code.delete(block);
    if (code) this.#code.set(resized, code);
    this.#blocks[at] = resized;
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
