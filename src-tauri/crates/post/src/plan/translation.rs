//! The front matter of one site's post in the words of another site's generator.
//!
//! Jekyll and Hexo read YAML alone; Zola has tags under `taxonomies` and the others beside the title; Jekyll names a
//! layout that no other site has; what holds a post back has another name for each, and `published` is a date for Hugo,
//! which stops at `published: false`.

use serde_json::Value as Tree;

use super::PlanInput;
use super::dates;
use crate::apply_changes;
use crate::front_matter::{self, Format, FrontMatter, Role, Value, set_field, split};
use crate::profile::Generator;

/// The lists that Zola keeps under `taxonomies`.
const TAXONOMIES: [&str; 2] = ["tags", "categories"];

/// The text with a front matter that the target reads as the source was read; every field that means the same to both
/// keeps its bytes. A front matter that cannot be read stays.
pub(super) fn translated(input: &PlanInput<'_>) -> String {
    let read = front_matter::read(input.text);
    let target = input.profile.generator;
    if read.problem.is_some() || read.format == Format::None || target == Generator::Plain {
        return input.text.to_owned();
    }
    let has_taxonomies = read.fields.iter().any(|field| field.key.split('.').next() == Some("taxonomies"));
    let reads_it = match target {
        Generator::Jekyll | Generator::Hexo => read.format == Format::Yaml,
        Generator::Zola | Generator::Astro => read.format != Format::Json,
        Generator::Hugo | Generator::Plain => true,
    };
    let text = if !reads_it || has_taxonomies && target != Generator::Zola {
        in_yaml(input.text, &read)
    } else {
        input.text.to_owned()
    };
    let text = if target == Generator::Zola { with_taxonomies(&text) } else { text };
    match input.source {
        Some(source) if source.generator != target => of_another_site(input, source.generator, text),
        _ => text,
    }
}

/// The same fields in YAML, in their order, with those of `taxonomies` beside the others.
fn in_yaml(text: &str, read: &FrontMatter) -> String {
    let parts = split(text);
    let Ok(Tree::Object(tree)) = front_matter::tree(&text[parts.source.clone()], read.format) else {
        return text.to_owned();
    };
    let mut keys: Vec<&str> = Vec::new();
    for field in &read.fields {
        let key = if tree.contains_key(&field.key) { &field.key } else { first_part(&field.key) };
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let mut head = "---\n---\n".to_owned();
    for key in keys {
        match tree.get(key) {
            Some(Tree::Object(lists)) if key == "taxonomies" => {
                lists.iter().for_each(|(key, value)| head = with_value(&head, key, value));
            }
            Some(value) => head = with_value(&head, key, value),
            None => {}
        }
    }
    let body = &text[parts.body_start..];
    let between = if body.starts_with('\n') || body.is_empty() { "" } else { "\n" };
    format!("{head}{between}{body}")
}

fn first_part(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

/// A YAML front matter with one more field. What is neither a text nor a list of texts is written as JSON, which YAML
/// reads alike.
fn with_value(head: &str, key: &str, value: &Tree) -> String {
    let texts = |items: &Vec<Tree>| -> Option<Vec<String>> {
        items.iter().map(|item| item.as_str().map(ToOwned::to_owned)).collect()
    };
    let simple = match value {
        Tree::String(text) => Some(Value::Text(text.clone())),
        Tree::Bool(truth) => Some(Value::Boolean(*truth)),
        Tree::Array(items) => texts(items).map(Value::List),
        _ => None,
    };
    if let Some(changes) = simple.and_then(|value| set_field(head, key, &value).ok()) {
        return apply_changes(head, &changes);
    }
    let key = if key.chars().all(|letter| letter.is_alphanumeric() || "_-".contains(letter)) {
        key.to_owned()
    } else {
        Tree::String(key.to_owned()).to_string()
    };
    let end = head.len() - "---\n".len();
    format!("{}{key}: {value}\n{}", &head[..end], &head[end..])
}

/// The lists of the top under `taxonomies`, as Zola has them.
fn with_taxonomies(text: &str) -> String {
    let read = front_matter::read(text);
    if read.fields.iter().any(|field| first_part(&field.key) == "taxonomies") {
        return text.to_owned();
    }
    let mut lists: Vec<(&str, Vec<String>)> = Vec::new();
    let mut without = text.to_owned();
    for (role, name) in [Role::Tags, Role::Categories].into_iter().zip(TAXONOMIES) {
        let Some(field) = read.field(role) else { continue };
        let Ok(changes) = set_field(&without, &field.key, &Value::Empty) else { return text.to_owned() };
        without = apply_changes(&without, &changes);
        let items = read.list(role);
        if !items.is_empty() {
            lists.push((name, items));
        }
    }
    if lists.is_empty() {
        return text.to_owned();
    }
    let parts = split(&without);
    let list = |items: &[String]| Tree::from(items.to_vec()).to_string().replace("\",\"", "\", \"");
    let lines: String = match parts.format {
        Format::Toml => lists.iter().map(|(name, items)| format!("{name} = {}\n", list(items))).collect(),
        _ => lists.iter().map(|(name, items)| format!("  {name}: {}\n", list(items))).collect(),
    };
    let title = if parts.format == Format::Toml { "[taxonomies]\n" } else { "taxonomies:\n" };
    let (before, after) = without.split_at(parts.source.end);
    let line_end = if before.ends_with('\n') { "" } else { "\n" };
    let whole = format!("{before}{line_end}{title}{lines}{after}");
    // What cannot be read afterwards is left as it was.
    if front_matter::read(&whole).problem.is_none() { whole } else { text.to_owned() }
}

/// What has another name or form in the site that the post comes from.
fn of_another_site(input: &PlanInput<'_>, source: Generator, mut text: String) -> String {
    let target = input.profile.generator;
    let mut edits: Vec<(String, Value)> = Vec::new();
    let read = front_matter::read(&text);
    for field in &read.fields {
        let is_layout = field.key == "layout" && source == Generator::Jekyll;
        let reads_published = matches!(target, Generator::Jekyll | Generator::Hexo);
        let holds_back = match field.key.to_ascii_lowercase().as_str() {
            "published" => !reads_published && matches!(field.value, Value::Boolean(_)),
            "draft" => reads_published && matches!(field.value, Value::Boolean(_)),
            _ => false,
        };
        if is_layout || holds_back {
            edits.push((field.key.clone(), Value::Empty));
        }
    }
    let date = read.field(Role::Date).zip(moment_of(input, &read));
    if let Some((field, moment)) = date {
        let new_posts = &input.profile.new_posts;
        let form = new_posts.date_form.within(read.format);
        let written = dates::written(&moment, form);
        if field.key != new_posts.date_key {
            edits.push((field.key.clone(), Value::Empty));
        }
        edits.push((new_posts.date_key.clone(), Value::Text(written)));
    }
    for (key, value) in edits {
        if let Ok(changes) = set_field(&text, &key, &value) {
            text = apply_changes(&text, &changes);
        }
    }
    text
}

/// When the post is of, as its own site reads it, in the target's zone.
fn moment_of(input: &PlanInput<'_>, read: &FrontMatter) -> Option<jiff::Zoned> {
    read.text(Role::Date)?;
    let source = input.source?;
    let zone = input.now.time_zone().clone();
    let source_now = source.time_zone.as_deref().and_then(|zone| input.now.in_tz(zone).ok());
    let at_source =
        PlanInput { profile: source, now: source_now.unwrap_or_else(|| input.now.clone()), ..input.clone() };
    let moment = dates::date_of(read, &at_source)?.moment?;
    Some(moment.to_zoned(zone))
}
