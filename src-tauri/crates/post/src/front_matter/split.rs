//! Where the front matter ends and the body begins.

use super::{Format, Parts, Reason, problem_at};

/// Front matter longer than this is not read: nobody writes it, and readers of YAML can be made to hang.
pub const LONGEST_SOURCE: usize = 64 * 1024;

/// Finds the parts of a post; looks at no more of the text than its front matter.
pub fn split(text: &str) -> Parts {
    let first_line = text.split_once('\n').map_or(text, |(line, _)| line);
    match first_line.trim_end() {
        "---" => between_lines(text, Format::Yaml, first_line.len(), &["---", "..."]),
        "+++" => between_lines(text, Format::Toml, first_line.len(), &["+++"]),
        ";;;" => without_front_matter(text, Some(Reason::BareJson)),
        _ if begins_like_json(text) => in_braces(text),
        _ => without_front_matter(text, None),
    }
}

fn without_front_matter(text: &str, reason: Option<Reason>) -> Parts {
    let problem = reason.map(|reason| problem_at(text, 0, reason));
    Parts { format: Format::None, source: 0..0, body_start: 0, problem }
}

fn between_lines(text: &str, format: Format, first_line_length: usize, closings: &[&str]) -> Parts {
    let source_start = first_line_length + 1;
    let mut at = source_start;
    while at < text.len() {
        if at - source_start > LONGEST_SOURCE {
            return without_front_matter(text, Some(Reason::TooLong));
        }
        let line_end = text[at..].find('\n').map_or(text.len(), |length| at + length);
        if closings.contains(&text[at..line_end].trim_end()) {
            let body_start = (line_end + 1).min(text.len());
            return Parts { format, source: source_start..at, body_start, problem: None };
        }
        at = line_end + 1;
    }
    without_front_matter(text, Some(Reason::Unclosed))
}

/// A brace alone is no sign: posts begin with `{{< … >}}`, `{% … %}` and `{: …}`, too.
fn begins_like_json(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('{') else { return false };
    let head = &inside.as_bytes()[..inside.len().min(1024)];
    matches!(head.iter().find(|byte| !byte.is_ascii_whitespace()), Some(b'"' | b'}'))
}

fn in_braces(text: &str) -> Parts {
    let head = &text.as_bytes()[..text.len().min(LONGEST_SOURCE)];
    let Some(source_end) = closing_brace(head) else {
        let reason = if head.len() < text.len() { Reason::TooLong } else { Reason::Unclosed };
        return without_front_matter(text, Some(reason));
    };
    let line_end = text[source_end..].find('\n').map_or(text.len(), |length| source_end + length);
    // Hexo ends JSON with `;;;`.
    let after = text[source_end..line_end].trim();
    if !after.is_empty() && after != ";;;" {
        return without_front_matter(text, None);
    }
    let body_start = (line_end + 1).min(text.len());
    Parts { format: Format::Json, source: 0..source_end, body_start, problem: None }
}

/// The place behind the brace that closes the first one.
fn closing_brace(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0usize;
    let mut in_string = false;
    let mut escaped = false;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}
