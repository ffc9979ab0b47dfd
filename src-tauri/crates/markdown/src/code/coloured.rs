//! Code that keeps its colours line by line, so that an edit colours what it changed.
//!
//! A line keeps its text, its pieces as HTML and what the grammar had open at its end. After an edit, lines are
//! coloured from the first that changed until one ends as it did before; all behind it stands.

use std::ops::Range;
use std::sync::Arc;

use syntect::parsing::{ParseState, ScopeStack, ScopeStackOp, SyntaxReference};

use super::language::Language;
use super::profile::Profile;
use super::{Flavour, grammar, html, paint};

/// Longer lines stay plain: a grammar's patterns can take more than linear time in a line.
pub(crate) const MAX_LINE_BYTES: usize = 1_000;
/// The same for grammars with patterns that take a square or a cube of the line's length (1,900 tabs in an INI file: 18 s).
const SHORT_LINES: &[(&str, usize)] = &[
    ("ini", 250),
    ("make", 250),
    ("markdown", 400),
    ("python", 400),
    ("scala", 500),
    ("matlab", 400),
    ("r", 400),
    ("erlang", 400),
    ("lua", 500),
    ("c", 500),
    ("env", 500),
    ("dockerfile", 500),
    ("general", 500),
];
/// Longer code stays plain.
pub(crate) const MAX_LINES: usize = 20_000;
/// Larger code stays plain.
pub(crate) const MAX_BYTES: usize = 1024 * 1024;

/// What the grammar has open at the end of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    parse: ParseState,
    scopes: ScopeStack,
}

// SAFETY: what keeps a `ParseState` from being `Send` and `Sync` is Oniguruma's region (the places of a match, kept for
// back references such as a heredoc's end): an array that the region alone owns, that no method changes through a
// shared reference, and that is freed by plain `free`. It has no tie to the thread that made it.
#[allow(unsafe_code)]
unsafe impl Send for State {}
// SAFETY: as above.
#[allow(unsafe_code)]
unsafe impl Sync for State {}

#[derive(Debug, Clone)]
struct Line {
    text: Box<str>,
    html: Box<str>,
    /// None: not coloured yet.
    end: Option<Arc<State>>,
}

/// Lines that stand in place of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineChange {
    /// The first line that changed.
    pub from: usize,
    /// How many lines stood there before.
    pub removed: usize,
    /// How many stand there now.
    pub inserted: usize,
}

/// Lines of code with their colours.
#[derive(Debug, Clone)]
pub(crate) struct ColouredLines {
    /// None: it stays plain.
    language: Option<Language>,
    flavour: Flavour,
    lines: Vec<Line>,
    /// It is as large as code with colours may be, or smaller.
    fits: bool,
    /// Lines whose colours are still to be found: from the first, and at least up to the second.
    pending: Option<Range<usize>>,
}

impl ColouredLines {
    /// Colours until `stop` says so, which is asked before every line.
    pub(crate) fn new(
        language: Option<Language>,
        flavour: Flavour,
        text: &str,
        stop: &dyn Fn() -> bool,
    ) -> Self {
        let lines: Vec<Line> = lines_of(text).map(plain_line).collect();
        let fits = fits(text, lines.len());
        let pending = Some(0..lines.len()).filter(|_| language.is_some() && fits && !lines.is_empty());
        let mut coloured = Self { language, flavour, lines, fits, pending };
        coloured.resume(stop);
        coloured
    }

    /// Takes the text as it is now. The change names all lines whose HTML is another.
    pub(crate) fn update(&mut self, text: &str, stop: &dyn Fn() -> bool) -> LineChange {
        let new: Vec<&str> = lines_of(text).collect();
        let (old_count, new_count) = (self.lines.len(), new.len());
        let same = |(line, text): &(&Line, &&str)| *line.text == ***text;
        let head = self.lines.iter().zip(&new).take_while(same).count();
        let most = old_count.min(new_count) - head;
        let tail = self.lines.iter().rev().zip(new.iter().rev()).take(most).take_while(same).count();
        let (old_end, new_end) = (old_count - tail, new_count - tail);
        // What the lines behind the edit were coloured with: if the edit ends so too, they stand.
        let boundary = old_end.checked_sub(1).and_then(|line| self.lines[line].end.clone());
        self.lines.splice(head..old_end, new[head..new_end].iter().map(|line| plain_line(line)));
        if let (Some(last), Some(boundary)) = (new_end.checked_sub(1).filter(|last| head <= *last), boundary)
        {
            self.lines[last].end = Some(boundary);
        }
        let mut changed = head..new_end;
        let did_fit = std::mem::replace(&mut self.fits, fits(text, new_count));
        if !self.fits && did_fit && self.language.is_some() {
            self.become_plain();
            return LineChange { from: 0, removed: old_count, inserted: new_count };
        }
        if !self.fits || self.language.is_none() {
            return LineChange { from: head, removed: old_end - head, inserted: new_end - head };
        }
        let moved = |line: usize| if line >= old_end { line - old_end + new_end } else { line.min(head) };
        let pending = match self.pending.take() {
            Some(pending) => head.min(moved(pending.start))..new_end.max(moved(pending.end)),
            None => head..new_end,
        };
        // Code that was too large once has no states to go on from.
        let start = (0..pending.start).find(|&line| self.lines[line].end.is_none()).unwrap_or(pending.start);
        self.pending = Some(start..pending.end).filter(|_| start < new_count);
        if let Some(coloured) = self.resume(stop) {
            changed = changed.start.min(coloured.start)..changed.end.max(coloured.end);
        }
        LineChange {
            from: changed.start,
            removed: changed.len() + old_count - new_count,
            inserted: changed.len(),
        }
    }

    /// Goes on where `stop` stopped it; the lines that were coloured.
    pub(crate) fn resume(&mut self, stop: &dyn Fn() -> bool) -> Option<Range<usize>> {
        let pending = self.pending.take()?;
        let mut colourer = Colourer::new(self.language?, self.flavour)?;
        let mut state = match pending.start.checked_sub(1).and_then(|line| self.lines[line].end.clone()) {
            Some(state) => state,
            None => Arc::new(colourer.start()),
        };
        let mut at = pending.start;
        while at < self.lines.len() {
            if stop() {
                self.pending = Some(at..pending.end.max(at + 1));
                break;
            }
            let line = &mut self.lines[at];
            line.html = colourer.line(&line.text, &mut state);
            let stands = at + 1 >= pending.end && line.end.as_ref() == Some(&state);
            line.end = Some(Arc::clone(&state));
            at += 1;
            if stands {
                break;
            }
        }
        Some(pending.start..at)
    }

    /// Whether some lines are still plain because time was up.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.pending.is_some()
    }

    /// The HTML of each line.
    pub(crate) fn html(&self) -> impl ExactSizeIterator<Item = &str> {
        self.lines.iter().map(|line| &*line.html)
    }

    fn become_plain(&mut self) {
        self.pending = None;
        for line in self.lines.iter_mut().filter(|line| line.end.is_some()) {
            *line = plain_line(&line.text);
        }
    }
}

fn fits(text: &str, lines: usize) -> bool {
    text.len() <= MAX_BYTES && lines <= MAX_LINES
}

/// The lines of a text, each with its end.
pub(crate) fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\n')
}

fn plain_line(text: &str) -> Line {
    Line { text: text.into(), html: html::plain(text).into(), end: None }
}

/// Colours one line after the other.
struct Colourer {
    grammar: Option<&'static SyntaxReference>,
    profile: &'static Profile,
    /// The profile of what stands behind a prompt.
    commands: Option<&'static Profile>,
    max_line: usize,
}

impl Colourer {
    fn new(language: Language, flavour: Flavour) -> Option<Self> {
        let grammar = match language.grammar {
            Some(name) => Some(grammar::find(name)?),
            None => None,
        };
        let short = SHORT_LINES.iter().find(|(profile, _)| *profile == language.profile);
        Some(Self {
            grammar,
            profile: Profile::of(language.profile, flavour),
            commands: (language.profile == "console").then(|| Profile::of("bash", flavour)),
            max_line: short.map_or(MAX_LINE_BYTES, |&(_, max)| max),
        })
    }

    /// What is open before the first line.
    fn start(&self) -> State {
        let syntax = self.grammar.unwrap_or_else(|| grammar::all().find_syntax_plain_text());
        State { parse: ParseState::new(syntax), scopes: ScopeStack::new() }
    }

    /// The HTML of a line; the state becomes that of its end.
    fn line(&mut self, line: &str, state: &mut Arc<State>) -> Box<str> {
        if line.len() > self.max_line {
            return html::plain(line).into();
        }
        match self.commands {
            Some(commands) => self.session_line(line, commands, state),
            None => html::pieces(line, &self.pieces(line, self.profile, state)).into(),
        }
    }

    fn pieces(&self, line: &str, profile: &Profile, state: &mut Arc<State>) -> Vec<paint::Piece> {
        if self.grammar.is_none() {
            return paint::pieces(line, &[], &mut ScopeStack::new(), profile);
        }
        let mut next = State::clone(state);
        let ops: Vec<(usize, ScopeStackOp)> = next.parse.parse_line(line, grammar::all()).unwrap_or_default();
        let pieces = paint::pieces(line, &ops, &mut next.scopes, profile);
        if next != **state {
            *state = Arc::new(next);
        }
        pieces
    }

    /// A prompt and a command, or what a command printed.
    fn session_line(&self, line: &str, commands: &Profile, state: &mut Arc<State>) -> Box<str> {
        let Some(prompt) = self.profile.prompt(line) else {
            return html::pieces(line, &[("go", line.len())]).into();
        };
        if !line[..prompt].ends_with('>') {
            *state = Arc::new(self.start());
        }
        let mut html = html::pieces(&line[..prompt], &[("gp", prompt)]);
        html.push_str(&html::pieces(&line[prompt..], &self.pieces(&line[prompt..], commands, state)));
        html.into()
    }
}
