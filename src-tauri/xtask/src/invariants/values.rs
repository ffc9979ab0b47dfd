//! Invariant 9: errors are values of a type: no `Result<_, String>`, and no `unwrap` in what ships.

use super::Problem;
use super::rust_source::{line_at, lines_naming};
use super::sources::Sources;

const TEXTS: &[&str] = &["String", "&str", "&'static str", "Box<dyn Error>", "Box<dyn std::error::Error>"];

pub(super) fn broken_at(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (path, code) in sources.shipped_rust("src-tauri/") {
        for line in text_errors(&code) {
            let message = "an error that is only a text: give it a type with what happened where";
            problems.push(Problem::at_line(path, line, message));
        }
        for name in [".unwrap()", ".unwrap_err()"] {
            for line in lines_naming(&code, name) {
                let message = "unwrap in what ships: answer an error, or `expect` with why it cannot fail";
                problems.push(Problem::at_line(path, line, message));
            }
        }
        // `cfg_attr(test, allow(…))` is how a crate lets its tests unwrap.
        for line in lines_naming(&code, "allow(clippy::unwrap_used") {
            let text = code.lines().nth(line - 1).unwrap_or_default();
            if !text.contains("cfg_attr(test") {
                problems.push(Problem::at_line(path, line, "switches the ban on unwrap off in what ships"));
            }
        }
    }
    problems
}

/// Lines with a `Result` whose error is a text.
fn text_errors(code: &str) -> Vec<usize> {
    code.match_indices("Result<")
        .filter(|(at, start)| {
            let arguments = type_arguments(&code[at + start.len()..]);
            arguments.len() == 2 && TEXTS.contains(&arguments[1].as_str())
        })
        .map(|(at, _)| line_at(code, at))
        .collect()
}

/// The arguments up to the `>` that closes, one space between words.
fn type_arguments(code: &str) -> Vec<String> {
    let mut arguments = vec![String::new()];
    let mut depth = 0;
    let mut previous = ' ';
    for character in code.chars() {
        match character {
            '<' | '(' | '[' | '{' => depth += 1,
            // The arrow of a function type closes nothing.
            '>' if previous == '-' => {}
            '>' | ')' | ']' | '}' if depth == 0 => break,
            '>' | ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        previous = character;
        if character == ',' && depth == 0 {
            arguments.push(String::new());
        } else if let Some(argument) = arguments.last_mut() {
            argument.push(character);
        }
    }
    let spaced = |argument: &String| argument.split_whitespace().collect::<Vec<_>>().join(" ");
    arguments.iter().map(spaced).filter(|argument| !argument.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(code: &str) -> usize {
        broken_at(&Sources::of(&[("src-tauri/crates/app/src/lib.rs", code)])).len()
    }

    #[test]
    fn typed_errors_pass() {
        for code in [
            "fn a() -> Result<String, Error> {}",
            "fn a() -> Result<HashMap<String, String>, Error> {}",
            "fn a() -> Result<(u8, String), Error> { b.expect(c) }",
            "fn a() -> io::Result<String> {}",
            "#![cfg_attr(test, allow(clippy::unwrap_used))]",
            "#[cfg(test)]\n#[allow(clippy::unwrap_used)]\nmod tests { fn a() -> Result<(), String> { b.unwrap() } }",
        ] {
            assert_eq!(problems(code), 0, "{code}");
        }
    }

    #[test]
    fn a_text_for_an_error_and_an_unwrap_are_found() {
        for code in [
            "fn a() -> Result<(), String> {}",
            "fn a() -> Result<\n    Vec<(u8, fn(u8) -> u8)>,\n    String,\n> {}",
            "fn a() -> Result<u8, &'static str> {}",
            "fn a() -> Result<u8, Box<dyn std::error::Error>> {}",
            "fn a() { b.unwrap() }",
            "#[allow(clippy::unwrap_used)]\nfn a() {}",
        ] {
            assert_eq!(problems(code), 1, "{code}");
        }
    }
}
