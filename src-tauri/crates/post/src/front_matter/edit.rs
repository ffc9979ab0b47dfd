//! Editing one field. Whatever an editor of a notation proposes goes past the guard before it is handed out.

use super::{
    Format, FrontMatter, Kind, Problem, Reason, Value, guard, json_edits, read, split, toml_edits, yaml,
    yaml_edits,
};
use crate::profile::KeyCase;
use crate::{TextChange, apply_changes};

/// Something to do to a field, which a path of keys leads to: `["cover", "image"]` is `image` in the table `cover`.
#[derive(Debug, Clone, Copy)]
pub enum Operation<'a> {
    /// Gives a field a value. [`Value::Empty`] removes it. A field that is new goes to the end of its table, and
    /// tables that are missing are made.
    Set {
        /// The field.
        path: &'a [String],
        /// Its value.
        value: &'a Value,
        /// What its text is, where the field is new: a number is written without quotes, a date as one.
        kind: Kind,
    },
    /// Adds an item to a list that has it not; a text becomes a list of itself and the item.
    AddItem {
        /// The list.
        path: &'a [String],
        /// The item.
        item: &'a str,
    },
    /// Takes an item out of a list.
    RemoveItem {
        /// The list.
        path: &'a [String],
        /// The item.
        item: &'a str,
    },
    /// Takes a field out, and a table that it was the last field of.
    Remove {
        /// The field.
        path: &'a [String],
    },
    /// Gives a field another key.
    Rename {
        /// The field.
        path: &'a [String],
        /// Its new key.
        to: &'a str,
    },
    /// Puts the fields of a table into another order.
    Reorder {
        /// The table; empty for the top level.
        path: &'a [String],
        /// The keys that come first, in order; the others stay behind them as they are.
        keys: &'a [String],
    },
}

/// An operation as the editors of the notations see it: keys as they are written, tables known.
pub(super) enum Edit<'a> {
    Put { path: &'a [String], value: &'a Value, kind: Kind },
    Remove { path: &'a [String] },
    Rename { path: &'a [String], to: &'a str },
    Reorder { path: &'a [String], keys: &'a [String] },
}

impl Edit<'_> {
    pub(super) fn path(&self) -> &[String] {
        match self {
            Edit::Put { path, .. }
            | Edit::Remove { path }
            | Edit::Rename { path, .. }
            | Edit::Reorder { path, .. } => path,
        }
    }
}

/// Why a field cannot be edited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrontMatterError {
    /// The front matter cannot be read.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// The edit might change more than the field.
    #[error("line {line}, column {column}: the field \"{key}\" cannot be changed here: {reason}")]
    Refused {
        /// The field's key; of one in a table, the whole path with dots.
        key: String,
        /// Why.
        reason: Refusal,
        /// Line in the post, from 1.
        line: usize,
        /// Column in UTF-16 units, from 1.
        column: usize,
    },
}

/// Why an edit is refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// The field is an alias, or has an anchor or a tag.
    #[error("it has an anchor, an alias or a tag")]
    Marked,
    /// The field has fields of its own, or the new value would.
    #[error("it has parts inside parts")]
    Structured,
    /// The key cannot be written without quotes.
    #[error("its name has unusual characters")]
    UnusualKey,
    /// There is a field of the new name.
    #[error("there is a field \"{key}\" already")]
    KeyExists {
        /// The field that is there.
        key: String,
    },
    /// Another key differs in letter case alone, which the site's generator does not tell apart.
    #[error("\"{other}\" is the same field for the generator")]
    SameButCase {
        /// The other key.
        other: String,
    },
    /// The front matter is laid out in a way that is not edited.
    #[error("the front matter is laid out in an unusual way")]
    UnusualLayout,
    /// A second, independent reader does not understand the front matter, before the edit or after.
    #[error("other programs cannot read it: {message}")]
    UnreadableElsewhere {
        /// The reader's words.
        message: String,
    },
    /// Read again, more than the field differed.
    #[error("more than this field would change")]
    TooMuchWouldChange,
}

/// The changes that give a field a value; every byte that does not belong to the field stays. `key` names a field of
/// the top level or, where there is none of that name, with dots one inside tables. A post without front matter gets
/// one in YAML.
pub fn set_field(text: &str, key: &str, value: &Value) -> Result<Vec<TextChange>, FrontMatterError> {
    let path = read(text).path_of(key);
    edit(text, &Operation::Set { path: &path, value, kind: Kind::Text }, KeyCase::Counts)
}

/// The changes that an operation makes; every byte that does not belong to the field stays. The result has been read
/// again, by this reader and by an independent one: data differ in the field alone, lines in a bounded place alone.
pub fn edit(
    text: &str,
    operation: &Operation<'_>,
    key_case: KeyCase,
) -> Result<Vec<TextChange>, FrontMatterError> {
    let mut before = read(text);
    if let Some(problem) = before.problem {
        return Err(problem.into());
    }
    if key_case == KeyCase::Ignored {
        before.lock_keys_that_differ_in_case();
    }
    match *operation {
        Operation::Set { path, value: Value::Empty, .. } | Operation::Remove { path } => {
            let path = before.as_written(path);
            if before.at(&path).is_none() {
                return Ok(Vec::new());
            }
            let path = before.with_emptied_tables(&path);
            perform(text, &before, &Edit::Remove { path })
        }
        Operation::Set { path, value, kind } => {
            let path = before.as_written(path);
            let known = before.at(&path);
            if known.is_some_and(|field| field.value == *value && field.locked.is_none()) {
                return Ok(Vec::new());
            }
            perform(text, &before, &Edit::Put { path: &path, value, kind })
        }
        Operation::AddItem { path, item } => {
            let path = before.as_written(path);
            let mut items = before.items_at(&path);
            if items.iter().any(|known| known == item) {
                return Ok(Vec::new());
            }
            items.push(item.to_owned());
            let value = &Value::List(items);
            perform(text, &before, &Edit::Put { path: &path, value, kind: Kind::Text })
        }
        Operation::RemoveItem { path, item } => {
            let path = before.as_written(path);
            let mut items = before.items_at(&path);
            if !items.iter().any(|known| known == item) {
                return Ok(Vec::new());
            }
            items.retain(|known| known != item);
            let value = &Value::List(items);
            perform(text, &before, &Edit::Put { path: &path, value, kind: Kind::Text })
        }
        Operation::Rename { path, to } => {
            let path = before.as_written(path);
            if path.last().is_some_and(|key| key == to) {
                return Ok(Vec::new());
            }
            perform(text, &before, &Edit::Rename { path: &path, to })
        }
        Operation::Reorder { path, keys } => {
            let path = before.as_written(path);
            perform(text, &before, &Edit::Reorder { path: &path, keys })
        }
    }
}

impl FrontMatter {
    /// The path that a name with dots stands for, unless a field of the top level has that name.
    pub fn path_of(&self, name: &str) -> Vec<String> {
        let is_known = self.fields.iter().any(|field| field.key.eq_ignore_ascii_case(name));
        if is_known || !name.contains('.') {
            return vec![name.to_owned()];
        }
        name.split('.').map(str::to_owned).collect()
    }

    /// A path with its keys as the text has them, where they differ in letter case alone.
    fn as_written(&self, path: &[String]) -> Vec<String> {
        let mut fields = self.fields.as_slice();
        let mut written = Vec::with_capacity(path.len());
        for key in path {
            let known = fields.iter().find(|field| field.key == *key);
            let known = known.or_else(|| fields.iter().find(|field| field.key.eq_ignore_ascii_case(key)));
            written.push(known.map_or_else(|| key.clone(), |field| field.key.clone()));
            fields = known.map_or(&[], |field| field.inner());
        }
        written
    }

    /// The path of what is to be removed with a field: the tables too that have no other.
    fn with_emptied_tables<'a>(&self, path: &'a [String]) -> &'a [String] {
        let mut path = path;
        while let Some((_, tables)) = path.split_last() {
            if tables.is_empty() || self.at(tables).is_none_or(|table| table.inner().len() != 1) {
                break;
            }
            path = tables;
        }
        path
    }

    fn items_at(&self, path: &[String]) -> Vec<String> {
        match self.at(path).map(|field| &field.value) {
            Some(Value::List(items)) => items.clone(),
            Some(Value::Text(text)) if !text.is_empty() => vec![text.clone()],
            _ => Vec::new(),
        }
    }
}

fn perform(text: &str, before: &FrontMatter, edit: &Edit<'_>) -> Result<Vec<TextChange>, FrontMatterError> {
    let refused = |reason| refused(before, edit, reason);
    check_fields(before, edit)?;
    let parts = split(text);
    let source = &text[parts.source.clone()];
    let changes = match parts.format {
        Format::None if begins_with_blank_lines(text) => Err(Refusal::UnusualLayout),
        Format::None => match edit {
            Edit::Put { path, value, kind } => Ok(yaml_edits::new_front_matter(text, path, value, *kind)),
            _ => Err(Refusal::UnusualLayout),
        },
        Format::Yaml => yaml_edits::changes(source, edit),
        Format::Toml => toml_edits::changes(source, edit),
        Format::Json => json_edits::changes(source, edit),
    };
    let mut changes = changes.map_err(refused)?;
    for change in &mut changes {
        narrow(source, change);
        change.from += parts.source.start;
        change.to += parts.source.start;
    }
    changes.retain(|change| change.from < change.to || !change.insert.is_empty());
    let after = apply_changes(text, &changes);
    guard::check(text, before, &after, edit).map_err(refused)?;
    Ok(changes)
}

/// A second front matter before one that a generator would still take for one would hide it.
fn begins_with_blank_lines(text: &str) -> bool {
    let rest = text.trim_start();
    rest.len() < text.len() && split(rest).format != Format::None
}

/// Refuses what the fields on the path say that cannot be.
fn check_fields(before: &FrontMatter, edit: &Edit<'_>) -> Result<(), FrontMatterError> {
    let path = edit.path();
    let refused = |reason| Err(refused(before, edit, reason));
    for depth in 1..=path.len() {
        let Some(field) = before.at(&path[..depth]) else { break };
        let is_target = depth == path.len();
        let Some(lock) = &field.locked else { continue };
        let moves_whole = is_target && !matches!(edit, Edit::Put { .. });
        let reason = match &lock.reason {
            Reason::Marked => Refusal::Marked,
            Reason::SameButCase { .. } if matches!(edit, Edit::Remove { .. }) => continue,
            Reason::SameButCase { other, .. } => Refusal::SameButCase { other: other.clone() },
            _ if moves_whole => continue,
            _ => Refusal::Structured,
        };
        let (key, line, column) = (path[..depth].join("."), lock.line, lock.column);
        return Err(FrontMatterError::Refused { key, reason, line, column });
    }
    match edit {
        Edit::Put { value: Value::Source(_) | Value::Table(_), .. } => refused(Refusal::Structured),
        Edit::Put { path, .. } => {
            let is_new = |depth: &usize| before.at(&path[..=*depth]).is_none();
            let mut new_keys = (0..path.len()).filter(is_new).map(|depth| &path[depth]);
            let is_simple = path.is_empty() || new_keys.all(|key| yaml::is_simple_key(key));
            if is_simple { Ok(()) } else { refused(Refusal::UnusualKey) }
        }
        Edit::Rename { path, to } => {
            let siblings = match path {
                [] | [_] => before.fields.as_slice(),
                [tables @ .., _] => before.at(tables).map_or(&[][..], |table| table.inner()),
            };
            let renames_itself = path.last().is_some_and(|key| key.eq_ignore_ascii_case(to));
            let twin = siblings.iter().find(|field| field.key.eq_ignore_ascii_case(to));
            match twin.filter(|_| !renames_itself) {
                Some(twin) => refused(Refusal::KeyExists { key: twin.key.clone() }),
                None if !yaml::is_simple_key(to) => refused(Refusal::UnusualKey),
                None => Ok(()),
            }
        }
        Edit::Remove { .. } | Edit::Reorder { .. } => Ok(()),
    }
}

/// The refusal at the place of the field, or of the nearest table of its path that is there.
fn refused(before: &FrontMatter, edit: &Edit<'_>, reason: Refusal) -> FrontMatterError {
    let path = edit.path();
    let known = (1..=path.len()).rev().find_map(|depth| before.at(&path[..depth]));
    let line = known.map_or(1, |field| field.line);
    FrontMatterError::Refused { key: path.join("."), reason, line, column: 1 }
}

/// Leaves out what a change would replace by itself, so that a cursor beside it stays.
fn narrow(source: &str, change: &mut TextChange) {
    let same_letters = |one: &str, other: &str| -> usize {
        one.chars()
            .zip(other.chars())
            .take_while(|(one, other)| one == other)
            .map(|(one, _)| one.len_utf8())
            .sum()
    };
    let replaced = &source[change.from..change.to];
    let head = same_letters(replaced, &change.insert);
    let (replaced_rest, insert_rest) = (&replaced[head..], &change.insert[head..]);
    let tail: usize = replaced_rest
        .chars()
        .rev()
        .zip(insert_rest.chars().rev())
        .take_while(|(one, other)| one == other)
        .map(|(one, _)| one.len_utf8())
        .sum();
    change.insert = insert_rest[..insert_rest.len() - tail].to_owned();
    change.from += head;
    change.to -= tail;
}
