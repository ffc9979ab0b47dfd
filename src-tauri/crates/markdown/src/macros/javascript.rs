//! How far a piece of JavaScript or JSX reaches: braces, strings, templates and comments, and nothing else of the
//! language. A regular expression with a brace or a quote in it is the one thing that is misread.

/// Where something ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// Before this byte.
    To(usize),
    /// Not in this text.
    Open,
    /// It is none.
    None,
}

/// `{…}` from its first brace.
pub(super) fn braces(source: &str, open: usize) -> Extent {
    let mut code = Code { bytes: source.as_bytes(), at: open, open: Vec::new() };
    while code.step() {
        if code.open.is_empty() {
            return Extent::To(code.at);
        }
    }
    Extent::Open
}

/// Statements up to a blank line, or the end, that is in no braces.
pub(super) fn module(source: &str, start: usize) -> Extent {
    let mut code = Code { bytes: source.as_bytes(), at: start, open: Vec::new() };
    while code.at < source.len() {
        let at = code.at;
        if code.open.is_empty() && source.as_bytes()[at] == b'\n' && is_blank(&source[at + 1..]) {
            return Extent::To(at);
        }
        if !code.step() {
            return Extent::Open;
        }
    }
    if code.open.is_empty() { Extent::To(source.len()) } else { Extent::Open }
}

/// Where the first blank line from here begins, or else the end.
pub(super) fn blank_line(source: &str, from: usize) -> usize {
    let ends = source[from..].match_indices('\n').map(|(at, _)| from + at + 1);
    ends.into_iter().find(|&at| is_blank(&source[at..])).unwrap_or(source.len())
}

fn is_blank(rest: &str) -> bool {
    let text = rest.trim_start_matches([' ', '\t']);
    rest.is_empty() || text.starts_with('\n')
}

/// Whether `<` begins a tag: a name, the end of an element, or a fragment.
pub(super) fn may_be_tag(rest: &str) -> bool {
    rest[1..].trim_start_matches('/').starts_with(|c: char| c == '>' || begins_name(c))
}

fn begins_name(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '_' | '$')
}

pub(super) fn is_in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '.' | ':')
}

/// A tag from its `<`.
pub(super) fn tag(source: &str, open: usize) -> Extent {
    let bytes = source.as_bytes();
    let closes = usize::from(bytes.get(open + 1) == Some(&b'/'));
    let name = &source[open + 1 + closes..];
    let mut at = source.len() - name.trim_start_matches(is_in_name).len();
    while let Some(&byte) = bytes.get(at) {
        let rest = &source[at..];
        match byte {
            b'>' => return Extent::To(at + 1),
            b'/' if rest[1..].trim_start().starts_with('>') => at += 1,
            b'/' if rest[1..].trim_start().is_empty() => return Extent::Open,
            b'{' => match braces(source, at) {
                Extent::To(end) => at = end,
                other => return other,
            },
            b'"' | b'\'' => match rest[1..].find(char::from(byte)) {
                Some(end) => at += end + 2,
                None => return Extent::Open,
            },
            b'=' | b' ' | b'\t' | b'\n' => at += 1,
            _ => match rest.chars().next().filter(|&c| is_in_name(c)) {
                Some(c) => at += c.len_utf8(),
                None => return Extent::None,
            },
        }
    }
    Extent::Open
}

/// What is open at a place of a program.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Brace,
    Template,
}

struct Code<'s> {
    bytes: &'s [u8],
    at: usize,
    open: Vec<Open>,
}

impl Code<'_> {
    /// Goes past the next piece; false where the text ends within it.
    fn step(&mut self) -> bool {
        let Some(&byte) = self.bytes.get(self.at) else { return false };
        let next = self.bytes.get(self.at + 1).copied();
        let in_template = self.open.last() == Some(&Open::Template);
        self.at += match (byte, next) {
            (b'\\', Some(_)) => 2,
            (b'`', _) => {
                if in_template {
                    self.open.pop();
                } else {
                    self.open.push(Open::Template);
                }
                1
            }
            (b'$', Some(b'{')) if in_template => {
                self.open.push(Open::Brace);
                2
            }
            _ if in_template => 1,
            (b'{', _) => {
                self.open.push(Open::Brace);
                1
            }
            (b'}', _) => {
                self.open.pop();
                1
            }
            (b'"' | b'\'', _) => self.string(byte),
            (b'/', Some(b'/')) => {
                self.rest().iter().position(|&byte| byte == b'\n').unwrap_or(self.rest().len())
            }
            (b'/', Some(b'*')) => match self.rest()[2..].windows(2).position(|pair| pair == b"*/") {
                Some(end) => end + 4,
                None => return false,
            },
            _ => 1,
        };
        true
    }

    fn rest(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    /// The bytes of a string; only those of its quote if no other ends it on its line, as in the text of an element.
    fn string(&self, quote: u8) -> usize {
        let rest = self.rest();
        let mut at = 1;
        while let Some(&byte) = rest.get(at).filter(|&&byte| byte != b'\n') {
            match byte {
                b'\\' => at += 2,
                byte if byte == quote => return at + 1,
                _ => at += 1,
            }
        }
        1
    }
}
