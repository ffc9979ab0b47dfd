//! `build-check`: what the site's own generator makes of a post, and how that compares with the preview.

use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::path::Path;

use postwright_app::build_check;
use postwright_wire::{BlockDifference, BuildChecked, BuildMessage, FindingLevel, Language, PageComparison};

use super::{Outcome, check, output};
use crate::failure::Failure;
use crate::programs;

/// Builds, and prints where the post came out and what the generator complained of.
pub(super) fn run(
    file: &Path,
    site: Option<&Path>,
    json: bool,
    language: Language,
) -> Result<Outcome, Failure> {
    let told = io::stderr().is_terminal();
    let mut on_line = |line: &str| {
        if told {
            eprintln!("{line}");
        }
    };
    let checked = build_check::check_file(file, site, &programs::folders(), language, &mut on_line)?;
    if json {
        output::print_json(&checked)?;
    } else {
        output::print(&lines(&checked, language))?;
    }
    Ok(outcome(&checked))
}

fn outcome(checked: &BuildChecked) -> Outcome {
    let is_error = |message: &BuildMessage| message.level == FindingLevel::Error;
    let appeared = checked.page.as_ref().is_none_or(|page| page.appeared);
    if checked.success && appeared && !checked.messages.iter().any(is_error) {
        Outcome::Done
    } else {
        Outcome::Findings
    }
}

fn lines(checked: &BuildChecked, language: Language) -> String {
    let mut lines = String::new();
    for message in &checked.messages {
        // Writing to a String cannot fail.
        if message.of_post {
            let _ = write!(lines, "{}", output::cell(&checked.path));
            for number in [message.line, message.column].into_iter().map_while(|number| number) {
                let _ = write!(lines, ":{number}");
            }
            lines.push_str(": ");
        }
        let level = check::level_name(message.level, language);
        let _ = writeln!(lines, "{level}: {}", output::cell(&message.message));
    }
    let _ = writeln!(lines, "{}", end(checked, language));
    if let Some(comparison) = &checked.comparison {
        for difference in &comparison.differences {
            lines.push_str(&difference_lines(&checked.path, difference, language));
        }
        let _ = writeln!(lines, "{}", compared(&checked.path, comparison, language));
    }
    lines
}

/// A block that differs: what and where, then both sides.
fn difference_lines(path: &str, difference: &BlockDifference, language: Language) -> String {
    let line = difference.line.map(|line| format!(":{line}")).unwrap_or_default();
    let (site, preview) = match language {
        Language::En => ("site", "preview"),
        Language::Ko => ("사이트", "미리 보기"),
    };
    let message = output::cell(&difference.message);
    let mut lines = format!("{}{line}: {message}\n", output::cell(path));
    for (name, html) in [(preview, &difference.preview), (site, &difference.site)] {
        // Writing to a String cannot fail.
        let _ = writeln!(
            lines,
            "    {name}: {}",
            if html.is_empty() { "–".to_owned() } else { output::cell(html) }
        );
    }
    lines
}

/// How many blocks the site shows as the preview does, in one line.
fn compared(path: &str, comparison: &PageComparison, language: Language) -> String {
    let path = output::cell(path);
    let PageComparison { found, blocks, equal, .. } = comparison;
    match (found, language) {
        (true, Language::En) => format!("{path}: {equal} of {blocks} blocks are as the preview shows them"),
        (true, Language::Ko) => format!("{path}: 블록 {blocks}개 중 {equal}개가 미리 보기와 같습니다"),
        (false, Language::En) => {
            format!("{path}: its page does not show the post's text, so nothing is compared")
        }
        (false, Language::Ko) => format!("{path}: 페이지에 글의 내용이 없어 비교하지 못했습니다"),
    }
}

/// Whether the page is there, in one line.
fn end(checked: &BuildChecked, language: Language) -> String {
    let path = output::cell(&checked.path);
    match (&checked.page, language) {
        (Some(page), Language::En) if page.appeared => format!("{path} appears at {}", page.url),
        (Some(page), Language::Ko) if page.appeared => format!("{path} → {} 주소에 나옵니다", page.url),
        (_, Language::En) if !checked.success => format!("{path}: the site was not built"),
        (_, Language::Ko) if !checked.success => format!("{path}: 사이트가 빌드되지 않았습니다"),
        (Some(_), Language::En) => format!("{path} does not appear: the site was built without it"),
        (Some(_), Language::Ko) => format!("{path}: 나오지 않습니다. 이 글 없이 사이트가 빌드되었습니다"),
        (None, Language::En) => format!("{path}: the site was built; no page is known to be this post's"),
        (None, Language::Ko) => {
            format!("{path}: 사이트는 빌드되었지만 이 글의 페이지를 찾지 못했습니다")
        }
    }
}
