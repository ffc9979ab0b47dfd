//! The details form: each change is an edit of the text, and touches one field.

use postwright_tests::desk::Desk;
use postwright_wire::{self as wire, Call, FieldChanges, FieldRole, FieldValue, PostId, Reply};

const POST: &str = "---\ntitle:  '첫 글'   # keep this\ndate: 2025-03-01T09:00:00+09:00\ntags: [go, \"c++\"]\nlayout: post\n---\n\nBody.\n";

#[test]
fn a_date_changes_its_line_alone() {
    let desk = Desk::new();
    let post = desk.draft(POST).post;
    let applied = set(&desk, post, 0, "date", FieldValue::Text("2026-11-21T12:00:00+09:00".to_owned()));
    assert_eq!(desk.app.text_of(post).unwrap(), POST.replace("2025-03-01T09:00:00", "2026-11-21T12:00:00"));
    let details = applied.details.unwrap();
    let date = details.fields.iter().find(|field| field.role == Some(FieldRole::Date)).unwrap();
    assert_eq!(date.value, FieldValue::Text("2026-11-21T12:00:00+09:00".to_owned()));
}

#[test]
fn a_title_keeps_its_quotes_and_its_comment() {
    let desk = Desk::new();
    let post = desk.draft(POST).post;
    set(&desk, post, 0, "title", FieldValue::Text("[둘째] 글".to_owned()));
    assert_eq!(desk.app.text_of(post).unwrap(), POST.replace("'첫 글'", "'[둘째] 글'"));
}

#[test]
fn a_draft_is_renamed_by_its_title() {
    let desk = Desk::new();
    let post = desk.draft("Body only.\n").post;
    let applied = set(&desk, post, 0, "title", FieldValue::Text("새 이름".to_owned()));
    assert_eq!(applied.details.unwrap().shown_title, "새 이름");
    assert!(desk.app.text_of(post).unwrap().ends_with("Body only.\n"));
    let desk = desk.restarted();
    assert_eq!(super::drafts::list(&desk, false)[0].title, "새 이름");
}

#[test]
fn tags_and_draft_change_their_lines_alone() {
    let desk = Desk::new();
    let post = desk.draft(POST).post;
    let tags = ["go", "c++", "한글"].map(str::to_owned).to_vec();
    let applied = set(&desk, post, 0, "tags", FieldValue::List(tags));
    set(&desk, post, applied.revision, "draft", FieldValue::Boolean(true));
    let text = desk.app.text_of(post).unwrap();
    let changed: Vec<&str> =
        text.lines().filter(|line| !POST.lines().any(|before| before == *line)).collect();
    assert_eq!(changed, ["tags: [go, \"c++\", \"한글\"]", "draft: true"]);
}

#[test]
fn a_long_front_matter_that_is_broken_at_its_end_is_told() {
    let desk = Desk::new();
    let long = format!("---\ntitle: Long\ndescription: {}\n---\n\nBody.\n", "x".repeat(10_000));
    let post = desk.draft(&long).post;
    let end = long.find("\n---\n\n").unwrap() as u32;
    let details = desk.edit(post, 0, end + 1, end + 4, "").details.expect("the form must know");
    assert!(details.problem.is_some() || details.fields.is_empty(), "{details:?}");
}

/// Gives a field a value the way the form does: the changes come from the core and go back as an edit.
pub(crate) fn set(desk: &Desk, post: PostId, base: u32, key: &str, value: FieldValue) -> wire::Applied {
    let path = key.split('.').map(str::to_owned).collect();
    let change = wire::ChangeField { post, base, path, change: wire::FieldChange::Value(value) };
    let Reply::ChangeField(FieldChanges::Changes(changes)) = desk.call(Call::ChangeField(change)) else {
        panic!("stale")
    };
    let applied = desk.apply(post, base, changes);
    desk.wait_for(
        |event| matches!(event, wire::Event::Stored(stored) if stored.revision == applied.revision),
    );
    applied
}
