//! What a file's name and folder decide.

use jiff::ToSpan;
use jiff::civil::Date;
use unicode_normalization::is_nfc;

use super::{FindingKind, Rules};
use crate::profile::Generator;
use crate::slug::file_name_is_portable;

/// What Jekyll makes of a file's name in a folder of posts.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum JekyllName<'a> {
    /// No post: it is passed over without a word.
    PassedOver,
    /// A date that ends the build.
    BadDate(&'a str),
    /// A post of this day, with this slug.
    Post(Date, &'a str),
}

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

/// By Jekyll's own pattern, `(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)(\.[^.]+)$` (`Jekyll::Document::DATE_FILENAME_MATCHER`).
pub(super) fn jekyll_name(name: &str) -> JekyllName<'_> {
    let Some((stem, _)) = name.rsplit_once('.') else { return JekyllName::PassedOver };
    let mut parts = stem.splitn(4, '-');
    let (Some(year), Some(month), Some(day), Some(slug)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return JekyllName::PassedOver;
    };
    let is_number = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !(is_number(year, 4) && year.len() > 1 && is_number(month, 2) && is_number(day, 2)) {
        return JekyllName::PassedOver;
    }
    let written = &stem[..stem.len() - slug.len() - 1];
    let bad = JekyllName::BadDate(written);
    let (Ok(short), Ok(month), Ok(day)) = (year.parse::<i16>(), month.parse::<i8>(), day.parse::<i8>())
    else {
        return bad;
    };
    // Ruby's `Time.parse`: two digits are of this century up to 68; a day that its month has not is one of the next.
    let year = match year.len() {
        2 if short < 69 => 2000 + short,
        2 => 1900 + short,
        _ => short,
    };
    if !(1..=31).contains(&day) {
        return bad;
    }
    let first = Date::new(year, month, 1).ok();
    let date = first.and_then(|first| first.checked_add(i64::from(day - 1).days()).ok());
    date.map_or(bad, |date| JekyllName::Post(date, slug))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    /// Each as Jekyll 4.3 does.
    #[test]
    fn jekyll_reads_names() {
        for name in
            ["2018-02-07 제목.md", "2019-06-01.자바.md", "undated.md", "2021-12-30_x.md", "1-1-1-x.md"]
        {
            assert_eq!(jekyll_name(name), JekyllName::PassedOver, "{name}");
        }
        assert_eq!(jekyll_name("3002-99-99-x.md"), JekyllName::BadDate("3002-99-99"));
        assert_eq!(jekyll_name("2021-1-3-x.md"), JekyllName::Post(date(2021, 1, 3), "x"));
        assert_eq!(jekyll_name("2021-02-30-x.md"), JekyllName::Post(date(2021, 3, 2), "x"));
        assert_eq!(jekyll_name("21-1-3-a.b.md"), JekyllName::Post(date(2021, 1, 3), "a.b"));
        assert_eq!(jekyll_name("2021-12-30-.md"), JekyllName::Post(date(2021, 12, 30), ""));
    }

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
