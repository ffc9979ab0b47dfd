//! Files and folders that become drafts.

use base64::Engine as _;
use postwright_tests::desk::Desk;
use postwright_wire::{self as wire, Call, ErrorCode, Reply};

#[test]
fn a_file_comes_with_its_images_and_stays_as_it_is() {
    let desk = Desk::new();
    desk.file("old/img/dot.png", postwright_testkit::PNG);
    let text =
        "---\r\ntitle: Old\r\n---\r\n![](img/dot.png)\r\n![](gone.png) ![](https://example.org/x.png)\r\n";
    let file = desk.file("old/post.md", text);
    let imported = desk.app.import(std::slice::from_ref(&file)).unwrap();
    assert_eq!((imported.drafts.len(), imported.failed.len(), imported.missing_images.len()), (1, 0, 1));
    let draft = &imported.drafts[0];
    assert_eq!((draft.title.as_str(), draft.images), ("Old", 1));
    assert_eq!(desk.app.text_of(draft.post).unwrap(), text.replace("\r\n", "\n"));
    assert_eq!(desk.app.image(draft.post, "img/dot.png").unwrap().media_type, "image/png");
    assert_eq!(std::fs::read_to_string(file).unwrap(), text);
}

#[test]
fn a_folder_brings_its_texts_and_says_what_failed() {
    let desk = Desk::new();
    desk.file("folder/a.md", "# A");
    desk.file("folder/sub/b.txt", "b");
    desk.file("folder/c.rs", "not a text of ours");
    desk.file("folder/latin1.md", b"caf\xe9");
    desk.file("folder/node_modules/x.md", "not mine");
    let imported = desk.app.import(&[desk.path("folder")]).unwrap();
    let titles: Vec<&str> = imported.drafts.iter().map(|draft| draft.title.as_str()).collect();
    assert_eq!(titles, ["A", "b"]);
    assert_eq!(imported.failed[0].code, ErrorCode::NotUtf8);
}

#[test]
fn an_image_outside_the_folder_is_not_taken() {
    let desk = Desk::new();
    desk.file("secret.png", postwright_testkit::PNG);
    let file = desk.file("posts/post.md", "![](../secret.png)");
    let imported = desk.app.import(&[file]).unwrap();
    assert_eq!((imported.drafts[0].images, imported.missing_images.len()), (0, 1));
}

#[test]
fn html_files_become_markdown_with_their_images() {
    let desk = Desk::new();
    desk.file("export/dot.png", postwright_testkit::PNG);
    let html = "<!doctype html><title>글</title><meta property='article:published_time' content='2020-01-02'>\
        <nav>메뉴</nav><article><h1>글</h1><p>첫 <b>단락</b>이다.</p><img src='dot.png' alt='점'></article>";
    desk.file("export/a.html", html);
    let imported = desk.app.import(&[desk.path("export")]).unwrap();
    assert_eq!((imported.drafts[0].title.as_str(), imported.drafts[0].images), ("글", 1));
    assert_eq!(
        desk.app.text_of(imported.drafts[0].post).unwrap(),
        "---\ntitle: 글\ndate: 2020-01-02\n---\n\n첫 **단락**이다.\n\n![점](dot.png)\n"
    );
}

#[test]
fn korean_of_an_old_export_is_read_and_archives_are_not_opened() {
    let desk = Desk::new();
    // "가나" in CP949.
    desk.file("old.txt", b"\xb0\xa1\xb3\xaa\r\n");
    desk.file("posts.zip", b"PK\x03\x04");
    let imported = desk.app.import(&[desk.path("old.txt"), desk.path("posts.zip")]).unwrap();
    assert_eq!(desk.app.text_of(imported.drafts[0].post).unwrap(), "가나\n");
    assert_eq!(imported.failed.len(), 1);
    assert!(imported.failed[0].hint.as_deref().is_some_and(|hint| hint.contains("Unpack")));
}

#[test]
fn a_paste_is_looked_at_corrected_and_taken() {
    let desk = Desk::new();
    let text = include_str!("../fixtures/import/several-posts.txt");
    let Reply::ReadImport(proposal) = desk.call(Call::ReadImport(wire::ReadImport { text: text.to_owned() }))
    else {
        panic!("not read")
    };
    let taken = |proposal: &wire::ImportProposal| -> Vec<String> {
        proposal.drafts.iter().filter(|draft| draft.taken).map(|draft| draft.title.clone()).collect()
    };
    assert_eq!(taken(&proposal), ["카프카로 옮기기", "석 달의 기록 - 팀 블로그"]);
    assert!(desk.app.drafts(None).unwrap().drafts.is_empty(), "nothing is made before it is taken");

    let change = |choice| {
        let change = wire::ChangeImport { import: proposal.import, choice };
        let Reply::ChangeImport(proposal) = desk.call(Call::ChangeImport(change)) else {
            panic!("not changed")
        };
        proposal
    };
    let joined = change(wire::ImportChoice::Seam { line: 12, on: false });
    assert_eq!(taken(&joined).len(), 1);
    change(wire::ImportChoice::Seam { line: 12, on: true });
    let without = change(wire::ImportChoice::Step { step: wire::ImportStepName::Sentences, on: false });
    assert!(without.steps.iter().any(|step| step.found > 0 && step.taken == 0));
    change(wire::ImportChoice::Step { step: wire::ImportStepName::Sentences, on: true });

    let show = wire::ShowImported { import: proposal.import, draft: 1 };
    let Reply::ShowImported(view) = desk.call(Call::ShowImported(show)) else { panic!("not shown") };
    assert!(view.changes.iter().any(|change| change.step == wire::ImportStepName::Details && change.taken));
    assert!(
        view.diff.iter().any(|line| line.kind == wire::DiffKind::Added && line.text.contains("카프카로"))
    );

    let take = wire::TakeImport { import: proposal.import };
    let Reply::TakeImport(imported) = desk.call(Call::TakeImport(take.clone())) else { panic!("not taken") };
    assert_eq!(
        desk.app.text_of(imported.drafts[0].post).unwrap(),
        include_str!("../fixtures/import/several-posts.1.md")
    );
    assert_eq!(desk.app.drafts(None).unwrap().drafts.len(), 2);
    assert_eq!(desk.app.answer(Call::TakeImport(take)).unwrap_err().code, ErrorCode::NotFound);
}

#[test]
fn pasted_html_becomes_markdown_and_its_pictures_belong_to_the_post() {
    let desk = Desk::new();
    let post = desk.draft("x").post;
    let picture = base64::engine::general_purpose::STANDARD.encode(postwright_testkit::PNG);
    let convert = |html: String| {
        let Reply::ConvertClip(clip) = desk.call(Call::ConvertClip(wire::ConvertClip { post, html })) else {
            panic!("not converted")
        };
        clip.markdown
    };
    assert_eq!(convert("<h2>제목</h2><ul><li>하나</ul>".to_owned()).as_deref(), Some("## 제목\n\n- 하나"));
    assert_eq!(convert("<span style='color:red'>그냥 글</span>".to_owned()), None);
    let markdown = convert(format!("<p><img alt=점 src='data:image/png;base64,{picture}'></p>")).unwrap();
    let reference = markdown.trim_start_matches("![점](").trim_end_matches(')').to_owned();
    assert_eq!(desk.app.image(post, &reference).unwrap().media_type, "image/png", "{markdown}");
}
