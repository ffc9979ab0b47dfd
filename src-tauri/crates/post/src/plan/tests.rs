use std::cell::RefCell;

use super::*;
use crate::front_matter::Reason;
use crate::profile::Generator;

/// What a plan is made from, with a site that has the files named.
struct Case {
    text: String,
    profile: Profile,
    choices: Choices,
    images: Vec<Image>,
    files: Vec<&'static str>,
    source: Option<Profile>,
}

fn case(generator: Generator, text: &str) -> Case {
    let profile = Profile::conventional(generator);
    Case {
        text: text.to_owned(),
        profile,
        choices: Choices::default(),
        images: Vec::new(),
        files: Vec::new(),
        source: None,
    }
}

impl Case {
    fn image(mut self, name: &str) -> Case {
        self.images.push(Image { name: name.to_owned(), size: 1, hash: String::new() });
        self
    }

    fn with(mut self, change: impl FnOnce(&mut Case)) -> Case {
        change(&mut self);
        self
    }

    fn plan(&self) -> Plan {
        plan(&PlanInput {
            text: &self.text,
            profile: &self.profile,
            source: self.source.as_ref(),
            choices: self.choices.clone(),
            now: now(),
            images: &self.images,
            exists: &|path| self.files.contains(&path),
        })
    }
}

fn now() -> Zoned {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(9));
    "2026-11-21T04:05:00Z".parse::<jiff::Timestamp>().unwrap().to_zoned(zone)
}

fn codes(plan: &Plan) -> Vec<(&'static str, Option<usize>)> {
    plan.findings.iter().map(|finding| (finding.code, finding.line)).collect()
}

#[test]
fn a_hugo_bundle_takes_its_images_along() {
    let text =
        "# 러스트 에디터\n\n![그림](images/a%20b.png \"제목\")\n\n`![](c.png)`\n\n<img alt=x src='c.png'>\n";
    let plan = case(Generator::Hugo, text).image("images/a b.png").image("c.png").image("unused.png").plan();
    assert_eq!(plan.path, "content/posts/러스트-에디터/index.md");
    assert_eq!((plan.slug.as_str(), plan.folder.as_str()), ("러스트-에디터", "content/posts"));
    assert_eq!(plan.url.as_deref(), Some("/posts/러스트-에디터/"));
    assert_eq!(
        plan.text,
        format!("---\ntitle: 러스트 에디터\ndate: 2026-11-21T13:05:00+09:00\n---\n\n{text}")
    );
    let images: Vec<(&str, &str)> =
        plan.images.iter().map(|image| (image.name.as_str(), image.path.as_str())).collect();
    let folder = "content/posts/러스트-에디터";
    let expected =
        [("images/a b.png", format!("{folder}/images/a b.png")), ("c.png", format!("{folder}/c.png"))];
    assert_eq!(images, expected.each_ref().map(|(name, path)| (*name, path.as_str())));
    assert_eq!(codes(&plan), [("no_tags", None)]);
    assert_eq!(plan.obstacle, None);
}

#[test]
fn a_hugo_file_has_its_images_in_the_static_folder() {
    let text = "---\ntitle: \"A\"  # t\nDate: 2026-11-20\ndraft: true\ntags: [x]\n---\n\n[![a \\] b](<a (1).png>)](<a (1).png>) ![r][id] 뒤\n\n\
                {{< figure src=\"b.png\" >}}\n\n```\n![](b.png)\n{{< figure src=\"b.png\" >}}\n```\n\n[id]: sub/a.png?v=1 'T'\n";
    let case = case(Generator::Hugo, text).image("a (1).png").image("b.png").image("sub/a.png");
    let plan = case.with(|case| {
        case.choices.layout = Some(Layout::File);
        case.profile.base_path = "/blog".to_owned();
        case.images.push(Image { name: "other/a.png".to_owned(), size: 1, hash: String::new() });
        case.text.push_str("![](other/a.png)\n");
    });
    let plan = plan.plan();
    let expected = "---\ntitle: \"A\"  # t\nDate: 2026-11-20\ndraft: false\ntags: [x]\n---\n\n\
                    [![a \\] b](</blog/images/a/a%20%281%29.png>)](</blog/images/a/a%20%281%29.png>) ![r][id] 뒤\n\n\
                    {{< figure src=\"/blog/images/a/b.png\" >}}\n\n```\n![](b.png)\n{{< figure src=\"b.png\" >}}\n```\n\n\
                    [id]: /blog/images/a/a.png?v=1 'T'\n![](/blog/images/a/a-2.png)\n";
    assert_eq!(plan.text, expected);
    assert_eq!(plan.path, "content/posts/a.md");
    assert_eq!(plan.url.as_deref(), Some("/blog/posts/a/"));
    let paths: Vec<&str> = plan.images.iter().map(|image| image.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "static/images/a/a (1).png",
            "static/images/a/b.png",
            "static/images/a/a.png",
            "static/images/a/a-2.png"
        ]
    );
    assert_eq!(plan.findings, []);
}

#[test]
fn a_jekyll_post_is_named_after_its_date() {
    let text = "---\ntitle: Hello World\ndate: 2026-11-19 23:30:00 +0000\ncategories: Rust editor\ndraft: true\n---\n![](a.png)\n";
    let plan = case(Generator::Jekyll, text).image("a.png").plan();
    assert_eq!(plan.path, "_posts/2026-11-20-hello-world.md");
    assert_eq!(plan.url.as_deref(), Some("/rust/editor/2026/11/20/hello-world.html"));
    assert_eq!(plan.images[0].path, "assets/images/hello-world/a.png");
    assert_eq!(plan.images[0].reference, "/assets/images/hello-world/a.png");
    let expected =
        text.replace("---\n![](a.png)", "layout: post\n---\n![](/assets/images/hello-world/a.png)");
    assert_eq!(plan.text, expected);
    assert_eq!(codes(&plan), [("no_tags", None)]);

    let fresh = case(Generator::Jekyll, "안녕\n").plan();
    assert_eq!(fresh.path, "_posts/2026-11-21-안녕.md");
    assert_eq!(fresh.text, "---\nlayout: post\ntitle: 안녕\ndate: 2026-11-21 13:05:00 +0900\n---\n\n안녕\n");
}

#[test]
fn a_path_of_the_writer_is_taken_as_it_is() {
    let at = |generator, path: &str| {
        case(generator, "# A\n").with(|case| case.choices.path = Some(path.to_owned())).plan()
    };
    let bundle = at(Generator::Hugo, "content/ko/글 하나/index.md");
    assert_eq!(
        (bundle.slug.as_str(), bundle.folder.as_str(), bundle.layout),
        ("글 하나", "content/ko", Layout::Bundle)
    );
    assert_eq!(bundle.url.as_deref(), Some("/ko/글-하나/"));
    assert_eq!(codes(&bundle), [("not_a_post", None), ("no_tags", None)]);
    let post = at(Generator::Jekyll, "blog/_posts/2026-01-02-v1.2.md");
    assert_eq!((post.slug.as_str(), post.folder.as_str()), ("v1.2", "blog/_posts"));
    assert_eq!(post.url.as_deref(), Some("/blog/2026/01/02/v1.2.html"));
    assert_eq!(codes(&at(Generator::Jekyll, "_posts/undated.md"))[0], ("not_a_post", None));
    for path in ["../a.md", "/a.md", "a//b.md", ".git/a.md", "content/./a.md"] {
        let fault = at(Generator::Hugo, path).obstacle;
        assert_eq!(
            fault,
            Some(Obstacle::BadPath { path: path.to_owned(), reason: PathFault::Outside }),
            "{path}"
        );
    }
    let named = PathFault::Name { name: "a:b.md".to_owned() };
    assert_eq!(
        at(Generator::Hugo, "x/a:b.md").obstacle,
        Some(Obstacle::BadPath { path: "x/a:b.md".to_owned(), reason: named })
    );
    let extension = at(Generator::Hugo, "content/a.html").obstacle;
    assert!(matches!(extension, Some(Obstacle::BadPath { reason: PathFault::Extension, .. })));
}

#[test]
fn obstacles_are_told() {
    assert_eq!(case(Generator::Hugo, "???\n").plan().obstacle, Some(Obstacle::EmptySlug));
    let chosen = |slug: &str| {
        case(Generator::Hugo, "# A\n").with(|case| case.choices.slug = Some(slug.to_owned())).plan()
    };
    assert_eq!(chosen(" ").obstacle, Some(Obstacle::EmptySlug));
    assert!(matches!(chosen("a/b").obstacle, Some(Obstacle::BadPath { reason: PathFault::Name { .. }, .. })));
    assert!(matches!(chosen("..").obstacle, Some(Obstacle::BadPath { reason: PathFault::Outside, .. })));
    for file in ["content/posts/a/index.md", "content/posts/a.md", "content/posts/a/x.png"] {
        let plan = case(Generator::Hugo, "# A\n![](x.png)\n")
            .image("x.png")
            .with(|case| case.files.push(file))
            .plan();
        assert_eq!(plan.obstacle, Some(Obstacle::TargetExists { path: file.to_owned() }));
    }
    let broken = case(Generator::Hugo, "---\ntitle: [a] b\n---\n").plan();
    let reason = Reason::NeedsQuotes { key: "title".to_owned() };
    assert_eq!(broken.obstacle, Some(Obstacle::FrontMatter(Problem { line: 2, column: 8, reason })));
    assert_eq!(broken.text, "---\ntitle: [a] b\n---\n");
}

#[test]
fn missing_images_are_found_in_their_lines() {
    let text = "---\ntags: [a]\n---\n# A\n\n![](no.png) ![](/have.png) ![](beside.png)\n<img src=gone.png>\n\
                ![](https://a.b/c.png) ![](//a.b/c.png) ![](data:image/png;base64,x) [x](no.pdf)\n\n    ![](code.png)\n";
    let asked = RefCell::new(Vec::new());
    let exists = |path: &str| {
        asked.borrow_mut().push(path.to_owned());
        ["static/have.png", "content/posts/a/beside.png"].contains(&path)
    };
    let profile = Profile::conventional(Generator::Hugo);
    let (choices, images) = (Choices::default(), []);
    let plan = plan(&PlanInput {
        text,
        profile: &profile,
        source: None,
        choices,
        now: now(),
        images: &images,
        exists: &exists,
    });
    assert_eq!(codes(&plan), [("missing_image", Some(6)), ("missing_image", Some(7))]);
    assert!(asked.borrow().contains(&"content/posts/a/gone.png".to_owned()));
}

#[test]
fn other_generators_and_notations() {
    let toml = "+++\ntitle = \"A\"\ndraft = true\n[extra]\nx = 1\n+++\nb\n";
    let plan = case(Generator::Zola, toml).plan();
    let expected =
        "+++\ntitle = \"A\"\ndraft = false\ndate = 2026-11-21T13:05:00+09:00\n[extra]\nx = 1\n+++\nb\n";
    assert_eq!((plan.path.as_str(), plan.text.as_str()), ("content/a/index.md", expected));
    let hexo = case(Generator::Hexo, "# A\n").plan();
    assert_eq!(hexo.text, "---\ntitle: A\ndate: 2026-11-21 13:05:00\n---\n\n# A\n");
    let astro = case(Generator::Astro, "# A\n").plan();
    assert_eq!(astro.text, "---\ntitle: A\npubDate: 2026-11-21T13:05:00+09:00\n---\n\n# A\n");
    let plain = case(Generator::Plain, "# A\n\n![](b.png)\n").image("b.png").plan();
    assert_eq!((plain.path.as_str(), plain.text.as_str()), ("a.md", "# A\n\n![](images/a/b.png)\n"));
    assert_eq!(plain.images[0].path, "images/a/b.png");
    let json = case(Generator::Hugo, "{\"title\": \"A\", \"tags\": [\"x\"]}\nb\n").plan();
    assert_eq!(codes(&json), []);
    let expected = "{\"title\": \"A\", \"tags\": [\"x\"], \"date\": \"2026-11-21T13:05:00+09:00\"}\nb\n";
    assert_eq!(json.text, expected);
    assert_eq!(json.path, "content/posts/a/index.md");
}

/// What a post of one generator's site becomes in another's.
fn from(source: Generator, target: Generator, text: &str) -> Plan {
    let source = Profile { time_zone: Some("Asia/Seoul".to_owned()), ..Profile::conventional(source) };
    case(target, text).with(|case| case.source = Some(source)).plan()
}

#[test]
fn front_matter_is_translated_between_sites() {
    let jekyll = "---\nlayout: post\ntitle:  '글'  # 주석\ndate: 2025-03-01 09:00:00 +0900\ntags: [a, 나]\npublished: false\nx: {y: 1}\n---\nb\n";
    let hugo = from(Generator::Jekyll, Generator::Hugo, jekyll);
    assert_eq!(
        hugo.text,
        "---\ntitle:  '글'  # 주석\ndate: 2025-03-01T09:00:00+09:00\ntags: [a, 나]\nx: {y: 1}\n---\nb\n"
    );
    let zola = from(Generator::Jekyll, Generator::Zola, jekyll);
    assert_eq!(
        zola.text,
        "---\ntitle:  '글'  # 주석\ndate: 2025-03-01T09:00:00+09:00\nx: {y: 1}\ntaxonomies:\n  tags: [\"a\", \"나\"]\n---\nb\n"
    );
    let astro = from(Generator::Jekyll, Generator::Astro, jekyll);
    assert!(astro.text.contains("pubDate: 2025-03-01T09:00:00+09:00\n"), "{}", astro.text);
    assert!(!astro.text.contains("\ndate:") && !astro.text.contains("layout"), "{}", astro.text);
    let zola = "+++\ntitle = \"글: 하나\"\ndate = 2025-03-01T09:00:00+09:00\ndraft = true\nweight = 3\n\n[taxonomies]\ntags = [\"a\"]\n\n[extra]\ncover = { image = \"x.png\" }\n+++\n\nb\n";
    let hexo = from(Generator::Zola, Generator::Hexo, zola);
    assert_eq!(
        hexo.text,
        "---\ntitle: \"글: 하나\"\ndate: 2025-03-01 09:00:00\nweight: 3\ntags: [a]\nextra: {\"cover\":{\"image\":\"x.png\"}}\n---\n\nb\n"
    );
    let jekyll = from(Generator::Zola, Generator::Jekyll, zola);
    assert!(jekyll.text.contains("layout: post\n") && !jekyll.text.contains("draft"), "{}", jekyll.text);
    assert_eq!(jekyll.path, "_posts/2025-03-01-글-하나.md");
    let toml = "+++\ntitle = \"A\" # c\ntags = [\"a\"]\n[params]\nx = 1\n+++\nb\n";
    let zola = from(Generator::Hugo, Generator::Zola, toml).text;
    assert!(zola.starts_with("+++\ntitle = \"A\" # c\ndate ="), "{zola}");
    assert!(zola.ends_with("[params]\nx = 1\n[taxonomies]\ntags = [\"a\"]\n+++\nb\n"), "{zola}");
}

#[test]
fn what_another_site_cannot_run_is_told_at_its_line() {
    let text = "---\ntitle: A\ntags: [a]\n---\n{{< youtube x >}}\n\n```\n{{< code >}}\n```\n{: .x}\n";
    let told = codes(&from(Generator::Hugo, Generator::Jekyll, text));
    assert_eq!(told, [("unknown_macro", Some(5))]);
    let liquid = "---\nlayout: post\ntitle: A\ntags: [a]\n---\n\n{% include x.html %}\n{: .x}\n```\n{{ site.url }}\n```\n";
    let told = codes(&from(Generator::Jekyll, Generator::Hugo, liquid));
    assert_eq!(told, [("unknown_macro", Some(7)), ("unknown_macro", Some(8)), ("unknown_macro", Some(10))]);
    assert_eq!(codes(&from(Generator::Jekyll, Generator::Jekyll, liquid)), []);
}

#[test]
fn images_of_the_front_matter_go_along_and_equal_ones_once() {
    let text = "---\ntitle: A\ntags: [a]\ncover:\n  image: cover (1).png\n  alt: cover\nimages: [\"b.png\", c.png]\n---\n![](c.png) ![](same.png)\n";
    let image = |name: &str, hash: &str| Image { name: name.to_owned(), size: 1, hash: hash.to_owned() };
    let images =
        vec![image("cover (1).png", "1"), image("b.png", "2"), image("c.png", "3"), image("same.png", "3")];
    let plan = case(Generator::Hugo, text)
        .with(|case| {
            case.images = images;
            case.choices.layout = Some(Layout::File);
        })
        .plan();
    let expected = "cover:\n  image: /images/a/cover (1).png\n  alt: cover\nimages: [\"/images/a/b.png\", /images/a/c.png]\n";
    assert!(plan.text.contains(expected), "{}", plan.text);
    assert!(plan.text.ends_with("![](/images/a/c.png) ![](/images/a/c.png)\n"), "{}", plan.text);
    let paths: Vec<&str> = plan.images.iter().map(|image| image.path.as_str()).collect();
    assert_eq!(paths, ["static/images/a/cover (1).png", "static/images/a/b.png", "static/images/a/c.png"]);
    assert_eq!(codes(&plan), []);
}

#[test]
fn references_are_listed_once() {
    let text = "![](./a.png) ![b](a%20b.png) ![](./a.png)\n\n| x |\n|---|\n| ![](c.png) |\n\n~~~\n![](d.png)\n~~~\n<!-- <img src=\"e.png\"> -->\n\n\
                <p>\n<IMG\n  class=\"x\" SRC=\"f.png\"/>\n</p>\n\n![한글][가]\n\n[가]: <g h.png>\n[나]: i.png\n\n\\![](j.png) [k](k.png)\n";
    assert_eq!(image_references(text), ["./a.png", "a b.png", "c.png", "f.png", "g h.png"]);
}

proptest::proptest! {
    #[test]
    fn references_lie_where_they_are_said_to(text in "([!\\[\\]()<>`\\\\ a가\"'\n.#&%{}|=:/-]|img src=|!\\[|\\]\\(){0,40}") {
        for reference in references::references(&text) {
            let place = reference.place;
            proptest::prop_assert!(text.get(place.clone()).is_some_and(|written| !written.is_empty()), "{place:?}");
        }
        let case = case(Generator::Hugo, &text).image("a").image("가");
        for layout in [Layout::File, Layout::Bundle] {
            let input_choices = Choices { layout: Some(layout), slug: Some("s".to_owned()), ..Choices::default() };
            let case = Case { choices: input_choices, ..Case { text: case.text.clone(), profile: case.profile.clone(), choices: Choices::default(), images: case.images.clone(), files: Vec::new(), source: None } };
            let plan = case.plan();
            if layout == Layout::File {
                // The text published names each image by its new reference.
                let names = image_references(&plan.text);
                for name in names {
                    proptest::prop_assert!(name != "a" && name != "가", "{name} in {}", plan.text);
                }
            }
        }
    }
}
