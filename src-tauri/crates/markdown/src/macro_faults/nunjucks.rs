//! Nunjucks as Hexo 8 runs it: not in code, and what it cannot close is text.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::blocks::{Block, Grammar, Tags};
use super::{MacroFault, SiteMacros};
use crate::dialect::Dialect;
use crate::macros::{self, Form, Syntax};
use crate::reading::Definitions;

/// The tags of Nunjucks 3 and of Hexo 8.1.
static GRAMMAR: Grammar = Grammar {
    blocks: &[
        Block { name: "if", end: "endif", between: &["elif", "elseif", "else"] },
        Block { name: "ifAsync", end: "endif", between: &["elif", "elseif", "else"] },
        Block { name: "for", end: "endfor", between: &["else"] },
        Block { name: "asyncEach", end: "endeach", between: &["else"] },
        Block { name: "asyncAll", end: "endall", between: &["else"] },
        Block { name: "switch", end: "endswitch", between: &["case", "default"] },
        Block { name: "block", end: "endblock", between: &[] },
        Block { name: "macro", end: "endmacro", between: &[] },
        Block { name: "call", end: "endcall", between: &[] },
        Block { name: "filter", end: "endfilter", between: &[] },
        Block { name: "set", end: "endset", between: &[] },
        Block { name: "quote", end: "endquote", between: &[] },
        Block { name: "blockquote", end: "endblockquote", between: &[] },
        Block { name: "code", end: "endcode", between: &[] },
        Block { name: "codeblock", end: "endcodeblock", between: &[] },
        Block { name: "pullquote", end: "endpullquote", between: &[] },
    ],
    alone: &[
        "extends",
        "include",
        "import",
        "from",
        "iframe",
        "img",
        "image",
        "include_code",
        "include-code",
        "a",
        "link",
        "anchor",
        "post_path",
        "post_link",
        "asset_path",
        "asset_link",
        "asset_img",
        "asset_image",
        "url_for",
        "full_url_for",
    ],
    comment: None,
};

/// What prints its content as it is written.
const RAW: &[&str] = &["raw", "verbatim"];

pub(super) fn faults(body: &str, dialect: &Dialect, site: &SiteMacros) -> Vec<MacroFault> {
    let tags = tags_of(body);
    if tags.is_empty() {
        return Vec::new();
    }
    let mut code = code_of(body, dialect).into_iter().peekable();
    let mut code_end = 0;
    let mut followed = Tags::new(&GRAMMAR, site);
    for (name, span) in tags {
        while let Some(code) = code.next_if(|code| code.start <= span.start) {
            code_end = code_end.max(code.end);
        }
        if span.start >= code_end {
            followed.tag(&name, span);
        }
    }
    followed.finish()
}

/// The tags of a text, those in the content of others too.
fn tags_of(body: &str) -> Vec<(String, Range<usize>)> {
    let mut tags = Vec::new();
    let mut read_to = 0;
    for one in macros::all(body, Syntax::Nunjucks) {
        let is_tag = matches!(one.form, Form::Call | Form::End | Form::Verbatim { .. });
        if is_tag && one.range.start >= read_to {
            read_to = tags_within(body, one.range, &mut tags);
        }
    }
    tags
}

/// The tags in a stretch in which Nunjucks reads all; and up to where it has read then.
fn tags_within(body: &str, stretch: Range<usize>, tags: &mut Vec<(String, Range<usize>)>) -> usize {
    let mut at = stretch.start;
    let mut absent = BTreeSet::new();
    while let Some(open) = body.get(at..stretch.end).and_then(|rest| Some(at + rest.find('{')?)) {
        let rest = &body[open..stretch.end];
        let closer = match rest.get(..2) {
            Some("{%") => "%}",
            Some("{#") => "#}",
            Some("{{") => "}}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let length = if absent.contains(closer) { None } else { rest.find(closer) };
        let Some(end) = length.map(|length| open + length + 2) else {
            absent.insert(closer);
            at = open + 2;
            continue;
        };
        at = end;
        if closer != "%}" {
            continue;
        }
        let inner = body[open + 2..end - 2].trim_matches('-').trim();
        let name = inner.split_whitespace().next().unwrap_or_default();
        if RAW.contains(&name) {
            at = after_raw(body, name, end);
        } else if name != "set" || !inner.contains('=') {
            tags.push((name.to_owned(), open..end));
        }
    }
    at.max(stretch.end)
}

/// Where the text behind `{% raw %}` goes on. Without an end, Nunjucks takes everything for raw.
fn after_raw(body: &str, name: &str, from: usize) -> usize {
    let end = format!("end{name}");
    let text = &body[from..];
    let closes = |at: usize| {
        let before = text[..at].trim_end().trim_end_matches('-');
        let behind = text[at + end.len()..].trim_start();
        let behind = behind.strip_prefix('-').unwrap_or(behind);
        (before.ends_with("{%") && behind.starts_with("%}")).then(|| text.len() - behind.len() + 2)
    };
    let found = text.match_indices(end.as_str()).find_map(|(at, _)| closes(at));
    found.map_or(body.len(), |length| from + length)
}

/// Code in the order of its places, in which Hexo runs nothing: spans and indented blocks, and `<code>` of HTML
/// (`Tag.render`). Fences have been left out before.
fn code_of(body: &str, dialect: &Dialect) -> Vec<Range<usize>> {
    let mut code = Vec::new();
    for (event, range) in dialect.engine().read(body, &Definitions::default()).events {
        if matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))) {
            code.push(range);
        }
    }
    let mut at = 0;
    while let Some(open) = body[at..].find("<code").map(|found| at + found) {
        let Some(end) = body[open..].find("</code>").map(|found| open + found) else { break };
        code.push(open..end);
        at = end;
    }
    code.sort_by_key(|code| code.start);
    code
}
