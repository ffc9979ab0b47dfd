//! Another name for the file of a post: its bundle and its images go along, links follow, the old address may lead on.

use jiff::civil::Date;

use super::links::{Renamed, mended};
use super::{Move, MoveInput, OtherPost, assets_of, files_below, own_images, unmoved, with_field};
use crate::addresses::HexoName;
use crate::front_matter::{self, Role, Value};
use crate::plan::{Obstacle, PathFault, address_at, path_fault};
use crate::profile::{Generator, Profile, date_in_stem};

/// The part of a path that names the post: the file's stem or the bundle's folder, without the language of a file like
/// `post.ko.md`.
struct Named<'a> {
    folder: &'a str,
    name: &'a str,
    /// What follows the name: `.md`, `.ko.md`, `/index.md`.
    rest: &'a str,
}

impl<'a> Named<'a> {
    fn of(path: &'a str) -> Self {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let is_bundle = file.split('.').next() == Some("index") && !folder.is_empty();
        if is_bundle {
            let (outer, name) = folder.rsplit_once('/').unwrap_or(("", folder));
            return Self { folder: outer, name, rest: &path[folder.len()..] };
        }
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let is_language = |ending: &str| {
            (2..=7).contains(&ending.len())
                && ending.split('-').all(|part| part.chars().all(|letter| letter.is_ascii_alphabetic()))
        };
        let name = match stem.rsplit_once('.') {
            Some((name, ending)) if !name.is_empty() && is_language(ending) => name,
            _ => stem,
        };
        Self { folder, name, rest: &file[name.len()..] }
    }

    fn path(&self, name: &str) -> String {
        join(self.folder, &format!("{name}{}", self.rest))
    }

    /// The page's own path: of a file without its ending, of a bundle its folder.
    fn page(&self, name: &str) -> String {
        join(self.folder, name)
    }

    fn is_bundle(&self) -> bool {
        self.rest.starts_with('/')
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The day of a name and its slug, where names of the site have days.
fn day_and_slug<'a>(profile: &Profile, name: &'a str) -> (Option<Date>, &'a str) {
    let has_days = profile.new_posts.dated_names || profile.generator == Generator::Jekyll;
    match date_in_stem(profile.generator, name).filter(|_| has_days) {
        Some((day, slug)) => (Some(day), slug),
        None => (None, name),
    }
}

pub(super) fn slug_of(profile: &Profile, path: &str) -> String {
    let of_name = || day_and_slug(profile, Named::of(path).name).1.to_owned();
    ByPattern::of(profile, path).map_or_else(of_name, |named| named.slug)
}

/// A post of Hexo whose path follows a pattern.
struct ByPattern<'a> {
    names: &'a HexoName,
    /// The folder of posts.
    folder: &'a str,
    slug: String,
    day: Option<Date>,
}

impl<'a> ByPattern<'a> {
    fn of(profile: &'a Profile, path: &str) -> Option<Self> {
        let names = profile.addresses.hexo_names()?;
        let inner = |folder: &&String| path.strip_prefix(folder.as_str())?.strip_prefix('/');
        let (folder, inner) =
            profile.post_folders.iter().find_map(|folder| Some((folder, inner(&folder)?)))?;
        let named = names.read(inner)?;
        Some(Self { names, folder, slug: named.title, day: named.date })
    }

    /// Its path by another slug or day; none where the day in it is not known.
    fn path(&self, slug: &str, day: Option<Date>) -> Option<String> {
        let day =
            day.or(self.day).or_else(|| (!self.names.have_days()).then(|| jiff::civil::date(1, 1, 1)))?;
        Some(join(self.folder, &self.names.path(slug, day)))
    }
}

pub(super) fn rename(
    input: &MoveInput<'_>,
    slug: Option<&str>,
    day: Option<Date>,
    alias: bool,
) -> Result<Move, Obstacle> {
    let named = Named::of(input.path);
    let by_pattern = ByPattern::of(input.profile, input.path);
    let (old_day, old_slug) = match &by_pattern {
        Some(named) => (named.day, named.slug.as_str()),
        None => day_and_slug(input.profile, named.name),
    };
    let slug = slug.map_or(old_slug, str::trim);
    let of_text = || crate::plan::day_of(input.profile, input.text, &input.now);
    let new_path = by_pattern.as_ref().and_then(|named| named.path(slug, day.or(named.day).or_else(of_text)));
    let name = match old_day.filter(|_| by_pattern.is_none()) {
        Some(old) => {
            let before = &named.name[..named.name.len() - old_slug.len()];
            // What stands between day and slug stays.
            match day.filter(|day| *day != old) {
                Some(day) => format!("{day}{}{slug}", if before.ends_with('_') { '_' } else { '-' }),
                None => format!("{before}{slug}"),
            }
        }
        None => slug.to_owned(),
    };
    let path = new_path.unwrap_or_else(|| named.path(&name));
    check(slug, &path)?;
    let is_renamed = path != input.path;
    let mut text = with_slug_and_day(input, (slug != old_slug).then_some(slug), day)?;
    if !is_renamed && text == input.text {
        return Err(Obstacle::NothingToMove);
    }
    let mut files = Vec::new();
    if is_renamed {
        if named.is_bundle() {
            files = files_below(input.files, &named.page(named.name), &named.page(&name));
            files.retain(|file| file.from != input.path);
        } else if let Some((from, to)) =
            assets_of(input.profile, input.path).zip(assets_of(input.profile, &path))
        {
            files = files_below(input.files, &from, &to);
        }
        if let Some((shown, images)) = own_images::moved(input, &text, old_slug, slug) {
            text = shown;
            files.extend(images);
        }
    }
    let old_url = address_at(input.profile, input.path, input.text, &input.now);
    let url = address_at(input.profile, &path, &text, &input.now);
    let renamed = Renamed {
        profile: input.profile,
        old_path: input.path,
        new_path: &path,
        old_page: &named.page(named.name),
        old_name: if by_pattern.is_some() { old_slug } else { named.name },
        new_name: &name,
        addresses: old_url.as_deref().zip(url.as_deref()).filter(|(old, new)| old != new),
    };
    text = mended(&text, input.path, &renamed);
    let alias_key = alias_key(input).filter(|_| old_url != url);
    if let (true, Some(key), Some(old)) = (alias, alias_key, &old_url) {
        text = with_alias(&text, key, input.profile, old)?;
    }
    let others = input.others.iter().filter_map(|other| {
        let text = mended(&other.text, &other.path, &renamed);
        (text != other.text).then(|| OtherPost { path: other.path.clone(), text })
    });
    let others = others.collect();
    Ok(Move {
        slug: slug.to_owned(),
        url,
        alias: old_url.filter(|_| alias_key.is_some()),
        files,
        others,
        path,
        text,
        ..unmoved(input)
    })
}

fn check(slug: &str, path: &str) -> Result<(), Obstacle> {
    if slug.is_empty() {
        return Err(Obstacle::EmptySlug);
    }
    let bad = |reason| Obstacle::BadPath { path: path.to_owned(), reason };
    if slug.contains('/') {
        return Err(bad(PathFault::Name { name: slug.to_owned() }));
    }
    path_fault(path).map_or(Ok(()), |fault| Err(bad(fault)))
}

/// A slug or a day in the front matter would win over the file's name, so they change, too.
fn with_slug_and_day(
    input: &MoveInput<'_>,
    slug: Option<&str>,
    day: Option<Date>,
) -> Result<String, Obstacle> {
    let read = front_matter::read(input.text);
    let mut text = input.text.to_owned();
    if let Some(slug) = slug
        && let Some(field) = read.field(Role::Slug).filter(|_| read.text(Role::Slug).is_some())
    {
        text = with_field(&text, &field.key, &Value::Text(slug.to_owned()))?;
    }
    let Some(day) = day else { return Ok(text) };
    let Some((field, written)) = read.field(Role::Date).zip(read.text(Role::Date)) else {
        let by_pattern = ByPattern::of(input.profile, input.path).and_then(|named| named.day);
        let has_day = by_pattern.or(day_and_slug(input.profile, Named::of(input.path).name).0).is_some();
        let key = &input.profile.new_posts.date_key;
        return if has_day { Ok(text) } else { with_field(&text, key, &Value::Text(day.to_string())) };
    };
    // The time of the day stays.
    let time = written.get(..10).filter(|day| day.parse::<Date>().is_ok()).map(|day| &written[day.len()..]);
    let time = time.ok_or_else(|| Obstacle::FieldNotWritten { key: field.key.clone() })?;
    with_field(&text, &field.key, &Value::Text(format!("{day}{time}")))
}

/// The field that leads from old addresses to the post.
fn alias_key(input: &MoveInput<'_>) -> Option<&'static str> {
    match input.profile.generator {
        Generator::Hugo | Generator::Zola => Some("aliases"),
        Generator::Jekyll if input.redirects => Some("redirect_from"),
        _ => None,
    }
}

/// The old address among the aliases, from the site's root: Hugo and the plugin put the site's path before it, Zola
/// takes it without a slash.
fn with_alias(text: &str, key: &str, profile: &Profile, old: &str) -> Result<String, Obstacle> {
    let from_root = old.strip_prefix(profile.base_path.as_str()).unwrap_or(old);
    let address = match profile.generator {
        Generator::Zola => from_root.trim_start_matches('/'),
        _ => from_root,
    };
    let read = front_matter::read(text);
    let known = read.fields.iter().find(|field| field.key.eq_ignore_ascii_case(key));
    let mut items = match known.map(|field| &field.value) {
        Some(Value::List(items)) => items.clone(),
        Some(Value::Text(item)) => vec![item.clone()],
        _ => Vec::new(),
    };
    if !items.iter().any(|item| item == address) {
        items.push(address.to_owned());
    }
    with_field(text, key, &Value::List(items))
}
