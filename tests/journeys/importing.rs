//! Files and folders that become drafts.

use postwright_tests::desk::Desk;
use postwright_wire::ErrorCode;

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
