//! Hugo's: `url` of a post, `permalinks` of its section, else its path and its slug
//! (<https://gohugo.io/content-management/urls/>).

use serde_json::Value as Tree;
use unicode_normalization::char::is_combining_mark;

use super::{Page, pattern, setting, stem};

/// What a Hugo site says of addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HugoAddresses {
    /// The patterns of sections, each with the path of its section.
    permalinks: Vec<(String, String)>,
    /// `uglyURLs`: a file for each page instead of a folder.
    are_ugly: bool,
    /// `disablePathToLower`.
    keep_case: bool,
    /// The languages, the default one first, as they stand in the names of files: `a.ko.md`.
    languages: Vec<String>,
    /// The default language stands in addresses, too (`defaultContentLanguageInSubdir`).
    name_default: bool,
}

/// A page by its file, without the language in its name.
struct Named<'a> {
    /// The folders from the content's, with `/`.
    folders: &'a str,
    name: &'a str,
    language: Option<&'a str>,
}

impl HugoAddresses {
    pub(super) fn of(configuration: &Tree) -> Option<HugoAddresses> {
        let says = |key| setting(configuration, key) == Some(&Tree::Bool(true));
        // A table of sections here instead of a truth value.
        if matches!(setting(configuration, "uglyURLs"), Some(Tree::Object(_))) || says("removePathAccents") {
            return None;
        }
        let permalinks = match setting(configuration, "permalinks") {
            None => Vec::new(),
            Some(Tree::Object(all)) => {
                // Those of pages may stand in a table of their own.
                let pages = setting(configuration, "permalinks").and_then(|all| setting(all, "page"));
                let pages = pages.and_then(Tree::as_object).into_iter().flatten();
                let of_text = |(section, pattern): (&String, &Tree)| {
                    Some((section.trim_matches([' ', '/']).to_lowercase(), pattern.as_str()?.to_owned()))
                };
                pages.chain(all).filter_map(of_text).collect()
            }
            // A list of rules with matchers.
            Some(_) => return None,
        };
        let first = setting(configuration, "defaultContentLanguage").and_then(Tree::as_str).unwrap_or("en");
        let named = setting(configuration, "languages").and_then(Tree::as_object);
        // A host for each language, or a folder of content, lets them have other addresses.
        let has_own =
            |language: &Tree| ["baseURL", "permalinks"].iter().any(|key| setting(language, key).is_some());
        if named.is_some_and(|all| all.values().any(has_own)) {
            return None;
        }
        let others = named.into_iter().flat_map(|all| all.keys()).filter(|name| *name != first);
        Some(HugoAddresses {
            permalinks,
            are_ugly: says("uglyURLs"),
            keep_case: says("disablePathToLower"),
            languages: std::iter::once(first.to_owned()).chain(others.cloned()).collect(),
            name_default: says("defaultContentLanguageInSubdir"),
        })
    }

    pub(super) fn address(&self, page: &Page<'_>) -> Option<String> {
        let named = self.named(page)?;
        let own = page.text("url").or_else(|| page.text("path"));
        if let Some(url) = own {
            return self.by_url(page, &named, url);
        }
        let prefix = self.prefix(&named);
        let path = match self.permalink(named.folders)? {
            Some(pattern) => self.expanded(page, &named, pattern)?,
            None => {
                let last = page.text("slug").unwrap_or(named.name);
                let folders = sanitised(&named.folders.replace(' ', "-"));
                let last = if page.text("slug").is_some() {
                    sanitised(last)
                } else {
                    sanitised(&last.replace(' ', "-"))
                };
                format!("{folders}/{last}")
            }
        };
        let path = pattern::from_root(&format!("{prefix}/{path}"));
        let path = path.trim_end_matches('/');
        let whole =
            if self.are_ugly && !path.is_empty() { format!("{path}.html") } else { format!("{path}/") };
        Some(self.in_case(&whole))
    }

    /// `url` may hold the names of a pattern; a relative one stands behind the language.
    fn by_url(&self, page: &Page<'_>, named: &Named<'_>, url: &str) -> Option<String> {
        if url.contains(['%', '\\']) || url.contains("://") {
            return None;
        }
        let prefix = if url.starts_with('/') { String::new() } else { self.prefix(named) };
        let path = pattern::from_root(&format!("{prefix}/{}", self.expanded(page, named, url)?));
        let has_ending = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
        Some(self.in_case(&if has_ending || path.ends_with('/') { path } else { format!("{path}/") }))
    }

    fn in_case(&self, path: &str) -> String {
        if self.keep_case { path.to_owned() } else { path.to_lowercase() }
    }

    fn named<'a>(&'a self, page: &'a Page<'_>) -> Option<Named<'a>> {
        let inner = page.path.strip_prefix(page.profile.content_folder.as_str())?.trim_start_matches('/');
        let (folders, file) = inner.rsplit_once('/').unwrap_or(("", inner));
        let stem = stem(file);
        let (name, language) = match stem.rsplit_once('.') {
            Some((name, language)) if self.languages.iter().any(|known| known == language) => {
                (name, Some(language))
            }
            _ => (stem, None),
        };
        if name != "index" {
            return Some(Named { folders, name, language });
        }
        let (folders, name) = folders.rsplit_once('/').unwrap_or(("", folders));
        Some(Named { folders, name, language })
    }

    fn prefix(&self, named: &Named<'_>) -> String {
        let default = self.languages.first().map_or("", String::as_str);
        match named.language.unwrap_or(default) {
            language if language == default && !self.name_default => String::new(),
            language => format!("/{}", language.to_lowercase()),
        }
    }

    /// The pattern of a section, if there is one; none where several fit, whose order is not known here.
    fn permalink(&self, folders: &str) -> Option<Option<&str>> {
        let folders = folders.to_lowercase();
        let fits = |section: &str| match section {
            "" => folders.is_empty(),
            section => {
                folders.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
        };
        let mut fitting = self.permalinks.iter().filter(|(section, _)| fits(section));
        let first = fitting.next().map(|(_, pattern)| pattern.as_str());
        if fitting.any(|(_, other)| Some(other.as_str()) != first) { None } else { Some(first) }
    }

    fn expanded(&self, page: &Page<'_>, named: &Named<'_>, written: &str) -> Option<String> {
        if written.contains("\\:") {
            return None;
        }
        let pieces = pattern::pieces(written, |letter| letter.is_ascii_alphanumeric() || letter == '_');
        pattern::expanded(pieces, |name| match name.strip_prefix("sections") {
            // Run: an inner folder is a section only where it has an `_index.md`, which is not known here.
            Some(_) if named.folders.contains('/') => None,
            Some("") => Some(named.folders.to_owned()),
            Some(cut) => sections(named.folders, cut.strip_prefix('[')?.strip_suffix(']')?),
            None => value(page, named, name),
        })
    }
}

fn value(page: &Page<'_>, named: &Named<'_>, name: &str) -> Option<String> {
    let file = || of_words(named.name);
    let slug = page.text("slug").map(of_words);
    let form = match name {
        "title" => return Some(of_words(page.title())),
        "slug" => return Some(slug.unwrap_or_else(|| of_words(page.title()))),
        "filename" | "contentbasename" => return Some(file()),
        "slugorfilename" | "slugorcontentbasename" => return Some(slug.unwrap_or_else(file)),
        "section" => return Some(named.folders.split('/').next().unwrap_or_default().to_owned()),
        "monthname" => "%B",
        "weekday" => "%w",
        "weekdayname" => "%A",
        "yearday" => "%-j",
        "year" | "month" | "day" => return pattern::part_of_date(name, page.date),
        _ => return None,
    };
    Some(page.date?.strftime(form).to_string())
}

/// Some of the folders: `[0]`, `[last]`, `[1:]`, `[:last]`; what is out of bounds is left out.
fn sections(folders: &str, cut: &str) -> Option<String> {
    let all: Vec<&str> = folders.split('/').filter(|folder| !folder.is_empty()).collect();
    let Some(last) = all.len().checked_sub(1) else { return Some(String::new()) };
    let place = |text: &str| if text == "last" { Some(last) } else { text.parse::<usize>().ok() };
    let Some((from, to)) = cut.split_once(':') else {
        return Some(all.get(place(cut)?).copied().unwrap_or_default().to_owned());
    };
    let from = if from.is_empty() { 0 } else { place(from)? };
    let to = if to.is_empty() { all.len() } else { place(to)?.min(all.len()) };
    Some(all.get(from..to).unwrap_or_default().join("/"))
}

/// A title or a slug in a pattern; a plus sign and a slash part words there.
fn of_words(text: &str) -> String {
    sanitised(&text.replace(['+', '/'], " "))
}

/// What Hugo leaves of a path: letters, digits, marks and a few signs, and one hyphen for blanks (`paths.Sanitize`).
fn sanitised(text: &str) -> String {
    let stays =
        |letter: char| letter.is_alphanumeric() || is_combining_mark(letter) || "./\\_#+~-@".contains(letter);
    let mut path = String::with_capacity(text.len());
    let (mut is_parted, mut was_hyphen) = (false, false);
    for letter in text.chars() {
        if stays(letter) {
            was_hyphen = letter == '-';
            if std::mem::take(&mut is_parted) && !was_hyphen {
                path.push('-');
            }
            path.push(letter);
        } else if !path.is_empty() && !was_hyphen && letter.is_whitespace() {
            is_parted = true;
        }
    }
    path
}
