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

#[test]
fn a_field_inside_a_table_is_changed_in_every_notation() {
    let posts = [
        ("---\ntaxonomies:\n  tags: [a] # c\n---\n\nBody.\n", "[a]", "[a, b]"),
        ("+++\n[taxonomies]\ntags = ['a'] # c\n+++\n\nBody.\n", "['a']", "['a', 'b']"),
        ("{\n\t\"taxonomies\": {\"tags\": [\"a\"]}\n}\n\nBody.\n", "[\"a\"]", "[\"a\", \"b\"]"),
    ];
    for (text, old, new) in posts {
        let desk = Desk::new();
        let post = desk.draft(text).post;
        let tags = ["a", "b"].map(str::to_owned).to_vec();
        set(&desk, post, 0, "taxonomies.tags", FieldValue::List(tags));
        assert_eq!(desk.app.text_of(post).unwrap(), text.replace(old, new));
    }
}

#[test]
fn keys_that_hugo_takes_for_the_same_are_locked_with_their_places() {
    let text = "---\nTitle: One\ntitle: Two\ntags: [a]\n---\n\nBody.\n";
    let desk = Desk::new();
    let draft = desk.draft(text);
    assert!(draft.details.fields.iter().all(|field| field.locked.is_none()));
    let (desk, site) = hugo_with("content/posts/twins.md", text);
    let opened = desk.open_site_post(site, "content/posts/twins.md");
    let locked: Vec<_> = opened
        .details
        .fields
        .iter()
        .filter_map(|field| Some((field.key.as_str(), field.locked.as_ref()?.line)))
        .collect();
    assert_eq!(locked, [("Title", 2), ("title", 3)]);
    let change = |key: &str, change| wire::ChangeField {
        post: opened.post,
        base: 0,
        path: vec![key.to_owned()],
        change,
    };
    let refused = desk.app.answer(Call::ChangeField(change(
        "title",
        wire::FieldChange::Value(FieldValue::Text("Three".to_owned())),
    )));
    let error = refused.unwrap_err();
    assert_eq!(error.code, wire::ErrorCode::FrontMatter);
    assert!(error.message.starts_with("Line 3, column 1: "), "{}", error.message);
    assert_eq!(desk.app.text_of(opened.post).unwrap(), text);
    let Reply::ChangeField(FieldChanges::Changes(changes)) =
        desk.call(Call::ChangeField(change("Title", wire::FieldChange::Value(FieldValue::Empty))))
    else {
        panic!("stale")
    };
    let applied = desk.apply(opened.post, 0, changes);
    assert!(applied.details.unwrap().fields.iter().all(|field| field.locked.is_none()));
}

#[test]
fn numbers_dates_and_other_names_come_from_the_form() {
    let (desk, site) = hugo_with("content/posts/a.md", "---\ntitle: A\n---\n\nBody.\n");
    let post = desk.open_site_post(site, "content/posts/a.md").post;
    let mut revision = 0;
    for (key, change) in [
        ("weight", wire::FieldChange::Number("3".to_owned())),
        ("summary", wire::FieldChange::Lines("One.\nTwo.".to_owned())),
        ("date", wire::FieldChange::Date(Some("2026-11-22T08:30".to_owned()))),
        ("lastmod", wire::FieldChange::Date(None)),
        ("expiryDate", wire::FieldChange::DateAsWritten("2030-01-02".to_owned())),
        ("title", wire::FieldChange::Key("linkTitle".to_owned())),
    ] {
        revision = change_field(&desk, post, revision, key, change).revision;
    }
    let expected = "---\nlinkTitle: A\nweight: 3\nsummary: |-\n  One.\n  Two.\ndate: 2026-11-22T08:30:00+09:00\n\
                    lastmod: 2026-11-21T12:00:00+09:00\nexpiryDate: 2030-01-02\n---\n\nBody.\n";
    assert_eq!(desk.app.text_of(post).unwrap(), expected);
}

#[test]
fn the_form_knows_what_the_site_has_and_where_the_post_will_be() {
    let (desk, site) =
        hugo_with("content/posts/a.md", "---\ntitle: A\nseries: [go]\nmath: true\n---\n\nBody.\n");
    let draft = desk.draft("# 새 글\n\nBody.\n").post;
    let ask = wire::UsualFields { post: draft, site: Some(site) };
    let Reply::UsualFields(usual) = desk.call(Call::UsualFields(ask)) else { panic!() };
    let series = usual.fields.iter().find(|field| field.path == ["series"]).expect("the site has it");
    assert_eq!((series.shape, series.values.as_slice()), (wire::UsualShape::List, &["go".to_owned()][..]));
    let address = |post, site| {
        let Reply::FindAddress(found) = desk.call(Call::FindAddress(wire::FindAddress { post, site })) else {
            panic!()
        };
        (found.path, found.url)
    };
    let found = |path: &str, url: &str| (Some(path.to_owned()), Some(url.to_owned()));
    // Of the two posts that the site has, one is a bundle: files are no less.
    assert_eq!(address(draft, Some(site)), found("content/posts/새-글.md", "/posts/새-글/"));
    assert_eq!(address(draft, None), (None, None));
    set(&desk, draft, 0, "slug", FieldValue::Text("new-post".to_owned()));
    assert_eq!(address(draft, Some(site)), found("content/posts/new-post.md", "/posts/new-post/"));
    // A post with a file stays where it is; its slug is of the address alone.
    let post = desk.open_site_post(site, "content/posts/a.md").post;
    assert_eq!(address(post, None), found("content/posts/a.md", "/posts/a/"));
    set(&desk, post, 0, "slug", FieldValue::Text("other".to_owned()));
    assert_eq!(address(post, None), found("content/posts/a.md", "/posts/other/"));
}

/// A Hugo site with one more post.
fn hugo_with(path: &str, text: &str) -> (Desk, wire::SiteId) {
    let desk = Desk::new();
    postwright_testkit::hugo_site(&desk.path("site"));
    desk.file(&format!("site/{path}"), text);
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    (desk, site)
}

/// Gives a field a value the way the form does: the changes come from the core and go back as an edit.
pub(crate) fn set(desk: &Desk, post: PostId, base: u32, key: &str, value: FieldValue) -> wire::Applied {
    change_field(desk, post, base, key, wire::FieldChange::Value(value))
}

fn change_field(desk: &Desk, post: PostId, base: u32, key: &str, change: wire::FieldChange) -> wire::Applied {
    let path = key.split('.').map(str::to_owned).collect();
    let change = wire::ChangeField { post, base, path, change };
    let Reply::ChangeField(FieldChanges::Changes(changes)) = desk.call(Call::ChangeField(change)) else {
        panic!("stale")
    };
    let applied = desk.apply(post, base, changes);
    desk.wait_for(
        |event| matches!(event, wire::Event::Stored(stored) if stored.revision == applied.revision),
    );
    applied
}
