//! Paragraphs of MDX whose words are all in elements, which Sätteri takes the paragraph's tags off.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::restore::Restorer;
use super::{Form, Macro, Masked, Syntax};
use crate::reading::Spanned;

impl Restorer<'_> {
    /// The end of a paragraph that starts here and whose words are all in elements of MDX.
    pub(super) fn elements_alone(&self, events: &[Spanned], at: usize) -> Option<usize> {
        if self.masked.syntax != Syntax::Mdx || !matches!(events[at].0, Event::Start(Tag::Paragraph)) {
            return None;
        }
        let length = events[at..].iter().position(|(event, _)| *event == Event::End(TagEnd::Paragraph))?;
        let inside = &events[at + 1..at + length];
        let words = inside.iter().flat_map(|(event, _)| match event {
            Event::Text(text) => self.masked.words_in(text),
            Event::SoftBreak | Event::HardBreak => Vec::new(),
            // Code, an image, emphasis: whatever it is, it is no white space.
            _ => vec![Words::Text("x")],
        });
        is_all_in_elements(words).then_some(at + length + 1)
    }

    /// A paragraph's words as a block without its tags.
    pub(super) fn without_paragraph(&mut self, paragraph: &[Spanned]) {
        for (event, range) in paragraph {
            self.moved.push(self.events.len());
            let event = match event {
                Event::Start(Tag::Paragraph) => Event::Start(Tag::HtmlBlock),
                Event::End(TagEnd::Paragraph) => Event::End(TagEnd::HtmlBlock),
                event => event.clone(),
            };
            self.event(event, range.clone());
        }
    }
}

impl Masked<'_> {
    /// The macros of a text and what stands between them.
    fn words_in<'t>(&'t self, text: &'t str) -> Vec<Words<'t>> {
        let mut words = Vec::new();
        let mut at = 0;
        for (place, one) in self.marks_in(text) {
            words.extend([Words::Text(&text[at..place.start]), Words::Macro(one)]);
            at = place.end;
        }
        words.push(Words::Text(&text[at..]));
        words
    }
}

/// A part of a paragraph.
enum Words<'m> {
    Macro(&'m Macro),
    Text(&'m str),
}

/// Where elements are opened and closed in the texts of a paragraph, and whether all of its words are in elements: Sätteri
/// takes such a paragraph's tags off.
fn is_all_in_elements<'m>(texts: impl Iterator<Item = Words<'m>>) -> bool {
    let (mut open, mut any) = (0_usize, false);
    for words in texts {
        match words {
            Words::Macro(one) if one.name.starts_with('/') => match open.checked_sub(1) {
                Some(left) => open = left,
                None => return false,
            },
            Words::Macro(one) => {
                any = true;
                open += usize::from(one.form == Form::Call && one.is_opening_tag());
            }
            Words::Text(text) if open == 0 && !text.trim().is_empty() => return false,
            Words::Text(_) => {}
        }
    }
    any && open == 0
}

impl Macro {
    fn is_opening_tag(&self) -> bool {
        !self.name.starts_with(['{', '/']) && !self.arguments.ends_with('/')
    }
}
