//! One line of code, cut into pieces of one class each.
//!
//! A grammar says which parts are comments, strings and code; within code the profile of the language decides,
//! word by word and symbol by symbol, as finely as Chroma and Rouge do.

use syntect::parsing::{ScopeStack, ScopeStackOp};

use super::profile::{Class, Hint, Profile};

/// A class, and the byte of the line where its piece ends.
pub(crate) type Piece = (Class, usize);

/// Cuts a line by what the grammar said of it. `scopes` is what is open at its start, and then at its end.
pub(crate) fn pieces(
    line: &str,
    ops: &[(usize, ScopeStackOp)],
    scopes: &mut ScopeStack,
    profile: &Profile,
) -> Vec<Piece> {
    let mut segments: Vec<Segment<'_>> = Vec::with_capacity(ops.len() + 1);
    let mut start = 0;
    for (at, op) in ops {
        if *at > start {
            segments.push(segment(scopes, profile, *at));
            start = *at;
        }
        if scopes.apply(op).is_err() {
            break;
        }
    }
    if start < line.len() {
        segments.push(segment(scopes, profile, line.len()));
    }
    Line { line, profile, pieces: Vec::with_capacity(segments.len() * 2), before: Before::default() }
        .cut(&segments)
}

/// Marks of several characters that a name after them is judged by.
const MARKS: [&str; 3] = ["::", "->", "=>"];

#[derive(Clone, Copy)]
struct Segment<'p> {
    hint: Hint,
    profile: &'p Profile,
    end: usize,
}

/// What the innermost scope says that the profile knows, or the profile of the language it is in.
fn segment<'p>(scopes: &ScopeStack, profile: &'p Profile, end: usize) -> Segment<'p> {
    let mut profile = profile;
    let mut within = scopes.as_slice();
    if let Some((at, embedded)) =
        within.iter().enumerate().rev().find_map(|(at, scope)| Some((at, profile.embedded(*scope)?)))
    {
        (within, profile) = (&within[at + 1..], embedded);
    }
    let mut found = None;
    for scope in within.iter().rev() {
        match profile.hint(*scope) {
            Some(Hint::Inside(class)) => {
                found = Some(Hint::Text(class));
                break;
            }
            hint => found = found.or(hint),
        }
    }
    Segment { hint: found.unwrap_or(Hint::Code), profile, end }
}

struct Line<'l> {
    line: &'l str,
    profile: &'l Profile,
    pieces: Vec<Piece>,
    before: Before<'l>,
}

/// What stands before a name, white space apart.
#[derive(Default)]
struct Before<'l> {
    word: &'l str,
    mark: &'l str,
    /// The class of the path that is being read.
    path: Option<Class>,
}

impl<'l> Line<'l> {
    fn cut(mut self, segments: &[Segment<'l>]) -> Vec<Piece> {
        if let Some(class) = self.profile.start(self.line) {
            self.push(class, self.line.len());
            return self.pieces;
        }
        let mut at = 0;
        for &Segment { hint, profile, end } in segments {
            self.profile = profile;
            if at >= end {
                continue;
            }
            if let Hint::Text(class) = hint {
                self.push(class, end);
                if !self.line[at..end].trim().is_empty() {
                    self.before = Before { word: "", mark: "\"", path: None };
                }
                at = end;
                continue;
            }
            while at < end {
                at = self.code(hint, at);
            }
        }
        self.pieces
    }

    /// One token of code; gives where it ends.
    fn code(&mut self, hint: Hint, at: usize) -> usize {
        let rest = &self.line[at..];
        let Some(first) = rest.chars().next() else { return self.line.len() };
        if first.is_whitespace() {
            let end = at + first.len_utf8();
            self.push(self.pieces.last().map_or("", |piece| piece.0), end);
            return end;
        }
        if let Some(class) = self.rest_class(at) {
            self.push(class, self.line.len());
            return self.line.len();
        }
        if let Some(end) = self.quoted(first, at) {
            return end;
        }
        if first.is_ascii_digit() && (!self.profile.numbers_stand_alone || self.stands_alone(at)) {
            return self.number(at);
        }
        if let Some(end) = self.sigil(first, at) {
            return end;
        }
        if self.is_in_name(first) {
            return self.name(hint, at);
        }
        let (class, length) = self.profile.symbol(rest, first);
        let path = self.before.path.filter(|_| first == '.');
        let mark = MARKS.iter().find(|mark| rest.starts_with(**mark)).copied().unwrap_or(&rest[..length]);
        self.before = Before { word: "", mark, path };
        self.push(path.unwrap_or(class), at + length);
        at + length
    }

    /// A comment or a string that no grammar has told of; gives where it ends.
    fn quoted(&mut self, first: char, at: usize) -> Option<usize> {
        let rest = &self.line[at..];
        if let Some(&(_, class)) = self.profile.comments.iter().find(|(mark, _)| *mark == first) {
            self.push(class, self.line.len());
            return Some(self.line.len());
        }
        let &(quote, class) = self.profile.quotes.iter().find(|(quote, _)| *quote == first)?;
        let end = rest[1..].find(quote).map_or(self.line.len(), |length| at + length + 2);
        self.push(class, end);
        Some(end)
    }

    /// The class of all that follows the line's first word.
    fn rest_class(&self, at: usize) -> Option<Class> {
        let before = self.line[..at].trim();
        if before.is_empty() || before.contains(char::is_whitespace) {
            return None;
        }
        self.profile.line(before)
    }

    /// Whether the number at a byte has nothing but white space and brackets around it.
    fn stands_alone(&self, at: usize) -> bool {
        let edge = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "()[];|&=".contains(c));
        let after = self.line[at..].trim_start_matches(|c: char| c.is_ascii_digit());
        edge(self.line[..at].chars().next_back()) && edge(after.chars().next())
    }

    /// A name with a character before it that gives it a class; gives where it ends.
    fn sigil(&mut self, first: char, at: usize) -> Option<usize> {
        let class = self.profile.sigil(first)?;
        let edge = self.line[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != first);
        let rest = &self.line[at..];
        let name = rest.trim_start_matches(first);
        let length = name.find(|c| !self.is_in_name(c)).unwrap_or(name.len());
        if !edge || length == 0 {
            return None;
        }
        let end = at + (rest.len() - name.len()) + length;
        self.before = Before::default();
        self.push(class, end);
        Some(end)
    }

    fn number(&mut self, at: usize) -> usize {
        let bytes = self.line.as_bytes();
        let based = bytes[at] == b'0' && matches!(bytes.get(at + 1), Some(b'x' | b'X' | b'b' | b'o'));
        let mut end = at + 1;
        let mut broken = false;
        while let Some(&byte) = bytes.get(end) {
            let digit_next = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            let exponent = !based && matches!(bytes[end - 1], b'e' | b'E');
            match byte {
                b'.' if digit_next && !broken => broken = true,
                b'+' | b'-' if exponent && digit_next => {}
                b'e' | b'E' if !based => broken = true,
                b'_' => {}
                byte if byte.is_ascii_alphabetic() && !based && self.profile.unit.is_some() => break,
                byte if byte.is_ascii_alphanumeric() => {}
                _ => break,
            }
            end += 1;
        }
        let class = if based {
            self.profile.hex
        } else if broken {
            self.profile.float
        } else {
            self.profile.integer
        };
        self.before = Before { word: "", mark: "0", path: None };
        self.push(class, end);
        if let Some(unit) = self.profile.unit {
            let length = self.line[end..].find(|c: char| !c.is_ascii_alphabetic() && c != '%');
            end = length.map_or(self.line.len(), |length| end + length);
            self.push(unit, end);
        }
        end
    }

    fn name(&mut self, hint: Hint, at: usize) -> usize {
        let rest = &self.line[at..];
        let length = rest.find(|c| !self.is_in_name(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        let class = self.class_of(word, after, hint);
        let (path, class) = match self.before.path {
            Some(path) if matches!(self.before.mark, "" | ".") && class != "k" => (Some(path), path),
            _ => (self.profile.path_after(word), class),
        };
        self.before = Before { word, mark: "", path };
        self.push(class, at + length);
        at + length
    }

    fn class_of(&self, word: &str, after: &str, hint: Hint) -> Class {
        let profile = self.profile;
        if let Some(class) = profile.after(self.before.word).filter(|_| profile.word(word).is_none()) {
            return class;
        }
        if let Some(class) = profile.word(word) {
            return class;
        }
        if let Hint::Word(class) = hint {
            return class;
        }
        let after = after.trim_start();
        let called = after.starts_with('(');
        let member = self.before.mark.ends_with(".");
        let key = after.starts_with(':') && !after.starts_with("::");
        let capital = word.starts_with(char::is_uppercase);
        let capitals = word.len() > 1 && !word.contains(char::is_lowercase) && capital;
        let scope = after.starts_with("::");
        let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let assigned = plain && after.starts_with('=') && !after.starts_with("==");
        let capital_class = profile.capital_after(self.before.mark).or(profile.capital);
        let rules = [
            (capitals && profile.capital_first, profile.capitals),
            (capital && profile.capital_first, capital_class),
            (called && !self.before.word.is_empty(), profile.declared),
            (scope, profile.scope_name),
            (assigned, profile.before_equals),
            (called && member, profile.member_call),
            (called, profile.call),
            (member, profile.member),
            (key, profile.key),
            (capitals, profile.capitals),
            (capital, capital_class),
        ];
        rules.iter().find_map(|&(fits, class)| class.filter(|_| fits)).unwrap_or(profile.name)
    }

    fn is_in_name(&self, c: char) -> bool {
        c.is_alphanumeric() || c == '_' || self.profile.in_names.contains(c)
    }

    /// Joins neighbours of one class.
    fn push(&mut self, class: Class, end: usize) {
        match self.pieces.last_mut() {
            Some(last) if last.0 == class => last.1 = end,
            _ => self.pieces.push((class, end)),
        }
    }
}
