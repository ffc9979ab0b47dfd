//! What a site has to offer to what is being written.

use postwright_tests::desk::Desk;
use postwright_wire::{AskOffers, Call, OfferedMacro, OfferedPost, Offers, Reply};

use super::sites::hugo_desk;

fn offers(desk: &Desk, post: u32, site: Option<u32>) -> Offers {
    let Reply::Offers(offers) = desk.call(Call::Offers(AskOffers { post, site })) else { unreachable!() };
    offers
}

#[test]
fn posts_images_and_macros_of_the_site_are_offered() {
    let (desk, site) = hugo_desk();
    desk.file("site/content/posts/둘째/index.md", "---\ntitle: 둘째\n---\n글\n");
    desk.file("site/content/posts/둘째/그림.png", [0]);
    desk.file("site/content/posts/kept.md", "---\ntitle: K\ndraft: true\n---\n");
    desk.file("site/static/images/a.webp", [0]);
    desk.file("site/static/robots.txt", "x");
    desk.file("site/layouts/shortcodes/note.html", "{{ .Inner }}");
    let post = desk.open_site_post(site, "content/posts/둘째/index.md");
    let offered = offers(&desk, post.post, None);
    let first = OfferedPost {
        path: "content/posts/first-post/index.md".to_owned(),
        address: "/posts/first-post/".to_owned(),
    };
    assert!(offered.posts.contains(&first), "{:?}", offered.posts);
    assert!(!offered.posts.iter().any(|post| post.path.contains("kept") || post.path.contains("둘째")));
    assert_eq!(offered.images, ["그림.png", "/images/a.webp"]);
    assert!(offered.macros.contains(&OfferedMacro { name: "note".to_owned(), has_content: Some(true) }));
}

#[test]
fn a_draft_is_offered_what_the_site_in_sight_has() {
    let (desk, site) = hugo_desk();
    let post = desk.draft("글\n").post;
    assert_eq!(offers(&desk, post, None), Offers::default());
    assert!(!offers(&desk, post, Some(site)).posts.is_empty());
}
