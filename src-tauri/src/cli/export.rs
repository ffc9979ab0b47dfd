//! `export`: a draft into a site.

use std::path::Path;

use postwright_wire::{DiffKind, FindingLevel, Generator, PostId, PublishPlan};

use super::library::{absolute, with_library};
use super::{Arguments, Outcome, output};
use crate::failure::{Failure, one_line};

/// What to export where.
pub(super) struct Export<'a> {
    pub(super) draft: PostId,
    pub(super) site: &'a Path,
    pub(super) generator: Option<Generator>,
    pub(super) path: Option<&'a str>,
    pub(super) json: bool,
}

impl Export<'_> {
    /// Says what would be written.
    pub(super) fn plan(&self, arguments: &Arguments) -> Result<Outcome, Failure> {
        let site = absolute(self.site)?;
        let plan =
            with_library(arguments, |app| Ok(app.plan(self.draft, &site, self.generator, self.path)?))?;
        if self.json {
            output::print_json(&plan)?;
        } else {
            output::print(&plan_text(&plan))?;
        }
        if let Some(obstacle) = &plan.obstacle {
            eprintln!("{}", one_line(obstacle));
        }
        Ok(plan_outcome(&plan))
    }

    /// Writes it.
    pub(super) fn write(&self, arguments: &Arguments) -> Result<Outcome, Failure> {
        let site = absolute(self.site)?;
        let published =
            with_library(arguments, |app| Ok(app.export(self.draft, &site, self.generator, self.path)?))?;
        if self.json {
            output::print_json(&published)?;
        } else {
            output::print(&published.written.iter().map(|path| format!("{path}\n")).collect::<String>())?;
        }
        Ok(Outcome::Done)
    }
}

fn plan_outcome(plan: &PublishPlan) -> Outcome {
    let grave = plan.findings.iter().any(|finding| finding.level == FindingLevel::Error);
    if grave || plan.obstacle.is_some() { Outcome::Findings } else { Outcome::Done }
}

/// Each file with its size and its diff, then the findings.
fn plan_text(plan: &PublishPlan) -> String {
    let mut text = String::new();
    for file in &plan.files {
        text.push_str(&format!("{} ({} bytes)\n", file.path, file.size));
        for line in file.diff.iter().flatten() {
            let mark = match line.kind {
                DiffKind::Kept => "  ",
                DiffKind::Added => "+ ",
                DiffKind::Removed => "- ",
                DiffKind::Skipped => "… ",
            };
            text.push_str(&format!("{mark}{}\n", line.text));
        }
    }
    for finding in &plan.findings {
        let line = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
        text.push_str(&format!("{}{line}: {}: {}\n", plan.path, level_name(finding.level), finding.message));
    }
    text
}

fn level_name(level: FindingLevel) -> &'static str {
    match level {
        FindingLevel::Note => "note",
        FindingLevel::Warning => "warning",
        FindingLevel::Error => "error",
    }
}

#[cfg(test)]
mod tests {
    use postwright_wire::{DiffLine, Error, ErrorCode, Finding, PlannedFile, PostLayout};

    use super::*;

    fn plan(level: FindingLevel) -> PublishPlan {
        let diff = vec![
            DiffLine { kind: DiffKind::Skipped, text: "4".to_owned() },
            DiffLine { kind: DiffKind::Added, text: "date: x".to_owned() },
        ];
        PublishPlan {
            fingerprint: "f".to_owned(),
            path: "p/a.md".to_owned(),
            slug: "a".to_owned(),
            folder: "p".to_owned(),
            layout: PostLayout::File,
            url: None,
            alias: None,
            slug_offers: Vec::new(),
            files: vec![PlannedFile { path: "p/a.md".to_owned(), size: 12, diff: Some(diff), from: None }],
            findings: vec![Finding {
                level,
                code: "c".to_owned(),
                message: "m".to_owned(),
                line: Some(2),
                mends: Vec::new(),
            }],
            obstacle: None,
        }
    }

    #[test]
    fn shows_files_diff_and_findings() {
        let expected = "p/a.md (12 bytes)\n… 4\n+ date: x\np/a.md:2: warning: m\n";
        assert_eq!(plan_text(&plan(FindingLevel::Warning)), expected);
    }

    #[test]
    fn a_grave_finding_or_an_obstacle_ends_with_1() {
        assert_eq!(plan_outcome(&plan(FindingLevel::Warning)), Outcome::Done);
        assert_eq!(plan_outcome(&plan(FindingLevel::Error)), Outcome::Findings);
        let obstacle =
            Error { code: ErrorCode::EmptySlug, message: "m".to_owned(), subject: None, hint: None };
        let blocked = PublishPlan { obstacle: Some(obstacle), ..plan(FindingLevel::Note) };
        assert_eq!(plan_outcome(&blocked), Outcome::Findings);
    }
}
