//! Invariant 1: nothing but the shell depends on Tauri.

use super::Problem;
use crate::process::{Failure, Output, Workspace};

const SHELL: &str = "postwright";
const CORE: &[&str] = &[
    "postwright-app",
    "postwright-comparison",
    "postwright-intake",
    "postwright-markdown",
    "postwright-post",
    "postwright-drafts",
    "postwright-sites",
    "postwright-wire",
    "postwright-tests",
];

/// Asks Cargo for every package. The shell is asked as well: a question with a typo in it also finds nothing.
pub(super) fn broken_at(workspace: &Workspace) -> Result<Vec<Problem>, Failure> {
    let ask = |package: &str| {
        workspace.cargo(["tree", "--package", package, "--invert", "tauri", "--depth", "1"]).output()
    };
    let mut problems = Vec::new();
    problems.extend(shell_problem(&ask(SHELL)?));
    for package in CORE {
        problems.extend(core_problem(package, &ask(package)?));
    }
    Ok(problems)
}

fn shell_problem(tree: &Output) -> Option<Problem> {
    let depends = tree.success && tree.stdout.starts_with("tauri v");
    (!depends).then(|| {
        Problem::new(
            SHELL,
            format!("is not seen to depend on tauri, so the question is wrong: {}", tree.stderr.trim()),
        )
    })
}

fn core_problem(package: &str, tree: &Output) -> Option<Problem> {
    let finds_none =
        tree.stderr.contains("did not match any packages") || tree.stderr.contains("nothing to print");
    if tree.stdout.starts_with("tauri v") {
        let through = tree.stdout.lines().nth(1).unwrap_or_default();
        return Some(Problem::new(package, format!("depends on tauri, which only the shell may: {through}")));
    }
    (!finds_none).then(|| Problem::new(package, format!("cargo could not say: {}", tree.stderr.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(success: bool, stdout: &str, stderr: &str) -> Output {
        Output { success, stdout: stdout.into(), stderr: stderr.into() }
    }

    #[test]
    fn a_core_that_depends_on_tauri_is_found() {
        let depends = tree(true, "tauri v2.12.0\n└── postwright-app v0.1.0\n", "");
        assert!(core_problem("postwright-app", &depends).unwrap().message.contains("only the shell"));
        assert_eq!(shell_problem(&depends), None);
    }

    #[test]
    fn a_core_without_it_is_fine() {
        let none = tree(false, "", "error: package ID specification `tauri` did not match any packages\n");
        assert_eq!(core_problem("postwright-app", &none), None);
        assert_eq!(core_problem("postwright-app", &tree(true, "", "warning: nothing to print.\n")), None);
        assert!(shell_problem(&none).is_some());
    }

    #[test]
    fn a_question_that_fails_for_another_reason_proves_nothing() {
        let failed = tree(false, "", "error: no matching package named `serde` found\n");
        assert!(core_problem("postwright-app", &failed).is_some());
    }
}
