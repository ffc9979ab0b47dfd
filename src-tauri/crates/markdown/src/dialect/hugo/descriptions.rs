//! Descriptions of terms that only pulldown-cmark sees: goldmark lets no space stand before their colon.

use pulldown_cmark::{Event, Options, Parser, Tag};

/// The source with other letters for the colons that are no descriptions in goldmark, so that they are read as text;
/// nothing if there are none. Every byte stays where it is.
pub(super) fn misplaced_hidden(source: &str, options: Options) -> Option<String> {
    if !options.contains(Options::ENABLE_DEFINITION_LIST) || !has_indented_colon(source) {
        return None;
    }
    let misplaced = misplaced(source, options);
    if misplaced.is_empty() {
        return None;
    }
    let mut hidden = String::with_capacity(source.len());
    let mut from = 0;
    for at in misplaced {
        if source.as_bytes()[at] == b':' {
            hidden.push_str(&source[from..at]);
            hidden.push('x');
            from = at + 1;
        }
    }
    hidden.push_str(&source[from..]);
    Some(hidden)
}

fn has_indented_colon(source: &str) -> bool {
    source.match_indices(": ").any(|(at, _)| source[..at].ends_with([' ', '\t']))
        || source.match_indices(":\t").any(|(at, _)| source[..at].ends_with([' ', '\t']))
}

/// pulldown-cmark begins a description behind what its containers put before the line.
fn misplaced(source: &str, options: Options) -> Vec<usize> {
    let starts =
        Parser::new_ext(source, options).into_offset_iter().filter_map(|(event, range)| match event {
            Event::Start(Tag::DefinitionListDefinition) => Some(range.start),
            _ => None,
        });
    let indents =
        starts.map(|start| (start, source[start..].bytes().take_while(|byte| *byte == b' ').count()));
    indents.filter(|(_, indent)| *indent > 0).map(|(start, indent)| start + indent).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(source: &str) -> Option<String> {
        misplaced_hidden(source, Options::ENABLE_DEFINITION_LIST)
    }

    /// Hugo 0.168.
    #[test]
    fn hides_colons_with_space_before_them() {
        assert_eq!(hidden("가\n : 나\n").as_deref(), Some("가\n x 나\n"));
        assert_eq!(hidden("1. 가\n    : 나\n").as_deref(), Some("1. 가\n    x 나\n"));
    }

    #[test]
    fn leaves_descriptions_alone() {
        for source in
            ["가\n: 나\n", "1. 가\n   : 나\n", "> 가\n> : 나\n", "- a\n\n  가\n  : 나\n", "가 : 나\n"]
        {
            assert_eq!(hidden(source), None, "{source}");
        }
    }
}
