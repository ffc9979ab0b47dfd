//! What the writer corrects of what was found about a site.

use super::{DateForm, FieldHabit, FieldShape, FieldStyle, Generator, Layout, Profile};
use crate::front_matter::{Kind, ListForm, Quotes, Role, role_at};

/// What the writer says of a site instead of what was found; what is none stays as found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrections {
    /// The generator. The folder has to be looked at again with it, so [`Corrections::apply`] leaves it.
    pub generator: Option<Generator>,
    /// Folders with posts; new posts go into the first.
    pub post_folders: Option<Vec<String>>,
    /// One file or a bundle.
    pub layout: Option<Layout>,
    /// Whether names begin with the date.
    pub dated_names: Option<bool>,
    /// The form of dates.
    pub date_form: Option<DateForm>,
    /// The zone of dates, as in the time zone database.
    pub time_zone: Option<String>,
    /// The form of lists.
    pub list: Option<ListForm>,
    /// The quotes of texts that could do without.
    pub quotes: Option<Quotes>,
    /// The fields of a new post in their order, each with dots between its keys.
    pub fields: Option<Vec<String>>,
    /// Whether a new post is held back until it is published.
    pub begins_as_draft: Option<bool>,
}

impl Corrections {
    /// Puts what the writer said in the place of what was found.
    pub fn apply(&self, profile: &mut Profile) {
        let new_posts = &mut profile.new_posts;
        if let Some(folders) = &self.post_folders {
            profile.post_folders.clone_from(folders);
        }
        set(&mut new_posts.layout, self.layout);
        set(&mut new_posts.dated_names, self.dated_names);
        set(&mut new_posts.date_form, self.date_form);
        set(&mut new_posts.begins_as_draft, self.begins_as_draft);
        if self.time_zone.is_some() {
            profile.time_zone.clone_from(&self.time_zone);
        }
        if let Some(fields) = &self.fields {
            new_posts.fields = in_order(&new_posts.fields, fields);
        }
        if let Some(list) = self.list {
            new_posts.style.list = Some(list);
            new_posts.fields.iter_mut().for_each(|field| field.style.list = Some(list));
        }
        if let Some(quotes) = self.quotes {
            new_posts.style.quotes = Some(quotes);
            let texts = new_posts.fields.iter_mut().filter(|field| {
                !matches!(field.shape, FieldShape::Text(Kind::Date | Kind::Number) | FieldShape::Boolean)
            });
            texts.for_each(|field| field.style.quotes = Some(quotes));
        }
        if self.generator.is_some() {
            profile.rivals.clear();
        }
    }
}

fn set<Value: Copy>(place: &mut Value, corrected: Option<Value>) {
    if let Some(value) = corrected {
        *place = value;
    }
}

/// The fields that the writer names first, as those of a new post; the others behind them, as less usual ones.
fn in_order(found: &[FieldHabit], names: &[String]) -> Vec<FieldHabit> {
    let named = names.iter().map(|name| {
        let path: Vec<String> = name.split('.').map(str::to_owned).collect();
        let known = found.iter().find(|field| field.path == path).cloned();
        let mut field = known.unwrap_or_else(|| unknown(path));
        field.is_common = true;
        field
    });
    let mut fields: Vec<FieldHabit> = named.collect();
    let others = found.iter().filter(|field| !names.contains(&field.path.join(".")));
    fields.extend(others.cloned().map(|field| FieldHabit { is_common: false, ..field }));
    fields
}

/// A field that no post has: its name says what it holds.
fn unknown(path: Vec<String>) -> FieldHabit {
    let shape = match role_at(&path) {
        Some(Role::Tags | Role::Categories) => FieldShape::List,
        Some(Role::Date) => FieldShape::Text(Kind::Date),
        Some(Role::Draft) => FieldShape::Boolean,
        _ => FieldShape::Text(Kind::Text),
    };
    FieldHabit {
        path,
        shape,
        is_common: true,
        values: Vec::new(),
        constant: None,
        style: FieldStyle::default(),
    }
}
