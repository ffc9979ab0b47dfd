//! Tables of contents.

use crate::reading::{ContentsPlace, HeadingAnchor};

/// A nested list of links to the headings of some levels that have an id.
pub(crate) fn contents_html<'h>(
    headings: impl Iterator<Item = (&'h HeadingAnchor, &'h Option<String>)>,
    place: &ContentsPlace,
) -> String {
    let name = if place.ordered { "ol" } else { "ul" };
    let (from, to) = place.levels;
    let mut html = String::new();
    let mut open: Vec<u8> = Vec::new();
    for (heading, id) in headings {
        let (Some(id), true) = (id, (from..=to).contains(&heading.level)) else { continue };
        while open.len() > 1 && open.last().is_some_and(|&level| level > heading.level) {
            html.push_str(&format!("</li>\n</{name}>\n"));
            open.pop();
        }
        match open.last() {
            Some(&level) if level < heading.level => {
                html.push_str(&format!("\n<{name}>\n"));
                open.push(heading.level);
            }
            Some(_) => html.push_str("</li>\n"),
            None => {
                html.push_str(&format!("<{name}{}>\n", place.attributes));
                open.push(heading.level);
            }
        }
        let id = crate::sanitise::escaped(id);
        html.push_str(&format!("<li><a href=\"#{id}\">{}</a>", heading.label_html));
    }
    for _ in &open {
        html.push_str(&format!("</li>\n</{name}>\n"));
    }
    html
}
