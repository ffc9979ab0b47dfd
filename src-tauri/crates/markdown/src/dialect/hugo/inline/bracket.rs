//! Links and images: brackets, and the address or the label behind them.

use pulldown_cmark::CowStr;

use super::escapes::unescaped;
use super::{Node, Scanner};
use crate::dialect::common::normalised_label;
use crate::dialect::hugo::character::{is_space, without_space_around};
use crate::reading::LinkTarget;

/// A `[` or `![` that may begin a link.
#[derive(Debug)]
pub(super) struct Bracket {
    node: usize,
    /// After the bracket.
    start: usize,
    image: bool,
    /// How many links there were before it.
    links: usize,
    /// The last run of marks before it.
    bottom: Option<usize>,
    /// There are brackets in it, so it is no label.
    nested: bool,
}

/// A label longer than this is none (CommonMark 0.31, 4.7).
const MAX_LABEL: usize = 999;

/// Parentheses within an address. goldmark has no limit, which takes it quadratic time.
const MAX_PARENTHESES: usize = 100;

/// What is behind a `]`.
enum Behind {
    Link(LinkTarget),
    /// A label that nothing defines: then the brackets are text.
    UnknownLabel,
    Nothing,
}

impl<'a> Scanner<'a, '_> {
    pub(super) fn open_bracket(&mut self) -> bool {
        let image = self.peek() == Some(b'!');
        if image && self.text.as_bytes().get(self.at + 1) != Some(&b'[') {
            return false;
        }
        if let Some(outer) = self.brackets.last_mut() {
            outer.nested = true;
        }
        let end = self.at + 1 + usize::from(image);
        self.brackets.push(Bracket {
            node: self.nodes.len(),
            start: end,
            image,
            links: self.links,
            bottom: self.delimiters.last(),
            nested: false,
        });
        self.nodes.push(Node::Bracket(self.at..end));
        self.at = end;
        true
    }

    pub(super) fn close_bracket(&mut self) -> bool {
        let Some(bracket) = self.brackets.pop() else { return false };
        let close = self.at;
        if !bracket.image && self.links > bracket.links {
            return false;
        }
        self.at += 1;
        let behind = match self.peek() {
            Some(b'(') => self.address().map_or(Behind::Nothing, Behind::Link),
            Some(b'[') => self.label(&bracket, close),
            _ => Behind::Nothing,
        };
        let target = match behind {
            Behind::Link(target) => Some(target),
            Behind::UnknownLabel => None,
            Behind::Nothing => {
                self.at = close + 1;
                self.shortcut(&bracket, close)
            }
        };
        let Some(target) = target else {
            self.at = close;
            return false;
        };
        self.delimiters.match_after(bracket.bottom);
        let range = match &self.nodes[bracket.node] {
            Node::Bracket(range) => range.start..self.at,
            _ => bracket.start..self.at,
        };
        self.nodes[bracket.node] = Node::LinkStart { range, image: bracket.image, target };
        self.nodes.push(Node::LinkEnd { at: self.at, image: bracket.image });
        if !bracket.image {
            self.links += 1;
        }
        true
    }

    /// `(address "title")`.
    fn address(&mut self) -> Option<LinkTarget> {
        self.at += 1;
        self.skip_space();
        if self.peek() == Some(b')') {
            self.at += 1;
            return Some(super::no_target());
        }
        let destination = self.destination()?;
        self.skip_space();
        let mut title = "";
        if self.peek() != Some(b')') {
            title = self.title()?;
            self.skip_space();
            if self.peek() != Some(b')') {
                return None;
            }
        }
        self.at += 1;
        let escaped_space = self.context.hugo.cjk.escaped_space;
        Some(LinkTarget {
            url: CowStr::from(unescaped(destination, false).into_owned()),
            title: CowStr::from(unescaped(title, escaped_space).into_owned()),
        })
    }

    fn destination(&mut self) -> Option<&'a str> {
        let line = self.line();
        let bytes = line.as_bytes();
        let escape =
            |at: usize| bytes[at] == b'\\' && bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation);
        let pointed = bytes.first() == Some(&b'<');
        let (mut at, mut open) = (usize::from(pointed), 0_usize);
        while at < bytes.len() {
            match bytes[at] {
                _ if escape(at) => at += 1,
                b'>' if pointed => {
                    self.at += at + 1;
                    return Some(&line[1..at]);
                }
                // goldmark lets a `<` stand here, CommonMark doesn't; to seek its end at every `](<` takes too long.
                b'<' if pointed => return None,
                _ if pointed => {}
                b'(' if open == MAX_PARENTHESES => return None,
                b'(' => open += 1,
                b')' if open == 0 => break,
                b')' => open -= 1,
                byte if is_space(byte) => break,
                _ => {}
            }
            at += 1;
        }
        if pointed || at == 0 {
            return None;
        }
        self.at += at;
        Some(&line[..at])
    }

    fn title(&mut self) -> Option<&'a str> {
        let text = self.text;
        let (close, memory) = match self.peek()? {
            b'"' => (b'"', Some(0)),
            b'\'' => (b'\'', Some(1)),
            b'(' => (b')', None),
            _ => return None,
        };
        if memory.is_some_and(|memory| self.absent.title_ends[memory]) {
            return None;
        }
        let start = self.at + 1;
        let bytes = text.as_bytes();
        let mut at = start;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
                byte if byte == close => {
                    self.at = at + 1;
                    return Some(&text[start..at]);
                }
                b'(' if close == b')' => return None,
                _ => {}
            }
            at += 1;
        }
        if let Some(memory) = memory {
            self.absent.title_ends[memory] = true;
        }
        None
    }

    /// `[label]`, or `[]` for the text itself.
    fn label(&mut self, bracket: &Bracket, close: usize) -> Behind {
        let start = self.at + 1;
        if self.absent.label_end {
            return Behind::Nothing;
        }
        let bytes = self.text.as_bytes();
        let mut at = start;
        loop {
            match bytes.get(at) {
                None => {
                    self.absent.label_end = true;
                    return Behind::Nothing;
                }
                Some(b'[') => return Behind::Nothing,
                Some(b']') => break,
                Some(b'\\') if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 2,
                Some(_) => at += 1,
            }
        }
        let label = &self.text[start..at];
        let target = if without_space_around(label).is_empty() {
            self.shortcut(bracket, close)
        } else {
            self.look_up(label)
        };
        self.at = at + 1;
        target.map_or(Behind::UnknownLabel, Behind::Link)
    }

    fn shortcut(&mut self, bracket: &Bracket, close: usize) -> Option<LinkTarget> {
        if bracket.nested { None } else { self.look_up(&self.text[bracket.start..close]) }
    }

    fn look_up(&mut self, label: &str) -> Option<LinkTarget> {
        if label.len() > MAX_LABEL {
            return None;
        }
        let label = normalised_label(label);
        if label.is_empty() {
            return None;
        }
        let target = self.context.known.links.get(&label);
        self.context.asked.insert(label);
        target.filter(|target| self.context.room.takes(target)).cloned()
    }

    /// A link is being written, so that addresses in it make no link.
    pub(super) fn in_brackets(&self) -> bool {
        !self.brackets.is_empty()
    }
}
