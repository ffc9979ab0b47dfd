//! Finds macros with their exact extent. Linear: a delimiter that was not found once is not looked for again.

use std::ops::Range;

use super::nunjucks::Surroundings;
use super::{Form, Macro, Syntax};

/// Liquid and Nunjucks blocks whose content is no Markdown: what opens them, and what ends them.
const VERBATIM_TAGS: &[(&str, &str)] = &[
    ("highlight", "endhighlight"),
    ("comment", "endcomment"),
    ("codeblock", "endcodeblock"),
    ("code", "endcode"),
];

/// What was found in a source.
pub(super) struct Scan {
    pub(super) macros: Vec<Macro>,
    /// A macro was opened whose end is not in the source, or ends without a beginning.
    pub(super) unclosed: bool,
}

/// All macros of a source, in order and apart from each other.
pub(super) fn scan(source: &str, syntax: Syntax) -> Scan {
    let mut scanner = Scanner {
        source,
        syntax,
        scan: Scan { macros: Vec::new(), unclosed: false },
        absent: Vec::new(),
        around: Surroundings::of(source, syntax),
    };
    let mut at = 0;
    while let Some(open) = source[at..].find(syntax.openers()).map(|found| at + found) {
        at = match syntax.macro_at(&mut scanner, open) {
            Next::Macro(found) => {
                let end = found.range.end;
                scanner.scan.macros.push(found);
                end
            }
            Next::At(next) => next,
        };
    }
    scanner.scan
}

/// What is found at a place where a macro might begin.
pub(super) enum Next {
    Macro(Macro),
    /// None; one may begin here again.
    At(usize),
}

pub(super) struct Scanner<'s> {
    pub(super) source: &'s str,
    pub(super) syntax: Syntax,
    pub(super) scan: Scan,
    /// What is not in the rest of the source.
    absent: Vec<String>,
    /// What Nunjucks knows of the text around macros.
    pub(super) around: Surroundings,
}

impl Scanner<'_> {
    pub(super) fn find(&mut self, what: &str, from: usize) -> Option<usize> {
        if self.absent.iter().any(|absent| absent == what) {
            return None;
        }
        let found = self.source[from..].find(what).map(|found| from + found);
        if found.is_none() {
            self.absent.push(what.to_owned());
        }
        found
    }

    /// `{{</* x */>}}`, `{{/* x */}}`: a macro that is only shown. `width` is that of what opens it.
    pub(super) fn escape(&mut self, open: usize, width: usize, closer: &str) -> Option<Macro> {
        let first = open + width;
        let second = self.find(closer, first + 2).filter(|&end| is_one_paragraph(&self.source[open..end]))?;
        let form = Form::Escape { pairs: [first, second] };
        Some(call(open..second + closer.len(), "", form))
    }

    /// Where `closer` stands outside quotes.
    pub(super) fn end_of_arguments(&mut self, from: usize, closer: &str) -> Option<usize> {
        // Far away or nowhere: then it is no macro, and looking is not repeated.
        self.find(closer, from)?;
        let mut quote = None;
        let bytes = self.source.as_bytes();
        for at in from..bytes.len().min(from + MAX_CALL_BYTES) {
            match (quote, bytes[at]) {
                (None, _) if bytes[at..].starts_with(closer.as_bytes()) => {
                    return is_one_paragraph(&self.source[from..at]).then_some(at);
                }
                (None, byte @ (b'"' | b'`')) => quote = Some(byte),
                (Some(open), byte) if byte == open && (open == b'`' || bytes[at - 1] != b'\\') => {
                    quote = None
                }
                _ => {}
            }
        }
        None
    }

    /// Liquid and Nunjucks: `{% x %}`, `{{ x }}`, and `{# x #}` in Nunjucks.
    pub(super) fn tag(&mut self, open: usize) -> Option<Macro> {
        match self.source.get(open..open + 2)? {
            "{{" => {
                let end = self.find("}}", open + 2)? + 2;
                let inner = trimmed_of_dashes(&self.source[open + 2..end - 2]);
                is_call(&self.source[open..end])
                    .then(|| Macro { arguments: inner.to_owned(), ..call(open..end, "", Form::Call) })
            }
            "{#" if self.syntax == Syntax::Nunjucks => {
                let Some(end) = self.find("#}", open + 2).map(|end| end + 2) else {
                    self.scan.unclosed = true;
                    return None;
                };
                Some(call(open..end, "comment", Form::Verbatim { content: open + 2..end - 2 }))
            }
            "{%" => {
                let end = self.find("%}", open + 2)? + 2;
                if !is_call(&self.source[open..end]) {
                    return None;
                }
                let inner = trimmed_of_dashes(&self.source[open + 2..end - 2]);
                let name = inner.split_whitespace().next()?;
                if name == "raw" {
                    return self.syntax.raw(self, open, end);
                }
                let own = self.syntax.verbatim_tags();
                let mut with_content = VERBATIM_TAGS.iter().chain(own);
                if let Some((_, closing)) = with_content.find(|(opening, _)| *opening == name) {
                    return Some(self.tag_with_content(open, end, inner, closing));
                }
                // The end of something that was opened before this source, as far as is known here.
                let mut with_content = VERBATIM_TAGS.iter().chain(own);
                self.scan.unclosed |= name == "endraw" || with_content.any(|(_, closing)| *closing == name);
                let form = if name.starts_with("end") { Form::End } else { Form::Call };
                Some(call(open..end, inner, form))
            }
            _ => None,
        }
    }

    fn tag_with_content(&mut self, open: usize, end: usize, whole: &str, closing: &str) -> Macro {
        match self.end_tag(closing, end) {
            Some(closing) => call(open..closing.end, whole, Form::Verbatim { content: end..closing.start }),
            None => {
                self.scan.unclosed = true;
                call(open..end, whole, Form::Call)
            }
        }
    }

    /// The next `{% name %}`, dashes and blanks allowed.
    pub(super) fn end_tag(&mut self, name: &str, from: usize) -> Option<Range<usize>> {
        let mut at = from;
        loop {
            let found = self.find(name, at)?;
            let before = self.source[from..found].trim_end().trim_end_matches('-');
            let after = self.source[found + name.len()..].trim_start();
            let after = after.strip_prefix('-').unwrap_or(after);
            if before.ends_with("{%") && after.starts_with("%}") {
                let end = self.source.len() - after.len() + 2;
                return Some(from + before.len() - 2..end);
            }
            at = found + name.len();
        }
    }
}

/// Whether a text can be a call: not too long, and without a blank line, so that an edit elsewhere cannot end it.
fn is_call(text: &str) -> bool {
    text.len() <= MAX_CALL_BYTES && is_one_paragraph(text)
}

fn is_one_paragraph(text: &str) -> bool {
    let lines = text.split('\n').count();
    // The first and the last line are parts of lines, whatever is not in them.
    !text.split('\n').enumerate().any(|(at, line)| at > 0 && at + 1 < lines && line.trim().is_empty())
}

/// A call longer than this is taken for text.
const MAX_CALL_BYTES: usize = 16 * 1024;

pub(super) fn call(range: Range<usize>, whole: &str, form: Form) -> Macro {
    let (name, arguments) = whole.split_once(char::is_whitespace).unwrap_or((whole, ""));
    Macro { range, name: name.to_owned(), arguments: arguments.trim().to_owned(), form }
}

/// `{%- x -%}` eats white space around it, which Markdown hardly sees.
pub(super) fn trimmed_of_dashes(inner: &str) -> &str {
    let inner = inner.strip_prefix('-').unwrap_or(inner);
    inner.strip_suffix('-').unwrap_or(inner).trim()
}
