/**
 * Shortcuts by the key's place. Under a Hangul layout Ctrl+B arrives as Ctrl+ㅠ, on WebKitGTK without the key code
 * that CodeMirror would fall back on.
 */
import { Prec, type Extension } from '@codemirror/state';
import { EditorView, runScopeHandlers } from '@codemirror/view';

/** The letter or digit that is printed on a Latin keyboard's key, if the event's own is not Latin. */
export function latinKey(event: { key: string; code: string }): string | null {
  if (event.key.length !== 1 || event.key.charCodeAt(0) < 128) return null;
  const place = /^(?:Key([A-Z])|Digit(\d))$/.exec(event.code);
  return place ? (place[1]?.toLowerCase() ?? place[2] ?? null) : null;
}

export const physicalKeys: Extension = Prec.highest(
  EditorView.domEventHandlers({
    keydown(event, view) {
      if (event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey)) return false;
      const key = latinKey(event);
      if (key === null) return false;
      const { ctrlKey, metaKey, shiftKey, code } = event;
      const latin = new KeyboardEvent('keydown', {
        key: shiftKey ? key.toUpperCase() : key,
        code,
        keyCode: key.toUpperCase().charCodeAt(0),
        ctrlKey,
        metaKey,
        shiftKey,
      });
      return runScopeHandlers(view, latin, 'editor');
    },
  }),
);
