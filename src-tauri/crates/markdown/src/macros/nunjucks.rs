//! Where Hexo 8 looks for macros, as its `PostRenderEscape` does: not in code within a line, not in comments.

use std::ops::Range;

use super::scan::{self, Next, Scanner};
use super::{Form, Macro, Syntax};

/// What Hexo 8 prints of its own, with content that marked does not read where it stands.
pub(super) const VERBATIM_TAGS: &[(&str, &str)] =
    &[("blockquote", "endblockquote"), ("quote", "endquote"), ("pullquote", "endpullquote")];

/// Hexo's placeholder.
const COMMENT: (&str, &str) = ("<!--", "-->");

/// Hexo takes `{# … #}` out before marked reads the text; what else it finds leaves a comment. Alone on its lines, the
/// first leaves blank ones, which part paragraphs as a comment does.
pub(super) fn comment_around(one: &Macro, source: &str) -> Option<(&'static str, &'static str)> {
    let leaves_one = !source[one.range.start..].starts_with("{#") || one.is_alone_on_its_lines(source);
    leaves_one.then_some(COMMENT)
}

/// What `raw` prints within code, as it is written.
pub(super) fn raw_text(one: &Macro, source: &str) -> Option<String> {
    match &one.form {
        Form::Html { content } if one.name == "raw" => Some(source[content.clone()].to_owned()),
        _ => None,
    }
}

/// What of the text around macros has been seen.
#[derive(Default)]
pub(super) struct Surroundings {
    /// The fences that were not passed yet, the next one last.
    fences: Vec<Range<usize>>,
    /// Runs of backticks that end no code, so that nobody looks for their like again before this paragraph's end.
    paragraph_end: usize,
    unpaired: Vec<usize>,
}

impl Surroundings {
    /// Hexo alone takes fences out before it looks for macros.
    pub(super) fn of(source: &str, syntax: Syntax) -> Self {
        let mut fences = if syntax == Syntax::Nunjucks { fences(source) } else { Vec::new() };
        fences.reverse();
        Self { fences, ..Self::default() }
    }

    /// The fence at a place, or else the next one; places come in order.
    fn fence(&mut self, at: usize) -> Option<&Range<usize>> {
        while self.fences.last().is_some_and(|fence| fence.end <= at) {
            self.fences.pop();
        }
        self.fences.last()
    }
}

impl Scanner<'_> {
    /// A macro, a comment, or where to look on behind code, in which Hexo runs nothing but `raw`.
    pub(super) fn outside_code(&mut self, open: usize) -> Next {
        let fence = self.around.fence(open).cloned();
        if let Some(fence) = fence.as_ref().filter(|fence| fence.contains(&open)) {
            return Next::At(fence.end);
        }
        let found = match self.source.as_bytes()[open] {
            b'<' => self.html_comment(open),
            b'`' => {
                return Next::At(self.after_code(open, fence.map_or(self.source.len(), |fence| fence.start)));
            }
            _ => self.tag(open),
        };
        found.map_or(Next::At(open + 1), Next::Macro)
    }

    /// An HTML comment; one that is not closed reaches to the end.
    fn html_comment(&mut self, open: usize) -> Option<Macro> {
        if !self.source[open..].starts_with("<!--") {
            return None;
        }
        let end = self.find("-->", open + 4).map(|end| end + 3);
        self.scan.unclosed |= end.is_none();
        let range = open..end.unwrap_or(self.source.len());
        Some(scan::call(range.clone(), "comment", Form::Html { content: range }))
    }

    /// Where the code ends that these backticks begin, or else the backticks; `limit` is where it must have ended. In
    /// code, `raw` is the only macro.
    fn after_code(&mut self, open: usize, limit: usize) -> usize {
        let after = open + backticks(&self.source[open..]);
        if self.source[..open].ends_with('\\') {
            return open + 1;
        }
        let length = after - open;
        if open < self.around.paragraph_end && self.around.unpaired.contains(&length) {
            return after;
        }
        let mut raws = Vec::new();
        let mut at = after;
        while let Some(found) = self.source[at..limit].find(['`', '\n', '{']).map(|found| at + found) {
            let rest = &self.source[found..limit];
            match rest.as_bytes()[0] {
                b'`' if backticks(rest) == length => {
                    self.scan.macros.extend(raws);
                    return found + length;
                }
                b'`' => at = found + backticks(rest),
                b'\n' if rest[1..].split('\n').next().is_some_and(|line| line.trim().is_empty()) => {
                    return self.note_unpaired(found, length, after);
                }
                b'{' => match self.raw_in_code(found) {
                    Some(raw) => {
                        at = raw.range.end.min(limit);
                        raws.push(raw);
                    }
                    None => at = found + 1,
                },
                _ => at = found + 1,
            }
        }
        self.note_unpaired(limit, length, after)
    }

    fn note_unpaired(&mut self, end: usize, length: usize, after: usize) -> usize {
        if self.around.paragraph_end != end {
            self.around.paragraph_end = end;
            self.around.unpaired.clear();
        }
        self.around.unpaired.push(length);
        after
    }

    fn raw_in_code(&mut self, open: usize) -> Option<Macro> {
        let inner = self.source[open..].strip_prefix("{%")?.trim_start_matches(' ').strip_prefix("raw")?;
        let after = inner.trim_start_matches(' ').strip_prefix("%}")?;
        let start = self.source.len() - after.len();
        let end = self.end_tag("endraw", start)?;
        Some(raw(open, start, end))
    }

    /// Everything up to `{% endraw %}` is HTML.
    pub(super) fn raw_html(&mut self, open: usize, end: usize) -> Option<Macro> {
        let Some(closing) = self.end_tag("endraw", end) else {
            self.scan.unclosed = true;
            return Some(scan::call(open..end, "raw", Form::Call));
        };
        Some(raw(open, end, closing))
    }
}

fn raw(open: usize, start: usize, closing: Range<usize>) -> Macro {
    scan::call(open..closing.end, "raw", Form::Html { content: start..closing.start })
}

fn backticks(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'`').count()
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
