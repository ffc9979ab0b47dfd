//! Hugo's embedded shortcodes, as 0.168 prints them (`tpl/tplimpl/embedded/templates/_shortcodes`).

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, html};

use super::arguments::{self, Argument, named, placed};
use super::pages::hugo_path;
use super::scan::{Scanner, call};
use super::show::{Shown, markdown_of_its_own};
use super::{Form, Macro, Syntax, pairs};
use crate::dialect::{Dialect, common};
use crate::sanitise::escaped;
use crate::whole;

/// The beginning of what stands for a shortcode that prints HTML into the Markdown: the tag of a block.
pub(super) const TAG: &str = "<p ";

/// Shortcodes that print HTML alone (`ref` and its like print text), and the tag with the line ends that are around what
/// they print.
const PRINTING_HTML: &[(&str, (&str, &str))] =
    &[("details", ("\n<p ", ">\n")), ("figure", ("<p ", ">\n")), ("highlight", ("<p ", ">"))];

/// What stands around the mark of a shortcode whose HTML Markdown reads: `{{% figure %}}`.
pub(super) fn tag_around(one: &Macro, source: &str) -> Option<(&'static str, &'static str)> {
    html_ends(&one.name).filter(|_| one.form != Form::End && is_markdown(one, source))
}

/// The tag in the place of what a shortcode prints, if that is HTML.
fn html_ends(name: &str) -> Option<(&'static str, &'static str)> {
    PRINTING_HTML.iter().find(|(printing, _)| *printing == name).map(|(_, around)| *around)
}

/// `{{% x %}}`: Markdown reads what it prints.
fn is_markdown(one: &Macro, source: &str) -> bool {
    source[one.range.clone()].starts_with("{{%")
}

impl Scanner<'_> {
    /// `{{< x >}}`, `{{% x %}}`, `{{</* x */>}}`.
    pub(super) fn shortcode(&mut self, open: usize) -> Option<Macro> {
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
        Some(call(range, whole, form))
    }
}

/// What a shortcode prints, if it is one of these; `source` is the text that it stands in.
pub(super) fn show(one: &Macro, dialect: &Dialect, source: &str) -> Option<Shown> {
    match (&one.form, one.name.as_str()) {
        (Form::Verbatim { content }, "details") => Some(details(one, content, dialect, source)),
        (Form::Verbatim { content }, _) => Some(highlight(one, content, source)),
        (Form::Call, "ref" | "relref") => Some(Shown::Text(hugo_path(one)?)),
        (Form::Call, name) => embedded(name, &arguments::parse(&one.arguments), dialect),
        _ => None,
    }
}

/// What one that stands alone prints.
fn embedded(name: &str, arguments: &[Argument], dialect: &Dialect) -> Option<Shown> {
    match name {
        "figure" => Some(Shown::Block(figure(arguments, dialect)?)),
        _ => None,
    }
}

/// The indent of the shortcode is taken off its lines, and empty lines around them.
fn highlight(one: &Macro, content: &Range<usize>, source: &str) -> Shown {
    let indent = indent_of(&source[..one.range.start]);
    let content = unescaped(&source[content.clone()]);
    let text = if !indent.is_empty() {
        let lines = content.split_inclusive('\n');
        Cow::Owned(lines.map(|code| code.strip_prefix(indent).unwrap_or(code)).collect::<String>())
    } else {
        content
    };
    let text = text.trim_matches(['\n', '\r']);
    Shown::Code { info: fence_of(&one.arguments), text: format!("{text}\n") }
}

/// The info string that says what the arguments of `highlight` say: `go "linenos=table, hl_lines=2 4-6"`.
fn fence_of(arguments: &str) -> String {
    let arguments = arguments::parse(arguments);
    let language = placed(&arguments, 0).unwrap_or_default();
    let given = placed(&arguments, 1).unwrap_or_default().split(',').filter_map(|one| one.split_once('='));
    let options: Vec<_> = given.map(|(key, value)| format!("{}=\"{}\"", key.trim(), value.trim())).collect();
    if options.is_empty() { language.to_owned() } else { format!("{language} {{{}}}", options.join(",")) }
}

/// The blanks at the end of a text, if nothing else is on their line.
fn indent_of(before: &str) -> &str {
    let rest = before.trim_end_matches([' ', '\t']);
    if rest.is_empty() || rest.ends_with('\n') { &before[rest.len()..] } else { "" }
}

/// Code about shortcodes: `{{</* x */>}}` is `{{< x >}}`.
fn unescaped(content: &str) -> Cow<'_, str> {
    if !content.contains("/*") {
        return Cow::Borrowed(content);
    }
    let mut text = String::with_capacity(content.len());
    let mut from = 0;
    for one in super::all(content, Syntax::Hugo) {
        let Form::Escape { pairs } = one.form else { continue };
        for at in pairs {
            text.push_str(&content[from..at]);
            from = at + 2;
        }
    }
    text.push_str(&content[from..]);
    Cow::Owned(text)
}

/// Its content is Markdown of its own; what shortcodes in it print is part of that Markdown.
fn details(one: &Macro, content: &Range<usize>, dialect: &Dialect, source: &str) -> Shown {
    let arguments = arguments::parse(&one.arguments);
    let mut opening = String::from("<details");
    for name in ["class", "name", "title"] {
        if let Some(value) = named(&arguments, name).filter(|value| !value.is_empty()) {
            opening.push_str(&format!(" {name}=\"{}\"", escaped(value)));
        }
    }
    if named(&arguments, "open").is_some_and(|open| matches!(open, "true" | "1")) {
        opening.push_str(" open");
    }
    let summary = named(&arguments, "summary").filter(|summary| !summary.is_empty()).unwrap_or("Details");
    opening.push_str(&format!("><summary>{}</summary>\n", line(summary, dialect)));
    let html = |html: String| (Event::Html(html.into()), content.clone());
    let inner = printed_into_markdown(&source[content.clone()]);
    let mut events = vec![html(opening)];
    events.extend(markdown_of_its_own(&inner, Some(content.start), content, dialect));
    events.push(html("</details>\n".to_owned()));
    Shown::Blocks(events)
}

/// The content, byte for byte, with `{{% x %}}` for `{{< x >}}`, where the preview knows what that prints.
fn printed_into_markdown(content: &str) -> String {
    let mut text = content.as_bytes().to_vec();
    for one in super::all(content, Syntax::Hugo) {
        let begins = matches!(one.form, Form::Call | Form::Verbatim { .. });
        if !begins || html_ends(&one.name).is_none() || is_markdown(&one, content) {
            continue;
        }
        text[one.range.start + 2] = b'%';
        text[one.range.end - 3] = b'%';
        if let Form::Verbatim { content } = &one.form
            && content.end < one.range.end
        {
            text[content.start - 3] = b'%';
            text[content.end + 2] = b'%';
        }
    }
    String::from_utf8(text).unwrap_or_else(|_| content.to_owned())
}

fn figure(arguments: &[Argument], dialect: &Dialect) -> Option<String> {
    let given = |name: &str| named(arguments, name).filter(|value| !value.is_empty());
    let source = given("src").or_else(|| placed(arguments, 0))?;
    let attribute =
        |name: &str| given(name).map_or_else(String::new, |value| format!(" {name}=\"{}\"", escaped(value)));
    let alternative = given("alt")
        .map(ToOwned::to_owned)
        .or_else(|| given("caption").map(|caption| plain(caption, dialect)))
        .map_or_else(String::new, |alternative| format!(" alt=\"{}\"", escaped(&alternative)));
    let mut image = format!(
        "<img src=\"{}\"{alternative}{}{}{}>",
        escaped(source),
        attribute("width"),
        attribute("height"),
        attribute("loading")
    );
    if let Some(link) = given("link") {
        let (target, rel) = (attribute("target"), attribute("rel"));
        image = format!("<a href=\"{}\"{target}{rel}>{image}</a>", escaped(link));
    }
    let class = attribute("class");
    Some(format!("<figure{class}>{image}{}</figure>\n", figure_caption(arguments, dialect)))
}

fn figure_caption(arguments: &[Argument], dialect: &Dialect) -> String {
    let given = |name: &str| named(arguments, name).filter(|value| !value.is_empty());
    let (title, caption, source) = (given("title"), given("caption"), given("attr"));
    if title.is_none() && caption.is_none() && source.is_none() {
        return String::new();
    }
    let mut html = String::from("<figcaption>");
    if let Some(title) = title {
        html.push_str(&format!("<h4>{}</h4>", escaped(title)));
    }
    if caption.is_some() || source.is_some() {
        let [caption, source] = [caption, source].map(|text| line(text.unwrap_or_default(), dialect));
        let source = match given("attrlink") {
            Some(link) => format!(" <a href=\"{}\">{source}</a>", escaped(link)),
            None => source,
        };
        html.push_str(&format!("<p>{caption}{source}</p>"));
    }
    html + "</figcaption>"
}

/// Markdown as a part of a line: a lone paragraph without its tags (`markdownify`).
fn line(text: &str, dialect: &Dialect) -> String {
    let events = whole::settled(text, dialect);
    let inside = common::lone_paragraph(&events).unwrap_or(&events);
    let mut printed = String::new();
    html::push_html(&mut printed, inside.iter().map(|(event, _)| event.clone()));
    printed
}

/// The words of Markdown (`plainify`).
fn plain(text: &str, dialect: &Dialect) -> String {
    common::plain_text(&whole::settled(text, dialect))
}
