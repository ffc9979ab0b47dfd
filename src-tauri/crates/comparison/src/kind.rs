//! What sort of difference two blocks have, so that those of one cause are counted together.

use std::fmt;

/// What is not equal at the first place where two blocks part.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The whole block stands on the site alone: the name of its element, none for loose text.
    BlockOnSite(Option<String>),
    /// The whole block stands in the preview alone: the name of its element, none for loose text.
    BlockInPreview(Option<String>),
    /// One element has an attribute that the other has not, or of another value.
    Attribute {
        /// Its name; empty if it is there in both, twice in one.
        attribute: String,
        /// The name of the element.
        element: String,
    },
    /// Two elements have other names.
    OtherElement {
        /// The one on the site.
        site: String,
        /// The one in the preview.
        preview: String,
    },
    /// An element that the preview does not have.
    ElementOnSite(String),
    /// An element that the site does not have.
    ElementInPreview(String),
    /// An element ends earlier on the site.
    EndsEarlierOnSite(String),
    /// An element ends earlier in the preview.
    EndsEarlierInPreview(String),
    /// A sign of Markdown stands in the site's text, and not in the preview's.
    SignOnSite(&'static str),
    /// A sign of Markdown stands in the preview's text, and not in the site's.
    SignInPreview(&'static str),
    /// The text of code.
    CodeText,
    /// The language of code.
    CodeLanguage,
    /// The caption of code.
    CodeCaption,
    /// Code that the preview does not have.
    CodeOnSite,
    /// Code that the site does not have.
    CodeInPreview,
    /// Quotes, dashes and dots that are straight on one side.
    Punctuation,
    /// White space that shows.
    Space,
    /// Other words.
    Text,
    /// One goes on where the other ends.
    Length,
    /// The words of the whole post, without regard to blocks.
    Words,
}

impl fmt::Display for Kind {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BlockOnSite(name) => write!(to, "block {} only on the site", block(name.as_deref())),
            Self::BlockInPreview(name) => write!(to, "block {} only in the preview", block(name.as_deref())),
            Self::Attribute { attribute, element } => write!(to, "{attribute} of <{element}>"),
            Self::OtherElement { site, preview } => {
                write!(to, "<{site}> on the site, <{preview}> in the preview")
            }
            Self::ElementOnSite(name) => write!(to, "<{name}> on the site, not in the preview"),
            Self::ElementInPreview(name) => write!(to, "<{name}> in the preview, not on the site"),
            Self::EndsEarlierOnSite(name) => write!(to, "</{name}> comes earlier on the site"),
            Self::EndsEarlierInPreview(name) => write!(to, "</{name}> comes earlier in the preview"),
            Self::SignOnSite(sign) => write!(to, "{sign} as text on the site"),
            Self::SignInPreview(sign) => write!(to, "{sign} as text in the preview"),
            Self::CodeText => to.write_str("text of code"),
            Self::CodeLanguage => to.write_str("language of code"),
            Self::CodeCaption => to.write_str("caption of code"),
            Self::CodeOnSite => to.write_str("code on the site, not in the preview"),
            Self::CodeInPreview => to.write_str("code in the preview, not on the site"),
            Self::Punctuation => to.write_str("smart punctuation"),
            Self::Space => to.write_str("white space"),
            Self::Text => to.write_str("text"),
            Self::Length => to.write_str("length"),
            Self::Words => to.write_str("words"),
        }
    }
}

/// Code that stands alone has the name `code`.
fn block(name: Option<&str>) -> String {
    match name {
        Some("code") => "of code".to_owned(),
        Some(name) => format!("<{name}>"),
        None => "of loose text".to_owned(),
    }
}
