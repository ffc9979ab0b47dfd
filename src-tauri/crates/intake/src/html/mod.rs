//! HTML to Markdown.

mod article;
mod code;
mod convert;
mod escape;
mod furniture;
mod inline;
mod lists;
mod notes;
mod tables;
mod tree;

use crate::Details;
use convert::Converter;
use tree::{Node, Tree};

/// HTML that is longer is refused: no page of a post is.
pub const MAX_HTML_BYTES: usize = 64 * 1024 * 1024;

/// Why HTML is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HtmlError {
    /// It has more bytes than [`MAX_HTML_BYTES`].
    #[error("the HTML is longer than {MAX_HTML_BYTES} bytes")]
    TooLarge,
    /// It has more elements, or more attributes on one, than any page that somebody wrote.
    #[error("the HTML has more elements than can be read")]
    TooComplex,
}

/// A picture that was written out in the HTML itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddedImage {
    /// What the Markdown calls it.
    pub reference: String,
    /// Its bytes, in Base64.
    pub base64: String,
}

/// Markdown that was HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FromHtml {
    /// The text, without front matter.
    pub markdown: String,
    /// What the page says about its post.
    pub details: Details,
    /// The pictures in it.
    pub images: Vec<EmbeddedImage>,
}

/// The post of a whole page: without menus and what else stands around it.
pub fn markdown_of_page(html: &str) -> Result<FromHtml, HtmlError> {
    let tree = parsed(html)?;
    let details = article::details(&tree);
    let mut converter = Converter::new(&tree, true);
    converter.title.clone_from(&details.title);
    let markdown = converter.markdown(article::article(&tree));
    Ok(FromHtml { markdown, details, images: converter.images })
}

/// All of what somebody chose and copied. None where it says no more than its plain text does: colours and fonts alone,
/// as of code copied from an editor.
pub fn markdown_of_clip(html: &str) -> Result<Option<FromHtml>, HtmlError> {
    let tree = parsed(html)?;
    if !says_more_than_text(&tree) {
        return Ok(None);
    }
    let mut converter = Converter::new(&tree, false);
    let markdown = converter.markdown(Tree::ROOT);
    Ok(Some(FromHtml { markdown, details: Details::default(), images: converter.images }))
}

/// Whether a text is HTML, by how it begins.
pub fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    ["<!doctype html", "<html", "<head", "<body", "<meta "]
        .iter()
        .any(|begin| start.get(..begin.len()).is_some_and(|start| start.eq_ignore_ascii_case(begin)))
}

fn parsed(html: &str) -> Result<Tree, HtmlError> {
    if html.len() > MAX_HTML_BYTES {
        return Err(HtmlError::TooLarge);
    }
    Tree::parse(html).map_err(|_| HtmlError::TooComplex)
}

fn says_more_than_text(tree: &Tree) -> bool {
    let is_code_of_editor =
        tree.inside(Tree::ROOT).take(8).filter_map(|id| tree.element(id)).any(|element| {
            let style = element.attribute("style").unwrap_or_default().replace(' ', "").to_lowercase();
            style.contains("white-space:pre") && style.contains("monospace")
        });
    if is_code_of_editor {
        return false;
    }
    tree.inside(Tree::ROOT).any(|id| match tree.node(id) {
        Node::Text(_) => false,
        Node::Element(element) => {
            matches!(
                element.name.as_str(),
                "h1" | "h2"
                    | "h3"
                    | "h4"
                    | "h5"
                    | "h6"
                    | "ul"
                    | "ol"
                    | "table"
                    | "pre"
                    | "code"
                    | "blockquote"
                    | "img"
                    | "hr"
                    | "sup"
                    | "sub"
                    | "del"
                    | "s"
                    | "kbd"
                    | "details"
                    | "figure"
                    | "iframe"
            ) || (element.name == "a" && element.attribute("href").is_some_and(|to| !to.is_empty()))
                || (convert::mark_of(element).is_some() && !tree.text(id).trim().is_empty())
        }
    })
}

#[cfg(test)]
mod tests;
