//! Macros in code: a reader of the source sees an example, the generator runs it.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Finding, FindingKind, Page, insertion, shortened};
use crate::block::TextChange;
use crate::macros::{self, Form, Macro, Syntax};

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    let Some(syntax) = page.dialect.macros() else { return Vec::new() };
    // MDX leaves code alone, and Hexo runs nothing there.
    if matches!(syntax, Syntax::Mdx | Syntax::Nunjucks) {
        return Vec::new();
    }
    let macros = macros::all(page.body, syntax);
    if macros.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for code in code_ranges(page) {
        let first = macros.partition_point(|one| one.range.start < code.start);
        let inside = macros[first..].iter().take_while(|one| one.range.end <= code.end);
        let inside: Vec<_> = inside.filter(|one| is_run(one)).collect();
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else { continue };
        found.push(Finding {
            kind: FindingKind::MacroInCode { written: shortened(&page.body[first.range.clone()]) },
            span: first.range.start..last.range.end,
            mend: mend(page.body, syntax, &code, &inside),
        });
    }
    found
}

fn is_run(one: &Macro) -> bool {
    matches!(one.form, Form::Call | Form::End)
}

/// The source of every code span and code block that the writer wrote as Markdown.
fn code_ranges(page: &Page<'_>) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut block = None;
    for (event, range) in &page.reading.events {
        match event {
            Event::Code(_) => ranges.push(range.clone()),
            Event::Start(Tag::CodeBlock(_)) => block = Some(range.clone()),
            Event::End(TagEnd::CodeBlock) => ranges.extend(block.take()),
            _ => {}
        }
    }
    ranges
}

fn mend(body: &str, syntax: Syntax, code: &Range<usize>, inside: &[&Macro]) -> Vec<TextChange> {
    match syntax {
        // `{{< x >}}` becomes `{{</* x */>}}`, `{{ x() }}` becomes `{{/* x() */}}`.
        Syntax::Hugo | Syntax::Tera => {
            let width = if syntax == Syntax::Hugo { 3 } else { 2 };
            let escape = |one: &&Macro| {
                [insertion(one.range.start + width, "/*"), insertion(one.range.end - width, "*/")]
            };
            inside.iter().flat_map(escape).collect()
        }
        Syntax::Mdx | Syntax::Nunjucks => Vec::new(),
        Syntax::Liquid => {
            let line_start = body[..code.start].rfind('\n').map_or(0, |newline| newline + 1);
            let is_block =
                body[line_start..code.start].trim().is_empty() && body[code.clone()].contains('\n');
            if !is_block {
                return vec![insertion(code.start, "{% raw %}"), insertion(code.end, "{% endraw %}")];
            }
            let end = code.end;
            let closing = if body[..end].ends_with('\n') { "{% endraw %}\n" } else { "\n{% endraw %}" };
            vec![insertion(line_start, "{% raw %}\n"), insertion(end, closing)]
        }
    }
}
