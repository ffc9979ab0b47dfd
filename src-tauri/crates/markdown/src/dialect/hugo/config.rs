//! Hugo's settings from a site's configuration.

use serde_json::{Map, Value};

use super::{Hugo, IdType, LineBreaks, Typographer};
use crate::dialect::{Doubt, SettingDoubt};

impl Hugo {
    /// Reads a site's merged configuration; Hugo's keys ignore case.
    pub fn from_config(config: &Value) -> (Self, Vec<SettingDoubt>) {
        let mut settings = Settings { config, unreadable: Vec::new() };
        let mut hugo = Self::default();
        settings.flag("enableEmoji", &mut hugo.emoji);
        settings.flag("markup.highlight.codeFences", &mut hugo.highlight_fences);
        settings.flag("markup.highlight.lineNos", &mut hugo.line_numbers);
        settings.guessed_languages();
        settings.renderer(&mut hugo);
        settings.parser(&mut hugo);
        settings.extensions(&mut hugo);
        (hugo, settings.unreadable)
    }
}

struct Settings<'a> {
    config: &'a Value,
    unreadable: Vec<SettingDoubt>,
}

impl<'a> Settings<'a> {
    /// Which language Chroma takes a code without one for is not known here.
    fn guessed_languages(&mut self) {
        const KEY: &str = "markup.highlight.guessSyntax";
        let mut is_guessed = false;
        self.flag(KEY, &mut is_guessed);
        if is_guessed {
            self.unreadable.push(SettingDoubt::new(KEY, Doubt::NotFollowed));
        }
    }

    fn renderer(&mut self, hugo: &mut Hugo) {
        self.flag("markup.goldmark.renderer.unsafe", &mut hugo.raw_html);
        self.flag("markup.goldmark.renderer.hardWraps", &mut hugo.hard_wraps);
        self.flag("markup.goldmark.renderer.xhtml", &mut hugo.xhtml);
    }

    fn parser(&mut self, hugo: &mut Hugo) {
        self.flag("markup.goldmark.parser.autoHeadingID", &mut hugo.heading_ids);
        self.flag("markup.goldmark.parser.attribute.title", &mut hugo.heading_attributes);
        self.flag("markup.goldmark.parser.attribute.block", &mut hugo.block_attributes);
        self.flag("markup.goldmark.parser.wrapStandAloneImageWithinParagraph", &mut hugo.wrap_images);
        // The older name wins in Hugo where both are set.
        for key in ["markup.goldmark.parser.autoIDType", "markup.goldmark.parser.autoHeadingIDType"] {
            match self.text(key).as_deref() {
                None => {}
                Some("github") => hugo.id_type = IdType::GitHub,
                Some("github-ascii") => hugo.id_type = IdType::GitHubAscii,
                Some("blackfriday") => hugo.id_type = IdType::Blackfriday,
                Some(_) => self.refuse(key),
            }
        }
    }

    fn extensions(&mut self, hugo: &mut Hugo) {
        self.flag("markup.goldmark.extensions.definitionList", &mut hugo.definition_lists);
        self.flag("markup.goldmark.extensions.table", &mut hugo.tables);
        self.flag("markup.goldmark.extensions.strikethrough", &mut hugo.strikethrough);
        self.flag("markup.goldmark.extensions.linkify", &mut hugo.linkify);
        self.string("markup.goldmark.extensions.linkifyProtocol", &mut hugo.linkify_protocol);
        self.flag("markup.goldmark.extensions.taskList", &mut hugo.task_lists);
        self.footnotes(hugo);
        self.typographer(hugo);
        self.cjk(hugo);
        self.passthrough(hugo);
        let extras = &mut hugo.extras;
        for (name, flag) in [
            ("delete", &mut extras.delete),
            ("insert", &mut extras.insert),
            ("mark", &mut extras.mark),
            ("subscript", &mut extras.subscript),
            ("superscript", &mut extras.superscript),
        ] {
            self.flag(&format!("markup.goldmark.extensions.extras.{name}.enable"), flag);
        }
    }

    fn footnotes(&mut self, hugo: &mut Hugo) {
        const KEY: &str = "markup.goldmark.extensions.footnote";
        // A plain boolean before 0.151.
        if let Some(Value::Bool(enabled)) = self.get(KEY) {
            hugo.footnotes.enabled = *enabled;
            return;
        }
        self.flag(&format!("{KEY}.enable"), &mut hugo.footnotes.enabled);
        self.string(&format!("{KEY}.backlinkHTML"), &mut hugo.footnotes.back_link_html);
    }

    fn typographer(&mut self, hugo: &mut Hugo) {
        const KEY: &str = "markup.goldmark.extensions.typographer";
        // A plain boolean before 0.112.
        if let Some(Value::Bool(enabled)) = self.get(KEY) {
            hugo.typographer = enabled.then(Typographer::default);
            return;
        }
        let mut disabled = false;
        self.flag(&format!("{KEY}.disable"), &mut disabled);
        let mut typographer = Typographer::default();
        for (name, text) in [
            ("leftSingleQuote", &mut typographer.left_single_quote),
            ("rightSingleQuote", &mut typographer.right_single_quote),
            ("leftDoubleQuote", &mut typographer.left_double_quote),
            ("rightDoubleQuote", &mut typographer.right_double_quote),
            ("enDash", &mut typographer.en_dash),
            ("emDash", &mut typographer.em_dash),
            ("ellipsis", &mut typographer.ellipsis),
            ("leftAngleQuote", &mut typographer.left_angle_quote),
            ("rightAngleQuote", &mut typographer.right_angle_quote),
            ("apostrophe", &mut typographer.apostrophe),
        ] {
            self.string(&format!("{KEY}.{name}"), text);
        }
        hugo.typographer = (!disabled).then_some(typographer);
    }

    fn cjk(&mut self, hugo: &mut Hugo) {
        const KEY: &str = "markup.goldmark.extensions.cjk";
        let (mut enabled, mut breaks) = (false, false);
        self.flag(&format!("{KEY}.enable"), &mut enabled);
        self.flag(&format!("{KEY}.eastAsianLineBreaks"), &mut breaks);
        self.flag(&format!("{KEY}.escapedSpace"), &mut hugo.cjk.escaped_space);
        let style = format!("{KEY}.eastAsianLineBreaksStyle");
        let line_breaks = match self.text(&style).as_deref() {
            None | Some("simple" | "") => LineBreaks::Simple,
            Some("css3draft") => LineBreaks::Css3Draft,
            Some(_) => {
                self.refuse(&style);
                LineBreaks::Simple
            }
        };
        hugo.cjk.escaped_space &= enabled;
        if enabled && breaks {
            hugo.cjk.line_breaks = line_breaks;
        }
    }

    fn passthrough(&mut self, hugo: &mut Hugo) {
        const KEY: &str = "markup.goldmark.extensions.passthrough";
        let mut enabled = false;
        self.flag(&format!("{KEY}.enable"), &mut enabled);
        let inline = self.pairs(&format!("{KEY}.delimiters.inline"));
        let block = self.pairs(&format!("{KEY}.delimiters.block"));
        if enabled {
            // Longer openers first, so that `$$` is not taken for two of `$`.
            hugo.passthrough.inline = block.iter().chain(&inline).cloned().collect();
            hugo.passthrough.inline.sort_by_key(|(open, _)| std::cmp::Reverse(open.len()));
            hugo.passthrough.block = block;
        }
    }

    fn get(&self, key: &str) -> Option<&'a Value> {
        key.split('.').try_fold(self.config, |value, part| member(value.as_object()?, part))
    }

    fn refuse(&mut self, key: &str) {
        if let Some(value) = self.get(key) {
            self.unreadable.push(SettingDoubt::new(key, Doubt::NoSuchValue { value: value.to_string() }));
        }
    }

    /// Hugo takes `"true"`, and numbers, for flags too.
    fn flag(&mut self, key: &str, flag: &mut bool) {
        match self.get(key) {
            None | Some(Value::Null) => {}
            Some(Value::Bool(value)) => *flag = *value,
            Some(Value::Number(number)) => *flag = number.as_f64() != Some(0.0),
            Some(Value::String(text))
                if matches!(text.as_str(), "true" | "True" | "TRUE" | "t" | "T" | "1") =>
            {
                *flag = true;
            }
            Some(Value::String(text))
                if matches!(text.as_str(), "false" | "False" | "FALSE" | "f" | "F" | "0" | "") =>
            {
                *flag = false;
            }
            Some(_) => self.refuse(key),
        }
    }

    fn text(&mut self, key: &str) -> Option<String> {
        match self.get(key)? {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            _ => {
                self.refuse(key);
                None
            }
        }
    }

    fn string(&mut self, key: &str, text: &mut String) {
        if let Some(value) = self.text(key) {
            *text = value;
        }
    }

    fn pairs(&mut self, key: &str) -> Vec<(String, String)> {
        let Some(value) = self.get(key).filter(|value| !value.is_null()) else { return Vec::new() };
        let pair = |pair: &Value| match pair.as_array()?.as_slice() {
            [Value::String(open), Value::String(close)] if !open.is_empty() && !close.is_empty() => {
                Some((open.clone(), close.clone()))
            }
            _ => None,
        };
        let pairs: Option<Vec<_>> = value.as_array().and_then(|pairs| pairs.iter().map(pair).collect());
        pairs.unwrap_or_else(|| {
            self.refuse(key);
            Vec::new()
        })
    }
}

fn member<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object
        .get(name)
        .or_else(|| object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn says_nothing_of_a_site_that_says_nothing() {
        assert_eq!(Hugo::from_config(&json!({})), (Hugo::default(), Vec::new()));
        assert_eq!(Hugo::from_config(&json!(null)), (Hugo::default(), Vec::new()));
    }

    #[test]
    fn reads_settings_whatever_the_case_of_their_keys() {
        let (hugo, problems) = Hugo::from_config(&json!({
            "enableemoji": true,
            "Markup": { "Highlight": { "linenos": true }, "GoldMark": {
                "renderer": { "unsafe": true, "hardwraps": "true" },
                "parser": { "autoHeadingIDType": "blackfriday", "attribute": { "block": true } },
                "extensions": {
                    "typographer": { "emDash": "-" }, "footnote": false,
                    "cjk": { "enable": true, "eastAsianLineBreaks": true, "eastAsianLineBreaksStyle": "css3draft" },
                    "passthrough": { "enable": true, "delimiters": { "inline": [["\\(", "\\)"]], "block": [["$$", "$$"]] } },
                    "extras": { "mark": { "enable": true } },
                },
            }},
        }));
        assert_eq!(problems, []);
        assert!(hugo.emoji && hugo.raw_html && hugo.hard_wraps && hugo.block_attributes && hugo.extras.mark);
        assert!(hugo.line_numbers);
        assert_eq!(hugo.id_type, IdType::Blackfriday);
        assert_eq!(hugo.typographer.unwrap().em_dash, "-");
        assert!(!hugo.footnotes.enabled);
        assert_eq!(hugo.cjk.line_breaks, LineBreaks::Css3Draft);
        assert_eq!(hugo.passthrough.inline.len(), 2);
    }

    #[test]
    fn says_that_languages_are_guessed_on_the_site_alone() {
        let guessing = |guess: bool| json!({ "markup": { "highlight": { "guessSyntax": guess } } });
        let doubt = SettingDoubt::new("markup.highlight.guessSyntax", Doubt::NotFollowed);
        assert_eq!(Hugo::from_config(&guessing(true)), (Hugo::default(), vec![doubt]));
        assert_eq!(Hugo::from_config(&guessing(false)), (Hugo::default(), Vec::new()));
    }

    #[test]
    fn names_what_it_cannot_read_and_keeps_the_default() {
        let (hugo, problems) = Hugo::from_config(&json!({ "markup": { "goldmark": {
            "renderer": { "unsafe": [1] }, "parser": { "autoIDType": "gitlab" },
        }}}));
        assert_eq!(hugo, Hugo::default());
        let keys: Vec<_> = problems.iter().map(|problem| problem.key.as_str()).collect();
        assert_eq!(keys, ["markup.goldmark.renderer.unsafe", "markup.goldmark.parser.autoIDType"]);
    }
}
