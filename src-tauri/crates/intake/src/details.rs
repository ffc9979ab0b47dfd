//! What a text from elsewhere says about itself, for the front matter of its draft.

use postwright_post::front_matter::{Format, Kind, ListForm, NewField, Quotes, Value, compose};

/// What was found about a post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    /// Its title.
    pub title: Option<String>,
    /// Its date as RFC 3339 or a day, `2021-03-09`.
    pub date: Option<String>,
    /// Its tags, each once.
    pub tags: Vec<String>,
    /// Its category.
    pub category: Option<String>,
}

impl Details {
    /// Keeps the tags that are not there yet.
    pub(crate) fn add_tags(&mut self, tags: impl IntoIterator<Item = String>) {
        for tag in tags {
            if !tag.is_empty() && !self.tags.contains(&tag) {
                self.tags.push(tag);
            }
        }
    }

    /// The front matter that says it, in YAML; nothing where nothing was found.
    pub fn front_matter(&self) -> String {
        let mut fields = Vec::new();
        let mut add = |key: &str, value: Value, kind: Kind| {
            fields.push(NewField {
                path: vec![key.to_owned()],
                value,
                kind,
                quotes: Quotes::Without,
                needed_quotes: Quotes::Double,
                list: ListForm::Brackets,
            });
        };
        if let Some(title) = &self.title {
            add("title", Value::Text(title.clone()), Kind::Text);
        }
        if let Some(date) = &self.date {
            add("date", Value::Text(date.clone()), Kind::Date);
        }
        if let Some(category) = &self.category {
            add("categories", Value::List(vec![category.clone()]), Kind::Text);
        }
        if !self.tags.is_empty() {
            add("tags", Value::List(self.tags.clone()), Kind::Text);
        }
        if fields.is_empty() { String::new() } else { compose(Format::Yaml, &fields) + "\n" }
    }
}
