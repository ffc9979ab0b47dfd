//! Marks of emphasis and strikethrough that do something else than the writer meant.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Finding, FindingKind, MOST_OF_A_KIND, Page, insertion, shortened};
use crate::block::TextChange;
use crate::reading::Reading;

/// A character that is no letter and takes no room: beside a mark it makes the mark touch punctuation (`&`, `;`).
/// Tried with goldmark, comrak, markdown-it, marked, micromark and pulldown-cmark.
const WORD_JOINER: &str = "&#8288;";

/// `**` that stays text although it stands at a word.
pub(super) fn printed_marks(page: &Page<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for paragraph in paragraphs(page.reading) {
        let marks = printed_in(page, &page.reading.events[paragraph.clone()]);
        for pair in marks.chunks_exact(2).take(MOST_OF_A_KIND.saturating_sub(found.len())) {
            let (opening, closing) = (pair[0].clone(), pair[1].clone());
            let span = opening.start..closing.end;
            if page.body[opening.end..closing.start].contains('\n') {
                continue;
            }
            found.push(Finding {
                kind: FindingKind::PrintedMark { mark: page.body[opening.clone()].to_owned() },
                mend: mend(page, &page.reading.events[paragraph.start].1, opening, closing),
                span,
            });
        }
    }
    found
}

/// `**` that an engine pairs otherwise than they stand: of `**"a"**b c**(d)**`, `b c` would be strong.
pub(super) fn mispaired_marks(page: &Page<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for paragraph in paragraphs(page.reading) {
        let events = &page.reading.events[paragraph.clone()];
        let read = strong_in(page.body, events);
        let printed: Vec<usize> = printed_in(page, events).into_iter().map(|mark| mark.start).collect();
        let mut marks: Vec<usize> = read.iter().flat_map(|pair| [pair.start, pair.end - 2]).collect();
        marks.extend(&printed);
        marks.sort_unstable();
        let meant: Vec<_> = marks.chunks(2).map(|pair| pair[0]..pair[pair.len() - 1] + 2).collect();
        if read.is_empty() || !meant.iter().all(|pair| is_meant(page.body, pair)) {
            continue;
        }
        let is_told =
            |pair: &Range<usize>| printed.contains(&pair.start) && printed.contains(&(pair.end - 2));
        for pair in meant.into_iter().filter(|pair| !read.contains(pair) && !is_told(pair)) {
            let (opening, closing) = (pair.start..pair.start + 2, pair.end - 2..pair.end);
            found.push(Finding {
                kind: FindingKind::MispairedMark { text: shortened(&page.body[opening.end..closing.start]) },
                mend: mend(page, &page.reading.events[paragraph.start].1, opening, closing),
                span: pair,
            });
        }
    }
    found
}

/// What is strong by two stars, marks included, in the order of its places. An engine's events stand for the whole, or each for its own mark.
fn strong_in(body: &str, events: &[(Event<'static>, Range<usize>)]) -> Vec<Range<usize>> {
    let (mut open, mut pairs) = (Vec::new(), Vec::new());
    for (event, range) in events {
        match event {
            Event::Start(Tag::Strong) => open.push(range.start),
            Event::End(TagEnd::Strong) => pairs.extend(open.pop().map(|start| start..range.end)),
            _ => {}
        }
    }
    let by_stars = |pair: &Range<usize>| {
        body.get(pair.clone()).is_some_and(|text| text.len() > 4 && text.ends_with("**"))
    };
    pairs.retain(|pair| by_stars(pair) && body[pair.start..].starts_with("**"));
    pairs.sort_unstable_by_key(|pair| pair.start);
    pairs
}

/// Two stars, words on one line, two stars: as nobody would write what is to be read otherwise.
fn is_meant(body: &str, pair: &Range<usize>) -> bool {
    let inner = body.get(pair.clone()).and_then(|text| text.strip_prefix("**")?.strip_suffix("**"));
    let is_edge = |c: char| c.is_whitespace() || c == '*';
    inner.is_some_and(|inner| !inner.is_empty() && !inner.starts_with(is_edge) && !inner.ends_with(is_edge))
        && !body[pair.clone()].contains('\n')
        && !body[..pair.start].ends_with('*')
        && !body[pair.end..].starts_with('*')
}

/// The events of the blocks that hold text in a line.
fn paragraphs(reading: &Reading) -> Vec<Range<usize>> {
    let mut paragraphs = Vec::new();
    let mut start = None;
    for (at, (event, _)) in reading.events.iter().enumerate() {
        match event {
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell | Tag::Item) => {
                start = Some(at)
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Item) => {
                paragraphs.extend(start.take().map(|start| start..at + 1));
            }
            _ => {}
        }
    }
    paragraphs
}

/// The places of `**` in texts whose source really has them there, not escaped. An event may hold one star alone.
fn printed_in(page: &Page<'_>, events: &[(Event<'static>, Range<usize>)]) -> Vec<Range<usize>> {
    let mut stars = Vec::new();
    let mut code = 0_usize;
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code += 1,
            Event::End(TagEnd::CodeBlock) => code = code.saturating_sub(1),
            Event::Text(text) if code == 0 && text.contains('*') => {
                let source = &page.body[range.clone()];
                stars.extend(source.match_indices('*').map(|(at, _)| range.start + at));
            }
            _ => {}
        }
    }
    let mut marks: Vec<Range<usize>> = Vec::new();
    for pair in stars.windows(2) {
        let follows = pair[0] + 1 == pair[1] && marks.last().is_none_or(|mark| mark.end <= pair[0]);
        let mark = pair[0]..pair[1] + 1;
        if follows && !page.body[..mark.start].ends_with('\\') && touches_a_word(page.body, &mark) {
            marks.push(mark);
        }
    }
    marks
}

fn touches_a_word(text: &str, mark: &Range<usize>) -> bool {
    let is_word = |c: char| !c.is_whitespace() && c != '*';
    text[..mark.start].chars().next_back().is_some_and(is_word)
        || text[mark.end..].chars().next().is_some_and(is_word)
}

/// To see whether a mend helps, its paragraph is read again: not one that is longer than anybody's.
const LONGEST_MENDED: usize = 8 * 1024;

/// A word joiner outside the marks, if that makes the engine read them.
fn mend(
    page: &Page<'_>,
    paragraph: &Range<usize>,
    opening: Range<usize>,
    closing: Range<usize>,
) -> Vec<TextChange> {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric());
    let before = letter(page.body[..opening.start].chars().next_back());
    let after = letter(page.body[closing.end..].chars().next());
    let mut mend = Vec::new();
    mend.extend(before.then(|| insertion(opening.start, WORD_JOINER)));
    mend.extend(after.then(|| insertion(closing.end, WORD_JOINER)));
    let is_short = paragraph.len() <= LONGEST_MENDED;
    if mend.is_empty() || !is_short || !is_read(page, paragraph, &mend, &opening) { Vec::new() } else { mend }
}

fn is_read(page: &Page<'_>, paragraph: &Range<usize>, mend: &[TextChange], opening: &Range<usize>) -> bool {
    let mut source = String::new();
    let mut at = paragraph.start;
    let mut moved = 0;
    for change in mend {
        source.push_str(&page.body[at..change.from]);
        source.push_str(&change.insert);
        if change.from <= opening.start {
            moved += change.insert.len();
        }
        at = change.to;
    }
    source.push_str(&page.body[at..paragraph.end]);
    let place = opening.start - paragraph.start + moved;
    let reading = page.dialect.engine().read(&source, page.known);
    reading
        .events
        .iter()
        .any(|(event, range)| matches!(event, Event::Start(Tag::Strong)) && range.start == place)
}

/// One tilde that strikes out, as in `10~20 and 30~40`.
pub(super) fn struck_out(page: &Page<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut openings = Vec::new();
    for (event, range) in &page.reading.events {
        match event {
            Event::Start(Tag::Strikethrough) => openings.push(range.start),
            // An engine's events stand for the whole, or each for its own mark.
            Event::End(TagEnd::Strikethrough) => {
                found.extend(openings.pop().and_then(|start| struck(page.body, start..range.end)));
            }
            _ => {}
        }
    }
    found
}

fn struck(body: &str, span: Range<usize>) -> Option<Finding> {
    let inner = body.get(span.clone())?.strip_prefix('~')?.strip_suffix('~')?;
    let in_a_word = body[..span.start].chars().next_back().is_some_and(char::is_alphanumeric);
    (in_a_word && !inner.is_empty() && !inner.starts_with('~')).then(|| Finding {
        kind: FindingKind::StruckOut { text: shortened(inner) },
        mend: vec![insertion(span.start, "\\"), insertion(span.end - 1, "\\")],
        span,
    })
}
