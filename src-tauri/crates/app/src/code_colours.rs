//! Which colours the preview's code has: those of the post's site where they can be told, else those that the writer
//! has chosen.

use std::path::Path;

use postwright_markdown as markdown;
use postwright_post::profile::Generator;
use postwright_sites as sites;
use postwright_wire::{self as wire, CodeStyleSheet, CodeTheme};
use serde_json::Value;

use crate::installed_hugo::InstalledHugo;
use crate::site_settings::SiteSettings;
use crate::{Core, lock};

/// What Hugo colours by when its configuration names no style.
const HUGO_STYLE: &str = "monokai";
/// What Hugo colours by when it does not know the style that is named: Chroma's fallback.
pub(crate) const HUGO_FALLBACK: &str = "swapoff";

/// What a site colours its code by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SiteColours {
    /// Its style sheet; none if it cannot be told.
    pub(crate) css: Option<String>,
    /// The style that it names, if nobody knows it.
    pub(crate) unknown_style: Option<String>,
}

impl Core {
    /// The style sheet for the code of a post, or of a draft without a site.
    pub(crate) fn code_style(&self, style: &wire::CodeStyle) -> CodeStyleSheet {
        let site = style.post.and_then(|post| {
            let post = lock(&self.open).get(&post).map(std::sync::Arc::clone)?;
            lock(&post).site()
        });
        let known = site.and_then(|site| self.known_site(site).ok());
        let of_site = known.and_then(|known| known.colours(&self.hugo).css.clone());
        match of_site {
            Some(css) => CodeStyleSheet { css, of_site: true },
            None => {
                let theme = style.theme.clone().unwrap_or_else(|| self.code_theme(style.dark));
                let css = markdown::theme_css(&theme);
                let css = css.unwrap_or_else(|| markdown::code_style(style.dark));
                CodeStyleSheet { css, of_site: false }
            }
        }
    }
}

/// The themes that a writer can choose from, our own first.
pub(crate) fn themes() -> Vec<CodeTheme> {
    let theme = |theme: markdown::Theme| CodeTheme { name: theme.name.to_owned(), dark: theme.dark };
    markdown::themes().into_iter().map(theme).collect()
}

/// What a site colours its code by, by its settings; `hugo` is asked for a style that we do not have.
pub(crate) fn of_site(root: &Path, settings: &SiteSettings, hugo: &InstalledHugo) -> SiteColours {
    let own = || sites::highlight_sheet(root).map(|sheet| markdown::sanitised_site_css(&sheet));
    match settings.generator {
        Some(Generator::Hugo) => {
            let highlight =
                |key| member(member(member(&settings.configuration.tree, "markup")?, "highlight")?, key);
            if highlight("noClasses").and_then(Value::as_bool) == Some(false) {
                return SiteColours { css: own(), unknown_style: None };
            }
            of_style(highlight("style").and_then(Value::as_str).unwrap_or(HUGO_STYLE), hugo)
        }
        Some(Generator::Jekyll) => SiteColours { css: own(), unknown_style: None },
        Some(Generator::Astro) => {
            let program = settings.configuration.tree.as_str().unwrap_or_default();
            let theme = markdown::Astro::shiki_theme(program);
            let css = theme.and_then(|theme| markdown::shiki_theme_css(&theme));
            SiteColours { css, unknown_style: None }
        }
        _ => SiteColours::default(),
    }
}

fn of_style(style: &str, hugo: &InstalledHugo) -> SiteColours {
    match markdown::theme_css(style).or_else(|| hugo.style(style)) {
        Some(css) => SiteColours { css: Some(css), unknown_style: None },
        None => {
            SiteColours { css: markdown::theme_css(HUGO_FALLBACK), unknown_style: Some(style.to_owned()) }
        }
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

    fn colours(configuration: &str) -> SiteColours {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("hugo.toml"), configuration).unwrap();
        std::fs::create_dir_all(folder.path().join("assets/css")).unwrap();
        let sheet = ".chroma .k { color: #123456 }\n.chroma .kd { color: #123456 }";
        std::fs::write(folder.path().join("assets/css/chroma.css"), sheet).unwrap();
        of_site(folder.path(), &SiteSettings::of_folder(folder.path()), &InstalledHugo::new(&[]))
    }

    #[test]
    fn a_hugo_site_shows_its_style() {
        let default = colours("title = 'x'\n");
        assert_eq!(default.css, markdown::theme_css("monokai"));
        let named = colours("[markup.highlight]\nStyle = 'dracula'\n");
        assert_eq!(named.css, markdown::theme_css("dracula"));
        assert_ne!(default, named);
        let own = colours("[markup.highlight]\nnoClasses = false\n");
        assert!(own.css.is_some_and(|css| css.contains("#123456")));
    }

    #[test]
    fn an_astro_site_shows_its_theme_of_shikis() {
        let colours = |configuration: &str| {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("astro.config.mjs"), configuration).unwrap();
            of_site(folder.path(), &SiteSettings::of_folder(folder.path()), &InstalledHugo::new(&[])).css
        };
        assert_eq!(colours("export default {};"), markdown::shiki_theme_css("github-dark"));
        let named = "export default { markdown: { shikiConfig: { theme: 'nord' } } };";
        assert_eq!(colours(named), markdown::shiki_theme_css("nord"));
        assert!(colours(named).is_some());
        assert_eq!(colours("export default { markdown: { syntaxHighlight: 'prism' } };"), None);
    }

    /// As Hugo 0.168 builds such a site.
    #[test]
    fn a_style_that_nobody_knows_shows_what_hugo_falls_back_to() {
        let unknown = colours("[markup.highlight]\nstyle = 'no-such-style'\n");
        assert!(unknown.css.as_ref().is_some_and(|css| css.contains("color:#e5e5e5;background-color:#000")));
        assert_eq!(unknown.unknown_style.as_deref(), Some("no-such-style"));
    }
}
