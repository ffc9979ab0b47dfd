//! Invariant 3: HTML that reaches a web view is a `SafeHtml`, which only the sanitiser can make.

use super::Problem;
use super::rust_source::{line_at, lines_naming};
use super::sources::Sources;

/// The sanitiser: a file, or a folder of its parts.
const SANITISER: &[&str] =
    &["src-tauri/crates/markdown/src/sanitise.rs", "src-tauri/crates/markdown/src/sanitise/"];
/// Ways to make one without the sanitiser looking at it.
const BACK_DOORS: &[&str] = &["Deserialize", "Default", "DerefMut", "AsMut"];

pub(super) fn broken_at(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut defined = false;
    for (path, code) in sources.shipped_rust("src-tauri/") {
        if SANITISER.iter().any(|sanitiser| path.starts_with(sanitiser)) {
            if let Some(at) = definition(&code) {
                defined = true;
                problems.extend(definition_problems(path, &code, at));
            }
            continue;
        }
        for line in making_lines(&code) {
            problems.push(Problem::at_line(path, line, "makes a SafeHtml; only the sanitiser may"));
        }
    }
    if !defined {
        problems.push(Problem::new(SANITISER[0], "does not define `struct SafeHtml`"));
    }
    problems
}

/// Where a `SafeHtml` is made or could be: a construction, a second type of the name, a conversion into it.
fn making_lines(code: &str) -> Vec<usize> {
    let mut lines: Vec<usize> =
        ["SafeHtml(", "struct SafeHtml"].iter().flat_map(|name| lines_naming(code, name)).collect();
    for (number, text) in (1..).zip(code.lines()) {
        // After these words the brace opens a body, not a construction.
        let opens_body =
            ["-> SafeHtml {", "for SafeHtml {", "impl SafeHtml {"].iter().any(|it| text.contains(it));
        let constructs = text.contains("SafeHtml {") && !opens_body;
        let converts = BACK_DOORS
            .iter()
            .chain(&["From<"])
            .any(|door| text.contains(door) && text.contains(" for SafeHtml"));
        if constructs || converts {
            lines.push(number);
        }
    }
    lines.sort_unstable();
    lines.dedup();
    lines
}

fn definition(code: &str) -> Option<usize> {
    ["struct SafeHtml(", "struct SafeHtml {", "struct SafeHtml<"].iter().find_map(|start| code.find(start))
}

fn definition_problems(path: &str, code: &str, at: usize) -> Vec<Problem> {
    let mut problems = Vec::new();
    let line = line_at(code, at);
    let from_the_fields = &code[at + "struct SafeHtml".len()..];
    let fields = &from_the_fields[..from_the_fields.find([';', '}']).unwrap_or(from_the_fields.len())];
    if fields.contains("pub") {
        problems.push(Problem::at_line(path, line, "the field of SafeHtml must be private"));
    }
    // The attributes stand between the item before it and the definition.
    let before = &code[..at];
    let attributes = &before[before.rfind([';', '}']).map_or(0, |end| end + 1)..];
    for door in BACK_DOORS {
        let implemented = lines_naming(code, &format!("{door} for SafeHtml"));
        if !lines_naming(attributes, door).is_empty() || !implemented.is_empty() {
            problems.push(Problem::at_line(path, line, format!("SafeHtml must not be {door}")));
        }
    }
    for (number, text) in (1..).zip(code.lines()) {
        if text.contains("From<") && text.contains(" for SafeHtml") {
            problems.push(Problem::at_line(path, number, "any text would pass for a SafeHtml"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "/// Clean.\n#[derive(Clone, Debug)]\npub struct SafeHtml(String);\n";

    fn tree(sanitiser: &str, elsewhere: &str) -> Vec<Problem> {
        broken_at(&Sources::of(&[
            ("src-tauri/crates/markdown/src/sanitise.rs", sanitiser),
            ("src-tauri/crates/app/src/preview.rs", elsewhere),
        ]))
    }

    #[test]
    fn a_sealed_type_passes() {
        let elsewhere = "fn html() -> SafeHtml { clean(a) }\nimpl Show for SafeHtml { }\n#[cfg(test)]\nmod tests { fn a() { SafeHtml(b) } }";
        assert_eq!(tree(GOOD, elsewhere), []);
    }

    #[test]
    fn making_one_elsewhere_is_found() {
        for elsewhere in
            ["fn a() { SafeHtml(b) }", "fn a() { SafeHtml { text } }", "impl From<String> for SafeHtml {}"]
        {
            assert_eq!(tree(GOOD, elsewhere).len(), 1, "{elsewhere}");
        }
    }

    #[test]
    fn a_back_door_in_the_sanitiser_is_found() {
        for sanitiser in [
            "pub struct SafeHtml(pub String);",
            "#[derive(Clone, Deserialize)]\npub struct SafeHtml(String);",
            "pub struct SafeHtml(String);\nimpl From<String> for SafeHtml {}",
            "pub struct SafeHtml(String);\nimpl Default for SafeHtml {}",
        ] {
            assert_eq!(tree(sanitiser, "").len(), 1, "{sanitiser}");
        }
    }

    #[test]
    fn a_sanitiser_that_moved_is_found() {
        assert_eq!(tree("", "").len(), 1);
    }
}
