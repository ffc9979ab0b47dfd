//! Invariant 4: in `sites` and `app`, a file is written by one module.

use super::Problem;
use super::purity::clippy_problems;
use super::rust_source::lines_naming;
use super::sources::Sources;

const CRATES: &[&str] = &["src-tauri/crates/sites/", "src-tauri/crates/app/"];
/// The modules that may: a file, or a folder of its parts. A copy of a site is no file of the writer's.
const WRITERS: &[&str] = &[
    "src-tauri/crates/sites/src/write.rs",
    "src-tauri/crates/sites/src/write/",
    "src-tauri/crates/sites/src/site_copy.rs",
];
const FORBIDDEN_BY_CLIPPY: &[&str] = &[
    "std::fs::write",
    "std::fs::rename",
    "std::fs::copy",
    "std::fs::remove_file",
    "std::fs::File::create",
    "std::fs::OpenOptions::new",
];
/// Functions of `std::fs` that change what is on the disk.
const CHANGES: &[&str] = &[
    "write",
    "rename",
    "copy",
    "remove_file",
    "remove_dir",
    "remove_dir_all",
    "create_dir",
    "create_dir_all",
    "hard_link",
    "set_permissions",
    "soft_link",
    "DirBuilder",
    "OpenOptions",
];
const OTHER_WAYS: &[&str] = &[
    "File::create",
    "File::create_new",
    "File::options",
    "OpenOptions",
    "DirBuilder",
    "fs::symlink",
    "NamedTempFile",
    "tempfile::Builder",
    "clippy::disallowed_methods",
];

pub(super) fn broken_at(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    for folder in CRATES {
        problems.extend(clippy_problems(sources, folder, FORBIDDEN_BY_CLIPPY));
        for (path, code) in sources.shipped_rust(folder) {
            if WRITERS.iter().any(|writer| path.starts_with(writer)) {
                continue;
            }
            for line in writing_lines(&code) {
                let message = "changes files by itself; only sites' write module may";
                problems.push(Problem::at_line(path, line, message));
            }
        }
    }
    problems
}

fn writing_lines(code: &str) -> Vec<usize> {
    let mut lines: Vec<usize> = OTHER_WAYS.iter().flat_map(|name| lines_naming(code, name)).collect();
    for change in CHANGES {
        lines.extend(lines_naming(code, &format!("fs::{change}")));
    }
    lines.extend(imported_changes(code));
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// `use std::fs::{self, write}` brings a change in under its bare name.
fn imported_changes(code: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    for (at, start) in code.match_indices("fs::{") {
        let group = &code[at + start.len()..];
        let group = &group[..group.find([';', '}']).unwrap_or(group.len())];
        if CHANGES.iter().any(|change| !lines_naming(group, change).is_empty()) {
            lines.push(super::rust_source::line_at(code, at));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(path: &str, code: &str) -> Vec<Problem> {
        let clippy: String = FORBIDDEN_BY_CLIPPY.iter().map(|name| format!("\"{name}\",\n")).collect();
        broken_at(&Sources::of(&[
            ("src-tauri/crates/sites/clippy.toml", &clippy),
            ("src-tauri/crates/app/clippy.toml", &clippy),
            (path, code),
        ]))
    }

    #[test]
    fn reading_is_fine_and_the_write_module_may_write() {
        assert_eq!(
            tree("src-tauri/crates/app/src/a.rs", "use std::fs::{self, File};\nfn a() { fs::read(b) }"),
            []
        );
        assert_eq!(tree("src-tauri/crates/sites/src/write.rs", "fn a() { fs::rename(b, c) }"), []);
        assert_eq!(
            tree("src-tauri/crates/sites/src/a.rs", "#[cfg(test)]\nmod tests { fn a() { fs::write(b) } }"),
            []
        );
    }

    #[test]
    fn another_way_to_write_is_found() {
        for code in [
            "fn a() { std::fs::write(b, c) }",
            "fn a() { File::create(b) }",
            "use std::fs::{self, rename};",
            "fn a() { OpenOptions::new() }",
            "fn a() { tempfile::NamedTempFile::new() }",
            "#[expect(clippy::disallowed_methods)]\nfn a() {}",
        ] {
            assert_eq!(tree("src-tauri/crates/app/src/a.rs", code).len(), 1, "{code}");
        }
    }

    #[test]
    fn a_missing_clippy_list_is_found() {
        assert_eq!(broken_at(&Sources::of(&[])).len(), 2);
    }
}
