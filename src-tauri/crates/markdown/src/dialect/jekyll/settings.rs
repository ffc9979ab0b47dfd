//! What `_config.yml` says of kramdown.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::{Jekyll, entities};
use crate::dialect::SettingDoubt;

/// The Markdown that kramdown reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KramdownInput {
    /// `input: GFM`, which is Jekyll's default.
    #[default]
    Gfm,
    /// `input: kramdown`
    Kramdown,
}

impl Jekyll {
    /// The settings in a `_config.yml`, read as a tree.
    pub fn from_config(config: &Value) -> (Self, Vec<SettingDoubt>) {
        let mut read = ReadSettings { settings: Self::default(), problems: Vec::new() };
        let other = config.get("markdown").and_then(Value::as_str);
        if let Some(other) = other.filter(|name| !name.eq_ignore_ascii_case("kramdown")) {
            read.problem_at("markdown", format!("`{other}` is not known here; shown as kramdown reads it"));
        }
        match config.get("kramdown") {
            Some(Value::Object(kramdown)) => {
                for (key, value) in kramdown {
                    read.setting(key, value);
                }
            }
            Some(Value::Null) | None => {}
            Some(_) => read.problem_at("kramdown", "it must hold settings by name".to_owned()),
        }
        (read.settings, read.problems)
    }
}

struct ReadSettings {
    settings: Jekyll,
    problems: Vec<SettingDoubt>,
}

impl ReadSettings {
    fn setting(&mut self, key: &str, value: &Value) {
        let result = self.take(key, value);
        if let Err(why) = result {
            self.problem_at(&format!("kramdown.{key}"), why.to_string());
        }
    }

    fn problem_at(&mut self, key: &str, why: String) {
        self.problems.push(SettingDoubt { key: key.to_owned(), why });
    }

    /// A setting that has no part in what is shown is passed over.
    fn take(&mut self, key: &str, value: &Value) -> Result<(), NotTaken> {
        let settings = &mut self.settings;
        match key {
            "input" => settings.input = input(value)?,
            "hard_wrap" => settings.hard_wrap = boolean(value),
            "auto_ids" => settings.auto_ids = boolean(value),
            "auto_id_prefix" => settings.auto_id_prefix = text(value)?,
            "auto_id_stripping" => settings.auto_id_stripping = boolean(value),
            "parse_block_html" => settings.parse_block_html = boolean(value),
            "parse_span_html" => settings.parse_span_html = boolean(value),
            "footnote_nr" => settings.footnote_nr = integer(value)?,
            "header_offset" => settings.header_offset = integer(value)?,
            "footnote_backlink" => settings.footnote_backlink = text(value)?,
            "footnote_prefix" => settings.footnote_prefix = text(value)?,
            "gfm_quirks" => {
                let quirks = list(value)?;
                settings.blocks_end_paragraphs = quirks.iter().any(|quirk| quirk == "paragraph_end");
                settings.plain_symbols = quirks.iter().any(|quirk| quirk == "no_auto_typographic");
            }
            "smart_quotes" => settings.smart_quotes = smart_quotes(value)?,
            "typographic_symbols" => {
                settings.typographic_symbols = map(value)?
                    .map(|(name, shown)| Ok((symbol(name), text(shown)?)))
                    .collect::<Result<_, NotTaken>>()?;
            }
            "toc_levels" => settings.toc_levels = levels(value)?,
            "math_engine" => {
                settings.math_engine =
                    text(value).ok().map(|name| symbol(&name)).filter(|name| !matches!(&**name, "" | "nil"));
            }
            "link_defs" => settings.link_definitions = link_definitions(value)?,
            "transliterated_header_ids" | "html_to_native" | "remove_line_breaks_for_cjk"
                if boolean(value) =>
            {
                return Err(NotTaken::NotShown);
            }
            _ => {}
        }
        Ok(())
    }
}

fn input(value: &Value) -> Result<KramdownInput, NotTaken> {
    match text(value)?.as_str() {
        "GFM" | "gFM" => Ok(KramdownInput::Gfm),
        "kramdown" | "Kramdown" => Ok(KramdownInput::Kramdown),
        other => Err(NotTaken::NoInput(other.to_owned())),
    }
}

/// Why the value of a setting cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
enum NotTaken {
    NoText,
    NotShown,
    NoInput(String),
    NoNumber(String),
    NoList,
    NoNames,
    NoCharacter(String),
    NotFour,
    NoLevels(String),
    NoLinks,
}

impl fmt::Display for NotTaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoText => f.write_str("it must be a text"),
            Self::NotShown => f.write_str("it is not shown here"),
            Self::NoInput(name) => write!(f, "`{name}` is not known here; `GFM` and `kramdown` are"),
            Self::NoNumber(value) => write!(f, "`{value}` is no whole number"),
            Self::NoList => f.write_str("it must be a list, or a text with commas"),
            Self::NoNames => f.write_str("it must hold values by name"),
            Self::NoCharacter(name) => write!(f, "`{name}` is no character"),
            Self::NotFour => f.write_str("it must name four characters"),
            Self::NoLevels(value) => write!(f, "`{value}` names no levels from 1 to 6"),
            Self::NoLinks => f.write_str("it must hold a list of a URL and perhaps a title for each label"),
        }
    }
}

/// Everything is true that is not `false` or empty (kramdown 2.4).
fn boolean(value: &Value) -> bool {
    match value {
        Value::Bool(value) => *value,
        Value::Null => false,
        Value::String(value) => !value.is_empty() && !value.trim().eq_ignore_ascii_case("false"),
        _ => true,
    }
}

fn text(value: &Value) -> Result<String, NotTaken> {
    match value {
        Value::String(value) => Ok(value.clone()),
        Value::Number(value) => Ok(value.to_string()),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Null => Ok(String::new()),
        _ => Err(NotTaken::NoText),
    }
}

fn integer(value: &Value) -> Result<i64, NotTaken> {
    let number = value.as_i64().or_else(|| value.as_str().and_then(|text| text.trim().parse().ok()));
    number.ok_or_else(|| NotTaken::NoNumber(value.to_string()))
}

/// A list, or a text with commas.
fn list(value: &Value) -> Result<Vec<String>, NotTaken> {
    match value {
        Value::Array(values) => values.iter().map(|value| text(value).map(|name| symbol(&name))).collect(),
        Value::String(values) => Ok(values.split(',').map(|name| symbol(name.trim())).collect()),
        _ => Err(NotTaken::NoList),
    }
}

/// A name as Ruby may write it: `:name`.
fn symbol(name: &str) -> String {
    name.strip_prefix(':').unwrap_or(name).to_owned()
}

fn map(value: &Value) -> Result<impl Iterator<Item = (&String, &Value)>, NotTaken> {
    value.as_object().map(|map| map.iter()).ok_or(NotTaken::NoNames)
}

/// Names or numbers of four characters.
fn smart_quotes(value: &Value) -> Result<[String; 4], NotTaken> {
    let shown: Vec<String> = list(value)?
        .iter()
        .map(|name| {
            let number = name.parse::<u32>().ok().and_then(entities::of_number);
            number
                .or_else(|| entities::of_name(name))
                .map(String::from)
                .ok_or_else(|| NotTaken::NoCharacter(name.clone()))
        })
        .collect::<Result<_, _>>()?;
    shown.try_into().map_err(|_| NotTaken::NotFour)
}

/// `1..3`, `1,2,3` or a list.
fn levels(value: &Value) -> Result<Vec<u8>, NotTaken> {
    let wrong = || NotTaken::NoLevels(value.to_string());
    let levels: Vec<u8> = match value.as_str().and_then(|text| text.split_once("..")) {
        Some((from, to)) => {
            let (from, to): (u8, u8) =
                (from.trim().parse().map_err(|_| wrong())?, to.trim().parse().map_err(|_| wrong())?);
            (from..=to).collect()
        }
        None => {
            let one = Value::Array(vec![value.clone()]);
            let value = if value.is_number() { &one } else { value };
            list(value)?.iter().map(|level| level.parse().map_err(|_| wrong())).collect::<Result<_, _>>()?
        }
    };
    if levels.iter().all(|level| (1..=6).contains(level)) { Ok(levels) } else { Err(wrong()) }
}

/// `label: [url, title]`
fn link_definitions(value: &Value) -> Result<BTreeMap<String, (String, String)>, NotTaken> {
    let wrong = || NotTaken::NoLinks;
    map(value)?
        .map(|(name, target)| match target.as_array().map(Vec::as_slice) {
            Some([url]) => Ok((super::spans::label(name), (text(url)?, String::new()))),
            Some([url, title]) => Ok((super::spans::label(name), (text(url)?, text(title)?))),
            _ => Err(wrong()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_what_the_site_says() {
        let config = json!({
            "markdown": "kramdown",
            "kramdown": {
                "input": "kramdown", "hard_wrap": "false", "auto_ids": false, "toc_levels": "2..3",
                "smart_quotes": "laquo,raquo,39,ldquo", "footnote_nr": "3", "math_engine": null,
                "typographic_symbols": { "hellip": "..." }, "link_defs": { "집": ["/", "문"] },
                "syntax_highlighter": "rouge", "gfm_quirks": ["no_auto_typographic"],
            },
        });
        let (settings, problems) = Jekyll::from_config(&config);
        assert_eq!(problems, []);
        assert_eq!(settings.input, KramdownInput::Kramdown);
        assert!(!settings.hard_wrap && !settings.auto_ids && !settings.blocks_end_paragraphs);
        assert_eq!(settings.toc_levels, [2, 3]);
        assert_eq!(settings.smart_quotes, ["«", "»", "'", "“"]);
        assert_eq!((settings.footnote_nr, settings.math_engine.clone()), (3, None));
        assert_eq!(settings.link_definitions["집"], ("/".to_owned(), "문".to_owned()));
    }

    #[test]
    fn keeps_the_default_of_what_it_cannot_read() {
        let config =
            json!({ "markdown": "CommonMark", "kramdown": { "toc_levels": "0..9", "input": "html" } });
        let (settings, problems) = Jekyll::from_config(&config);
        assert_eq!(settings, Jekyll::default());
        let keys: Vec<&str> = problems.iter().map(|problem| problem.key.as_str()).collect();
        assert_eq!(keys, ["markdown", "kramdown.input", "kramdown.toc_levels"]);
        assert_eq!(Jekyll::from_config(&json!(null)).1, []);
    }
}
