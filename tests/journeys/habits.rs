//! What is known of a site, corrected by the writer; new posts that look like the site's own.

use std::process::Command;

use postwright_testkit::skipped;
use postwright_tests::desk::Desk;
use postwright_wire::{self as wire, Call, ErrorCode, Generator, Reply, SiteCorrections};

const POSTS: [(&str, &str); 2] = [
    ("2026-01-01-a", "title: 'One'\ndate: 2026-01-01\ntags:\n- go\n- web\nauthor: me"),
    ("2026-01-02-b", "title: 'Two'\ndate: 2026-01-02\ntags:\n- go\nauthor: me"),
];

fn hugo_desk() -> (Desk, u32) {
    let desk = Desk::new();
    desk.file("blog/hugo.toml", "timeZone = 'Asia/Seoul'\n");
    for (name, fields) in POSTS {
        desk.file(&format!("blog/content/posts/{name}.md"), format!("---\n{fields}\n---\n\ntext\n"));
    }
    let site = desk.app.add_site(&desk.path("blog")).unwrap().site;
    (desk, site)
}

#[track_caller]
fn begun(desk: &Desk, site: u32, title: &str, template: Option<u32>) -> wire::BegunPost {
    let new = wire::NewSitePost { site, title: title.to_owned(), template, slug: None };
    let Reply::NewSitePost(begun) = desk.call(Call::NewSitePost(new)) else { unreachable!() };
    begun
}

#[track_caller]
fn habits(desk: &Desk, site: u32) -> wire::FoundHabits {
    let Reply::SiteHabits(found) = desk.call(Call::SiteHabits(wire::AskSiteHabits { site })) else {
        unreachable!()
    };
    found
}

fn correct(desk: &Desk, site: u32, corrections: SiteCorrections) -> Result<Reply, wire::Error> {
    desk.app.answer(Call::CorrectSite(wire::CorrectSite { site, corrections }))
}

#[test]
fn a_new_post_gets_the_slug_that_was_chosen_where_its_generator_reads_one() {
    let (desk, site) = hugo_desk();
    let ask = wire::OfferSlugs { site, title: "종로의 밤".to_owned() };
    let Reply::OfferSlugs(offered) = desk.call(Call::OfferSlugs(ask.clone())) else { unreachable!() };
    let slugs: Vec<&str> = offered.offers.iter().map(|offer| offer.slug.as_str()).collect();
    assert_eq!((slugs.as_slice(), offered.can_be_chosen), (["종로의-밤", "jongnoui-bam"].as_slice(), true));
    let slug = Some(slugs[1].to_owned());
    let new = wire::NewSitePost { site, title: ask.title, template: None, slug };
    let Reply::NewSitePost(begun) = desk.call(Call::NewSitePost(new)) else { unreachable!() };
    assert!(begun.post.text.contains("\nslug: 'jongnoui-bam'\n"), "{}", begun.post.text);
    correct(&desk, site, SiteCorrections { generator: Some(Generator::Hexo), ..Default::default() }).unwrap();
    let ask = wire::OfferSlugs { site, title: "A".to_owned() };
    let Reply::OfferSlugs(offered) = desk.call(Call::OfferSlugs(ask)) else { unreachable!() };
    assert!(!offered.can_be_chosen, "the file's name is the slug");
}

#[test]
fn what_the_writer_corrects_is_followed_kept_in_the_library_and_taken_back() {
    let (desk, site) = hugo_desk();
    let before = files(&desk);
    let as_found = "---\ntitle: '새 글'\ndate: 2026-11-21\ntags: []\nauthor: me\n---\n\n";
    assert_eq!(begun(&desk, site, "새 글", None).post.text, as_found);
    let found = habits(&desk, site);
    assert_eq!((found.found.dated_names, found.found.quotes), (true, wire::Quotes::Single));
    assert_eq!((found.found.date_form, found.found.list), (wire::DateForm::Day, wire::ListForm::Dashes));
    assert_eq!(found.found.fields, ["title", "date", "tags", "author"]);
    assert_eq!(found.candidates, [wire::SiteCandidate { generator: Generator::Hugo, confidence: 100 }]);

    let corrections = SiteCorrections {
        post_folders: Some(vec!["content/notes".to_owned()]),
        layout: Some(wire::PostLayout::Bundle),
        dated_names: Some(false),
        date_form: Some(wire::DateForm::Spaced),
        time_zone: Some("Europe/Berlin".to_owned()),
        quotes: Some(wire::Quotes::Double),
        fields: Some(vec!["date".to_owned(), "title".to_owned(), "summary".to_owned()]),
        begins_as_draft: Some(true),
        ..SiteCorrections::default()
    };
    correct(&desk, site, corrections.clone()).unwrap();
    let desk = desk.restarted();
    assert_eq!(habits(&desk, site).corrections, corrections);
    let post = begun(&desk, site, "새 글", None).post;
    let corrected = "---\ndate: 2026-11-21 04:00:00\ntitle: \"새 글\"\nsummary: \"\"\ndraft: true\n---\n\n";
    assert_eq!(post.text, corrected);
    let plan = Call::PlanPublish(wire::PlanPublish { post: post.post, site, choices: Default::default() });
    let Reply::PlanPublish(plan) = desk.call(plan) else { unreachable!() };
    assert_eq!(plan.path, "content/notes/새-글/index.md");

    correct(&desk, site, SiteCorrections::default()).unwrap();
    assert_eq!(begun(&desk, site, "새 글", None).post.text, as_found);
    assert_eq!(files(&desk), before, "nothing was written into the site");
}

fn files(desk: &Desk) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![desk.path("blog")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() { folders.push(entry) } else { found.push(entry) }
        }
    }
    found.sort();
    found
}

#[test]
fn what_could_not_be_followed_is_refused() {
    let (desk, site) = hugo_desk();
    let zone = SiteCorrections { time_zone: Some("Asia/Nowhere".to_owned()), ..Default::default() };
    assert_eq!(correct(&desk, site, zone).unwrap_err().subject.as_deref(), Some("Asia/Nowhere"));
    for folder in ["../outside", "/etc", "a//b", ".git"] {
        let corrections =
            SiteCorrections { post_folders: Some(vec![folder.to_owned()]), ..Default::default() };
        assert_eq!(correct(&desk, site, corrections).unwrap_err().code, ErrorCode::OutsideSite, "{folder}");
    }
    assert_eq!(habits(&desk, site).corrections, SiteCorrections::default());
}

#[test]
fn a_folder_with_two_generators_is_written_to_once_the_writer_has_chosen_one() {
    let (desk, site) = hugo_desk();
    desk.file("blog/_config.yml", "plugins: [jekyll-feed]\n");
    desk.file("blog/_posts/2026-01-01-x.md", "---\nlayout: post\ntitle: X\n---\n");
    let post = desk.draft("# A post\n\ntext\n").post;
    let plan = || {
        let plan = Call::PlanPublish(wire::PlanPublish { post, site, choices: Default::default() });
        let Reply::PlanPublish(plan) = desk.call(plan) else { unreachable!() };
        plan
    };
    let obstacle = plan().obstacle.unwrap();
    assert_eq!(obstacle.code, ErrorCode::TwoGenerators);
    assert!(obstacle.hint.is_some_and(|hint| hint.contains("--generator hugo|jekyll")));
    assert!(desk.app.export(post, &desk.path("blog"), None, None).is_err());
    let jekyll = desk.app.plan(post, &desk.path("blog"), Some(Generator::Jekyll), None).unwrap();
    assert_eq!((jekyll.path.as_str(), jekyll.obstacle), ("_posts/2026-11-21-a-post.md", None));
    let generator = SiteCorrections { generator: Some(Generator::Hugo), ..Default::default() };
    correct(&desk, site, generator).unwrap();
    assert_eq!((plan().path.as_str(), plan().obstacle), ("content/posts/2026-11-21-a-post.md", None));
    let row = desk.app.add_site(&desk.path("blog")).unwrap();
    assert!(row.profile.rivals.is_empty());
}

#[test]
fn a_folder_that_fits_nothing_can_be_one_of_plain_markdown() {
    let desk = Desk::new();
    desk.file("notes/readme.txt", "nothing");
    let refused = desk.app.add_site(&desk.path("notes")).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotASite);
    let Reply::AddPlainSite(added) = desk.call(Call::AddPlainSite(wire::AddPlainSite {})) else {
        unreachable!()
    };
    let row = added.site.unwrap();
    assert_eq!(row.profile.generator, Generator::Plain);
    let desk = desk.restarted();
    assert!(desk.app.add_site(&desk.path("notes")).unwrap().problem.is_none());
}

#[test]
fn templates_are_kept_chosen_renamed_and_deleted() {
    let (desk, site) = hugo_desk();
    let text = "---\ntitle: Old\ndate: 2020-01-01\nkind: review\n---\n\n## 좋은 점\n\n## 나쁜 점\n";
    let post = desk.draft(text).post;
    let save = |name: &str| {
        desk.app.answer(Call::SaveTemplate(wire::SaveTemplate { site, post, name: name.to_owned() }))
    };
    let Reply::SaveTemplate(saved) = save(" 서평 ").unwrap() else { unreachable!() };
    assert_eq!(saved.name, "서평");
    assert!(save("서평").is_err(), "the first one stays");
    assert!(save("  ").is_err());
    let made = begun(&desk, site, "A: b", Some(saved.template)).post.text;
    let expected = text.replace("Old", "\"A: b\"").replace("2020-01-01", "2026-11-21");
    assert_eq!(made, expected);
    let rename = wire::RenameTemplate { template: saved.template, name: "review".to_owned() };
    desk.call(Call::RenameTemplate(rename));
    // A site that was let go and added again has its templates still.
    desk.call(Call::RemoveSite(wire::RemoveSite { site }));
    let site = desk.app.add_site(&desk.path("blog")).unwrap().site;
    let list = || {
        let Reply::ListTemplates(list) = desk.call(Call::ListTemplates(wire::ListTemplates { site })) else {
            unreachable!()
        };
        list.templates.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(list(), ["review"]);
    desk.call(Call::RemoveTemplate(wire::RemoveTemplate { template: saved.template }));
    assert!(list().is_empty());
}

const ARCHETYPES: [(&str, &str); 3] = [
    (
        "yaml",
        "---\ntitle: \"{{ replace .Name \"-\" \" \" | title }}\"\ndate: {{ .Date }}\nlastmod: {{ now.Format \"2006-01-02\" }}\nsection: {{ .Type }}\nslug: {{ .File.ContentBaseName | lower }}\ntags: []\ndraft: true\n---\n\n## {{ .Name | humanize }}\n",
    ),
    (
        "toml",
        "+++\ntitle = '{{ title (replace .TranslationBaseName `-` ` `) }}'\ndate = '{{ .Date }}'\nyear = '{{ dateFormat \"2006/01\" .Date }}'\ndraft = true\n+++\n{{/* nothing */}}\n\nText.\n",
    ),
    (
        "upper",
        "---\ntitle: {{ upper .Name }}\ncategory: {{ .Section }}\ndate: '{{ .Date | time.Format \"2006-01-02\" }}'\n---\n",
    ),
];

/// What the real `hugo new` makes of an archetype, and what a new post of ours is.
#[test]
fn an_archetype_is_filled_as_hugo_new_fills_it() {
    let Some(hugo) = std::env::var_os("POSTWRIGHT_HUGO") else {
        skipped("hugo is not installed (cargo xtask test installs it)");
        return;
    };
    for (name, archetype) in ARCHETYPES {
        for title in ["the art of code", "A Guide to Rust and Go", "한글 제목"] {
            let desk = Desk::new();
            desk.file("blog/hugo.toml", "title = 'x'\n");
            desk.file("blog/archetypes/posts.md", archetype);
            desk.file("blog/content/posts/_index.md", "");
            let site = desk.app.add_site(&desk.path("blog")).unwrap().site;
            let file = title.to_lowercase().replace(' ', "-");
            let run = Command::new(&hugo)
                .args(["new", "content", &format!("posts/{file}.md"), "--noBuildLock", "--source"])
                .arg(desk.path("blog"))
                .output()
                .unwrap();
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            let real =
                std::fs::read_to_string(desk.path("blog").join(format!("content/posts/{file}.md"))).unwrap();
            let made = begun(&desk, site, title, None);
            assert_eq!(made.archetype.as_deref(), Some("archetypes/posts.md"));
            assert_eq!(made.left, Vec::<String>::new());
            let without_title = |text: &str| {
                let lines = text.lines().filter(|line| !line.starts_with("title"));
                lines.map(without_dates).collect::<Vec<_>>().join("\n")
            };
            assert_eq!(without_title(&made.post.text), without_title(&real), "{name}");
            assert!(made.post.text.contains(title), "the title is the writer's: {}", made.post.text);

            // The title that the archetype itself makes of the name.
            let now = postwright_testkit::noon_in_seoul();
            let context = postwright_post::profile::ArchetypeContext {
                name: &file,
                section: "posts",
                title: "",
                now: &now,
            };
            let ours = postwright_post::profile::fill_archetype(
                postwright_post::profile::Generator::Hugo,
                archetype,
                &context,
            );
            let dated = |text: &str| text.lines().map(without_dates).collect::<Vec<_>>().join("\n");
            assert_eq!(dated(&ours.text), dated(&real), "{name}");
        }
    }
}

/// A line with each date in it as zeros, whatever its length and zone.
fn without_dates(line: &str) -> String {
    let Some(at) = line.find("20") else { return line.to_owned() };
    let rest = &line[at..];
    let end = rest.find(|letter: char| !(letter.is_ascii_digit() || "-/:+TZ".contains(letter)));
    format!("{}DATE{}", &line[..at], &rest[end.unwrap_or(rest.len())..])
}
