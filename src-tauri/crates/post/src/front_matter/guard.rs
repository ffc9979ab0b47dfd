//! The guard of every edit: the edited post is read again, by this reader and by an independent one. Data may differ
//! in the field alone, and lines in the field's place alone.

use super::edit::{Edit, Refusal};
use super::second_reader::{self, Form, Tree, Unreadable};
use super::{Format, FrontMatter, Value, quoting, read, split};

/// Lets an edit pass, or says why it must not be made.
pub(super) fn check(
    text: &str,
    before: &FrontMatter,
    after_text: &str,
    edit: &Edit<'_>,
) -> Result<(), Refusal> {
    let after = read(after_text);
    let format_fits = after.format == before.format || before.format == Format::None;
    let (body, body_after) = (&text[before.body_start..], &after_text[after.body_start..]);
    let body_stays =
        body == body_after || (before.format == Format::None && body_after.strip_prefix('\n') == Some(body));
    let is_sound = after.problem.is_none() && format_fits && body_stays;
    if !is_sound || !says_what_is_wanted(&after, edit) || !lines_are_bounded(text, before, after_text, edit) {
        return Err(Refusal::TooMuchWouldChange);
    }
    let unreadable = |error: Unreadable| Refusal::UnreadableElsewhere { message: error.message };
    let tree_of = |text: &str, format| second_reader::read(&text[split(text).source], format);
    let mut expected = tree_of(text, before.format).map_err(unreadable)?;
    let mut found = tree_of(after_text, after.format).map_err(unreadable)?;
    let is_made = take_over(&mut expected, &mut found, edit, after.format);
    if is_made && same(&expected, &found) { Ok(()) } else { Err(Refusal::TooMuchWouldChange) }
}

/// What this reader finds in the field.
fn says_what_is_wanted(after: &FrontMatter, edit: &Edit<'_>) -> bool {
    match edit {
        Edit::Put { path, value, .. } => after.at(path).is_some_and(|field| field.value == **value),
        Edit::Remove { path } => after.at(path).is_none(),
        Edit::Rename { path, to } => {
            let mut renamed = path.to_vec();
            renamed.pop();
            renamed.push((*to).to_owned());
            after.at(&renamed).is_some() && after.at(path).is_none()
        }
        Edit::Reorder { path, keys } => {
            let fields = match path {
                [] => after.fields.as_slice(),
                path => after.at(path).map_or(&[][..], |table| table.inner()),
            };
            let places = keys.iter().map(|key| fields.iter().position(|field| field.key == *key));
            let places: Vec<_> = places.flatten().collect();
            places.is_sorted()
        }
    }
}

/// Makes the edit on what was read before, and takes the field out of what was read after once it is right.
fn take_over(expected: &mut Tree, found: &mut Tree, edit: &Edit<'_>, format: Format) -> bool {
    match edit {
        Edit::Put { path, value, .. } => {
            let is_right = node(found, path).is_some_and(|node| is_written(node, value, format));
            // Tables that were made for the field go with it.
            let missing = (1..=path.len()).find(|depth| node(expected, &path[..*depth]).is_none());
            let emptied = (1..path.len())
                .find(|depth| !matches!(node(expected, &path[..*depth]), None | Some(Tree::Table(_))));
            let depth = missing.into_iter().chain(emptied).min().unwrap_or(path.len());
            take(expected, &path[..depth]);
            is_right && take(found, &path[..depth]).is_some()
        }
        Edit::Remove { path } => take(expected, path).is_some(),
        Edit::Rename { path, to } => {
            let Some((key, tables)) = path.split_last() else { return false };
            let Some(Tree::Table(fields)) = node_mut(expected, tables) else { return false };
            let field = fields.iter_mut().find(|(known, _)| known == key);
            field.map(|(known, _)| (*to).clone_into(known)).is_some()
        }
        Edit::Reorder { .. } => true,
    }
}

fn node<'a>(tree: &'a Tree, path: &[String]) -> Option<&'a Tree> {
    path.iter().try_fold(tree, |tree, key| match tree {
        Tree::Table(fields) => fields.iter().find(|(known, _)| known == key).map(|(_, value)| value),
        _ => None,
    })
}

fn node_mut<'a>(tree: &'a mut Tree, path: &[String]) -> Option<&'a mut Tree> {
    path.iter().try_fold(tree, |tree, key| match tree {
        Tree::Table(fields) => fields.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value),
        _ => None,
    })
}

fn take(tree: &mut Tree, path: &[String]) -> Option<Tree> {
    let (key, tables) = path.split_last()?;
    let Some(Tree::Table(fields)) = node_mut(tree, tables) else { return None };
    let place = fields.iter().position(|(known, _)| known == key)?;
    Some(fields.remove(place).1)
}

/// Whether the independent reader finds the value that was to be written, and of the same type.
fn is_written(node: &Tree, value: &Value, format: Format) -> bool {
    match (node, value) {
        (Tree::Scalar { text, form }, Value::Boolean(boolean)) => {
            matches!(form, Form::Plain | Form::Boolean) && text.eq_ignore_ascii_case(&boolean.to_string())
        }
        (Tree::Scalar { text, form }, Value::Text(wanted)) => match form {
            Form::Text => text == wanted,
            Form::Plain => {
                let may_be_plain = quoting::is_safe_plain(wanted, false)
                    || quoting::is_plain_number(wanted)
                    || quoting::is_date(wanted);
                text == wanted && may_be_plain
            }
            Form::Number | Form::Date => reads_as(node, wanted, format),
            Form::Boolean | Form::Null => false,
        },
        (Tree::List(items), Value::List(wanted)) => {
            let same = |(item, wanted): (&Tree, &String)| matches!(item, Tree::Scalar { text, .. } if text == wanted);
            items.len() == wanted.len() && items.iter().zip(wanted).all(same)
        }
        _ => false,
    }
}

/// Whether a number or a date, as the writer wrote it, is this one for the independent reader.
fn reads_as(node: &Tree, written: &str, format: Format) -> bool {
    let source = match format {
        Format::Toml => format!("x = {written}\n"),
        _ => format!("{{\"x\": {written}}}"),
    };
    let read = second_reader::read(&source, format);
    matches!(read, Ok(Tree::Table(fields)) if fields.len() == 1 && fields[0].1 == *node)
}

/// The same data; the order of fields does not count.
fn same(one: &Tree, other: &Tree) -> bool {
    match (one, other) {
        (Tree::Table(ones), Tree::Table(others)) => {
            let sorted = |fields: &Vec<(String, Tree)>| {
                let mut places: Vec<usize> = (0..fields.len()).collect();
                places.sort_by(|one, other| fields[*one].0.cmp(&fields[*other].0));
                places
            };
            let pairs = sorted(ones).into_iter().zip(sorted(others));
            ones.len() == others.len()
                && pairs.into_iter().all(|(one, other)| {
                    ones[one].0 == others[other].0 && same(&ones[one].1, &others[other].1)
                })
        }
        (Tree::List(ones), Tree::List(others)) => {
            ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| same(one, other))
        }
        (one, other) => one == other,
    }
}

/// Whether all lines outside the field's are the same, in the same order.
fn lines_are_bounded(text: &str, before: &FrontMatter, after_text: &str, edit: &Edit<'_>) -> bool {
    let old: Vec<&str> = text.split('\n').collect();
    let new: Vec<&str> = after_text.split('\n').collect();
    let same_head = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let shorter = old.len().min(new.len());
    let same_tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(|(old, new)| old == new)
        .count()
        .min(shorter - same_head);
    let changed = same_head..old.len() - same_tail;
    let place = edit.path().first().and_then(|key| before.fields.iter().position(|field| field.key == *key));
    let line_of = |place: usize| before.fields.get(place).map_or(0, |field| field.line - 1);
    // Between braces several fields may share a line.
    let end_of = |place: usize| {
        let next = before.fields.get(place + 1).map_or(before.lines, |next| next.line - 1);
        next.max(line_of(place) + 1)
    };
    let is_json = before.format == Format::Json;
    let is_remove = matches!(edit, Edit::Remove { .. });
    let bounds = match place {
        _ if edit.path().is_empty() => 0..before.lines,
        // A comma of JSON stands behind the neighbour.
        Some(place) if is_json => line_of(place.saturating_sub(1))..end_of(place),
        // Blank lines before a table go with it.
        Some(place) if is_remove => start_of_blank_lines(&old, line_of(place))..end_of(place),
        Some(place) => line_of(place)..end_of(place),
        None if is_json => line_of(before.fields.len().saturating_sub(1))..before.lines,
        None if changed.len() <= 1 => 0..before.lines,
        None => return false,
    };
    changed.is_empty() || (changed.start >= bounds.start && changed.end <= bounds.end)
}

fn start_of_blank_lines(lines: &[&str], line: usize) -> usize {
    lines[..line].iter().rposition(|line| !line.trim().is_empty()).map_or(0, |above| above + 1)
}
