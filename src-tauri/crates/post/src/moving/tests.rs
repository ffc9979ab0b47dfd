use super::*;

const NOW: &str = "2026-11-21T13:05:00+09:00[Asia/Seoul]";

/// A site with posts, one of which moves.
struct Case {
    profile: Profile,
    files: Vec<String>,
    others: Vec<OtherPost>,
    redirects: bool,
}

fn site(generator: Generator) -> Case {
    let profile = Profile { time_zone: Some("Asia/Seoul".to_owned()), ..Profile::conventional(generator) };
    Case { profile, files: Vec::new(), others: Vec::new(), redirects: false }
}

impl Case {
    fn file(mut self, path: &str) -> Case {
        self.files.push(path.to_owned());
        self
    }

    fn post(mut self, path: &str, text: &str) -> Case {
        self.others.push(OtherPost { path: path.to_owned(), text: text.to_owned() });
        self.file(path)
    }

    fn moved(&self, path: &str, text: &str, to: MoveTo) -> Move {
        let mut files = self.files.clone();
        files.push(path.to_owned());
        plan_move(&MoveInput {
            profile: &self.profile,
            path,
            text,
            to,
            now: NOW.parse().unwrap(),
            files: &files,
            others: &self.others,
            redirects: self.redirects,
        })
    }
}

fn slug(slug: &str) -> MoveTo {
    MoveTo::Name { slug: Some(slug.to_owned()), day: None, alias: true }
}

fn pairs(moved: &Move) -> Vec<(&str, &str)> {
    moved.files.iter().map(|file| (file.from.as_str(), file.to.as_str())).collect()
}

/// There and back, every byte is as before.
#[track_caller]
fn there_and_back(case: &Case, path: &str, text: &str) -> Move {
    let draft = case.moved(path, text, MoveTo::Draft);
    assert_eq!(draft.obstacle, None);
    let back = case.moved(&draft.path, &draft.text, MoveTo::Published);
    assert_eq!(back.obstacle, None);
    assert_eq!((back.path.as_str(), back.text.replace("draft: false\n", "").as_str()), (path, text));
    assert_eq!(case.moved(path, text, MoveTo::Published).obstacle, Some(Obstacle::NothingToMove));
    assert_eq!(case.moved(&draft.path, &draft.text, MoveTo::Draft).obstacle, Some(Obstacle::NothingToMove));
    draft
}

#[test]
fn each_generator_keeps_a_post_back_in_its_own_way() {
    let hugo = there_and_back(&site(Generator::Hugo), "content/posts/a.md", "---\ntitle: A\n---\nb\n");
    assert_eq!(hugo.text, "---\ntitle: A\ndraft: true\n---\nb\n");
    let zola = site(Generator::Zola).moved(
        "content/a.md",
        "+++\ntitle = \"A\"\ndraft = false\n[extra]\n+++\n",
        MoveTo::Draft,
    );
    assert_eq!(zola.text, "+++\ntitle = \"A\"\ndraft = true\n[extra]\n+++\n");
    let jekyll_text = "---\ntitle: A\ndate: 2025-03-01 09:00:00 +0900\n---\nb\n";
    let jekyll = there_and_back(&site(Generator::Jekyll), "blog/_posts/2025-03-01-a.md", jekyll_text);
    assert_eq!((jekyll.path.as_str(), jekyll.text.as_str()), ("blog/_drafts/a.md", jekyll_text));
    let hexo = site(Generator::Hexo).file("source/_posts/a/x.png");
    let hexo = there_and_back(&hexo, "source/_posts/a.md", "---\ntitle: A\ndate: 2025-03-01 09:00:00\n---\n");
    assert_eq!(hexo.path, "source/_drafts/a.md");
    assert_eq!(pairs(&hexo), [("source/_posts/a/x.png", "source/_drafts/a/x.png")]);
}

#[test]
fn a_day_that_only_the_name_says_is_not_lost() {
    let draft =
        site(Generator::Jekyll).moved("_posts/2025-03-01-a.md", "---\ntitle: A\n---\n", MoveTo::Draft);
    assert_eq!(draft.text, "---\ntitle: A\ndate: 2025-03-01\n---\n");
    let back = site(Generator::Jekyll).moved(&draft.path, &draft.text, MoveTo::Published);
    assert_eq!(back.path, "_posts/2025-03-01-a.md");
    let fresh = site(Generator::Jekyll).moved("_drafts/new.md", "---\ntitle: N\n---\n", MoveTo::Published);
    assert_eq!(fresh.path, "_posts/2026-11-21-new.md");
    assert_eq!(fresh.text, "---\ntitle: N\ndate: 2026-11-21 13:05:00 +0900\n---\n");
}

#[test]
fn a_site_goes_on_in_its_habit() {
    let jekyll = site(Generator::Jekyll).post("_posts/2024-01-01-b.md", "---\npublished: false\n---\n");
    let text = "---\ntitle: A\n---\n";
    let draft = there_and_back(&jekyll, "_posts/2025-03-01-a.md", text);
    assert_eq!(draft.text, "---\ntitle: A\npublished: false\n---\n");
    let astro = site(Generator::Astro).moved("src/content/blog/a.md", text, MoveTo::Draft);
    assert_eq!(astro.obstacle, Some(Obstacle::NoDrafts));
    let knows = site(Generator::Astro).post("src/content/blog/b.md", "---\ndraft: false\n---\n");
    let astro = knows.moved("src/content/blog/a.md", text, MoveTo::Draft);
    assert_eq!(astro.text, "---\ntitle: A\ndraft: true\n---\n");
    assert_eq!(site(Generator::Plain).moved("a.md", text, MoveTo::Draft).obstacle, Some(Obstacle::NoDrafts));
}

#[test]
fn a_bundle_is_renamed_with_its_images_and_all_links_to_it() {
    let case = site(Generator::Hugo)
        .file("content/posts/old/x.png")
        .file("content/posts/old/deep/y.png")
        .file("content/posts/older/x.png")
        .post(
            "content/posts/b.md",
            "[a](/posts/old/) [b](/posts/old#c) [c](/posts/older/) ![](/posts/old/x.png)\n\
             {{< ref \"posts/old\" >}} {{< relref \"old.md#x\" >}} {{< ref \"/posts/old/index.md\" >}}\n\n```\n[a](/posts/old/)\n```\n",
        )
        .post("content/posts/c/index.md", "[a](../old/index.md) [b](https://x.org/posts/old/) [c](old)\n");
    let text = "---\ntitle: A\nslug: old\n---\n![](x.png) [me](/posts/old/)\n";
    let moved = case.moved("content/posts/old/index.md", text, slug("새-이름"));
    assert_eq!(moved.obstacle, None);
    assert_eq!(moved.path, "content/posts/새-이름/index.md");
    assert_eq!(
        moved.text,
        "---\ntitle: A\nslug: 새-이름\naliases: [/posts/old/]\n---\n![](x.png) [me](/posts/새-이름/)\n"
    );
    assert_eq!(moved.alias.as_deref(), Some("/posts/old/"));
    assert_eq!(
        pairs(&moved),
        [
            ("content/posts/old/x.png", "content/posts/새-이름/x.png"),
            ("content/posts/old/deep/y.png", "content/posts/새-이름/deep/y.png")
        ]
    );
    assert_eq!(
        moved.others[0].text,
        "[a](/posts/새-이름/) [b](/posts/새-이름#c) [c](/posts/older/) ![](/posts/새-이름/x.png)\n\
         {{< ref \"posts/새-이름\" >}} {{< relref \"새-이름.md#x\" >}} {{< ref \"/posts/새-이름/index.md\" >}}\n\n```\n[a](/posts/old/)\n```\n"
    );
    assert_eq!(moved.others[1].text, "[a](../새-이름/index.md) [b](https://x.org/posts/old/) [c](old)\n");
}

#[test]
fn a_jekyll_post_takes_its_folder_of_images_and_its_tags_along() {
    let mut case = site(Generator::Jekyll).file("assets/images/old/x.png").post(
        "_posts/2024-01-01-b.md",
        "{% post_url 2025-03-01-old %} {% link _posts/2025-03-01-old.md %} [x](/2025/03/01/old.html)\n",
    );
    let text = "---\ntitle: A\ndate: 2025-03-01 09:00:00 +0900\n---\n![](/assets/images/old/x.png)\n";
    let to =
        MoveTo::Name { slug: Some("new".to_owned()), day: Some("2025-04-02".parse().unwrap()), alias: true };
    let moved = case.moved("_posts/2025-03-01-old.md", text, to.clone());
    assert_eq!(moved.path, "_posts/2025-04-02-new.md");
    assert_eq!(
        moved.text,
        "---\ntitle: A\ndate: 2025-04-02 09:00:00 +0900\n---\n![](/assets/images/new/x.png)\n"
    );
    assert_eq!(pairs(&moved), [("assets/images/old/x.png", "assets/images/new/x.png")]);
    assert_eq!(
        moved.others[0].text,
        "{% post_url 2025-04-02-new %} {% link _posts/2025-04-02-new.md %} [x](/2025/04/02/new.html)\n"
    );
    assert_eq!(moved.alias, None, "there is no plugin");
    case.redirects = true;
    let moved = case.moved("_posts/2025-03-01-old.md", text, to);
    assert!(moved.text.contains("redirect_from: [/2025/03/01/old.html]\n"), "{}", moved.text);
}

#[test]
fn zola_and_hexo_links_follow_and_images_that_others_show_stay() {
    let zola = site(Generator::Zola).post("content/b.md", "[a](@/old.md#x) [b](@/older.md)\n");
    let moved = zola.moved("content/old.md", "+++\ntitle = \"A\"\n+++\n", slug("new"));
    assert_eq!(moved.others[0].text, "[a](@/new.md#x) [b](@/older.md)\n");
    assert!(moved.text.contains("aliases = [\"old/\"]"), "{}", moved.text);
    let hexo = site(Generator::Hexo)
        .file("source/_posts/old/x.png")
        .file("source/images/old/y.png")
        .post("source/_posts/b.md", "{% post_link old '제목' %} ![](/images/old/y.png)\n");
    let moved =
        hexo.moved("source/_posts/old.md", "---\ntitle: A\n---\n![](/images/old/y.png)\n", slug("new"));
    assert_eq!(moved.others[0].text, "{% post_link new '제목' %} ![](/images/old/y.png)\n");
    assert_eq!(pairs(&moved), [("source/_posts/old/x.png", "source/_posts/new/x.png")]);
}

#[test]
fn names_that_cannot_be_are_refused() {
    let case = site(Generator::Hugo).file("content/posts/there.md");
    let at = |name: &str| case.moved("content/posts/a.md", "---\ntitle: A\n---\n", slug(name)).obstacle;
    assert_eq!(at(" "), Some(Obstacle::EmptySlug));
    assert_eq!(at("a"), Some(Obstacle::NothingToMove));
    assert!(matches!(at("a/b"), Some(Obstacle::BadPath { .. })));
    assert!(matches!(at(".."), Some(Obstacle::BadPath { .. })));
    assert!(matches!(at("con"), Some(Obstacle::BadPath { .. })));
    assert_eq!(at("There"), Some(Obstacle::TargetExists { path: "content/posts/there.md".to_owned() }));
    let korean = site(Generator::Hugo).moved("content/posts/a.ko.md", "---\ntitle: A\n---\n", slug("b"));
    assert_eq!(korean.path, "content/posts/b.ko.md");
    let broken = case.moved("content/posts/a.md", "---\ntitle: [a] b\n---\n", MoveTo::Draft);
    assert!(matches!(broken.obstacle, Some(Obstacle::FrontMatter(_))));
}

proptest::proptest! {
    #[test]
    fn a_name_that_is_taken_back_leaves_every_text_as_it_was(
        old in proptest::sample::select(vec!["old", "글", "v1.2", "old-one"]),
        new in proptest::sample::select(vec!["new", "새-글", "a b", "x(y)", "v2.0", "old-two"]),
        links in proptest::collection::vec(0..10_usize, 0..6),
        bundle in proptest::bool::ANY,
    ) {
        let link = |kind: &usize| match kind {
            0 => format!("[a](/posts/{old}/)"),
            1 => format!("[b](/posts/{old}/#c \"t\")"),
            2 => format!("{{{{< ref \"posts/{old}\" >}}}}"),
            3 => "[d](/posts/older/)".to_owned(),
            4 => format!("`/posts/{old}/` {old}"),
            5 => format!("<img src=\"/posts/{old}/x.png\">"),
            6 => format!("[e]: /posts/{old}/"),
            7 => "[f](./b.md)".to_owned(),
            8 => format!("```\n[g](/posts/{old}/)\n```"),
            _ => format!("https://example.org/posts/{old}/ 100%"),
        };
        let text: String = links.iter().map(|kind| link(kind) + "\n\n").collect();
        let at = |name: &str| if bundle { format!("content/posts/{name}/index.md") } else { format!("content/posts/{name}.md") };
        let to = |name: &str| MoveTo::Name { slug: Some(name.to_owned()), day: None, alias: false };
        let own = "---\ntitle: A\n---\nown\n";
        let there = site(Generator::Hugo).post("content/posts/b.md", &text).moved(&at(old), own, to(new));
        proptest::prop_assert_eq!(&there.obstacle, &None);
        let renamed = there.others.first().map_or(text.as_str(), |other| other.text.as_str());
        let back = site(Generator::Hugo).post("content/posts/b.md", renamed).moved(&at(new), &there.text, to(old));
        proptest::prop_assert_eq!(&back.obstacle, &None);
        let again = back.others.first().map_or(renamed, |other| other.text.as_str());
        proptest::prop_assert_eq!(again, text.as_str(), "by way of {}", renamed);
        proptest::prop_assert_eq!((back.path, back.text.as_str()), (at(old), own));
    }
}

#[test]
fn only_addresses_of_the_images_change() {
    let case = site(Generator::Jekyll).file("assets/images/old/x.png");
    let text = "---\ntitle: A\ndate: 2025-03-01 09:00:00 +0900\nimage: /assets/images/old/x.png\n\
        note: see /assets/images/old/x.png\n---\n![](/assets/images/old/x.png)\n\
        ![]({{ site.baseurl }}/assets/images/old/x.png) <img src=\"{{ '/assets/images/old/x.png' | relative_url }}\">\n\
        `/assets/images/old/x.png` [far](https://x.org/assets/images/old/x.png)\n\n    /assets/images/old/x.png\n";
    let moved = case.moved("_posts/2025-03-01-old.md", text, slug("new"));
    let expected = text
        .replace("image: /assets/images/old/", "image: /assets/images/new/")
        .replace("](/assets/images/old/", "](/assets/images/new/")
        .replace("baseurl }}/assets/images/old/", "baseurl }}/assets/images/new/")
        .replace("'/assets/images/old/", "'/assets/images/new/");
    assert_eq!(moved.text, expected);
    assert_eq!(pairs(&moved), [("assets/images/old/x.png", "assets/images/new/x.png")]);
}

#[test]
fn a_name_may_change_in_its_letter_case_alone() {
    let text = "---\ntitle: A\n---\n";
    let case = site(Generator::Hugo).file("content/posts/Post/a.png");
    let moved = case.moved("content/posts/Post/index.md", text, slug("post"));
    assert_eq!(moved.obstacle, None);
    assert_eq!(moved.path, "content/posts/post/index.md");
    assert_eq!(pairs(&moved), [("content/posts/Post/a.png", "content/posts/post/a.png")]);
    let taken = site(Generator::Hugo).file("content/posts/POST.md");
    let moved = taken.moved("content/posts/Post.md", text, slug("post"));
    assert!(matches!(moved.obstacle, Some(Obstacle::TargetExists { .. })), "{:?}", moved.obstacle);
}

#[test]
fn a_post_of_hexo_is_renamed_by_the_pattern_of_its_site() {
    let mut case = site(Generator::Hexo);
    let configuration = serde_json::json!({"new_post_name": ":year/:month/:day-:title.md"});
    case.profile.addresses = crate::addresses::Addresses::of(Generator::Hexo, &configuration);
    let text = "---\ntitle: A\ndate: 2025-03-01 09:00:00\n---\n";
    let path = "source/_posts/2025/03/01-old.md";
    let moved = case.moved(path, text, slug("new"));
    assert_eq!((moved.path.as_str(), moved.slug.as_str()), ("source/_posts/2025/03/01-new.md", "new"));
    let day = MoveTo::Name { slug: None, day: Some(jiff::civil::date(2025, 4, 2)), alias: false };
    let moved = case.moved(path, text, day);
    assert_eq!(moved.path, "source/_posts/2025/04/02-old.md");
    assert!(moved.text.contains("date: 2025-04-02 09:00:00"), "{}", moved.text);
}
