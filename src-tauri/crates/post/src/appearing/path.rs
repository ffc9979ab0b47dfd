//! What a file's name and folder decide.

use unicode_normalization::is_nfc;

use super::{FindingKind, Rules};
use crate::profile::{Generator, JekyllName, jekyll_name};
use crate::slug::file_name_is_portable;

/// What its name and folder say against a post at `path`, relative to the site.
pub(super) fn findings(path: &str, rules: &Rules) -> Vec<FindingKind> {
    let mut found = Vec::new();
    for part in path.split('/') {
        if !file_name_is_portable(part) {
            found.push(FindingKind::NameNotPortable { name: part.to_owned() });
        } else if !is_nfc(part) {
            found.push(FindingKind::NameDecomposed { name: part.to_owned() });
        }
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    if rules.generator == Generator::Jekyll && is_in(path, "_posts") {
        match jekyll_name(name) {
            JekyllName::PassedOver => found.push(FindingKind::PassedOver { name: name.to_owned() }),
            JekyllName::BadDate(date) => found.push(FindingKind::BadDateInName { date: date.to_owned() }),
            JekyllName::Post(_, slug) if !slug.contains(char::is_alphanumeric) => {
                found.push(FindingKind::EmptySlug)
            }
            JekyllName::Post(..) => {}
        }
    }
    if is_draft_path(path, rules) && !rules.shows_drafts {
        found.push(FindingKind::InDrafts);
    }
    found
}

fn is_in(path: &str, folder: &str) -> bool {
    path.rsplit_once('/').is_some_and(|(folders, _)| folders.split('/').any(|part| part == folder))
}

/// Whether it lies where Jekyll and Hexo keep drafts.
pub(super) fn is_draft_path(path: &str, rules: &Rules) -> bool {
    matches!(rules.generator, Generator::Jekyll | Generator::Hexo) && is_in(path, "_drafts")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_told() {
        let jekyll = Rules::of(Generator::Jekyll, &json!({}));
        let codes = |path: &str| findings(path, &jekyll).iter().map(FindingKind::code).collect::<Vec<_>>();
        assert_eq!(codes("_posts/undated.md"), ["passed_over"]);
        assert_eq!(codes("_posts/2021-01-01-???.md"), ["name_not_portable", "empty_slug"]);
        assert_eq!(codes("_posts/2021-01-01-\u{1112}\u{1161}.md"), ["name_decomposed"]);
        assert_eq!(codes("_drafts/x.md"), ["in_drafts"]);
        assert_eq!(codes("_posts/2021-01-01-a.md"), [""; 0]);
    }
}
