//! A library of each past schema opens, and everything is there (R7).

use std::path::Path;

use postwright_drafts::{Library, NewerSchema, PublicationState, RevisionKind};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::{append, insertion};

/// The statements that made a library of each schema, as they were published, and something in every table.
const SCHEMAS: [(u32, &str); 3] = [
    (1, include_str!("schemas/1.sql")),
    (2, include_str!("schemas/2.sql")),
    (3, include_str!("schemas/3.sql")),
];

const OLD: &str = "# 처음\n\n첫 문장.\n";
const FOLDED: &str = "# 처음\n\n첫 문장. 둘째 문장.\n";

fn stored(folder: &TempDir, statements: &str) -> std::path::PathBuf {
    let path = folder.path().join("library");
    Connection::open(&path).unwrap().execute_batch(statements).unwrap();
    path
}

fn expect_everything(library: &Library, schema: u32) {
    library.check().unwrap();
    let draft = library.draft(1).unwrap();
    assert_eq!((draft.text.as_str(), draft.revision), ("# 처음\n\n첫 문장. 둘째 문장.\n마침\n", 9));
    assert_eq!((draft.selection, draft.edited), ((26, 26), 1200));
    assert_eq!(draft.form, "{\"bom\":false}");
    let file = draft.file.unwrap();
    assert_eq!((file.site, file.path.as_str(), file.base_text.as_str()), (1, "posts/a.md", OLD));
    let trashed = library.drafts(true).unwrap();
    assert_eq!(trashed.iter().map(|draft| draft.id).collect::<Vec<_>>(), [2]);
    let revisions = library.revisions(1).unwrap();
    let kept: Vec<_> = revisions.iter().map(|kept| (kept.number, kept.kind, kept.at)).collect();
    assert_eq!(kept, [(2, RevisionKind::Saved, 900), (1, RevisionKind::Auto, 500)]);
    assert_eq!(library.revision_text(1, 1).unwrap(), OLD);
    assert_eq!(library.revision_text(1, 2).unwrap(), FOLDED);
    assert_eq!(library.revision_text(2, 3).unwrap(), "old");
    assert_eq!(library.asset(1, "a.png").unwrap().unwrap().bytes, b"\x89PNG\r\n\x1a\n");
    assert_eq!(library.site(1).unwrap().name, "블로그");
    assert_eq!(library.setting("language").unwrap().as_deref(), Some("ko"));
    assert_eq!(library.session().unwrap().as_deref(), Some("{\"tabs\":[]}"));
    if schema >= 2 {
        assert_eq!(library.publication(4).unwrap().state, PublicationState::Done);
        assert_eq!(library.former_file(4, 0).unwrap().unwrap(), b"abc");
    }
    if schema >= 3 {
        assert_eq!(library.templates("/blog").unwrap()[0].text, "# {{title}}");
    }
}

#[test]
fn a_library_of_each_past_schema_opens_with_everything_and_a_copy_beside_it() {
    for (schema, statements) in SCHEMAS {
        let folder = TempDir::new().unwrap();
        let path = stored(&folder, statements);
        let library = Library::open(&path, 77).unwrap();
        expect_everything(&library, schema);
        assert_eq!(library.begun_publications().unwrap(), []);
        drop(library);
        let copy = folder.path().join(format!("library.schema-{schema}-77.backup"));
        let version: u32 = version_of(&copy);
        assert_eq!(version, schema, "the copy is as it was");
        expect_everything(&Library::open(&copy, 78).unwrap(), schema);
    }
}

#[test]
fn writing_goes_on_in_a_library_of_each_past_schema() {
    for (schema, statements) in SCHEMAS {
        let folder = TempDir::new().unwrap();
        let library = Library::open(&stored(&folder, statements), 77).unwrap();
        append(&library, insertion(1, 10, 0, "새 ")).unwrap();
        let text = library.draft(1).unwrap().text;
        let kept = library.keep_revision(1, 10, &text, RevisionKind::Auto, 2000).unwrap().unwrap();
        library.name_revision(1, 1, Some("첫 글".to_owned())).unwrap();
        assert_eq!(library.revision_text(1, kept).unwrap(), text, "schema {schema}");
        assert_eq!(library.revision_text(1, 2).unwrap(), FOLDED);
        // Nobody noted what the edits of before took out: undo reaches back to them, and not over them.
        let edits = library.past_edits(1).unwrap();
        assert_eq!(edits.iter().map(|edit| edit.revision).collect::<Vec<_>>(), [10]);
    }
}

#[test]
fn the_newest_schema_is_the_fifth() {
    let folder = TempDir::new().unwrap();
    let path = stored(&folder, SCHEMAS[2].1);
    drop(Library::open(&path, 0).unwrap());
    assert_eq!(version_of(&path), 5);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 6).unwrap();
    assert_eq!(Library::open(&path, 0).unwrap().read_only(), Some(NewerSchema { found: 6, known: 5 }));
}

#[test]
fn a_backup_of_each_past_schema_is_looked_into_and_stays_as_it_is() {
    for (schema, statements) in SCHEMAS {
        let folder = TempDir::new().unwrap();
        let path = stored(&folder, statements);
        let before = std::fs::read(&path).unwrap();
        let looked_into = Library::look_into(&path).unwrap();
        expect_everything(&looked_into, schema);
        assert_eq!(looked_into.examine().unwrap().flaws, []);
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert_eq!(version_of(&path), schema);
    }
}

fn version_of(path: &Path) -> u32 {
    Connection::open(path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}
