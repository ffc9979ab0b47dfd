//! Puts macros back into what an engine read.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::show::{self, Shown};
use super::{COMMENT, COMMENT_AS_CODE, Form, MARK_BYTES, Macro, Masked, PADDING, Syntax};
use crate::dialect::{Dialect, common};
use crate::reading::{Definitions, Reading, Spanned};

pub(super) fn restore(masked: &Masked<'_>, reading: &mut Reading, dialect: &Dialect, known: &Definitions) {
    let events = std::mem::take(&mut reading.events);
    let mut restorer = Restorer {
        masked,
        dialect,
        known,
        events: Vec::with_capacity(events.len()),
        moved: Vec::new(),
        code: false,
        paragraph: false,
    };
    restorer.run(events);
    let Restorer { events, mut moved, .. } = restorer;
    reading.events = events;
    hold_together(masked, &mut reading.events, &mut moved);
    for heading in &mut reading.headings {
        heading.event = moved[heading.event];
        heading.wanted =
            heading.wanted.take().map(|wanted| masked.without_padding(wanted, &heading.label_html));
        heading.label_html = masked.without_marks(&heading.label_html);
    }
    for place in &mut reading.contents {
        place.event = moved[place.event];
    }
    for quote in &mut reading.quotes {
        quote.event = moved[quote.event];
    }
    for target in reading.found.links.values_mut() {
        target.url = masked.url(&target.url, known);
        target.title = masked.as_written(&target.title);
    }
}

/// What stands between `{% raw %}` and its end in a later block is one top-level block with both: alone it would be
/// read otherwise.
fn hold_together(masked: &Masked<'_>, events: &mut Vec<Spanned>, moved: &mut [usize]) {
    let held = held_events(&masked.raw_ranges(), events);
    if held.is_empty() {
        return;
    }
    let mut together = Vec::with_capacity(events.len() + 2 * held.len());
    let mut now_at = Vec::with_capacity(events.len());
    let mut held = held.into_iter().peekable();
    for (at, event) in std::mem::take(events).into_iter().enumerate() {
        if let Some((_, source)) = held.peek().filter(|(events, _)| events.start == at) {
            together.push((Event::Start(Tag::HtmlBlock), source.clone()));
        }
        now_at.push(together.len());
        together.push(event);
        if let Some((_, source)) = held.next_if(|(events, _)| events.end == at + 1) {
            together.push((Event::End(TagEnd::HtmlBlock), source));
        }
    }
    *events = together;
    for place in moved {
        *place = now_at.get(*place).copied().unwrap_or(events.len());
    }
}

/// The events of the blocks that ranges of the source hold together, with what they say of the source. Both are in
/// order; blocks that two ranges share hold the blocks of both.
fn held_events(ranges: &[Range<usize>], events: &[Spanned]) -> Vec<(Range<usize>, Range<usize>)> {
    if ranges.is_empty() {
        return Vec::new();
    }
    let blocks = common::top_level(events);
    let source = |block: usize| events[blocks[block].start].1.clone();
    let mut held: Vec<Range<usize>> = Vec::new();
    let mut block = 0;
    for range in ranges {
        while block < blocks.len() && source(block).end <= range.start {
            block += 1;
        }
        let first = block;
        while block < blocks.len() && source(block).start < range.end {
            block += 1;
        }
        if first < block {
            match held.last_mut().filter(|last| first < last.end) {
                Some(last) => last.end = block,
                None => held.push(first..block),
            }
            // Its last block may be the first of the next range.
            block -= 1;
        }
    }
    let several = held.into_iter().filter(|held| held.len() > 1);
    several
        .map(|held| {
            let (first, last) = (held.start, held.end - 1);
            (blocks[first].start..blocks[last].end, source(first).start..source(last).end)
        })
        .collect()
}

pub(super) struct Restorer<'m> {
    pub(super) masked: &'m Masked<'m>,
    dialect: &'m Dialect,
    pub(super) known: &'m Definitions,
    pub(super) events: Vec<Spanned>,
    /// Where each of the events before is now.
    pub(super) moved: Vec<usize>,
    code: bool,
    pub(super) paragraph: bool,
}

impl Restorer<'_> {
    pub(super) fn shown(&self, one: &Macro) -> Shown {
        show::show(one, self.dialect, self.masked.source, self.known)
    }

    fn run(&mut self, events: Vec<Spanned>) {
        let mut at = 0;
        while at < events.len() {
            let end = self.macros_alone(&events, at);
            if let Some(end) = end {
                self.blocks(&events[at..end]);
                at = end;
                continue;
            }
            if let Some(end) = self.html_of_code(&events, at) {
                at = end;
                continue;
            }
            self.moved.push(self.events.len());
            let (event, range) = events[at].clone();
            self.event(event, range);
            at += 1;
        }
    }

    /// The end of a paragraph that starts here and holds nothing but macros.
    fn macros_alone(&self, events: &[Spanned], at: usize) -> Option<usize> {
        if !matches!(events[at].0, Event::Start(Tag::Paragraph)) {
            return None;
        }
        let mut any = false;
        for (offset, (event, _)) in events[at + 1..].iter().enumerate() {
            match event {
                Event::End(TagEnd::Paragraph) => return any.then_some(at + offset + 2),
                Event::SoftBreak | Event::HardBreak => {}
                Event::Text(text) if self.masked.is_marks_only(text) => any = true,
                _ => return None,
            }
        }
        None
    }

    fn blocks(&mut self, paragraph: &[Spanned]) {
        let range = paragraph[0].1.clone();
        if let Some(text) = self.written_out(paragraph) {
            self.moved.extend(std::iter::repeat_n(self.events.len(), paragraph.len()));
            return self.markdown_block(text, range);
        }
        for (event, _) in paragraph {
            self.moved.push(self.events.len());
            let Event::Text(text) = event else { continue };
            let found: Vec<Macro> = self.masked.marks_in(text).map(|(_, one)| one.clone()).collect();
            for one in found {
                self.block(&one, range.clone());
            }
        }
    }

    /// What a paragraph of macros prints, if all of it is text that Markdown is read in.
    fn written_out(&self, paragraph: &[Spanned]) -> Option<String> {
        let mut printed = String::new();
        for (event, _) in paragraph {
            match event {
                Event::Text(text) => {
                    let mut at = 0;
                    for (place, one) in self.masked.marks_in(text) {
                        printed.push_str(&text[at..place.start]);
                        match self.shown(one) {
                            Shown::Markdown(text) => printed.push_str(&text),
                            _ => return None,
                        }
                        at = place.end;
                    }
                    printed.push_str(&text[at..]);
                }
                Event::SoftBreak | Event::HardBreak => printed.push('\n'),
                _ => {}
            }
        }
        Some(printed)
    }

    fn block(&mut self, one: &Macro, range: Range<usize>) {
        match self.shown(one) {
            Shown::Blocks(events) => self.events.extend(events),
            // Its lines belong to a block all the same.
            Shown::Nothing => self.html_block(String::new(), range),
            Shown::Code { info, text } => self.code_block(info, text, range),
            Shown::Block(html) => self.html_block(html, range),
            Shown::Card(label) => self.html_block(format!("<div class=\"macro\">{label}</div>\n"), range),
            Shown::Markdown(text) => self.markdown_block(text, range),
            Shown::Text(text) => self.paragraph(Event::Text(text.into()), range),
            Shown::Inline(html) => self.paragraph(Event::InlineHtml(html.into()), range),
        }
    }

    fn paragraph(&mut self, event: Event<'static>, range: Range<usize>) {
        self.events.push((Event::Start(Tag::Paragraph), range.clone()));
        self.events.push((event, range.clone()));
        self.events.push((Event::End(TagEnd::Paragraph), range));
    }

    /// What a text is as Markdown, if it is words and no blocks; else as it is written.
    fn words_of(&self, text: &str, range: &Range<usize>) -> Vec<Spanned> {
        let events = self.dialect.without_macros().read(text, self.known).events;
        let is_paragraph = |event: &Event<'_>| matches!(event, Event::Start(Tag::Paragraph));
        match events.as_slice() {
            [(first, _), inner @ .., (Event::End(TagEnd::Paragraph), _)]
                if is_paragraph(first) && !inner.iter().any(|(event, _)| is_paragraph(event)) =>
            {
                inner.iter().map(|(event, _)| (event.clone(), range.clone())).collect()
            }
            _ => vec![(Event::Text(text.to_owned().into()), range.clone())],
        }
    }

    /// Markdown that stands alone may be any blocks; headings in it get no ids.
    fn markdown_block(&mut self, text: String, range: Range<usize>) {
        let events = self.dialect.without_macros().read(&text, self.known).events;
        self.events.push((Event::Start(Tag::HtmlBlock), range.clone()));
        self.events.extend(events.into_iter().map(|(event, _)| (event, range.clone())));
        self.events.push((Event::End(TagEnd::HtmlBlock), range));
    }

    fn html_block(&mut self, html: String, range: Range<usize>) {
        self.events.push((Event::Start(Tag::HtmlBlock), range.clone()));
        self.events.push((Event::Html(html.into()), range.clone()));
        self.events.push((Event::End(TagEnd::HtmlBlock), range));
    }

    pub(super) fn code_block(&mut self, info: String, text: String, range: Range<usize>) {
        let kind = CodeBlockKind::Fenced(info.into());
        self.events.push((Event::Start(Tag::CodeBlock(kind)), range.clone()));
        self.events.push((Event::Text(text.into()), range.clone()));
        self.events.push((Event::End(TagEnd::CodeBlock), range));
    }

    fn event(&mut self, event: Event<'static>, range: Range<usize>) {
        let event = match event {
            Event::Text(text) if self.code => Event::Text(self.masked.in_code(&text, self.known)),
            Event::Text(text) => return self.text(&text, range),
            Event::Code(text) => Event::Code(self.masked.in_code(&text, self.known)),
            Event::Html(html) => return self.html(&html, range, Event::Html),
            Event::InlineHtml(html) => return self.html(&html, range, Event::InlineHtml),
            Event::Start(tag) => {
                self.paragraph |= matches!(tag, Tag::Paragraph);
                self.code |= matches!(tag, Tag::CodeBlock(_));
                Event::Start(self.tag(tag))
            }
            Event::End(TagEnd::Paragraph)
                if matches!(self.events.last(), Some((Event::Start(Tag::Paragraph), _))) =>
            {
                self.events.pop();
                self.paragraph = false;
                return;
            }
            Event::End(end) => {
                self.code &= end != TagEnd::CodeBlock;
                self.paragraph &= end != TagEnd::Paragraph;
                Event::End(end)
            }
            event => event,
        };
        self.events.push((event, range));
    }

    fn tag(&self, tag: Tag<'static>) -> Tag<'static> {
        match tag {
            Tag::Link { link_type, dest_url, title, id } => Tag::Link {
                link_type,
                dest_url: self.masked.url(&dest_url, self.known),
                title: self.masked.as_written(&title),
                id,
            },
            Tag::Image { link_type, dest_url, title, id } => Tag::Image {
                link_type,
                dest_url: self.masked.url(&dest_url, self.known),
                title: self.masked.as_written(&title),
                id,
            },
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Tag::CodeBlock(CodeBlockKind::Fenced(self.masked.as_written(&info)))
            }
            tag => tag,
        }
    }

    /// Text with macros in it: what they show within a line.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        let found: Vec<_> = self.masked.marks_in(text).map(|(place, one)| (place, one.clone())).collect();
        let mut at = 0;
        for (place, one) in found {
            let place = self.masked.with_comment(text, place);
            self.plain(&text[at..place.start], &range);
            let event = match self.shown(&one) {
                // A browser ends the paragraph at a block of code, and begins another for what follows.
                Shown::Code { info, text } if self.paragraph => {
                    self.break_paragraph(&range, |it| it.code_block(info, text, range.clone()));
                    None
                }
                Shown::Blocks(events) if self.paragraph => {
                    self.break_paragraph(&range, |it| it.events.extend(events));
                    None
                }
                Shown::Blocks(events) => {
                    self.events.extend(events);
                    None
                }
                Shown::Markdown(text) => {
                    let events = self.words_of(&text, &range);
                    self.events.extend(events);
                    None
                }
                Shown::Nothing => None,
                Shown::Text(text) => Some(Event::Text(text.into())),
                Shown::Code { text, .. } => Some(Event::Code(text.trim_end().to_owned().into())),
                Shown::Block(html) | Shown::Inline(html) => Some(Event::InlineHtml(html.into())),
                Shown::Card(label) => {
                    Some(Event::InlineHtml(format!("<span class=\"macro\">{label}</span>").into()))
                }
            };
            self.events.extend(event.map(|event| (event, range.clone())));
            at = place.end;
        }
        self.plain(&text[at..], &range);
    }

    fn break_paragraph(&mut self, range: &Range<usize>, block: impl FnOnce(&mut Self)) {
        if matches!(self.events.last(), Some((Event::SoftBreak | Event::HardBreak, _))) {
            self.events.pop();
        }
        self.events.push((Event::End(TagEnd::Paragraph), range.clone()));
        block(self);
        self.events.push((Event::Start(Tag::Paragraph), range.clone()));
    }

    fn plain(&mut self, text: &str, range: &Range<usize>) {
        if !text.is_empty() {
            self.events.push((Event::Text(text.to_owned().into()), range.clone()));
        }
    }
}

impl Masked<'_> {
    /// From each `{% raw %}` to its end.
    fn raw_ranges(&self) -> Vec<Range<usize>> {
        let mut opening = None;
        let mut ranges = Vec::new();
        for one in &self.macros {
            match (&one.form, opening) {
                (Form::Escape { prints }, Some(start)) if prints.is_empty() => {
                    ranges.push(start..one.range.end);
                    opening = None;
                }
                (Form::Escape { prints }, None) if prints.is_empty() => opening = Some(one.range.start),
                _ => {}
            }
        }
        ranges
    }

    pub(super) fn is_marks_only(&self, text: &str) -> bool {
        let mut at = 0;
        for (place, _) in self.marks_in(text) {
            let place = self.with_comment(text, place);
            if !text[at..place.start].trim().is_empty() {
                return false;
            }
            at = place.end;
        }
        at > 0 && text[at..].trim().is_empty()
    }

    /// A mark's place, with the comment that it stands in.
    pub(super) fn with_comment(&self, text: &str, mark: Range<usize>) -> Range<usize> {
        for (open, close) in [COMMENT, COMMENT_AS_CODE] {
            if self.syntax == Syntax::Nunjucks
                && text[..mark.start].ends_with(open)
                && text[mark.end..].starts_with(close)
            {
                return mark.start - open.len()..mark.end + close.len();
            }
        }
        mark
    }

    /// Each mark replaced by what `replace` makes of its macro, the comment around it too.
    pub(super) fn replaced(&self, text: &str, replace: impl Fn(&Macro) -> String) -> Option<String> {
        let mut new = String::new();
        let mut at = 0;
        for (place, one) in self.marks_in(text) {
            let place = self.with_comment(text, place);
            new.push_str(&text[at..place.start]);
            new.push_str(&replace(one));
            at = place.end;
        }
        (at > 0).then(|| new + &text[at..])
    }

    fn as_written(&self, text: &CowStr<'static>) -> CowStr<'static> {
        self.replaced(text, |one| self.written(one).to_owned()).map_or_else(|| text.clone(), Into::into)
    }

    fn in_code(&self, text: &CowStr<'static>, known: &Definitions) -> CowStr<'static> {
        let shown = |one: &Macro| show::code(one, self.syntax, self.source, known);
        self.replaced(text, shown).map_or_else(|| text.clone(), Into::into)
    }

    fn without_marks(&self, text: &str) -> String {
        self.replaced(text, |_| String::new()).unwrap_or_else(|| text.to_owned())
    }

    /// An id has lost the marks already, which are no letters, but not what came after them.
    fn without_padding(&self, id: String, heading: &str) -> String {
        // A comment in a heading is no part of its id.
        let in_comment = |mark: &Range<usize>| self.with_comment(heading, mark.clone()) != *mark;
        let words = self.marks_in(heading).filter(|(mark, _)| !in_comment(mark));
        words.fold(self.without_marks(&id), |id, (_, one)| {
            let padding: String = std::iter::repeat_n(PADDING, one.range.len() - MARK_BYTES).collect();
            id.replacen(&padding, "", 1)
        })
    }

    fn url(&self, text: &CowStr<'static>, known: &Definitions) -> CowStr<'static> {
        // An engine may have encoded the URL.
        let decoded = percent_decoded_marks(text);
        let text = decoded.map_or_else(|| text.clone(), CowStr::from);
        self.replaced(&text, |one| show::url(one, self.syntax, self.written(one), known))
            .map_or(text, Into::into)
    }
}

/// Marks are four bytes of `%F4%80…`; everything else stays encoded.
fn percent_decoded_marks(url: &str) -> Option<String> {
    if !url.contains("%F4%8") && !url.contains("%f4%8") {
        return None;
    }
    let mut decoded = String::with_capacity(url.len());
    let mut rest = url;
    while let Some(at) = rest.find("%F4%8").or_else(|| rest.find("%f4%8")) {
        decoded.push_str(&rest[..at]);
        let mark = rest.get(at..at + 12).and_then(decoded_char);
        match mark {
            Some(mark) => {
                decoded.push(mark);
                rest = &rest[at + 12..];
            }
            None => {
                decoded.push_str(&rest[at..at + 5]);
                rest = &rest[at + 5..];
            }
        }
    }
    decoded.push_str(rest);
    Some(decoded)
}

fn decoded_char(encoded: &str) -> Option<char> {
    let bytes: Option<Vec<u8>> =
        encoded.split('%').skip(1).map(|pair| u8::from_str_radix(pair, 16).ok()).collect();
    std::str::from_utf8(&bytes?).ok()?.chars().next()
}
