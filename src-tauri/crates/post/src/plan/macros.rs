//! Macros that the target's generator does not know.

use super::PlanInput;
use super::findings::{Finding, FindingKind};
use crate::front_matter::split;
use crate::profile::Generator;

/// What a macro is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `{{< >}}` and `{{% %}}`: Hugo's.
    Shortcode,
    /// `{% %}`: Liquid, Nunjucks and Tera.
    Tag,
    /// `{{ }}`: the same.
    Output,
    /// `{: .class}`: kramdown's.
    Attributes,
}

/// Each macro of another generator, once for each line; nothing for a post that comes from no other site.
pub(super) fn unknown(input: &PlanInput<'_>) -> Vec<Finding> {
    let target = input.profile.generator;
    let Some(source) = input.source.map(|source| source.generator).filter(|source| *source != target) else {
        return Vec::new();
    };
    let parts = split(input.text);
    let first = input.text[..parts.body_start].matches('\n').count() + 1;
    let mut findings = Vec::new();
    let mut fence: Option<&str> = None;
    for (offset, line) in input.text[parts.body_start..].lines().enumerate() {
        let trimmed = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        // Liquid and Nunjucks run in code, too; the others do not.
        let in_code = fence.is_some() || mark.is_some();
        if let Some((kind, written)) = first_macro(line)
            && is_of(kind, source)
            && !is_of(kind, target)
            && (!in_code || runs_in_code(source))
        {
            let kind = FindingKind::UnknownMacro { written: written.to_owned() };
            findings.push(Finding::new(kind, Some(first + offset)));
        }
    }
    findings
}

fn runs_in_code(generator: Generator) -> bool {
    matches!(generator, Generator::Jekyll | Generator::Hexo)
}

/// Whether a generator has macros of a kind. Jekyll's tags are not Hexo's, so that one in common is told rather than
/// another one missed.
fn is_of(kind: Kind, generator: Generator) -> bool {
    match kind {
        Kind::Shortcode => generator == Generator::Hugo,
        Kind::Tag => matches!(generator, Generator::Jekyll | Generator::Hexo | Generator::Zola),
        Kind::Output => matches!(generator, Generator::Jekyll | Generator::Hexo | Generator::Zola),
        Kind::Attributes => generator == Generator::Jekyll,
    }
}

/// The first macro of a line, as written.
fn first_macro(line: &str) -> Option<(Kind, &str)> {
    let marks = [
        (Kind::Shortcode, "{{<", "}}"),
        (Kind::Shortcode, "{{%", "}}"),
        (Kind::Tag, "{%", "%}"),
        (Kind::Output, "{{", "}}"),
        (Kind::Attributes, "{:", "}"),
    ];
    let found = marks.into_iter().filter_map(|(kind, open, close)| Some((line.find(open)?, kind, close)));
    // `min_by_key` takes the first of equals: a shortcode before an output.
    let (at, kind, close) = found.min_by_key(|(at, _, _)| *at)?;
    let end = line[at..].find(close).map_or(line.len(), |length| at + length + close.len());
    Some((kind, &line[at..end]))
}
