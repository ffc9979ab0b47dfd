//! Whether a post will appear: told before it is published, in the list of an open post, and from the command line.

use postwright_tests::desk::Desk;
use postwright_wire::{Call, Event, FindingsOfPost, PlanPublish, PublishChoices, Reply, TextFinding};

use super::sites::hugo_desk;

fn findings(desk: &Desk, post: u32, revision: u32, code: &str) -> Option<TextFinding> {
    let event = desk.wait_for(
        |event| matches!(event, Event::Findings(found) if found.post == post && found.revision == revision),
    );
    let Event::Findings(FindingsOfPost { findings, .. }) = event else { unreachable!() };
    findings.into_iter().find(|finding| finding.code == code)
}

#[test]
fn a_draft_of_a_site_is_told_and_its_mend_lets_it_appear() {
    let (desk, site) = hugo_desk();
    let path = "content/posts/later.md";
    desk.file(&format!("site/{path}"), "---\ntitle: A\ndate: 2025-01-01\ndraft: true # not yet\n---\nText\n");
    let post = desk.open_site_post(site, path);
    let draft = findings(&desk, post.post, post.revision, "draft").unwrap();
    desk.apply(post.post, post.revision, draft.mend.unwrap().changes);
    assert!(desk.app.text_of(post.post).unwrap().contains("\ndraft: false # not yet\n"));
    assert_eq!(findings(&desk, post.post, post.revision + 1, "draft"), None);
}

#[test]
fn a_title_that_must_stand_in_quotes_is_put_into_them() {
    let (desk, site) = hugo_desk();
    let path = "content/posts/quotes.md";
    desk.file(&format!("site/{path}"), "---\ntitle: [AWS] it's 후기\ndate: 2025-01-01\n---\nText\n");
    let post = desk.open_site_post(site, path);
    let found = findings(&desk, post.post, post.revision, "front_matter").unwrap();
    desk.apply(post.post, post.revision, found.mend.unwrap().changes);
    assert!(desk.app.text_of(post.post).unwrap().contains("\ntitle: '[AWS] it''s 후기'\n"));
}

#[test]
fn links_among_the_posts_are_followed_to_their_headings() {
    let (desk, site) = hugo_desk();
    desk.file("site/content/posts/b.md", "---\ntitle: B\n---\n## 한글 제목\n");
    let path = "content/posts/a.md";
    let text = "---\ntitle: A\n---\n[b](/posts/b/#한글-제목) [c](/posts/b/#none) [d](/posts/none/) [e](/posts/first-post/)\n";
    desk.file(&format!("site/{path}"), text);
    let post = desk.open_site_post(site, path);
    let event = desk.wait_for(|event| matches!(event, Event::Findings(found) if found.post == post.post));
    let Event::Findings(found) = event else { unreachable!() };
    let codes: Vec<_> = found.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["broken_heading", "broken_link"]);
}

#[test]
fn the_plan_tells_of_a_post_that_has_the_address_and_of_a_date_before_its_time() {
    let (desk, site) = hugo_desk();
    let plan = |text: &str, path: Option<&str>| {
        let post = desk.draft(text).post;
        let choices = PublishChoices { path: path.map(str::to_owned), ..PublishChoices::default() };
        let Reply::PlanPublish(plan) = desk.call(Call::PlanPublish(PlanPublish { post, site, choices }))
        else {
            unreachable!()
        };
        plan.findings.into_iter().map(|finding| (finding.code, finding.line)).collect::<Vec<_>>()
    };
    let twin = plan(
        "---\ntitle: B\nslug: first-post\ndate: 2025-01-01\ntags: [a]\n---\n",
        Some("content/posts/b.md"),
    );
    assert_eq!(twin, [("same_address".to_owned(), None)]);
    let future = plan("---\ntitle: C\ndate: 2099-01-01\ntags: [a]\n---\n", None);
    assert_eq!(future, [("future_date".to_owned(), Some(3))]);
}
