//! Just enough of Rust's grammar to look for a name in code without finding it in a comment, a text or a test.

/// The source with comments and the insides of texts blanked out. Every line keeps its number.
pub(super) fn code_only(source: &str) -> String {
    let mut rest = source;
    let mut code = String::with_capacity(source.len());
    while let Some(first) = rest.chars().next() {
        let previous = code.chars().next_back();
        let (length, keeps) = next_piece(rest, first, previous);
        let (piece, after) = rest.split_at(length);
        if keeps {
            code.push_str(piece);
        } else {
            code.extend(piece.chars().map(|character| if character == '\n' { '\n' } else { ' ' }));
        }
        rest = after;
    }
    code
}

/// How many bytes the next piece has, and whether it is code.
fn next_piece(rest: &str, first: char, previous: Option<char>) -> (usize, bool) {
    let starts_word = !previous.is_some_and(is_word);
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        return (block_comment_length(rest), false);
    }
    if first == '"' {
        return (text_length(rest), false);
    }
    if starts_word
        && matches!(first, 'r' | 'b' | 'c')
        && let Some(length) = raw_text_length(rest)
    {
        return (length, false);
    }
    // A lifetime has no closing quote after its one character.
    if first == '\''
        && let Some(length) = character_length(rest)
    {
        return (length, false);
    }
    (first.len_utf8(), true)
}

fn block_comment_length(rest: &str) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_text_length(rest: &str) -> Option<usize> {
    let after_prefix = ["br", "cr", "r"].iter().find_map(|prefix| rest.strip_prefix(prefix))?;
    let hashes = after_prefix.chars().take_while(|character| *character == '#').count();
    let inside = after_prefix[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let opening = rest.len() - inside.len();
    Some(inside.find(&end).map_or(rest.len(), |at| opening + at + end.len()))
}

fn character_length(rest: &str) -> Option<usize> {
    let mut characters = rest.char_indices().skip(1);
    let (_, first) = characters.next()?;
    if first == '\\' {
        let (after_escape, _) = characters.nth(1)?;
        return rest[after_escape..].find('\'').map(|at| after_escape + at + 1);
    }
    let (at, closing) = characters.next()?;
    (closing == '\'').then_some(at + 1)
}

/// Code without the items under `#[cfg(test)]`; nothing at all is left of a file under `#![cfg(test)]`.
pub(super) fn without_tests(code: &str) -> String {
    if code.contains("#![cfg(test)]") {
        return String::new();
    }
    let mut shipped = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        shipped.push_str(&rest[..at]);
        let item = &rest[at..];
        let length = item_length(item);
        shipped.extend(item[..length].chars().filter(|character| *character == '\n'));
        rest = &item[length..];
    }
    shipped.push_str(rest);
    shipped
}

/// From an attribute to the end of the item it belongs to: a `;` or `,` outside brackets, or the brace that closes.
fn item_length(item: &str) -> usize {
    let mut depth = 0i32;
    for (at, character) in item.char_indices() {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' => depth -= 1,
            '}' => {
                depth -= 1;
                if depth <= 0 {
                    return at + usize::from(depth == 0);
                }
            }
            ';' | ',' if depth == 0 => return at + 1,
            _ => {}
        }
        if depth < 0 {
            return at;
        }
    }
    item.len()
}

/// The modules declared as `#[cfg(test)] mod name;`.
pub(super) fn test_modules(code: &str) -> Vec<&str> {
    code.match_indices("#[cfg(test)]")
        .filter_map(|(at, attribute)| {
            let item = &code[at..at + item_length(&code[at..])];
            let declaration = item[attribute.len()..].trim().strip_suffix(';')?;
            let (_, name) = declaration.rsplit_once("mod ")?;
            Some(name.trim())
        })
        .collect()
}

/// Where a name stands as a name of its own (`fs::write` in `std::fs::write(`, not in `fs::write_all`): line numbers.
pub(super) fn lines_naming(code: &str, name: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    for (at, _) in code.match_indices(name) {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        let opens = name.starts_with(is_word) && before.is_some_and(is_word);
        let goes_on = name.ends_with(is_word) && after.is_some_and(is_word);
        if !opens && !goes_on {
            lines.push(line_at(code, at));
        }
    }
    lines.dedup();
    lines
}

/// The number of the line that holds a place.
pub(super) fn line_at(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_texts_are_blank_and_lines_stay() {
        let source = "let a = \"unwrap()\\\" x\"; // unwrap()\n/* unwrap()\n /* in */ */ b.unwrap();\n";
        let code = code_only(source);
        assert_eq!(lines_naming(&code, "unwrap"), [3]);
        assert_eq!(code.lines().count(), source.lines().count());
    }

    #[test]
    fn raw_texts_and_characters_are_texts_and_lifetimes_are_not() {
        let code = code_only(
            "f(r#\"a \" unwrap()\"#, '\"', '\\'', '\\u{1F600}', b'\"'); g::<'a>(x.unwrap()); r\"\\\"; h()",
        );
        assert_eq!(code.matches("unwrap").count(), 1);
        assert!(code.contains("g::<'a>") && code.ends_with("h()"), "{code}");
    }

    #[test]
    fn test_items_are_left_out() {
        let code = "fn a() {}\n#[cfg(test)]\n#[allow(x)]\nmod tests {\n  fn b() { c(); }\n}\nfn d() {}\n#[cfg(test)]\nuse e::{f, g};\nfn h() {}\n";
        let shipped = without_tests(code);
        assert!(!shipped.contains("b()") && !shipped.contains("use e"), "{shipped}");
        assert_eq!(lines_naming(&shipped, "d"), [7]);
        assert_eq!(lines_naming(&shipped, "h"), [10]);
        assert_eq!(without_tests("#![cfg(test)]\nfn a() {}"), "");
    }

    #[test]
    fn a_field_or_an_argument_for_tests_ends_with_its_comma() {
        let shipped = without_tests(
            "struct A { #[cfg(test)] seen: u8, kept: u8 }\nfn b() { #[cfg(test)] { c() } d() }",
        );
        assert!(!shipped.contains("seen") && shipped.contains("kept: u8 }"), "{shipped}");
        assert!(!shipped.contains("c()") && shipped.contains("d() }"), "{shipped}");
    }

    #[test]
    fn test_modules_are_named() {
        assert_eq!(
            test_modules("mod a;\n#[cfg(test)]\npub(crate) mod b;\n#[cfg(test)]\nmod c { mod d; }"),
            ["b"]
        );
    }

    #[test]
    fn a_name_is_found_whole() {
        assert_eq!(lines_naming("a_fs::write();\nfs::write_all();\nstd::fs::write();", "fs::write"), [3]);
        assert_eq!(lines_naming("SafeHtml(a)\nOtherSafeHtml(a)", "SafeHtml("), [1]);
    }
}
