//! Tables of contents.

use crate::reading::{ContentsPlace, HeadingAnchor};

/// A nested list of links to the headings of some levels that have an id.
///
/// A heading stands in the list of the one before it that is above it: `h1`, `h3`, `h2` give one list in the first.
pub(crate) fn contents_html<'h>(
    headings: impl Iterator<Item = (&'h HeadingAnchor, &'h Option<String>)>,
    place: &ContentsPlace,
) -> String {
    let name = if place.ordered { "ol" } else { "ul" };
    let (from, to) = place.levels;
    let mut html = String::new();
    let mut open: Vec<Entry> = Vec::new();
    for (heading, id) in headings {
        let (Some(id), true) = (id, (from..=to).contains(&heading.level)) else { continue };
        if html.is_empty() {
            html.push_str(&format!("<{name}{}>\n", place.attributes));
        }
        while let Some(entry) = open.pop_if(|entry| entry.level >= heading.level) {
            entry.close(&mut html, name);
        }
        if let Some(above) = open.last_mut().filter(|above| !above.has_list) {
            above.has_list = true;
            html.push_str(&format!("\n<{name}>\n"));
        }
        let id = crate::sanitise::escaped(id);
        let link_id = match &place.link_ids {
            Some(before) => format!(" id=\"{}{id}\"", crate::sanitise::escaped(before)),
            None => String::new(),
        };
        html.push_str(&format!("<li><a href=\"#{id}\"{link_id}>{}</a>", heading.label_html));
        open.push(Entry { level: heading.level, has_list: false });
    }
    for entry in open.into_iter().rev() {
        entry.close(&mut html, name);
    }
    if !html.is_empty() {
        html.push_str(&format!("</{name}>\n"));
    }
    html
}

/// An entry whose end is still to come.
struct Entry {
    level: u8,
    /// A list of the headings below it was begun.
    has_list: bool,
}

impl Entry {
    fn close(&self, html: &mut String, name: &str) {
        if self.has_list {
            html.push_str(&format!("</{name}>\n"));
        }
        html.push_str("</li>\n");
    }
}
