//! Zola's settings from `config.toml`.

use serde_json::Value;

use super::{Anchors, Zola};
use crate::dialect::{Doubt, SettingDoubt};

/// What else may stand in `[markdown]`; nothing of it changes what the preview shows. The last five are of Zola before
/// 0.22, which coloured with another library.
const WITHOUT_EFFECT: [&str; 8] = [
    "highlighting",
    "lazy_async_image",
    "insert_anchor_links",
    "highlight_code",
    "highlight_theme",
    "highlight_themes_css",
    "extra_syntaxes_and_themes",
    "error_on_missing_highlight",
];

impl Zola {
    /// Reads a site's configuration.
    pub fn from_config(config: &Value) -> (Self, Vec<SettingDoubt>) {
        let mut zola = Self::default();
        let mut unknown = Vec::new();
        let markdown = config.get("markdown").and_then(Value::as_object);
        for (key, value) in markdown.into_iter().flatten() {
            if !zola.set(key, value) && !WITHOUT_EFFECT.contains(&key.as_str()) {
                unknown.push(SettingDoubt::new(
                    format!("markdown.{key}"),
                    Doubt::StopsTheBuild { value: value.to_string() },
                ));
            }
        }
        if let Some(anchors) = config.get("slugify").and_then(|slugify| slugify.get("anchors")) {
            match anchors.as_str() {
                Some("on") => zola.anchors = Anchors::Romanised,
                Some("safe" | "off") => zola.anchors = Anchors::Kept,
                _ => {
                    let why = Doubt::StopsTheBuild { value: anchors.to_string() };
                    unknown.push(SettingDoubt::new("slugify.anchors", why));
                }
            }
        }
        (zola, unknown)
    }

    fn set(&mut self, key: &str, value: &Value) -> bool {
        let links = &mut self.external_links;
        let flag = match key {
            "smart_punctuation" => &mut self.smart_punctuation,
            "definition_list" => &mut self.definition_lists,
            "github_alerts" => &mut self.alerts,
            "bottom_footnotes" => &mut self.bottom_footnotes,
            "render_emoji" => &mut self.emoji,
            "external_links_target_blank" => &mut links.target_blank,
            "external_links_no_follow" => &mut links.no_follow,
            "external_links_no_referrer" => &mut links.no_referrer,
            "external_links_external" => &mut links.external,
            "external_links_class" => {
                links.class = value.as_str().map(ToOwned::to_owned);
                return value.is_string();
            }
            _ => return false,
        };
        match value.as_bool() {
            Some(value) => *flag = value,
            None => return false,
        }
        true
    }
}
