//! The top-level settings of a generator's configuration.

use std::path::Path;

use postwright_post::front_matter::{self, Field, Kind, Problem, Value};

use crate::{file_form::decode, read::read_bytes};

/// The largest configuration that is read.
const LARGEST: u64 = 1024 * 1024;

/// A configuration file, as far as it could be read.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) path: String,
    pub(super) problem: Option<Problem>,
    fields: Vec<Field>,
}

impl Settings {
    /// Reads a configuration by the notation that its name tells; none if there is no such file.
    pub(super) fn read(root: &Path, path: &str) -> Option<Self> {
        let bytes = read_bytes(root, path, LARGEST).ok()?;
        let text = match decode(&bytes) {
            Ok((text, _)) => text,
            Err(_) => String::from_utf8_lossy(&bytes).replace("\r\n", "\n"),
        };
        // A configuration is a front matter without a post, so one reader, with its limits, does for both.
        let fence = match path.rsplit('.').next() {
            Some("json") => "",
            Some("toml") => "+++\n",
            _ => "---\n",
        };
        let text = if fence == "---\n" { first_document(&text) } else { &text };
        let read = front_matter::read(&format!("{fence}{}\n{fence}", text.trim_end()));
        let Some(mut problem) = read.problem else {
            return Some(Self { path: path.to_owned(), problem: None, fields: read.fields });
        };
        if !fence.is_empty() {
            problem.line = problem.line.saturating_sub(1).max(1);
        }
        Some(Self { path: path.to_owned(), problem: Some(problem), fields: plain_lines(text) })
    }

    /// The value of a setting; letter case does not count, as for Hugo.
    pub(super) fn value(&self, key: &str) -> Option<&Value> {
        self.fields.iter().find(|field| field.key.eq_ignore_ascii_case(key)).map(|field| &field.value)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.value(key).is_some()
    }

    /// A setting that is a text and not blank.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        match self.value(key)? {
            Value::Text(text) if !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        }
    }

    /// Whether a setting's list names something that begins like this.
    pub(super) fn names(&self, key: &str, start: &str) -> bool {
        match self.value(key) {
            Some(Value::List(items)) => items.iter().any(|item| item.starts_with(start)),
            Some(Value::Text(text)) => text.starts_with(start),
            _ => false,
        }
    }
}

/// The first document of a YAML file, without the line that opens it.
fn first_document(text: &str) -> &str {
    let mut rest = text;
    while let Some((line, after)) = rest.split_once('\n') {
        match line.trim_end() {
            "---" => return after,
            line if line.is_empty() || line.starts_with(['#', '%']) => rest = after,
            _ => break,
        }
    }
    text
}

/// What the lines at the left margin say, for a file that cannot be read as a whole.
fn plain_lines(text: &str) -> Vec<Field> {
    let field = |(number, line): (usize, &str)| {
        let at = line.find([':', '='])?;
        let (key, value) = (line[..at].trim_end(), line[at + 1..].trim());
        let is_key =
            !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        let bare = value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
        is_key.then(|| Field {
            key: key.to_owned(),
            value: Value::Text(bare.to_owned()),
            kind: Kind::Text,
            line: number + 1,
            locked: None,
        })
    };
    // The sections of a TOML file come after its own settings.
    let lines = text.lines().enumerate().take_while(|(_, line)| !line.starts_with('['));
    lines.filter_map(field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::folder;

    #[test]
    fn each_notation_is_read() {
        let site = folder(&[
            ("a.toml", "baseURL = \"https://x.org/\"\n[params]\nbaseURL = 1\n"),
            (
                "a.yaml",
                "# c\n---\nbaseURL: https://x.org/\nplugins:\n  - jekyll-feed\nnested:\n  a: 1\n---\nb: 2\n",
            ),
            ("a.json", "{\"baseURL\": \"https://x.org/\"}"),
        ]);
        for path in ["a.toml", "a.yaml", "a.json"] {
            let settings = Settings::read(site.path(), path).unwrap();
            assert_eq!(settings.problem, None, "{path}");
            assert_eq!(settings.text("baseurl"), Some("https://x.org/"), "{path}");
        }
        let yaml = Settings::read(site.path(), "a.yaml").unwrap();
        assert!(yaml.names("plugins", "jekyll") && yaml.has("nested") && !yaml.has("b"));
        assert!(Settings::read(site.path(), "b.yaml").is_none());
    }

    #[test]
    fn a_file_that_cannot_be_read_says_where_and_gives_its_plain_lines() {
        let site = folder(&[("_config.yml", "title: a: b: c\nbaseurl: \"/blog\" # c\n  nested: x\nx: [\n")]);
        let settings = Settings::read(site.path(), "_config.yml").unwrap();
        assert_eq!(settings.problem.as_ref().map(|problem| problem.line), Some(1));
        assert_eq!(settings.text("baseurl"), Some("/blog"));
        assert!(!settings.has("nested"));
    }
}
