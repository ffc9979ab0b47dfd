// The mark that the app makes when the writer can write: here there is nothing to write, so it is the end of loading.
addEventListener('load', () => performance.mark('editable'));
