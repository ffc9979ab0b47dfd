//! What the preview shows for a macro: what the generator prints where that is known, else a labelled card.

use super::arguments::{self, Argument, named, placed};
use super::{Form, Macro, Syntax, hexo, liquid};
use crate::dialect::Dialect;
use crate::reading::{Definitions, Spanned};
use crate::sanitise::escaped;

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
    /// HTML within a line.
    Inline(String),
    /// Blocks that Markdown made, one element for the whole.
    Blocks(Vec<Spanned>),
    /// A label that says what would be run.
    Card(String),
}

/// What a macro shows; `source` is the text that it stands in.
pub(crate) fn show(one: &Macro, dialect: &Dialect, source: &str, known: &Definitions) -> Shown {
    if let Dialect::Hexo(settings) = dialect
        && let Some(shown) = hexo::show(one, source, settings)
    {
        return shown;
    }
    match &one.form {
        Form::Html { content } => Shown::Inline(source[content.clone()].to_owned()),
        Form::Escape { prints } if prints.is_empty() => Shown::Nothing,
        Form::Escape { prints } => Shown::Text(prints.clone()),
        Form::Verbatim { content } => verbatim(one, &source[content.clone()]),
        Form::End => Shown::Card(card_label(&format!("/{}", one.name.trim_start_matches("end")), "")),
        Form::Call => {
            let arguments = arguments::parse(&one.arguments);
            let known = match dialect {
                Dialect::Hugo(_) => hugo(&one.name, &arguments),
                Dialect::Jekyll(_) => liquid(one, known),
                _ => None,
            };
            known.or_else(|| film(&one.name, &arguments)).unwrap_or_else(|| card(one))
        }
    }
}

/// What a macro gives within a URL: the part of it that the preview can know.
pub(crate) fn url(one: &Macro, syntax: Syntax, written: &str, known: &Definitions) -> String {
    match (syntax, &one.form) {
        (Syntax::Liquid, Form::Call) if one.name.is_empty() => {
            liquid::value_of(&one.arguments, &known.variables).unwrap_or_default()
        }
        (Syntax::Liquid, Form::Call) if one.name == "link" => format!("/{}", one.arguments),
        (_, Form::Escape { prints }) => prints.clone(),
        // A place inside the site that only the generator can tell; shown as it is written.
        _ => written.to_owned(),
    }
}

/// What a macro gives within code, where it is as it is written unless it says otherwise, or Liquid's value is known.
pub(super) fn code(one: &Macro, syntax: Syntax, source: &str, known: &Definitions) -> String {
    let value = match &one.form {
        Form::Escape { prints } => Some(prints.clone()),
        Form::Html { content } if one.name == "raw" => Some(source[content.clone()].to_owned()),
        Form::Call if syntax == Syntax::Liquid && one.name.is_empty() => {
            liquid::value_of(&one.arguments, &known.variables)
        }
        _ => None,
    };
    value.unwrap_or_else(|| source[one.range.clone()].to_owned())
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

/// Hugo's embedded shortcodes, as 0.168 prints them.
fn hugo(name: &str, arguments: &[Argument]) -> Option<Shown> {
    match name {
        "figure" => Some(Shown::Block(figure(arguments)?)),
        "ref" | "relref" => {
            Some(Shown::Text(placed(arguments, 0).or_else(|| named(arguments, "path"))?.to_owned()))
        }
        _ => None,
    }
}

fn figure(arguments: &[Argument]) -> Option<String> {
    let source = named(arguments, "src").or_else(|| placed(arguments, 0))?;
    let alternative = named(arguments, "alt").or_else(|| named(arguments, "caption")).unwrap_or_default();
    let mut image = format!("<img src=\"{}\" alt=\"{}\">", escaped(source), escaped(alternative));
    if let Some(link) = named(arguments, "link") {
        image = format!("<a href=\"{}\">{image}</a>", escaped(link));
    }
    let title = named(arguments, "title").map(|title| format!("<h4>{}</h4>", escaped(title)));
    let caption = [named(arguments, "caption"), named(arguments, "attr")];
    let caption: Vec<_> = caption.into_iter().flatten().map(escaped).collect();
    let caption = (!caption.is_empty()).then(|| format!("<p>{}</p>", caption.join(" ")));
    let inside = [title, caption].into_iter().flatten().collect::<String>();
    let figcaption =
        if inside.is_empty() { String::new() } else { format!("<figcaption>{inside}</figcaption>") };
    Some(format!("<figure>{image}{figcaption}</figure>\n"))
}

fn liquid(one: &Macro, known: &Definitions) -> Option<Shown> {
    match one.name.as_str() {
        "" => Some(match liquid::value_of(&one.arguments, &known.variables) {
            Some(value) if value.is_empty() => Shown::Nothing,
            Some(value) => Shown::Markdown(value),
            None => Shown::Card(card_label(&one.arguments, "")),
        }),
        "assign" => Some(Shown::Nothing),
        _ => None,
    }
}

/// What `{{ "…" }}` and `{{ 12 }}` print.
pub(super) fn literal(expression: &str) -> Option<String> {
    let quoted = |quote: char| {
        let inner = expression.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inner.contains(quote)).then_some(inner)
    };
    let number = || expression.parse::<i64>().is_ok().then_some(expression);
    quoted('"').or_else(|| quoted('\'')).or_else(number).map(str::to_owned)
}

/// A film is a still card: nothing is asked of another machine.
fn film(name: &str, arguments: &[Argument]) -> Option<Shown> {
    let host = match name {
        "youtube" => "youtube.com",
        "vimeo" => "vimeo.com",
        _ => return None,
    };
    let id = named(arguments, "id").or_else(|| placed(arguments, 0))?;
    Some(Shown::Block(format!(
        "<div class=\"macro macro-film\"><span class=\"macro-name\">▶ {name}</span> <span class=\"macro-arguments\">{}</span> <span class=\"remote-host\">{host}</span></div>\n",
        escaped(id)
    )))
}

fn card(one: &Macro) -> Shown {
    Shown::Card(card_label(&one.name, &one.arguments))
}

fn card_label(name: &str, arguments: &str) -> String {
    let mut label = format!("<span class=\"macro-name\">{}</span>", escaped(name));
    if !arguments.is_empty() {
        label.push_str(&format!(" <span class=\"macro-arguments\">{}</span>", escaped(arguments)));
    }
    label
}
