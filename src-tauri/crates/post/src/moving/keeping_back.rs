//! To a draft and back, by each generator's own way.
//!
//! Hugo and Zola read `draft`; Jekyll and Hexo keep drafts in a folder of their own, and hold back what says
//! `published: false`. An Astro site has no drafts but those that its own code knows.

use super::{Move, MoveInput, assets_of, files_below, unmoved, with_field};
use crate::front_matter::{self, FrontMatter, Role, Value};
use crate::plan::{Obstacle, written_date};
use crate::profile::{Generator, date_of_name};

/// Folders of posts and of drafts, as Jekyll and Hexo name them.
const POSTS: &str = "_posts";
const DRAFTS: &str = "_drafts";

/// Keeps a post back.
pub(super) fn hold(input: &MoveInput<'_>) -> Result<Move, Obstacle> {
    let read = front_matter::read(input.text);
    match input.profile.generator {
        Generator::Hugo | Generator::Zola => flag(input, &read, true),
        Generator::Astro if astro_knows_drafts(input) => flag(input, &read, true),
        Generator::Astro | Generator::Plain => Err(Obstacle::NoDrafts),
        Generator::Jekyll | Generator::Hexo if is_held_by_field(&read) => Err(Obstacle::NothingToMove),
        Generator::Jekyll if !uses_draft_folder(input) => {
            let text = with_field(input.text, "published", &Value::Boolean(false))?;
            Ok(Move { text, ..unmoved(input) })
        }
        Generator::Jekyll | Generator::Hexo => into_drafts(input, &read),
    }
}

/// Shows a post again.
pub(super) fn release(input: &MoveInput<'_>) -> Result<Move, Obstacle> {
    let read = front_matter::read(input.text);
    match input.profile.generator {
        Generator::Hugo | Generator::Zola | Generator::Astro => flag(input, &read, false),
        Generator::Plain => Err(Obstacle::NoDrafts),
        Generator::Jekyll | Generator::Hexo => {
            let mut moved = out_of_drafts(input, &read)?.unwrap_or_else(|| unmoved(input));
            if is_held_by_field(&read) {
                moved.text = with_field(&moved.text, "published", &Value::Empty)?;
            }
            if moved == unmoved(input) { Err(Obstacle::NothingToMove) } else { Ok(moved) }
        }
    }
}

/// `draft: true` or `false`, under the key that the post has.
fn flag(input: &MoveInput<'_>, read: &FrontMatter, held: bool) -> Result<Move, Obstacle> {
    let field = read.field(Role::Draft);
    let is_held = field.is_some_and(|field| field.value == Value::Boolean(true));
    if is_held == held {
        return Err(Obstacle::NothingToMove);
    }
    let key = field.map_or("draft", |field| field.key.as_str());
    let text = with_field(input.text, key, &Value::Boolean(held))?;
    Ok(Move { text, ..unmoved(input) })
}

fn is_held_by_field(read: &FrontMatter) -> bool {
    read.fields.iter().any(|field| field.key == "published" && field.value == Value::Boolean(false))
}

/// Whether the site's own posts say `draft`: its schema has it then.
fn astro_knows_drafts(input: &MoveInput<'_>) -> bool {
    let says = |text: &str| front_matter::read(text).field(Role::Draft).is_some();
    says(input.text) || input.others.iter().any(|other| says(&other.text))
}

/// A site that holds posts back by `published: false` goes on so; any other one has a folder of drafts.
fn uses_draft_folder(input: &MoveInput<'_>) -> bool {
    let has_folder = input.files.iter().any(|file| file.split('/').any(|part| part == DRAFTS));
    has_folder || !input.others.iter().any(|other| is_held_by_field(&front_matter::read(&other.text)))
}

/// The path with another folder in place of the last of a name; none where it is in no such folder.
fn in_folder(path: &str, from: &str, to: &str) -> Option<String> {
    let mut parts: Vec<&str> = path.split('/').collect();
    let place = parts.iter().rposition(|part| *part == from)?;
    parts[place] = to;
    Some(parts.join("/"))
}

fn into_drafts(input: &MoveInput<'_>, read: &FrontMatter) -> Result<Move, Obstacle> {
    let path = in_folder(input.path, POSTS, DRAFTS).ok_or(Obstacle::NothingToMove)?;
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let dated = date_of_name(name).filter(|_| input.profile.generator == Generator::Jekyll);
    let Some((day, slug)) = dated else {
        return Ok(moved_to(input, path.clone(), input.text.to_owned()));
    };
    let extension = name.rsplit_once('.').map_or("md", |(_, extension)| extension);
    // The name loses its day, which must not be lost.
    let text = match read.text(Role::Date) {
        Some(_) => input.text.to_owned(),
        None => with_field(input.text, "date", &Value::Text(day.to_string()))?,
    };
    Ok(moved_to(input, format!("{folder}/{slug}.{extension}"), text))
}

fn out_of_drafts(input: &MoveInput<'_>, read: &FrontMatter) -> Result<Option<Move>, Obstacle> {
    let Some(path) = in_folder(input.path, DRAFTS, POSTS) else { return Ok(None) };
    let text = match read.text(Role::Date) {
        Some(_) => input.text.to_owned(),
        None => {
            let new_posts = &input.profile.new_posts;
            let now = Value::Text(written_date(&input.now, new_posts.date_form));
            with_field(input.text, &new_posts.date_key, &now)?
        }
    };
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    if let Some(names) = input.profile.addresses.hexo_names()
        && names.read(name).is_none()
        && folder.ends_with(POSTS)
    {
        let day = crate::plan::day_of(input.profile, &text, &input.now).unwrap_or_else(|| input.now.date());
        let slug = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        return Ok(Some(moved_to(input, format!("{folder}/{}", names.path(slug, day)), text)));
    }
    if input.profile.generator != Generator::Jekyll || date_of_name(name).is_some() {
        return Ok(Some(moved_to(input, path.clone(), text)));
    }
    let day = crate::plan::day_of(input.profile, &text, &input.now).unwrap_or_else(|| input.now.date());
    Ok(Some(moved_to(input, format!("{folder}/{day}-{name}"), text)))
}

fn moved_to(input: &MoveInput<'_>, path: String, text: String) -> Move {
    let assets = assets_of(input.profile, input.path).zip(assets_of(input.profile, &path));
    let files = assets.map_or_else(Vec::new, |(from, to)| files_below(input.files, &from, &to));
    let slug = super::renaming::slug_of(input.profile, &path);
    let url = crate::plan::address_at(input.profile, &path, &text, &input.now);
    Move { path, text, slug, url, files, ..unmoved(input) }
}
