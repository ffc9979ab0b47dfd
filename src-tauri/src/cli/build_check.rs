//! `build-check`: what the site's own generator makes of a post.

use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::path::Path;

use postwright_app::build_check;
use postwright_wire::{BuildChecked, BuildMessage, FindingLevel, Language};

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
    lines
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
