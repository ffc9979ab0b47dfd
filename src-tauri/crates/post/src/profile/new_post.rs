//! A new post that looks like the posts that a site has.

use jiff::Zoned;

use super::{FieldHabit, FieldShape, FieldStyle, Generator, Profile};
use crate::front_matter::{Format, Kind, ListForm, NewField, Quotes, Role, Value, compose, role_at};
use crate::plan::written_date;

/// What is known of a post that is not written yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPost {
    /// Its title; may be empty.
    pub title: String,
    /// Its tags.
    pub tags: Vec<String>,
}

/// The text of a new post in a site: the fields that most of its posts have, in their order and their style, with what
/// is known of the post, and the values that the posts share. Fields that give the post an address are left out, since
/// an empty one would be an address, too.
pub fn new_post(profile: &Profile, post: &NewPost, now: &Zoned) -> String {
    if profile.generator == Generator::Plain && profile.new_posts.fields.is_empty() {
        return if post.title.is_empty() { String::new() } else { format!("# {}\n\n", post.title) };
    }
    let fields: Vec<NewField> =
        wanted(profile).iter().map(|habit| field(profile, habit, post, now)).collect();
    compose(profile.new_posts.format, &fields) + "\n"
}

/// The fields that a new post in a site gets, in their order, each with dots between its keys.
pub fn new_post_fields(profile: &Profile) -> Vec<String> {
    if profile.generator == Generator::Plain && profile.new_posts.fields.is_empty() {
        return Vec::new();
    }
    wanted(profile).iter().map(|field| field.path.join(".")).collect()
}

/// The fields of a new post, in their order.
fn wanted(profile: &Profile) -> Vec<FieldHabit> {
    let new_posts = &profile.new_posts;
    let is_wanted = |field: &&FieldHabit| {
        field.is_common
            && !is_address(&field.path)
            && (!is_build(&field.path) || usual_value(field).is_some())
    };
    let mut wanted: Vec<FieldHabit> = new_posts.fields.iter().filter(is_wanted).cloned().collect();
    let has_role =
        |wanted: &[FieldHabit], role| wanted.iter().any(|field| role_at(&field.path) == Some(role));
    let learnt = !wanted.is_empty();
    if !has_role(&wanted, Role::Title) {
        wanted.insert(0, plain(&["title"], FieldShape::Text(Kind::Text)));
    }
    // Jekyll's own date is that of the file's name, which its writers may leave at that.
    let needs_date = !learnt || profile.generator != Generator::Jekyll;
    if needs_date && !has_role(&wanted, Role::Date) {
        wanted.insert(1, plain(&[&new_posts.date_key], FieldShape::Text(Kind::Date)));
    }
    if !learnt {
        for (place, (key, value)) in new_posts.front_matter.iter().enumerate() {
            let mut field = plain(&[key], FieldShape::Text(Kind::Text));
            field.constant = Some(Value::Text(value.clone()));
            wanted.insert(place, field);
        }
        let tags: &[&str] =
            if profile.generator == Generator::Zola { &["taxonomies", "tags"] } else { &["tags"] };
        wanted.push(plain(tags, FieldShape::List));
    }
    let is_draft = |field: &FieldHabit| role_at(&field.path) == Some(Role::Draft);
    if new_posts.begins_as_draft && !wanted.iter().any(is_draft) {
        let title = wanted.iter().position(|field| field.path.len() > 1).unwrap_or(wanted.len());
        wanted.insert(title, plain(&["draft"], FieldShape::Boolean));
    }
    wanted
}

fn plain(path: &[&str], shape: FieldShape) -> FieldHabit {
    FieldHabit {
        path: path.iter().map(|key| (*key).to_owned()).collect(),
        shape,
        is_common: true,
        values: Vec::new(),
        constant: None,
        style: FieldStyle::default(),
    }
}

/// Whether a field decides the post's address.
fn is_address(path: &[String]) -> bool {
    let key = path.first().map(|key| key.to_ascii_lowercase());
    matches!(key.as_deref(), Some("slug" | "url" | "path" | "permalink" | "aliases" | "redirect_from"))
}

/// Whether a field says what the post is built with: an empty one would be built with nothing.
fn is_build(path: &[String]) -> bool {
    matches!(path, [key] if matches!(key.as_str(), "layout" | "template" | "type"))
}

/// The value that the posts share; of what they are built with, the most frequent.
fn usual_value(habit: &FieldHabit) -> Option<Value> {
    let frequent = || habit.values.first().filter(|_| is_build(&habit.path)).cloned().map(Value::Text);
    habit.constant.clone().or_else(frequent)
}

fn field(profile: &Profile, habit: &FieldHabit, post: &NewPost, now: &Zoned) -> NewField {
    let new_posts = &profile.new_posts;
    let date = || written_date(now, new_posts.date_form.within(new_posts.format));
    let text = |text: &str| Value::Text(text.to_owned());
    let (value, kind) = match (role_at(&habit.path), habit.shape) {
        (Some(Role::Title), _) => (text(&post.title), Kind::Text),
        (Some(Role::Date), _) => (Value::Text(date()), Kind::Date),
        (Some(Role::Draft), FieldShape::Boolean) => (Value::Boolean(new_posts.begins_as_draft), Kind::Text),
        (Some(Role::Tags), FieldShape::List) => (Value::List(post.tags.clone()), Kind::Text),
        (Some(Role::Tags), FieldShape::Text(_)) => (Value::Text(post.tags.join(" ")), Kind::Text),
        (_, FieldShape::Boolean) => (habit.constant.clone().unwrap_or(Value::Boolean(false)), Kind::Text),
        (_, FieldShape::List) => (Value::List(Vec::new()), Kind::Text),
        (_, FieldShape::Text(Kind::Date)) => (Value::Text(date()), Kind::Date),
        (_, FieldShape::Text(Kind::Number)) => {
            (habit.constant.clone().unwrap_or_else(|| text("0")), Kind::Number)
        }
        (_, FieldShape::Text(_)) => (usual_value(habit).unwrap_or_else(|| text("")), Kind::Text),
    };
    let style = new_posts.style;
    let own = habit.style;
    let is_title = role_at(&habit.path) == Some(Role::Title);
    // A text that nobody wrote yet is written as most others are; a date and a number stand without quotes.
    let usual = match kind {
        Kind::Date | Kind::Number => None,
        _ => style.quotes,
    };
    let quotes = own.quotes.or(usual).unwrap_or_default();
    let quotes =
        if new_posts.format == Format::Toml && quotes == Quotes::Without { Quotes::Double } else { quotes };
    // An empty title would be read as none; quotes show where it goes.
    let quotes =
        if is_title && post.title.is_empty() && quotes == Quotes::Without { Quotes::Double } else { quotes };
    NewField {
        path: habit.path.clone(),
        value,
        kind,
        quotes,
        needed_quotes: own.needed_quotes.or(style.needed_quotes).unwrap_or(Quotes::Double),
        list: own.list.or(style.list).unwrap_or(ListForm::Brackets),
    }
}
