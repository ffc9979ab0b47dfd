//! Texts as they are pasted, and the drafts that they become: the files of `tests/fixtures/import`.

#![allow(clippy::unwrap_used)]

use postwright_intake::{ChangeId, Proposal, SeamReason, StepName};

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../../../tests/fixtures/import/", $name))
    };
}

fn taken(text: &str) -> Vec<String> {
    let proposal = Proposal::new(text).unwrap();
    proposal.drafts().iter().filter(|draft| draft.is_taken).map(|draft| draft.text.clone()).collect()
}

#[test]
fn a_page_with_numbered_heads_and_its_frame() {
    assert_eq!(taken(fixture!("page-of-a-blog.txt")), [fixture!("page-of-a-blog.md")]);
}

#[test]
fn a_text_whose_heads_stand_alone_or_in_an_outline() {
    assert_eq!(taken(fixture!("outline-and-bare-heads.txt")), [fixture!("outline-and-bare-heads.md")]);
}

#[test]
fn several_posts_whose_paragraphs_ran_together() {
    let drafts = taken(fixture!("several-posts.txt"));
    assert_eq!(drafts[0], fixture!("several-posts.1.md"));
    assert_eq!(drafts[1], fixture!("several-posts.2.md"));
    assert_eq!(drafts.len(), 2);
}

#[test]
fn a_step_or_a_change_that_is_left_leaves_the_text() {
    let text = fixture!("page-of-a-blog.txt");
    let mut proposal = Proposal::new(text).unwrap();
    proposal.set_step(StepName::Heads, false);
    assert!(!proposal.drafts()[0].text.contains("## "));
    proposal.set_step(StepName::Heads, true);
    assert_eq!(proposal.drafts()[0].text, fixture!("page-of-a-blog.md"));

    let first = |proposal: &Proposal| -> ChangeId {
        proposal.drafts()[0].changes.iter().find(|change| change.id.step == StepName::Heads).unwrap().id
    };
    let id = first(&proposal);
    proposal.flip(id);
    assert!(
        proposal.drafts()[0].text.contains("\n0. 시작하며\n") && proposal.drafts()[0].text.contains("## 1.")
    );
    // The change keeps its name whatever the steps before it do.
    proposal.set_step(StepName::Blanks, false);
    assert_eq!(first(&proposal), id);
    proposal.set_step(StepName::Blanks, true);
    proposal.flip(id);
    assert_eq!(proposal.drafts()[0].text, fixture!("page-of-a-blog.md"));
}

#[test]
fn seams_are_corrected() {
    let mut proposal = Proposal::new(fixture!("several-posts.txt")).unwrap();
    let seams = proposal.seams();
    assert_eq!(seams.iter().map(|seam| seam.line).collect::<Vec<_>>(), [1, 7, 12, 18]);
    assert_eq!(seams[1].reason, SeamReason::ViewCount);
    proposal.set_seam(12, false);
    assert_eq!(proposal.drafts().len(), 3);
    proposal.set_seam(14, true);
    assert_eq!(proposal.drafts().len(), 4);
    assert!(proposal.seams().iter().any(|seam| seam.reason == SeamReason::Writer && seam.line == 14));
    proposal.set_seam(14, false);
    proposal.set_seam(12, true);
    assert_eq!(proposal.drafts().len(), 4);
    proposal.set_taken(0, true);
    assert!(proposal.drafts()[0].is_taken);
}

#[test]
fn a_post_with_front_matter_and_markdown_stay_as_they_are() {
    let post = "---\ntitle: a\n---\n\n• 그대로 1)\n\n0. 들어가며\n";
    assert_eq!(
        taken(&format!("{post}{}", "길게 쓴 글이다. ".repeat(30))),
        [format!("{post}{}", "길게 쓴 글이다. ".repeat(30))]
    );
    let markdown = "# 제목\n\n*기울임*과 [링크](https://example.org)가 있는 글이다.\n\n## 둘째\n\n짧은 줄\n\n끝난 문장이다.\n";
    assert_eq!(taken(markdown), [markdown]);
}

#[test]
fn a_heading_may_stand_under_another() {
    let prose = "이만큼 길게 쓴 줄은 무엇으로 끝나든 글이라고 보아도 되고 소제목이라고 볼 수는 없다.";
    let text = format!("제목\n\n{prose}\n\n바깥 소제목\n\n안쪽 소제목\n\n{prose}\n");
    assert!(taken(&text)[0].contains("## 바깥 소제목\n\n## 안쪽 소제목\n"));
}
