//! A migration that is killed at any statement loses nothing. Really killed: a process that ends in its middle.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Stdio};

use rusqlite::Connection;
use tempfile::TempDir;

use crate::Library;
use crate::schema::{MIGRATIONS, version};

const LIBRARY: &str = "POSTWRIGHT_TEST_MIGRATE";
const STATEMENTS: &str = "POSTWRIGHT_TEST_STATEMENTS";
const SCHEMAS: [&str; 3] = [
    include_str!("../tests/library/schemas/1.sql"),
    include_str!("../tests/library/schemas/2.sql"),
    include_str!("../tests/library/schemas/3.sql"),
];

/// All statements that bring a library from a schema to the newest, one transaction for each step.
fn statements_from(schema: u32) -> Vec<String> {
    let steps = MIGRATIONS.iter().filter(|step| step.to > schema);
    steps
        .flat_map(|step| {
            let own = step.sql.split_inclusive(";\n").filter(|statement| !statement.trim().is_empty());
            let begin = std::iter::once("begin immediate;".to_owned());
            let end = [format!("pragma user_version = {};", step.to), "commit;".to_owned()];
            begin.chain(own.map(str::to_owned)).chain(end)
        })
        .collect()
}

/// Not a test of its own: what the killed process does. Without the variables there is nothing to do.
#[test]
fn migrates_until_it_ends() {
    let Some(path) = std::env::var_os(LIBRARY) else { return };
    let count: usize = std::env::var(STATEMENTS).unwrap().parse().unwrap();
    let connection = Connection::open(path).unwrap();
    let schema = version(&connection).unwrap();
    // What is not committed goes to the log, too, as it does in a large library.
    connection
        .execute_batch("pragma journal_mode = wal; pragma cache_size = 1; pragma cache_spill = 1;")
        .unwrap();
    for statement in statements_from(schema).iter().take(count) {
        connection.execute_batch(statement).unwrap();
    }
    std::process::abort();
}

fn migrate_until(path: &Path, statements: usize) {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "migration_tests::migrates_until_it_ends", "--nocapture"])
        .env(LIBRARY, path)
        .env(STATEMENTS, statements.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(!status.success());
}

#[test]
fn a_migration_that_is_killed_at_any_statement_loses_nothing() {
    for (schema, statements) in (1..).zip(SCHEMAS) {
        for killed_after in 0..=statements_from(schema).len() {
            let folder = TempDir::new().unwrap();
            let path = folder.path().join("library");
            Connection::open(&path).unwrap().execute_batch(statements).unwrap();
            migrate_until(&path, killed_after);
            let library = Library::open(&path, 0).unwrap();
            let at = format!("schema {schema}, killed after {killed_after} statements");
            library.check().unwrap();
            let draft = library.draft(1).unwrap();
            assert_eq!(
                (draft.text.as_str(), draft.revision),
                ("# 처음\n\n첫 문장. 둘째 문장.\n마침\n", 9),
                "{at}"
            );
            assert_eq!(library.revision_text(1, 1).unwrap(), "# 처음\n\n첫 문장.\n", "{at}");
            assert_eq!(library.revision_text(1, 2).unwrap(), "# 처음\n\n첫 문장. 둘째 문장.\n", "{at}");
            assert_eq!(library.revision_text(2, 3).unwrap(), "old", "{at}");
            assert!(library.asset(1, "a.png").unwrap().is_some(), "{at}");
            assert_eq!(library.begun_publications().unwrap(), [], "{at}");
            assert_eq!(library.past_edits(1).unwrap(), [], "{at}");
        }
    }
}
