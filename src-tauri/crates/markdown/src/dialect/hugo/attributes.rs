//! Attributes in braces, `{#id .class key="value"}`: behind a heading, or in the line after a block.

use super::character::{is_space, without_space_around, without_space_behind};

/// Attributes in the order in which they are written; all classes are one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Attributes(pub(crate) Vec<(String, String)>);

impl Attributes {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn html(&self) -> String {
        let mut html = String::new();
        for (name, value) in &self.0 {
            html.push_str(&format!(" {name}=\"{}\"", crate::sanitise::escaped(value)));
        }
        html
    }

    fn add(&mut self, name: &str, value: String) {
        match self.0.iter_mut().find(|(of, _)| of == name) {
            Some((_, classes)) if name == "class" => {
                classes.push(' ');
                classes.push_str(&value);
            }
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }
}

/// Attributes at the end of a heading's line, and where they begin.
pub(crate) fn at_line_end(line: &str) -> Option<(usize, Attributes)> {
    // Only the last `}` can end the line, and only a `{` can begin it.
    if !without_space_behind(line).ends_with('}') {
        return None;
    }
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1 + usize::from(bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation)),
            b'{' => {
                let mut reader = Reader { text: line, at };
                match reader.attributes(0) {
                    Some(attributes) if without_space_around(reader.rest()).is_empty() => {
                        return Some((at, attributes));
                    }
                    _ => at += 1,
                }
            }
            _ => at += 1,
        }
    }
    None
}

/// A line that holds nothing else.
pub(crate) fn of_line(line: &str) -> Option<Attributes> {
    let line = without_space_around(line);
    let mut reader = Reader { text: line, at: 0 };
    let attributes = reader.attributes(0)?;
    without_space_around(reader.rest()).is_empty().then_some(attributes)
}

/// Values within values are not nested deeper than this, so that braces cost no stack.
const MAX_DEPTH: usize = 8;

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|character| !fits(character)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn attributes(&mut self, depth: usize) -> Option<Attributes> {
        if self.peek() != Some(b'{') || depth > MAX_DEPTH {
            return None;
        }
        self.at += 1;
        let mut attributes = Attributes::default();
        loop {
            self.skip_space();
            match self.peek()? {
                b'}' => {
                    self.at += 1;
                    return Some(attributes);
                }
                b'#' => {
                    self.at += 1;
                    attributes.add("id", self.short_value().to_owned());
                }
                b'.' => {
                    self.at += 1;
                    attributes.add("class", self.short_value().to_owned());
                }
                _ => {
                    let name = self.name()?;
                    self.skip_space();
                    if self.peek() != Some(b'=') {
                        return None;
                    }
                    self.at += 1;
                    let value = self.value(depth)?;
                    attributes.add(name, value);
                }
            }
            self.skip_space();
            if self.peek() == Some(b',') {
                self.at += 1;
            }
        }
    }

    /// What follows `#` or `.`.
    fn short_value(&mut self) -> &'a str {
        self.take_while(|character| {
            !character.is_ascii()
                || character.is_ascii_alphanumeric()
                || matches!(character, '_' | '-' | ':' | '.')
        })
    }

    fn name(&mut self) -> Option<&'a str> {
        let begins = self.peek()?;
        if !(begins.is_ascii_alphabetic() || begins == b'_' || begins == b':') {
            return None;
        }
        Some(self.take_while(|character| {
            character.is_ascii_alphanumeric() || matches!(character, '_' | ':' | '.' | '-')
        }))
    }

    /// Lists and nested attributes are read, but nothing shows them.
    fn value(&mut self, depth: usize) -> Option<String> {
        self.skip_space();
        match self.peek()? {
            b'"' => self.quoted(),
            b'{' => self.attributes(depth + 1).map(|_| String::new()),
            b'[' => self.list(depth + 1).map(|()| String::new()),
            b'-' | b'+' | b'0'..=b'9' => {
                let number = self.take_while(|character| {
                    character.is_ascii_digit() || matches!(character, '.' | '-' | '+' | 'e' | 'E')
                });
                number.parse::<f64>().ok().map(|number| number.to_string())
            }
            _ => self.name().map(ToOwned::to_owned),
        }
    }

    fn quoted(&mut self) -> Option<String> {
        self.at += 1;
        let mut value = String::new();
        let mut characters = self.rest().char_indices();
        while let Some((offset, character)) = characters.next() {
            match character {
                '"' => {
                    self.at += offset + 1;
                    return Some(value);
                }
                '\\' => match characters.next() {
                    Some((_, escaped @ ('"' | '/' | '\\'))) => value.push(escaped),
                    Some((_, 'n')) => value.push('\n'),
                    Some((_, 't')) => value.push('\t'),
                    Some((_, other)) => value.extend(['\\', other]),
                    None => return None,
                },
                other => value.push(other),
            }
        }
        None
    }

    fn list(&mut self, depth: usize) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.at += 1;
        loop {
            self.skip_space();
            if self.peek()? == b']' {
                self.at += 1;
                return Some(());
            }
            self.value(depth)?;
            self.skip_space();
            if self.peek()? == b',' {
                self.at += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_attributes_at_the_end_of_a_heading() {
        let (at, attributes) = at_line_end(r#"제목 {#가-나 .a .b key="v \" w" n=1}"#).unwrap();
        assert_eq!(at, "제목 ".len());
        assert_eq!(attributes.get("id"), Some("가-나"));
        assert_eq!(attributes.get("class"), Some("a b"));
        assert_eq!(attributes.get("key"), Some("v \" w"));
        assert_eq!(attributes.get("n"), Some("1"));
    }

    #[test]
    fn leaves_other_braces_alone() {
        for line in ["제목 {#a} 뒤", r"제목 \{#a}", "${value}", "{a b}", "{{< ref >}}", "{"] {
            assert_eq!(at_line_end(line), None, "{line}");
        }
        assert!(of_line("{.a}").is_some() && of_line("{.a} 뒤").is_none());
    }

    #[test]
    fn survives_many_braces() {
        assert_eq!(at_line_end(&format!("{}}}", "{a=".repeat(50_000))), None);
    }
}
