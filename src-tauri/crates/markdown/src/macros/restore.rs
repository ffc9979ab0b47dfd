//! Puts macros back into what an engine read.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::show::{self, Shown};
use super::{FIRST_MARK, Form, Macro, Masked, PADDING};
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
    paragraph: bool,
}

impl Restorer<'_> {
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
            if let Some(end) = self.elements_alone(&events, at) {
                self.without_paragraph(&events[at..end]);
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
                Event::End(TagEnd::Paragraph) => {
                    let end = at + offset + 2;
                    return (any && self.loses_its_tags(&events[at..end])).then_some(end);
                }
                Event::SoftBreak | Event::HardBreak => {}
                Event::Text(text) if self.masked.is_marks_only(text) => any = true,
                _ => return None,
            }
        }
        None
    }

    /// Where paragraphs stay, one around a single macro goes all the same. Around macros that only a theme knows nobody can
    /// tell, and each is a card of its own.
    fn loses_its_tags(&self, paragraph: &[Spanned]) -> bool {
        if !self.masked.syntax.keeps_paragraphs() {
            return true;
        }
        let texts = paragraph.iter().filter_map(|(event, _)| match event {
            Event::Text(text) => Some(text),
            _ => None,
        });
        let macros: Vec<&Macro> =
            texts.flat_map(|text| self.masked.marks_in(text)).map(|(_, one)| one).collect();
        macros.len() == 1 || macros.iter().all(|one| self.is_card(one))
    }

    /// Whether a macro is a card, without rendering what it holds.
    fn is_card(&self, one: &Macro) -> bool {
        !matches!(one.form, Form::Verbatim { .. }) && matches!(self.shown(one), Shown::Card(_))
    }

    pub(super) fn shown(&self, one: &Macro) -> Shown {
        show::show(one, self.dialect, self.masked.source, self.known)
    }

    fn blocks(&mut self, paragraph: &[Spanned]) {
        let range = paragraph[0].1.clone();
        if let Some(text) = self.written_out(paragraph) {
            self.moved.extend(std::iter::repeat_n(self.events.len(), paragraph.len()));
            return self.markdown_block(&text, range);
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
            // Its lines belong to a block all the same.
            Shown::Nothing => self.html_block(String::new(), range),
            Shown::Code { info, text } => self.code_block(info, text, range),
            Shown::Block(html) => self.html_block(html, range),
            Shown::Blocks(events) => self.one_block(events, range),
            Shown::Markdown(text) => self.markdown_block(&text, range),
            Shown::Card(label) => self.html_block(format!("<div class=\"macro\">{label}</div>\n"), range),
            Shown::Text(text) => self.paragraph(Event::Text(text.into()), range),
            Shown::Inline(html) => self.paragraph(Event::InlineHtml(html.into()), range),
        }
    }

    fn paragraph(&mut self, event: Event<'static>, range: Range<usize>) {
        self.events.push((Event::Start(Tag::Paragraph), range.clone()));
        self.events.push((event, range.clone()));
        self.events.push((Event::End(TagEnd::Paragraph), range));
    }

    fn html_block(&mut self, html: String, range: Range<usize>) {
        self.one_block(vec![(Event::Html(html.into()), range.clone())], range);
    }

    /// Markdown that stands alone may be any blocks; headings in it get no ids.
    fn markdown_block(&mut self, text: &str, range: Range<usize>) {
        let events = self.dialect.without_macros().read(text, self.known).events;
        let events = events.into_iter().map(|(event, _)| (event, range.clone())).collect();
        self.one_block(events, range);
    }

    /// Blocks that are one at the top level.
    fn one_block(&mut self, events: Vec<Spanned>, range: Range<usize>) {
        self.events.push((Event::Start(Tag::HtmlBlock), range.clone()));
        self.events.extend(events);
        self.events.push((Event::End(TagEnd::HtmlBlock), range));
    }

    pub(super) fn code_block(&mut self, info: String, text: String, range: Range<usize>) {
        let tag = Tag::CodeBlock(CodeBlockKind::Fenced(info.into()));
        self.events.push((Event::Start(tag), range.clone()));
        self.events.push((Event::Text(text.into()), range.clone()));
        self.events.push((Event::End(TagEnd::CodeBlock), range));
    }

    pub(super) fn event(&mut self, event: Event<'static>, range: Range<usize>) {
        let event = match event {
            Event::Text(text) if self.code => Event::Text(self.masked.in_code(&text, self.known)),
            Event::Text(text) => return self.text(&text, &range),
            Event::Code(text) => Event::Code(self.masked.in_code(&text, self.known)),
            Event::Html(html) => return self.html(&html, &range, Event::Html),
            Event::InlineHtml(html) => return self.html(&html, &range, Event::InlineHtml),
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
                self.paragraph &= end != TagEnd::Paragraph;
                self.code &= end != TagEnd::CodeBlock;
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
    pub(super) fn text(&mut self, text: &str, range: &Range<usize>) {
        let found: Vec<_> = self.masked.marks_in(text).map(|(place, one)| (place, one.clone())).collect();
        let mut at = 0;
        for (place, one) in found {
            self.plain(&text[at..place.start], range);
            self.within_line(self.shown(&one), range);
            at = place.end;
        }
        self.plain(&text[at..], range);
    }

    pub(super) fn within_line(&mut self, shown: Shown, range: &Range<usize>) {
        match shown {
            Shown::Nothing => {}
            Shown::Text(text) => self.events.push((Event::Text(text.into()), range.clone())),
            Shown::Markdown(text) => {
                let words = self.words_of(&text);
                self.events.extend(words.into_iter().map(|event| (event, range.clone())));
            }
            Shown::Code { info, text } => {
                self.block_within_line(range, |it| it.code_block(info, text, range.clone()));
            }
            Shown::Blocks(events) => self.block_within_line(range, |it| it.one_block(events, range.clone())),
            Shown::Block(html) | Shown::Inline(html) => {
                self.events.push((Event::InlineHtml(html.into()), range.clone()));
            }
            Shown::Card(label) => {
                let card = format!("<span class=\"macro\">{label}</span>");
                self.events.push((Event::InlineHtml(card.into()), range.clone()));
            }
        }
    }

    /// What a text is as Markdown, if it is words and no blocks; else as it is written.
    fn words_of(&self, text: &str) -> Vec<Event<'static>> {
        let events = self.dialect.without_macros().read(text, self.known).events;
        match common::lone_paragraph(&events) {
            Some(words) => words.iter().map(|(event, _)| event.clone()).collect(),
            None => vec![Event::Text(text.to_owned().into())],
        }
    }

    fn block_within_line(&mut self, range: &Range<usize>, push_block: impl FnOnce(&mut Self)) {
        if !self.paragraph || self.masked.syntax.keeps_paragraphs() {
            return push_block(self);
        }
        if matches!(self.events.last(), Some((Event::SoftBreak | Event::HardBreak, _))) {
            self.events.pop();
        }
        self.events.push((Event::End(TagEnd::Paragraph), range.clone()));
        push_block(self);
        self.events.push((Event::Start(Tag::Paragraph), range.clone()));
    }

    fn plain(&mut self, text: &str, range: &Range<usize>) {
        let text = self.masked.quiet.out_of(text).unwrap_or_else(|| text.to_owned());
        if !text.is_empty() {
            self.events.push((Event::Text(text.into()), range.clone()));
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
                (Form::Raw, Some(start)) => {
                    ranges.push(start..one.range.end);
                    opening = None;
                }
                (Form::Raw, None) => opening = Some(one.range.start),
                _ => {}
            }
        }
        ranges
    }

    pub(super) fn is_marks_only(&self, text: &str) -> bool {
        let mut at = 0;
        for (place, _) in self.marks_in(text) {
            if !text[at..place.start].trim().is_empty() {
                return false;
            }
            at = place.end;
        }
        at > 0 && text[at..].trim().is_empty()
    }

    /// Each mark replaced by what `replace` makes of its macro, and escapes by what they print.
    fn replaced(&self, text: &str, replace: impl Fn(&Macro) -> String) -> Option<String> {
        let mut new = String::new();
        let mut at = 0;
        for (place, one) in self.marks_in(text) {
            new.push_str(&text[at..place.start]);
            new.push_str(&replace(one));
            at = place.end;
        }
        let new = (at > 0).then(|| new + &text[at..]);
        self.quiet.out_of(new.as_deref().unwrap_or(text)).or(new)
    }

    fn as_written(&self, text: &CowStr<'static>) -> CowStr<'static> {
        self.replaced(text, |one| self.written(one).to_owned()).map_or_else(|| text.clone(), Into::into)
    }

    fn in_code(&self, text: &CowStr<'static>, known: &Definitions) -> CowStr<'static> {
        self.replaced(text, |one| self.within_code(one, known)).map_or_else(|| text.clone(), Into::into)
    }

    fn without_marks(&self, text: &str) -> String {
        self.replaced(text, |_| String::new()).unwrap_or_else(|| text.to_owned())
    }

    /// An id has lost the marks already, which are no letters, but not what came after them. Where HTML stands around a
    /// mark, nothing of it is in an id.
    fn without_padding(&self, id: String, heading: &str) -> String {
        let is_bare =
            |place: &Range<usize>| heading[place.clone()].starts_with(|c| u32::from(c) >= FIRST_MARK);
        let words = self.marks_in(heading).filter(|(place, _)| is_bare(place));
        words.fold(self.without_marks(&id), |id, (_, one)| {
            let padding: String = std::iter::repeat_n(PADDING, one.padding_bytes()).collect();
            id.replacen(&padding, "", 1)
        })
    }

    fn url(&self, text: &CowStr<'static>, known: &Definitions) -> CowStr<'static> {
        // An engine may have encoded the URL.
        let decoded = percent_decoded_marks(text);
        let text = decoded.map_or_else(|| text.clone(), CowStr::from);
        self.replaced(&text, |one| self.within_url(one, known)).map_or(text, Into::into)
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
