//! One line of code, cut into pieces of one class each.
//!
//! A grammar says which parts are comments, strings and code; within code the profile of the language decides,
//! word by word and symbol by symbol, as finely as Chroma and Rouge do.

use syntect::parsing::{Scope, ScopeStack, ScopeStackOp};

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
    let mut segments: Vec<(Hint, usize)> = Vec::with_capacity(ops.len() + 1);
    let mut start = 0;
    for (at, op) in ops {
        if *at > start {
            segments.push((hint(scopes, profile), *at));
            start = *at;
        }
        if scopes.apply(op).is_err() {
            break;
        }
    }
    if start < line.len() {
        segments.push((hint(scopes, profile), line.len()));
    }
    Line { line, profile, pieces: Vec::with_capacity(segments.len() * 2), before: Before::default() }.cut(&segments)
}

/// The innermost scope that the profile knows.
fn hint(scopes: &ScopeStack, profile: &Profile) -> Hint {
    let mut found = None;
    for scope in scopes.as_slice().iter().rev() {
        match profile.hint(*scope) {
            Some(Hint::Inside(class)) => return Hint::Text(class),
            hint => found = found.or(hint),
        }
    }
    found.unwrap_or(Hint::Code)
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
    symbol: Option<char>,
    /// The class of the path that is being read.
    path: Option<Class>,
}

impl<'l> Line<'l> {
    fn cut(mut self, segments: &[(Hint, usize)]) -> Vec<Piece> {
        let mut at = 0;
        for &(hint, end) in segments {
            if at >= end {
                continue;
            }
            if let Hint::Text(class) = hint {
                self.push(class, end);
                if !self.line[at..end].trim().is_empty() {
                    self.before = Before { word: "", symbol: Some('"'), path: None };
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
        self.before = Before { word: "", symbol: Some(first), path };
        self.push(path.unwrap_or(class), at + length);
        at + length
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
        self.before = Before { word: "", symbol: Some('0'), path: None };
        self.push(class, end);
        end
    }

    fn name(&mut self, hint: Hint, at: usize) -> usize {
        let rest = &self.line[at..];
        let length = rest.find(|c| !self.is_in_name(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        let class = self.class_of(word, after, hint);
        let (path, class) = match self.before.path {
            Some(path) if self.before.symbol.is_none_or(|symbol| symbol == '.') && class != "k" => (Some(path), path),
            _ => (self.profile.path_after(word), class),
        };
        self.before = Before { word, symbol: None, path };
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
        let member = self.before.symbol == Some('.');
        let key = after.starts_with(':') && !after.starts_with("::");
        let capital = word.starts_with(char::is_uppercase);
        let capitals = word.len() > 1 && !word.contains(char::is_lowercase) && capital;
        let rules = [
            (called && member, profile.member_call),
            (called, profile.call),
            (member, profile.member),
            (key, profile.key),
            (capitals, profile.capitals),
            (capital, profile.capital),
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
