//! Footnotes as goldmark's extension writes them.

use pulldown_cmark::{Event, TagEnd};

use super::Footnotes;
use crate::dialect::{Note, NoteStyle};
use crate::reading::Spanned;

impl NoteStyle for Footnotes {
    fn reference(&self, number: usize, _label: &str, occurrence: usize) -> String {
        let id = reference_id(number, occurrence);
        format!(
            "<sup id=\"{id}\"><a href=\"#fn:{number}\" class=\"footnote-ref\" role=\"doc-noteref\">{number}</a></sup>"
        )
    }

    fn section(&self, notes: Vec<Note>) -> Option<Vec<Spanned>> {
        let mut section = vec![html("<div class=\"footnotes\" role=\"doc-endnotes\">\n<hr>\n<ol>\n")];
        for note in notes {
            section.push(html(format!("<li id=\"fn:{}\">\n", note.number)));
            let back = self.back_links(&note);
            let mut content = note.content;
            // In the last paragraph, if the note ends with one.
            let inside = matches!(content.last(), Some((Event::End(TagEnd::Paragraph), _)));
            let at = content.len() - usize::from(inside);
            content.insert(at, (Event::InlineHtml(back.into()), 0..0));
            section.extend(content);
            section.push(html("</li>\n"));
        }
        section.push(html("</ol>\n</div>\n"));
        Some(section)
    }

    fn in_place(&self, _number: Option<usize>, _label: &str, _content: Vec<Spanned>) -> Vec<Spanned> {
        // goldmark leaves a note out that nothing refers to.
        Vec::new()
    }
}

impl Footnotes {
    fn back_links(&self, note: &Note) -> String {
        // goldmark's two placeholders.
        let shown = self
            .back_link_html
            .replace("^^", &note.number.to_string())
            .replace("%%", &note.references.to_string());
        let links = (1..=note.references).map(|occurrence| {
            let id = reference_id(note.number, occurrence);
            format!("&#160;<a href=\"#{id}\" class=\"footnote-backref\" role=\"doc-backlink\">{shown}</a>")
        });
        links.collect()
    }
}

fn reference_id(number: usize, occurrence: usize) -> String {
    match occurrence {
        1 => format!("fnref:{number}"),
        _ => format!("fnref{}:{number}", occurrence - 1),
    }
}

fn html(text: impl Into<String>) -> Spanned {
    (Event::Html(text.into().into()), 0..0)
}
