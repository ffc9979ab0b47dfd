//! Footnotes as GitHub shows them: a section at the end.

use pulldown_cmark::{Event, TagEnd};

use super::{Note, NoteStyle};
use crate::reading::Spanned;

/// `<section class="footnotes">` with a list.
pub(crate) struct GitHubNotes;

impl NoteStyle for GitHubNotes {
    fn reference(&self, number: usize, label: &str, occurrence: usize) -> String {
        let suffix = if occurrence == 1 { String::new() } else { format!("-{occurrence}") };
        let label = crate::sanitise::escaped(label);
        format!(
            "<sup><a href=\"#user-content-fn-{label}\" id=\"user-content-fnref-{label}{suffix}\" data-footnote-ref>{number}</a></sup>"
        )
    }

    fn section(&self, notes: Vec<Note>) -> Option<Vec<Spanned>> {
        let mut section = vec![html("<section class=\"footnotes\"><ol>\n")];
        for note in notes {
            let label = crate::sanitise::escaped(&note.label);
            section.push(html(format!("<li id=\"user-content-fn-{label}\">\n")));
            section.extend(with_back_references(note.content, &back_references(&label, note.references)));
            section.push(html("</li>\n"));
        }
        section.push(html("</ol></section>\n"));
        Some(section)
    }

    fn in_place(&self, _number: Option<usize>, _label: &str, _content: Vec<Spanned>) -> Vec<Spanned> {
        // GitHub leaves a note out that nothing refers to.
        Vec::new()
    }
}

/// Puts `back` at the end of the last paragraph, or after everything if there is none at the end.
pub(crate) fn with_back_references(mut content: Vec<Spanned>, back: &str) -> Vec<Spanned> {
    let inside = matches!(content.last(), Some((Event::End(TagEnd::Paragraph), _)));
    let at = content.len() - usize::from(inside);
    content.insert(at, (Event::InlineHtml(back.to_owned().into()), 0..0));
    content
}

fn back_references(label: &str, references: usize) -> String {
    let mut back = String::new();
    for occurrence in 1..=references {
        let suffix = if occurrence == 1 { String::new() } else { format!("-{occurrence}") };
        back.push_str(&format!(
            " <a href=\"#user-content-fnref-{label}{suffix}\" class=\"data-footnote-backref\">↩</a>"
        ));
    }
    back
}

fn html(text: impl Into<String>) -> Spanned {
    (Event::Html(text.into().into()), 0..0)
}
