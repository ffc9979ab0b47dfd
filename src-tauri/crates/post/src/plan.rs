//! What publishing a draft would write: the post's path and text, its images, what the writer should know before.

mod completion;
mod dates;
mod findings;
mod images;
mod macros;
mod references;
mod target;
mod translation;
mod url;

use jiff::Zoned;

use crate::front_matter::{self, Problem};
use crate::profile::{Layout, Profile};

pub use dates::written as written_date;
pub use findings::{Finding, FindingKind, FindingLevel};
pub use images::front_matter_texts;
pub(crate) use images::{encoded, front_matter_places, resolved};
pub use references::image_references;
pub(crate) use references::{Reference, liquid_references, references};
pub(crate) use target::path_fault;

/// What a plan is made from.
#[derive(Clone)]
pub struct PlanInput<'a> {
    /// The draft's text.
    pub text: &'a str,
    /// The site.
    pub profile: &'a Profile,
    /// The site that the text comes from, if it is a post of another one.
    pub source: Option<&'a Profile>,
    /// What the writer chose.
    pub choices: Choices,
    /// The time, in the site's zone; the writer's where the site names none.
    pub now: Zoned,
    /// The images that there are for the text: those that the library holds, and those of the site it comes from.
    pub images: &'a [Image],
    /// Whether the site has a file or folder at a path relative to it.
    pub exists: &'a dyn Fn(&str) -> bool,
}

/// What the writer chose; what is none is proposed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// The slug.
    pub slug: Option<String>,
    /// The folder for posts.
    pub folder: Option<String>,
    /// One file or a bundle.
    pub layout: Option<Layout>,
    /// The whole path inside the site; overrides the three above.
    pub path: Option<String>,
}

/// An image that the library holds for a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The reference it is known by.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// What tells its content from any other's; empty where nobody knows.
    pub hash: String,
}

/// What publishing would write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The post's file, relative to the site.
    pub path: String,
    /// The slug in use.
    pub slug: String,
    /// The folder in use.
    pub folder: String,
    /// The layout in use.
    pub layout: Layout,
    /// The path of the post's address from the site's root, where it can be told.
    pub url: Option<String>,
    /// The post's text.
    pub text: String,
    /// The images that the post shows, each content once.
    pub images: Vec<PlannedImage>,
    /// What the writer should know before, in the order of the text.
    pub findings: Vec<Finding>,
    /// Why the plan cannot be written.
    pub obstacle: Option<Obstacle>,
}

/// An image that goes with a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedImage {
    /// Its name in the library.
    pub name: String,
    /// Where it goes, relative to the site.
    pub path: String,
    /// What the post's text says for it.
    pub reference: String,
}

/// Why a plan cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    /// There is nothing to make a slug from.
    #[error("the post needs a slug")]
    EmptySlug,
    /// Something stands where the plan would write.
    #[error("{path} exists already")]
    TargetExists {
        /// The path that exists.
        path: String,
    },
    /// The path cannot be that of a post.
    #[error("{path} cannot be the path of a post: {reason}")]
    BadPath {
        /// The path.
        path: String,
        /// Why.
        reason: PathFault,
    },
    /// The generator keeps no drafts that we know of.
    #[error("this site keeps no drafts")]
    NoDrafts,
    /// The post is as it shall be already.
    #[error("nothing would change")]
    NothingToMove,
    /// A field that must change cannot be written.
    #[error("the field \"{key}\" cannot be written")]
    FieldNotWritten {
        /// The field's key.
        key: String,
    },
    /// The front matter cannot be read, so it cannot be completed.
    #[error(transparent)]
    FrontMatter(#[from] Problem),
}

/// What is wrong with a path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathFault {
    /// It leads out of the site, or into a hidden folder.
    #[error("it leads out of the site or into a hidden folder")]
    Outside,
    /// Some system has no file of that name.
    #[error("\"{name}\" cannot be a file name on every system")]
    Name {
        /// The part of the path.
        name: String,
    },
    /// It does not end like a post.
    #[error("it does not end in .md or .markdown")]
    Extension,
}

/// Where a post is or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its file, relative to the site.
    pub path: String,
    /// The slug of the file's name.
    pub slug: String,
    /// The path of its address from the site's root, where it can be told.
    pub url: Option<String>,
}

/// Where a post would be published, or where it is if the path is chosen, and the address that its front matter and
/// that path give it.
pub fn address(input: &PlanInput<'_>) -> Address {
    let read = front_matter::read(input.text);
    let date = dates::date_of(&read, input);
    let target = target::choose(input, &read, date.as_ref());
    let url = url::of(input, &read, date.as_ref(), &target);
    Address { path: target.path, slug: target.slug, url }
}

/// Plans what publishing a draft would write. For a site without a known generator the front matter stays as it is.
pub fn plan(input: &PlanInput<'_>) -> Plan {
    let text = translation::translated(input);
    let mut plan = plan_translated(&PlanInput { text: &text, ..input.clone() });
    tell_lines_of(&mut plan.findings, input.text, &text);
    plan
}

/// Findings have their lines in the translated text, and are told with those of the writer's own; one in a front matter
/// that was translated, with the first.
fn tell_lines_of(findings: &mut [Finding], own: &str, translated: &str) {
    if own == translated {
        return;
    }
    let (before, after) = (front_matter::read(own).lines, front_matter::read(translated).lines);
    for line in findings.iter_mut().filter_map(|finding| finding.line.as_mut()) {
        *line = if *line > after { *line - after + before } else { 1 };
    }
}

fn plan_translated(input: &PlanInput<'_>) -> Plan {
    let read = front_matter::read(input.text);
    let date = dates::date_of(&read, input);
    let target = target::choose(input, &read, date.as_ref());
    let images = images::place(input, &target);
    let mut findings = images.findings;
    findings.extend(macros::unknown(input));
    findings.extend(findings::about(input, &read, &target));
    let text = match read.problem {
        Some(_) => images.text,
        None => completion::complete(input, &images.text, &mut findings),
    };
    findings.sort_by_key(|finding| finding.line.unwrap_or(0));
    let obstacle = read.problem.clone().map(Obstacle::FrontMatter).or(target.fault.clone());
    let obstacle = obstacle.or_else(|| target::existing(input, &target, &images.planned));
    let url = url::of(input, &read, date.as_ref(), &target);
    let target::Target { path, slug, folder, layout, .. } = target;
    Plan { path, slug, folder, layout, url, text, images: images.planned, findings, obstacle }
}

/// A post of a site as it lies there, with nothing chosen but its path.
fn lying_at<'a>(profile: &'a Profile, path: &str, text: &'a str, now: &Zoned) -> PlanInput<'a> {
    PlanInput {
        text,
        profile,
        source: None,
        choices: Choices { path: Some(path.to_owned()), ..Choices::default() },
        now: now.clone(),
        images: &[],
        exists: &|_| false,
    }
}

/// The path of the address that a post has at a path of its site, from the site's root, where it can be told.
pub(crate) fn address_at(profile: &Profile, path: &str, text: &str, now: &Zoned) -> Option<String> {
    let input = lying_at(profile, path, text, now);
    let read = front_matter::read(text);
    let date = dates::date_of(&read, &input);
    let target = target::choose(&input, &read, date.as_ref());
    url::of(&input, &read, date.as_ref(), &target)
}

/// The day of a post by its front matter, in the site's zone; none where that says none or cannot be read.
pub(crate) fn day_of(profile: &Profile, text: &str, now: &Zoned) -> Option<jiff::civil::Date> {
    let read = front_matter::read(text);
    read.text(front_matter::Role::Date)?;
    dates::date_of(&read, &lying_at(profile, "", text, now)).map(|date| date.day)
}

#[cfg(test)]
mod tests;
