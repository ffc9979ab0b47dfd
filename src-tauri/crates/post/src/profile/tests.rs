use super::*;
use crate::front_matter::{self, Reason};

#[test]
fn dates_of_names() {
    let date = |name| date_of_name(name).map(|(date, slug)| (date.to_string(), slug.to_owned()));
    assert_eq!(date("2026-11-21-글.md"), Some(("2026-11-21".to_owned(), "글".to_owned())));
    assert_eq!(date("2026-11-21_v1.2.md"), Some(("2026-11-21".to_owned(), "v1.2".to_owned())));
    for name in [
        "2026-11-21.md",
        "2026-11-21-.md",
        "3002-99-99-x.md",
        "2026-11-21 제목.md",
        "2026-1-2-x.md",
        "가나다라-x.md",
        "",
    ] {
        assert_eq!(date(name), None, "{name}");
    }
}

#[test]
fn posts_and_other_files() {
    let is_post = |generator, path| is_post_path(&Profile::conventional(generator), path);
    for (generator, path) in [
        (Generator::Hugo, "content/posts/a.md"),
        (Generator::Hugo, "content/posts/2026/a/index.ko.md"),
        (Generator::Hugo, "content/posts/a.markdown"),
        (Generator::Jekyll, "_posts/2026-11-21-a.md"),
        (Generator::Jekyll, "blog/_posts/2026/2026-11-21-a.MD"),
        (Generator::Hexo, "source/_posts/a.md"),
        (Generator::Astro, "src/content/blog/a.mdx"),
        (Generator::Plain, "a/b.md"),
    ] {
        assert!(is_post(generator, path), "{generator:?} {path}");
    }
    for (generator, path) in [
        (Generator::Hugo, "content/posts/_index.md"),
        (Generator::Hugo, "content/posts/_index.ko.md"),
        (Generator::Hugo, "content/postscript/a.md"),
        (Generator::Hugo, "content/posts/a.mdx"),
        (Generator::Hugo, "content/posts/.md"),
        (Generator::Jekyll, "_posts/a.md"),
        (Generator::Jekyll, "2026-11-21-a.md"),
        (Generator::Plain, ".obsidian/a.md"),
        (Generator::Plain, "node_modules/x/readme.md"),
        (Generator::Plain, "README"),
    ] {
        assert!(!is_post(generator, path), "{generator:?} {path}");
    }
}

#[test]
fn rows_of_posts() {
    let hugo = Profile::conventional(Generator::Hugo);
    let read = row(
        &hugo,
        "content/posts/a/index.md",
        "---\nTitle: ' 제목 '\ndate: 2026-11-21\ntags: [a, b]\ndraft: true\n---\n",
    );
    let expected = PostRow {
        title: "제목".to_owned(),
        date: Some("2026-11-21".to_owned()),
        tags: vec!["a".to_owned(), "b".to_owned()],
        draft: true,
        problem: None,
    };
    assert_eq!(read, expected);
    let bare = row(&hugo, "content/posts/2026-11-21-v1.2/index.md", "본문");
    assert_eq!((bare.title.as_str(), bare.date.as_deref()), ("v1.2", Some("2026-11-21")));
    let jekyll = Profile::conventional(Generator::Jekyll);
    let draft = row(&jekyll, "_posts/2026-11-21-a.md", "---\ndraft: true\n---\n");
    assert_eq!((draft.title.as_str(), draft.draft), ("a", false));
    assert!(row(&jekyll, "_posts/2026-11-21-a.md", "---\npublished: false\n---\n").draft);
    let broken = row(&jekyll, "_posts/2026-11-21-a.md", "---\ntitle: [a] b\n---\n");
    assert_eq!(broken.title, "[a] b");
    assert!(matches!(broken.problem.map(|problem| problem.reason), Some(Reason::NeedsQuotes { .. })));
}

#[test]
fn a_site_keeps_its_habits() {
    let learnt = |generator, posts: &[(&str, &str)]| {
        let read: Vec<_> = posts.iter().map(|(_, text)| front_matter::read(text)).collect();
        let known: Vec<_> = posts
            .iter()
            .zip(&read)
            .map(|((path, head), front_matter)| KnownPost { path, head, front_matter })
            .collect();
        let mut profile = Profile::conventional(generator);
        learn(&mut profile, &known);
        profile.new_posts
    };
    let day = "---\ndate: 2026-11-21\n---\n";
    let posts = [
        ("content/posts/2026-01-01-a.md", day),
        ("content/posts/2026-01-02-b.md", day),
        ("content/posts/c/index.md", "---\n---\n"),
    ];
    let hugo = learnt(Generator::Hugo, &posts);
    assert_eq!((hugo.layout, hugo.dated_names, hugo.date_form), (Layout::File, true, DateForm::Day));
    assert_eq!(learnt(Generator::Hugo, &[]), Profile::conventional(Generator::Hugo).new_posts);
    let jekyll =
        learnt(Generator::Jekyll, &[("_posts/2026-01-01-a.md", "---\ndate: 2026-11-21 13:05:00\n---\n")]);
    assert_eq!((jekyll.dated_names, jekyll.date_form), (true, DateForm::SpacedOffset));
    let astro = learnt(Generator::Astro, &[("src/content/blog/a.md", day)]);
    assert_eq!((astro.date_key.as_str(), astro.date_form), ("date", DateForm::Day));
}

#[test]
fn the_fields_of_a_site_are_learnt_in_their_order() {
    let texts = [
        "---\ntitle: A\nseries: go\ntags: [go, web]\nweight: 1\ncover:\n  image: a.png\n---\n",
        "---\ntitle: B\nseries: go\ntags: [go]\nweight: 2\nmath: true\n---\n",
        "---\ntitle: C\nseries: rust\ntags: go\nweight: 3\ndate: 2026-11-21\n---\n",
    ];
    let read: Vec<_> = texts.iter().map(|text| front_matter::read(text)).collect();
    let posts: Vec<_> = texts
        .iter()
        .zip(&read)
        .map(|(head, front_matter)| KnownPost { path: "content/posts/a.md", head, front_matter })
        .collect();
    let mut profile = Profile::conventional(Generator::Hugo);
    learn(&mut profile, &posts);
    let fields = &profile.new_posts.fields;
    let learnt: Vec<(String, FieldShape, bool)> =
        fields.iter().map(|field| (field.path.join("."), field.shape, field.is_common)).collect();
    let field = |path: &str, shape, common| (path.to_owned(), shape, common);
    use crate::front_matter::Kind;
    let expected = [
        field("title", FieldShape::Text(Kind::Text), true),
        field("series", FieldShape::Text(Kind::Text), true),
        field("tags", FieldShape::List, true),
        field("weight", FieldShape::Text(Kind::Number), true),
        field("cover.image", FieldShape::Text(Kind::Text), false),
        field("date", FieldShape::Text(Kind::Date), false),
        field("math", FieldShape::Boolean, false),
    ];
    assert_eq!(learnt, expected);
    assert_eq!(fields[2].values, ["go", "web"]);
    // A title is another each time; a series comes again.
    assert_eq!((fields[0].values.len(), fields[1].values.as_slice()), (0, &["go".to_owned()][..]));

    let mut zola = Profile::conventional(Generator::Zola);
    learn(&mut zola, &posts);
    let tags = zola.new_posts.fields.iter().find(|field| field.path == ["taxonomies", "tags"]);
    assert_eq!(tags.map(|field| (field.shape, field.is_common)), Some((FieldShape::List, false)));
}

fn made(generator: Generator, posts: &[(&str, &str)], corrections: &Corrections) -> String {
    let read: Vec<_> = posts.iter().map(|(_, text)| front_matter::read(text)).collect();
    let known: Vec<_> = posts
        .iter()
        .zip(&read)
        .map(|((path, head), front_matter)| KnownPost { path, head, front_matter })
        .collect();
    let mut profile = Profile::conventional(generator);
    learn(&mut profile, &known);
    corrections.apply(&mut profile);
    let now: jiff::Zoned = "2026-11-21T13:05:09+09:00[Asia/Seoul]".parse().unwrap();
    let post = NewPost { title: "A: 글".to_owned(), tags: vec!["go".to_owned(), "a, b".to_owned()] };
    new_post(&profile, &post, &now)
}

#[test]
fn a_new_post_is_written_as_the_others() {
    let jekyll = [
        (
            "_posts/2026-01-01-a.md",
            "---\nlayout: note\ntitle: 'One'\ndate: 2026-01-01 10:00:00 +0900\ntags:\n- x\n- y\npermalink: /one\ncover:\n  image: ''\n---\n",
        ),
        (
            "_posts/2026-01-02-b.md",
            "---\nlayout: note\ntitle: 'Two'\ndate: 2026-01-02 10:00:00 +0900\ntags:\n- z\npermalink: /two\ncover:\n  image: 'b.png'\n---\n",
        ),
    ];
    let expected = "---\nlayout: note\ntitle: 'A: 글'\ndate: 2026-11-21 13:05:09 +0900\ntags:\n- go\n- a, b\ncover:\n  image: ''\n---\n\n";
    assert_eq!(made(Generator::Jekyll, &jekyll, &Corrections::default()), expected);
    let zola = [(
        "content/a.md",
        "+++\ntitle = 'One'\ndate = 2026-01-01\ndraft = false\n[taxonomies]\ntags = ['x']\n+++\n",
    )];
    let expected = "+++\ntitle = 'A: 글'\ndate = 2026-11-21\ndraft = true\n\n[taxonomies]\ntags = ['go', 'a, b']\n+++\n\n";
    assert_eq!(made(Generator::Zola, &zola, &Corrections::default()), expected);
    let json = [("content/posts/a.md", "{\"title\": \"One\", \"tags\": [\"x\"]}\n")];
    let text = made(Generator::Hugo, &json, &Corrections::default());
    assert!(text.starts_with("{\n  \"title\": \"A: 글\","), "{text}");
    assert_eq!(front_matter::read(&text).problem, None);
}

#[test]
fn the_first_post_of_a_site_is_what_its_generator_wants() {
    let first = |generator| made(generator, &[], &Corrections::default());
    assert_eq!(
        first(Generator::Jekyll),
        "---\nlayout: post\ntitle: \"A: 글\"\ndate: 2026-11-21 13:05:09 +0900\ntags: [go, \"a, b\"]\n---\n\n"
    );
    assert_eq!(
        first(Generator::Zola),
        "+++\ntitle = \"A: 글\"\ndate = 2026-11-21T13:05:09+09:00\ndraft = true\n\n[taxonomies]\ntags = [\"go\", \"a, b\"]\n+++\n\n"
    );
    assert_eq!(first(Generator::Plain), "# A: 글\n\n");
}

#[test]
fn what_the_writer_corrects_counts_more_than_what_was_found() {
    use crate::front_matter::{ListForm, Quotes};
    let posts = [("content/posts/a.md", "---\ntitle: One\ntags: [x]\nweight: 1\n---\n")];
    let corrections = Corrections {
        date_form: Some(DateForm::Day),
        list: Some(ListForm::Dashes { indented: true }),
        quotes: Some(Quotes::Single),
        fields: Some(vec![
            "date".to_owned(),
            "title".to_owned(),
            "tags".to_owned(),
            "cover.image".to_owned(),
        ]),
        begins_as_draft: Some(false),
        ..Corrections::default()
    };
    let expected =
        "---\ndate: 2026-11-21\ntitle: 'A: 글'\ntags:\n  - 'go'\n  - 'a, b'\ncover:\n  image: ''\n---\n\n";
    assert_eq!(made(Generator::Hugo, &posts, &corrections), expected);
}

#[test]
fn forms_of_dates_are_told_apart() {
    for (written, form) in [
        ("2026-11-21", DateForm::Day),
        ("2026-11-21T13:05:00+09:00", DateForm::Rfc3339),
        ("2026-11-21T04:05:00Z", DateForm::Utc),
        ("2026-11-21T04:05:00.000Z", DateForm::UtcMilliseconds),
        ("2026-11-21 13:05:00 +0900", DateForm::SpacedOffset),
        ("2026-11-21 13:05:00 +09:00", DateForm::SpacedColonOffset),
        ("2026-11-21 13:05:00", DateForm::Spaced),
    ] {
        let mut profile = Profile::conventional(Generator::Astro);
        let head = format!("---\ntitle: x\ndate: \"{written}\"\n---\n");
        let read = front_matter::read(&head);
        learn(&mut profile, &[KnownPost { path: "a.md", head: &head, front_matter: &read }]);
        assert_eq!(profile.new_posts.date_form, form, "{written}");
        let moment: jiff::Zoned = "2026-11-21T13:05:00+09:00[Asia/Seoul]".parse().unwrap();
        assert_eq!(crate::plan::written_date(&moment, form), written);
    }
}
