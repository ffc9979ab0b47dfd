//! What a generator runs before it reads Markdown: Hugo's shortcodes, Liquid, Nunjucks, Zola's shortcodes.
//!
//! Macros are taken out of a source before an engine reads it and put back into what it read. In between each is
//! one word of the same number of bytes, as Hugo's own placeholders are words, so that every offset stays true and
//! a macro's quotes, stars and blank lines mean nothing to Markdown. Hexo's placeholders are comments, so that a
//! macro at the beginning of a line is a block of HTML to marked: there the word stands in a comment.

mod arguments;
mod hexo;
mod html;
mod liquid;
mod nunjucks;
mod restore;
mod scan;
mod show;

use std::ops::Range;

pub(crate) use self::liquid::Variables;
use crate::dialect::{Dialect, common};
use crate::edited::Edited;
use crate::reading::{Definitions, Reading};

/// The first of the characters that stand for macros: Unicode's last plane for private use, in which no icon font
/// lives. Markdown takes them for letters.
const FIRST_MARK: u32 = 0x10_0000;

/// How many macros one run can have; any more stay as they are written.
const MAX_MACROS: usize = 0xfffd;

/// A mark takes four bytes in UTF-8, the padding after it one each.
const MARK_BYTES: usize = 4;
const PADDING: char = 'x';

/// What stands around a mark where the generator's placeholder is a comment.
const COMMENT: (&str, &str) = ("<!--", "-->");
/// The same where an engine shows it as code.
const COMMENT_AS_CODE: (&str, &str) = ("&lt;!--", "--&gt;");

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
}

/// What part of a macro stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// A macro that stands alone, or the beginning of one with content.
    Call,
    /// The end of one with content.
    End,
    /// A macro with its content, which is not Markdown.
    Verbatim {
        /// The content's bytes in the source.
        content: Range<usize>,
    },
    /// HTML that is printed as it is written: Hexo's `raw`, and comments, in which it looks for no macros.
    Html {
        /// The HTML's bytes in the source.
        content: Range<usize>,
    },
    /// A mark that only escapes: this is what it prints.
    Escape {
        /// Plain text.
        prints: String,
    },
}

/// A source whose macros are words.
pub(crate) struct Masked<'s> {
    source: &'s str,
    syntax: Syntax,
    edited: Edited,
    macros: Vec<Macro>,
    /// A macro was opened whose end is not in this source.
    unclosed: bool,
}

/// Takes the macros out of a source; nothing if there are none.
pub(crate) fn mask(source: &str, syntax: Syntax) -> Option<Masked<'_>> {
    let comments = syntax == Syntax::Nunjucks && source.contains("<!--");
    if !comments && !["{{", "{%", "{#", "#}"].iter().any(|mark| source.contains(mark)) {
        return None;
    }
    let scan::Scan { mut macros, mut unclosed } = scan::scan(source, syntax);
    // The end of a comment that began before this source, as far as is known here.
    unclosed |= syntax == Syntax::Nunjucks && stray_comment_end(source, &macros);
    macros.retain(|one| one.range.len() > MARK_BYTES);
    macros.truncate(MAX_MACROS);
    if macros.is_empty() && !unclosed {
        return None;
    }
    let mut words = String::with_capacity(source.len());
    let mut comments = Vec::new();
    let mut at = 0;
    for (index, one) in macros.iter().enumerate() {
        words.push_str(&source[at..one.range.start]);
        at = one.range.end;
        if syntax == Syntax::Liquid && liquid::leaves_a_blank_line(one, source) {
            words.extend(std::iter::repeat_n(' ', one.range.len()));
            continue;
        }
        words.push(mark(index));
        words.extend(std::iter::repeat_n(PADDING, one.range.len() - MARK_BYTES));
        if syntax == Syntax::Nunjucks && nunjucks::leaves_a_comment(one, source) {
            comments.push((one.range.start, COMMENT.0.to_owned()));
            comments.push((one.range.end, COMMENT.1.to_owned()));
        }
    }
    words.push_str(&source[at..]);
    Some(Masked { source, syntax, edited: Edited::new(&words, &comments), macros, unclosed })
}

/// All macros of a source, in order.
pub(crate) fn all(source: &str, syntax: Syntax) -> Vec<Macro> {
    scan::scan(source, syntax).macros
}

impl Masked<'_> {
    /// What an engine reads in place of the source.
    pub(crate) fn text(&self) -> &str {
        &self.edited.text
    }

    /// Puts the macros back into what was read by `dialect`, which reads what is Markdown inside a macro. `known` is
    /// what the whole text defines.
    pub(crate) fn restore(&self, reading: &mut Reading, dialect: &Dialect, known: &Definitions) {
        reading.unclosed |= self.unclosed;
        if self.syntax == Syntax::Liquid {
            reading.found.variables = liquid::assigned(&self.macros, self.source);
            let asked = self.macros.iter().flat_map(liquid::asked);
            reading.asked.extend(asked.map(common::variable_label));
        }
        for (_, range) in &mut reading.events {
            *range = self.edited.in_source(range);
        }
        if !self.macros.is_empty() {
            restore::restore(self, reading, dialect, known);
        }
    }

    /// The macros in a text, each with its bytes there.
    fn marks_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, &'t Macro)> {
        text.char_indices().filter_map(|(at, c)| {
            let index = u32::from(c).checked_sub(FIRST_MARK)?;
            let found = self.macros.get(usize::try_from(index).ok()?)?;
            let end = (at + found.range.len()).min(text.len());
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
