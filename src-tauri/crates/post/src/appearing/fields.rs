//! Fields that the generator takes for something else than the writer may think.

use super::{Finding, FindingKind, Look};
use crate::TextChange;
use crate::front_matter::{Field, Format, Kind, Operation, Role, Value, role_of};
use crate::profile::Generator;

pub(super) fn findings(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for field in &look.read.fields {
        found.extend(match look.looked.rules.generator {
            Generator::Hugo => hugo(look, field),
            Generator::Jekyll => tags_in_one_text(look, field),
            Generator::Zola => zola(look, field),
            Generator::Hexo | Generator::Astro | Generator::Plain => None,
        });
        found.extend(loses_word(look, field));
    }
    found.extend(empty_slug(look));
    if look.looked.rules.generator == Generator::Zola {
        found.extend(undeclared(look));
    }
    found
}

/// Run: each ends the build.
fn hugo(look: &Look<'_>, field: &Field) -> Option<Finding> {
    let is_foreign = |text: &String| text.trim().starts_with("http");
    let has_foreign = match (field.key.to_ascii_lowercase().as_str(), &field.value) {
        ("url", Value::Text(text)) => is_foreign(text) && text.contains("://"),
        ("aliases", Value::List(items)) => items.iter().any(is_foreign),
        ("aliases", Value::Text(text)) => is_foreign(text),
        _ => false,
    };
    has_foreign.then(|| look.finding(FindingKind::ForeignAddress { key: field.key.clone() }, field))
}

/// Run: Jekyll makes `a,`, `b` and `c` of `tags: a, b c`.
fn tags_in_one_text(look: &Look<'_>, field: &Field) -> Option<Finding> {
    let Value::Text(text) = &field.value else { return None };
    if !matches!(field.key.as_str(), "tags" | "categories") || !text.contains(',') {
        return None;
    }
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(ToOwned::to_owned);
    let (path, value) = ([field.key.clone()], Value::List(items.collect()));
    let mend = look.changes(&Operation::Set { path: &path, value: &value, kind: Kind::Text });
    Some(Finding { mend, ..look.finding(FindingKind::TagsInOneText { key: field.key.clone() }, field) })
}

fn zola(look: &Look<'_>, field: &Field) -> Option<Finding> {
    let is_taxonomy = look.looked.rules.taxonomies.contains(&field.key)
        || matches!(role_of(&field.key), Some(Role::Tags | Role::Categories));
    let holds_names = matches!(field.value, Value::List(_));
    (is_taxonomy && holds_names)
        .then(|| look.finding(FindingKind::OutsideTaxonomies { key: field.key.clone() }, field))
}

fn undeclared(look: &Look<'_>) -> Vec<Finding> {
    let Some(taxonomies) = look.field("taxonomies") else { return Vec::new() };
    let declared = &look.looked.rules.taxonomies;
    let unknown = taxonomies.inner().iter().filter(|field| !declared.contains(&field.key));
    unknown
        .map(|field| look.finding(FindingKind::UndeclaredTaxonomy { name: field.key.clone() }, field))
        .collect()
}

/// Run: `title: &참조 이해` is `이해` in Hugo, Jekyll and Hexo.
fn loses_word(look: &Look<'_>, field: &Field) -> Option<Finding> {
    if look.read.format != Format::Yaml {
        return None;
    }
    let place = super::line(look.looked.text, field.line);
    let line = &look.looked.text[place.clone()];
    let value = line.strip_prefix(field.key.as_str())?.trim_start().strip_prefix(':')?.trim_start();
    let (word, rest) = value.strip_prefix('&')?.split_once(' ')?;
    // An anchor that is used somewhere is meant as one.
    let is_used = look.looked.text[..look.read.body_start].contains(&format!("*{word}"));
    let is_text =
        !rest.trim_start().starts_with(['[', '{', '|', '>', '"', '\'', '!']) && !rest.trim().is_empty();
    if is_used || !is_text {
        return None;
    }
    let from = place.end - value.len();
    let insert = format!("'{}'", value.replace('\'', "''"));
    let kind = FindingKind::LosesWord { key: field.key.clone(), word: format!("&{word}") };
    let mend = vec![TextChange { from, to: place.end, insert }];
    Some(Finding { mend, ..look.finding(kind, field) })
}

/// Run: Hugo gives such a post its section's address, Jekyll one without a name.
fn empty_slug(look: &Look<'_>) -> Option<Finding> {
    let generator = look.looked.rules.generator;
    if !matches!(generator, Generator::Hugo | Generator::Jekyll) || look.field("url").is_some() {
        return None;
    }
    let field = look.field("slug")?;
    let Value::Text(text) = &field.value else { return None };
    // Without a slug Hugo takes the file's name.
    let is_empty =
        !text.contains(char::is_alphanumeric) && (generator == Generator::Jekyll || !text.is_empty());
    if !is_empty {
        return None;
    }
    let offers = crate::slug::slug_offers(look.looked.text);
    let path = [field.key.clone()];
    let written = |slug: Option<String>| {
        let value = slug.map(Value::Text);
        let set = |value| look.changes(&Operation::Set { path: &path, value, kind: Kind::Text });
        value.as_ref().map(set).unwrap_or_default()
    };
    let (mend, other_mend) = (written(offers.kept), written(offers.romanised));
    Some(Finding { mend, other_mend, ..look.finding(FindingKind::EmptySlug, field) })
}
