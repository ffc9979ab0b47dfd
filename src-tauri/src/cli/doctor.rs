//! `backup`, `restore-backup`, `doctor`: the library's file as a whole.

use std::path::Path;

use postwright_app::doctor::{self, Report};
use postwright_wire::Language;
use serde_json::json;

use super::library::with_library;
use super::{Arguments, Outcome, absolute, output};
use crate::failure::{Failure, one_line};
use crate::library;

/// Copies the library.
pub(super) fn back_up(arguments: &Arguments, file: &Path) -> Result<Outcome, Failure> {
    let file = absolute(file)?;
    with_library(arguments, |app| Ok(app.back_up_into(&file)?))?;
    Ok(Outcome::Done)
}

/// Puts a backup in the library's place, and prints where the library is kept.
pub(super) fn restore(arguments: &Arguments, file: &Path, language: Language) -> Result<Outcome, Failure> {
    let library = library::path(arguments.library.as_deref())?;
    let now = jiff::Timestamp::now().as_millisecond();
    let kept = doctor::restore(&library, &absolute(file)?, now, language)?;
    output::print(&format!("{}\n", kept.display()))?;
    Ok(Outcome::Done)
}

/// Says what of the library is damaged, and what was done about it.
pub(super) fn run(
    arguments: &Arguments,
    repair: bool,
    json: bool,
    language: Language,
) -> Result<Outcome, Failure> {
    let library = library::path(arguments.library.as_deref())?;
    let now = jiff::Timestamp::now().as_millisecond();
    let report = doctor::examine(&library, repair, now, language)?;
    if json {
        output::print_json(&json!({
            "library": library,
            "drafts": report.drafts,
            "revisions": report.revisions,
            "files": report.assets,
            "flaws": report.flaws,
            "repaired": report.repaired,
        }))?;
    } else {
        output::print(&lines(&report, language))?;
    }
    Ok(if report.flaws.is_empty() || report.repaired.is_some() { Outcome::Done } else { Outcome::Findings })
}

fn lines(report: &Report, language: Language) -> String {
    let mut lines = String::new();
    for flaw in &report.flaws {
        lines.push_str(&format!("{flaw}\n"));
    }
    let (drafts, revisions, files) = (report.drafts, report.revisions, report.assets);
    let counted = match language {
        Language::En => format!("{drafts} drafts, {revisions} revisions, {files} files: "),
        Language::Ko => format!("초안 {drafts}개, 이전 판 {revisions}개, 파일 {files}개: "),
    };
    lines.push_str(&counted);
    lines.push_str(match (language, report.flaws.len()) {
        (Language::En, 0) => "all of it can be read.\n",
        (Language::Ko, 0) => "모두 읽을 수 있습니다.\n",
        (Language::En, _) => "not all of it can be read.\n",
        (Language::Ko, _) => "읽을 수 없는 것이 있습니다.\n",
    });
    if let Some(repaired) = &report.repaired {
        lines.push_str(&format!("{}\n", one_line(repaired)));
    } else if !report.flaws.is_empty() {
        lines.push_str(match language {
            Language::En => "--repair opens the newest good backup, with what can still be read.\n",
            Language::Ko => {
                "--repair로 가장 최근의 온전한 백업에 아직 읽을 수 있는 내용을 더해 열 수 있습니다.\n"
            }
        });
    }
    lines
}
