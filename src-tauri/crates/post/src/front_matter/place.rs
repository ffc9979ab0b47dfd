//! Where a setting stands in a generator's configuration.

use toml_edit::{Document, TableLike};

use super::Format;
use super::yaml::{self, Content, Entry};

/// The line, from 1, of the setting that `path` names: its own key last, those of the tables that it is in before it.
/// Letter case does not count, as for Hugo. None, if the source cannot be read or has no such setting.
pub fn line_of(source: &str, format: Format, path: &[&str]) -> Option<usize> {
    let at = match format {
        Format::None => None,
        Format::Toml => in_table(Document::parse(source).ok()?.as_table(), path),
        // JSON is YAML in braces.
        Format::Yaml | Format::Json => in_mapping(&yaml::parse(source).ok()?.entries, path),
    }?;
    Some(source.get(..at)?.matches('\n').count() + 1)
}

fn in_table(table: &dyn TableLike, path: &[&str]) -> Option<usize> {
    let (name, below) = path.split_first()?;
    let (key, item) = table.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    match below {
        [] => table.key(key)?.span().map(|span| span.start),
        below => in_table(item.as_table_like()?, below),
    }
}

fn in_mapping(entries: &[Entry], path: &[&str]) -> Option<usize> {
    let (name, below) = path.split_first()?;
    let has_name = |entry: &&Entry| entry.key.scalar().is_some_and(|key| key.eq_ignore_ascii_case(name));
    let entry = entries.iter().find(has_name)?;
    match (below, &entry.value.content) {
        ([], _) => Some(entry.key.place.start),
        (below, Content::Mapping { entries, .. }) => in_mapping(entries, below),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_found_in_each_notation() {
        let path = ["markup", "highlight", "style"];
        for (format, source, line) in [
            (Format::Toml, "title = 'x'\n[markup.highlight]\n# c\nStyle = 'y'\n", 4),
            (Format::Toml, "a = 1\nmarkup.highlight.style = 'y'\n", 2),
            (Format::Toml, "[markup]\nhighlight = { noClasses = true, style = 'y' }\n", 2),
            (Format::Yaml, "title: 제목\nmarkup:\n  highlight:\n    noClasses: false\n    style: y\n", 5),
            (Format::Yaml, "markup: {highlight:\n  {style: y}}\n", 2),
            (Format::Json, "{\n\t\"markup\": {\n\t\t\"highlight\": {\n\t\t\t\"style\": \"y\"\n}}}\n", 4),
        ] {
            assert_eq!(line_of(source, format, &path), Some(line), "{source}");
        }
    }

    #[test]
    fn what_is_not_there_has_no_line() {
        for (format, source) in [
            (Format::Toml, "markup = 1\n"),
            (Format::Toml, "[markup\n"),
            (Format::Yaml, "markup:\n  highlight: x\n"),
            (Format::Json, "[]"),
            (Format::None, ""),
        ] {
            assert_eq!(line_of(source, format, &["markup", "highlight", "style"]), None, "{source}");
            assert_eq!(line_of(source, format, &[]), None);
        }
    }
}
