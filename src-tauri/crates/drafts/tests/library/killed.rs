//! "Acknowledged means on disk": a process is killed while it types.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use postwright_drafts::Library;
use tempfile::TempDir;

use crate::{draft_of, insertion};

const LIBRARY: &str = "POSTWRIGHT_TEST_TYPE_INTO";

/// Not a test of its own: what the killed process does. Without the variable there is nothing to do.
#[test]
fn types_until_killed() {
    let Some(path) = std::env::var_os(LIBRARY) else { return };
    let library = Library::open(path.as_ref(), 0).unwrap();
    let draft = library.add_draft(draft_of("", 0)).unwrap();
    for revision in 1_u32.. {
        library.append(insertion(draft, revision, 0, &format!("{revision}\n")), move |result| {
            result.unwrap();
            let mut out = std::io::stdout().lock();
            writeln!(out, "stored {revision}").unwrap();
            out.flush().unwrap();
        });
        if revision.is_multiple_of(7) {
            std::thread::sleep(std::time::Duration::from_micros(300));
        }
        if revision.is_multiple_of(900) {
            library.flush().unwrap();
        }
    }
}

#[test]
fn every_acknowledged_edit_survives_a_kill() {
    for kill_after in [1, 40, 700, 1300] {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("library");
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::types_until_killed", "--nocapture"])
            .env(LIBRARY, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut acknowledged = 0;
        for line in lines {
            let Ok(line) = line else { break };
            // The harness writes the test's name without a line end before the first of ours.
            if let Some((_, revision)) = line.split_once("stored ") {
                acknowledged = revision.parse().unwrap_or(acknowledged);
            }
            if acknowledged == kill_after {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(acknowledged >= kill_after, "the child got as far as {acknowledged}");

        let library = Library::open(&path, 0).unwrap();
        library.check().unwrap();
        let stored = library.draft(1).unwrap();
        assert!(
            stored.revision >= acknowledged,
            "{acknowledged} was acknowledged, {} is there",
            stored.revision
        );
        let expected: String = (1..=stored.revision).rev().map(|revision| format!("{revision}\n")).collect();
        assert_eq!(stored.text, expected);
    }
}
