//! Puts macros back into HTML: what the writer wrote as HTML, and what stands in the place of Hexo's own comments.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::restore::Restorer;
use super::show::{self, Shown};
use super::{Macro, Masked};
use crate::reading::{Definitions, Spanned};
use crate::sanitise::escaped;

impl Restorer<'_> {
    /// HTML with macros in it: in a tag a macro is part of an attribute, between tags it is what it shows.
    pub(super) fn html(
        &mut self,
        html: &CowStr<'static>,
        range: Range<usize>,
        event: fn(CowStr<'static>) -> Event<'static>,
    ) {
        let in_place = self.masked.in_tags(html, self.known);
        let html: &str = in_place.as_deref().unwrap_or(html);
        let alone = self.masked.is_marks_only(html);
        let is_block = matches!(event("".into()), Event::Html(_));
        if alone && !is_block {
            return self.text(html, range);
        }
        let found: Vec<_> = self.masked.marks_in(html).map(|(place, one)| (place, one.clone())).collect();
        let mut at = 0;
        for (place, one) in found {
            let place = self.masked.with_comment(html, place);
            self.push_html(&html[at..place.start], &range, event);
            self.shown_in_html(&one, alone, &range, event);
            at = place.end;
        }
        // An empty line of HTML is one all the same.
        if at == 0 || at < html.len() {
            self.events.push((event(html[at..].to_owned().into()), range));
        }
    }

    fn push_html(&mut self, html: &str, range: &Range<usize>, event: fn(CowStr<'static>) -> Event<'static>) {
        if !html.is_empty() {
            self.events.push((event(html.to_owned().into()), range.clone()));
        }
    }

    fn shown_in_html(
        &mut self,
        one: &Macro,
        alone: bool,
        range: &Range<usize>,
        event: fn(CowStr<'static>) -> Event<'static>,
    ) {
        let html = match self.shown(one) {
            Shown::Nothing => return,
            Shown::Code { info, text } => return self.code_block(info, text, range.clone()),
            Shown::Blocks(events) => return self.events.extend(events),
            Shown::Text(text) => escaped(&text),
            // Markdown is not read within HTML; what is HTML in the text is some here too.
            Shown::Markdown(text) => text,
            Shown::Block(html) | Shown::Inline(html) => html,
            Shown::Card(label) if alone => format!("<div class=\"macro\">{label}</div>"),
            Shown::Card(label) => format!("<span class=\"macro\">{label}</span>"),
        };
        self.push_html(&html, range, event);
    }

    /// The end of a block of HTML that starts here and holds nothing but one macro that is code, once it is put back.
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

impl Masked<'_> {
    /// The HTML with the macros that stand in its tags; nothing if there are none.
    fn in_tags(&self, html: &str, known: &Definitions) -> Option<String> {
        let (mut new, mut at) = (String::new(), 0);
        let (mut in_tag, mut any) = (false, false);
        for (place, one) in self.marks_in(html) {
            let place = self.with_comment(html, place);
            let last = html[at..place.start].bytes().rev().find(|byte| matches!(byte, b'<' | b'>'));
            in_tag = last.map_or(in_tag, |last| last == b'<');
            any |= in_tag;
            new.push_str(&html[at..place.start]);
            if in_tag {
                new.push_str(&show::url(one, self.syntax, self.written(one), known).replace('"', "&quot;"));
            } else {
                new.push_str(&html[place.clone()]);
            }
            at = place.end;
        }
        any.then(|| new + &html[at..])
    }
}
