//! The address that a post will have, where the generator's rule can be followed.

use super::PlanInput;
use super::dates::PostDate;
use super::target::Target;
use crate::addresses::Page;
use crate::front_matter::FrontMatter;

/// The path of the post's address from the site's root.
pub(super) fn of(
    input: &PlanInput<'_>,
    read: &FrontMatter,
    date: Option<&PostDate>,
    target: &Target,
) -> Option<String> {
    if target.fault.is_some() || read.problem.is_some() {
        return None;
    }
    let date = date.and_then(|date| date.in_addresses);
    Page { profile: input.profile, path: &target.path, read, date }.address()
}
