//! What a generator runs before it reads Markdown: Hugo's shortcodes, Liquid, Nunjucks, Zola's shortcodes; and what
//! Astro's MDX runs within it.
//!
//! Macros are taken out of a source before an engine reads it and put back into what it read. In between each is
//! one word of the same number of bytes, as Hugo's own placeholders are words, so that every offset stays true and
//! a macro's quotes, stars and blank lines mean nothing to Markdown. Where a generator's own placeholder is HTML, so that a
//! macro at the beginning of a line is a block, the word stands in a tag or in a comment.

mod arguments;
mod elements;
mod hexo;
mod html;
mod javascript;
mod liquid;
mod mdx;
mod mdx_show;
mod nunjucks;
mod pages;
mod pairs;
mod quiet;
mod restore;
mod scan;
mod shortcode;
mod show;
mod tera;

use std::ops::Range;

pub(crate) use self::liquid::{Variables, included_image};
pub use self::pages::PageReference;
pub(crate) use self::pages::page_reference;
use self::quiet::Quiet;
use self::scan::{Next, Scan, Scanner};
use self::show::Shown;
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
    /// MDX: modules, JSX and expressions.
    Mdx,
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
    /// A macro that is a block: nothing else is on its lines (MDX).
    Alone,
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
    /// HTML that is printed as it is written: Hexo's `raw`, and comments, in which it looks for no macros.
    Html {
        /// The HTML's bytes in the source.
        content: Range<usize>,
    },
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
    edited: Edited,
    macros: Vec<Macro>,
    /// In the place of what only escapes.
    quiet: Quiet,
    /// A macro was opened whose end is not in this source.
    unclosed: bool,
}

/// Takes the macros out of a source; nothing if there are none.
pub(crate) fn mask(source: &str, syntax: Syntax) -> Option<Masked<'_>> {
    let comments = syntax == Syntax::Nunjucks && source.contains("<!--");
    let openers: &[&str] =
        if syntax == Syntax::Mdx { &["{", "<", "import", "export"] } else { &["{{", "{%", "{#", "#}"] };
    if !comments && !openers.iter().any(|mark| source.contains(mark)) {
        return None;
    }
    let Scan { mut macros, mut unclosed } = scan_whole(source, syntax);
    // The end of a comment that began before this source, as far as is known here.
    unclosed |= syntax == Syntax::Nunjucks && stray_comment_end(source, &macros);
    let (quiet, text) = Quiet::over(source, &mut macros);
    macros.retain(|one| syntax == Syntax::Mdx || one.range.len() > MARK_BYTES);
    macros.truncate(MAX_MACROS);
    if macros.is_empty() && !unclosed && quiet.is_none() {
        return None;
    }
    let mut masked = Masked { source, syntax, edited: Edited::default(), macros, quiet, unclosed };
    masked.edited = masked.with_marks(&text);
    Some(masked)
}

/// All macros of a source, in order.
pub(crate) fn all(source: &str, syntax: Syntax) -> Vec<Macro> {
    scan_whole(source, syntax).macros
}

/// The macros of a source, each of Hugo's with its content.
fn scan_whole(source: &str, syntax: Syntax) -> Scan {
    if syntax == Syntax::Mdx {
        return mdx::scan(source);
    }
    let found = scan::scan(source, syntax);
    if syntax != Syntax::Hugo {
        return found;
    }
    let (macros, alone) = pairs::joined(found.macros);
    Scan { macros, unclosed: found.unclosed | alone }
}

/// What a macro prints by its generator's own rules, where that is knowable; `source` is the text that it stands in,
/// `known` what the whole text defines.
fn printed(one: &Macro, dialect: &Dialect, source: &str, known: &Definitions) -> Option<Shown> {
    match dialect {
        Dialect::Hugo(_) => shortcode::show(one, dialect, source),
        Dialect::Jekyll(_) => liquid::show(one, known),
        Dialect::Hexo(hexo) => hexo::show(one, dialect, source, hexo),
        Dialect::Astro(_) => Some(mdx_show::show(one)),
        Dialect::CommonMark(_) | Dialect::Zola(_) => None,
    }
}

impl Syntax {
    /// The characters that a macro, or what can hide one, begins with.
    fn openers(self) -> &'static [char] {
        match self {
            Self::Nunjucks => &['{', '`', '<'],
            Self::Hugo | Self::Liquid | Self::Tera => &['{'],
            // It has a scanner of its own.
            Self::Mdx => &[],
        }
    }

    /// The macro that begins at one of the [`openers`](Self::openers).
    fn macro_at(self, scanner: &mut Scanner<'_>, open: usize) -> Next {
        let found = match self {
            Self::Hugo => scanner.shortcode(open),
            Self::Liquid => scanner.tag(open),
            Self::Nunjucks => return scanner.outside_code(open),
            Self::Tera => scanner.function(open),
            Self::Mdx => None,
        };
        found.map_or(Next::At(open + 1), Next::Macro)
    }

    /// Blocks whose content is no Markdown, beside those of all that have `{% tags %}`.
    fn verbatim_tags(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Liquid => liquid::VERBATIM_TAGS,
            Self::Nunjucks => nunjucks::VERBATIM_TAGS,
            Self::Hugo | Self::Tera | Self::Mdx => &[],
        }
    }

    /// What `{% raw %}` from `open` to `end` is.
    fn raw(self, scanner: &mut Scanner<'_>, open: usize, end: usize) -> Option<Macro> {
        match self {
            Self::Nunjucks => scanner.raw_html(open, end),
            Self::Hugo | Self::Liquid | Self::Tera | Self::Mdx => scanner.liquid_raw(open, end),
        }
    }

    /// A block that a macro prints in a paragraph stays there, and the browser ends the paragraph, in the preview as on
    /// the site. Else the block parts the paragraph in two, and macros alone have none.
    fn keeps_paragraphs(self) -> bool {
        self == Self::Hugo
    }
}

impl Macro {
    /// The padding behind its mark.
    fn padding_bytes(&self) -> usize {
        let length = self.range.len();
        if length > MARK_BYTES { length - MARK_BYTES } else { length }
    }

    /// Nothing but blanks is on the lines that it begins and ends on.
    fn is_alone_on_its_lines(&self, source: &str) -> bool {
        let is_blank = |c: char| c.is_whitespace() && c != '\n';
        let before = source[..self.range.start].trim_end_matches(is_blank);
        let after = source[self.range.end..].trim_start_matches(is_blank);
        (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'))
    }
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
        if !self.macros.is_empty() || !self.quiet.is_none() {
            restore::restore(self, reading, dialect, known);
        }
    }

    /// `text` with a mark for each macro.
    fn with_marks(&self, text: &str) -> Edited {
        let mut words = String::with_capacity(text.len());
        let mut around = Vec::new();
        let mut at = 0;
        for (index, one) in self.macros.iter().enumerate() {
            words.push_str(&text[at..one.range.start]);
            at = one.range.end;
            if self.syntax == Syntax::Liquid && liquid::leaves_a_blank_line(one, self.source) {
                words.extend(std::iter::repeat_n(' ', one.range.len()));
                continue;
            }
            // There is no room for the mark in a macro of a few bytes: it is put before its padding.
            let is_short = one.range.len() <= MARK_BYTES;
            if !is_short {
                words.push(mark(index));
            }
            words.extend(std::iter::repeat_n(PADDING, one.padding_bytes()));
            let (before, behind) = self.around(one).unwrap_or_default();
            let before = if is_short { format!("{before}{}", mark(index)) } else { before.to_owned() };
            let both = [(one.range.start, before), (one.range.end, behind.to_owned())];
            around.extend(both.into_iter().filter(|(_, text)| !text.is_empty()));
        }
        words.push_str(&text[at..]);
        Edited::new(&words, &around)
    }

    /// The HTML around the mark of a macro, where the generator's placeholder is some.
    fn around(&self, one: &Macro) -> Option<(&'static str, &'static str)> {
        match self.syntax {
            Syntax::Hugo => shortcode::tag_around(one, self.source),
            Syntax::Nunjucks => nunjucks::comment_around(one, self.source),
            Syntax::Mdx => mdx::comment_around(one),
            Syntax::Liquid | Syntax::Tera => None,
        }
    }

    /// The macros in a text, each with the bytes of its mark there and of what stands around that.
    fn marks_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, &'t Macro)> {
        text.char_indices().filter_map(|(at, c)| {
            let index = u32::from(c).checked_sub(FIRST_MARK)?;
            let found = self.macros.get(usize::try_from(index).ok()?)?;
            let end = (at + MARK_BYTES + found.padding_bytes()).min(text.len());
            // A pass may have cut the padding off.
            let padded = text[at + MARK_BYTES..].bytes().take(end - at - MARK_BYTES);
            let padding = padded.take_while(|&byte| byte == PADDING as u8).count();
            Some((self.with_around(text, at..at + MARK_BYTES + padding, found), found))
        })
    }

    /// The place of a mark with what stands around it, be that HTML or shown as code.
    fn with_around(&self, text: &str, mark: Range<usize>, one: &Macro) -> Range<usize> {
        let Some((before, behind)) = self.around(one) else { return mark };
        let (before, behind) = (before.trim_start(), behind.trim_end());
        let as_code = (before.replace('<', "&lt;"), behind.replace('>', "&gt;"));
        for (before, behind) in [(before, behind), (&as_code.0, &as_code.1)] {
            if text[..mark.start].ends_with(before) && text[mark.end..].starts_with(behind) {
                return mark.start - before.len()..mark.end + behind.len();
            }
        }
        mark
    }

    fn written(&self, one: &Macro) -> &str {
        &self.source[one.range.clone()]
    }

    /// What a macro gives within a URL: the part of it that the preview can know. A place inside the site that only the
    /// generator can tell is shown as it is written.
    fn within_url(&self, one: &Macro, known: &Definitions) -> String {
        let value = match (self.syntax, &one.form) {
            (_, Form::Raw) => Some(String::new()),
            (Syntax::Liquid, _) => liquid::within_url(one, known),
            (Syntax::Hugo, _) => pages::hugo_path(one),
            _ => None,
        };
        value.unwrap_or_else(|| self.written(one).to_owned())
    }

    /// What a macro gives within code: what it prints, if that is text and known, else what is written.
    fn within_code(&self, one: &Macro, known: &Definitions) -> String {
        let value = match (self.syntax, &one.form) {
            (_, Form::Raw) => Some(String::new()),
            (Syntax::Liquid, _) => liquid::value(one, known),
            (Syntax::Nunjucks, _) => nunjucks::raw_text(one, self.source),
            _ => None,
        };
        value.unwrap_or_else(|| self.written(one).to_owned())
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
