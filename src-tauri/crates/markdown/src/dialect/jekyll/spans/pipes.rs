//! The pipes of a table: not those in code.

use super::{Reads, Scope, SpanKind, SpanReader, Stop};
use crate::dialect::common::Room;
use crate::dialect::jekyll::Jekyll;
use crate::reading::Definitions;

/// A pipe outside of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pipe {
    pub(crate) at: usize,
    /// A backslash is before it: it is text.
    pub(crate) escaped: bool,
}

/// A pipe that no backslash is before.
pub(crate) fn has_pipe(line: &str) -> bool {
    let bytes = line.as_bytes();
    line.match_indices('|').any(|(at, _)| at == 0 || !matches!(bytes[at - 1], b'\\' | b'\n'))
}

/// All pipes of a line that are outside of code spans and of `<code>`.
pub(crate) fn pipes(line: &str) -> Vec<Pipe> {
    let bytes = line.as_bytes();
    let mut pipes = Vec::new();
    let mut backticks = super::code::Backticks::default();
    let mut code_end = true;
    let mut at = 0;
    while at < line.len() {
        match bytes[at] {
            b'|' => {
                pipes.push(Pipe { at, escaped: at > 0 && bytes[at - 1] == b'\\' });
                at += 1;
            }
            b'`' => {
                let length = bytes[at..].iter().take_while(|&&byte| byte == b'`').count();
                let spaced = |byte: Option<&u8>| byte.is_none_or(|&byte| super::is_space(byte));
                let lonely = length == 1
                    && spaced(at.checked_sub(1).map(|before| &bytes[before]))
                    && bytes.get(at + 1).is_some_and(|&byte| super::is_space(byte));
                let end = if lonely { None } else { backticks.find(line, at + length, line.len(), length) };
                at = end.unwrap_or(at) + length;
            }
            b'<' if code_end && line[at..].starts_with("<code") => {
                let end = line[at..].find("</code>");
                code_end = end.is_some();
                at += end.map_or(1, |end| end + "</code>".len());
            }
            _ => at += 1,
        }
    }
    pipes
}

/// Whether the lines of a table have a pipe each outside of code, as far as kramdown looks.
pub(crate) fn lines_have_pipes(text: &str, settings: &Jekyll) -> bool {
    let known = Definitions::default();
    let mut room = Room::of(text);
    let mut reader = SpanReader::new(text, settings, &known, &mut room);
    let mut spans = Vec::new();
    let scope = Scope { reads: Reads::CodeAndTags, ..Scope::default() };
    reader.run(&mut spans, &mut Stop::Never, scope);
    let mut piped = false;
    for span in spans {
        match &span.kind {
            SpanKind::Code { text, .. } => match lines(text) {
                0 | 1 => {}
                2 if piped => piped = false,
                _ => break,
            },
            SpanKind::Text(text) => {
                let text = text.trim_end_matches('\n');
                let several = text.contains('\n');
                if several && !piped && !text.split('\n').next().is_some_and(has_pipe) {
                    break;
                }
                piped = (piped && !several) || text.rsplit('\n').next().is_some_and(has_pipe);
            }
            _ => {}
        }
    }
    piped
}

fn lines(text: &str) -> usize {
    let text = text.trim_end_matches('\n');
    if text.is_empty() { 0 } else { text.split('\n').count() }
}
