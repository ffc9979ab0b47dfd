//! A site's own habits, learnt from the posts it has.

use super::posts::{date_of_stem, name_that_counts};
use super::{DateForm, FieldHabit, Layout, Profile, habits};
use crate::front_matter::{Format, FrontMatter, Role, Value, written_fields};

/// A post that a site has already.
#[derive(Debug, Clone, Copy)]
pub struct KnownPost<'a> {
    /// Path relative to the site, with `/`.
    pub path: &'a str,
    /// Its text, at least to the end of its front matter.
    pub head: &'a str,
    /// What its front matter says.
    pub front_matter: &'a FrontMatter,
}

/// Lets new posts follow what most of the site's posts do: page bundles or files, dates in file names, the form
/// and the key of the date. What the generator prescribes stays.
pub fn learn(profile: &mut Profile, posts: &[KnownPost<'_>]) {
    use super::Generator::{Astro, Hexo, Hugo, Plain, Zola};
    if posts.is_empty() {
        return;
    }
    if matches!(profile.generator, Hugo | Zola | Astro | Plain) {
        let bundles = posts.iter().filter(|post| is_bundle(post.path)).count();
        let mostly_bundles = bundles * 2 > posts.len();
        profile.new_posts.layout = if mostly_bundles { Layout::Bundle } else { Layout::File };
    }
    if matches!(profile.generator, Hugo | Hexo | Zola | Astro | Plain) {
        let dated = posts.iter().filter(|post| has_dated_name(post.path)).count();
        profile.new_posts.dated_names = dated * 2 > posts.len();
    }
    let fields = habits::of_posts(posts);
    let mut written = habits::Written::default();
    posts.iter().flat_map(|post| written_fields(post.head)).for_each(|field| written.add(&field));
    profile.new_posts.style = written.style();
    let formats = posts.iter().map(|post| post.front_matter.format).filter(|format| *format != Format::None);
    if let Some(format) = most_frequent(formats) {
        profile.new_posts.format = format;
    }
    let usual = std::mem::replace(&mut profile.new_posts.fields, fields);
    let fields = &mut profile.new_posts.fields;
    let is_new = |field: &FieldHabit| !fields.iter().any(|known| known.path == field.path);
    let missing: Vec<FieldHabit> = usual.into_iter().filter(is_new).collect();
    fields.extend(missing);
    let is_draft = |field: &&FieldHabit| field.path == ["draft"];
    profile.new_posts.begins_as_draft =
        profile.new_posts.fields.iter().find(is_draft).is_some_and(|draft| draft.is_common);
    let dates: Vec<(&str, &str)> = posts.iter().filter_map(|post| date_field(post.front_matter)).collect();
    if let Some(key) = most_frequent(dates.iter().map(|(key, _)| *key)) {
        profile.new_posts.date_key = key.to_owned();
    }
    if let Some(form) = most_frequent(dates.iter().filter_map(|(_, date)| form_of(date))) {
        profile.new_posts.date_form = keep_offset(form, profile);
    }
}

/// A moment without its offset is another moment for Hugo and Jekyll unless the site names its zone.
fn keep_offset(form: DateForm, profile: &Profile) -> DateForm {
    use super::Generator::{Hugo, Jekyll};
    let needs_offset = matches!(profile.generator, Hugo | Jekyll) && profile.time_zone.is_none();
    if form == DateForm::Spaced && needs_offset { DateForm::SpacedOffset } else { form }
}

fn is_bundle(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with("index.")
}

fn has_dated_name(path: &str) -> bool {
    date_of_stem(name_that_counts(path)).is_some()
}

fn date_field(front_matter: &FrontMatter) -> Option<(&str, &str)> {
    let field = front_matter.field(Role::Date)?;
    match &field.value {
        Value::Text(date) => Some((&field.key, date)),
        _ => None,
    }
}

fn form_of(date: &str) -> Option<DateForm> {
    let date = date.trim();
    let (day, time) = date.split_at_checked(10)?;
    day.parse::<jiff::civil::Date>().ok()?;
    match time.chars().next() {
        None => Some(DateForm::Day),
        Some('T') if time.ends_with('Z') && time.contains('.') => Some(DateForm::UtcMilliseconds),
        Some('T') if time.ends_with('Z') => Some(DateForm::Utc),
        Some('T' | 't') => Some(DateForm::Rfc3339),
        Some(' ')
            if time
                .rsplit_once('+')
                .or(time.rsplit_once('-'))
                .is_some_and(|(_, zone)| zone.contains(':')) =>
        {
            Some(DateForm::SpacedColonOffset)
        }
        Some(' ') if time.trim_start().contains([' ', '+', 'Z']) => Some(DateForm::SpacedOffset),
        Some(' ') => Some(DateForm::Spaced),
        Some(_) => None,
    }
}

fn most_frequent<Item: PartialEq + Copy>(items: impl Iterator<Item = Item>) -> Option<Item> {
    let mut counts: Vec<(Item, usize)> = Vec::new();
    for item in items {
        match counts.iter_mut().find(|(known, _)| *known == item) {
            Some((_, count)) => *count += 1,
            None => counts.push((item, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(item, _)| item)
}
