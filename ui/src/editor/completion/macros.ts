/** Macros of the generators: Hugo's shortcodes, the tags of Liquid and Nunjucks. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';

import type { Generator } from '../../wire/types';
import { offersFor } from './offers';

const shortcode = /\{\{([<%]) ?[\w/.-]*$/;
const tag = /\{%-? ?\w*$/;

/** Macros that generators have built in, and whether each takes content. */
const builtIn: Readonly<Partial<Record<Generator, Readonly<Record<string, boolean>>>>> = {
  hugo: {
    details: true,
    figure: false,
    highlight: true,
    instagram: false,
    param: false,
    qr: false,
    ref: false,
    relref: false,
    vimeo: false,
    x: false,
    youtube: false,
  },
  jekyll: {
    highlight: true,
    include: false,
    include_relative: false,
    link: false,
    post_url: false,
    raw: true,
  },
  hexo: {
    asset_img: false,
    asset_link: false,
    asset_path: false,
    blockquote: true,
    codeblock: true,
    iframe: false,
    img: false,
    include_code: false,
    link: false,
    post_link: false,
    post_path: false,
    pullquote: true,
    raw: true,
  },
};

export async function macros(context: CompletionContext): Promise<CompletionResult | null> {
  const opened = context.matchBefore(shortcode) ?? context.matchBefore(tag);
  if (!opened) return null;
  const { generator, macros } = await offersFor(context);
  const isShortcode = opened.text.startsWith('{{');
  if (isShortcode !== (generator === 'hugo')) return null;
  const all = new Map(Object.entries((generator && builtIn[generator]) ?? {}));
  for (const { name, hasContent } of macros) all.set(name, hasContent);
  const sign = isShortcode ? (opened.text[2] ?? '<') : '%';
  const [begin, end] = isShortcode ? [`{{${sign}`, `${sign === '<' ? '>' : '%'}}}`] : ['{%', '%}'];
  const word = /[\w/.-]*$/.exec(opened.text)?.[0] ?? '';
  const options = [...all].map(([name, hasContent]): Completion => {
    const closing = hasContent ? `\n${begin} ${isShortcode ? '/' : 'end'}${name} ${end}` : '';
    return { label: name, apply: writing(begin, name, end, closing) };
  });
  return { from: context.pos - word.length, options, validFor: /^[\w/.-]*$/ };
}

/** Writes a macro to its end, with the cursor where its parameters go. */
function writing(begin: string, name: string, end: string, closing: string) {
  return (view: EditorView, _chosen: Completion, from: number, to: number): void => {
    const { state } = view;
    const space = state.sliceDoc(from - begin.length, from) === begin ? ' ' : '';
    const behind = state.sliceDoc(to, to + 8);
    // What brackets came in pairs gives way to the macro's own end.
    const paired = /^ ?[>%]?\}{1,2}/.exec(behind)?.[0].length ?? 0;
    const insert = `${space}${name} `;
    view.dispatch({
      changes: { from, to: to + paired, insert: `${insert}${end}${closing}` },
      selection: { anchor: from + insert.length },
      userEvent: 'input.complete',
      scrollIntoView: true,
    });
  };
}
