//! Searching everything: drafts, the posts of sites, older texts; and replacing what was found.

use postwright_tests::desk::Desk;
use postwright_wire::{
    Call, ErrorCode, Event, FoundPost, FoundState, PlanReplace, PostId, ReplaceEverywhere, ReplacePlan,
    Replaced, Reply, Search, SearchResults, UndoReplace,
};

fn ask(query: &str) -> Search {
    Search { query: query.to_owned(), most: 30, ..Search::default() }
}

/// What the window is answered once all is read.
#[track_caller]
fn search(desk: &Desk, query: &str) -> SearchResults {
    desk.app.search_all(&ask(query)).unwrap()
}

#[track_caller]
fn titles(desk: &Desk, query: &str) -> Vec<String> {
    search(desk, query).posts.into_iter().map(|post| post.title).collect()
}

/// What the marks of a post's first piece stand for.
fn marked(post: &FoundPost) -> Vec<String> {
    let units: Vec<u16> = post.snippets[0].text.encode_utf16().collect();
    let piece = |from: u32, to: u32| String::from_utf16(&units[from as usize..to as usize]).unwrap();
    post.snippets[0].marks.iter().map(|mark| piece(mark.from, mark.to)).collect()
}

fn site(desk: &Desk) -> u32 {
    let root = desk.path("blog");
    postwright_testkit::hugo_site(&root);
    desk.file(
        "blog/content/posts/old.md",
        "---\ntitle: 옛 글\ndate: 2019-03-04\ntags: [Rust, 웹 개발]\n---\n\n성능을 재었다.\n",
    );
    desk.file(
        "blog/content/posts/kept.md",
        "---\ntitle: Kept back\ndate: 2024-03-04\ndraft: true\n---\n\nperformance\n",
    );
    desk.app.add_site(&root).unwrap().site
}

#[test]
fn drafts_and_posts_of_sites_are_found_by_one_letter_part_of_a_word_and_code() {
    let desk = Desk::new();
    site(&desk);
    desk.draft("# 검색을 만들다\n\n`let x = vec![1];` 👍 성능\n");
    assert_eq!(titles(&desk, "능"), ["검색을 만들다", "옛 글"]);
    assert_eq!(titles(&desk, "vec![1"), ["검색을 만들다"]);
    assert_eq!(titles(&desk, "PERF"), ["Kept back"]);
    assert_eq!(titles(&desk, "성능 -재"), ["검색을 만들다"]);
    let found = search(&desk, "성능을");
    assert_eq!(marked(&found.posts[0]), ["성능을"]);
    assert_eq!((found.total, found.is_all, found.unread), (1, true, 0));
}

#[test]
fn marks_count_as_the_editor_does() {
    let desk = Desk::new();
    let post = desk.draft("👍👍 한글\n\n👍 끝 말\n");
    let found = search(&desk, "끝");
    assert_eq!(marked(&found.posts[0]), ["끝"]);
    let hit = found.posts[0].snippets[0].hit;
    let units: Vec<u16> = post.text.encode_utf16().collect();
    assert_eq!(String::from_utf16(&units[hit.from as usize..hit.to as usize]).unwrap(), "끝");
    assert_eq!(search(&desk, "한글").posts[0].snippets[0].marks.len(), 1);
}

#[test]
fn initial_consonants_are_found_when_they_are_asked_for() {
    let desk = Desk::new();
    desk.draft("검색 속도\n");
    let initials = Search { initials: true, ..ask("ㄱㅅ") };
    assert_eq!(desk.app.search_all(&initials).unwrap().posts.len(), 1);
    assert_eq!(search(&desk, "ㄱㅅ").posts.len(), 0);
}

#[test]
fn filters_say_which_posts_are_meant() {
    let desk = Desk::new();
    let site = site(&desk);
    let draft = desk.draft("---\ntitle: Draft\ntags: [rust]\n---\n\n성능\n");
    let gone = desk.draft("Gone 성능\n");
    desk.call(Call::TrashDraft(postwright_wire::TrashDraft { post: gone.post }));
    assert_eq!(titles(&desk, "tag:rust 성능"), ["Draft", "옛 글"]);
    assert_eq!(titles(&desk, "tag:\"웹 개발\""), ["옛 글"]);
    assert_eq!(titles(&desk, "site:blog is:draft"), ["Kept back"]);
    assert_eq!(titles(&desk, "is:published tag:rust"), ["옛 글"]);
    assert_eq!(titles(&desk, "성능 is:trashed"), ["Gone 성능"]);
    assert_eq!(titles(&desk, "성능 before:2020"), ["옛 글"]);
    assert_eq!(titles(&desk, "성능 after:2026-11-21"), ["Draft"]);
    assert_eq!(titles(&desk, "성능 before:2026-11-21 after:2019-03-04"), ["옛 글"]);
    let opened = desk.open_site_post(site, "content/posts/old.md");
    desk.edit(opened.post, opened.revision, 0, 0, "x");
    let changed = search(&desk, "is:changed");
    assert_eq!(changed.posts.len(), 1);
    assert_eq!((changed.posts[0].post, changed.posts[0].state), (Some(opened.post), FoundState::Changed));
    assert_eq!(search(&desk, "재었다").posts.len(), 1, "the post and its file are one");
    assert_eq!(search(&desk, "is:draft 성능").posts[0].post, Some(draft.post));
}

#[test]
fn a_filter_that_makes_no_sense_is_told_with_what_to_write() {
    let desk = Desk::new();
    for (query, word) in [
        ("is:gone", "is:draft"),
        ("before:soon", "before:2026"),
        ("tag:", "tag:rust"),
        ("in:attic", "in:history"),
    ] {
        let error = desk.app.search_all(&ask(query)).unwrap_err();
        assert_eq!(error.code, ErrorCode::BadRequest);
        assert!(error.hint.as_deref().unwrap().contains(word), "{error:?}");
    }
}

#[test]
fn the_window_finds_what_was_typed_just_now() {
    let desk = Desk::new();
    let post = desk.draft("처음\n");
    let Reply::Search(first) = desk.call(Call::Search(ask("처음"))) else { unreachable!() };
    if first.posts.is_empty() {
        assert!(first.unread > 0);
        desk.wait_for(|event| matches!(event, Event::SearchFilled(filled) if filled.unread == 0));
    }
    desk.edit(post.post, post.revision, 0, 2, "나중");
    let Reply::Search(found) = desk.call(Call::Search(ask("나중"))) else { unreachable!() };
    assert_eq!(found.posts.len(), 1);
    let Reply::Search(found) = desk.call(Call::Search(ask("처음"))) else { unreachable!() };
    assert!(found.posts.is_empty());
}

#[test]
fn what_changes_in_a_site_is_found_and_what_goes_is_not() {
    let desk = Desk::new();
    let site = site(&desk);
    assert_eq!(search(&desk, "performance").posts.len(), 1);
    desk.call(Call::Start(postwright_wire::Start { languages: Vec::new() }));
    desk.file("blog/content/posts/kept.md", "---\ntitle: Kept back\n---\n\nother words\n");
    desk.wait_for(|event| matches!(event, Event::SitePostsChanged(changed) if changed.site == site));
    assert_eq!(titles(&desk, "other words"), ["Kept back"]);
    assert!(titles(&desk, "performance").is_empty());
    desk.call(Call::RemoveSite(postwright_wire::RemoveSite { site }));
    assert!(titles(&desk, "other").is_empty());
}

#[test]
fn older_texts_are_found_when_they_are_asked_for() {
    let desk = Desk::new();
    let post = desk.draft("first words\n");
    desk.save(post.post).unwrap();
    desk.edit(post.post, post.revision, 0, 5, "second");
    assert!(titles(&desk, "first").is_empty());
    let older = search(&desk, "first in:history");
    assert_eq!(older.posts.len(), 1);
    assert_eq!(older.posts[0].post, Some(post.post));
    assert!(older.posts[0].revision.is_some());
}

#[test]
fn a_damaged_or_missing_index_is_made_again_by_itself() {
    let desk = Desk::new();
    desk.draft("검색\n");
    assert_eq!(search(&desk, "색").posts.len(), 1);
    let index = desk.path("library.db.search");
    let mut desk = desk.restarted();
    for damage in [
        &b""[..],
        b"no database at all, but as long as a header of one would be, and a little longer than that one is",
    ] {
        desk.app.close();
        std::fs::write(&index, damage).unwrap();
        for ending in ["-wal", "-shm"] {
            _ = std::fs::remove_file(desk.path(&format!("library.db.search{ending}")));
        }
        desk = desk.restarted();
        assert_eq!(search(&desk, "색").posts.len(), 1);
    }
    std::fs::remove_file(&index).unwrap();
    let desk = desk.restarted();
    assert_eq!(search(&desk, "색").posts.len(), 1);
    assert_eq!(desk.app.drafts(Some("색")).unwrap().drafts.len(), 1);
}

#[track_caller]
fn plan(desk: &Desk, query: &str, replacement: &str) -> (PlanReplace, ReplacePlan) {
    let plan = PlanReplace { query: query.to_owned(), initials: false, replacement: replacement.to_owned() };
    let Reply::PlanReplace(shown) = desk.call(Call::PlanReplace(plan.clone())) else { unreachable!() };
    (plan, shown)
}

#[track_caller]
fn replace(desk: &Desk, plan: PlanReplace, hash: String, except: Vec<String>) -> Replaced {
    let replace = ReplaceEverywhere { plan, hash, except };
    let Reply::ReplaceEverywhere(replaced) = desk.call(Call::ReplaceEverywhere(replace)) else {
        unreachable!()
    };
    replaced
}

fn text(desk: &Desk, post: PostId) -> String {
    desk.app.text_of(post).unwrap()
}

#[test]
fn replacing_changes_drafts_and_posts_of_sites_writes_no_file_and_is_taken_back_at_once() {
    let desk = Desk::new();
    site(&desk);
    let file = desk.path("blog/content/posts/old.md");
    let on_disk = std::fs::read(&file).unwrap();
    let open = desk.draft("성능과 성능\n\n성능\n");
    let left = desk.draft("성능 그대로\n");
    let (asked, shown) = plan(&desk, "성능", "속도");
    let mut counts: Vec<usize> = shown.posts.iter().map(|post| post.changes.len()).collect();
    counts.sort_unstable();
    assert_eq!(counts, [1, 1, 3]);
    let first = shown.posts.iter().find(|post| post.changes.len() == 3).unwrap();
    assert_eq!((first.changes[1].line, first.changes[1].before.as_str()), (1, "성능과 "));
    assert_eq!((first.changes[0].removed.as_str(), first.changes[0].behind.as_str()), ("성능", "과 성능"));
    let except = shown.posts.iter().find(|post| post.title == "성능 그대로").unwrap().key.clone();

    let replaced = replace(&desk, asked, shown.hash, vec![except]);
    assert_eq!((replaced.posts, replaced.changes), (2, 4));
    assert_eq!(
        replaced.open.iter().map(|post| post.text.as_str()).collect::<Vec<_>>(),
        ["속도과 속도\n\n속도\n"]
    );
    assert_eq!(text(&desk, left.post), "성능 그대로\n");
    assert_eq!(std::fs::read(&file).unwrap(), on_disk, "no file was written");
    let changed = search(&desk, "is:changed 속도");
    assert_eq!(changed.posts.len(), 1, "the site's post has unsaved changes");

    let Reply::UndoReplace(undone) = desk.call(Call::UndoReplace(UndoReplace {})) else { unreachable!() };
    assert_eq!((undone.posts, undone.left.len()), (2, 0));
    assert_eq!(text(&desk, open.post), "성능과 성능\n\n성능\n");
    assert!(search(&desk, "is:changed").posts.is_empty());
    assert!(desk.app.answer(Call::UndoReplace(UndoReplace {})).is_err(), "it is taken back once");
    // What it was can be had back from the history, too.
    assert!(!search(&desk, "성능 in:history").posts.is_empty());
}

#[test]
fn taking_back_leaves_what_was_written_since() {
    let desk = Desk::new();
    let one = desk.draft("성능\n\n끝\n");
    let other = desk.draft("성능\n");
    let (asked, shown) = plan(&desk, "성능", "속도");
    let replaced = replace(&desk, asked, shown.hash, Vec::new());
    assert_eq!(replaced.posts, 2);
    let revision = |post| replaced.open.iter().find(|open| open.post == post).unwrap().revision;
    desk.edit(one.post, revision(one.post), 5, 5, " 그리고");
    desk.edit(other.post, revision(other.post), 0, 2, "시간");
    let Reply::UndoReplace(undone) = desk.call(Call::UndoReplace(UndoReplace {})) else { unreachable!() };
    assert_eq!((undone.posts, undone.left), (1, vec!["시간".to_owned()]));
    assert_eq!(text(&desk, one.post), "성능\n\n끝 그리고\n");
    assert_eq!(text(&desk, other.post), "시간\n");
}

#[test]
fn what_has_changed_since_it_was_shown_is_not_replaced() {
    let desk = Desk::new();
    let post = desk.draft("성능\n");
    let (asked, shown) = plan(&desk, "성능", "속도");
    desk.edit(post.post, post.revision, 0, 0, "또 성능 ");
    let replace = ReplaceEverywhere { plan: asked, hash: shown.hash, except: Vec::new() };
    let error = desk.app.answer(Call::ReplaceEverywhere(replace)).unwrap_err();
    assert_eq!(error.code, ErrorCode::PlanChanged);
    assert_eq!(text(&desk, post.post), "또 성능 성능\n");
    let two = PlanReplace { query: "두 낱말".to_owned(), initials: false, replacement: String::new() };
    assert_eq!(desk.app.answer(Call::PlanReplace(two)).unwrap_err().code, ErrorCode::BadRequest);
}
