//! Liquid as Jekyll runs it (`Liquid::Tokenizer`, `BlockBody`, `Block` and `Raw` of 4.0 and 5.4): over the whole text,
//! code or not.

use std::ops::Range;

use super::blocks::{Block, Grammar, Tags};
use super::{MacroFault, MacroFaultKind, SiteMacros};

/// The tags of Liquid 4 and 5 and of Jekyll 3 and 4.
static GRAMMAR: Grammar = Grammar {
    blocks: &[
        Block { name: "if", end: "endif", between: &["elsif", "else"] },
        Block { name: "unless", end: "endunless", between: &["elsif", "else"] },
        Block { name: "case", end: "endcase", between: &["when", "else"] },
        Block { name: "for", end: "endfor", between: &["else"] },
        Block { name: "tablerow", end: "endtablerow", between: &[] },
        Block { name: "ifchanged", end: "endifchanged", between: &[] },
        Block { name: "capture", end: "endcapture", between: &[] },
        Block { name: "comment", end: "endcomment", between: &[] },
        Block { name: "highlight", end: "endhighlight", between: &[] },
        Block { name: "raw", end: "endraw", between: &[] },
    ],
    alone: &[
        "#",
        "assign",
        "break",
        "continue",
        "cycle",
        "decrement",
        "echo",
        "include",
        "include_relative",
        "increment",
        "link",
        "liquid",
        "post_url",
        "render",
    ],
    comment: Some("comment"),
};

pub(super) fn faults(body: &str, site: &SiteMacros) -> Vec<MacroFault> {
    let mut tags = Tags::new(&GRAMMAR, site);
    let mut at = 0;
    let mut in_raw = false;
    while let Some(token) = next_token(body, at) {
        at = token.end;
        let written = &body[token.clone()];
        if in_raw {
            if ends_raw(written) {
                in_raw = false;
                tags.tag("endraw", token);
            }
            continue;
        }
        let Some(name) = name_of(written) else {
            let (kind, span) = unreadable(body, token);
            tags.fault(kind, span);
            return tags.stop();
        };
        in_raw = name == "raw" && !site.names.contains_key("raw");
        if !name.is_empty() {
            tags.tag(name, token);
        }
    }
    tags.finish()
}

/// What stands between `{%` and the next `%}`, or between `{{` and the next brace, which should be two; with no end,
/// the two characters alone.
fn next_token(body: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        let start = at + body[at..].find('{')?;
        let rest = &body[start..];
        let length = if rest.starts_with("{%") {
            rest.find("%}").map(|end| end + 2)
        } else if rest.starts_with("{{") {
            rest.find('}').map(|end| end + 1 + usize::from(rest[end + 1..].starts_with('}')))
        } else {
            at = start + 1;
            continue;
        };
        return Some(start..start + length.unwrap_or(2));
    }
}

/// The name of a tag, nothing for an output; none where Liquid cannot read it.
fn name_of(token: &str) -> Option<&str> {
    if token.starts_with("{{") {
        return (token.len() >= 4 && token.ends_with("}}")).then_some("");
    }
    let inner = token.strip_prefix("{%")?.strip_suffix("%}")?;
    let inner = inner.strip_prefix('-').unwrap_or(inner).trim_start();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let end = inner.find(|c| !is_part(c)).unwrap_or(inner.len());
    match &inner[..end] {
        "" if inner.starts_with('#') => Some("#"),
        "" => None,
        name => Some(name),
    }
}

/// The last tag of a token is `endraw`, whatever stands before it.
fn ends_raw(token: &str) -> bool {
    let last = token.rfind("{%").map(|at| &token[at..]);
    last.is_some_and(|last| last.len() > 2 && name_of(last) == Some("endraw"))
}

/// What is wrong with a token that Liquid cannot read, and where, on one line.
fn unreadable(body: &str, token: Range<usize>) -> (MacroFaultKind, Range<usize>) {
    let written = &body[token.clone()];
    if written.starts_with("{%") && written.len() > 2 {
        return (MacroFaultKind::NoName, token);
    }
    let opener = written[..2].to_owned();
    (MacroFaultKind::Unclosed { opener }, token.start..token.start + 2)
}
