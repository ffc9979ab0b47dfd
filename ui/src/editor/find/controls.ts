/** The fields and buttons of the panel. */

export function field(changed: () => void): HTMLInputElement {
  const input = document.createElement('input');
  input.type = 'text';
  input.className = 'cm-textfield';
  input.spellcheck = false;
  input.autocapitalize = 'off';
  input.addEventListener('input', changed);
  return input;
}

export function button(press: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
}

/** A button that is on or off; it has changed when `changed` is called. */
export function switchButton(changed: () => void): HTMLButtonElement {
  const made = button(() => {
    made.ariaPressed = String(made.ariaPressed !== 'true');
    changed();
  });
  made.ariaPressed = 'false';
  return made;
}
