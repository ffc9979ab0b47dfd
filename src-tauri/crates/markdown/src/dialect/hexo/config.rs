//! What a Hexo site's `_config.yml` says of its posts' HTML.

use serde_json::Value;

use super::{AnchorCase, Hexo};
use crate::dialect::{Doubt, SettingDoubt, Shape};

impl Hexo {
    /// The settings in a `_config.yml`, read as a tree, and what in it is not followed.
    pub fn from_config(config: &Value) -> (Self, Vec<SettingDoubt>) {
        let mut read = Read { config, doubts: Vec::new() };
        let mut hexo = Self::default();
        read.marked(&mut hexo);
        read.fences(&mut hexo);
        if let Some(root) = read.text("root") {
            hexo.root = root;
        }
        // Addresses relative to each page are left as they are written.
        let mut relative = false;
        read.flag("relative_link", &mut relative);
        hexo.prepend_root &= !relative;
        let mut asset_folder = false;
        read.flag("post_asset_folder", &mut asset_folder);
        hexo.post_asset &= asset_folder && hexo.prepend_root;
        (hexo, read.doubts)
    }
}

struct Read<'a> {
    config: &'a Value,
    doubts: Vec<SettingDoubt>,
}

impl<'a> Read<'a> {
    fn marked(&mut self, hexo: &mut Hexo) {
        for (key, flag) in [
            ("marked.gfm", &mut hexo.gfm),
            ("marked.breaks", &mut hexo.breaks),
            ("marked.smartypants", &mut hexo.smartypants),
            ("marked.autolink", &mut hexo.autolink),
            ("marked.headerIds", &mut hexo.header_ids),
            ("marked.descriptionLists", &mut hexo.description_lists),
            ("marked.sanitizeUrl", &mut hexo.sanitize_url),
            ("marked.prependRoot", &mut hexo.prepend_root),
            ("marked.postAsset", &mut hexo.post_asset),
            ("marked.figcaption", &mut hexo.figcaption),
        ] {
            self.flag(key, flag);
        }
        self.anchors(hexo);
        self.quotes(hexo);
        for key in ["marked.pedantic", "marked.anchorAlias"] {
            let mut on = false;
            self.flag(key, &mut on);
            if on {
                self.doubts.push(SettingDoubt::new(key, Doubt::NotFollowed));
            }
        }
    }

    fn anchors(&mut self, hexo: &mut Hexo) {
        const KEY: &str = "marked.modifyAnchors";
        hexo.modify_anchors = match self.get(KEY) {
            None | Some(Value::Null | Value::Bool(false) | Value::String(_)) => AnchorCase::AsWritten,
            Some(value) => match value.as_u64() {
                Some(1) => AnchorCase::Lower,
                Some(2) => AnchorCase::Upper,
                _ => AnchorCase::AsWritten,
            },
        };
    }

    fn quotes(&mut self, hexo: &mut Hexo) {
        const KEY: &str = "marked.quotes";
        let Some(quotes) = self.text(KEY) else { return };
        match *quotes.chars().collect::<Vec<_>>() {
            [open_double, close_double, open_single, close_single] => {
                hexo.quotes = [open_double, close_double, open_single, close_single];
            }
            // hexo-renderer-marked keeps its own in this case.
            _ => self.doubts.push(SettingDoubt::new(KEY, Doubt::NotOfShape(Shape::FourCharacters))),
        }
    }

    /// `syntax_highlighter` since Hexo 7; before it, `highlight.enable` and `prismjs.enable`.
    fn fences(&mut self, hexo: &mut Hexo) {
        let prism = match self.get("syntax_highlighter") {
            Some(Value::String(name)) => {
                hexo.own_fences = !name.is_empty();
                name == "prismjs"
            }
            Some(Value::Null | Value::Bool(false)) => {
                hexo.own_fences = false;
                false
            }
            _ => self.older_highlighter(hexo),
        };
        let table = if prism { "prismjs" } else { "highlight" };
        self.flag(&format!("{table}.strip_indent"), &mut hexo.strip_indent);
        self.flag(&format!("{table}.line_number"), &mut hexo.line_numbers);
    }

    fn older_highlighter(&mut self, hexo: &mut Hexo) -> bool {
        let (mut highlight, mut prism) = (true, false);
        self.flag("highlight.enable", &mut highlight);
        self.flag("prismjs.enable", &mut prism);
        hexo.own_fences = highlight || prism;
        prism && !highlight
    }

    fn get(&self, key: &str) -> Option<&'a Value> {
        key.split('.').try_fold(self.config, |value, name| value.get(name))
    }

    fn flag(&mut self, key: &str, flag: &mut bool) {
        match self.get(key) {
            None => {}
            Some(Value::Bool(value)) => *flag = *value,
            // As JavaScript takes it.
            Some(Value::Null) => *flag = false,
            Some(Value::Number(number)) => *flag = number.as_f64() != Some(0.0),
            Some(_) => self.doubts.push(SettingDoubt::new(key, Doubt::NotOfShape(Shape::Flag))),
        }
    }

    fn text(&mut self, key: &str) -> Option<String> {
        match self.get(key) {
            Some(Value::String(text)) => Some(text.clone()),
            None | Some(Value::Null) => None,
            Some(_) => {
                self.doubts.push(SettingDoubt::new(key, Doubt::NotOfShape(Shape::Text)));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_marked_and_the_highlighter() {
        let config = json!({
            "root": "/blog/",
            "post_asset_folder": true,
            "syntax_highlighter": "",
            "marked": {
                "breaks": false, "modifyAnchors": 1, "quotes": "«»‹›", "postAsset": true, "figcaption": true
            },
        });
        let (hexo, doubts) = Hexo::from_config(&config);
        assert!(!hexo.breaks && !hexo.own_fences && hexo.post_asset && hexo.figcaption && hexo.smartypants);
        assert_eq!(hexo.modify_anchors, AnchorCase::Lower);
        assert_eq!(hexo.quotes, ['«', '»', '‹', '›']);
        assert_eq!(hexo.root, "/blog/");
        assert_eq!(doubts, []);
    }

    #[test]
    fn numbers_lines_as_the_highlighter_in_use_is_told() {
        let numbers = |config| Hexo::from_config(&config).0.line_numbers;
        assert!(numbers(json!({ "prismjs": { "line_number": false } })));
        assert!(!numbers(json!({ "highlight": { "line_number": false } })));
        let prism = json!({ "syntax_highlighter": "prismjs", "prismjs": { "line_number": false } });
        assert!(!numbers(prism));
    }

    #[test]
    fn doubts_what_it_cannot_follow_and_keeps_the_defaults() {
        let config = json!({ "marked": { "pedantic": true, "breaks": "네", "quotes": "“”" }, "root": 3 });
        let (hexo, doubts) = Hexo::from_config(&config);
        assert_eq!(hexo, Hexo::default());
        let keys: Vec<_> = doubts.iter().map(|doubt| doubt.key.as_str()).collect();
        assert_eq!(keys, ["marked.breaks", "marked.quotes", "marked.pedantic", "root"]);
    }

    #[test]
    fn takes_anything_for_a_configuration() {
        for config in [json!(null), json!([]), json!("marked"), json!({ "marked": [1] })] {
            assert_eq!(Hexo::from_config(&config).0, Hexo::default());
        }
    }
}
