//! Zola's two forms of footnotes.

use pulldown_cmark::{Event, TagEnd};

use crate::dialect::{Note, NoteStyle};
use crate::reading::Spanned;
use crate::sanitise::escaped;

/// As pulldown-cmark writes them: where they are defined.
pub(super) struct InPlace;

impl NoteStyle for InPlace {
    fn reference(&self, number: usize, label: &str, _occurrence: usize) -> String {
        let label = escaped(label);
        format!("<sup class=\"footnote-reference\"><a href=\"#{label}\">{number}</a></sup>")
    }

    fn section(&self, _notes: Vec<Note>) -> Option<Vec<Spanned>> {
        None
    }

    fn in_place(&self, number: Option<usize>, label: &str, content: Vec<Spanned>) -> Vec<Spanned> {
        let id = escaped(label);
        let number = number.map_or_else(String::new, |number| number.to_string());
        let mut events = vec![html(format!(
            "<div class=\"footnote-definition\" id=\"{id}\"><sup class=\"footnote-definition-label\">{number}</sup>\n"
        ))];
        events.extend(content);
        events.push(html("</div>\n"));
        events
    }
}

/// `bottom_footnotes`: a list at the end.
pub(super) struct AtTheEnd;

impl NoteStyle for AtTheEnd {
    fn reference(&self, number: usize, label: &str, occurrence: usize) -> String {
        let label = escaped(label);
        format!(
            "<sup class=\"footnote-reference\" id=\"fr-{label}-{occurrence}\"><a href=\"#fn-{label}\">{number}</a></sup>"
        )
    }

    fn section(&self, notes: Vec<Note>) -> Option<Vec<Spanned>> {
        let mut section = vec![html("<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n")];
        for note in notes {
            let label = escaped(&note.label);
            let mut content = note.content;
            let inside = matches!(content.last(), Some((Event::End(TagEnd::Paragraph), _)));
            let at = content.len() - usize::from(inside);
            content.insert(at, (Event::InlineHtml(back_links(&label, note.references).into()), 0..0));
            section.push(html(format!("<li id=\"fn-{label}\">")));
            section.extend(content);
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

fn back_links(label: &str, references: usize) -> String {
    let links = (1..=references).map(|occurrence| {
        let number = if occurrence == 1 { String::new() } else { occurrence.to_string() };
        format!(" <a href=\"#fr-{label}-{occurrence}\">↩{number}</a>")
    });
    links.collect()
}

fn html(text: impl Into<String>) -> Spanned {
    (Event::Html(text.into().into()), 0..0)
}
