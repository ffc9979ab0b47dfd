//! Where the front matter ends and the body begins.

use super::{Format, Parts, Reason, problem_at};
use crate::profile::Generator;

/// Front matter longer than this is not read: nobody writes it, and readers of YAML can be made to hang.
pub const LONGEST_SOURCE: usize = 64 * 1024;

/// Finds the parts of a post; looks at no more of the text than its front matter. Blank lines may stand before it, as
/// for Hugo (run: 0.168), Astro (`@astrojs/internal-helpers`) and Zola; for the others see [`body_start`].
pub fn split(text: &str) -> Parts {
    let blank = blank_lines(text);
    if blank == 0 {
        return split_at_start(text);
    }
    let parts = split_at_start(&text[blank..]);
    let source = &text[blank..][parts.source.clone()];
    // Between two such lines a text may stand as well as fields.
    let is_meant = parts.problem.is_none() && (parts.format != Format::Yaml || has_fields(source));
    if parts.format == Format::None || !is_meant {
        return without_front_matter(text, None);
    }
    let source = parts.source.start + blank..parts.source.end + blank;
    Parts { source, body_start: parts.body_start + blank, ..parts }
}

/// Where the body begins for a generator. Jekyll and Hexo read a front matter at the very beginning alone (run: 4.3 and
/// 8.1), and take everything for the body where blank lines stand before it.
pub fn body_start(text: &str, generator: Generator) -> usize {
    match generator {
        Generator::Jekyll | Generator::Hexo if blank_lines(text) > 0 => 0,
        _ => split(text).body_start,
    }
}

/// The bytes of the blank lines that stand before a front matter; none where there is no front matter.
pub fn blank_before(text: &str) -> usize {
    let blank = blank_lines(text);
    if blank > 0 && split(text).format != Format::None { blank } else { 0 }
}

/// The bytes of the blank lines at the beginning.
fn blank_lines(text: &str) -> usize {
    let head = &text[..text.floor_char_boundary(LONGEST_SOURCE)];
    let lines = head.split_inclusive('\n').take_while(|line| line.ends_with('\n') && line.trim().is_empty());
    lines.map(str::len).sum()
}

/// Whether the first line that is not blank or a comment holds a key.
fn has_fields(source: &str) -> bool {
    let mut lines = source.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let is_field = |line: &str| {
        let key =
            line.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with([' ', '\t']));
        key.is_some_and(|(key, _)| !key.is_empty() && !key.starts_with(['-', '*', '>', ' ', '|']))
    };
    lines.next().is_some_and(is_field)
}

fn split_at_start(text: &str) -> Parts {
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
