//! The fields that a site's posts have: for the form, which offers them where a post has them not.

use std::collections::HashMap;

use super::Generator;
use super::learning::KnownPost;
use crate::front_matter::{Field, Kind, ListForm, Quotes, Value, WrittenField, written_fields};

/// A field with more different values than these holds no choice among them.
const MOST_VALUES: usize = 300;
/// A text longer than this is not one of a few that come again.
const LONGEST_VALUE: usize = 60;

/// A field that posts of a site have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldHabit {
    /// The keys that lead to it.
    pub path: Vec<String>,
    /// What it mostly holds.
    pub shape: FieldShape,
    /// Whether at least half of the posts have it.
    pub is_common: bool,
    /// What lists hold, and texts that come again: most frequent first.
    pub values: Vec<String>,
    /// The value that most of the posts with it have: `post` of `layout`. A truth is always one.
    pub constant: Option<Value>,
    /// How it is mostly written.
    pub style: FieldStyle,
}

/// How a field is mostly written; none where the posts do not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct FieldStyle {
    /// The quotes of its texts that could do without; of all where there are no such.
    pub quotes: Option<Quotes>,
    /// The quotes of its texts that have some.
    pub needed_quotes: Option<Quotes>,
    /// The form of its list.
    pub list: Option<ListForm>,
}

/// What a field mostly holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldShape {
    /// A text of this kind.
    Text(Kind),
    /// True or false.
    Boolean,
    /// A list of texts.
    List,
}

impl FieldHabit {
    /// The fields that a generator itself gives a place that is not the usual one: Zola reads tags in a table, and takes
    /// those of the top level for an unknown key.
    pub(super) fn conventional(generator: Generator) -> Vec<FieldHabit> {
        let tags = || FieldHabit {
            path: vec!["taxonomies".to_owned(), "tags".to_owned()],
            shape: FieldShape::List,
            is_common: false,
            values: Vec::new(),
            constant: None,
            style: FieldStyle::default(),
        };
        if generator == Generator::Zola { vec![tags()] } else { Vec::new() }
    }
}

#[derive(Default)]
struct Seen {
    posts: usize,
    /// Where it stands among its post's fields, from 0 to 1, added up.
    places: f64,
    shapes: Vec<(FieldShape, usize)>,
    values: HashMap<String, usize>,
    whole_values: Vec<(Value, usize)>,
    written: Written,
}

/// How a field, or all of them, is written, counted.
#[derive(Default)]
pub(super) struct Written {
    free: Vec<(Quotes, usize)>,
    all: Vec<(Quotes, usize)>,
    lists: Vec<(ListForm, usize)>,
}

impl Written {
    pub(super) fn add(&mut self, field: &WrittenField) {
        for (quotes, could_do_without) in &field.quotes {
            count(&mut self.all, *quotes);
            if *could_do_without {
                count(&mut self.free, *quotes);
            }
        }
        if let Some(form) = field.list {
            count(&mut self.lists, form);
        }
    }

    pub(super) fn style(&self) -> FieldStyle {
        let quoted: Vec<_> =
            self.all.iter().filter(|(quotes, _)| *quotes != Quotes::Without).copied().collect();
        FieldStyle {
            quotes: most(&self.free).or_else(|| most(&self.all)),
            needed_quotes: most(&quoted),
            list: most(&self.lists),
        }
    }
}

fn count<Item: PartialEq>(counts: &mut Vec<(Item, usize)>, item: Item) {
    match counts.iter_mut().find(|(known, _)| *known == item) {
        Some((_, count)) => *count += 1,
        None => counts.push((item, 1)),
    }
}

/// The most frequent; of equals the one that was first.
fn most<Item: Copy>(counts: &[(Item, usize)]) -> Option<Item> {
    counts.iter().rev().max_by_key(|(_, count)| *count).map(|(item, _)| *item)
}

/// A value is one that posts share if three in four that have the field have it.
const SHARED: (usize, usize) = (3, 4);
/// More different values than these are no constant.
const MOST_WHOLE_VALUES: usize = 20;

/// The fields of these posts, in the order in which they mostly stand.
pub(super) fn of_posts(posts: &[KnownPost<'_>]) -> Vec<FieldHabit> {
    let mut seen: HashMap<Vec<String>, Seen> = HashMap::new();
    let mut count = 0;
    for post in posts.iter().filter(|post| !post.front_matter.fields.is_empty()) {
        count += 1;
        add_fields(&mut seen, &[], &post.front_matter.fields, (0.0, 1.0));
        for field in written_fields(post.head) {
            if let Some(seen) = seen.get_mut(&field.path) {
                seen.written.add(&field);
            }
        }
    }
    let mut habits: Vec<(f64, FieldHabit)> =
        seen.into_iter().filter_map(|(path, seen)| habit(path, seen, count)).collect();
    habits.sort_by(|(one, one_habit), (other, other_habit)| {
        one.total_cmp(other).then_with(|| one_habit.path.cmp(&other_habit.path))
    });
    habits.into_iter().map(|(_, habit)| habit).collect()
}

/// Adds the fields of a table that takes `share` of its post.
fn add_fields(seen: &mut HashMap<Vec<String>, Seen>, table: &[String], fields: &[Field], share: (f64, f64)) {
    let width = (share.1 - share.0) / fields.len().max(1) as f64;
    for (number, field) in fields.iter().enumerate() {
        let path: Vec<String> = table.iter().cloned().chain([field.key.clone()]).collect();
        let at = share.0 + width * number as f64;
        if let Value::Table(inner) = &field.value {
            add_fields(seen, &path, inner, (at, at + width));
            continue;
        }
        let seen = seen.entry(path).or_default();
        seen.posts += 1;
        seen.places += at;
        if let Some(shape) = shape_of(field) {
            count(&mut seen.shapes, shape);
        }
        if seen.whole_values.len() < MOST_WHOLE_VALUES {
            count(&mut seen.whole_values, field.value.clone());
        }
        let values = match &field.value {
            Value::List(items) => items.as_slice(),
            Value::Text(text) if field.kind == Kind::Text => std::slice::from_ref(text),
            _ => &[],
        };
        for value in values.iter().filter(|value| !value.is_empty() && value.chars().count() <= LONGEST_VALUE)
        {
            *seen.values.entry(value.clone()).or_default() += 1;
        }
    }
}

fn shape_of(field: &Field) -> Option<FieldShape> {
    match &field.value {
        Value::Text(_) => Some(FieldShape::Text(field.kind)),
        Value::Boolean(_) => Some(FieldShape::Boolean),
        Value::List(_) => Some(FieldShape::List),
        Value::Table(_) | Value::Empty | Value::Source(_) => None,
    }
}

fn habit(path: Vec<String>, seen: Seen, posts: usize) -> Option<(f64, FieldHabit)> {
    let (shape, _) = seen.shapes.iter().rev().max_by_key(|(_, count)| *count)?;
    let mut values: Vec<(String, usize)> = seen.values.into_iter().collect();
    if *shape != FieldShape::List {
        values.retain(|(_, count)| *count > 1);
    }
    values.sort_by(|(one, ones), (other, others)| others.cmp(ones).then_with(|| one.cmp(other)));
    values.truncate(MOST_VALUES);
    let shared = seen.whole_values.iter().rev().max_by_key(|(_, count)| *count);
    let constant = shared.filter(|(value, count)| match value {
        Value::Boolean(_) => true,
        Value::Text(_) => *count > 1 && count * SHARED.1 >= seen.posts * SHARED.0,
        _ => false,
    });
    let habit = FieldHabit {
        constant: constant.map(|(value, _)| value.clone()),
        style: seen.written.style(),
        path,
        shape: *shape,
        is_common: seen.posts * 2 >= posts,
        values: values.into_iter().map(|(value, _)| value).collect(),
    };
    Some((seen.places / seen.posts as f64, habit))
}
