//! The arguments of a macro: `src="a.png" "a caption" width=300`.

/// One argument, named or by its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Argument {
    pub(crate) name: Option<String>,
    pub(crate) value: String,
}

/// Splits arguments at blanks and commas; quotes (`"`, `'`, `` ` ``) hold a value together.
pub(crate) fn parse(text: &str) -> Vec<Argument> {
    let mut arguments = Vec::new();
    let mut rest = text.trim_start_matches(is_between);
    while !rest.is_empty() {
        let name_end = rest.find(|c: char| c == '=' || is_between(c) || is_quote(c)).unwrap_or(rest.len());
        let named = rest[name_end..].trim_start().strip_prefix('=').filter(|_| name_end > 0);
        let (name, after) = match named {
            Some(after) => (Some(rest[..name_end].to_owned()), after.trim_start()),
            None => (None, rest),
        };
        let (value, after) = value(after);
        arguments.push(Argument { name, value });
        rest = after.trim_start_matches(is_between);
    }
    arguments
}

/// Splits the arguments of one of Hexo's tags at blanks, as Nunjucks reads its own tokens: a quote holds blanks
/// together at the beginning of a word or after a mark, and is part of the word elsewhere.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut at_token = true;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            words.extend(word.take().filter(|word| !word.is_empty()));
            at_token = true;
            continue;
        }
        let word = word.get_or_insert_default();
        if at_token && matches!(c, '"' | '\'') {
            while let Some(inner) = chars.next().filter(|&inner| inner != c) {
                word.extend(if inner == '\\' { chars.next() } else { Some(inner) });
            }
        } else {
            word.push(c);
            at_token = "()[]{}%*-+~/#,:|.<>=!".contains(c);
        }
    }
    words.extend(word.filter(|word| !word.is_empty()));
    words
}

/// The value of the argument of this name.
pub(crate) fn named<'a>(arguments: &'a [Argument], name: &str) -> Option<&'a str> {
    arguments.iter().find(|one| one.name.as_deref() == Some(name)).map(|one| one.value.as_str())
}

/// The value at a place, counting those without a name only.
pub(crate) fn placed(arguments: &[Argument], place: usize) -> Option<&str> {
    arguments.iter().filter(|one| one.name.is_none()).nth(place).map(|one| one.value.as_str())
}

fn value(text: &str) -> (String, &str) {
    let Some(quote) = text.chars().next().filter(|&c| is_quote(c)) else {
        let end = text.find(is_between).unwrap_or(text.len());
        // A lone `=` is a value, or the loop above would stand still.
        let end = end.max(text.chars().next().map_or(0, char::len_utf8));
        return (text[..end].to_owned(), &text[end..]);
    };
    let inner = &text[1..];
    let mut unescaped = String::new();
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            '\\' if !escaped && quote != '`' => escaped = true,
            c if c == quote && !escaped => return (unescaped, &inner[at + 1..]),
            c => {
                unescaped.push(c);
                escaped = false;
            }
        }
    }
    (unescaped, "")
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || c == ','
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`')
}
