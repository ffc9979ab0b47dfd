//! Bad input: a clear error, nothing lost, nothing half-written.

use std::sync::{Arc, Condvar, Mutex};

use postwright_tests::desk::{self, Desk};
use postwright_wire::{self as wire, Call, Edited, ErrorCode, PublishChoices, Reply, Selection};

use super::fields::set;
use super::publishing::{desk_with_draft, plan};
use super::saving::SiteFile;
use super::sites::site_with;

#[test]
fn a_file_that_is_not_utf8_opens_read_only_and_says_where() {
    let bytes = b"---\ntitle: caf\xe9\n---\n";
    let (desk, site) = site_with("content/posts/latin1.md", bytes);
    let post = desk.open_site_post(site, "content/posts/latin1.md");
    let error = post.read_only.expect("read-only");
    assert_eq!(error.code, ErrorCode::NotUtf8);
    assert!(error.message.contains("line 2, column 11"), "{}", error.message);
    assert!(error.subject.unwrap().contains("latin1.md"));
    let edit = wire::Edit {
        post: post.post,
        base: post.revision,
        changes: vec![wire::Change { from: 0, to: 0, insert: "x".to_owned() }],
        selection: Selection::default(),
        takes_over: None,
        step: None,
    };
    assert_eq!(desk.app.answer(Call::Edit(edit)).unwrap_err().code, ErrorCode::NotUtf8);
    assert!(desk.save(post.post).is_err());
    assert_eq!(std::fs::read(desk.path("site/content/posts/latin1.md")).unwrap(), bytes);
}

#[test]
fn ten_megabytes_can_be_written_but_not_previewed() {
    let text = "한글 문단입니다. 그리고 영어 words too.\n\n".repeat(220_000);
    assert!(text.len() > 10_000_000);
    let (desk, site) = site_with("content/posts/large.md", &text);
    let post = desk.open_site_post(site, "content/posts/large.md");
    assert!(
        post.preview.refused.as_ref().is_some_and(|why| why.contains("too large")),
        "{:?}",
        post.preview.refused
    );
    assert!(post.preview.ops.is_empty());
    desk.edit(post.post, 0, 0, 0, "# 제목\n\n");
    desk.save(post.post).unwrap();
    assert_eq!(
        std::fs::read_to_string(desk.path("site/content/posts/large.md")).unwrap(),
        format!("# 제목\n\n{text}")
    );
}

#[test]
fn a_post_of_five_megabytes_is_edited_and_saved_as_any_other() {
    let text = format!(
        "---\ntitle: Large\ndate: 2020-01-01\n---\n{}",
        "한글 문단 **굵게** words.\n\n".repeat(160_000)
    );
    assert!(text.len() > 5_000_000);
    let (desk, site) = site_with("content/posts/large.md", &text);
    let post = desk.open_site_post(site, "content/posts/large.md");
    let is_told = post.preview.refused.as_ref().is_some_and(|why| why.contains("too large"));
    assert!(is_told || !post.preview.ops.is_empty(), "it is shown, or why it is not");
    let applied = set(&desk, post.post, 0, "title", wire::FieldValue::Text("Renamed".to_owned()));
    desk.edit(post.post, applied.revision, 0, 0, "");
    desk.save(post.post).unwrap();
    let written = std::fs::read_to_string(desk.path("site/content/posts/large.md")).unwrap();
    assert_eq!(written, text.replacen("Large", "Renamed", 1));
}

/// Hugo follows such a link, and so does a writer who keeps the posts elsewhere in the site.
#[test]
#[cfg(unix)]
fn posts_below_a_linked_content_folder_are_written_where_the_link_leads_inside_the_site_alone() {
    let post = "---\ntitle: Linked\n---\nBody\n";
    let desk = Desk::new();
    desk.file("site/hugo.toml", "");
    desk.file("site/texts/posts/a.md", post);
    std::os::unix::fs::symlink("texts", desk.path("site/content")).unwrap();
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    let opened = desk.open_site_post(site, "content/posts/a.md");
    let applied = set(&desk, opened.post, 0, "title", wire::FieldValue::Text("Written".to_owned()));
    desk.edit(opened.post, applied.revision, 0, 0, "");
    desk.save(opened.post).unwrap();
    assert_eq!(desk.site_file("texts/posts/a.md"), post.replace("Linked", "Written"));
    assert!(desk.path("site/content").symlink_metadata().unwrap().is_symlink());

    desk.file("away/posts/a.md", post);
    desk.file("other/hugo.toml", "");
    std::os::unix::fs::symlink(desk.path("away"), desk.path("other/content")).unwrap();
    let other = desk.app.add_site(&desk.path("other")).unwrap().site;
    let open = wire::OpenSitePost { site: other, path: "content/posts/a.md".to_owned() };
    assert!(desk.app.answer(Call::OpenSitePost(open)).is_err(), "the link leads out of the site");
    assert_eq!(std::fs::read_to_string(desk.path("away/posts/a.md")).unwrap(), post);
}

/// For Jekyll, other than for Hugo, they are two fields.
#[test]
fn two_keys_that_differ_in_case_are_two_fields_for_jekyll() {
    let post = "---\ntitle: One\nTitle: Two\n---\n";
    let desk = Desk::new();
    postwright_testkit::jekyll_site(&desk.path("site"));
    desk.file("site/_posts/2020-01-02-a.md", post);
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    let opened = desk.open_site_post(site, "_posts/2020-01-02-a.md");
    let applied = set(&desk, opened.post, 0, "Title", wire::FieldValue::Text("Three".to_owned()));
    desk.edit(opened.post, applied.revision, 0, 0, "");
    desk.save(opened.post).unwrap();
    assert_eq!(desk.site_file("_posts/2020-01-02-a.md"), post.replace("Two", "Three"));
}

/// What its lines say is taken, and the writer is told; publishing goes on.
#[test]
fn a_site_whose_configuration_does_not_parse_still_takes_posts() {
    let desk = Desk::new();
    postwright_testkit::hugo_site(&desk.path("site"));
    desk.file("site/hugo.toml", "baseURL = 'https://example.org/'\n[markup\n");
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    let post = desk.draft("---\ntitle: New\ntags: [a]\ndate: 2020-01-01\n---\nBody\n").post;
    let plan = plan(&desk, post, site, PublishChoices::default());
    assert_eq!((plan.obstacle.as_ref(), plan.path.as_str()), (None, "content/posts/new/index.md"));
    super::publishing::publish(&desk, post, site, &plan).unwrap();
    assert!(desk.site_file("content/posts/new/index.md").contains("title: New"));
    assert!(
        desk.site_file("hugo.toml").ends_with("[markup\n"),
        "nobody mends what the writer did not ask for"
    );
}

#[test]
fn a_folder_that_is_no_site_says_what_was_looked_for() {
    let desk = Desk::new();
    desk.file("empty/readme.pdf", "x");
    let error = desk.app.add_site(&desk.path("empty")).unwrap_err();
    assert_eq!(error.code, ErrorCode::NotASite);
    assert!(error.hint.unwrap().contains("_config.yml"));
    assert_eq!(desk.app.add_site(&desk.path("nowhere")).unwrap_err().code, ErrorCode::NotFound);
}

#[test]
fn a_site_that_cannot_be_written_keeps_the_draft() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    // A file stands where the folder of posts should be: no permission of ours could write below it.
    std::fs::remove_dir_all(desk.path("site/content/posts")).unwrap();
    desk.file("site/content/posts", "in the way");
    let choices =
        PublishChoices { path: Some("content/posts/new/index.md".to_owned()), ..Default::default() };
    let plan = plan(&desk, post, site, choices.clone());
    let publish = wire::Publish { post, site, choices, fingerprint: plan.fingerprint };
    let error = desk.app.answer(Call::Publish(publish)).unwrap_err();
    assert_eq!(error.code, ErrorCode::NotWritable, "{error:?}");
    assert!(error.hint.is_some() && error.subject.is_some());
    assert_eq!(std::fs::read_to_string(desk.path("site/content/posts")).unwrap(), "in the way");
    assert!(desk.app.text_of(post).unwrap().contains("본문입니다."));
}

#[test]
fn a_front_matter_that_does_not_parse_stays_editable_as_text() {
    let text = "---\ntitle: [AWS] 후기\ntags: [a\n---\n\nbody\n";
    let (desk, site) = site_with("content/posts/broken.md", text);
    let post = desk.open_site_post(site, "content/posts/broken.md");
    let problem = post.details.problem.expect("a problem");
    assert_eq!(problem.line, 2, "{problem:?}");
    assert!(post.details.fields.is_empty() && !post.details.editable);
    let change = wire::ChangeField {
        post: post.post,
        base: 0,
        path: vec!["title".to_owned()],
        change: wire::FieldChange::Value(wire::FieldValue::Text("x".to_owned())),
    };
    assert_eq!(desk.app.answer(Call::ChangeField(change)).unwrap_err().code, ErrorCode::FrontMatter);
    let end = text.find("\n---\n\n").unwrap();
    let end = text[..end].encode_utf16().count() as u32;
    let applied = desk.edit(post.post, 0, 4, end, "title: \"[AWS] 후기\"\ntags: [a]");
    let details = applied.details.expect("the form comes back");
    assert_eq!((details.problem, details.shown_title.as_str()), (None, "[AWS] 후기"));
}

#[test]
fn a_title_without_a_slug_asks_for_one() {
    let desk = Desk::new();
    postwright_testkit::hugo_site(&desk.path("site"));
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    let post = desk.draft("---\ntitle: \"???\"\n---\n\nbody\n").post;
    let obstacle = plan(&desk, post, site, PublishChoices::default()).obstacle.expect("an obstacle");
    assert_eq!(obstacle.code, ErrorCode::EmptySlug);
    let chosen =
        plan(&desk, post, site, PublishChoices { slug: Some("asked".to_owned()), ..Default::default() });
    assert_eq!((chosen.obstacle, chosen.path.as_str()), (None, "content/posts/asked/index.md"));
}

#[test]
fn paths_that_leave_the_site_are_refused() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    for path in [
        "../out.md",
        "/etc/out.md",
        "content/../../out.md",
        "content/posts/con.md",
        "content/posts/.git/x.md",
    ] {
        let choices = PublishChoices { path: Some(path.to_owned()), ..Default::default() };
        let plan = plan(&desk, post, site, choices.clone());
        let publish = wire::Publish { post, site, choices, fingerprint: plan.fingerprint };
        let error = desk.app.answer(Call::Publish(publish)).expect_err(path);
        assert_eq!(error.code, ErrorCode::OutsideSite, "{path}: {error:?}");
    }
    assert!(!desk.path("out.md").exists());
}

#[test]
fn a_file_that_is_no_library_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    std::fs::write(&path, "my shopping list\n".repeat(100)).unwrap();
    let error = open(&path).expect_err("not a library");
    assert_eq!(error.code, ErrorCode::LibraryDamaged);
    assert!(error.subject.unwrap().ends_with("library.db") && error.hint.is_some());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "my shopping list\n".repeat(100));
}

#[test]
fn a_library_of_a_newer_version_can_only_be_read() {
    let desk = Desk::new();
    let post = desk.draft("from the future").post;
    desk.call(Call::ClosePost(wire::ClosePost { post }));
    desk.app.close();
    let library = desk.path("library.db");
    let Desk { app, folder, .. } = desk;
    drop(app);
    set_user_version(&library, 999);
    let desk = Desk::in_folder(folder);
    let Reply::Start(started) = desk.call(Call::Start(wire::Start { languages: vec![] })) else {
        unreachable!()
    };
    assert_eq!(started.library_problem.map(|problem| problem.code), Some(ErrorCode::LibraryNewer));
    let Reply::OpenPost(opened) = desk.call(Call::OpenPost(wire::OpenPost { post })) else { unreachable!() };
    assert_eq!(opened.text, "from the future");
    assert_eq!(opened.read_only.map(|error| error.code), Some(ErrorCode::LibraryNewer));
    assert!(desk.app.answer(Call::NewDraft(wire::NewDraft::default())).is_err());
}

#[test]
fn a_library_that_can_only_be_read_publishes_nothing() {
    let (desk, site, post) = desk_with_draft(postwright_testkit::hugo_site);
    desk.call(Call::ClosePost(wire::ClosePost { post }));
    desk.app.close();
    let library = desk.path("library.db");
    let Desk { app, folder, .. } = desk;
    drop(app);
    set_user_version(&library, 999);
    let desk = Desk::in_folder(folder);
    let plan = plan(&desk, post, site, PublishChoices::default());
    let choices = PublishChoices::default();
    let publish = wire::Publish { post, site, choices, fingerprint: plan.fingerprint };
    assert_eq!(desk.app.answer(Call::Publish(publish)).unwrap_err().code, ErrorCode::LibraryNewer);
    assert!(!desk.path("site").join(&plan.path).exists());
}

#[test]
fn a_change_that_does_not_fit_is_refused_and_changes_nothing() {
    let desk = Desk::new();
    let post = desk.draft("a👍b").post;
    let edit = |from, to| {
        let changes = vec![wire::Change { from, to, insert: "x".to_owned() }];
        Call::Edit(wire::Edit {
            post,
            base: 0,
            changes,
            selection: Selection { anchor: 99, head: 99 },
            takes_over: None,
            step: None,
        })
    };
    for (from, to) in [(2, 2), (0, 99), (3, 1)] {
        assert_eq!(desk.app.answer(edit(from, to)).unwrap_err().code, ErrorCode::BadRequest);
    }
    let Reply::Edit(Edited::Applied(_)) = desk.call(edit(0, 1)) else { panic!("the next good edit goes on") };
    assert_eq!(desk.app.text_of(post).unwrap(), "x👍b");
}

fn open(library: &std::path::Path) -> Result<(), wire::Error> {
    desk::open(library, Arc::new((Mutex::default(), Condvar::new()))).map(|_| ())
}

/// Writes SQLite's `user_version`, a big-endian number at byte 60 of the file (SQLite file format, 1.3).
fn set_user_version(library: &std::path::Path, version: u32) {
    let mut bytes = std::fs::read(library).unwrap();
    bytes[60..64].copy_from_slice(&version.to_be_bytes());
    std::fs::write(library, bytes).unwrap();
}
