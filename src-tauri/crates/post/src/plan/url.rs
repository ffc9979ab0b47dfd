//! The address that a post will have, where the generator's rule is simple enough to tell.

use super::PlanInput;
use super::dates::PostDate;
use super::target::{Target, join};
use crate::front_matter::{FrontMatter, Role, Value};
use crate::profile::{Generator, Layout};

/// The path of the post's address from the site's root.
pub(super) fn of(
    input: &PlanInput<'_>,
    read: &FrontMatter,
    date: Option<&PostDate>,
    target: &Target,
) -> Option<String> {
    if input.profile.custom_urls || target.fault.is_some() {
        return None;
    }
    let path = match input.profile.generator {
        Generator::Hugo => hugo(input, read, target),
        Generator::Zola => hugo(input, read, target).filter(|path| path.is_ascii()),
        Generator::Jekyll => jekyll(read, date?, target),
        Generator::Hexo | Generator::Astro | Generator::Plain => None,
    }?;
    Some(format!("{}{path}", input.profile.base_path))
}

/// The text of a field by its key.
fn text_of<'a>(read: &'a FrontMatter, keys: &[&str]) -> Option<&'a str> {
    let field = read.fields.iter().find(|field| keys.contains(&field.key.to_ascii_lowercase().as_str()))?;
    match &field.value {
        Value::Text(text) if !text.trim().is_empty() => Some(text.trim()),
        _ => None,
    }
}

fn hugo(input: &PlanInput<'_>, read: &FrontMatter, target: &Target) -> Option<String> {
    if let Some(url) = text_of(read, &["url", "path"]) {
        return (!url.contains([':', '%'])).then(|| format!("/{}", url.trim_start_matches('/')));
    }
    let content = input.profile.content_folder.as_str();
    let section = target.folder.strip_prefix(content)?.trim_start_matches('/');
    let named = match target.layout {
        Layout::File => target.path.rsplit('/').next()?.rsplit_once('.')?.0,
        Layout::Bundle => target.file_folder().rsplit('/').next()?,
    };
    let last = read.text(Role::Slug).unwrap_or(named);
    Some(format!("/{}/", join(section, last)).to_lowercase().replace(' ', "-"))
}

fn jekyll(read: &FrontMatter, date: &PostDate, target: &Target) -> Option<String> {
    if let Some(permalink) = text_of(read, &["permalink"]) {
        return (!permalink.contains(':')).then(|| format!("/{}", permalink.trim_start_matches('/')));
    }
    let above_posts =
        target.folder.split('/').take_while(|part| *part != "_posts").filter(|part| !part.is_empty());
    let mut categories: Vec<String> = above_posts.map(str::to_lowercase).collect();
    let field = read.field(Role::Categories);
    let written: Vec<String> = match field.map(|field| (field.key.as_str(), &field.value)) {
        Some(("categories", Value::Text(text))) => text.split_whitespace().map(str::to_lowercase).collect(),
        Some((_, Value::Text(text))) => vec![text.trim().to_lowercase()],
        Some((_, Value::List(items))) => items.iter().map(|item| item.to_lowercase()).collect(),
        _ => Vec::new(),
    };
    for category in written {
        if !category.is_empty() && !categories.contains(&category) {
            categories.push(category);
        }
    }
    let slug = read.text(Role::Slug).unwrap_or(&target.slug);
    let day = date.day.strftime("%Y/%m/%d");
    Some(format!("/{}.html", join(&categories.join("/"), &format!("{day}/{slug}"))))
}
