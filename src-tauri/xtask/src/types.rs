//! The user interface's types, written from the wire crate.

use std::fs;

use crate::process::{Failure, Workspace, at};

const TYPES: &str = "ui/src/wire/types.ts";

/// Writes the file; leaves it alone when it already says the same, so that nothing is built again for nothing.
pub(crate) fn write(workspace: &Workspace) -> Result<(), Failure> {
    let path = workspace.path(TYPES);
    let generated = postwright_wire::typescript();
    if fs::read_to_string(&path).is_ok_and(|text| text == generated) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        at(folder, fs::create_dir_all(folder))?;
    }
    at(&path, fs::write(&path, generated))?;
    println!("wrote {TYPES}");
    Ok(())
}

/// Compares the file with what would be written.
pub(crate) fn check(workspace: &Workspace) -> Result<(), Failure> {
    let path = workspace.path(TYPES);
    let committed = at(&path, fs::read_to_string(&path))?;
    match first_difference(&committed, &postwright_wire::typescript()) {
        None => Ok(()),
        Some(difference) => Err(Failure::Check(format!(
            "{TYPES} is not what the wire crate generates; run `cargo xtask types`\n{difference}"
        ))),
    }
}

fn first_difference(committed: &str, generated: &str) -> Option<String> {
    if committed == generated {
        return None;
    }
    let (mut left, mut right) = (committed.lines(), generated.lines());
    let mut line = 1;
    loop {
        match (left.next(), right.next()) {
            (Some(committed), Some(generated)) if committed == generated => line += 1,
            (None, None) => return Some("  only the line ends differ".to_owned()),
            (committed, generated) => {
                let shown = |text: Option<&str>| text.unwrap_or("(the end)").to_owned();
                return Some(format!(
                    "  line {line}\n  committed: {}\n  generated: {}",
                    shown(committed),
                    shown(generated)
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_shown() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        let difference = first_difference("a\nb\nc\n", "a\nx\nc\n").unwrap();
        assert!(difference.contains("line 2") && difference.contains("committed: b"), "{difference}");
        assert!(first_difference("a\n", "a\nb\n").unwrap().contains("committed: (the end)"));
        assert!(first_difference("a\r\n", "a\n").is_some());
    }
}
