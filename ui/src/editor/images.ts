/** Images that are pasted or dropped go to whoever keeps them; the reference comes back into the text. */
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** Takes images that belong at a position. */
export type TakeImages = (images: File[], position: number) => void;

export function imageDrop(take: TakeImages): Extension {
  return EditorView.domEventHandlers({
    paste(event, view) {
      // Text copied from an office suite carries a picture of itself; the text is what was meant.
      if (event.clipboardData?.getData('text/plain')) return false;
      return takeFrom(event.clipboardData, view, view.state.selection.main.head, take);
    },
    drop(event, view) {
      const position =
        view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.selection.main.head;
      return takeFrom(event.dataTransfer, view, position, take);
    },
  });
}

function takeFrom(data: DataTransfer | null, view: EditorView, position: number, take: TakeImages): boolean {
  const images = [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'));
  if (images.length === 0 || view.state.readOnly) return false;
  take(images, position);
  return true;
}
