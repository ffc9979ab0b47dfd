//! Invariant 2: `comparison`, `intake`, `markdown` and `post` touch no file, clock, environment, network or program.

use super::Problem;
use super::rust_source::lines_naming;
use super::sources::Sources;

const PURE: &[&str] = &[
    "src-tauri/crates/comparison/",
    "src-tauri/crates/intake/",
    "src-tauri/crates/markdown/",
    "src-tauri/crates/post/",
];
/// What each crate's `clippy.toml` must forbid, where the types are known.
const FORBIDDEN_BY_CLIPPY: &[&str] = &[
    "std::fs::File",
    "std::fs::read",
    "std::fs::read_to_string",
    "std::fs::write",
    "std::env::var",
    "std::time::SystemTime::now",
    "std::time::Instant::now",
];
/// What clippy cannot forbid whole, and what would switch it off.
const FORBIDDEN_NAMES: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "SystemTime",
    "Instant::now",
    "rand",
    "getrandom",
    "clippy::disallowed_methods",
    "clippy::disallowed_types",
];

pub(super) fn broken_at(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    for folder in PURE {
        problems.extend(clippy_problems(sources, folder, FORBIDDEN_BY_CLIPPY));
        for (path, code) in sources.shipped_rust(folder) {
            for name in FORBIDDEN_NAMES {
                for line in lines_naming(&code, name) {
                    let message = format!("`{name}` in a pure crate: make it an argument");
                    problems.push(Problem::at_line(path, line, message));
                }
            }
        }
    }
    problems
}

/// What the `clippy.toml` of a crate forgets to forbid.
pub(super) fn clippy_problems(sources: &Sources, folder: &str, forbidden: &[&str]) -> Vec<Problem> {
    let path = format!("{folder}clippy.toml");
    let Some(text) = sources.text(&path) else { return vec![Problem::new(path, "is not there")] };
    let uncommented: String =
        text.lines().filter(|line| !line.trim_start().starts_with('#')).collect::<Vec<_>>().join("\n");
    let forgotten: Vec<&str> =
        forbidden.iter().copied().filter(|name| !uncommented.contains(&format!("\"{name}\""))).collect();
    if forgotten.is_empty() {
        return Vec::new();
    }
    vec![Problem::new(path, format!("does not forbid {}", forgotten.join(", ")))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clippy() -> String {
        FORBIDDEN_BY_CLIPPY.iter().map(|name| format!("    \"{name}\",\n")).collect()
    }

    fn tree(code: &str, clippy: &str) -> Vec<Problem> {
        broken_at(&Sources::of(&[
            ("src-tauri/crates/comparison/clippy.toml", clippy),
            ("src-tauri/crates/intake/clippy.toml", clippy),
            ("src-tauri/crates/markdown/clippy.toml", clippy),
            ("src-tauri/crates/post/clippy.toml", clippy),
            ("src-tauri/crates/post/src/lib.rs", code),
        ]))
    }

    #[test]
    fn a_pure_crate_passes() {
        let code = "/// Not std::fs.\nfn plan() {}\n#[cfg(test)]\nmod tests { use std::fs; }\n";
        assert_eq!(tree(code, &clippy()), []);
    }

    #[test]
    fn a_file_a_clock_and_a_switched_off_lint_are_found() {
        for code in [
            "use std::fs;",
            "fn a() { std::env::var(x) }",
            "use std::time::SystemTime;",
            "fn a() { Instant::now() }",
            "#[allow(clippy::disallowed_methods)]\nfn a() {}",
        ] {
            assert_eq!(tree(code, &clippy()).len(), 1, "{code}");
        }
    }

    #[test]
    fn a_clippy_list_with_a_hole_is_found() {
        let with_a_hole = clippy().replace("    \"std::fs::write\"", "#   \"std::fs::write\"");
        let problems = tree("", &with_a_hole);
        assert_eq!(problems.len(), PURE.len());
        assert_eq!(problems[0].message, "does not forbid std::fs::write");
        assert_eq!(broken_at(&Sources::of(&[])).len(), PURE.len());
    }
}
