//! `history`, `show --revision`, `restore`: what a draft was.

use postwright_wire::{KeptKind, KeptRevision, PostId};

use super::library::{minute, with_library};
use super::{Arguments, Outcome, output};
use crate::failure::Failure;

/// Lists the kept versions of a draft.
pub(super) fn list(arguments: &Arguments, post: PostId, json: bool) -> Result<Outcome, Failure> {
    let history = with_library(arguments, |app| Ok(app.history(post)?))?;
    if json {
        output::print_json(&history)?;
    } else {
        let zone = jiff::tz::TimeZone::system();
        output::print(&history.revisions.iter().map(|kept| line(kept, &zone)).collect::<String>())?;
    }
    Ok(Outcome::Done)
}

/// Prints the text of a kept version.
pub(super) fn show(arguments: &Arguments, post: PostId, number: u32) -> Result<Outcome, Failure> {
    let text = with_library(arguments, |app| Ok(app.text_of_revision(post, number)?))?;
    output::print(&text)?;
    Ok(Outcome::Done)
}

/// Brings a kept version back.
pub(super) fn restore(arguments: &Arguments, post: PostId, number: u32) -> Result<Outcome, Failure> {
    with_library(arguments, |app| Ok(app.restore(post, number)?))?;
    Ok(Outcome::Done)
}

/// Number, time, why it was kept, its length, by how much it grew, and its name; a tab between them.
fn line(kept: &KeptRevision, zone: &jiff::tz::TimeZone) -> String {
    let kind = match kept.kind {
        KeptKind::Auto => "auto",
        KeptKind::Saved => "saved",
        KeptKind::Published => "published",
        KeptKind::Merged => "merged",
        KeptKind::Restored => "restored",
    };
    let name = output::cell(kept.name.as_deref().unwrap_or_default());
    let (number, at, length, grown) = (kept.number, minute(kept.at, zone), kept.length, kept.grown);
    format!("{number}\t{at}\t{kind}\t{length}\t{grown:+}\t{name}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_one_line() {
        let kept = KeptRevision {
            number: 7,
            kind: KeptKind::Restored,
            at: 1_795_238_340_000,
            length: 12,
            grown: -3,
            name: Some("before\tthe cut".to_owned()),
        };
        let expected = "7\t2026-11-21 05:19\trestored\t12\t-3\tbefore the cut\n";
        assert_eq!(line(&kept, &jiff::tz::TimeZone::UTC), expected);
    }
}
