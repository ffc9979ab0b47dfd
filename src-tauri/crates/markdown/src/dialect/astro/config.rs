//! What an `astro.config.*` says of Markdown, as far as its text tells without running it.

use super::Astro;
use crate::dialect::{Doubt, SettingDoubt};

/// The integrations that show fences by Expressive Code. They must be imported where they are used.
const EXPRESSIVE_CODE: &[&str] = &["astro-expressive-code", "@astrojs/starlight"];

impl Astro {
    /// The settings in the text of an `astro.config.*`, and what in it is not followed.
    ///
    /// The file is a program. Only flags that stand in its `markdown` as `true` or `false` are read; the defaults
    /// stand for the rest, and the doubts name it.
    pub fn from_config(text: &str) -> (Self, Vec<SettingDoubt>) {
        let code = without_comments(text);
        let expressive_code = EXPRESSIVE_CODE.iter().any(|package| code.contains(package));
        let mut astro = Self { expressive_code, ..Self::default() };
        let mut doubts = Vec::new();
        let Some(markdown) = braces_after(&code, "markdown") else {
            if mentions(&code, "markdown") {
                doubts.push(SettingDoubt::new("markdown", Doubt::WorkedOut));
            }
            return (astro, doubts);
        };
        for key in ["gfm", "smartypants", "smartPunctuation"] {
            let flag = if key == "gfm" { &mut astro.gfm } else { &mut astro.smartypants };
            match value_of(markdown, key).map(word) {
                None => {}
                Some("true") => *flag = true,
                Some("false") => *flag = false,
                Some(_) => {
                    doubts.push(SettingDoubt::new(format!("markdown.{key}"), Doubt::WorkedOut));
                }
            }
        }
        for key in ["remarkPlugins", "rehypePlugins", "mdastPlugins", "hastPlugins"] {
            if value_of(markdown, key).is_some_and(|value| !is_empty_list(value)) {
                doubts.push(SettingDoubt::new(format!("markdown.{key}"), Doubt::Plugins));
            }
        }
        if mentions(markdown, "unified") {
            let why = Doubt::OtherEngine { asked: "remark".to_owned(), shown: "Sätteri" };
            doubts.push(SettingDoubt::new("markdown.processor", why));
        }
        (astro, doubts)
    }

    /// The theme of Shiki's that colours code, by the text of an `astro.config.*`: `markdown.shikiConfig.theme`, of two
    /// `themes` the light one, which Astro writes into the page, else Astro's default. None, where another colours it
    /// (Prism, Expressive Code, a style sheet) or only running the program would tell.
    pub fn shiki_theme(text: &str) -> Option<String> {
        const DEFAULT: &str = "github-dark";
        let code = without_comments(text);
        if Self::from_config(text).0.expressive_code {
            return None;
        }
        let Some(markdown) = braces_after(&code, "markdown") else {
            return (!mentions(&code, "markdown")).then(|| DEFAULT.to_owned());
        };
        if value_of(markdown, "syntaxHighlight").is_some_and(|value| quoted(value) != Some("shiki")) {
            return None;
        }
        let Some(shiki) = braces_after(markdown, "shikiConfig") else {
            return (!mentions(markdown, "shikiConfig")).then(|| DEFAULT.to_owned());
        };
        if mentions(shiki, "defaultColor") {
            return None;
        }
        let theme = match braces_after(shiki, "themes") {
            Some(themes) => quoted(value_of(themes, "light")?)?,
            None if mentions(shiki, "theme") => quoted(value_of(shiki, "theme")?)?,
            None => DEFAULT,
        };
        Some(theme.to_owned())
    }
}

/// A value that is a quoted text.
fn quoted(value: &str) -> Option<&str> {
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split_once(quote).map(|(text, _)| text)
}

/// The program with blanks for its comments; quoted texts are left alone.
fn without_comments(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' | '\'' | '`' => quoted_length(rest, c),
            '/' if rest.starts_with("//") => {
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
                continue;
            }
            '/' if rest.starts_with("/*") => {
                code.push(' ');
                rest = rest[2..].find("*/").map_or("", |end| &rest[2 + end + 2..]);
                continue;
            }
            c => c.len_utf8(),
        };
        code.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    code
}

fn quoted_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            // A quote that its line does not close is none.
            '\n' if quote != '`' => return 1,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    1
}

/// What stands in the braces after `name:`.
fn braces_after<'a>(code: &'a str, name: &str) -> Option<&'a str> {
    let value = value_of(code, name)?.strip_prefix('{')?;
    let mut depth = 1_usize;
    let mut at = 0;
    while let Some(c) = value[at..].chars().next() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&value[..at]);
        }
        at += if matches!(c, '"' | '\'' | '`') { quoted_length(&value[at..], c) } else { c.len_utf8() };
    }
    None
}

/// What follows `name:`, up to the end of the code.
fn value_of<'a>(code: &'a str, name: &str) -> Option<&'a str> {
    occurrences(code, name).find_map(|at| {
        let after = code[at + name.len()..].trim_start_matches(['"', '\'']).trim_start();
        after.strip_prefix(':').map(str::trim_start)
    })
}

/// The first word of a value.
fn word(value: &str) -> &str {
    let end = value.find(|c: char| !c.is_alphanumeric() && c != '_');
    &value[..end.unwrap_or(value.len())]
}

fn mentions(code: &str, name: &str) -> bool {
    occurrences(code, name).next().is_some()
}

/// Where the name stands as a word of its own.
fn occurrences<'a>(code: &'a str, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    let of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    code.match_indices(name).map(|(at, _)| at).filter(move |at| {
        let before = code[..*at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        // `@astrojs/markdown-remark` in an import is another word.
        !before.is_some_and(|c| of_word(c) || matches!(c, '/' | '-' | '.'))
            && !after.is_some_and(|c| of_word(c) || c == '-')
    })
}

fn is_empty_list(value: &str) -> bool {
    value.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        Astro::from_config(text).1.into_iter().map(|doubt| doubt.key).collect()
    }

    #[test]
    fn reads_flags_that_are_written_out() {
        let text = "import { defineConfig } from 'astro/config';\n// markdown: { gfm: false }\n\
                    export default defineConfig({\n  site: 'https://example.kr/*',\n  \
                    markdown: { gfm: true, /* 따옴표는 그대로 */ smartypants: false },\n});\n";
        assert_eq!(Astro::from_config(text), (Astro { smartypants: false, ..Astro::default() }, vec![]));
    }

    #[test]
    fn reads_the_processors_features() {
        let text = "import { satteri } from '@astrojs/markdown-satteri';\nexport default {\n markdown: {\n  \
                    processor: satteri({ features: { gfm: false, smartPunctuation: false } }),\n } }";
        assert_eq!(
            Astro::from_config(text),
            (Astro { gfm: false, smartypants: false, ..Astro::default() }, vec![])
        );
    }

    #[test]
    fn finds_the_integrations_that_show_fences() {
        let shows = |text: &str| Astro::from_config(text).0.expressive_code;
        assert!(shows(
            "import expressiveCode from 'astro-expressive-code';\nexport default { integrations: [expressiveCode()] };"
        ));
        assert!(shows("import starlight from \"@astrojs/starlight\";\nexport default {};"));
        assert!(!shows("// import expressiveCode from 'astro-expressive-code';\nexport default {};"));
    }

    #[test]
    fn doubts_what_only_running_would_tell() {
        assert_eq!(keys("export default { markdown: shared }"), ["markdown"]);
        assert_eq!(keys("export default { markdown: { gfm: isBlog } }"), ["markdown.gfm"]);
        assert_eq!(
            keys(
                "export default { markdown: { processor: unified({ remarkPlugins: [a] }), rehypePlugins: [ ] } }"
            ),
            ["markdown.remarkPlugins", "markdown.processor"]
        );
    }

    #[test]
    fn finds_the_theme_of_shikis_that_colours_code() {
        let theme =
            |markdown: &str| Astro::shiki_theme(&format!("export default {{ markdown: {{ {markdown} }} }}"));
        for default in ["", "gfm: true", "syntaxHighlight: 'shiki'", "shikiConfig: { wrap: true }"] {
            assert_eq!(theme(default).as_deref(), Some("github-dark"), "{default}");
        }
        assert_eq!(Astro::shiki_theme("export default {};").as_deref(), Some("github-dark"));
        assert_eq!(theme("shikiConfig: { theme: \"nord\" }").as_deref(), Some("nord"));
        let two = "shikiConfig: { themes: { light: 'github-light', dark: 'dracula' } }";
        assert_eq!(theme(two).as_deref(), Some("github-light"));
        for other in [
            "syntaxHighlight: 'prism'",
            "syntaxHighlight: false",
            "shikiConfig: { theme: mine }",
            "shikiConfig: { theme }",
            "shikiConfig: { themes: { light: 'nord', dark: 'nord' }, defaultColor: false }",
            "shikiConfig: shared",
            "shikiConfig",
        ] {
            assert_eq!(theme(other), None, "{other}");
        }
        assert_eq!(Astro::shiki_theme("export default { markdown: shared }"), None);
    }

    #[test]
    fn takes_any_text() {
        for text in ["", "{", "markdown: {", "\"", "/*", "markdown: { '", "마크다운: {}", "markdown:"] {
            assert_eq!(Astro::from_config(text).0, Astro::default(), "{text}");
            let _ = Astro::shiki_theme(text);
        }
    }
}
