//! Jekyll's: `permalink` of a post, of the front matter defaults, of the collection, of the site; else the day and the
//! title (`Jekyll::URL`, `Jekyll::Drops::UrlDrop`).

use serde_json::Value as Tree;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Page, pattern, setting, stem};
use crate::front_matter::{Role, Value};
use crate::profile::date_of_jekyll_stem;

const DATE: &str = "/:categories/:year/:month/:day/:title:output_ext";

/// What a Jekyll site says of addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JekyllAddresses {
    /// Of posts that say nothing else.
    pattern: String,
    /// Of posts below a path, by the front matter defaults; the longest path counts.
    by_folder: Vec<(String, String)>,
    /// Front matter defaults give posts categories, so that addresses with them cannot be told.
    has_default_categories: bool,
}

impl JekyllAddresses {
    pub(super) fn of(configuration: &Tree) -> Option<JekyllAddresses> {
        let of_posts = setting(configuration, "collections").and_then(|all| setting(all, "posts"));
        let own = of_posts.and_then(|posts| setting(posts, "permalink")).and_then(Tree::as_str);
        let style = setting(configuration, "permalink").and_then(Tree::as_str).unwrap_or("date");
        let pattern = own.map_or_else(|| of_style(style).to_owned(), ToOwned::to_owned);
        let mut found = JekyllAddresses { pattern, by_folder: Vec::new(), has_default_categories: false };
        for default in setting(configuration, "defaults").and_then(Tree::as_array).into_iter().flatten() {
            let scope = setting(default, "scope");
            let of_scope = |key| scope.and_then(|scope| setting(scope, key)).and_then(Tree::as_str);
            if !matches!(of_scope("type"), None | Some("posts" | "post")) {
                continue;
            }
            let Some(values) = setting(default, "values") else { continue };
            found.has_default_categories |=
                ["category", "categories"].iter().any(|key| setting(values, key).is_some());
            if setting(values, "slug").is_some() {
                return None;
            }
            if let Some(pattern) = setting(values, "permalink").and_then(Tree::as_str) {
                let folder = of_scope("path").unwrap_or_default().trim_matches('/');
                if folder.contains('*') {
                    return None;
                }
                found.by_folder.push((folder.to_owned(), pattern.to_owned()));
            }
        }
        Some(found)
    }

    pub(super) fn are_usual(&self) -> bool {
        self.pattern == DATE && self.by_folder.is_empty()
    }

    pub(super) fn address(&self, page: &Page<'_>) -> Option<String> {
        let default = || {
            let is_in = |folder: &str| {
                let rest = page.path.strip_prefix(folder);
                folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            let defaults = self.by_folder.iter().filter(|(folder, _)| is_in(folder));
            let best = defaults.max_by_key(|(folder, _)| folder.len());
            best.map_or(self.pattern.as_str(), |(_, pattern)| pattern.as_str())
        };
        let written = page.text("permalink").unwrap_or_else(default);
        let names = pattern::pieces(written, |letter| letter.is_ascii_lowercase() || letter == '_');
        let path = pattern::expanded(names, |name| self.value(page, name))?;
        Some(sanitised(&path))
    }

    fn value(&self, page: &Page<'_>, name: &str) -> Option<String> {
        let form = match name {
            "title" => return Some(hyphenated(slug(page)?, is_pretty)),
            "slug" => return Some(hyphenated(slug(page)?, is_word).to_lowercase()),
            "name" => return Some(hyphenated(stem(page.file_name()), is_word).to_lowercase()),
            "collection" => return Some("posts".to_owned()),
            "output_ext" => return Some(".html".to_owned()),
            "categories" | "slugified_categories" => {
                return self.categories(page, name == "slugified_categories");
            }
            "short_month" => "%b",
            "long_month" => "%B",
            "short_year" => "%y",
            "w_year" => "%G",
            "week" => "%V",
            "w_day" => "%u",
            "short_day" => "%a",
            "long_day" => "%A",
            "y_day" => "%j",
            _ => return pattern::part_of_date(name, page.date),
        };
        Some(page.date?.strftime(form).to_string())
    }

    /// The folders above `_posts`, and the categories of the front matter, each once.
    fn categories(&self, page: &Page<'_>, are_slugs: bool) -> Option<String> {
        if self.has_default_categories {
            return None;
        }
        let folders = page.path.split('/').take_while(|part| *part != "_posts" && *part != "_drafts");
        let mut all: Vec<String> = folders.filter(|part| !part.is_empty()).map(ToOwned::to_owned).collect();
        let field = page.read.field(Role::Categories);
        all.extend(match field.map(|field| (field.key.as_str(), &field.value)) {
            Some(("categories", Value::Text(text))) => {
                text.split_whitespace().map(ToOwned::to_owned).collect()
            }
            Some((_, Value::Text(text))) => vec![text.trim().to_owned()],
            Some((_, Value::List(items))) => items.clone(),
            _ => Vec::new(),
        });
        let written = |category: &String| {
            if are_slugs { hyphenated(category, is_word).to_lowercase() } else { category.to_lowercase() }
        };
        let mut once: Vec<String> = Vec::new();
        for category in all.iter().map(written).filter(|category| !category.is_empty()) {
            if !once.contains(&category) {
                once.push(category);
            }
        }
        Some(once.join("/"))
    }
}

/// <https://jekyllrb.com/docs/permalinks/#built-in-formats>
fn of_style(style: &str) -> &str {
    match style {
        "none" => "/:categories/:title:output_ext",
        "date" => DATE,
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        pattern => pattern,
    }
}

/// That of the front matter, else what the file's name has behind its date.
fn slug<'a>(page: &'a Page<'_>) -> Option<&'a str> {
    let of_name = || {
        let name = page.file_name();
        let slug = date_of_jekyll_stem(stem(name)).map_or_else(|| stem(name), |(_, slug)| slug);
        slug.trim_end_matches('.')
    };
    Some(page.text("slug").unwrap_or_else(of_name))
}

/// Runs of other letters as one hyphen, without one at the ends (`Jekyll::Utils.slugify`).
fn hyphenated(text: &str, stays: fn(char) -> bool) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars() {
        if stays(letter) {
            slug.push(letter);
        } else if !slug.ends_with('\u{0}') {
            slug.push('\u{0}');
        }
    }
    let slug = slug.replace('\u{0}', "-");
    let slug = slug.strip_prefix('-').unwrap_or(&slug);
    slug.strip_suffix('-').unwrap_or(slug).to_owned()
}

/// A letter, a mark or a decimal digit of any script.
fn is_word(letter: char) -> bool {
    let is_digit = || letter.is_numeric() && (('０'..='９').contains(&letter) || letter.nfkc().eq([letter]));
    letter.is_alphabetic() || is_combining_mark(letter) || is_digit()
}

fn is_pretty(letter: char) -> bool {
    is_word(letter) || "._~!$&'()+,;=@".contains(letter)
}

fn sanitised(path: &str) -> String {
    pattern::from_root(&format!("/{path}").replace("..", "/").replace("./", ""))
}
