//! `import`, `drafts`, `show`: the library.

use std::path::{Path, PathBuf};

use postwright_app::App;
use postwright_wire::{DraftRow, Imported, Milliseconds, PostId};

use super::{Arguments, Outcome, output};
use crate::failure::{Failure, one_line};
use crate::library;

/// Opens the library, lets `work` use it, and closes it whatever happened.
pub(super) fn with_library<Answer>(
    arguments: &Arguments,
    work: impl FnOnce(&App) -> Result<Answer, Failure>,
) -> Result<Answer, Failure> {
    let app = library::open(arguments, &library::path(arguments.library.as_deref())?, |_event| {})?;
    let answer = work(&app);
    app.close();
    answer
}

/// Takes files and folders in.
pub(super) fn import(arguments: &Arguments, paths: &[PathBuf], json: bool) -> Result<Outcome, Failure> {
    let paths = paths.iter().map(|path| absolute(path)).collect::<Result<Vec<_>, _>>()?;
    let imported = with_library(arguments, |app| Ok(app.import(&paths)?))?;
    if json {
        output::print_json(&imported)?;
    } else {
        output::print(&imported_lines(&imported))?;
    }
    for error in imported.failed.iter().chain(&imported.missing_images) {
        eprintln!("{}", one_line(error));
    }
    Ok(import_outcome(&imported))
}

/// What could not be read is an error, an image that was not found is not: the draft is there.
fn import_outcome(imported: &Imported) -> Outcome {
    match (imported.failed.is_empty(), imported.drafts.is_empty()) {
        (true, _) => Outcome::Done,
        (false, false) => Outcome::Findings,
        (false, true) => Outcome::Failed,
    }
}

fn imported_lines(imported: &Imported) -> String {
    imported
        .drafts
        .iter()
        .map(|draft| {
            format!("{}\t{}\t{}\n", draft.post, output::cell(&draft.title), output::cell(&draft.path))
        })
        .collect()
}

/// Lists the drafts.
pub(super) fn drafts(arguments: &Arguments, search: Option<&str>, json: bool) -> Result<Outcome, Failure> {
    let list = with_library(arguments, |app| Ok(app.drafts(search)?))?;
    if json {
        output::print_json(&list)?;
    } else {
        let zone = jiff::tz::TimeZone::system();
        output::print(&list.drafts.iter().map(|draft| draft_line(draft, &zone)).collect::<String>())?;
    }
    Ok(Outcome::Done)
}

/// Number, time of the last edit, title, tags, and where its file is; a tab between them.
fn draft_line(draft: &DraftRow, zone: &jiff::tz::TimeZone) -> String {
    let file =
        draft.file.as_ref().map(|file| format!("\t{}: {}", file.site_name, file.path)).unwrap_or_default();
    format!(
        "{}\t{}\t{}\t{}{}\n",
        draft.post,
        minute(draft.edited, zone),
        output::cell(&draft.title),
        output::cell(&draft.tags.join(", ")),
        file
    )
}

pub(super) fn minute(time: Milliseconds, zone: &jiff::tz::TimeZone) -> String {
    jiff::Timestamp::from_millisecond(time)
        .map(|time| time.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}

/// Prints a text.
pub(super) fn show(arguments: &Arguments, post: PostId) -> Result<Outcome, Failure> {
    let text = with_library(arguments, |app| Ok(app.text_of(post)?))?;
    output::print(&text)?;
    Ok(Outcome::Done)
}

/// The core takes absolute paths: only the shell knows where it was started.
pub(crate) fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path).map_err(Failure::write(path))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use postwright_wire::{Error, ErrorCode, ImportedDraft, LinkedFile};

    use super::*;

    fn draft(title: &str) -> ImportedDraft {
        ImportedDraft { path: "a.md".to_owned(), post: 3, title: title.to_owned(), images: 0 }
    }

    fn failure() -> Error {
        Error { code: ErrorCode::NotUtf8, message: "m".to_owned(), subject: None, hint: None }
    }

    #[test]
    fn an_import_is_judged_by_what_came_in() {
        let outcome =
            |drafts, failed| import_outcome(&Imported { drafts, failed, missing_images: vec![failure()] });
        assert_eq!(outcome(vec![draft("a")], vec![]), Outcome::Done);
        assert_eq!(outcome(vec![draft("a")], vec![failure()]), Outcome::Findings);
        assert_eq!(outcome(vec![], vec![failure()]), Outcome::Failed);
    }

    #[test]
    fn a_draft_is_one_line_whatever_its_title() {
        let row = DraftRow {
            post: 7,
            title: "tab\there\nline".to_owned(),
            tags: vec!["회고".to_owned(), "b".to_owned()],
            edited: 1_795_238_340_000,
            length: 1,
            file: Some(LinkedFile { site: 1, site_name: "blog".to_owned(), path: "p/a.md".to_owned() }),
            trashed: false,
        };
        let line = draft_line(&row, &jiff::tz::TimeZone::UTC);
        assert_eq!(line, "7\t2026-11-21 05:19\ttab here line\t회고, b\tblog: p/a.md\n");
    }
}
