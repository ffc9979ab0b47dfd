//! What moving a published post would change: to a draft by its generator's own way and back, or to another name.

mod keeping_back;
mod links;
mod own_images;
mod renaming;

use jiff::Zoned;
use jiff::civil::Date;

use crate::front_matter::{self, Value};
use crate::plan::{Obstacle, address_at};
use crate::profile::{Generator, Profile};
use crate::{apply_changes, front_matter::set_field};

/// What a move is planned from.
pub struct MoveInput<'a> {
    /// The site.
    pub profile: &'a Profile,
    /// The post's file, relative to the site.
    pub path: &'a str,
    /// The post's text.
    pub text: &'a str,
    /// Where to.
    pub to: MoveTo,
    /// The time, in the site's zone; the writer's where the site names none.
    pub now: Zoned,
    /// All files of the site, relative to it.
    pub files: &'a [String],
    /// The site's other posts.
    pub others: &'a [OtherPost],
    /// Whether the site leads from old addresses to new ones by `redirect_from`, as Jekyll does with a plugin.
    pub redirects: bool,
}

/// A post of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPost {
    /// Its file, relative to the site.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Where a post is moved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MoveTo {
    /// The site keeps it back.
    Draft,
    /// The site shows it again.
    Published,
    /// Its file has another name.
    Name {
        /// The new slug; none: as it is.
        slug: Option<String>,
        /// The new day; none: as it is.
        day: Option<Date>,
        /// Whether the old address is to lead to the new one.
        alias: bool,
    },
}

/// What a move would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The post's file afterwards.
    pub path: String,
    /// The post's text afterwards.
    pub text: String,
    /// The slug afterwards.
    pub slug: String,
    /// The address afterwards, where it can be told.
    pub url: Option<String>,
    /// The address that the post has now and loses, where the generator can lead from it to the new one.
    pub alias: Option<String>,
    /// Files that move with the post.
    pub files: Vec<FileMove>,
    /// Other posts whose links change, with their texts afterwards.
    pub others: Vec<OtherPost>,
    /// Why the post cannot be moved.
    pub obstacle: Option<Obstacle>,
}

/// A file that moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileMove {
    /// Where it is, relative to the site.
    pub from: String,
    /// Where it goes.
    pub to: String,
}

/// Plans a move.
pub fn plan_move(input: &MoveInput<'_>) -> Move {
    let moved = match &input.to {
        _ if front_matter::read(input.text).problem.is_some() => front_matter::read(input.text)
            .problem
            .map_or(Err(Obstacle::NothingToMove), |problem| Err(problem.into())),
        MoveTo::Draft => keeping_back::hold(input),
        MoveTo::Published => keeping_back::release(input),
        MoveTo::Name { slug, day, alias } => renaming::rename(input, slug.as_deref(), *day, *alias),
    };
    let mut moved = moved.unwrap_or_else(|obstacle| Move { obstacle: Some(obstacle), ..unmoved(input) });
    // What moves away itself stands in nobody's way: a name may change in its letter case alone. Where a disk takes both
    // names for one, the writing of files finds the new one there and refuses.
    let leaves = |file: &str| file == input.path || moved.files.iter().any(|other| other.from == file);
    let folded = |path: &str| path.to_lowercase();
    let stays = moved.path == input.path;
    let taken = input.files.iter().filter(|file| !leaves(file)).find(|file| {
        let file = folded(file);
        !stays && file == folded(&moved.path) || moved.files.iter().any(|other| file == folded(&other.to))
    });
    if let (None, Some(path)) = (&moved.obstacle, taken) {
        moved.obstacle = Some(Obstacle::TargetExists { path: path.clone() });
    }
    moved
}

/// The post as it is.
fn unmoved(input: &MoveInput<'_>) -> Move {
    Move {
        path: input.path.to_owned(),
        text: input.text.to_owned(),
        slug: renaming::slug_of(input.profile, input.path),
        url: address_at(input.profile, input.path, input.text, &input.now),
        alias: None,
        files: Vec::new(),
        others: Vec::new(),
        obstacle: None,
    }
}

/// The text with a value for one field; an empty one takes the field out.
fn with_field(text: &str, key: &str, value: &Value) -> Result<String, Obstacle> {
    match set_field(text, key, value) {
        Ok(changes) => Ok(apply_changes(text, &changes)),
        Err(_) => Err(Obstacle::FieldNotWritten { key: key.to_owned() }),
    }
}

/// The files that lie in a folder, as they lie in another one afterwards.
fn files_below(files: &[String], from: &str, to: &str) -> Vec<FileMove> {
    let inner = |file: &String| {
        let rest = file.strip_prefix(from)?.strip_prefix('/')?;
        Some(FileMove { from: file.clone(), to: format!("{to}/{rest}") })
    };
    files.iter().filter_map(inner).collect()
}

/// The folder of the files that belong to a post which is one file: Hexo's asset folder.
fn assets_of(profile: &Profile, path: &str) -> Option<String> {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    (profile.generator == Generator::Hexo).then(|| stem.to_owned())
}

#[cfg(test)]
mod tests;
