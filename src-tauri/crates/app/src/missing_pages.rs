//! Macros of a post that name a page which its site does not have: the generator ends the build there.
//!
//! Where the rule of a generator leaves room, a page counts as there: a build that is said to stop must stop.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use postwright_markdown::PageReference;
use postwright_wire::{self as wire, FindingLevel, Language};
use serde_json::Value;

use crate::known_site::KnownSite;
use crate::text::PostText;

/// Pages that Hugo makes of no file.
const HUGO_TAXONOMIES: [&str; 2] = ["tags", "categories"];

/// The references that lead to no page of the site. `post` is the path in the site of the post that they stand in, if
/// it has one.
pub(crate) fn missing_pages<Place>(
    site: &KnownSite,
    post: Option<&str>,
    references: Vec<(PageReference, Place)>,
    now: &jiff::Zoned,
) -> Vec<(PageReference, Place)> {
    if references.is_empty() || !is_knowable(&site.settings.configuration.tree) {
        return Vec::new();
    }
    let Some(profile) = site.profile() else { return Vec::new() };
    let is_hugo = references.iter().any(|(reference, _)| matches!(reference, PageReference::HugoPage(_)));
    let folder = if is_hugo { profile.content_folder.as_str() } else { "" };
    let Some(seen) = site.seen_posts(now) else { return Vec::new() };
    let files = &seen.files;
    let pages = if is_hugo { HugoPages::of(files, folder, post) } else { HugoPages::default() };
    let is_missing = |(reference, _): &(PageReference, Place)| match reference {
        PageReference::HugoPage(written) => !pages.has(written),
        PageReference::JekyllPost(written) => !has_post(files, written),
        PageReference::JekyllFile(written) => !has_file(&site.root, files, written),
    };
    references.into_iter().filter(is_missing).collect()
}

/// Hugo may be told to go on, and may take pages from elsewhere.
fn is_knowable(configuration: &Value) -> bool {
    let field = |tree: &Value, name: &str| {
        let fields = tree.as_object()?;
        fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
    };
    let goes_on = field(configuration, "refLinksErrorLevel")
        .is_some_and(|level| level.as_str().is_some_and(|level| level.eq_ignore_ascii_case("warning")));
    let module = field(configuration, "module").unwrap_or_default();
    let languages = field(configuration, "languages").unwrap_or_default();
    let has_folders = languages
        .as_object()
        .is_some_and(|all| all.values().any(|language| field(language, "contentDir").is_some()));
    !goes_on && !has_folders && field(&module, "mounts").is_none() && field(&module, "imports").is_none()
}

/// The pages of a Hugo site as `ref` names them, and where the post stands among them.
#[derive(Default)]
struct HugoPages {
    pages: BTreeSet<String>,
    /// None where nobody knows yet.
    folders: Option<Vec<String>>,
}

impl HugoPages {
    fn of(files: &[String], content: &str, post: Option<&str>) -> Self {
        let within = |path: &str| Some(path.strip_prefix(content)?.trim_start_matches('/').to_lowercase());
        let mut pages = BTreeSet::new();
        for file in files.iter().filter_map(|file| within(file)) {
            // `a.ko.md` is the page `a` in Korean.
            let whole = without_extension(&file);
            for page in [whole, without_extension(whole)] {
                let page = page_of(page);
                pages.extend(page.match_indices('/').map(|(at, _)| page[..at].to_owned()));
                pages.insert(page);
            }
        }
        let folders = post.and_then(within).map(|post| {
            let folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
            let own = folder(&post);
            // A bundle's text stands one folder deeper than its page.
            vec![folder(&own), own]
        });
        Self { pages, folders }
    }

    /// A path from the root or from the post, or the name of a page anywhere.
    fn has(&self, written: &str) -> bool {
        let written = written.to_lowercase();
        [written.as_str(), without_extension(&written)].into_iter().any(|name| self.has_page(name))
    }

    fn has_page(&self, name: &str) -> bool {
        let from = |folder: &str| self.pages.contains(&page_of(&format!("{folder}/{name}")));
        let first = name.trim_start_matches('/').split('/').next().unwrap_or_default();
        if from("") || HUGO_TAXONOMIES.contains(&first) || page_of(name).is_empty() {
            return true;
        }
        if name.starts_with('/') {
            return false;
        }
        let page = format!("/{}", page_of(name));
        let is_anywhere = |known: &String| format!("/{known}").ends_with(&page);
        match &self.folders {
            Some(folders) if name.contains('/') => folders.iter().any(|folder| from(folder)),
            _ => self.pages.iter().any(is_anywhere),
        }
    }
}

fn without_extension(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && !stem.ends_with('/') && !extension.contains('/') => {
            stem
        }
        _ => path,
    }
}

/// A path as Hugo compares it: no `index` of its own, no `.` and `..`, hyphens for blanks.
fn page_of(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    if matches!(parts.last(), Some(&"index" | &"_index")) {
        parts.pop();
    }
    parts.join("/").replace(' ', "-")
}

/// Jekyll finds a post by day and name, in any folder of posts (`Jekyll::Tags::PostUrl`).
fn has_post(files: &[String], written: &str) -> bool {
    let Some(wanted) = day_and_name(written.rsplit('/').next().unwrap_or_default()) else { return false };
    files.iter().any(|file| {
        let is_post = file.split('/').any(|folder| folder == "_posts");
        let name = file.rsplit('/').next().unwrap_or_default();
        is_post && day_and_name(without_extension(name)).is_some_and(|known| known == wanted)
    })
}

/// `2020-1-2-name`.
fn day_and_name(name: &str) -> Option<([u32; 3], &str)> {
    let mut parts = name.splitn(4, '-');
    let mut number = || parts.next()?.parse().ok();
    let day = [number()?, number()?, number()?];
    Some((day, parts.next()?))
}

/// The path of a file as it is, or behind the folder that a site keeps its collections in. Only what is copied as it is
/// may be named with a slash before it.
fn has_file(root: &Path, files: &[String], written: &str) -> bool {
    if written.starts_with('/') && written.ends_with(".md") {
        return false;
    }
    let path = written.trim_start_matches('/');
    root.join(path).is_file() || files.iter().any(|file| file.ends_with(&format!("/{path}")))
}

/// Says that a page is not there.
pub(crate) fn missing_page(
    reference: &PageReference,
    span: &Range<usize>,
    text: &PostText,
    language: Language,
) -> wire::TextFinding {
    let written = reference.written();
    let generator = match reference {
        PageReference::HugoPage(_) => "Hugo",
        PageReference::JekyllPost(_) | PageReference::JekyllFile(_) => "Jekyll",
    };
    wire::TextFinding {
        level: FindingLevel::Error,
        code: "missing_page".to_owned(),
        message: match language {
            Language::En => {
                format!("The build will stop here: {generator} finds no page {written} in the site.")
            }
            Language::Ko => {
                format!("여기서 빌드가 멈춥니다. {generator}가 사이트에서 {written} 페이지를 찾지 못합니다.")
            }
        },
        from: text.position_of(span.start),
        to: text.position_of(span.end),
        place: None,
        mend: None,
        other_mend: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each as Hugo 0.168 answers for a post `content/posts/a.md`.
    #[test]
    fn a_hugo_page_is_found_as_hugo_finds_it() {
        let files = ["posts/a.md", "posts/b.md", "posts/Bun/index.md", "other/Only.md", "other/한글.ko.md"];
        let files = files.map(|file| format!("content/{file}"));
        let pages = HugoPages::of(&files, "content", Some("content/posts/a.md"));
        for there in [
            "b.md",
            "b",
            "B.md",
            "posts/b.md",
            "/posts/b.md",
            "only",
            "other/only.md",
            "bun",
            "posts/bun",
            "bun/index.md",
            "posts",
            "posts/_index.md",
            "../other/only.md",
            "./b.md",
            "한글",
            "b.html",
            "tags/x",
        ] {
            assert!(pages.has(there), "{there}");
        }
        for missing in ["nope.md", "posts/nope", "/b.md", "osts/b.md", "nowhere/b.md"] {
            assert!(!pages.has(missing), "{missing}");
        }
        let of_a_draft = HugoPages::of(&files, "content", None);
        assert!(of_a_draft.has("posts/b.md") && of_a_draft.has("b") && !of_a_draft.has("posts/nope"));
    }

    /// Each as Jekyll 4.3 answers.
    #[test]
    fn a_jekyll_post_is_found_as_jekyll_finds_it() {
        let files = ["_posts/2020-01-01-b.md", "sub/_posts/2020-1-2-Cap-it.markdown", "2020-01-03-no.md"];
        let files = files.map(ToOwned::to_owned);
        for there in ["2020-01-01-b", "/2020-01-01-b", "2020-1-1-b", "sub/2020-01-02-Cap-it"] {
            assert!(has_post(&files, there), "{there}");
        }
        for missing in ["2020-01-01-B", "2020-01-01-b.md", "b", "2020-01-03-no", "2021-01-01-b"] {
            assert!(!has_post(&files, missing), "{missing}");
        }
        let root = Path::new("/nonexistent");
        assert!(has_file(root, &["docs/_posts/x.md".to_owned()], "_posts/x.md"));
        assert!(!has_file(root, &["docs/_posts/x.md".to_owned()], "/_posts/x.md"));
    }

    #[test]
    fn nothing_is_said_where_hugo_goes_on_or_looks_elsewhere() {
        assert!(is_knowable(&serde_json::json!({ "title": "x", "languages": { "ko": {} } })));
        for elsewhere in [
            serde_json::json!({ "reflinkserrorlevel": "WARNING" }),
            serde_json::json!({ "module": { "mounts": [] } }),
            serde_json::json!({ "languages": { "ko": { "contentDir": "content/ko" } } }),
        ] {
            assert!(!is_knowable(&elsewhere), "{elsewhere}");
        }
    }

    #[allow(clippy::disallowed_methods, reason = "a test sets its stage")]
    fn told(files: &[(&str, &str)], post: &str) -> Vec<(FindingLevel, String, Option<u32>)> {
        let site = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = site.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let now = jiff::Zoned::now();
        let checking = crate::checking::Checking { site: None, program_folders: &[], now: &now };
        let checked = crate::checking::check(&[site.path().join(post)], checking, Language::En).unwrap();
        checked.findings.into_iter().map(|found| (found.level, found.code, found.column)).collect()
    }

    #[test]
    fn a_page_that_is_not_there_is_an_error_where_its_macro_stands() {
        let text = "---\ntitle: A\n---\n[b]({{< ref \"b.md\" >}}) [c]({{< relref \"nope.md\" >}})\n";
        let hugo = [
            ("hugo.toml", "title = 'x'\n"),
            ("content/posts/a.md", text),
            ("content/posts/b.md", "---\ntitle: B\n---\n"),
        ];
        let missing = (FindingLevel::Error, "missing_page".to_owned(), Some(29));
        assert_eq!(told(&hugo, "content/posts/a.md"), [missing]);

        let text = "---\ntitle: A\n---\n[b]({% post_url 2020-01-01-b %}) [c]({% post_url 2020-01-01-c %})\n";
        let jekyll = [
            ("_config.yml", "title: x\n"),
            ("_posts/2020-02-01-a.md", text),
            ("_posts/2020-01-01-b.md", "---\ntitle: B\n---\n"),
        ];
        let missing = (FindingLevel::Error, "missing_page".to_owned(), Some(38));
        assert_eq!(told(&jekyll, "_posts/2020-02-01-a.md"), [missing]);
    }
}
