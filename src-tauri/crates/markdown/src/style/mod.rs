//! The colours of code: themes over Pygments' short class names, and a site's own style sheet made safe.

mod site;

pub use site::sanitised_site_css;

use std::fmt::Write;

const OWN: &str = include_str!("own.txt");
const CHROMA: &str = include_str!("themes.txt");
const SHIKI: &str = include_str!("shiki.txt");

/// Scopes a theme's rules to the code that the site's highlighter takes.
const SCOPE: &str = "pre.chroma";

/// A theme by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// The name, which is Hugo's where Hugo has the style.
    pub name: &'static str,
    /// Whether its paper is dark.
    pub dark: bool,
}

/// All themes: our own two first, then Chroma's by their names.
pub fn themes() -> Vec<Theme> {
    sections().map(|section| section.theme).collect()
}

/// The CSS of a theme; names are compared as Hugo does, without case. None, if there is no such theme.
pub fn theme_css(name: &str) -> Option<String> {
    sections().find(|section| section.theme.name.eq_ignore_ascii_case(name)).map(|section| section.css())
}

/// The CSS of one of the themes that come with Shiki, which colours Astro's code. None, if there is no such theme.
///
/// Its paper and ink are Shiki's. The colours are those of the scopes that the classes stand for, so a word that Shiki's
/// grammars name more finely may have another.
pub fn shiki_theme_css(name: &str) -> Option<String> {
    sections_of(SHIKI).find(|section| section.theme.name == name).map(|section| section.css())
}

/// CSS for the classes that code carries, for light or dark paper. It sets no background.
pub fn code_style(dark: bool) -> String {
    sections().find(|section| section.theme.dark == dark).map(|section| section.css()).unwrap_or_default()
}

/// One theme of a table: its head and its lines.
struct Section {
    theme: Theme,
    ink: &'static str,
    paper: &'static str,
    lines: &'static str,
}

fn sections() -> impl Iterator<Item = Section> {
    [OWN, CHROMA].into_iter().flat_map(sections_of)
}

fn sections_of(table: &'static str) -> impl Iterator<Item = Section> {
    table.split("\n[").skip(1).filter_map(section)
}

fn section(text: &'static str) -> Option<Section> {
    let (head, lines) = text.split_once("]\n")?;
    let mut words = head.split(' ');
    let (name, kind, ink, paper) = (words.next()?, words.next()?, words.next()?, words.next()?);
    Some(Section { theme: Theme { name, dark: kind == "dark" }, ink, paper, lines })
}

impl Section {
    fn css(&self) -> String {
        let mut css = String::with_capacity(self.lines.len() * 3);
        // Writing to a String cannot fail.
        if self.ink != "-" {
            let _ = writeln!(css, "{SCOPE}{{color:{};background-color:{}}}", self.ink, self.paper);
        }
        for (look, classes) in self.rules() {
            let selectors: Vec<String> =
                classes.split(' ').map(|class| format!("{SCOPE} .{class}")).collect();
            let _ = writeln!(css, "{}{{{}}}", selectors.join(","), declarations(look));
        }
        css
    }

    /// How it looks, and the classes that look so.
    fn rules(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.lines.lines().filter_map(|line| line.split_once(" = "))
    }
}

fn declarations(look: &str) -> String {
    let mut words = look.split(' ');
    let mut list = Vec::new();
    while let Some(word) = words.next() {
        match word {
            "-" => {}
            "on" => list.extend(words.next().map(|paper| format!("background-color:{paper}"))),
            "bold" => list.push("font-weight:bold".to_owned()),
            "italic" => list.push("font-style:italic".to_owned()),
            "underline" => list.push("text-decoration:underline".to_owned()),
            colour => list.push(format!("color:{colour}")),
        }
    }
    list.join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_colour_of_our_own_can_be_read_on_paper_and_on_desk() {
        assert!((contrast("#ffffff", "#000000") - 21.0).abs() < 0.01);
        for section in sections().take(2) {
            let papers: &[&str] =
                if section.theme.dark { &["#1b1d20", "#141618", "#23262a"] } else { &["#fffdfa", "#f4f1ec"] };
            for (look, classes) in section.rules().filter(|(look, _)| look.starts_with('#')) {
                for paper in papers {
                    assert!(contrast(&look[..7], paper) >= 4.5, "{classes} on {paper}");
                }
            }
        }
    }

    #[test]
    fn no_class_stands_twice_in_a_theme() {
        for section in sections() {
            let mut classes: Vec<&str> =
                section.rules().flat_map(|(_, classes)| classes.split(' ')).collect();
            let count = classes.len();
            classes.sort_unstable();
            classes.dedup();
            assert_eq!(classes.len(), count, "{}", section.theme.name);
        }
    }

    #[test]
    fn there_are_light_and_dark_themes_by_their_names() {
        let all = themes();
        assert!(all.iter().filter(|theme| theme.dark).count() >= 8);
        assert!(all.iter().filter(|theme| !theme.dark).count() >= 8);
        for name in [
            "monokai",
            "github",
            "github-dark",
            "dracula",
            "nord",
            "solarized-light",
            "solarized-dark",
            "onedark",
            "gruvbox",
            "catppuccin-latte",
            "postwright-light",
            "postwright-dark",
        ] {
            assert!(all.iter().any(|theme| theme.name == name), "{name}");
        }
        assert_eq!(theme_css("no-such-style"), None);
        assert_eq!(theme_css("Monokai"), theme_css("monokai"));
    }

    /// As `hugo gen chromastyles --style=monokai` (Hugo 0.168) prints them.
    #[test]
    fn a_theme_has_the_colours_of_its_style() {
        let css = theme_css("monokai").unwrap();
        assert!(css.starts_with("pre.chroma{color:#f8f8f2;background-color:#272822}\n"), "{css}");
        assert!(css.contains("pre.chroma .err{color:#960050;background-color:#1e0010}"), "{css}");
        assert!(css.contains("pre.chroma .kn,pre.chroma .nt"), "{css}");
    }

    #[test]
    fn shikis_themes_are_there_by_their_names() {
        let css = shiki_theme_css("github-dark").unwrap();
        assert!(css.starts_with("pre.chroma{color:#e1e4e8;background-color:#24292e}\n"), "{css}");
        assert!(css.contains("{color:#9ecbff}"), "{css}");
        for section in sections_of(SHIKI) {
            let is_colour =
                |text: &str| text.starts_with('#') && text[1..].bytes().all(|byte| byte.is_ascii_hexdigit());
            assert!(is_colour(section.ink) && is_colour(section.paper), "{}", section.theme.name);
        }
        assert_eq!(sections_of(SHIKI).count(), 65);
        assert_eq!(shiki_theme_css("no-such-theme"), None);
    }

    #[test]
    fn our_own_style_sheet_sets_no_background() {
        for dark in [false, true] {
            let css = code_style(dark);
            assert!(!css.contains("background"), "{css}");
            assert!(css.contains("pre.chroma .k,") && css.contains("pre.chroma .s,"), "{css}");
        }
    }
}
