//! Puts macros back into HTML: what the writer wrote as HTML, and what stands in the place of a generator's own HTML.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::restore::Restorer;
use super::show::Shown;
use super::{Macro, Syntax, shortcode};
use crate::reading::Spanned;

/// What makes an event of HTML.
type HtmlEvent = fn(CowStr<'static>) -> Event<'static>;

impl Restorer<'_> {
    /// HTML with macros in it: in a tag a macro is part of an attribute, between tags it is what it shows.
    pub(super) fn html(&mut self, html: &str, range: &Range<usize>, event: HtmlEvent) {
        let alone = self.masked.is_marks_only(html);
        let is_block = matches!(event("".into()), Event::Html(_));
        if alone && !is_block {
            return self.text(html, range);
        }
        let found: Vec<_> = self.masked.marks_in(html).map(|(place, one)| (place, one.clone())).collect();
        let mut printed = String::new();
        let (mut at, mut in_tag) = (0, false);
        for (place, one) in found {
            let between = &html[at..place.start];
            let last = between.bytes().rev().find(|byte| matches!(byte, b'<' | b'>'));
            let is_tag = html[place.clone()].starts_with(shortcode::TAG);
            in_tag = last.map_or(in_tag, |last| last == b'<') && !is_tag;
            printed.push_str(between);
            at = place.end;
            if in_tag {
                printed.push_str(&self.masked.within_url(&one, self.known).replace('"', "&quot;"));
            } else {
                self.push_html(std::mem::take(&mut printed), range, event);
                self.shown_in_html(&one, alone, range, event);
            }
        }
        printed.push_str(&html[at..]);
        if html.is_empty() {
            // The place of a table of contents.
            self.events.push((event("".into()), range.clone()));
        }
        self.push_html(printed, range, event);
    }

    fn push_html(&mut self, html: String, range: &Range<usize>, event: HtmlEvent) {
        if !html.is_empty() {
            let html = self.masked.quiet.out_of(&html).unwrap_or(html);
            self.events.push((event(html.into()), range.clone()));
        }
    }

    fn shown_in_html(&mut self, one: &Macro, alone: bool, range: &Range<usize>, event: HtmlEvent) {
        match self.shown(one) {
            // Elements in several blocks hold together what is between them.
            Shown::Inline(text) if self.masked.syntax == Syntax::Mdx => self.push_html(text, range, event),
            // Markdown is not read within HTML; what is HTML in the text is some here too.
            Shown::Markdown(text) => self.push_html(text, range, event),
            Shown::Card(label) if alone => {
                self.push_html(format!("<div class=\"macro\">{label}</div>"), range, event)
            }
            shown => self.within_line(shown, range),
        }
    }

    /// The end of a block of HTML that starts here and holds nothing but one macro that is code, once it is put back: code
    /// alone can be coloured when there is time.
    pub(super) fn html_of_code(&mut self, events: &[Spanned], at: usize) -> Option<usize> {
        let [(Event::Start(Tag::HtmlBlock), whole), (Event::Html(html), _), end] = events.get(at..at + 3)?
        else {
            return None;
        };
        let mut marks = self.masked.marks_in(html);
        let (one, None) = (marks.next()?.1.clone(), marks.next()) else { return None };
        if end.0 != Event::End(TagEnd::HtmlBlock) || !self.masked.is_marks_only(html) {
            return None;
        }
        let Shown::Code { info, text } = self.shown(&one) else { return None };
        self.moved.extend([self.events.len(); 3]);
        self.code_block(info, text, whole.clone());
        Some(at + 3)
    }
}
