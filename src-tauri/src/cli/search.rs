//! `search`: what the library and its sites hold.

use postwright_wire::{FoundPost, Search, SearchResults};

use super::library::{minute, with_library};
use super::{Arguments, Outcome, output};
use crate::failure::Failure;

/// Finds posts and prints them, the best first.
pub(super) fn run(
    arguments: &Arguments,
    query: &str,
    initials: bool,
    most: u32,
    json: bool,
) -> Result<Outcome, Failure> {
    let search = Search { query: query.to_owned(), initials, from: 0, most, count_all: true };
    let found = with_library(arguments, |app| Ok(app.search_all(&search)?))?;
    if json {
        output::print_json(&found)?;
    } else {
        output::print(&lines(&found, &jiff::tz::TimeZone::system()))?;
    }
    Ok(Outcome::Done)
}

fn lines(found: &SearchResults, zone: &jiff::tz::TimeZone) -> String {
    found.posts.iter().map(|post| line(post, zone)).collect()
}

/// Where it is, when, its title, and the first line with what was asked for, with its number; a tab between them.
fn line(post: &FoundPost, zone: &jiff::tz::TimeZone) -> String {
    let place = match (&post.file, post.post) {
        (Some(file), None) => format!("{}: {}", file.site_name, file.path),
        (_, Some(post)) => post.to_string(),
        (None, None) => String::new(),
    };
    let revision = post.revision.as_ref().map(|it| format!(" ({})", it.number)).unwrap_or_default();
    let snippet =
        post.snippets.first().map(|it| format!("{}: {}", it.line, it.text.trim())).unwrap_or_default();
    let cells = [place + &revision, minute(post.at, zone), output::cell(&post.title), output::cell(&snippet)];
    cells.join("\t") + "\n"
}

#[cfg(test)]
mod tests {
    use postwright_wire::{FoundPlace, FoundSnippet, FoundState, LinkedFile, Mark};

    use super::*;

    #[test]
    fn a_found_post_is_one_line() {
        let mark = Mark { from: 0, to: 1 };
        let post = FoundPost {
            post: None,
            file: Some(LinkedFile { site: 1, site_name: "blog".to_owned(), path: "p/a.md".to_owned() }),
            revision: None,
            title: "a\tb".to_owned(),
            title_marks: Vec::new(),
            place: FoundPlace::Body,
            state: FoundState::Published,
            at: 1_795_238_340_000,
            hits: 1,
            snippets: vec![FoundSnippet { line: 3, text: "  x\ty".to_owned(), marks: vec![mark], hit: mark }],
        };
        let draft = FoundPost { post: Some(7), file: None, snippets: Vec::new(), ..post.clone() };
        let found = SearchResults { posts: vec![post, draft], ..SearchResults::default() };
        assert_eq!(
            lines(&found, &jiff::tz::TimeZone::UTC),
            "blog: p/a.md\t2026-11-21 05:19\ta b\t3: x y\n7\t2026-11-21 05:19\ta b\t\n"
        );
    }
}
