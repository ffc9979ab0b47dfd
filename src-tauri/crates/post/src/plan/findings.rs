//! What the writer should know before publishing.

use super::PlanInput;
use super::target::Target;
use crate::front_matter::{FrontMatter, Role};
use crate::profile::{Generator, is_post_path};

/// Something the writer should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How grave it is.
    pub level: FindingLevel,
    /// What it is, for programs: `missing_image`, `no_tags`, …
    pub code: &'static str,
    /// Line in the draft, from 1, where there is one.
    pub line: Option<usize>,
    /// What it is.
    pub kind: FindingKind,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingLevel {
    /// Good to know.
    Note,
    /// Probably not what the writer wants.
    Warning,
    /// The site will not build, or the post will not appear.
    Error,
}

/// What a finding is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindingKind {
    /// An image that neither the library nor the site has.
    MissingImage {
        /// As written.
        reference: String,
    },
    /// The post has no tags.
    NoTags,
    /// The post has no title, and no text to take one from.
    NoTitle,
    /// A field that the plan wanted to write could not be written.
    FieldNotWritten {
        /// The field's key.
        key: String,
    },
    /// A macro of the site that the post comes from, which this site's generator prints or stumbles over.
    UnknownMacro {
        /// As written.
        written: String,
    },
    /// The generator does not read a file at this path as a post.
    NotAPost {
        /// The path.
        path: String,
    },
}

impl Finding {
    pub(super) fn new(kind: FindingKind, line: Option<usize>) -> Finding {
        let (level, code) = match kind {
            FindingKind::MissingImage { .. } => (FindingLevel::Warning, "missing_image"),
            FindingKind::NoTags => (FindingLevel::Note, "no_tags"),
            FindingKind::NoTitle => (FindingLevel::Warning, "no_title"),
            FindingKind::FieldNotWritten { .. } => (FindingLevel::Warning, "field_not_written"),
            FindingKind::UnknownMacro { .. } => (FindingLevel::Warning, "unknown_macro"),
            FindingKind::NotAPost { .. } => (FindingLevel::Error, "not_a_post"),
        };
        Finding { level, code, line, kind }
    }
}

/// What is to say about the front matter and the path; what keeps the post from appearing is [`crate::appearing`]'s.
pub(super) fn about(input: &PlanInput<'_>, read: &FrontMatter, target: &Target) -> Vec<Finding> {
    let mut findings = Vec::new();
    if target.fault.is_none() && !is_post_path(input.profile, &target.path) {
        findings.push(Finding::new(FindingKind::NotAPost { path: target.path.clone() }, None));
    }
    if read.problem.is_some() || input.profile.generator == Generator::Plain {
        return findings;
    }
    let line_of = |role| read.field(role).map(|field| field.line);
    if read.list(Role::Tags).is_empty() {
        findings.push(Finding::new(FindingKind::NoTags, line_of(Role::Tags)));
    }
    findings
}
