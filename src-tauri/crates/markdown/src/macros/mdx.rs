//! MDX 3 in Astro's `.mdx` posts, as Sätteri reads it: modules, JSX tags and expressions.
//!
//! Every tag is a macro of its own, so that what stands between two of them stays Markdown. Tags and expressions that
//! have lines to themselves are blocks and part a paragraph; all others are words in it.

use super::javascript::{self, Extent};
use super::mdx_show::Part;
use super::scan::{Scan, call};
use super::{Form, Macro};

/// After this many things that are opened and never closed, nothing more is sought behind a blank line, and after as many
/// in a paragraph nothing more in it: each was sought to the end.
const MOST_UNCLOSED: usize = 8;

/// What a block is to Markdown: a comment, which ends a paragraph and ends with its own line.
const COMMENT: (&str, &str) = ("<!--", "-->");

/// What stands around the mark of a macro that is a block.
pub(super) fn comment_around(one: &Macro) -> Option<(&'static str, &'static str)> {
    (one.form == Form::Alone).then_some(COMMENT)
}

/// All macros of a source.
pub(super) fn scan(source: &str) -> Scan {
    let mut scanner = Scanner {
        source,
        scan: Scan { macros: Vec::new(), unclosed: false },
        failures: 0,
        failures_here: 0,
        unpaired: Vec::new(),
        blank_line: 0,
    };
    let (mut at, mut in_paragraph) = (0, false);
    while at < source.len() {
        let line = line_at(source, at);
        let inner = at + container(line);
        let text = &source[inner..at + line.len()];
        if let Some(fence) = fence_of(text) {
            at = scanner.after_fence(at, inner, fence);
            in_paragraph = false;
        } else if !in_paragraph && let Some(end) = scanner.module(at) {
            at = end;
        } else {
            in_paragraph = !text.trim().is_empty() && !text.starts_with('#');
            at = scanner.line(inner, &mut in_paragraph);
        }
    }
    scanner.scan
}

struct Scanner<'s> {
    source: &'s str,
    scan: Scan,
    /// How many things are opened and never closed.
    failures: usize,
    /// How many of them begin before `blank_line`.
    failures_here: usize,
    /// The lengths of backticks that end no code before `blank_line`.
    unpaired: Vec<usize>,
    blank_line: usize,
}

impl Scanner<'_> {
    /// The macros from a place to the end of its line, or of the last line that one of them reaches into; where the next
    /// line begins.
    fn line(&mut self, from: usize, in_paragraph: &mut bool) -> usize {
        let first = self.scan.macros.len();
        let mut alone = true;
        let mut at = from;
        let bytes = self.source.as_bytes();
        while let Some(&byte) = bytes.get(at) {
            let found = match byte {
                b'\n' => break,
                b' ' | b'\t' => Some(at + 1),
                b'{' | b'<' => self.macro_at(at, alone),
                _ => None,
            };
            alone &= found.is_some();
            at = found.unwrap_or_else(|| match byte {
                b'\\' => {
                    at + 1
                        + self.source[at + 1..]
                            .chars()
                            .next()
                            .map_or(0, |c| usize::from(c != '\n') * c.len_utf8())
                }
                b'`' => self.after_code(at),
                _ => at + 1,
            });
        }
        let here = &mut self.scan.macros[first..];
        if alone && !here.is_empty() {
            here.iter_mut().for_each(|one| one.form = Form::Alone);
            *in_paragraph = false;
        }
        (at + 1).min(self.source.len())
    }

    /// Takes in the tag or the expression that begins here; where it ends.
    fn macro_at(&mut self, open: usize, may_be_block: bool) -> Option<usize> {
        let tag = self.source.as_bytes()[open] == b'<';
        if tag && !javascript::may_be_tag(&self.source[open..]) {
            return None;
        }
        let extent =
            |source: &str| if tag { javascript::tag(source, open) } else { javascript::braces(source, open) };
        let end = self.end(open, may_be_block, extent)?;
        let written = &self.source[open..end];
        let part = Part::of(written);
        let found = Macro { range: open..end, ..call(open..end, "", Form::Call) };
        self.scan.macros.push(Macro {
            name: part.name().to_owned(),
            arguments: part.arguments().to_owned(),
            ..found
        });
        Some(end)
    }

    /// The end of what begins here: in the same paragraph, or behind blank lines too.
    fn end(&mut self, open: usize, past_blank_lines: bool, extent: impl Fn(&str) -> Extent) -> Option<usize> {
        let paragraph = self.paragraph_end(open);
        if self.failures_here >= MOST_UNCLOSED {
            return None;
        }
        match extent(&self.source[..paragraph]) {
            Extent::To(end) => return Some(end),
            Extent::None => return None,
            Extent::Open => self.failures_here += 1,
        }
        if !past_blank_lines {
            return None;
        }
        if self.failures < MOST_UNCLOSED {
            match extent(self.source) {
                Extent::To(end) => return Some(end),
                Extent::None => return None,
                Extent::Open => self.failures += 1,
            }
        }
        self.scan.unclosed = true;
        None
    }

    /// `import` and `export` up to the blank line behind them that is in no braces; they begin no block in a paragraph.
    fn module(&mut self, start: usize) -> Option<usize> {
        let rest = &self.source[start..];
        let name = ["import", "export"]
            .into_iter()
            .find(|name| rest.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '\t'])))?;
        let paragraph = self.paragraph_end(start);
        let end = match javascript::module(&self.source[..paragraph], start) {
            Extent::To(end) => end,
            _ if self.failures < MOST_UNCLOSED => match javascript::module(self.source, start) {
                Extent::To(end) => end,
                _ => {
                    self.failures += 1;
                    self.scan.unclosed = true;
                    paragraph
                }
            },
            _ => {
                self.scan.unclosed = true;
                paragraph
            }
        };
        let end = start + self.source[start..end].trim_end().len();
        let arguments = self.source[start + name.len()..end].trim().to_owned();
        self.scan.macros.push(Macro { arguments, ..call(start..end, name, Form::Alone) });
        Some(end + line_at(self.source, end).len())
    }

    /// Where the code ends that these backticks begin, or else the backticks.
    fn after_code(&mut self, open: usize) -> usize {
        let length = backticks(&self.source[open..]);
        let after = open + length;
        let limit = self.paragraph_end(open);
        if self.unpaired.contains(&length) {
            return after;
        }
        let mut at = after;
        while let Some(found) = self.source[at..limit].find('`').map(|found| at + found) {
            let run = backticks(&self.source[found..limit]);
            if run == length {
                return found + length;
            }
            at = found + run;
        }
        self.unpaired.push(length);
        after
    }

    /// Where the next blank line begins.
    fn paragraph_end(&mut self, at: usize) -> usize {
        if at >= self.blank_line {
            self.unpaired.clear();
            self.failures_here = 0;
            self.blank_line = javascript::blank_line(self.source, at);
        }
        self.blank_line
    }

    /// The line behind a fence's end; an open one reaches as far as what it stands in.
    fn after_fence(&mut self, start: usize, inner: usize, fence: &str) -> usize {
        let (prefix, width) = (&self.source[start..inner], inner - start);
        let quoted = prefix.contains('>');
        let listed = !quoted && !prefix.trim().is_empty();
        let mut at = start + line_at(self.source, start).len();
        while at < self.source.len() {
            let line = line_at(self.source, at);
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            let outside = (quoted && !line[indent..].starts_with('>'))
                || (listed && indent < width && !line.trim().is_empty());
            if outside {
                return at;
            }
            at += line.len();
            let text = line.trim_start_matches([' ', '\t', '>']).trim_end();
            if text.starts_with(fence) && text.trim_start_matches(&fence[..1]).is_empty() {
                return at;
            }
        }
        self.scan.unclosed |= width > 0;
        at
    }
}

/// The line that holds a place, from there on, with its end.
fn line_at(source: &str, at: usize) -> &str {
    let end = source[at..].find('\n').map_or(source.len(), |end| at + end + 1);
    &source[at..end]
}

/// The bytes of blanks and of the marks of quotes and lists that a line begins with.
fn container(line: &str) -> usize {
    let mut rest = line;
    loop {
        let text = rest.trim_start_matches([' ', '\t', '>']);
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let mark = match digits {
            0 => text.starts_with(['-', '*', '+']).then_some(1),
            1..=9 => text[digits..].starts_with(['.', ')']).then_some(digits + 1),
            _ => None,
        };
        let behind = mark.map(|mark| &text[mark..]).filter(|rest| rest.starts_with([' ', '\t']));
        match behind {
            Some(behind) => rest = behind,
            None => return line.len() - text.len(),
        }
    }
}

fn fence_of(line: &str) -> Option<&str> {
    let of = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(of).len();
    (length >= 3 && (of == '~' || !line[length..].contains('`'))).then_some(&line[..length])
}

fn backticks(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'`').count()
}
