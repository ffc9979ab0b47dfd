//! What a post was: kept by itself, looked at, brought back; and undone after a restart.

use std::process::Command;

use postwright_tests::desk::Desk;
use postwright_tests::webdriver::until;
use postwright_tests::window::program;
use postwright_wire::{
    self as wire, BroughtBack, Call, CompareWith, DiffKind, ErrorCode, FileChanges, HistoryStep, KeptKind,
    KeptRevision, PostId, Reply, ShownDifference,
};

use super::sites::hugo_desk;

const TEXT: &str = "# 제목\n\n첫 문단입니다.\n\n둘째 문단은 조금 더 깁니다.\n\n셋째 문단입니다.\n";

fn history(desk: &Desk, post: PostId) -> Vec<KeptRevision> {
    let Reply::History(history) = desk.call(Call::History(wire::AskHistory { post })) else { unreachable!() };
    history.revisions
}

fn kinds(desk: &Desk, post: PostId) -> Vec<KeptKind> {
    history(desk, post).iter().map(|kept| kept.kind).collect()
}

/// Waits until so many versions are kept: that is done away from the keys.
fn wait_for(desk: &Desk, post: PostId, count: usize) -> Vec<KeptRevision> {
    let kept = until(|| Some(history(desk, post)).filter(|kept| kept.len() >= count));
    let kept = kept.unwrap_or_else(|| panic!("{count} are not kept: {:?}", history(desk, post)));
    assert_eq!(kept.len(), count, "{kept:?}");
    kept
}

fn open(desk: &Desk, post: PostId) -> wire::OpenedPost {
    let Reply::OpenPost(opened) = desk.call(Call::OpenPost(wire::OpenPost { post })) else { unreachable!() };
    opened
}

fn compare(desk: &Desk, post: PostId, number: u32, with: CompareWith) -> wire::Comparison {
    let ask = wire::CompareRevision { post, number, with };
    let Reply::CompareRevision(comparison) = desk.call(Call::CompareRevision(ask)) else { unreachable!() };
    comparison
}

/// The changed lines of a comparison, marked words in brackets.
fn changed(comparison: &wire::Comparison) -> Vec<String> {
    let shown = |line: &wire::ComparedLine| -> String {
        let sign = if line.kind == DiffKind::Added { '+' } else { '-' };
        let piece = |piece: &wire::Piece| {
            if piece.changed { format!("[{}]", piece.text) } else { piece.text.clone() }
        };
        format!("{sign}{}", line.pieces.iter().map(piece).collect::<String>())
    };
    comparison.lines.iter().filter(|line| line.difference.is_some()).map(shown).collect()
}

/// Brings something back as the editor does: the changes come, and are made as one edit.
fn bring_back(
    desk: &Desk,
    post: PostId,
    base: u32,
    number: u32,
    part: BroughtBack,
) -> Result<wire::Applied, wire::Error> {
    let ask = wire::BringBack { post, base, number, part };
    let Reply::BringBack(changes) = desk.app.answer(Call::BringBack(ask))? else { unreachable!() };
    match changes {
        FileChanges::Changes(changes) => Ok(desk.apply(post, base, changes)),
        FileChanges::Stale(stale) => panic!("{stale:?}"),
    }
}

fn replace(desk: &Desk, post: PostId, base: u32, words: &str, by: &str) -> u32 {
    let text = desk.app.text_of(post).unwrap();
    let units = |text: &str| text.encode_utf16().count() as u32;
    let from = units(&text[..text.find(words).unwrap()]);
    desk.edit(post, base, from, from + units(words), by).revision
}

#[test]
fn versions_are_kept_by_themselves() {
    let desk = Desk::new();
    let post = desk.draft(TEXT).post;
    assert!(history(&desk, post).is_empty());
    desk.minutes_later(5);
    let mut revision = replace(&desk, post, 0, "첫 문단", "처음 문단");
    let kept = wait_for(&desk, post, 1);
    assert_eq!(
        desk.app.text_of_revision(post, kept[0].number).unwrap(),
        TEXT,
        "as it was before the first edit"
    );
    assert_eq!(kept[0].at, kept[0].at / 300_000 * 300_000, "at the time when it came to be");
    desk.minutes_later(2);
    let kept = wait_for(&desk, post, 2);
    assert_eq!(desk.app.text_of_revision(post, kept[0].number).unwrap(), desk.app.text_of(post).unwrap());
    assert_eq!(kept[0].grown, 1);

    for minute in 0..10 {
        revision = replace(&desk, post, revision, "셋째 문단", &format!("셋째 문단 {minute}"));
        desk.minutes_later(1);
    }
    wait_for(&desk, post, 3);
    revision = replace(&desk, post, revision, "둘째", "두 번째");
    desk.call(Call::ClosePost(wire::ClosePost { post }));
    wait_for(&desk, post, 4);
    assert!(kinds(&desk, post).iter().all(|kind| *kind == KeptKind::Auto));

    open(&desk, post);
    replace(&desk, post, revision, "두 번째", "2번째");
    let desk = desk.restarted();
    assert_eq!(history(&desk, post).len(), 5, "the end of the app keeps what is left");
}

#[test]
fn a_version_is_kept_of_what_a_crash_left_and_of_each_save() {
    let desk = Desk::new();
    let post = desk.draft("").post;
    let opened = desk.edit(post, 0, 0, 0, "하나");
    let desk = desk.after_a_crash();
    assert!(history(&desk, post).is_empty());
    open(&desk, post);
    desk.edit(post, opened.revision, 2, 2, " 둘");
    let kept = wait_for(&desk, post, 1);
    assert_eq!(desk.app.text_of_revision(post, kept[0].number).unwrap(), "하나");
    desk.save(post).unwrap();
    desk.save(post).unwrap();
    assert_eq!(kinds(&desk, post), [KeptKind::Saved, KeptKind::Auto], "the same text is kept once");
    desk.minutes_later(30);
    desk.edit(post, opened.revision + 1, 0, 0, "x");
    desk.edit(post, opened.revision + 2, 0, 1, "");
    desk.minutes_later(30);
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert_eq!(history(&desk, post).len(), 2, "what is the same as the newest is not kept again");
}

#[test]
fn a_version_comes_back_as_an_edit_and_what_was_there_is_kept() {
    let desk = Desk::new();
    let post = desk.draft(TEXT).post;
    desk.save(post).unwrap();
    let first = history(&desk, post)[0].number;
    let revision = replace(&desk, post, 0, "첫 문단입니다.", "아주 다른 글.");
    let comparison = compare(&desk, post, first, CompareWith::Now);
    assert_eq!((comparison.differences, comparison.revision), (1, revision));
    assert_eq!(changed(&comparison), ["-첫 문단입니다.", "+아주 다른 글."]);
    let applied = bring_back(&desk, post, revision, first, BroughtBack::Whole(wire::Done {})).unwrap();
    assert_eq!(desk.app.text_of(post).unwrap(), TEXT);
    let kept = history(&desk, post);
    assert_eq!((kept[0].kind, kept.len()), (KeptKind::Restored, 2));
    assert!(desk.app.text_of_revision(post, kept[0].number).unwrap().contains("아주 다른 글."));
    assert_eq!(compare(&desk, post, first, CompareWith::Now).differences, 0);
    let again = bring_back(&desk, post, applied.revision, kept[0].number, BroughtBack::Whole(wire::Done {}));
    assert!(again.is_ok() && desk.app.text_of(post).unwrap().contains("아주 다른 글."), "and back again");
}

#[test]
fn one_difference_comes_back_and_the_others_stay() {
    let desk = Desk::new();
    let post = desk.draft(TEXT).post;
    desk.save(post).unwrap();
    let first = history(&desk, post)[0].number;
    let revision = replace(&desk, post, 0, "첫 문단입니다.", "첫 문단이었습니다.");
    let revision = replace(&desk, post, revision, "조금 더 깁니다", "많이 깁니다");
    let comparison = compare(&desk, post, first, CompareWith::Now);
    assert_eq!(
        changed(&comparison),
        [
            "-첫 [문단입니다].",
            "+첫 [문단이었습니다].",
            "-둘째 문단은 [조금 더] 깁니다.",
            "+둘째 문단은 [많이] 깁니다."
        ]
    );
    let second = |revision| BroughtBack::Difference(ShownDifference { difference: 1, revision });
    let outdated = bring_back(&desk, post, revision, first, second(revision - 1)).unwrap_err();
    assert_eq!(outdated.code, ErrorCode::PlanChanged);
    bring_back(&desk, post, revision, first, second(revision)).unwrap();
    let text = desk.app.text_of(post).unwrap();
    assert_eq!(text, TEXT.replace("첫 문단입니다.", "첫 문단이었습니다."));
    let gone = bring_back(&desk, post, revision + 1, first, second(revision + 1)).unwrap_err();
    assert_eq!(gone.code, ErrorCode::PlanChanged);
}

#[test]
fn a_version_is_compared_with_the_one_before() {
    let desk = Desk::new();
    let post = desk.draft("하나\n").post;
    desk.save(post).unwrap();
    desk.edit(post, 0, 3, 3, "둘\n");
    desk.save(post).unwrap();
    desk.edit(post, 1, 5, 5, "셋\n");
    let kept = history(&desk, post);
    assert_eq!(changed(&compare(&desk, post, kept[0].number, CompareWith::Before)), ["+둘"]);
    assert_eq!(changed(&compare(&desk, post, kept[1].number, CompareWith::Before)), ["+하나"]);
    assert_eq!(kept.iter().map(|kept| kept.grown).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn versions_have_names_and_so_has_the_text_as_it_is() {
    let desk = Desk::new();
    let post = desk.draft("하나").post;
    let name = |number, name: &str| {
        let ask = wire::NameRevision { post, number, name: name.to_owned() };
        let Reply::NameRevision(history) = desk.call(Call::NameRevision(ask)) else { unreachable!() };
        history.revisions
    };
    let kept = name(None, " 발표 전 ");
    assert_eq!(kept[0].name.as_deref(), Some("발표 전"));
    assert_eq!(name(None, "같은 글")[0].number, kept[0].number, "the same text is the same version");
    assert_eq!(name(Some(kept[0].number), "")[0].name, None);
}

#[test]
fn what_a_paragraph_said_before_is_told_and_comes_back() {
    let desk = Desk::new();
    let post = desk.draft(TEXT).post;
    desk.save(post).unwrap();
    let mut revision = replace(&desk, post, 0, "조금 더 깁니다", "꽤 깁니다");
    desk.save(post).unwrap();
    revision = replace(&desk, post, revision, "# 제목\n", "# 제목\n\n새 머리말입니다.\n");
    desk.save(post).unwrap();
    revision = replace(&desk, post, revision, "꽤 깁니다", "아주 깁니다");
    let text = desk.app.text_of(post).unwrap();
    let at = text[..text.find("아주").unwrap()].encode_utf16().count() as u32;
    let ask = wire::AskParagraph { post, at };
    let Reply::ParagraphHistory(past) = desk.call(Call::ParagraphHistory(ask)) else { unreachable!() };
    assert_eq!(past.now.as_deref(), Some("둘째 문단은 아주 깁니다."));
    let said: Vec<String> = past
        .wordings
        .iter()
        .map(|wording| wording.pieces.iter().map(|piece| piece.text.as_str()).collect())
        .collect();
    assert_eq!(said, ["둘째 문단은 꽤 깁니다.", "둘째 문단은 조금 더 깁니다."]);
    assert!(past.wordings[0].pieces.iter().any(|piece| piece.changed && piece.text.trim() == "꽤"));
    let number = past.wordings[1].revision.number;
    bring_back(&desk, post, revision, number, BroughtBack::Paragraph(at)).unwrap();
    let text = desk.app.text_of(post).unwrap();
    assert!(text.contains("조금 더 깁니다.") && text.contains("새 머리말입니다."), "{text}");
    assert_eq!(kinds(&desk, post)[0], KeptKind::Restored);
    let blank = wire::AskParagraph { post, at: 5 };
    let Reply::ParagraphHistory(none) = desk.call(Call::ParagraphHistory(blank)) else { unreachable!() };
    assert_eq!(none.now, None);
}

fn in_site(desk: &Desk, path: &str) -> String {
    std::fs::read_to_string(desk.path("site").join(path)).unwrap()
}

#[test]
fn a_post_of_a_site_has_its_history_too() {
    let (desk, site) = hugo_desk();
    let path = "content/posts/first-post/index.md";
    let before = in_site(&desk, path);
    let opened = desk.open_site_post(site, path);
    let post = opened.post;
    let end = opened.text.encode_utf16().count() as u32;
    let applied = desk.edit(post, 0, end, end, "\n덧붙인 줄\n");
    let kept = wait_for(&desk, post, 1);
    desk.save(post).unwrap();
    assert!(in_site(&desk, path).contains("덧붙인 줄"));
    bring_back(&desk, post, applied.revision, kept[0].number, BroughtBack::Whole(wire::Done {})).unwrap();
    assert!(in_site(&desk, path).contains("덧붙인 줄"), "nothing is written unasked");
    desk.save(post).unwrap();
    assert_eq!(in_site(&desk, path), before);
}

/// The texts that undoing on and on leads through.
fn undone(opened: &wire::OpenedPost) -> Vec<String> {
    let mut units: Vec<u16> = opened.text.encode_utf16().collect();
    let steps = opened.history.undo.iter().map(|edit| {
        for change in edit.changes.iter().rev() {
            units.splice(change.from as usize..change.to as usize, change.insert.encode_utf16());
        }
        String::from_utf16(&units).unwrap()
    });
    steps.collect()
}

#[test]
fn what_was_typed_before_a_crash_can_be_undone_after_it() {
    let desk = Desk::new();
    let post = desk.draft("글").post;
    desk.edit(post, 0, 1, 1, " 하나");
    desk.minutes_later(1);
    desk.edit(post, 1, 4, 4, " 둘👍");
    desk.minutes_later(1);
    desk.edit(post, 2, 0, 4, "");
    let desk = desk.after_a_crash();
    let opened = open(&desk, post);
    assert_eq!(opened.text, " 둘👍");
    assert_eq!(undone(&opened), ["글 하나 둘👍", "글 하나", "글"]);
    assert!(opened.history.redo.is_empty());

    let back = wire::Edit {
        post,
        base: 3,
        changes: opened.history.undo[0].changes.clone(),
        selection: opened.history.undo[0].selection,
        takes_over: None,
        step: Some(HistoryStep::Undo),
    };
    desk.call(Call::Edit(back));
    desk.call(Call::ClosePost(wire::ClosePost { post }));
    let desk = desk.after_a_crash();
    let opened = open(&desk, post);
    assert_eq!(opened.text, "글 하나 둘👍");
    assert_eq!(undone(&opened), ["글 하나", "글"]);
    assert_eq!(opened.history.redo.len(), 1, "what was undone can be done again");
    assert!(open(&desk, post).history == opened.history, "a page that was loaded anew has it too");
}

#[test]
fn undo_reaches_over_saving_publishing_and_a_lost_count() {
    let (desk, site) = hugo_desk();
    let post = desk.draft("---\ntitle: 글\ntags: [a]\n---\n\n본문\n").post;
    let replace = wire::ReplaceText {
        post,
        text: "---\ntitle: 글\ntags: [a]\n---\n\n본문 하나\n".to_owned(),
        selection: wire::Selection::default(),
        takes_over: None,
    };
    desk.call(Call::ReplaceText(replace));
    desk.save(post).unwrap();
    let plan = wire::PlanPublish { post, site, choices: wire::PublishChoices::default() };
    let Reply::PlanPublish(plan) = desk.call(Call::PlanPublish(plan)) else { unreachable!() };
    let publish =
        wire::Publish { post, site, choices: wire::PublishChoices::default(), fingerprint: plan.fingerprint };
    desk.call(Call::Publish(publish));
    let desk = desk.after_a_crash();
    let opened = open(&desk, post);
    let undone = undone(&opened);
    assert!(
        undone.iter().any(|text| text.contains("본문 하나") && *text != opened.text),
        "before publishing"
    );
    assert!(undone.last().unwrap().ends_with("본문\n"), "{undone:?}");
}

fn run(desk: &Desk, arguments: &[&str], code: i32) -> String {
    let output = Command::new(program())
        .args(arguments)
        .current_dir(desk.folder.path())
        .env("POSTWRIGHT_LIBRARY", desk.path("library.db"))
        .env("TZ", "Asia/Seoul")
        .env_remove("DISPLAY")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{told}");
    if code == 0 { String::from_utf8(output.stdout).unwrap() } else { told }
}

#[test]
fn the_command_line_shows_and_brings_back_what_was() {
    let desk = Desk::new();
    let post = desk.draft("하나\n").post;
    desk.save(post).unwrap();
    desk.edit(post, 0, 0, 2, "둘");
    desk.save(post).unwrap();
    let desk = desk.restarted();
    let (draft, numbers) = (
        post.to_string(),
        history(&desk, post).iter().map(|kept| kept.number.to_string()).collect::<Vec<_>>(),
    );
    let list = run(&desk, &["history", &draft], 0);
    let first = list.lines().next().unwrap();
    assert_eq!(first, format!("{}\t2026-11-21 12:00\tsaved\t2\t-1\t", numbers[0]));
    let json: serde_json::Value =
        serde_json::from_str(&run(&desk, &["history", &draft, "--json"], 0)).unwrap();
    assert_eq!(json["revisions"][1]["kind"], "saved");
    assert_eq!(run(&desk, &["show", &draft, "--revision", &numbers[1]], 0), "하나\n");
    run(&desk, &["restore", &draft, "--revision", &numbers[1]], 0);
    assert_eq!(run(&desk, &["show", &draft], 0), "하나\n");
    assert_eq!(history(&desk, post).len(), 2, "what was there is kept already");
    assert_eq!(undone(&open(&desk, post))[0], "둘\n", "and can be undone in the window");
    for wrong in [["show", &draft, "--revision", "999"], ["restore", &draft, "--revision", "999"]] {
        let told = run(&desk, &wrong, 2);
        assert!(told.lines().count() == 1 && told.contains("999"), "{told}");
    }
    assert!(run(&desk, &["history", "999"], 2).lines().count() == 1);
}
