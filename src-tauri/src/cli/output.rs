//! Standard input and output.

use std::io::{self, Read, Write};
use std::path::Path;

use serde::Serialize;

use crate::failure::Failure;

/// Whether a path stands for standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// All of standard input; a byte order mark stays, since it belongs to the text's file form.
pub(super) fn read_stdin() -> Result<String, Failure> {
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text).map_err(Failure::Stream)?;
    Ok(text)
}

/// Prints a text as it is. A reader that has had enough, as `head` does, is no failure.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Stream(error)),
        _ => Ok(()),
    }
}

/// Prints one JSON document.
pub(super) fn print_json(document: &impl Serialize) -> Result<(), Failure> {
    let json = serde_json::to_string_pretty(document).map_err(|error| Failure::Stream(error.into()))?;
    print(&(json + "\n"))
}

/// A text for one cell of a line: no tab and no line end in it.
pub(super) fn cell(text: &str) -> String {
    text.replace(['\t', '\r', '\n'], " ")
}
