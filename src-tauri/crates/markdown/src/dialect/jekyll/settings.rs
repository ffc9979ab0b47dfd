//! What `_config.yml` says of kramdown.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Jekyll, entities};
use crate::dialect::{Doubt, SettingDoubt, Shape};

/// The Markdown that kramdown reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KramdownInput {
    /// `input: GFM`, which is Jekyll's default.
    #[default]
    Gfm,
    /// `input: kramdown`
    Kramdown,
}

/// What else kramdown 2.4, its GFM parser 1.1 and Jekyll 4.3 read below `kramdown`. Nothing of it changes what the
/// preview shows: it is about LaTeX, other converters, colours, warnings, and how the source of the page is written.
const WITHOUT_EFFECT: [&str; 19] = [
    "template",
    "transliterated_header_ids",
    "html_to_native",
    "remove_line_breaks_for_cjk",
    "entity_output",
    "line_width",
    "latex_headers",
    "remove_block_html_tags",
    "remove_span_html_tags",
    "syntax_highlighter",
    "syntax_highlighter_opts",
    "math_engine_opts",
    "footnote_backlink_inline",
    "forbidden_inline_options",
    "list_indent",
    "guess_lang",
    "show_warnings",
    "coderay",
    "enable_coderay",
];

impl Jekyll {
    /// The settings in a `_config.yml`, read as a tree.
    pub fn from_config(config: &Value) -> (Self, Vec<SettingDoubt>) {
        let mut read = ReadSettings { settings: Self::default(), problems: Vec::new() };
        let other = config.get("markdown").and_then(Value::as_str);
        if let Some(other) = other.filter(|name| !name.eq_ignore_ascii_case("kramdown")) {
            read.doubt("markdown", Doubt::OtherEngine { asked: other.to_owned(), shown: "kramdown" });
        }
        match config.get("kramdown") {
            Some(Value::Object(kramdown)) => {
                for (key, value) in kramdown {
                    read.setting(key, value);
                }
            }
            Some(Value::Null) | None => {}
            Some(_) => read.doubt("kramdown", Doubt::NotOfShape(Shape::Table)),
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
        if let Err(why) = self.take(key, value) {
            self.doubt(&format!("kramdown.{key}"), why);
        }
    }

    fn doubt(&mut self, key: &str, why: Doubt) {
        self.problems.push(SettingDoubt::new(key, why));
    }

    /// A setting that has no part in what is shown is passed over.
    fn take(&mut self, key: &str, value: &Value) -> Result<(), Doubt> {
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
                    .collect::<Result<_, Doubt>>()?;
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
                return Err(Doubt::NotFollowed);
            }
            known if WITHOUT_EFFECT.contains(&known) => {}
            _ => return Err(Doubt::UnknownSetting),
        }
        Ok(())
    }
}

fn input(value: &Value) -> Result<KramdownInput, Doubt> {
    match text(value)?.as_str() {
        "GFM" | "gFM" => Ok(KramdownInput::Gfm),
        "kramdown" | "Kramdown" => Ok(KramdownInput::Kramdown),
        other => Err(Doubt::OtherEngine { asked: other.to_owned(), shown: "GFM" }),
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

fn text(value: &Value) -> Result<String, Doubt> {
    match value {
        Value::String(value) => Ok(value.clone()),
        Value::Number(value) => Ok(value.to_string()),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Null => Ok(String::new()),
        _ => Err(Doubt::NotOfShape(Shape::Text)),
    }
}

fn integer(value: &Value) -> Result<i64, Doubt> {
    let number = value.as_i64().or_else(|| value.as_str().and_then(|text| text.trim().parse().ok()));
    number.ok_or(Doubt::NotOfShape(Shape::Number))
}

/// A list, or a text with commas.
fn list(value: &Value) -> Result<Vec<String>, Doubt> {
    match value {
        Value::Array(values) => values.iter().map(|value| text(value).map(|name| symbol(&name))).collect(),
        Value::String(values) => Ok(values.split(',').map(|name| symbol(name.trim())).collect()),
        _ => Err(Doubt::NotOfShape(Shape::List)),
    }
}

/// A name as Ruby may write it: `:name`.
fn symbol(name: &str) -> String {
    name.strip_prefix(':').unwrap_or(name).to_owned()
}

fn map(value: &Value) -> Result<impl Iterator<Item = (&String, &Value)>, Doubt> {
    value.as_object().map(|map| map.iter()).ok_or(Doubt::NotOfShape(Shape::Table))
}

/// Names or numbers of four characters.
fn smart_quotes(value: &Value) -> Result<[String; 4], Doubt> {
    let shown: Vec<String> = list(value)?
        .iter()
        .map(|name| {
            let number = name.parse::<u32>().ok().and_then(entities::of_number);
            number
                .or_else(|| entities::of_name(name))
                .map(String::from)
                .ok_or(Doubt::NotOfShape(Shape::Characters))
        })
        .collect::<Result<_, _>>()?;
    shown.try_into().map_err(|_| Doubt::NotOfShape(Shape::FourCharacters))
}

/// `1..3`, `1,2,3` or a list.
fn levels(value: &Value) -> Result<Vec<u8>, Doubt> {
    let wrong = || Doubt::NotOfShape(Shape::Levels);
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
fn link_definitions(value: &Value) -> Result<BTreeMap<String, (String, String)>, Doubt> {
    let wrong = || Doubt::NotOfShape(Shape::Links);
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
        let config = json!({
            "markdown": "CommonMark",
            "kramdown": { "toc_levels": "0..9", "input": "html", "hard_wraps": true },
        });
        let (settings, problems) = Jekyll::from_config(&config);
        assert_eq!(settings, Jekyll::default());
        let keys: Vec<&str> = problems.iter().map(|problem| problem.key.as_str()).collect();
        assert_eq!(keys, ["markdown", "kramdown.hard_wraps", "kramdown.input", "kramdown.toc_levels"]);
        assert_eq!(problems[1].why, Doubt::UnknownSetting);
        assert_eq!(Jekyll::from_config(&json!(null)).1, []);
    }
}
