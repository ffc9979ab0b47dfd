//! What a generator runs before it reads Markdown: Hugo's shortcodes, Liquid, Nunjucks, Zola's shortcodes.
//!
//! Macros are taken out of a source before an engine reads it and put back into what it read. In between each is
//! one word of the same number of bytes, as Hugo's own placeholders are words, so that every offset stays true and
//! a macro's quotes, stars and blank lines mean nothing to Markdown.

mod arguments;
mod pairs;
mod quiet;
mod restore;
mod scan;
mod shortcode;
mod show;

use std::ops::Range;

use self::quiet::Quiet;
use crate::reading::{Reading, Spanned};

/// The first of the characters that stand for macros: Unicode's last plane for private use, in which no icon font
/// lives. Markdown takes them for letters.
const FIRST_MARK: u32 = 0x10_0000;

/// How many macros one run can have; any more stay as they are written.
const MAX_MACROS: usize = 0xfffd;

/// A mark takes four bytes in UTF-8, the padding after it one each.
const MARK_BYTES: usize = 4;
const PADDING: char = 'x';

/// What stands around the mark of a macro that prints HTML into the Markdown: the tag of a block. There may be line ends
/// before it and behind it, as in what is printed.
const TAG: (&str, &str) = ("<p ", ">");

/// The macro language of a generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// Hugo's shortcodes.
    Hugo,
    /// Jekyll's Liquid.
    Liquid,
    /// Hexo's Nunjucks, which leaves fences alone.
    Nunjucks,
    /// Zola's shortcodes.
    Tera,
}

/// One macro in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Macro {
    /// All of it, delimiters included.
    pub(crate) range: Range<usize>,
    /// What it is called: `figure`, `include`, `page.title`.
    pub(crate) name: String,
    /// What follows the name, trimmed.
    pub(crate) arguments: String,
    pub(crate) form: Form,
    /// Markdown reads what it prints, which is HTML: `{{% figure %}}`. This stands around its mark, else nothing.
    pub(crate) around: (&'static str, &'static str),
}

/// What part of a macro stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// A macro that stands alone, or the beginning of one with content.
    Call,
    /// The beginning of one with content, as long as its end is sought.
    Begin,
    /// The end of one with content.
    End,
    /// A macro with its content, which is not Markdown.
    Verbatim {
        /// The content's bytes in the source.
        content: Range<usize>,
    },
    /// The beginning or the end of a text in which macros are none. It prints nothing.
    Raw,
    /// A macro that is only shown: it prints what it is, without the two pairs of bytes that say so.
    Escape {
        /// Where the pairs begin.
        pairs: [usize; 2],
    },
}

/// A source whose macros are words.
pub(crate) struct Masked<'s> {
    source: &'s str,
    syntax: Syntax,
    /// As long as the source.
    pub(crate) text: String,
    macros: Vec<Macro>,
    /// In the place of what only escapes.
    quiet: Quiet,
    /// A macro was opened whose end is not in this source.
    unclosed: bool,
}

/// Renders a text as Markdown of its own.
pub(crate) type RenderText<'a> = &'a dyn Fn(&str) -> Vec<Spanned>;

/// Takes the macros out of a source; nothing if there are none.
pub(crate) fn mask(source: &str, syntax: Syntax) -> Option<Masked<'_>> {
    if !["{{", "{%", "{#", "#}"].iter().any(|mark| source.contains(mark)) {
        return None;
    }
    let scan::Scan { mut macros, mut unclosed } = scan::scan(source, syntax);
    // The end of a comment that began before this source, as far as is known here.
    unclosed |= syntax == Syntax::Nunjucks && stray_comment_end(source, &macros);
    let (quiet, source_text) = Quiet::over(source, &mut macros);
    macros.retain(|one| one.range.len() > MARK_BYTES);
    macros.truncate(MAX_MACROS);
    if macros.is_empty() && !unclosed && quiet.is_none() {
        return None;
    }
    let text = with_marks(&source_text, &macros);
    Some(Masked { source, syntax, text, macros, quiet, unclosed })
}

fn with_marks(source: &str, macros: &[Macro]) -> String {
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for (index, one) in macros.iter().enumerate() {
        text.push_str(&source[at..one.range.start]);
        let (before, behind) = one.around;
        text.push_str(before);
        text.push(mark(index));
        let padding = one.range.len() - MARK_BYTES - before.len() - behind.len();
        text.extend(std::iter::repeat_n(PADDING, padding));
        text.push_str(behind);
        at = one.range.end;
    }
    text.push_str(&source[at..]);
    text
}

/// All macros of a source, in order.
pub(crate) fn all(source: &str, syntax: Syntax) -> Vec<Macro> {
    scan::scan(source, syntax).macros
}

impl Macro {
    /// It stands for a tag of its own.
    fn is_tag(&self) -> bool {
        self.around.1.starts_with(TAG.1)
    }
}

impl Masked<'_> {
    /// Puts the macros back into what was read.
    pub(crate) fn restore(&self, reading: &mut Reading, render: RenderText<'_>) {
        reading.unclosed |= self.unclosed;
        if !self.macros.is_empty() || !self.quiet.is_none() {
            restore::restore(self, reading, render);
        }
    }

    /// The macros in a text, each with its bytes there.
    fn marks_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, &'t Macro)> {
        text.char_indices().filter_map(|(at, c)| {
            let index = u32::from(c).checked_sub(FIRST_MARK)?;
            let found = self.macros.get(usize::try_from(index).ok()?)?;
            let around = found.around.0.len() + found.around.1.len();
            let end = (at + found.range.len() - around).min(text.len());
            // A pass may have cut the padding off.
            let padded = text[at + MARK_BYTES..].bytes().take(end - at - MARK_BYTES);
            let padding = padded.take_while(|&byte| byte == PADDING as u8).count();
            Some((at..at + MARK_BYTES + padding, found))
        })
    }

    fn written(&self, one: &Macro) -> &str {
        &self.source[one.range.clone()]
    }
}

fn stray_comment_end(source: &str, macros: &[Macro]) -> bool {
    let inside = |at: usize| {
        let next = macros.partition_point(|one| one.range.end <= at);
        macros.get(next).is_some_and(|one| one.range.contains(&at))
    };
    source.match_indices("#}").any(|(at, _)| !inside(at))
}

fn mark(index: usize) -> char {
    let code = u32::try_from(index).ok().and_then(|index| char::from_u32(FIRST_MARK + index));
    code.unwrap_or(PADDING)
}

#[cfg(test)]
mod tests;
