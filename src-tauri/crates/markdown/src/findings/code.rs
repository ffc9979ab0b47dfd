//! Fences that the generator, or its highlighter, does not take as the writer meant.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::{Finding, FindingKind, Page};
use crate::block::TextChange;
use crate::code::{CodeSetting, ColouredCode, FenceProblem, Notation};

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

/// kramdown reads no fence where a blank stands in the info string, so there is no event of one: its line is text, or
/// begins inline code, and what should close it may open another.
fn broken_fences(page: &Page<'_>) -> Vec<Finding> {
    if page.dialect.code().notation != Notation::Jekyll {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (mut looked_at, mut in_code) = (0, false);
    for (event, range) in &page.reading.events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ => {}
        }
        let (Event::Text(_) | Event::Code(_), false) = (event, in_code) else { continue };
        let Some(before) = page.body.get(..range.start) else { continue };
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        if start < looked_at {
            continue;
        }
        looked_at = start + 1;
        found.extend(broken_fence(page.body, start));
    }
    found
}

/// The line at `start`, if it would open a fence but for what follows the language.
fn broken_fence(body: &str, start: usize) -> Option<Finding> {
    let line = body[start..].lines().next()?;
    let marked = line.trim_start_matches([' ', '>']);
    let info = ["```", "~~~"].iter().find_map(|fence| marked.strip_prefix(fence))?;
    let info = info.trim_start_matches(['`', '~']);
    let (word, _) = info.trim().split_once(' ').filter(|_| !info.contains('`'))?;
    let end = start + line.trim_end().len();
    let from = start + line.len() - info.trim_start().len() + word.len();
    Some(Finding {
        kind: FindingKind::BadFence { problem: FenceProblem::NoFence },
        span: start + line.len() - marked.len()..end,
        mend: vec![TextChange { from, to: end, insert: String::new() }],
    })
}
