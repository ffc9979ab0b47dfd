//! What Hexo 8.1's own tags print.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::show::{Shown, markdown_of_its_own};
use super::{Form, Macro, arguments};
use crate::dialect::{Dialect, Hexo};
use crate::sanitise::escaped;

/// Options of `{% codeblock %}` that are those of a fence too; any other word with a colon is part of the caption.
const CODE_OPTIONS: &[&str] =
    &["line_number", "line_threshold", "first_line", "wrap", "mark", "language_attr"];

/// What a macro shows; `source` is the text that it stands in.
pub(super) fn show(one: &Macro, dialect: &Dialect, source: &str, hexo: &Hexo) -> Option<Shown> {
    match &one.form {
        Form::Html { content } => Some(html(&source[content.clone()], content.start, hexo)),
        Form::Verbatim { content } => {
            let words = arguments::words(&one.arguments);
            let text = &source[content.clone()];
            match one.name.as_str() {
                "codeblock" | "code" => Some(code(&words, text)),
                "blockquote" | "quote" => {
                    Some(quotation("", &footer(&words.join(" ")), content, text, dialect))
                }
                "pullquote" => {
                    let class = [&["pullquote".to_owned()], words.as_slice()].concat().join(" ");
                    Some(quotation(&format!(" class=\"{}\"", escaped(&class)), "", content, text, dialect))
                }
                _ => None,
            }
        }
        Form::Call => call(one, hexo),
        _ => None,
    }
}

fn call(one: &Macro, hexo: &Hexo) -> Option<Shown> {
    let words = arguments::words(&one.arguments);
    let first = words.first();
    match one.name.as_str() {
        "" => literal(&one.arguments).map(Shown::Text),
        "asset_img" | "asset_image" => {
            // Which of the words names a file of the post's folder is not known here.
            let at = words.iter().position(|word| word.contains('.')).unwrap_or(0);
            Some(image(&words, at))
        }
        "img" | "image" => {
            Some(image(&words, words.iter().position(|word| is_address(word) || word.starts_with('/'))?))
        }
        "asset_link" => Some(asset_link(first?, &words[1..])),
        "post_link" => {
            let (title, as_text) = title(&words[1..]);
            // The title of another post is not known here.
            let title = if title.is_empty() { first?.split('#').next()?.to_owned() } else { title };
            let title = if as_text { escaped(&title) } else { title };
            Some(Shown::Inline(format!("<a href=\"{}\">{title}</a>", escaped(first?))))
        }
        "link" | "a" | "anchor" => Some(link(&words, hexo)),
        "post_path" | "asset_path" => Some(Shown::Text(first?.clone())),
        _ => None,
    }
}

/// What `{{ "…" }}` and `{{ 12 }}` print.
fn literal(expression: &str) -> Option<String> {
    let quoted = |quote: char| {
        let inner = expression.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inner.contains(quote)).then_some(inner)
    };
    let number = || expression.parse::<i64>().is_ok().then_some(expression);
    quoted('"').or_else(|| quoted('\'')).or_else(number).map(str::to_owned)
}

/// Class names, the address, width and height, then a title and a description, parted by quotes of their own.
fn image(words: &[String], at: usize) -> Shown {
    let Some(source) = words.get(at) else { return Shown::Nothing };
    let mut html = format!("<img src=\"{}\" class=\"{}\"", escaped(source), escaped(&words[..at].join(" ")));
    let mut rest = &words[at + 1..];
    for name in ["width", "height"] {
        let Some(size) = rest.first().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit())) else {
            break;
        };
        html.push_str(&format!(" {name}=\"{size}\""));
        rest = &rest[1..];
    }
    let (title, alternative) = title_and_description(&rest.join(" "));
    for (name, value) in [("title", title), ("alt", alternative)] {
        if let Some(value) = value {
            html.push_str(&format!(" {name}=\"{}\"", escaped(&value)));
        }
    }
    Shown::Inline(html + ">")
}

/// `"title" "description"`, the quotes written within others; a text without quotes is a title.
fn title_and_description(meta: &str) -> (Option<String>, Option<String>) {
    let quote = |double: bool| if double { '"' } else { '\'' };
    let (title, rest) = between_quotes(meta, quote(meta.starts_with('"')));
    let (description, _) = between_quotes(rest.trim_start(), quote(meta.ends_with('"')));
    (title, description)
}

/// What stands up to a quote or between two of them, and what follows.
fn between_quotes(text: &str, quote: char) -> (Option<String>, &str) {
    let text = text.strip_prefix(quote).unwrap_or(text);
    let (inner, rest) = text.split_at(text.find(quote).unwrap_or(text.len()));
    (Some(inner.to_owned()).filter(|inner| !inner.is_empty()), rest.strip_prefix(quote).unwrap_or(rest))
}

fn asset_link(slug: &str, rest: &[String]) -> Shown {
    let (title, as_text) = title(rest);
    let title = if title.is_empty() { slug.to_owned() } else { title };
    let attribute = escaped(&title);
    let title = if as_text { &attribute } else { &title };
    Shown::Inline(format!("<a href=\"{}\" title=\"{attribute}\">{title}</a>", escaped(slug)))
}

/// A title, and whether it is text and not HTML, which a last word `false` says.
fn title(words: &[String]) -> (String, bool) {
    match words.split_last() {
        Some((last, rest)) if last == "true" || last == "false" => (rest.join(" "), last == "true"),
        _ => (words.join(" "), true),
    }
}

/// Words, the address, whether it opens in a window of its own, and a title.
fn link(words: &[String], hexo: &Hexo) -> Shown {
    let at = words.iter().position(|word| is_address(word)).unwrap_or(words.len());
    let address = words.get(at).map(|address| hexo.link_address(address)).unwrap_or_default();
    let mut rest = words.get(at + 1..).unwrap_or_default();
    if rest.first().is_some_and(|word| word == "true" || word == "false") {
        rest = &rest[1..];
    }
    Shown::Inline(format!(
        "<a href=\"{}\" title=\"{}\">{}</a>",
        escaped(&address),
        escaped(&rest.join(" ")),
        escaped(&words[..at].join(" "))
    ))
}

fn is_address(word: &str) -> bool {
    let scheme = word.split_once(':').map_or("", |(scheme, _)| scheme);
    let has_scheme = (3..=9).contains(&scheme.len()) && scheme.bytes().all(|byte| byte.is_ascii_alphabetic());
    has_scheme || word.starts_with("www.") || word.contains('@')
}

/// `{% codeblock title lang:js https://… link line_number:false %}`, as the info string of one of Hexo's fences.
fn code(words: &[String], content: &str) -> Shown {
    let text = stripped(content) + "\n";
    let told = words.iter().find_map(|word| word.strip_prefix("highlight:"));
    if told.is_some_and(|told| told != "true") {
        return Shown::Code { info: String::new(), text };
    }
    let mut language = "plaintext";
    let mut caption = Vec::new();
    let mut options = Vec::new();
    for word in words.iter().filter(|word| !word.starts_with("highlight:")) {
        match word.split_once(':') {
            Some(("lang", value)) => language = value,
            Some((key, _)) if CODE_OPTIONS.contains(&key) => options.push(word.as_str()),
            _ => caption.push(word.as_str()),
        }
    }
    let info = [&[language], caption.as_slice(), options.as_slice()].concat().join(" ");
    Shown::Code { info, text }
}

/// Who said it and where: `author, source`, `author https://… title`.
fn footer(told: &str) -> String {
    let (author, address, title) = match address_in(told) {
        Some(found) => found,
        None => {
            match told.split_once(',').filter(|(author, title)| !author.is_empty() && !title.is_empty()) {
                Some((author, rest)) => (author, "", rest.trim_start().split(',').next().unwrap_or_default()),
                None => (told, "", ""),
            }
        }
    };
    let author = if author.is_empty() { String::new() } else { format!("<strong>{author}</strong>") };
    let cite = if address.is_empty() {
        title.to_owned()
    } else {
        let words = if title.is_empty() { bare_address(address) } else { title };
        format!("<a href=\"{}\">{words}</a>", escaped(address))
    };
    let cite = if cite.is_empty() { cite } else { format!("<cite>{cite}</cite>") };
    let footer = author + &cite;
    if footer.is_empty() { footer } else { format!("<footer>{footer}</footer>") }
}

/// The words before the last address, the address, and those behind it.
fn address_in(told: &str) -> Option<(&str, &str, &str)> {
    let is = |at: usize, scheme: &str| {
        told.get(at..at + scheme.len()).is_some_and(|found| found.eq_ignore_ascii_case(scheme))
    };
    let begins = |at: &usize| {
        let before = told[..*at].trim_end();
        (is(*at, "http://") || is(*at, "https://")) && !before.is_empty() && before.len() < *at
    };
    let at = told.match_indices(['h', 'H']).map(|(at, _)| at).rfind(begins)?;
    let (address, title) = told[at..].split_once(char::is_whitespace).unwrap_or((&told[at..], ""));
    Some((told[..at].trim(), address, title.trim_start()))
}

fn bare_address(address: &str) -> &str {
    let rest =
        address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address);
    ["/index.html", "/index.htm", "/"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest)
}

/// A quotation, whose content marked reads on its own.
fn quotation(attributes: &str, footer: &str, content: &Range<usize>, text: &str, dialect: &Dialect) -> Shown {
    let inner = stripped(text);
    let start = text.find(inner.as_str()).map(|at| content.start + at);
    let html = |html: String| (Event::Html(html.into()), content.clone());
    let mut events = vec![html(format!("<blockquote{attributes}>\n"))];
    events.extend(markdown_of_its_own(&inner, start, content, dialect));
    events.push(html(format!("{footer}</blockquote>")));
    Shown::Blocks(events)
}

/// HTML as it is written; but a fence in it is code all the same, which Hexo takes out first.
fn html(text: &str, start: usize, hexo: &Hexo) -> Shown {
    let events = hexo.read_html(text);
    if events.iter().any(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_)))) {
        let shifted =
            events.into_iter().map(|(event, range)| (event, start + range.start..start + range.end));
        return Shown::Blocks(shifted.collect());
    }
    Shown::Inline(with_more_mark(text).unwrap_or_else(|| text.to_owned()))
}

/// Hexo ends a post's excerpt at `<!-- more -->` and leaves a mark there that links can lead to.
fn with_more_mark(html: &str) -> Option<String> {
    let inner = html.strip_prefix("<!--")?.strip_suffix("-->")?;
    let inner = inner.strip_prefix(' ').unwrap_or(inner);
    let inner = inner.strip_suffix(' ').unwrap_or(inner);
    inner.eq_ignore_ascii_case("more").then(|| "<span id=\"more\"></span>".to_owned())
}

/// Without the indent that all lines have, and one line end on each side.
fn stripped(content: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let filled = content.split('\n').filter(|line| !line.trim().is_empty());
    let least = filled.map(indent).min().unwrap_or(0);
    let lines: Vec<&str> = content.split('\n').map(|line| &line[least.min(indent(line))..]).collect();
    let text = lines.join("\n");
    let text = text.strip_prefix('\n').unwrap_or(&text);
    text.strip_suffix('\n').unwrap_or(text).to_owned()
}
