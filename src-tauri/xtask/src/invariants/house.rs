//! The house: what stands at the root, what the README tells, which lints a crate shares.

use super::Problem;
use super::sources::Sources;

/// What may stand at the root. Adding to it is a decision.
const TOP_LEVEL: &[&str] = &[
    ".cargo",
    ".ci",
    ".gitattributes",
    ".gitignore",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "README.ko.md",
    "docs",
    "rustfmt.toml",
    "src-tauri",
    "tests",
    "ui",
];
const NEEDED: &[&str] =
    &[".ci/run", "Cargo.lock", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "ui/package-lock.json"];
/// A word of a heading of the README, for each thing a newcomer looks for.
const README_HEADINGS: &[&str] = &["run", "test", "map and invariants"];
const LONGEST_FILE: usize = 600;
const WRITTEN_BY_US: &[&str] = &[".rs", ".ts", ".svelte", ".css"];
const GENERATED: &str = "ui/src/wire/types.ts";

pub(super) fn broken_at(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    for name in sources.top_level().filter(|name| !TOP_LEVEL.contains(name)) {
        problems.push(Problem::new(name, "does not belong at the root"));
    }
    for path in NEEDED.iter().filter(|path| sources.text(path).is_none()) {
        problems.push(Problem::new(*path, "is not there"));
    }
    if let Some(readme) = sources.text("README.md") {
        problems.extend(readme_problems(readme));
    }
    for (path, manifest) in sources.under("", &["/Cargo.toml"]) {
        let is_package = manifest.lines().any(|line| line.trim() == "[package]");
        if is_package && !shares_lints(manifest) {
            problems.push(Problem::new(
                path,
                "does not share the workspace's lints (`[lints] workspace = true`)",
            ));
        }
    }
    problems
}

/// What is worth saying and no reason to stop.
pub(super) fn notes(sources: &Sources) -> Vec<Problem> {
    let mut notes = Vec::new();
    for (path, text) in sources.under("", WRITTEN_BY_US).filter(|(path, _)| *path != GENERATED) {
        let lines = text.lines().count();
        if lines > LONGEST_FILE && !path.contains("/fixtures/") {
            notes.push(Problem::new(
                path,
                format!("has {lines} lines; more than {LONGEST_FILE} are hard to keep in mind"),
            ));
        }
    }
    notes
}

fn readme_problems(readme: &str) -> Vec<Problem> {
    let headings: Vec<String> =
        readme.lines().filter(|line| line.starts_with("##")).map(str::to_lowercase).collect();
    README_HEADINGS
        .iter()
        .filter(|word| !headings.iter().any(|heading| heading.contains(**word)))
        .map(|word| Problem::new("README.md", format!("has no section about `{word}`")))
        .collect()
}

fn shares_lints(manifest: &str) -> bool {
    let after = manifest.split_once("[lints]").map_or("", |(_, after)| after);
    let section = after.split("\n[").next().unwrap_or_default();
    section.lines().any(|line| line.replace(' ', "") == "workspace=true")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[package]\nname = \"a\"\n\n[lints]\nworkspace = true\n";
    const README: &str = "# Postwright\n## Run it\n## Test it\n## Map and invariants\n";

    fn tree(changed: &[(&str, &str)]) -> Vec<Problem> {
        let mut files: Vec<(&str, &str)> = NEEDED.iter().map(|path| (*path, "")).collect();
        files.extend([("src-tauri/crates/a/Cargo.toml", MANIFEST), ("README.md", README)]);
        files.extend(changed);
        broken_at(&Sources::of(&files))
    }

    #[test]
    fn a_tidy_house_passes() {
        assert_eq!(tree(&[]), []);
    }

    #[test]
    fn disorder_is_found() {
        for change in [
            ("notes.txt", ""),
            ("README.md", "# Postwright\n## Run and test\n"),
            ("src-tauri/crates/a/Cargo.toml", "[package]\nname = \"a\"\n"),
            ("src-tauri/crates/a/Cargo.toml", "[package]\n[lints]\n[features]\nworkspace = true\n"),
        ] {
            assert_eq!(tree(&[change]).len(), 1, "{change:?}");
        }
        assert_eq!(broken_at(&Sources::of(&[])).len(), NEEDED.len());
    }

    #[test]
    fn a_long_file_is_noted() {
        let long = "fn a() {}\n".repeat(LONGEST_FILE + 1);
        let sources = Sources::of(&[("src-tauri/src/main.rs", &long), (GENERATED, &long)]);
        assert_eq!(notes(&sources).len(), 1);
    }
}
