//! Invariant 6: offsets are bytes inside and UTF-16 on the wire; one module converts.

use super::Problem;
use super::rust_source::line_at;
use super::sources::Sources;

const CONVERTER: &str = "src-tauri/crates/app/src/text.rs";
/// What converts. (A field may be named for its unit; the wire's are.)
const CONVERSIONS: &[&str] = &["encode_utf16", "len_utf16", "utf16_cu", "from_utf16"];

/// Elsewhere: how many conversions, and why they are no offsets.
struct Exception {
    path: &'static str,
    at_most: usize,
    reason: &'static str,
}

const EXCEPTIONS: &[Exception] = &[
    Exception {
        path: "src-tauri/crates/drafts/src/text.rs",
        at_most: 1,
        reason: "a post's length for the list, which never becomes an offset",
    },
    Exception {
        path: "src-tauri/crates/post/src/front_matter.rs",
        at_most: 1,
        reason: "the column of a problem, shown to a person and counted as their editor counts",
    },
    Exception {
        path: "src-tauri/crates/sites/src/file_form.rs",
        at_most: 1,
        reason: "the column of a byte that is not UTF-8, shown to a person and counted as their editor counts",
    },
];

pub(super) fn broken_at(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (path, code) in sources.shipped_rust("src-tauri/").into_iter().filter(|(path, _)| *path != CONVERTER)
    {
        let mut lines: Vec<usize> = CONVERSIONS
            .iter()
            .flat_map(|name| code.match_indices(name))
            .map(|(at, _)| line_at(&code, at))
            .collect();
        lines.sort_unstable();
        let exception = EXCEPTIONS.iter().find(|it| it.path == path);
        if lines.len() > exception.map_or(0, |it| it.at_most) {
            let allowed = exception.map(|it| format!(" (allowed: {} for {})", it.at_most, it.reason));
            let message = format!(
                "converts UTF-16 outside {CONVERTER}: work in bytes and convert there{}",
                allowed.unwrap_or_default()
            );
            problems.extend(lines.into_iter().map(|line| Problem::at_line(path, line, message.clone())));
        }
    }
    if sources.text(CONVERTER).is_none() {
        problems.push(Problem::new(CONVERTER, "is not there; has it moved?"));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONVERTS: &str = "fn a(b: &str) { b.encode_utf16().count() }";

    fn tree(path: &str, code: &str) -> usize {
        broken_at(&Sources::of(&[(CONVERTER, CONVERTS), (path, code)])).len()
    }

    #[test]
    fn the_text_module_may_convert() {
        assert_eq!(
            tree("src-tauri/crates/post/src/lib.rs", "// encode_utf16\nstruct A { length_utf16: u32 }"),
            0
        );
        let in_a_test = format!("#[cfg(test)]\nmod tests {{ {CONVERTS} }}");
        assert_eq!(tree("src-tauri/crates/post/src/lib.rs", &in_a_test), 0);
    }

    #[test]
    fn another_conversion_is_found() {
        for code in [CONVERTS, "fn a() { c.len_utf16() }", "fn a() { rope.byte_to_utf16_cu(1) }"] {
            assert_eq!(tree("src-tauri/crates/markdown/src/lib.rs", code), 1, "{code}");
        }
    }

    #[test]
    fn an_exception_covers_no_more_than_it_names() {
        assert_eq!(tree(EXCEPTIONS[0].path, CONVERTS), 0);
        assert_eq!(tree(EXCEPTIONS[0].path, &CONVERTS.repeat(2)), 2);
    }

    #[test]
    fn a_converter_that_moved_is_found() {
        assert_eq!(broken_at(&Sources::of(&[])).len(), 1);
    }
}
