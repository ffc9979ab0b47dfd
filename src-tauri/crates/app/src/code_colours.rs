//! Which colours the preview's code has: those of the post's site, where they can be told.

use std::path::Path;

use postwright_markdown as markdown;
use postwright_post::profile::Generator;
use postwright_sites as sites;
use postwright_wire::{self as wire, CodeStyleSheet};
use serde_json::Value;

use crate::{Core, lock};

/// What Hugo colours by when its configuration names no style.
const HUGO_STYLE: &str = "monokai";

impl Core {
    /// The style sheet for the code of a post, or of a draft without a site.
    pub(crate) fn code_style(&self, style: &wire::CodeStyle) -> CodeStyleSheet {
        let site = style.post.and_then(|post| {
            let post = lock(&self.open).get(&post).map(std::sync::Arc::clone)?;
            lock(&post).site()
        });
        let of_site = site.and_then(|site| self.root_of(site).ok()).and_then(|root| css_of_site(&root));
        CodeStyleSheet { css: of_site.unwrap_or_else(|| markdown::code_style(style.dark)) }
    }
}

/// What a site colours its code by; nothing if it cannot be told.
fn css_of_site(root: &Path) -> Option<String> {
    let generator = sites::generator(root)?;
    let own = || sites::highlight_sheet(root).map(|sheet| markdown::sanitised_site_css(&sheet));
    match generator {
        Generator::Hugo => {
            let configuration = sites::configuration(root, generator).tree;
            let highlight = member(&configuration, "markup").and_then(|markup| member(markup, "highlight"));
            let setting = |key| highlight.and_then(|highlight| member(highlight, key));
            if setting("noClasses").and_then(Value::as_bool) == Some(false) {
                return own();
            }
            markdown::theme_css(setting("style").and_then(Value::as_str).unwrap_or(HUGO_STYLE))
        }
        Generator::Jekyll => own(),
        Generator::Zola | Generator::Hexo | Generator::Astro | Generator::Plain => None,
    }
}

/// A member of a table; letter case does not count, as for Hugo.
fn member<'t>(table: &'t Value, key: &str) -> Option<&'t Value> {
    table.as_object()?.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "a test sets its stage")]
mod tests {
    use super::*;

    fn site(configuration: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("hugo.toml"), configuration).unwrap();
        std::fs::create_dir_all(folder.path().join("assets/css")).unwrap();
        let sheet = ".chroma .k { color: #123456 }\n.chroma .kd { color: #123456 }";
        std::fs::write(folder.path().join("assets/css/chroma.css"), sheet).unwrap();
        folder
    }

    #[test]
    fn a_hugo_site_shows_its_style() {
        let default = css_of_site(site("title = 'x'\n").path());
        assert_eq!(default, markdown::theme_css("monokai"));
        let named = css_of_site(site("[markup.highlight]\nStyle = 'dracula'\n").path());
        assert_eq!(named, markdown::theme_css("dracula"));
        assert_ne!(default, named);
        let own = css_of_site(site("[markup.highlight]\nnoClasses = false\n").path());
        assert!(own.is_some_and(|css| css.contains("#123456")));
        assert_eq!(css_of_site(site("[markup.highlight]\nstyle = 'no-such-style'\n").path()), None);
    }
}
