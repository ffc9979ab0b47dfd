//! What the preview shows for a macro: what the generator prints where that is known, else a labelled card.

use std::ops::Range;

use super::arguments::{self, named, placed};
use super::{Form, Macro};
use crate::dialect::Dialect;
use crate::reading::{Definitions, Spanned};
use crate::sanitise::escaped;
use crate::whole;

/// What stands in the place of a macro.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shown {
    /// Nothing is printed.
    Nothing,
    /// Text, as it is.
    Text(String),
    /// A text that is read as Markdown where it stands.
    Markdown(String),
    /// Code, with the info string of a fence.
    Code {
        /// Language and notation.
        info: String,
        /// The code.
        text: String,
    },
    /// HTML that is a block of its own.
    Block(String),
    /// Blocks in which nothing is left open, with the bytes of the source that they come from.
    Blocks(Vec<Spanned>),
    /// HTML within a line.
    Inline(String),
    /// A label that says what would be run.
    Card(String),
}

/// What a macro shows; `source` is the text that it stands in, `known` what the whole text defines.
pub(crate) fn show(one: &Macro, dialect: &Dialect, source: &str, known: &Definitions) -> Shown {
    super::printed(one, dialect, source, known).unwrap_or_else(|| match &one.form {
        Form::Raw => Shown::Nothing,
        Form::Html { content } => Shown::Inline(source[content.clone()].to_owned()),
        Form::Escape { .. } => Shown::Text(source[one.range.clone()].to_owned()),
        Form::Verbatim { content } => verbatim(one, &source[content.clone()]),
        Form::End => Shown::Card(card_label(&format!("/{}", one.name.trim_start_matches("end")), "")),
        Form::Call | Form::Alone | Form::Begin => film(one).unwrap_or_else(|| card(one)),
    })
}

/// What a macro holds, as Markdown of its own: its ids, notes and definitions are its own too. `start` is where the
/// text begins in the source; if it stands nowhere there as it is, all of it comes from `place`.
pub(super) fn markdown_of_its_own(
    text: &str,
    start: Option<usize>,
    place: &Range<usize>,
    dialect: &Dialect,
) -> impl Iterator<Item = Spanned> {
    let in_source = move |range: Range<usize>| {
        start.map_or_else(|| place.clone(), |start| start + range.start..start + range.end)
    };
    whole::settled(text, dialect).into_iter().map(move |(event, range)| (event, in_source(range)))
}

fn verbatim(one: &Macro, content: &str) -> Shown {
    match one.name.as_str() {
        "highlight" => Shown::Code { info: one.arguments.replace('"', " "), text: code_lines(content) },
        _ => Shown::Nothing,
    }
}

/// Without the line end after the opening tag, with one at the end.
fn code_lines(content: &str) -> String {
    let text = content.strip_prefix('\n').unwrap_or(content).trim_end();
    format!("{text}\n")
}

/// A film is a still card: nothing is asked of another machine.
fn film(one: &Macro) -> Option<Shown> {
    let host = match one.name.as_str() {
        "youtube" => "youtube.com",
        "vimeo" => "vimeo.com",
        _ => return None,
    };
    let arguments = arguments::parse(&one.arguments);
    let id = named(&arguments, "id").or_else(|| placed(&arguments, 0))?;
    Some(Shown::Block(format!(
        "<div class=\"macro macro-film\"><span class=\"macro-name\">▶ {}</span> <span class=\"macro-arguments\">{}</span> <span class=\"remote-host\">{host}</span></div>\n",
        one.name,
        escaped(id)
    )))
}

fn card(one: &Macro) -> Shown {
    Shown::Card(card_label(&one.name, &one.arguments))
}

pub(super) fn card_label(name: &str, arguments: &str) -> String {
    let mut label = format!("<span class=\"macro-name\">{}</span>", escaped(name));
    if !arguments.is_empty() {
        label.push_str(&format!(" <span class=\"macro-arguments\">{}</span>", escaped(arguments)));
    }
    label
}
