//! Footnotes: a list at the end of the text.

use pulldown_cmark::{Event, TagEnd};

use super::Jekyll;
use super::entities::escaped_around_references;
use crate::dialect::{Note, NoteStyle};
use crate::reading::Spanned;

impl NoteStyle for Jekyll {
    fn reference(&self, number: usize, label: &str, occurrence: usize) -> String {
        let name = self.note_name(label);
        let number = i64::try_from(number).unwrap_or(i64::MAX).saturating_add(self.footnote_nr - 1);
        let again = if occurrence == 1 { String::new() } else { format!(":{}", occurrence - 1) };
        format!(
            "<sup id=\"fnref:{name}{again}\" role=\"doc-noteref\"><a href=\"#fn:{name}\" class=\"footnote\" \
             rel=\"footnote\">{number}</a></sup>"
        )
    }

    fn section(&self, notes: Vec<Note>) -> Option<Vec<Spanned>> {
        let start =
            if self.footnote_nr == 1 { String::new() } else { format!(" start=\"{}\"", self.footnote_nr) };
        let mut section =
            vec![html(format!("<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol{start}>\n"))];
        for note in notes {
            let name = self.note_name(&note.label);
            section.push(html(format!("<li id=\"fn:{name}\" role=\"doc-endnote\">\n")));
            section.extend(self.with_links_back(note, &name));
            section.push(html("</li>\n".to_owned()));
        }
        section.push(html("</ol>\n</div>\n".to_owned()));
        Some(section)
    }

    fn in_place(&self, _number: Option<usize>, _label: &str, _content: Vec<Spanned>) -> Vec<Spanned> {
        // kramdown leaves a note out that nothing refers to.
        Vec::new()
    }
}

impl Jekyll {
    fn note_name(&self, label: &str) -> String {
        crate::sanitise::escaped(&format!("{}{label}", self.footnote_prefix))
    }

    /// The links stand in the last paragraph, or in one of their own.
    fn with_links_back(&self, note: Note, name: &str) -> Vec<Spanned> {
        let mut content = note.content;
        if self.footnote_backlink.is_empty() {
            return content;
        }
        let text = escaped_around_references(&self.footnote_backlink, false);
        let ends_with_paragraph = matches!(content.last(), Some((Event::End(TagEnd::Paragraph), _)));
        let mut links = String::new();
        for again in 0..note.references {
            if again > 0 || ends_with_paragraph {
                links.push('\u{a0}');
            }
            let (place, mark) = match again {
                0 => (String::new(), String::new()),
                _ => (format!(":{again}"), format!("<sup>{}</sup>", again + 1)),
            };
            links.push_str(&format!(
                "<a href=\"#fnref:{name}{place}\" class=\"reversefootnote\" role=\"doc-backlink\">{text}{mark}</a>"
            ));
        }
        if ends_with_paragraph {
            content.insert(content.len() - 1, (Event::InlineHtml(links.into()), 0..0));
        } else {
            content.push(html(format!("<p>{links}</p>\n")));
        }
        content
    }
}

fn html(text: String) -> Spanned {
    (Event::Html(text.into()), 0..0)
}
