//! The whole way of a post with each real generator: published with two images, edited and saved, moved to a draft.
//! After each step the site is built, and the page is read.

use std::path::{Path, PathBuf};

use postwright_tests::desk::Desk;
use postwright_tests::generators::{self, Built};
use postwright_wire::{self as wire, Call, Done, PostMove, PublishChoices, Reply};

use super::drafts::base64_of;
use super::moving::moved;
use super::publishing::{plan, publish};

/// Its date is half an hour past midnight in Seoul, when it is yesterday in Greenwich.
const DRAFT: &str = "---\ntitle: \"한글 제목: 두 그림\"\ndate: DATE\ntags:\n  - 러스트\n  - Static Site\n---\n\n\
    본문 **강조**입니다.\n\n![첫 그림](그림-하나.png)\n\n![둘째 그림](dot.png)\n\n```rust\nfn main() {\n    println!(\"안녕\");\n}\n```\n";
const SLUG: &str = "한글-제목-두-그림";
const FIRST: &str = "그림-하나.png";
const SECOND: &str = "dot.png";

/// A generator, and where its page of the post is.
struct Way {
    site: fn(&Path),
    /// The date as the writer writes it for this generator.
    date: &'static str,
    build: fn(&Path) -> Option<Built>,
    /// The page's path, or how it ends.
    page: &'static str,
    /// The time as the page shows it.
    time: &'static str,
}

#[test]
fn hugo() {
    go(&Way {
        site: postwright_testkit::hugo_site,
        date: "2025-05-06T00:30:00+09:00",
        build: |site| {
            let _ = std::fs::remove_dir_all(site.join("public"));
            generators::hugo(site)
        },
        page: "posts/한글-제목-두-그림/index.html",
        time: "2025-05-06T00:30:00+09:00",
    });
}

#[test]
fn jekyll() {
    go(&Way {
        site: postwright_testkit::jekyll_site,
        date: "2025-05-06T00:30:00+09:00",
        build: generators::jekyll,
        page: "2025/05/06/한글-제목-두-그림.html",
        time: "2025-05-06T00:30:00+09:00",
    });
}

#[test]
fn hexo() {
    go(&Way {
        site: postwright_testkit::hexo_site,
        // With an offset, Hexo would take it off twice; the plan says so.
        date: "2025-05-06 00:30:00",
        build: generators::hexo,
        // Below the day where Hexo runs: it makes addresses in the zone of the machine, whatever the site's is.
        page: "/한글-제목-두-그림/index.html",
        // `date_xml` says the moment in Greenwich's time.
        time: "2025-05-05T15:30:00.000Z",
    });
}

#[test]
fn astro() {
    go(&Way {
        site: postwright_testkit::astro_site,
        date: "2025-05-06T00:30:00+09:00",
        build: generators::astro,
        page: "blog/한글-제목-두-그림/index.html",
        // The layout prints `toISOString()`: the moment in Greenwich's time.
        time: "2025-05-05T15:30:00.000Z",
    });
}

impl Way {
    fn path_in(&self, built: &Built) -> Option<PathBuf> {
        generators::files_under(&built.folder)
            .into_iter()
            .find(|file| file.to_string_lossy().ends_with(self.page))
    }

    #[track_caller]
    fn page_of(&self, built: &Built) -> String {
        let path =
            self.path_in(built).unwrap_or_else(|| panic!("{} is not there\n{}", self.page, built.said));
        built.page(path.to_str().unwrap())
    }
}

fn go(way: &Way) {
    let desk = Desk::new();
    (way.site)(&desk.path("site"));
    let root = desk.path("site");
    let site = desk.app.add_site(&root).unwrap().site;
    let post = desk.draft(&DRAFT.replace("DATE", way.date)).post;
    for (name, bytes) in [(FIRST, first_image()), (SECOND, postwright_testkit::PNG.to_vec())] {
        let add = wire::AddImage { post, name: name.to_owned(), base64: base64_of(&bytes) };
        let Reply::AddImage(added) = desk.call(Call::AddImage(add)) else { unreachable!() };
        assert!(DRAFT.contains(&format!("]({})", added.reference)), "{}", added.reference);
    }

    let shown = plan(&desk, post, site, PublishChoices { slug: Some(SLUG.to_owned()), ..Default::default() });
    assert_eq!((shown.obstacle.as_ref(), shown.slug.as_str()), (None, SLUG));
    let published = publish(&desk, post, site, &shown).unwrap().post.unwrap();
    let Some(built) = (way.build)(&root) else { return };
    let page = way.page_of(&built);
    reads(&page, way, "본문 <strong>강조</strong>입니다.");
    shows_both_images(&page, &built, way);

    let at = published.text[..published.text.find("입니다.").unwrap()].encode_utf16().count() as u32;
    desk.edit(post, published.revision, at, at, "을 고친 글");
    desk.save(post).unwrap();
    let built = (way.build)(&root).unwrap();
    let page = way.page_of(&built);
    reads(&page, way, "본문 <strong>강조</strong>을 고친 글입니다.");
    shows_both_images(&page, &built, way);

    moved(&desk, post, PostMove::Draft(Done {}));
    let built = (way.build)(&root).unwrap();
    assert_eq!(way.path_in(&built), None, "a draft has no page");
    let pages = generators::files_under(&built.folder);
    let pages = pages.iter().filter(|file| file.extension().is_some_and(|extension| extension == "html"));
    for page in pages {
        assert!(!std::fs::read_to_string(page).unwrap().contains("고친 글"), "{}", page.display());
    }
}

/// A picture of other bytes: what follows the end of a PNG is no part of it.
fn first_image() -> Vec<u8> {
    [postwright_testkit::PNG, b"first"].concat()
}

#[track_caller]
fn reads(page: &str, way: &Way, text: &str) {
    let entities = [("&quot;", "\""), ("&#34;", "\""), ("&#x22;", "\""), ("&#123;", "{"), ("&#125;", "}")];
    let page = entities.iter().fold(page.to_owned(), |page, (entity, sign)| page.replace(entity, sign));
    for piece in ["<h1>한글 제목: 두 그림</h1>", way.time, ">러스트</li>", ">Static Site</li>", text]
    {
        assert!(page.contains(piece), "{piece} is not in\n{page}");
    }
    // Without what colours it.
    let code: String =
        page.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    assert!(code.contains("fn main() {") && code.contains("println!(\"안녕\");"), "{page}");
}

/// Follows the address of each image of the article to the file that was built.
#[track_caller]
fn shows_both_images(page: &str, built: &Built, way: &Way) {
    let images: Vec<(String, PathBuf)> = images(page)
        .into_iter()
        .map(|(alt, source)| {
            let path = decoded(&source);
            let file = match path.strip_prefix('/') {
                Some(path) => built.folder.join(path),
                None => way.path_in(built).unwrap().parent().unwrap().join(path),
            };
            (alt, file)
        })
        .collect();
    let alts: Vec<&str> = images.iter().map(|(alt, _)| alt.as_str()).collect();
    assert_eq!(alts, ["첫 그림", "둘째 그림"], "{page}");
    for ((alt, file), bytes) in images.iter().zip([first_image(), postwright_testkit::PNG.to_vec()]) {
        let found =
            std::fs::read(file).unwrap_or_else(|error| panic!("{alt}: {}: {error}\n{page}", file.display()));
        // Astro makes another picture of it.
        let is_made_anew = file.extension().is_some_and(|extension| extension == "webp");
        assert!(found == bytes || (is_made_anew && found.starts_with(b"RIFF")), "{alt}: {}", file.display());
    }
}

/// Description and source of each image.
fn images(page: &str) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| {
        let value = tag.split_once(&format!(" {name}=\""))?.1;
        Some(value.split('"').next()?.to_owned())
    };
    let tags = page.split("<img").skip(1).filter_map(|rest| rest.split('>').next());
    tags.map(|tag| (attribute(tag, "alt").unwrap_or_default(), attribute(tag, "src").unwrap_or_default()))
        .collect()
}

fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits =
            after.get(..2).filter(|_| byte == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        let read = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(read.unwrap_or(byte));
        rest = if read.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap()
}
