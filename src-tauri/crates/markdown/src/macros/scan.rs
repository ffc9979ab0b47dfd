//! Finds macros with their exact extent. Linear: a delimiter that was not found once is not looked for again.

use std::ops::Range;

use super::{Form, Macro, Syntax, pairs};

/// Liquid and Nunjucks blocks whose content is no Markdown: what opens them, and what ends them.
const VERBATIM_TAGS: &[(&str, &str)] = &[
    ("highlight", "endhighlight"),
    ("comment", "endcomment"),
    ("codeblock", "endcodeblock"),
    ("code", "endcode"),
];

/// Hugo's own shortcodes that print HTML alone (`ref` and its like print text), and a tag with the line ends that are
/// around what they print.
const PRINTING_HTML: &[(&str, (&str, &str))] =
    &[("details", ("\n<p ", ">\n")), ("figure", ("<p ", ">\n")), ("highlight", ("<p ", ">"))];

/// What stands around the mark of a shortcode of Hugo that prints HTML.
pub(super) fn tag_around(name: &str) -> Option<(&'static str, &'static str)> {
    PRINTING_HTML.iter().find(|(printing, _)| *printing == name).map(|(_, around)| *around)
}

pub(crate) struct Scan {
    pub(crate) macros: Vec<Macro>,
    pub(crate) unclosed: bool,
}

/// All macros of a source, in order and apart from each other.
pub(crate) fn scan(source: &str, syntax: Syntax) -> Scan {
    let mut scanner = Scanner {
        source,
        syntax,
        at: 0,
        scan: Scan { macros: Vec::new(), unclosed: false },
        absent: Vec::new(),
    };
    scanner.run();
    let mut scan = scanner.scan;
    if syntax == Syntax::Hugo {
        let (macros, alone) = pairs::joined(scan.macros);
        scan = Scan { macros, unclosed: scan.unclosed | alone };
    }
    scan
}

struct Scanner<'s> {
    source: &'s str,
    syntax: Syntax,
    at: usize,
    scan: Scan,
    /// What is not in the rest of the source.
    absent: Vec<String>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let fences = if self.syntax == Syntax::Nunjucks { fences(self.source) } else { Vec::new() };
        let mut fences = fences.into_iter().peekable();
        while let Some(open) = self.source[self.at..].find('{').map(|found| self.at + found) {
            while fences.next_if(|fence| fence.end <= open).is_some() {}
            if let Some(fence) = fences.peek().filter(|fence| fence.contains(&open)) {
                self.at = fence.end;
                continue;
            }
            let found = match self.syntax {
                Syntax::Hugo => self.shortcode(open),
                Syntax::Liquid | Syntax::Nunjucks => self.tag(open),
                Syntax::Tera => self.function(open),
            };
            match found {
                Some(found) => {
                    self.at = found.range.end;
                    self.scan.macros.push(found);
                }
                None => self.at = open + 1,
            }
        }
    }

    fn find(&mut self, what: &str, from: usize) -> Option<usize> {
        if self.absent.iter().any(|absent| absent == what) {
            return None;
        }
        let found = self.source[from..].find(what).map(|found| from + found);
        if found.is_none() {
            self.absent.push(what.to_owned());
        }
        found
    }

    /// `{{< x >}}`, `{{% x %}}`, `{{</* x */>}}`.
    fn shortcode(&mut self, open: usize) -> Option<Macro> {
        let rest = &self.source[open..];
        let closer = match rest.get(..3)? {
            "{{<" => ">}}",
            "{{%" => "%}}",
            _ => return None,
        };
        if rest[3..].starts_with("/*") {
            return self.escape(open, 3, &format!("*/{closer}"));
        }
        let inner_end = self.end_of_arguments(open + 3, closer)?;
        let inner = self.source[open + 3..inner_end].trim();
        let range = open..inner_end + 3;
        if let Some(name) = inner.strip_prefix('/') {
            return Some(call(range, name.trim(), Form::End));
        }
        let whole = inner.strip_suffix('/').map_or(inner, str::trim_end);
        let name = whole.split_whitespace().next()?;
        let has_content = pairs::WITH_CONTENT.contains(&name);
        let form = match (has_content, inner.ends_with('/')) {
            (true, false) => Form::Begin,
            (true, true) => Form::Verbatim { content: range.end..range.end },
            (false, _) => Form::Call,
        };
        let around = tag_around(name).filter(|_| closer == "%}}").unwrap_or_default();
        Some(Macro { around, ..call(range, whole, form) })
    }

    /// `{{</* x */>}}`, `{{/* x */}}`: a macro that is only shown. `width` is that of what opens it.
    fn escape(&mut self, open: usize, width: usize, closer: &str) -> Option<Macro> {
        let first = open + width;
        let second = self.find(closer, first + 2).filter(|&end| is_one_paragraph(&self.source[open..end]))?;
        let form = Form::Escape { pairs: [first, second] };
        Some(call(open..second + closer.len(), "", form))
    }

    /// Where `closer` stands outside quotes.
    fn end_of_arguments(&mut self, from: usize, closer: &str) -> Option<usize> {
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
    fn tag(&mut self, open: usize) -> Option<Macro> {
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
                    return self.raw(open, end);
                }
                if let Some((_, closing)) = VERBATIM_TAGS.iter().find(|(opening, _)| *opening == name) {
                    return Some(self.tag_with_content(open, end, inner, closing));
                }
                // The end of something that was opened before this source, as far as is known here.
                self.scan.unclosed |=
                    name == "endraw" || VERBATIM_TAGS.iter().any(|(_, closing)| *closing == name);
                let form = if name.starts_with("end") { Form::End } else { Form::Call };
                Some(call(open..end, inner, form))
            }
            _ => None,
        }
    }

    /// `{% raw %}` prints nothing, and what follows is no macro up to `{% endraw %}`.
    fn raw(&mut self, open: usize, end: usize) -> Option<Macro> {
        let Some(closing) = self.end_tag("endraw", end) else {
            self.scan.unclosed = true;
            return Some(raw(open..end));
        };
        self.scan.macros.push(raw(open..end));
        Some(raw(closing))
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
    fn end_tag(&mut self, name: &str, from: usize) -> Option<Range<usize>> {
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

    /// Zola: `{{ name(…) }}`, `{% name(…) %}`, `{% end %}`, `{{/* name() */}}`.
    fn function(&mut self, open: usize) -> Option<Macro> {
        let (closer, comment) = match self.source.get(open..open + 2)? {
            "{{" => ("}}", "*/}}"),
            "{%" => ("%}", "*/%}"),
            _ => return None,
        };
        if self.source[open + 2..].starts_with("/*") {
            return self.escape(open, 2, comment);
        }
        let inner_end = self.end_of_arguments(open + 2, closer)?;
        let inner = trimmed_of_dashes(&self.source[open + 2..inner_end]);
        let end = inner_end + closer.len();
        if closer == "%}" && inner == "end" {
            return Some(call(open..end, inner, Form::End));
        }
        let (name, arguments) = inner.strip_suffix(')')?.split_once('(')?;
        let is_name =
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':'));
        is_name.then(|| Macro { arguments: arguments.trim().to_owned(), ..call(open..end, name, Form::Call) })
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

fn call(range: Range<usize>, whole: &str, form: Form) -> Macro {
    let (name, arguments) = whole.split_once(char::is_whitespace).unwrap_or((whole, ""));
    Macro { range, name: name.to_owned(), arguments: arguments.trim().to_owned(), form, around: ("", "") }
}

fn raw(range: Range<usize>) -> Macro {
    call(range, "raw", Form::Raw)
}

/// `{%- x -%}` eats white space around it, which Markdown hardly sees.
fn trimmed_of_dashes(inner: &str) -> &str {
    let inner = inner.strip_prefix('-').unwrap_or(inner);
    inner.strip_suffix('-').unwrap_or(inner).trim()
}

/// The bytes of all fenced code, fences included; an open one reaches to the end.
fn fences(source: &str) -> Vec<Range<usize>> {
    let mut fences = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim();
        let ticks = fence_of(text);
        match (open, ticks) {
            (None, Some(ticks)) => open = Some((at, ticks)),
            (Some((start, of)), Some(ticks)) if ticks.starts_with(of) && text.len() == ticks.len() => {
                fences.push(start..at + line.len());
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    fences.extend(open.map(|(start, _)| start..source.len()));
    fences
}

fn fence_of(line: &str) -> Option<&str> {
    let of = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(of).len();
    (length >= 3 && (of == '~' || !line[length..].contains('`'))).then_some(&line[..length])
}
