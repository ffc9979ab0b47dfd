//! Macros that print the address of another page: Hugo's `ref` and `relref`, Jekyll's `post_url` and `link`.

use super::arguments::{self, named, placed};
use super::{Form, Macro, Syntax};

/// How a macro names another page of the site. Where there is none, the generator ends the build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageReference {
    /// Hugo's `ref` and `relref`: a path or the name of a page, without fragment.
    HugoPage(String),
    /// Jekyll's `post_url`: a post's file name without extension, perhaps with folders.
    JekyllPost(String),
    /// Jekyll's `link`: a file's path in the site.
    JekyllFile(String),
}

impl PageReference {
    /// As the writer wrote it.
    pub fn written(&self) -> &str {
        let (Self::HugoPage(written) | Self::JekyllPost(written) | Self::JekyllFile(written)) = self;
        written
    }
}

/// The page that a macro names. Nothing for one of another language or of this page itself, and where Liquid makes the
/// name only when it runs.
pub(crate) fn page_reference(one: &Macro, syntax: Syntax) -> Option<PageReference> {
    if one.form != Form::Call {
        return None;
    }
    match (syntax, one.name.as_str()) {
        (Syntax::Hugo, "ref" | "relref") => {
            let arguments = arguments::parse(&one.arguments);
            let path = hugo_path(one)?;
            let path = path.split(['#', '?']).next().unwrap_or_default().to_owned();
            let is_known_kind = named(&arguments, "lang").is_none() && !path.contains("://");
            (is_known_kind && !path.is_empty()).then_some(PageReference::HugoPage(path))
        }
        (Syntax::Liquid, "post_url") => of_jekyll(one).map(PageReference::JekyllPost),
        (Syntax::Liquid, "link") => of_jekyll(one).map(PageReference::JekyllFile),
        _ => None,
    }
}

fn of_jekyll(one: &Macro) -> Option<String> {
    let is_text = !one.arguments.is_empty() && !one.arguments.contains("{{");
    is_text.then(|| one.arguments.clone())
}

/// What `ref` and `relref` are given.
pub(super) fn hugo_path(one: &Macro) -> Option<String> {
    if one.form != Form::Call || !matches!(one.name.as_str(), "ref" | "relref") {
        return None;
    }
    let arguments = arguments::parse(&one.arguments);
    placed(&arguments, 0).or_else(|| named(&arguments, "path")).map(ToOwned::to_owned)
}
