//! Ids of headings as github-slugger 2 makes them.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::dialect::AssignIds;
use crate::dialect::chars::{is_mark, is_other_number};
use crate::reading::Spanned;

/// The id that a heading of these events asks for.
pub(super) fn of(content: &[Spanned]) -> String {
    let mut slug = String::new();
    let mut images = 0_usize;
    for (event, _) in content {
        match event {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images = images.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if images == 0 => push_slug(&mut slug, text),
            _ => {}
        }
    }
    slug
}

fn push_slug(slug: &mut String, text: &str) {
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            ' ' => slug.push('-'),
            '-' | '_' | '‿' | '⁀' | '＿' => slug.push(c),
            c if (c.is_alphanumeric() && !is_other_number(c)) || is_mark(c) => slug.push(c),
            _ => {}
        }
    }
}

/// Gives an id that was asked for before a number; every id that it gave counts as asked for.
#[derive(Default)]
pub(super) struct Slugger {
    asked: HashMap<String, u32>,
}

impl AssignIds for Slugger {
    fn assign(&mut self, wanted: &str, _given: bool) -> String {
        let mut id = wanted.to_owned();
        if let Some(&count) = self.asked.get(wanted) {
            let mut count = count;
            while self.asked.contains_key(&id) {
                count += 1;
                id = format!("{wanted}-{count}");
            }
            self.asked.insert(wanted.to_owned(), count);
        }
        self.asked.insert(id.clone(), 0);
        id
    }
}
