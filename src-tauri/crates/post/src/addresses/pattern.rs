//! Patterns of addresses and of file names, as `:year/:month/:title/`.

use jiff::civil::DateTime;

/// A piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'p> {
    /// Stands for itself.
    Literal(&'p str),
    /// The name behind a colon.
    Name(&'p str),
}

/// The pieces of a pattern whose names are made of letters that `belongs` tells.
pub(super) fn pieces(pattern: &str, belongs: fn(char) -> bool) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(':') {
        let after = &rest[at + 1..];
        let length = after.find(|letter| !belongs(letter)).unwrap_or(after.len());
        // `:month_:day` are two names with a line between them.
        let name = after[..length].trim_end_matches('_');
        // Hugo cuts folders out of several: `:sections[1:]`.
        let cut = after[name.len()..].strip_prefix('[').and_then(|cut| cut.find(']'));
        let name = cut.map_or(name, |end| &after[..name.len() + end + 2]);
        let literal = if name.is_empty() { at + 1 } else { at };
        if literal > 0 {
            found.push(Piece::Literal(&rest[..literal]));
        }
        if !name.is_empty() {
            found.push(Piece::Name(name));
        }
        rest = &after[name.len()..];
    }
    if !rest.is_empty() {
        found.push(Piece::Literal(rest));
    }
    found
}

/// The pattern with what stands for its names; none if one of them is unknown.
pub(super) fn expanded<'p>(
    pieces: impl IntoIterator<Item = Piece<'p>>,
    value: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let parts = pieces.into_iter().map(|piece| match piece {
        Piece::Literal(text) => Some(text.to_owned()),
        Piece::Name(name) => value(name),
    });
    parts.collect()
}

/// The parts of a date that Jekyll and Hexo have the same names for.
pub(super) fn part_of_date(name: &str, date: Option<DateTime>) -> Option<String> {
    let form = match name {
        "year" => "%Y",
        "month" => "%m",
        "day" => "%d",
        "hour" => "%H",
        "minute" => "%M",
        "second" => "%S",
        "i_month" => "%-m",
        "i_day" => "%-d",
        _ => return None,
    };
    Some(date?.strftime(form).to_string())
}

/// A path with single slashes, which begins with one.
pub(super) fn from_root(path: &str) -> String {
    let mut whole = String::from("/");
    for letter in path.chars() {
        if letter != '/' || !whole.ends_with('/') {
            whole.push(letter);
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_cut_at_its_names() {
        let cut = pieces(":year/:month_:day-:i_day.:html", |letter| {
            letter.is_ascii_alphanumeric() || letter == '_'
        });
        let expected = [
            Piece::Name("year"),
            Piece::Literal("/"),
            Piece::Name("month"),
            Piece::Literal("_"),
            Piece::Name("day"),
            Piece::Literal("-"),
            Piece::Name("i_day"),
            Piece::Literal("."),
            Piece::Name("html"),
        ];
        assert_eq!(cut, expected);
        assert_eq!(pieces("a: b:", char::is_alphabetic), [Piece::Literal("a:"), Piece::Literal(" b:")]);
        assert_eq!(from_root("//a///b/"), "/a/b/");
    }
}
