//! The only place where HTML becomes [`SafeHtml`].

use std::collections::HashSet;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use ammonia::{Builder, UrlRelative};

use crate::embeds;
use crate::image::{self, ImageReference};

/// Cleaning costs more than linear time in odd text, so larger HTML is shown as text instead.
pub(crate) const MAX_HTML_BYTES: usize = 512 * 1024;

/// The characters of source shown in place of a block that cannot be rendered.
const EXCERPT_CHARS: usize = 400;

/// What a `style` may say: how the element itself looks. Nothing of it loads anything or lays the element over others.
const STYLES: [&str; 41] = [
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-color",
    "border-left",
    "border-radius",
    "border-right",
    "border-style",
    "border-top",
    "border-width",
    "clear",
    "color",
    "display",
    "float",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
    "max-width",
    "min-height",
    "min-width",
    "opacity",
    "overflow",
    "padding",
    "text-align",
    "text-decoration",
    "text-indent",
    "vertical-align",
    "visibility",
    "white-space",
    "width",
];

/// HTML that runs nothing, loads nothing from elsewhere and submits nothing.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SafeHtml(Arc<str>);

impl SafeHtml {
    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for SafeHtml {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Cleans HTML by an allow list.
pub(crate) struct Sanitiser(Builder<'static>);

impl Sanitiser {
    pub(crate) fn new(image_base: &str, remote_images: bool) -> Self {
        let image_base = image_base.to_owned();
        let mut builder = Builder::default();
        builder
            .rm_tags(["map", "area"])
            // Of old posts: nobody would write `big` or `font` today, and browsers show them all the same.
            .add_tags(["big", "font", "input", "section", "tfoot"])
            .add_clean_content_tags([
                "embed", "iframe", "math", "noembed", "noframes", "noscript", "object", "select", "svg",
                "template", "textarea", "title", "xmp",
            ])
            .add_generic_attributes(["class", "dir", "id", "style"])
            .filter_style_properties(STYLES.into())
            .add_tag_attributes("pre", ["data-language"])
            .add_tag_attributes("span", ["data-n"])
            .add_tag_attributes("font", ["color", "face", "size"])
            // A place that links lead to, as an id is.
            .add_tag_attributes("a", ["name"])
            .add_tag_attributes("details", ["open"])
            .add_tag_attributes("ol", ["reversed", "type"])
            .add_tag_attributes("input", ["checked"])
            // Only ever a box of a task that cannot be used. One set attribute: ammonia adds several in no fixed order.
            .add_tag_attribute_values("input", "type", ["checkbox"])
            .set_tag_attribute_value("input", "disabled", "")
            .url_schemes(HashSet::from(["http", "https", "mailto"]))
            .url_relative(UrlRelative::PassThrough)
            .link_rel(Some("noopener noreferrer"))
            .attribute_filter(move |element, attribute, value| match (element, attribute) {
                ("img", "src") => match image::classify(value) {
                    ImageReference::Local(path) => Some(image::local_url(&image_base, path).into()),
                    ImageReference::Remote { .. } if remote_images => Some(value.into()),
                    ImageReference::Remote { .. } | ImageReference::Unusable => None,
                },
                (_, "cite") => None,
                _ => Some(value.into()),
            });
        Self(builder)
    }

    /// What may not be shown goes; cards stand for what is embedded.
    pub(crate) fn clean(&self, html: &str, source: &str) -> SafeHtml {
        if html.len() > MAX_HTML_BYTES {
            return too_large(source);
        }
        SafeHtml(self.0.clean(&embeds::with_cards(html)).to_string().into())
    }
}

/// No HTML at all.
pub(crate) fn nothing() -> SafeHtml {
    SafeHtml(Arc::default())
}

/// HTML that [`crate::code`] wrote: all text in it is escaped there, and every class is one of our own.
pub(crate) fn written_code(html: String) -> SafeHtml {
    SafeHtml(html.into())
}

/// What stands for a block that nests too deep to be cleaned in reasonable time.
pub(crate) fn too_deep(source: &str) -> SafeHtml {
    let end = source.char_indices().nth(EXCERPT_CHARS).map_or(source.len(), |(at, _)| at);
    let mut html = String::from("<p class=\"too-deep\">");
    push_escaped(&mut html, &source[..end]);
    if end < source.len() {
        html.push('…');
    }
    html.push_str("</p>\n");
    SafeHtml(html.into())
}

fn too_large(source: &str) -> SafeHtml {
    let mut html = String::from("<pre class=\"too-large\">");
    push_escaped(&mut html, source);
    html.push_str("</pre>\n");
    SafeHtml(html.into())
}

/// A text with the characters of HTML escaped.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_escaped(&mut html, text);
    html
}

/// Escapes text for an element's content and for a quoted attribute.
pub(crate) fn push_escaped(html: &mut String, text: &str) {
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        html.push_str(&text[plain..at]);
        html.push_str(escape);
        plain = at + 1;
    }
    html.push_str(&text[plain..]);
}
