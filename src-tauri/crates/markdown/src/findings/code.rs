//! Fences that the generator, or its highlighter, does not take as the writer meant.

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::{Finding, FindingKind, Page};
use crate::block::TextChange;
use crate::code::{CodeSetting, ColouredCode, FenceProblem};

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    let setting = page.dialect.code();
    let mut found = Vec::new();
    for (event, range) in &page.reading.events {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else { continue };
        if info.is_empty() {
            continue;
        }
        let line = page.body[range.clone()].lines().next().unwrap_or_default();
        let span = range.start..range.start + line.len();
        let kinds = kinds(info, setting);
        found.extend(kinds.map(|kind| Finding { kind, span: span.clone(), mend: Vec::new() }));
    }
    found.extend(broken_fences(page));
    found
}

fn kinds(info: &str, setting: CodeSetting) -> impl Iterator<Item = FindingKind> + use<> {
    let colouring = ColouredCode::new(info, "", setting, &|| false).colouring();
    let unknown = colouring.unknown_language.map(|name| FindingKind::UnknownLanguage { name });
    let bad = colouring.problem.map(|problem| FindingKind::BadFence { problem });
    unknown.into_iter().chain(bad)
}

/// kramdown reads no fence where a blank stands in the info string, so there is no event of one: it is inline code.
fn broken_fences(page: &Page<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (event, range) in &page.reading.events {
        let Event::Code(_) = event else { continue };
        let source = page.body.get(range.clone()).unwrap_or_default();
        let at_line_start = page.body[..range.start].ends_with('\n') || range.start == 0;
        let (Some(info), true) = (source.strip_prefix("```"), at_line_start) else { continue };
        let line = info.lines().next().unwrap_or_default();
        let Some((word, rest)) = line.split_once(' ').filter(|_| source.contains('\n')) else { continue };
        let start = range.start + 3 + word.len();
        found.push(Finding {
            kind: FindingKind::BadFence { problem: FenceProblem::NoFence },
            span: range.start..range.start + 3 + line.len(),
            mend: vec![TextChange { from: start, to: start + 1 + rest.len(), insert: String::new() }],
        });
    }
    found
}
