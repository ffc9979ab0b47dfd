//! `check`: what the writer should know of files before they are published.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use postwright_app::checking::{self, Checking, CorrectedSites};
use postwright_wire::{self as wire, Checked, CheckedFinding, FindingLevel, Language};

use super::{Outcome, output};
use crate::failure::Failure;

/// Prints the findings; ends with those of level error, if there are any.
pub(super) fn run(
    paths: &[PathBuf],
    checking: Checking<'_>,
    library: &Path,
    json: bool,
    language: Language,
) -> Result<Outcome, Failure> {
    let corrected = CorrectedSites::of_library(library, checking.now, language)?;
    let checked = checking::check_corrected(paths, checking, &corrected, language)?;
    if json {
        output::print_json(&checked)?;
    } else {
        output::print(&lines(&checked.findings, language))?;
        output::print(&corrected_sites(&checked.corrected, language))?;
        // Of one file the eye sees it.
        if checked.posts > 1 {
            output::print(&totals(&checked, language))?;
        }
    }
    Ok(outcome(&checked))
}

/// A line for each site that is read otherwise than it was found.
fn corrected_sites(roots: &[String], language: Language) -> String {
    let line = |root: &String| match language {
        Language::En => format!("{}: read as you corrected it in the library\n", output::cell(root)),
        Language::Ko => format!("{}: 보관함에서 고친 설정대로 읽었습니다\n", output::cell(root)),
    };
    roots.iter().map(line).collect()
}

fn outcome(checked: &Checked) -> Outcome {
    let is_error = |finding: &CheckedFinding| finding.level == FindingLevel::Error;
    if checked.findings.iter().any(is_error) { Outcome::Findings } else { Outcome::Done }
}

/// One line for each finding, as compilers write them: `file:line:column: level: message`.
pub(super) fn lines(findings: &[CheckedFinding], language: Language) -> String {
    let mut lines = String::new();
    for CheckedFinding { file, line, column, level, message, .. } in findings {
        // Writing to a String cannot fail.
        let _ = write!(lines, "{}", output::cell(file));
        for number in [line, column].into_iter().map_while(Option::as_ref) {
            let _ = write!(lines, ":{number}");
        }
        let _ = writeln!(lines, ": {}: {}", level_name(*level, language), output::cell(message));
    }
    lines
}

/// How many posts, how many findings by level, and a line for each kind.
fn totals(checked: &Checked, language: Language) -> String {
    let of_level =
        |level| checked.totals.iter().filter(|total| total.level == level).map(|total| total.count).sum();
    let levels = [FindingLevel::Error, FindingLevel::Warning, FindingLevel::Note];
    let [errors, warnings, notes]: [u32; 3] = levels.map(of_level);
    let posts = checked.posts;
    let mut lines = match language {
        Language::En => format!(
            "\n{}: {}, {}, {}\n",
            many(posts, "post"),
            many(errors, "error"),
            many(warnings, "warning"),
            many(notes, "note")
        ),
        Language::Ko => format!("\n글 {posts}개: 오류 {errors}개, 주의 {warnings}개, 참고 {notes}개\n"),
    };
    for wire::CheckedTotal { level, code, count } in &checked.totals {
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{count:>7}  {}: {code}", level_name(*level, language));
    }
    lines
}

fn many(count: u32, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

pub(super) fn level_name(level: FindingLevel, language: Language) -> &'static str {
    match (level, language) {
        (FindingLevel::Note, Language::En) => "note",
        (FindingLevel::Note, Language::Ko) => "참고",
        (FindingLevel::Warning, Language::En) => "warning",
        (FindingLevel::Warning, Language::Ko) => "주의",
        (FindingLevel::Error, Language::En) => "error",
        (FindingLevel::Error, Language::Ko) => "오류",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(line: Option<u32>, level: FindingLevel) -> CheckedFinding {
        let (file, code, message) = ("a.md".to_owned(), "printed_mark".to_owned(), "두\n줄".to_owned());
        CheckedFinding {
            file,
            line,
            column: line,
            end_line: None,
            end_column: None,
            level,
            code,
            message,
            mend: None,
        }
    }

    #[test]
    fn a_finding_is_one_line() {
        let findings = [finding(Some(3), FindingLevel::Warning), finding(None, FindingLevel::Error)];
        assert_eq!(lines(&findings, Language::En), "a.md:3:3: warning: 두 줄\na.md: error: 두 줄\n");
        assert_eq!(lines(&findings[..1], Language::Ko), "a.md:3:3: 주의: 두 줄\n");
    }

    #[test]
    fn totals_are_told_by_level_and_kind() {
        let total = |level, code: &str, count| wire::CheckedTotal { level, code: code.to_owned(), count };
        let totals_of = [
            total(FindingLevel::Error, "same_address", 1),
            total(FindingLevel::Warning, "broken_link", 12),
            total(FindingLevel::Warning, "missing_image", 3),
        ];
        let checked =
            Checked { posts: 20, totals: totals_of.to_vec(), findings: Vec::new(), corrected: Vec::new() };
        let expected = "\n20 posts: 1 error, 15 warnings, 0 notes\n      1  error: same_address\n     12  warning: broken_link\n      3  warning: missing_image\n";
        assert_eq!(totals(&checked, Language::En), expected);
    }

    #[test]
    fn only_errors_end_it_with_findings() {
        let checked = |level| {
            outcome(&Checked {
                posts: 1,
                totals: Vec::new(),
                findings: vec![finding(None, level)],
                corrected: Vec::new(),
            })
        };
        assert_eq!(checked(FindingLevel::Warning), Outcome::Done);
        assert_eq!(checked(FindingLevel::Error), Outcome::Findings);
    }
}
