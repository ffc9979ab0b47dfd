//! Puts macros back into what an engine read.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::show::{self, Shown};
use super::{Form, MARK_BYTES, Macro, Masked, PADDING, RenderText, Syntax, TAG};
use crate::dialect::common;
use crate::reading::{Reading, Spanned};

pub(super) fn restore(masked: &Masked<'_>, reading: &mut Reading, render: RenderText<'_>) {
    let events = std::mem::take(&mut reading.events);
    let mut restorer = Restorer {
        masked,
        render,
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
        target.url = masked.url(&target.url);
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

struct Restorer<'m> {
    masked: &'m Masked<'m>,
    render: RenderText<'m>,
    events: Vec<Spanned>,
    /// Where each of the events before is now.
    moved: Vec<usize>,
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

    /// Hugo takes the tags of a paragraph away only around one shortcode. Around shortcodes that only a theme knows
    /// nobody can tell, and each is a card of its own.
    fn loses_its_tags(&self, paragraph: &[Spanned]) -> bool {
        if self.masked.syntax != Syntax::Hugo {
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
        matches!(show::show(one, self.masked.syntax, self.masked.source, &|_| Vec::new()), Shown::Card(_))
    }

    fn show(&self, one: &Macro) -> Shown {
        show::show(one, self.masked.syntax, self.masked.source, self.render)
    }

    fn blocks(&mut self, paragraph: &[Spanned]) {
        let range = paragraph[0].1.clone();
        for (event, _) in paragraph {
            self.moved.push(self.events.len());
            let Event::Text(text) = event else { continue };
            let found: Vec<Macro> = self.masked.marks_in(text).map(|(_, one)| one.clone()).collect();
            for one in found {
                self.block(&one, range.clone());
            }
        }
    }

    fn block(&mut self, one: &Macro, range: Range<usize>) {
        match self.show(one) {
            // Its lines belong to a block all the same.
            Shown::Nothing => self.html_block(String::new(), range),
            Shown::Code { info, text } => self.code_block(info, text, range),
            Shown::Block(html) => self.html_block(html, range),
            Shown::Blocks(events) => {
                self.events.push((Event::Start(Tag::HtmlBlock), range.clone()));
                self.events.extend(events.into_iter().map(|event| (event, range.clone())));
                self.events.push((Event::End(TagEnd::HtmlBlock), range));
            }
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
        self.events.push((Event::Start(Tag::HtmlBlock), range.clone()));
        self.events.push((Event::Html(html.into()), range.clone()));
        self.events.push((Event::End(TagEnd::HtmlBlock), range));
    }

    fn code_block(&mut self, info: String, text: String, range: Range<usize>) {
        let tag = Tag::CodeBlock(CodeBlockKind::Fenced(info.into()));
        self.events.push((Event::Start(tag), range.clone()));
        self.events.push((Event::Text(text.into()), range.clone()));
        self.events.push((Event::End(TagEnd::CodeBlock), range));
    }

    fn event(&mut self, event: Event<'static>, range: Range<usize>) {
        let event = match event {
            Event::Text(text) if self.code => Event::Text(self.masked.as_written(&text)),
            Event::Text(text) => return self.text(&text, range),
            Event::Code(text) => Event::Code(self.masked.as_written(&text)),
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
                dest_url: self.masked.url(&dest_url),
                title: self.masked.as_written(&title),
                id,
            },
            Tag::Image { link_type, dest_url, title, id } => Tag::Image {
                link_type,
                dest_url: self.masked.url(&dest_url),
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
    fn text(&mut self, text: &str, range: Range<usize>) {
        let found: Vec<_> = self.masked.marks_in(text).map(|(place, one)| (place, one.clone())).collect();
        let mut at = 0;
        for (place, one) in found {
            self.plain(&text[at..place.start], &range);
            self.within_line(&one, &range);
            at = place.end;
        }
        self.plain(&text[at..], &range);
    }

    /// Hugo puts a block into its paragraph, which the browser ends there, in the preview as on the site.
    fn within_line(&mut self, one: &Macro, range: &Range<usize>) {
        let event = match self.show(one) {
            Shown::Nothing => return,
            Shown::Text(text) => Event::Text(text.into()),
            Shown::Code { info, text } if self.paragraph && self.masked.syntax != Syntax::Hugo => {
                return self.break_paragraph(info, text, range);
            }
            Shown::Code { info, text } => return self.code_block(info, text, range.clone()),
            Shown::Block(html) | Shown::Inline(html) => Event::InlineHtml(html.into()),
            Shown::Blocks(events) => {
                return self.events.extend(events.into_iter().map(|event| (event, range.clone())));
            }
            Shown::Card(label) => Event::InlineHtml(format!("<span class=\"macro\">{label}</span>").into()),
        };
        self.events.push((event, range.clone()));
    }

    /// The other generators end the paragraph at a block of code, and begin another for what follows.
    fn break_paragraph(&mut self, info: String, text: String, range: &Range<usize>) {
        if matches!(self.events.last(), Some((Event::SoftBreak | Event::HardBreak, _))) {
            self.events.pop();
        }
        self.events.push((Event::End(TagEnd::Paragraph), range.clone()));
        self.code_block(info, text, range.clone());
        self.events.push((Event::Start(Tag::Paragraph), range.clone()));
    }

    /// In a tag a macro is part of an attribute; between tags, or in the place of one, it shows what it is.
    fn html(&mut self, html: &str, range: &Range<usize>, event: fn(CowStr<'static>) -> Event<'static>) {
        let found: Vec<_> = self.masked.marks_in(html).map(|(place, one)| (place, one.clone())).collect();
        let mut printed = String::new();
        let (mut at, mut in_tag) = (0, false);
        for (place, one) in found {
            let around = if one.is_tag() { TAG } else { ("", "") };
            let (start, end) = (place.start - around.0.len(), place.end + around.1.len());
            let between = &html[at..start];
            let last = between.bytes().rev().find(|byte| matches!(byte, b'<' | b'>'));
            in_tag = last.map_or(in_tag, |last| last == b'<') && !one.is_tag();
            printed.push_str(between);
            at = end;
            if in_tag {
                let url = show::url(&one, self.masked.syntax, self.masked.written(&one));
                printed.push_str(&url.replace('"', "&quot;"));
            } else {
                if !printed.is_empty() {
                    self.push_html(std::mem::take(&mut printed), range, event);
                }
                self.within_line(&one, range);
            }
        }
        printed.push_str(&html[at..]);
        // An empty one from the engine is the place of a table of contents.
        if !printed.is_empty() || html.is_empty() {
            self.push_html(printed, range, event);
        }
    }

    fn push_html(
        &mut self,
        html: String,
        range: &Range<usize>,
        event: fn(CowStr<'static>) -> Event<'static>,
    ) {
        let html = self.masked.quiet.out_of(&html).unwrap_or(html);
        self.events.push((event(html.into()), range.clone()));
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

    fn is_marks_only(&self, text: &str) -> bool {
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

    fn without_marks(&self, text: &str) -> String {
        self.replaced(text, |_| String::new()).unwrap_or_else(|| text.to_owned())
    }

    /// An id has lost the marks already, which are no letters, but not what came after them.
    fn without_padding(&self, id: String, heading: &str) -> String {
        self.marks_in(heading).fold(self.without_marks(&id), |id, (_, one)| {
            let padding: String = std::iter::repeat_n(PADDING, one.range.len() - MARK_BYTES).collect();
            id.replacen(&padding, "", 1)
        })
    }

    fn url(&self, text: &CowStr<'static>) -> CowStr<'static> {
        // An engine may have encoded the URL.
        let decoded = percent_decoded_marks(text);
        let text = decoded.map_or_else(|| text.clone(), CowStr::from);
        self.replaced(&text, |one| show::url(one, self.syntax, self.written(one))).map_or(text, Into::into)
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
