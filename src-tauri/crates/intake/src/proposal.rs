//! What becomes of a pasted text: posts between seams, and the steps that each goes through.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use postwright_post::front_matter;

use crate::plain::{self, Found, Step, StepName, ends_sentence};
use crate::seams::{self, Seam, SeamReason};
use crate::{Details, encoding};

/// A text that is longer is refused.
pub const MAX_TEXT_BYTES: usize = 64 * 1024 * 1024;
/// So is one of more lines.
const MAX_LINES: usize = 1_000_000;
/// How many changes of one step and post are told one by one; all are counted.
const TOLD: usize = 300;
/// How many letters of context are told with a change.
const CONTEXT: usize = 24;
/// A change of more letters is told by its beginning.
const LONGEST_TOLD: usize = 120;
/// What has no line of so many letters, and no sentence, is no post but the frame of a page.
const LINE_OF_TEXT: usize = 80;

/// A text that has more than [`MAX_TEXT_BYTES`], or a million lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text has {bytes} bytes; at most {MAX_TEXT_BYTES} are read, and at most {MAX_LINES} lines")]
pub struct TooLarge {
    /// How many bytes it has.
    pub bytes: usize,
}

/// Names a change: its step, and where it is in the pasted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChangeId {
    /// The step.
    pub step: StepName,
    /// The place in the pasted text, in bytes.
    pub at: usize,
}

/// Something that a step changes, or would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its name.
    pub id: ChangeId,
    /// What stands before it, shortened.
    pub context_before: String,
    /// What is replaced.
    pub before: String,
    /// What replaces it.
    pub after: String,
    /// What follows, shortened.
    pub context_after: String,
    /// Whether it has hardly another meaning.
    pub is_sure: bool,
    /// Whether it is made.
    pub is_taken: bool,
}

/// How many changes a step found, and how many of them are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StepCount {
    /// All that were found.
    pub found: usize,
    /// Those that are made.
    pub taken: usize,
}

/// A post of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Where it is in the pasted text, in bytes.
    pub source: Range<usize>,
    /// What was found about it.
    pub details: Details,
    /// Its text, with front matter.
    pub text: String,
    /// What was and could be changed, in the order of the steps; of each step the first few hundred.
    pub changes: Vec<Change>,
    /// How much each step found.
    pub counts: HashMap<StepName, StepCount>,
    /// Whether it becomes a draft: by what it is, or as the writer chose.
    pub is_taken: bool,
}

/// A pasted text, what was found in it, and what the writer chose.
#[derive(Debug, Clone)]
pub struct Proposal {
    text: String,
    found: Vec<Seam>,
    /// Seams that the writer chose: taken or not, by where they are.
    seams: HashMap<usize, bool>,
    off: HashSet<StepName>,
    flipped: HashSet<ChangeId>,
    /// Posts that the writer chose: taken or not, by where they begin.
    taken: HashMap<usize, bool>,
    drafts: Vec<Draft>,
}

impl Proposal {
    /// Reads a text.
    pub fn new(text: &str) -> Result<Self, TooLarge> {
        if text.len() > MAX_TEXT_BYTES || text.bytes().filter(|byte| *byte == b'\n').count() > MAX_LINES {
            return Err(TooLarge { bytes: text.len() });
        }
        let text = encoding::with_newlines(text.strip_prefix('\u{feff}').unwrap_or(text));
        let found = seams::find(&text);
        let mut proposal = Self {
            text,
            found,
            seams: HashMap::new(),
            off: HashSet::new(),
            flipped: HashSet::new(),
            taken: HashMap::new(),
            drafts: Vec::new(),
        };
        proposal.work();
        Ok(proposal)
    }

    /// The text as it was pasted.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The posts.
    pub fn drafts(&self) -> &[Draft] {
        &self.drafts
    }

    /// The steps, and whether each is taken.
    pub fn steps(&self) -> Vec<Step> {
        StepName::ALL.into_iter().map(|name| Step { name, is_on: !self.off.contains(&name) }).collect()
    }

    /// Where posts begin or may begin, in order.
    pub fn seams(&self) -> Vec<Seam> {
        let mut seams: Vec<Seam> = self
            .found
            .iter()
            .map(|seam| Seam {
                is_on: self.seams.get(&seam.at).copied().unwrap_or(seam.is_on),
                ..seam.clone()
            })
            .collect();
        for (at, is_on) in &self.seams {
            if !seams.iter().any(|seam| seam.at == *at) && *is_on {
                let line = self.text[..*at].matches('\n').count() + 1;
                seams.push(Seam { at: *at, line, reason: SeamReason::Writer, is_on: true });
            }
        }
        seams.sort_by_key(|seam| seam.at);
        seams
    }

    /// Takes a step or leaves it.
    pub fn set_step(&mut self, step: StepName, is_on: bool) {
        if is_on {
            self.off.remove(&step);
        } else {
            self.off.insert(step);
        }
        self.work();
    }

    /// Makes a change or leaves it: the other than what it is now.
    pub fn flip(&mut self, change: ChangeId) {
        if !self.flipped.remove(&change) {
            self.flipped.insert(change);
        }
        self.work();
    }

    /// Says that a post begins at a line, from 1, or that none does. The first line always begins one.
    pub fn set_seam(&mut self, line: usize, is_on: bool) {
        let at = plain::lines(&self.text).get(line.saturating_sub(1)).map(|line| line.start);
        if let Some(at) = at.filter(|at| *at > 0) {
            self.seams.insert(at, is_on);
            self.work();
        }
    }

    /// Says whether a post becomes a draft.
    pub fn set_taken(&mut self, draft: usize, is_taken: bool) {
        if let Some(draft) = self.drafts.get_mut(draft) {
            self.taken.insert(draft.source.start, is_taken);
            draft.is_taken = is_taken;
        }
    }

    fn work(&mut self) {
        let mut starts: Vec<usize> =
            self.seams().iter().filter(|seam| seam.is_on).map(|seam| seam.at).collect();
        starts.push(self.text.len());
        let drafts = starts
            .windows(2)
            .filter(|ends| !self.text[ends[0]..ends[1]].trim().is_empty())
            .map(|ends| self.draft(ends[0]..ends[1]))
            .collect();
        self.drafts = drafts;
    }

    fn draft(&self, source: Range<usize>) -> Draft {
        let piece = &self.text[source.clone()];
        let mut draft = Draft {
            source: source.clone(),
            details: Details::default(),
            text: piece.to_owned(),
            changes: Vec::new(),
            counts: HashMap::new(),
            is_taken: self.taken.get(&source.start).copied().unwrap_or_else(|| is_post(piece)),
        };
        // A post with front matter is Markdown that somebody wrote as such.
        if front_matter::read(piece.trim_start()).format != front_matter::Format::None {
            draft.text = piece.trim_start().to_owned();
            return draft;
        }
        let is_markdown = plain::is_markdown(piece);
        let mut places = Places::of(source.start, piece.len());
        for step in StepName::ALL {
            let found = plain::find(step, &draft.text, is_markdown);
            self.take(step, found, &mut draft, &mut places);
        }
        let body = draft.text.trim_matches('\n');
        draft.text = format!("{}{body}\n", draft.details.front_matter());
        draft
    }

    /// Makes those changes of a step that are chosen.
    fn take(&self, step: StepName, found: Vec<Found>, draft: &mut Draft, places: &mut Places) {
        let mut count = StepCount { found: found.len(), taken: 0 };
        let mut taken = Vec::new();
        for (number, found) in found.into_iter().enumerate() {
            let id = ChangeId { step, at: places.source_of(found.range.start) };
            let is_taken = !self.off.contains(&step) && found.is_sure != self.flipped.contains(&id);
            if number < TOLD {
                draft.changes.push(told(&draft.text, &found, id, is_taken));
            }
            if is_taken {
                count.taken += 1;
                taken.push(found);
            }
        }
        draft.counts.insert(step, count);
        for found in &taken {
            learn(&mut draft.details, found);
        }
        (draft.text, *places) = applied(&draft.text, &taken, places);
    }
}

fn learn(details: &mut Details, found: &Found) {
    let Some(told) = &found.details else { return };
    details.title = details.title.take().or_else(|| told.title.clone());
    details.date = details.date.take().or_else(|| told.date.clone());
    details.category = details.category.take().or_else(|| told.category.clone());
    details.add_tags(told.tags.iter().cloned());
}

fn is_post(piece: &str) -> bool {
    piece.lines().any(|line| {
        line.chars().count() >= LINE_OF_TEXT || (line.chars().count() > 15 && ends_sentence(line))
    })
}

fn told(text: &str, found: &Found, id: ChangeId, is_taken: bool) -> Change {
    let after: String = match &found.details {
        Some(details) => details.front_matter().trim_matches(['-', '\n']).to_owned(),
        None => found.with.clone(),
    };
    Change {
        id,
        context_before: last_letters(&text[..found.range.start]),
        before: shortened(&text[found.range.clone()]),
        after: shortened(&after),
        context_after: text[found.range.end..].chars().take(CONTEXT).collect(),
        is_sure: found.is_sure,
        is_taken,
    }
}

fn last_letters(text: &str) -> String {
    let start = text.char_indices().rev().take(CONTEXT).last().map_or(0, |(at, _)| at);
    if text.is_empty() { String::new() } else { text[start..].to_owned() }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_TOLD) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Where each stretch of a changed text was in the pasted one.
#[derive(Debug, Clone, Default)]
struct Places {
    /// Where a stretch begins now, where it began, and how long it is.
    stretches: Vec<(usize, usize, usize)>,
}

impl Places {
    fn of(start: usize, length: usize) -> Self {
        Self { stretches: vec![(0, start, length)] }
    }

    /// Where a place was; what was put in counts as behind what stood before it.
    fn source_of(&self, at: usize) -> usize {
        let place = self.stretches.partition_point(|(now, _, _)| *now <= at);
        match place.checked_sub(1).and_then(|place| self.stretches.get(place)) {
            Some((now, was, length)) => was + (at - now).min(*length),
            None => self.stretches.first().map_or(0, |(_, was, _)| *was),
        }
    }
}

/// The text with the changes made, and its places.
fn applied(text: &str, changes: &[Found], places: &Places) -> (String, Places) {
    if changes.is_empty() {
        return (text.to_owned(), places.clone());
    }
    let mut result = String::with_capacity(text.len() + changes.len());
    let mut next = Places::default();
    let mut done = 0;
    for change in changes {
        copy(text, done..change.range.start, places, &mut result, &mut next);
        result.push_str(&change.with);
        done = change.range.end;
    }
    copy(text, done..text.len(), places, &mut result, &mut next);
    (result, next)
}

fn copy(text: &str, range: Range<usize>, places: &Places, result: &mut String, next: &mut Places) {
    let first = places.stretches.partition_point(|(now, _, length)| now + length <= range.start);
    for (now, was, length) in places.stretches[first..].iter().take_while(|(now, _, _)| *now < range.end) {
        let start = range.start.max(*now);
        let end = range.end.min(now + length);
        if start < end {
            next.stretches.push((result.len() + (start - range.start), was + (start - now), end - start));
        }
    }
    result.push_str(&text[range]);
}
