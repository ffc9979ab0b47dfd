//! Hugo's embedded shortcodes, as 0.168 prints them (`tpl/tplimpl/embedded/templates/_shortcodes`).

use std::borrow::Cow;

use pulldown_cmark::{Event, Tag, TagEnd, html};

use super::arguments::{self, Argument, named, placed};
use super::show::Shown;
use super::{Form, Macro, RenderText, Syntax, scan};
use crate::dialect::common;
use crate::sanitise::escaped;

/// What one that stands alone prints, if it is one of these.
pub(super) fn call(name: &str, arguments: &[Argument], render: RenderText<'_>) -> Option<Shown> {
    match name {
        "figure" => Some(Shown::Block(figure(arguments, render)?)),
        "ref" | "relref" => {
            Some(Shown::Text(placed(arguments, 0).or_else(|| named(arguments, "path"))?.to_owned()))
        }
        _ => None,
    }
}

/// What one with content prints. `before` is the text before it, `content` what stands between its beginning and its end.
pub(super) fn with_content(one: &Macro, before: &str, content: &str, render: RenderText<'_>) -> Shown {
    if one.name == "details" { details(one, content, render) } else { highlight(one, before, content) }
}

/// The indent of the shortcode is taken off its lines, and empty lines around them.
fn highlight(one: &Macro, before: &str, content: &str) -> Shown {
    let line = &before[before.rfind('\n').map_or(0, |newline| newline + 1)..];
    let content = unescaped(content);
    let text = if line.trim_matches([' ', '\t']).is_empty() && !line.is_empty() {
        let lines = content.split_inclusive('\n');
        Cow::Owned(lines.map(|code| code.strip_prefix(line).unwrap_or(code)).collect::<String>())
    } else {
        content
    };
    let text = text.trim_matches(['\n', '\r']);
    Shown::Code { info: one.arguments.replace('"', " "), text: format!("{text}\n") }
}

/// Code about shortcodes: `{{</* x */>}}` is `{{< x >}}`.
fn unescaped(content: &str) -> Cow<'_, str> {
    if !content.contains("/*") {
        return Cow::Borrowed(content);
    }
    let mut text = String::with_capacity(content.len());
    let mut from = 0;
    for one in scan::scan(content, Syntax::Hugo).macros {
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
fn details(one: &Macro, content: &str, render: RenderText<'_>) -> Shown {
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
    opening.push_str(&format!("><summary>{}</summary>\n", line(summary, render)));
    let mut events = vec![Event::Html(opening.into())];
    events.extend(render(&printed_into_markdown(content)).into_iter().map(|(event, _)| event));
    events.push(Event::Html("</details>\n".into()));
    Shown::Blocks(events)
}

/// The content with `{{% x %}}` for `{{< x >}}`, where the preview knows what that prints.
fn printed_into_markdown(content: &str) -> String {
    let mut text = content.as_bytes().to_vec();
    for one in scan::scan(content, Syntax::Hugo).macros {
        let begins = matches!(one.form, Form::Call | Form::Verbatim { .. });
        if !begins || scan::tag_around(&one.name).is_none() || one.is_tag() {
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

fn figure(arguments: &[Argument], render: RenderText<'_>) -> Option<String> {
    let given = |name: &str| named(arguments, name).filter(|value| !value.is_empty());
    let source = given("src").or_else(|| placed(arguments, 0))?;
    let attribute =
        |name: &str| given(name).map_or_else(String::new, |value| format!(" {name}=\"{}\"", escaped(value)));
    let alternative = given("alt")
        .map(ToOwned::to_owned)
        .or_else(|| given("caption").map(|caption| plain(caption, render)))
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
    Some(format!("<figure{class}>{image}{}</figure>\n", figure_caption(arguments, render)))
}

fn figure_caption(arguments: &[Argument], render: RenderText<'_>) -> String {
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
        let [caption, source] = [caption, source].map(|text| line(text.unwrap_or_default(), render));
        let source = match given("attrlink") {
            Some(link) => format!(" <a href=\"{}\">{source}</a>", escaped(link)),
            None => source,
        };
        html.push_str(&format!("<p>{caption}{source}</p>"));
    }
    html + "</figcaption>"
}

/// Markdown as a part of a line: a lone paragraph without its tags (`markdownify`).
fn line(text: &str, render: RenderText<'_>) -> String {
    let events: Vec<_> = render(text).into_iter().map(|(event, _)| event).collect();
    let inside = match events.as_slice() {
        [Event::Start(Tag::Paragraph), inside @ .., Event::End(TagEnd::Paragraph)]
            if !inside.contains(&Event::End(TagEnd::Paragraph)) =>
        {
            inside
        }
        all => all,
    };
    let mut printed = String::new();
    html::push_html(&mut printed, inside.iter().cloned());
    printed
}

/// The words of Markdown (`plainify`).
fn plain(text: &str, render: RenderText<'_>) -> String {
    common::plain_text(&render(text))
}
