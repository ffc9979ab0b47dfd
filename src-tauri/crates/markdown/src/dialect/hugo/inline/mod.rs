//! What stands in a paragraph, a heading or a cell, read as goldmark 1.8 reads it.
//!
//! goldmark asks its inline parsers at every punctuation mark and at every space, in the order of their priorities;
//! the first that takes something wins, and the text after it counts as a new beginning. Autolinks and quotes depend
//! on that order, so it is kept here.

mod autolink;
mod bracket;
mod code;
mod delimiter;
mod emoji;
pub(crate) mod escapes;
mod html;
mod linkify;
mod output;
mod passthrough;
mod typographer;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use pulldown_cmark::CowStr;

pub(super) use self::output::Inlines;

use self::bracket::Bracket;
use self::delimiter::{Delimiters, Mark};
use self::output::written;
use super::Hugo;
use super::character::{is_space, without_space_behind};
use super::leaf::Leaf;
use crate::dialect::common::Room;
use crate::reading::{Definitions, LinkTarget};

/// What the leaves of a text share.
pub(super) struct Context<'a> {
    pub(super) hugo: &'a Hugo,
    pub(super) known: &'a Definitions,
    /// Every label that was looked up.
    pub(super) asked: BTreeSet<String>,
    /// For the targets of references.
    pub(super) room: Room,
}

/// Where a leaf stands, as far as that decides how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The first thing in a list item: it may begin with a box to tick.
    ItemStart,
    /// In a cell `\|` is a `|`, in code too.
    Cell,
    Elsewhere,
}

/// One thing in a line of text.
#[derive(Debug)]
enum Node {
    /// As it is written; escapes are resolved when it is shown.
    Text(Range<usize>),
    /// Punctuation that became other punctuation: HTML.
    Punctuation(Range<usize>, String),
    /// A straight quote; nothing can be said of it before the text ahead is known.
    Quote {
        at: usize,
        double: bool,
        closed: Option<String>,
    },
    Code(Range<usize>, String),
    Html(Range<usize>),
    Autolink {
        range: Range<usize>,
        url: String,
        label: Range<usize>,
    },
    Mark {
        range: Range<usize>,
        delimiter: usize,
    },
    Bracket(Range<usize>),
    LinkStart {
        range: Range<usize>,
        image: bool,
        target: LinkTarget,
    },
    LinkEnd {
        at: usize,
        image: bool,
    },
    Note(Range<usize>, String),
    Task(Range<usize>, bool),
    Emoji(Range<usize>, &'static str),
    /// Left alone between its delimiters; `block` makes a block of its own of it.
    Passed {
        range: Range<usize>,
        block: bool,
    },
    Break {
        at: usize,
        hard: bool,
    },
}

/// Reads one leaf.
struct Scanner<'a, 'c> {
    context: &'a mut Context<'c>,
    text: &'a str,
    place: Place,
    at: usize,
    nodes: Vec<Node>,
    delimiters: Delimiters,
    brackets: Vec<Bracket>,
    /// How many links there are so far: a link may not hold another.
    links: usize,
    /// What was sought in vain, so that it is not sought again.
    absent: Absent,
    code_ends: Option<code::Ends>,
    /// The line that was last looked at, and the run of one sign: long ones are not measured at each of their bytes.
    line: Range<usize>,
    run: Range<usize>,
    /// A run of characters that an e-mail address may begin with.
    email_run: Range<usize>,
}

/// What is nowhere in the rest of the text.
#[derive(Debug, Default)]
struct Absent {
    comment_end: bool,
    instruction_end: bool,
    cdata_end: bool,
    tag_end: bool,
    title_ends: [bool; 2],
    label_end: bool,
    passthrough_ends: HashMap<usize, bool>,
}

/// Reads a leaf and gives its events.
pub(super) fn read(context: &mut Context<'_>, leaf: &Leaf, place: Place) -> Inlines {
    let hugo = context.hugo;
    let nodes = {
        let mut scanner = Scanner {
            context,
            text: &leaf.text,
            place,
            at: 0,
            nodes: Vec::new(),
            delimiters: Delimiters::default(),
            brackets: Vec::new(),
            links: 0,
            absent: Absent::default(),
            code_ends: None,
            line: 0..0,
            run: 0..0,
            email_run: 0..0,
        };
        scanner.run();
        scanner.delimiters.match_after(None);
        (scanner.nodes, scanner.delimiters)
    };
    written(hugo, leaf, nodes.0, &nodes.1)
}

impl<'a> Scanner<'a, '_> {
    fn run(&mut self) {
        let mut escaped = false;
        while self.at < self.text.len() {
            self.run_line(&mut escaped);
        }
    }

    /// From here to the end of the line, or to the first thing that is not text.
    fn run_line(&mut self, escaped: &mut bool) {
        let start = self.at;
        let line = self.line();
        let (length, ending) = line_end(line.as_bytes());
        let mut text_start = start;
        let mut at = 0;
        while at < length {
            let byte = line.as_bytes()[at];
            let space = is_space(byte);
            let punctuation = byte.is_ascii_punctuation();
            let escaped_space = space && *escaped && self.context.hugo.cjk.escaped_space;
            if punctuation && !*escaped || space && !escaped_space || at == 0 {
                let trigger = if space || !punctuation { b' ' } else { byte };
                self.at = start + at;
                self.push_text(text_start..self.at);
                text_start = self.at;
                if self.take(trigger) {
                    return;
                }
                self.at = start + at;
            }
            *escaped = byte == b'\\' && !*escaped;
            at += 1;
        }
        let end = start + length;
        let kept = match ending {
            Ending::Backslash => end,
            _ => text_start + without_space_behind(&self.text[text_start..end]).len(),
        };
        self.push_text(text_start..kept);
        *escaped = false;
        match ending {
            Ending::None => {}
            Ending::Soft => self.nodes.push(Node::Break { at: end, hard: self.context.hugo.hard_wraps }),
            Ending::Spaces | Ending::Backslash => self.nodes.push(Node::Break { at: end, hard: true }),
        }
        self.at = start + line.len();
    }

    /// Asks the parsers that begin with this character, in goldmark's order.
    fn take(&mut self, trigger: u8) -> bool {
        let hugo = self.context.hugo;
        match trigger {
            b'`' => self.code(),
            b'!' => self.note() || self.open_bracket(),
            b'[' => self.task() || self.note() || self.open_bracket(),
            b']' => self.close_bracket(),
            b'<' => self.autolink() || self.html() || self.punctuation(),
            b'*' | b'_' => self.emphasis(trigger),
            b'~' => self.tilde() || self.linkify(),
            b'^' if hugo.extras.superscript => self.superscript(),
            b'+' if hugo.extras.insert => self.extra(Mark::Insert, 2),
            b'=' if hugo.extras.mark => self.extra(Mark::Highlight, 2),
            b':' => self.passed() || self.emoji(),
            b' ' | b'(' => self.passed() || self.linkify(),
            b'\'' | b'"' | b'-' | b'.' | b'>' => self.passed() || self.punctuation(),
            _ => self.passed(),
        }
    }

    /// The rest of the line, with its end.
    fn line(&mut self) -> &'a str {
        if !self.line.contains(&self.at) {
            let rest = &self.text[self.at..];
            let length = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
            self.line = self.at..self.at + length;
        }
        &self.text[self.at..self.line.end]
    }

    /// How often this byte stands here in a row.
    fn run_of(&mut self, byte: u8) -> usize {
        if !self.run.contains(&self.at) {
            let bytes = &self.text.as_bytes()[self.at..];
            let length = bytes.iter().take_while(|next| **next == byte).count();
            self.run = self.at..self.at + length;
        }
        self.run.end - self.at
    }

    /// The character before; a line end at the beginning of the text.
    fn before(&self) -> char {
        self.text[..self.at].chars().next_back().unwrap_or('\n')
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// Text that follows text is one text.
    fn push_text(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        match self.nodes.last_mut() {
            Some(Node::Text(last)) if last.end == range.start => last.end = range.end,
            _ => self.nodes.push(Node::Text(range)),
        }
    }

    /// `[ ]` or `[x]` at the beginning of a list item.
    fn task(&mut self) -> bool {
        if !self.context.hugo.task_lists || self.place != Place::ItemStart || !self.nodes.is_empty() {
            return false;
        }
        let line = self.line();
        let box_bytes = line.as_bytes();
        let [b'[', mark, b']', ..] = box_bytes else { return false };
        if !(is_space(*mark) || matches!(mark, b'x' | b'X')) {
            return false;
        }
        let start = self.at;
        self.at += 3;
        let blanks = line[3..].bytes().take_while(|byte| is_space(*byte)).count();
        self.nodes.push(Node::Task(start..self.at, !is_space(*mark)));
        self.at += blanks;
        true
    }

    /// `[^label]`, if it is defined anywhere. It works behind a `!` too, which stays.
    fn note(&mut self) -> bool {
        let hugo = self.context.hugo;
        let line = self.line();
        let image = usize::from(line.starts_with('!'));
        if !hugo.footnotes.enabled || !line[image..].starts_with("[^") {
            return false;
        }
        let Some(length) = closing_bracket(&line[image + 2..]) else { return false };
        let label = &line[image + 2..image + 2 + length];
        self.context.asked.insert(format!("^{label}"));
        if !self.context.known.notes.contains(label) {
            return false;
        }
        self.push_text(self.at..self.at + image);
        let start = self.at + image;
        self.at = start + 2 + length + 1;
        self.nodes.push(Node::Note(start..self.at, label.to_owned()));
        true
    }
}

/// How a line ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// With the text.
    None,
    Soft,
    /// Two spaces or more.
    Spaces,
    Backslash,
}

/// How much of a line is text, and how it ends. goldmark looks at one character before the backslash only.
fn line_end(line: &[u8]) -> (usize, Ending) {
    match line {
        [.., before, b'\\', b'\n'] if *before != b'\\' => (line.len() - 2, Ending::Backslash),
        [b'\\', b'\n'] => (0, Ending::Backslash),
        [.., b' ', b' ', b'\n'] => (line.len() - 3, Ending::Spaces),
        [.., b'\n'] => (line.len() - 1, Ending::Soft),
        _ => (line.len(), Ending::None),
    }
}

/// The length of a label up to its `]`, if neither a line end nor a `[` is before.
fn closing_bracket(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 2,
            b']' => return Some(at),
            b'[' => return None,
            _ => at += 1,
        }
    }
    None
}

fn no_target() -> LinkTarget {
    LinkTarget { url: CowStr::Borrowed(""), title: CowStr::Borrowed("") }
}
