//! What is shown for the parts of MDX: components and expressions as cards, elements of HTML as what they are.

use super::Macro;
use super::javascript::{self, Extent, is_in_name};
use super::show::{Shown, card_label};
use crate::sanitise::escaped;

/// Elements that have no end tag.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Attributes that JSX has other names for.
const RENAMED: &[(&str, &str)] = &[
    ("className", "class"),
    ("htmlFor", "for"),
    ("tabIndex", "tabindex"),
    ("colSpan", "colspan"),
    ("rowSpan", "rowspan"),
    ("srcSet", "srcset"),
];

/// A macro of MDX as it is written.
pub(super) enum Part<'s> {
    /// `{…}`, without its braces.
    Expression(&'s str),
    /// A tag: its name, and what stands behind that.
    Tag { name: &'s str, attributes: &'s str },
}

impl<'s> Part<'s> {
    pub(super) fn of(written: &'s str) -> Self {
        if let Some(inner) = written.strip_prefix('{') {
            return Self::Expression(inner.strip_suffix('}').unwrap_or(inner).trim());
        }
        let inner = written.strip_prefix('<').unwrap_or(written);
        let inner = inner.strip_suffix('>').unwrap_or(inner);
        let slash = usize::from(inner.starts_with('/'));
        let end = inner.len() - inner[slash..].trim_start_matches(is_in_name).len();
        Self::Tag { name: &inner[..end], attributes: inner[end..].trim() }
    }

    /// A tag's name, with the slash of one that ends an element; `{` for an expression.
    pub(super) fn name(&self) -> &'s str {
        match self {
            Self::Expression(_) => "{",
            Self::Tag { name, .. } => name,
        }
    }

    pub(super) fn arguments(&self) -> &'s str {
        match self {
            Self::Expression(inner) => inner,
            Self::Tag { attributes, .. } => attributes,
        }
    }
}

/// What a macro shows.
pub(super) fn show(one: &Macro) -> Shown {
    match one.name.as_str() {
        "import" | "export" | "" | "/" => Shown::Nothing,
        "{" => expression(&one.arguments),
        name if is_html(name) => Shown::Inline(element(name, &one.arguments)),
        name => Shown::Card(card_label(name, one.arguments.trim_end_matches('/').trim_end())),
    }
}

/// A name in small letters is an element of HTML; one with a dot is a component.
fn is_html(name: &str) -> bool {
    let name = name.trim_start_matches('/');
    name.starts_with(|c: char| c.is_ascii_lowercase()) && !name.contains(['.', ':', '_', '$'])
}

/// What it prints, where that can be read off it; else a card.
fn expression(inner: &str) -> Shown {
    if is_comment(inner) || matches!(inner, "true" | "false" | "null" | "undefined") {
        return Shown::Nothing;
    }
    if inner.bytes().all(|byte| byte.is_ascii_digit()) {
        return Shown::Text(inner.to_owned());
    }
    let literal = ['"', '\'', '`'].into_iter().find_map(|quote| {
        let text = inner.strip_prefix(quote)?.strip_suffix(quote)?;
        let is_plain = !text.contains([quote, '\\']) && (quote != '`' || !text.contains("${"));
        is_plain.then_some(text)
    });
    match literal {
        Some(text) => Shown::Text(text.to_owned()),
        None => Shown::Card(card_label(&format!("{{{inner}}}"), "")),
    }
}

/// Nothing but comments.
fn is_comment(inner: &str) -> bool {
    let mut rest = inner.trim();
    while let Some(comment) = rest.strip_prefix("/*") {
        let Some((_, behind)) = comment.split_once("*/") else { return false };
        rest = behind.trim_start();
    }
    rest.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with("//"))
}

/// A tag of HTML. What a program would have to work out is left out.
fn element(name: &str, attributes: &str) -> String {
    if name.starts_with('/') {
        return format!("<{name}>");
    }
    let mut html = format!("<{name}");
    for (name, value) in self::attributes(attributes) {
        let name = RENAMED.iter().find(|(jsx, _)| *jsx == name).map_or(name, |(_, html)| html);
        match value {
            None => html.push_str(&format!(" {name}")),
            // Character references in it are those of HTML.
            Some(value) => html.push_str(&format!(" {name}=\"{}\"", value.replace('"', "&quot;"))),
        }
    }
    html.push('>');
    if attributes.ends_with('/') && !VOID.contains(&name) {
        html.push_str(&format!("</{name}>"));
    }
    html
}

/// The attributes whose values are written out: names alone, strings, and strings and numbers in braces.
fn attributes(text: &str) -> Vec<(&str, Option<String>)> {
    let mut attributes = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(|c: char| is_in_name(c) || c == '{') {
        at += found;
        if text[at..].starts_with('{') {
            let Extent::To(end) = javascript::braces(text, at) else { break };
            at = end;
            continue;
        }
        let name = &text[at..text.len() - text[at..].trim_start_matches(is_in_name).len()];
        at += name.len();
        let rest = text[at..].trim_start();
        let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
            attributes.push((name, None));
            continue;
        };
        at = text.len() - value.len();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        if let Some(quote) = quote {
            let Some(end) = value[1..].find(quote) else { break };
            attributes.push((name, Some(value[1..=end].to_owned())));
            at += end + 2;
        } else if let Extent::To(end) = javascript::braces(text, at) {
            if let Shown::Text(value) = expression(text[at + 1..end.max(at + 2) - 1].trim()) {
                attributes.push((name, Some(escaped(&value))));
            }
            at = end;
        } else {
            break;
        }
    }
    attributes
}
