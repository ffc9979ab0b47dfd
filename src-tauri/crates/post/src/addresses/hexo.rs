//! Hexo's: `permalink`, and `new_post_name`, by which it reads a post's slug out of its file's name
//! (`hexo/lib/plugins/filter/post_permalink`, `…/processor/post`).
//!
//! Hexo writes the time into addresses by the clock of the machine that builds; here that is the site's zone.

use jiff::civil::{Date, DateTime};
use serde_json::Value as Tree;

use super::pattern::{self, Piece};
use super::{Page, setting, stem};
use crate::front_matter::{Role, Value};

/// What a Hexo site says of addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HexoAddresses {
    permalink: String,
    /// How files of posts are named, if by more than their titles.
    pub(super) names: Option<HexoName>,
    /// `permalink_defaults`.
    defaults: Vec<(String, String)>,
    default_category: String,
    /// `category_map`.
    category_names: Vec<(String, String)>,
    case: Case,
    /// Addresses end in a slash (`post_asset_folder`).
    ends_in_slash: bool,
}

/// `filename_case`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Kept,
    Lower,
    Upper,
}

impl HexoAddresses {
    pub(super) fn of(configuration: &Tree) -> HexoAddresses {
        let text = |key| setting(configuration, key).and_then(Tree::as_str).filter(|text| !text.is_empty());
        let pairs = |key| {
            let all = setting(configuration, key).and_then(Tree::as_object).into_iter().flatten();
            all.filter_map(|(key, value)| Some((key.clone(), plain(value)?))).collect()
        };
        HexoAddresses {
            permalink: text("permalink").unwrap_or(":year/:month/:day/:title/").to_owned(),
            names: text("new_post_name").and_then(HexoName::of),
            defaults: pairs("permalink_defaults"),
            default_category: text("default_category").unwrap_or("uncategorized").to_owned(),
            category_names: pairs("category_map"),
            case: match setting(configuration, "filename_case").and_then(Tree::as_i64) {
                Some(1) => Case::Lower,
                Some(2) => Case::Upper,
                _ => Case::Kept,
            },
            ends_in_slash: setting(configuration, "post_asset_folder") == Some(&Tree::Bool(true)),
        }
    }

    pub(super) fn address(&self, page: &Page<'_>) -> Option<String> {
        let path = match page.text("permalink") {
            Some(own) => own.to_owned(),
            None => {
                let named = self.named(page)?;
                let names = pattern::pieces(&self.permalink, is_name);
                pattern::expanded(names, |name| self.value(page, &named, name))?
            }
        };
        let is_whole = !self.ends_in_slash || path.ends_with('/') || path.ends_with(".html");
        Some(pattern::from_root(&if is_whole { path } else { format!("{path}/") }))
    }

    /// What the file's name says.
    fn named(&self, page: &Page<'_>) -> Option<Named> {
        let posts = [
            format!("{}/_posts/", page.profile.content_folder),
            format!("{}/_drafts/", page.profile.content_folder),
        ];
        let inner = posts.iter().find_map(|posts| page.path.strip_prefix(posts.as_str()))?;
        let of_title = || Some(Named { title: stem(inner).to_owned(), ..Named::default() });
        let Some(names) = &self.names else { return of_title() };
        match names.read(inner) {
            Some(named) if !named.title.is_empty() => Some(named),
            read => Some(Named { title: slugised(stem(inner), Case::Kept)?, ..read.unwrap_or_default() }),
        }
    }

    fn value(&self, page: &Page<'_>, named: &Named, name: &str) -> Option<String> {
        let date = page.date.or_else(|| Some(named.date?.to_datetime(jiff::civil::Time::midnight())));
        let own = || match &page.read.fields.iter().find(|field| field.key == name)?.value {
            Value::Text(text) if !text.is_empty() => Some(text.clone()),
            Value::Boolean(value) => Some(value.to_string()),
            _ => None,
        };
        match name {
            "title" => Some(named.title.clone()),
            "name" => named.title.rsplit('/').next().map(ToOwned::to_owned),
            "post_title" => slugised(page.title(), Case::Lower),
            "category" => self.category(page),
            // Hexo draws the one and reckons the other from more than is read here.
            "id" | "hash" | "timestamp" => None,
            _ => pattern::part_of_date(name, date).or_else(|| {
                let of = |pairs: &[(String, String)]| {
                    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
                };
                own().or_else(|| of(&named.others)).or_else(|| of(&self.defaults))
            }),
        }
    }

    /// A list is a way down through categories.
    fn category(&self, page: &Page<'_>) -> Option<String> {
        let way = match page.read.field(Role::Categories).map(|field| &field.value) {
            Some(Value::Text(text)) if !text.trim().is_empty() => vec![text.trim().to_owned()],
            Some(Value::List(items)) if !items.is_empty() => items.clone(),
            None | Some(Value::Empty | Value::Text(_) | Value::List(_)) => {
                return Some(self.default_category.clone());
            }
            _ => return None,
        };
        let slug = |category: &String| {
            let known = self.category_names.iter().find(|(name, _)| name == category);
            slugised(known.map_or(category, |(_, slug)| slug), self.case)
        };
        Some(way.iter().map(slug).collect::<Option<Vec<_>>>()?.join("/"))
    }
}

/// What a file's name says of its post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) title: String,
    pub(crate) date: Option<Date>,
    /// What stands for other names of the pattern.
    others: Vec<(String, String)>,
}

/// How Hexo names the files of posts: `new_post_name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HexoName {
    /// Without its ending.
    pattern: String,
    ending: String,
}

impl HexoName {
    /// By a pattern; none if that is the title alone, or if it holds what only Hexo can make.
    fn of(pattern: &str) -> Option<HexoName> {
        let (stem, ending) = match pattern.rsplit_once('.') {
            Some((stem, ending)) if !ending.contains(['/', ':']) => (stem, format!(".{ending}")),
            _ => (pattern, ".md".to_owned()),
        };
        let names = pattern::pieces(stem, is_name);
        let knows = |name: &str| Self::KNOWN.contains(&name);
        let can_be_made = names.iter().all(|piece| !matches!(piece, Piece::Name(name) if !knows(name)));
        let has_title = names.contains(&Piece::Name("title"));
        (stem != ":title" && can_be_made && has_title).then(|| HexoName { pattern: stem.to_owned(), ending })
    }

    const KNOWN: [&'static str; 6] = ["year", "month", "day", "i_month", "i_day", "title"];

    /// Whether a day stands in the names.
    pub(crate) fn have_days(&self) -> bool {
        ["year", "month", "i_month", "day", "i_day"]
            .iter()
            .any(|name| self.pattern.contains(&format!(":{name}")))
    }

    /// The path of a post of that day in the folder of posts.
    pub(crate) fn path(&self, title: &str, day: Date) -> String {
        let date: DateTime = day.to_datetime(jiff::civil::Time::midnight());
        let value = |name: &str| match name {
            "title" => Some(title.to_owned()),
            _ => pattern::part_of_date(name, Some(date)),
        };
        let path = pattern::expanded(pattern::pieces(&self.pattern, is_name), value);
        format!("{}{}", path.unwrap_or_else(|| title.to_owned()), self.ending)
    }

    /// What a path in the folder of posts says; none if it is not named so.
    pub(crate) fn read(&self, path: &str) -> Option<Named> {
        let found = matched(&pattern::pieces(&self.pattern, is_name), stem(path))?;
        let value = |name: &str| found.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        let number = |name: &str| value(name)?.parse::<i8>().ok();
        let date = || {
            let (month, day) = (number("month").or(number("i_month"))?, number("day").or(number("i_day"))?);
            Date::new(value("year")?.parse().ok()?, month, day).ok()
        };
        Some(Named { title: value("title")?.to_owned(), date: date(), others: Vec::new() })
    }
}

/// What stands for each name; the shortest for a title.
fn matched<'t>(pieces: &[Piece<'t>], text: &'t str) -> Option<Vec<(&'t str, &'t str)>> {
    let Some((piece, rest)) = pieces.split_first() else { return text.is_empty().then(Vec::new) };
    let name = match piece {
        Piece::Literal(literal) => return matched(rest, text.strip_prefix(literal)?),
        Piece::Name(name) => *name,
    };
    let (least, most) = match name {
        "year" => (4, 4),
        "month" | "day" => (2, 2),
        "i_month" | "i_day" => (1, 2),
        _ => (1, text.len()),
    };
    let is_number = name != "title";
    let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let mut fitting = ends.filter(|end| (least..=most).contains(end));
    fitting.find_map(|end| {
        let value = &text[..end];
        if is_number && !value.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut found = matched(rest, &text[end..])?;
        found.insert(0, (name, value));
        Some(found)
    })
}

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// Runs of blanks and signs as one hyphen (`hexo-util`'s `slugize`); none where it would replace letters with accents.
fn slugised(text: &str, case: Case) -> Option<String> {
    let has_accents = text.chars().any(|letter| ('\u{C0}'..'\u{370}').contains(&letter));
    if has_accents {
        return None;
    }
    let is_sign =
        |letter: char| letter.is_whitespace() || "~`!@#$%^&*()-_+=[]{}|\\;:\"'<>,.?/".contains(letter);
    let words = text.split(is_sign).map(|word| word.replace(|letter: char| letter < ' ', ""));
    let slug = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    Some(match case {
        Case::Kept => slug,
        Case::Lower => slug.to_lowercase(),
        Case::Upper => slug.to_uppercase(),
    })
}

fn plain(value: &Tree) -> Option<String> {
    match value {
        Tree::String(text) => Some(text.clone()),
        Tree::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
