//! What the preview shows for a macro: what the generator prints where that is known, else a labelled card.

use pulldown_cmark::Event;

use super::arguments::{self, Argument, named, placed};
use super::{Form, Macro, RenderText, Syntax, shortcode};
use crate::sanitise::escaped;

/// What stands in the place of a macro.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shown {
    /// Nothing is printed.
    Nothing,
    /// Text, as it is.
    Text(String),
    /// Code, with the info string of a fence.
    Code {
        /// Language and notation.
        info: String,
        /// The code.
        text: String,
    },
    /// HTML that is a block of its own.
    Block(String),
    /// Blocks that were Markdown, settled already.
    Blocks(Vec<Event<'static>>),
    /// HTML within a line.
    Inline(String),
    /// A label that says what would be run.
    Card(String),
}

/// What a macro shows; `source` is the text that it stands in.
pub(crate) fn show(one: &Macro, syntax: Syntax, source: &str, render: RenderText<'_>) -> Shown {
    match &one.form {
        Form::Raw => Shown::Nothing,
        Form::Escape { .. } => Shown::Text(source[one.range.clone()].to_owned()),
        Form::Verbatim { content } if syntax == Syntax::Hugo => {
            shortcode::with_content(one, &source[..one.range.start], &source[content.clone()], render)
        }
        Form::Verbatim { content } => verbatim(one, &source[content.clone()]),
        Form::End => Shown::Card(card_label(&format!("/{}", one.name.trim_start_matches("end")), "")),
        Form::Call | Form::Begin => {
            let arguments = arguments::parse(&one.arguments);
            let known = match syntax {
                Syntax::Hugo => shortcode::call(&one.name, &arguments, render),
                Syntax::Liquid => liquid(one),
                Syntax::Nunjucks => hexo(&one.name, &arguments),
                Syntax::Tera => None,
            };
            known.or_else(|| film(&one.name, &arguments)).unwrap_or_else(|| card(one))
        }
    }
}

/// What a macro gives within a URL: the part of it that the preview can know.
pub(crate) fn url(one: &Macro, syntax: Syntax, written: &str) -> String {
    match (syntax, &one.form) {
        (Syntax::Liquid, Form::Call) if one.name.is_empty() => output_url(&one.arguments).unwrap_or_default(),
        (Syntax::Liquid, Form::Call) if one.name == "link" => format!("/{}", one.arguments),
        (_, Form::Raw) => String::new(),
        // A place inside the site that only the generator can tell; shown as it is written.
        _ => written.to_owned(),
    }
}

fn verbatim(one: &Macro, content: &str) -> Shown {
    match one.name.as_str() {
        "highlight" => Shown::Code { info: one.arguments.replace('"', " "), text: code_lines(content) },
        "codeblock" | "code" => {
            Shown::Code { info: codeblock_info(&one.arguments), text: code_lines(content) }
        }
        _ => Shown::Nothing,
    }
}

/// Without the line end after the opening tag, with one at the end.
fn code_lines(content: &str) -> String {
    let text = content.strip_prefix('\n').unwrap_or(content).trim_end();
    format!("{text}\n")
}

/// Hexo: `{% codeblock title lang:js url link line_number:false %}`; the language first, as in a fence.
fn codeblock_info(arguments: &str) -> String {
    let is_option = |word: &&str| word.contains(':') && !word.contains("://");
    let language =
        arguments.split_whitespace().find_map(|word| word.strip_prefix("lang:")).unwrap_or_default();
    let rest: Vec<_> = arguments.split_whitespace().filter(|word| !is_option(word)).collect();
    [&[language], rest.as_slice()].concat().join(" ").trim().to_owned()
}

fn liquid(one: &Macro) -> Option<Shown> {
    match one.name.as_str() {
        "" => Some(match output_url(&one.arguments) {
            Some(url) if url.is_empty() => Shown::Nothing,
            Some(url) => Shown::Text(url),
            None => Shown::Card(card_label(&one.arguments, "")),
        }),
        "assign" | "capture" | "increment" | "decrement" => Some(Shown::Nothing),
        _ => None,
    }
}

/// `{{ site.baseurl }}` is what every path of the site begins with, which a preview leaves out;
/// `{{ "/a.png" | relative_url }}` is the path.
fn output_url(output: &str) -> Option<String> {
    let (value, filters) = output.split_once('|').unwrap_or((output, ""));
    let value = value.trim();
    if matches!(value, "site.baseurl" | "site.url") {
        return Some(String::new());
    }
    let quoted = |quote: char| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    let literal = quoted('"').or_else(|| quoted('\''))?;
    let filter = filters.split(['|', ':']).next().unwrap_or_default().trim();
    matches!(filter, "" | "relative_url" | "absolute_url" | "prepend").then(|| literal.to_owned())
}

/// Hexo's own tags (hexo 7 and 8).
fn hexo(name: &str, arguments: &[Argument]) -> Option<Shown> {
    let values: Vec<&str> = arguments.iter().map(|one| one.value.as_str()).collect();
    match name {
        "asset_img" | "img" => {
            let at = values.iter().position(|value| value.contains('.') || value.starts_with('/'))?;
            let words: Vec<_> =
                values[at + 1..].iter().filter(|value| value.parse::<u32>().is_err()).copied().collect();
            let alternative = words.last().copied().unwrap_or_default();
            Some(Shown::Inline(format!(
                "<img src=\"{}\" alt=\"{}\">",
                escaped(values[at]),
                escaped(alternative)
            )))
        }
        "asset_link" | "link" | "post_link" => {
            let target = values.first()?;
            let title = values[1..].join(" ");
            let title = if title.is_empty() { (*target).to_owned() } else { title };
            Some(Shown::Inline(format!("<a href=\"{}\">{}</a>", escaped(target), escaped(&title))))
        }
        "post_path" | "asset_path" => Some(Shown::Text((*values.first()?).to_owned())),
        _ => None,
    }
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
