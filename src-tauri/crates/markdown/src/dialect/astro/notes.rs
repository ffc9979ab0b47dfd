//! Footnotes as Astro 7 shows them: GitHub's section under a hidden heading.

use pulldown_cmark::{Event, TagEnd};

use crate::dialect::{Note, NoteStyle};
use crate::reading::Spanned;
use crate::sanitise::escaped;

pub(crate) struct AstroNotes;

impl NoteStyle for AstroNotes {
    fn reference(&self, number: usize, label: &str, occurrence: usize) -> String {
        let id = id_of(label);
        let nth = nth(occurrence);
        format!(
            "<sup><a href=\"#user-content-fn-{id}\" id=\"user-content-fnref-{id}{nth}\" data-footnote-ref \
             aria-describedby=\"footnote-label\">{number}</a></sup>"
        )
    }

    fn section(&self, notes: Vec<Note>) -> Option<Vec<Spanned>> {
        let mut section = vec![html(
            "<section data-footnotes class=\"footnotes\"><h2 class=\"sr-only\" id=\"footnote-label\">Footnotes</h2>\n<ol>\n",
        )];
        for note in notes {
            section.push(html(format!("<li id=\"user-content-fn-{}\">\n", id_of(&note.label))));
            let back = back_references(&note);
            section.extend(with_back_references(note.content, back));
            section.push(html("</li>\n"));
        }
        section.push(html("</ol>\n</section>\n"));
        Some(section)
    }

    fn in_place(&self, _number: Option<usize>, _label: &str, _content: Vec<Spanned>) -> Vec<Spanned> {
        // A note that nothing refers to is left out.
        Vec::new()
    }
}

/// The label in lower case, percent-encoded as in a URL.
fn id_of(label: &str) -> String {
    let mut id = String::new();
    for byte in label.to_lowercase().bytes() {
        match byte {
            b if b.is_ascii_alphanumeric() || b"-_.!~*'();/?:@&=+$,#%".contains(&b) => id.push(b.into()),
            b => id.push_str(&format!("%{b:02X}")),
        }
    }
    escaped(&id)
}

fn nth(occurrence: usize) -> String {
    if occurrence == 1 { String::new() } else { format!("-{occurrence}") }
}

fn back_references(note: &Note) -> String {
    let (id, number) = (id_of(&note.label), note.number);
    let links = (1..=note.references).map(|occurrence| {
        let nth = nth(occurrence);
        let sup = if occurrence == 1 { String::new() } else { format!("<sup>{occurrence}</sup>") };
        format!(
            "<a href=\"#user-content-fnref-{id}{nth}\" data-footnote-backref=\"\" \
             aria-label=\"Back to reference {number}{nth}\" class=\"data-footnote-backref\">↩{sup}</a>"
        )
    });
    links.collect::<Vec<_>>().join(" ")
}

/// At the end of the last paragraph, or after everything if there is none at the end.
fn with_back_references(mut content: Vec<Spanned>, back: String) -> Vec<Spanned> {
    if matches!(content.last(), Some((Event::End(TagEnd::Paragraph), _))) {
        content.insert(content.len() - 1, (Event::InlineHtml(format!(" {back}").into()), 0..0));
    } else {
        content.push(html(back));
    }
    content
}

fn html(text: impl Into<String>) -> Spanned {
    (Event::Html(text.into().into()), 0..0)
}
