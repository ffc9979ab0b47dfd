/** What the site will show otherwise than it is written: underlined, listed, and mended with a key. */
import { type Diagnostic, nextDiagnostic, openLintPanel, setDiagnostics } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';

import type { FilePlace, FindingLevel, Mend, TextFinding } from '../wire/types';

const severity: Record<FindingLevel, Diagnostic['severity']> = {
  note: 'info',
  warning: 'warning',
  error: 'error',
};

/** Underlines findings whose places count in the text that is shown. */
export function markFindings(view: EditorView, findings: readonly TextFinding[]): void {
  const { length } = view.state.doc;
  const diagnostics = findings.filter(({ to }) => to <= length).map((finding) => asDiagnostic(finding, view));
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

/** Opens the list of findings below the text. */
export function showFindings(view: EditorView): void {
  openLintPanel(view);
}

/** Goes to the next finding after the cursor, round to the first. */
export function toNextFinding(view: EditorView): void {
  nextDiagnostic(view);
  view.focus();
}

function asDiagnostic(finding: TextFinding, view: EditorView): Diagnostic {
  const { level, message, from, to, place } = finding;
  const diagnostic: Diagnostic = { from, to, severity: severity[level], message };
  if (place) return { ...diagnostic, ...elsewhere(place, message, view) };
  const mends = [finding.mend, finding.other_mend].filter((mend) => mend !== null);
  const written = view.state.sliceDoc(from, to);
  const apply =
    (mend: Mend) =>
    (view: EditorView, foundFrom: number, foundTo: number): void => {
      // What was edited since is looked through again; a mend of another text would damage it.
      if (view.state.readOnly || view.state.sliceDoc(foundFrom, foundTo) !== written) return;
      const moved = foundFrom - from;
      const changes = mend.changes.map((change) => ({
        insert: change.insert,
        from: change.from + moved,
        to: change.to + moved,
      }));
      view.dispatch({ changes, userEvent: 'input.mend', scrollIntoView: true });
      view.focus();
    };
  return { ...diagnostic, actions: mends.map((mend) => ({ name: mend.label, apply: apply(mend) })) };
}

/** A finding in another file begins with that file. */
function elsewhere(place: FilePlace, message: string, { state }: EditorView) {
  const { path, line } = place;
  const where = line === null ? path : state.phrase('$1, line $2', path, line);
  const renderMessage = (): Node => {
    const name = document.createElement('strong');
    name.textContent = where;
    const whole = document.createElement('span');
    whole.append(name, ` ${message}`);
    return whole;
  };
  return { message: `${where}: ${message}`, renderMessage };
}
