//! The text of a body in stretches, each with what it says; an edit reads again what it may have changed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::Event;

use crate::block::TextChange;
use crate::contents::contents_html;
use crate::definitions::{Difference, asking_for, cut_long_targets, merged, share_long_targets};
use crate::dialect::{Dialect, Engine, ids_for};
use crate::group::{Group, groups};
use crate::notes::{NoteMarks, NoteNumbers, Numbering, Resolver, are_gathered};
use crate::reading::{Definitions, HeadingAnchor, OpenQuotes};
use crate::render::{Raw, Showing};
use crate::stretch::{Events, Stretch};
use crate::stretches::{Place, Stretches};
use crate::time::Time;
use crate::whole::place_ids;
use crate::window::{Window, read_around};

/// The most pieces that are shown. A post of 4 MiB has a third of them; a megabyte of `# a` has five times as many, for
/// which reading, cleaning and the window's layout take seconds.
pub(crate) const MAX_PIECES: usize = 50_000;

/// A text has more than [`MAX_PIECES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooManyPieces {
    pub(crate) pieces: usize,
}

/// A body, read and settled.
pub(crate) struct Body {
    dialect: Arc<Dialect>,
    showing: Showing,
    pub(crate) stretches: Stretches,
    /// What all stretches define.
    known: Definitions,
    /// The labels of long targets.
    long: BTreeSet<String>,
    /// Something is opened and never closed, so that an edit anywhere behind it may change everything.
    unclosed: bool,
    /// The footnotes, where they are gathered at the end.
    pub(crate) notes: Option<Raw>,
    /// The pieces that raw HTML holds together.
    pub(crate) groups: Vec<Group>,
}

/// What an edit did to the pieces of a body.
pub(crate) struct Change {
    /// Where the first of its stretches is.
    pub(crate) place: Place,
    /// The pieces that are gone, in the list before.
    pub(crate) old: Range<usize>,
    /// Those in their place, in the list now.
    pub(crate) new: Range<usize>,
    /// The stretches that held the pieces that are gone.
    pub(crate) removed: Vec<Stretch>,
    /// Pieces elsewhere that say something else now, in the list now and in order.
    pub(crate) elsewhere: Vec<usize>,
    /// The groups before.
    pub(crate) old_groups: Vec<Group>,
    /// The notes at the end say something else now.
    pub(crate) notes: bool,
}

impl Change {
    /// The same in the place of another body.
    pub(crate) fn instead_of(self, mut old: Body) -> Self {
        let count = old.stretches.count();
        let removed = old.stretches.splice(0..count, vec![Stretch::default()]);
        let pieces = removed.iter().map(|stretch| stretch.pieces.len()).sum();
        let notes = self.notes || old.notes.is_some();
        Self { old: 0..pieces, removed, old_groups: old.groups, notes, ..self }
    }
}

/// What of an edit concerns the rest of the text.
#[derive(Default)]
struct Consequences {
    found: bool,
    headings: bool,
    quotes: bool,
    contents: bool,
    notes: bool,
    tags: bool,
}

impl Body {
    pub(crate) fn new(dialect: Dialect, remote_images: bool) -> Self {
        let showing = Showing { remote_images, code: dialect.code() };
        Self {
            dialect: Arc::new(dialect),
            showing,
            stretches: Stretches::new(),
            known: Definitions::default(),
            long: BTreeSet::new(),
            unclosed: false,
            notes: None,
            groups: Vec::new(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.stretches.bytes()
    }

    /// Applies changes, which are sorted, to the text.
    ///
    /// # Errors
    /// If the text would have too many pieces. The body is of no use then.
    pub(crate) fn edit(&mut self, changes: &[TextChange], time: &Time) -> Result<Change, TooManyPieces> {
        let dialect = Arc::clone(&self.dialect);
        let engine = dialect.engine();
        let window = read_around(&self.stretches, changes, self.unclosed, engine, &self.known);
        self.unclosed = window.reading.unclosed;
        let stay =
            self.stretches.pieces(0..self.stretches.count()) - self.stretches.pieces(window.replaced.clone());
        let pieces = stay + window.pieces;
        if pieces > MAX_PIECES {
            return Err(TooManyPieces { pieces });
        }
        // Of a whole text, the first reading says what is defined, so that few stretches are read twice.
        let foreseen = (window.whole && !window.is_single()).then(|| {
            let mut found = window.reading.found.clone();
            cut_long_targets(&mut found);
            found
        });
        let mut update = self.take_in(window, engine, foreseen.as_ref());
        if update.consequences.found {
            self.settle_definitions(&mut update, engine, foreseen.as_ref());
        }
        if update.consequences.quotes {
            self.settle_quotes(&mut update, engine);
        }
        if update.consequences.contents {
            self.settle_contents(&mut update, engine);
        }
        self.settle_ids(&mut update, engine);
        let notes = update.consequences.notes && self.settle_notes(&mut update, engine, time);
        let elsewhere = self.say(&mut update, engine, time);
        let old_groups = self.groups.clone();
        if update.consequences.tags {
            self.groups = self.all_groups();
        } else {
            shift(&mut self.groups, &update.old, update.new.len());
        }
        Ok(Change {
            place: update.place,
            old: update.old,
            new: update.new,
            removed: update.removed,
            elsewhere,
            old_groups,
            notes,
        })
    }

    /// Puts the stretches of a window into the list.
    fn take_in(&mut self, window: Window, engine: &dyn Engine, foreseen: Option<&Definitions>) -> Update {
        let known = foreseen.unwrap_or(&self.known);
        let (at, sources) = (window.replaced.start, window.sources());
        let single = window.is_single();
        let mut reading = Some(window.reading);
        let (mut new, mut read) = (Vec::with_capacity(sources.len()), BTreeMap::new());
        for (number, source) in sources.into_iter().enumerate() {
            let (stretch, events) = match reading.take_if(|_| single) {
                Some(reading) => Stretch::of_reading(source, reading, engine),
                None => Stretch::read(source, engine, known),
            };
            new.push(stretch);
            read.insert(at + number, events);
        }
        let count =
            |stretches: &[Stretch]| stretches.iter().map(|stretch| stretch.pieces.len()).sum::<usize>();
        let (place, first) = (window.place, window.place.pieces);
        let (new_len, pieces) = (new.len(), count(&new));
        let removed: Vec<Stretch> = self.stretches.splice(window.replaced, new);
        let mut consequences = take_over(&removed, &mut self.stretches[at..at + new_len]);
        consequences.found |= asking_for(&self.long, removed.iter())
            != asking_for(&self.long, self.stretches[at..at + new_len].iter());
        Update {
            place,
            stretches: at..at + new_len,
            old: first..first + count(&removed),
            new: first..first + pieces,
            removed,
            read,
            consequences,
        }
    }

    /// Reads the stretches again that asked for what is defined otherwise now.
    fn settle_definitions(
        &mut self,
        update: &mut Update,
        engine: &dyn Engine,
        foreseen: Option<&Definitions>,
    ) {
        let mut now = merged(self.stretches.iter(), engine.later_definitions_win());
        self.long = share_long_targets(&mut now, self.stretches.iter());
        let of_old = Difference::between(&self.known, &now);
        let of_new = Difference::between(foreseen.unwrap_or(&self.known), &now);
        self.known = now;
        if of_old.is_empty() && of_new.is_empty() {
            return;
        }
        for at in 0..self.stretches.count() {
            let difference = if update.stretches.contains(&at) { &of_new } else { &of_old };
            if !difference.concerns(&self.stretches[at]) {
                continue;
            }
            let source = self.stretches[at].source.clone();
            let (mut stretch, events) = Stretch::read(source, engine, &self.known);
            // Blocks do not depend on definitions; were an engine to break that, the list would still be whole.
            if stretch.pieces.len() != self.stretches[at].pieces.len() {
                continue;
            }
            let old = std::slice::from_mut(&mut self.stretches[at]);
            let consequences = take_over(old, std::slice::from_mut(&mut stretch));
            update.consequences.add(&consequences);
            for (piece, old) in stretch.pieces.iter_mut().zip(&mut old[0].pieces) {
                piece.raw = std::mem::take(&mut old.raw);
            }
            self.stretches[at] = stretch;
            update.read.insert(at, events);
        }
    }

    /// Tells the stretches that were read, and those behind them that it concerns, which quotes are open before them.
    fn settle_quotes(&mut self, update: &mut Update, engine: &dyn Engine) {
        let first = update.read.keys().next().copied().unwrap_or_default();
        let last = update.read.keys().next_back().copied().unwrap_or_default();
        let mut open = self.open_quotes_before(first);
        for at in first..self.stretches.count() {
            let stretch = &mut self.stretches[at];
            let Some(shares) = stretch.shares_mut().filter(|shares| !shares.quotes.is_empty()) else {
                continue;
            };
            let was_open = std::mem::replace(&mut shares.open_quotes, open);
            let read = update.read.contains_key(&at);
            if at > last && was_open == open {
                break;
            }
            let (mut before, mut differs) = (was_open, false);
            for quote in &shares.quotes {
                differs |= open.pass(quote) != before.pass(quote);
            }
            if read || differs {
                update.settle_quotes_of(at, stretch, engine, &self.known);
            }
        }
    }

    fn open_quotes_before(&self, at: usize) -> OpenQuotes {
        let before = self.stretches[0..at].iter().rev().map(Stretch::shares);
        before.into_iter().find(|shares| !shares.quotes.is_empty()).map_or(OpenQuotes::NONE, |shares| {
            let mut open = shares.open_quotes;
            shares.quotes.iter().for_each(|quote| {
                open.pass(quote);
            });
            open
        })
    }

    /// The first place for a table of contents has it.
    fn settle_contents(&mut self, update: &mut Update, engine: &dyn Engine) {
        let mut is_first = true;
        for (at, stretch) in self.stretches.iter_mut().enumerate() {
            let Some(shares) = stretch.shares_mut().filter(|shares| shares.contents) else { continue };
            if shares.shows_contents != is_first {
                shares.shows_contents = is_first;
                update.read_again(at, stretch, engine, &self.known);
            }
            is_first = false;
        }
    }

    /// Gives the headings their ids.
    fn settle_ids(&mut self, update: &mut Update, engine: &dyn Engine) {
        if !update.consequences.headings {
            return;
        }
        let headings = self.stretches.iter().flat_map(|stretch| &stretch.shares().headings);
        let mut assign = ids_for(engine, headings);
        for (at, stretch) in self.stretches.iter_mut().enumerate() {
            let mut changed = stretch.shares().shows_contents;
            if let Some(shares) = stretch.shares_mut() {
                let assigned: Vec<_> = shares.headings.iter().map(|heading| assign.id_of(heading)).collect();
                changed |= assigned != shares.ids;
                shares.ids = assigned;
            }
            if changed {
                update.read_again(at, stretch, engine, &self.known);
            }
        }
    }

    /// Numbers the notes; is the section at the end another now?
    fn settle_notes(&mut self, update: &mut Update, engine: &dyn Engine, time: &Time) -> bool {
        let marks = || self.stretches.iter().map(|stretch| &stretch.shares().notes);
        let mut numbering = Numbering::new(marks(), engine.later_definitions_win());
        let numbers = numbering.number(&marks().collect::<Vec<_>>());
        let section = if are_gathered(engine.notes()) { numbering.section(engine.notes()) } else { None };
        let section = section.map(|events| Raw::of(&events, self.showing, time));
        for (at, (stretch, numbers)) in self.stretches.iter_mut().zip(numbers).enumerate() {
            if let Some(shares) = stretch.shares_mut()
                && shares.numbers != numbers
            {
                shares.numbers = numbers;
                update.read_again(at, stretch, engine, &self.known);
            }
        }
        let changed = section != self.notes;
        self.notes = section;
        changed
    }

    /// Puts what was read again into HTML; the pieces outside the edit that say something else now.
    fn say(&mut self, update: &mut Update, engine: &dyn Engine, time: &Time) -> Vec<usize> {
        let mut elsewhere = Vec::new();
        let mut place = Place::default();
        for (at, events) in std::mem::take(&mut update.read) {
            let raws = self.raws(at, events, engine, time);
            if update.stretches.contains(&at) {
                self.stretches[at].pieces.iter_mut().zip(raws).for_each(|(piece, raw)| piece.raw = raw);
                continue;
            }
            place = self.stretches.place(at, place);
            for (number, (piece, raw)) in self.stretches[at].pieces.iter_mut().zip(raws).enumerate() {
                if piece.raw != raw {
                    elsewhere.push(place.pieces + number);
                }
                piece.raw = raw;
            }
        }
        elsewhere
    }

    /// What each piece of a stretch says, with everything in it that the rest of the text decides.
    fn raws(
        &self,
        at: usize,
        Events { mut reading, cuts }: Events,
        engine: &dyn Engine,
        time: &Time,
    ) -> Vec<Raw> {
        let shares = self.stretches[at].shares();
        place_ids(&mut reading, &shares.ids);
        for place in &reading.contents {
            let html = match shares.shows_contents {
                true => contents_html(self.headings(), place),
                false => place.otherwise.clone(),
            };
            reading.events[place.event].0 = Event::Html(html.into());
        }
        let mut resolver = Resolver::new(engine.notes(), &shares.numbers);
        let mut events = reading.events.into_iter();
        cuts.iter()
            .map(|cut| {
                let events = resolver.resolve(events.by_ref().take(cut.events.len()));
                Raw::of(&events, self.showing, time)
            })
            .collect()
    }

    fn headings(&self) -> impl Iterator<Item = (&HeadingAnchor, &Option<String>)> {
        self.stretches.iter().flat_map(|stretch| stretch.shares().headings.iter().zip(&stretch.shares().ids))
    }

    fn all_groups(&self) -> Vec<Group> {
        let mut tags = Vec::new();
        let mut first = 0;
        for stretch in self.stretches.iter() {
            tags.extend(stretch.shares().tags.iter().map(|tag| (tag, first + tag.piece)));
            first += stretch.pieces.len();
        }
        groups(&tags)
    }
}

/// An edit on its way.
struct Update {
    place: Place,
    /// The stretches that it brought.
    stretches: Range<usize>,
    old: Range<usize>,
    new: Range<usize>,
    removed: Vec<Stretch>,
    /// The stretches that must be rendered.
    read: BTreeMap<usize, Events>,
    consequences: Consequences,
}

impl Update {
    /// Reads a stretch for its events alone.
    fn read_again(&mut self, at: usize, stretch: &Stretch, engine: &dyn Engine, known: &Definitions) {
        self.read.entry(at).or_insert_with(|| {
            let (_, mut events) = Stretch::read(stretch.source.clone(), engine, known);
            let mut open = stretch.shares().open_quotes;
            open.settle(&mut events.reading);
            events
        });
    }

    /// Puts the form of its quotes into what was read of a stretch, its notes included.
    fn settle_quotes_of(
        &mut self,
        at: usize,
        stretch: &mut Stretch,
        engine: &dyn Engine,
        known: &Definitions,
    ) {
        match self.read.get_mut(&at) {
            Some(events) => {
                let mut open = stretch.shares().open_quotes;
                open.settle(&mut events.reading);
            }
            None => self.read_again(at, stretch, engine, known),
        }
        if let (Some(events), Some(shares)) = (self.read.get(&at), stretch.shares_mut())
            && !shares.notes.is_empty()
        {
            shares.notes = NoteMarks::of(&events.reading.events, are_gathered(engine.notes()));
            self.consequences.notes = true;
        }
    }
}

impl Consequences {
    fn add(&mut self, more: &Self) {
        self.found |= more.found;
        self.headings |= more.headings;
        self.quotes |= more.quotes;
        self.contents |= more.contents;
        self.notes |= more.notes;
        self.tags |= more.tags;
    }
}

/// Compares what stretches and those that come for them share with the rest. What is the same is settled as before.
fn take_over(old: &[Stretch], new: &mut [Stretch]) -> Consequences {
    let consequences = Consequences {
        found: !same(old, new, |stretch| Some(&stretch.shares().found).filter(|found| !found.is_empty())),
        headings: !same(old, new, |stretch| stretch.shares().headings.iter().map(HeadingAnchor::asks)),
        quotes: old.iter().chain(&*new).any(|stretch| !stretch.shares().quotes.is_empty()),
        contents: old.iter().chain(&*new).any(|stretch| stretch.shares().contents),
        notes: !same(old, new, |stretch| Some(&stretch.shares().notes).filter(|notes| !notes.is_empty())),
        tags: !same_tags(old, new),
    };
    let mut ids: VecDeque<_> = old.iter().flat_map(|stretch| stretch.shares().ids.iter().cloned()).collect();
    let mut numbers = NoteNumbers::default();
    old.iter().for_each(|stretch| numbers.append(&stretch.shares().numbers));
    for shares in new.iter_mut().filter_map(Stretch::shares_mut) {
        let count = shares.headings.len().min(ids.len());
        shares.ids = ids.drain(..count).collect();
        let marks: &NoteMarks = &shares.notes;
        shares.numbers.take(marks, &mut numbers);
    }
    consequences
}

fn same<'s, I: IntoIterator<Item: PartialEq>>(
    old: &'s [Stretch],
    new: &'s [Stretch],
    part: impl Fn(&'s Stretch) -> I,
) -> bool {
    old.iter().flat_map(&part).eq(new.iter().flat_map(&part))
}

/// Without tags, any pieces may come and go; with some, each must be in the piece that it was in.
fn same_tags(old: &[Stretch], new: &[Stretch]) -> bool {
    fn placed(stretches: &[Stretch]) -> Vec<(usize, &crate::group::HtmlTag)> {
        let mut first = 0;
        let mut tags = Vec::new();
        for stretch in stretches {
            tags.extend(stretch.shares().tags.iter().map(|tag| (first + tag.piece, tag)));
            first += stretch.pieces.len();
        }
        tags
    }
    let pieces = |stretches: &[Stretch]| stretches.iter().map(|stretch| stretch.pieces.len()).sum::<usize>();
    let (old_tags, new_tags) = (placed(old), placed(new));
    (old_tags.is_empty() && new_tags.is_empty()) || (pieces(old) == pieces(new) && old_tags == new_tags)
}

/// Moves groups by an edit that has no part in what holds them together.
fn shift(groups: &mut [Group], old: &Range<usize>, new_len: usize) {
    let moved = |at: usize| at + new_len - old.len();
    for group in groups {
        if group.pieces.start >= old.end {
            group.pieces = moved(group.pieces.start)..moved(group.pieces.end);
        } else if group.pieces.end >= old.end && group.pieces.start < old.start {
            group.pieces.end = moved(group.pieces.end);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dialect::{Astro, CommonMark, Hexo, Hugo, Jekyll, Zola};
    use crate::whole::settled;

    const PIECES: &[&str] = &[
        "# 제목\n",
        "## 제목[^1] [집]\n",
        "문장과 *강조* [집] [^1] HTML\n",
        "[집]: https://example.com/a \"t\"\n",
        "[집]: /b\n",
        "[^1]: 첫 각주[^둘]\n",
        "[^둘]: second\n    more\n",
        "글[^둘]\n",
        "- a\n\n- b\n  - c\n",
        "1. 하나\n",
        "> 인용\n",
        "```rust\nfn main() {}\n```\n",
        "    indented\n",
        "|a|b|\n|-|-:|\n|1|2|\n",
        "<details>\n\n",
        "</details>\n",
        "<b>inline</b>\n",
        "---\n",
        ": 뜻\n",
        "*[HTML]: Hyper Text\n",
        "{: .note}\n",
        "\"따옴\" 'a' b\"\n",
        "\"연 것\n",
        "끝\" c'\n",
        "* 목차\n{:toc}\n",
        "{% raw %}\n\n{{ a }}\n\n{% endraw %}\n",
        "{{< figure src=\"a.png\" >}}\n",
        "{% blockquote 가 %}\n# 나\n\n다\n{% endblockquote %}\n",
        "글 {% post_link other %} <!-- 말\n\n말 -->\n",
        "{# 말 #}\n",
        "{% assign x = \"값\" %}\n",
        "{% assign x = 2 %}\n",
        "{{ x }} 와 `{{ x }}`\n",
        "{% if y %}\n",
        "{% if y %}글{% endif %} {% assign x = 3 %}{{ x }}\n",
        "{% capture x %}\n\n# 제목\n\n{% endcapture %}\n",
        "$$\nx\n$$\n",
        "import X from 'y'\n",
        "export const a = {\n\n  b: `}`,\n}\n",
        "<Box a=\"1\" b={{c: '}'}}>\n",
        "글 <A/> {b}</Box>\n",
        "</Box>\n",
        "<div className=\"x\">\n",
        "</div>\n",
        "{/*\n\n# 말\n\n*/}\n",
        "{a\n",
        "b}\n",
        "  <B>\n    - 가\n    글\n  </B>\n",
        "> [!NOTE]\n> 알림\n",
        "\n",
        "\n",
        "\n",
    ];

    fn dialect() -> impl Strategy<Value = Dialect> {
        proptest::sample::select(vec![
            Dialect::CommonMark(CommonMark::default()),
            Dialect::Hugo(Hugo::default()),
            Dialect::Jekyll(Jekyll::default()),
            Dialect::Zola(Zola::default()),
            Dialect::Hexo(Hexo::default()),
            Dialect::Astro(Astro::default()),
            Dialect::Astro(Astro { mdx: true, ..Astro::default() }),
        ])
    }

    /// Without line ends, which depend on whether blocks are written together or apart.
    fn on_one_line(raws: &[Raw]) -> String {
        raws.iter().map(|raw| raw.as_part(&Time::enough()).unwrap().replace('\n', "")).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 300 } else { 3_000 }))]

        #[test]
        fn stretches_read_alone_say_what_the_whole_text_says(
            dialect in dialect(),
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..16),
        ) {
            let text = pieces.concat();
            let mut body = Body::new(dialect.clone(), false);
            let read = body.edit(&[TextChange { from: 0, to: 0, insert: text.clone() }], &Time::enough());
            prop_assert!(read.is_ok());
            let pieces = body.stretches.iter().flat_map(|stretch| &stretch.pieces);
            let said: Vec<_> = pieces.map(|piece| piece.raw.clone()).chain(body.notes.clone()).collect();
            let whole = Raw::of(&settled(&text, &dialect), Showing { remote_images: false, code: dialect.code() }, &Time::enough());
            prop_assert_eq!(on_one_line(&said), on_one_line(&[whole]), "{:?} {:?}", dialect, text);
        }
    }
}
