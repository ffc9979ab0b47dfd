//! Real posts and real sites, where they lie beside the project: each opens, previews, is imported, can be published,
//! and nothing in them changes that the writer did not change.

use std::path::{Path, PathBuf};

use postwright_testkit::skipped;
use postwright_tests::desk::Desk;
use postwright_tests::generators::files_under;
use postwright_wire::{Generator, PublishChoices};

use super::publishing::plan;
use super::sites::list;

#[test]
fn every_sample_post_is_imported_previewed_and_can_be_published() {
    let Some(samples) = samples() else { return };
    let desk = Desk::new();
    postwright_testkit::hugo_site(&desk.path("site"));
    let site = desk.app.add_site(&desk.path("site")).unwrap().site;
    let imported = desk.app.import(&[samples.join("posts")]).unwrap();
    assert_eq!((imported.drafts.len(), imported.failed.len()), (5, 0));
    for draft in imported.drafts {
        let source = std::fs::read_to_string(&draft.path).unwrap().replace("\r\n", "\n");
        assert_eq!(desk.app.text_of(draft.post).unwrap(), source.trim_start_matches('\u{feff}'));
        let postwright_wire::Reply::OpenPost(opened) =
            desk.call(postwright_wire::Call::OpenPost(postwright_wire::OpenPost { post: draft.post }))
        else {
            unreachable!()
        };
        assert_eq!(opened.preview.refused, None);
        assert!(!opened.preview.ops[0].insert.is_empty(), "{} has no preview", draft.path);
        let plan = plan(
            &desk,
            draft.post,
            site,
            PublishChoices { slug: Some(format!("sample-{}", draft.post)), ..Default::default() },
        );
        assert_eq!(plan.obstacle, None, "{}", draft.path);
    }
}

#[test]
fn every_post_of_the_sample_sites_opens_and_saves_back_byte_for_byte() {
    let Some(samples) = samples() else { return };
    let expected = [
        ("astro-gigio", Generator::Astro),
        ("hexo-mushan", Generator::Hexo),
        ("hugo-findstar", Generator::Hugo),
        ("hugo-jonnung", Generator::Hugo),
        ("jekyll-glqdlt", Generator::Jekyll),
        ("jekyll-gmlwjd9405", Generator::Jekyll),
        ("zola-blog-os/blog", Generator::Zola),
    ];
    for (name, generator) in expected {
        let desk = Desk::new();
        copy(&samples.join("sites").join(name), &desk.path("site"));
        let row = desk.app.add_site(&desk.path("site")).unwrap();
        assert_eq!(row.profile.generator, generator, "{name}");
        let posts = list(&desk, row.site);
        assert!(posts.len() > 10, "{name} lists {} posts", posts.len());
        for post in posts {
            let file = desk.path("site").join(&post.path);
            let before = std::fs::read(&file).unwrap();
            let opened = desk.open_site_post(row.site, &post.path);
            assert_eq!(opened.read_only, None, "{name}/{}", post.path);
            assert_eq!(opened.preview.refused, None, "{name}/{}", post.path);
            desk.save(opened.post).unwrap();
            assert!(std::fs::read(&file).unwrap() == before, "{name}/{} changed", post.path);
        }
    }
}

pub(crate) fn samples() -> Option<PathBuf> {
    let samples = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/samples"));
    if samples.is_dir() {
        return Some(samples.to_owned());
    }
    skipped("no sample posts in ../shared/samples");
    None
}

fn copy(from: &Path, to: &Path) {
    for file in files_under(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, std::fs::read(file).unwrap()).unwrap();
    }
}
