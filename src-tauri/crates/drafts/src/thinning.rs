//! The history grows thinner with age. What the writer did (saved, published, merged, brought back, gave a name) is
//! kept for good. Of what was kept from time to time stays
//!
//! - everything for a day,
//! - for a week the last of each hour,
//! - for ninety days the last of each day,
//! - after that the last of each week.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use crate::packing::{Packed, Packing};
use crate::revisions::{summaries, text_of};
use crate::{Library, LibraryError, RevisionKind, RevisionSummary};

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// The numbers of the revisions that are to go at a time, the newest first. `offset` is the writer's zone's distance
/// from UTC in milliseconds: their days are meant.
pub fn revisions_to_drop(revisions: &[RevisionSummary], now: i64, offset: i64) -> Vec<u32> {
    let mut newest_first: Vec<&RevisionSummary> = revisions
        .iter()
        .filter(|revision| revision.kind == RevisionKind::Auto && revision.name.is_none())
        .collect();
    newest_first.sort_by_key(|revision| std::cmp::Reverse(revision.number));
    let mut taken = HashSet::new();
    newest_first
        .into_iter()
        .filter(|revision| slot_of(revision.at, now, offset).is_some_and(|slot| !taken.insert(slot)))
        .map(|revision| revision.number)
        .collect()
}

/// The stretch of time of which one revision is kept: its length and which of these it is; none for a time of which all
/// are, that of a clock which was set back since among them.
fn slot_of(at: i64, now: i64, offset: i64) -> Option<(i64, i64)> {
    let age = now.saturating_sub(at);
    let length = match age {
        ..DAY => return None,
        DAY..WEEK => HOUR,
        _ if age < 90 * DAY => DAY,
        _ => WEEK,
    };
    Some((length, at.saturating_add(offset).div_euclid(length)))
}

impl Library {
    /// Thins the draft's history and answers how many revisions went. What stays keeps its text: where it was packed
    /// with one that goes, it is packed anew first. One that cannot be read is left alone, and so is what it rests on.
    pub fn thin_revisions(&self, draft: u32, now: i64, offset: i64) -> Result<usize, LibraryError> {
        let runs = self.read(|connection| {
            let to_drop = revisions_to_drop(&summaries(connection, draft)?, now, offset);
            runs_of(connection, draft, &to_drop)
        })?;
        let mut gone = 0;
        for run in runs {
            // Read and packed here, so that edits need not wait for it.
            match self.read(|connection| run.rest_anew(connection, draft)) {
                Ok(resting) => {
                    gone += self.write(move |writing| run.drop(writing.transaction, draft, resting))?
                }
                Err(LibraryError::Damaged { detail, .. }) => {
                    tracing::warn!(draft, detail, "revisions are kept because one of them cannot be read");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(gone)
    }
}

/// Revisions that go, each based on the next.
struct Run {
    numbers: Vec<u32>,
    /// What the oldest of them is based on.
    base: Option<u32>,
    /// The one that is based on the newest of them.
    child: Option<u32>,
}

/// What of the history is packed anew before a run goes.
struct Resting {
    child: u32,
    packed: Packed,
}

fn runs_of(connection: &Connection, draft: u32, to_drop: &[u32]) -> Result<Vec<Run>, LibraryError> {
    let mut runs: Vec<Run> = Vec::new();
    for &number in to_drop {
        let base = base_of(connection, draft, number)?;
        match runs.last_mut() {
            Some(run) if run.base == Some(number) => {
                run.numbers.push(number);
                run.base = base;
            }
            _ => runs.push(Run { numbers: vec![number], base, child: child_of(connection, draft, number)? }),
        }
    }
    Ok(runs)
}

fn base_of(connection: &Connection, draft: u32, number: u32) -> Result<Option<u32>, LibraryError> {
    let mut base =
        connection.prepare_cached("select based_on from revisions where draft = ?1 and number = ?2")?;
    Ok(base.query_row([draft, number], |row| row.get(0)).optional()?.flatten())
}

fn child_of(connection: &Connection, draft: u32, number: u32) -> Result<Option<u32>, LibraryError> {
    let mut child =
        connection.prepare_cached("select number from revisions where draft = ?1 and based_on = ?2")?;
    Ok(child.query_row([draft, number], |row| row.get(0)).optional()?)
}

impl Run {
    fn rest_anew(&self, connection: &Connection, draft: u32) -> Result<Option<Resting>, LibraryError> {
        let Some(child) = self.child else { return Ok(None) };
        let text = text_of(connection, draft, child)?;
        let base = self.base.map_or(Ok(String::new()), |base| text_of(connection, draft, base))?;
        let packed = Packed::of(&text, &base).map_err(|error| LibraryError::damaged(error.to_string()))?;
        Ok(Some(Resting { child, packed }))
    }

    /// Leaves everything as it is where one was packed upon the run, or named, since it was looked at.
    fn drop(
        &self,
        connection: &Connection,
        draft: u32,
        resting: Option<Resting>,
    ) -> Result<usize, LibraryError> {
        let Some(&newest) = self.numbers.first() else { return Ok(0) };
        let is_as_seen = child_of(connection, draft, newest)? == self.child
            && self.numbers.iter().try_fold(true, |so_far, &number| {
                Ok::<bool, LibraryError>(so_far && is_nameless(connection, draft, number)?)
            })?;
        if !is_as_seen {
            return Ok(0);
        }
        if let Some(Resting { child, packed }) = resting {
            connection.execute(
                "update revisions set packing = ?3, based_on = ?4, packed = ?5 where draft = ?1 and number = ?2",
                params![draft, child, Packing::Zstd.name(), self.base, packed.bytes],
            )?;
        }
        let mut gone = 0;
        for number in &self.numbers {
            gone += connection
                .execute("delete from revisions where draft = ?1 and number = ?2", [draft, *number])?;
        }
        Ok(gone)
    }
}

fn is_nameless(connection: &Connection, draft: u32, number: u32) -> Result<bool, LibraryError> {
    let mut nameless = connection
        .prepare_cached("select 1 from revisions where draft = ?1 and number = ?2 and name is null")?;
    Ok(nameless.exists([draft, number])?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn auto(number: u32, at: i64) -> RevisionSummary {
        RevisionSummary {
            number,
            revision: number,
            kind: RevisionKind::Auto,
            at,
            length_utf16: 0,
            name: None,
        }
    }

    fn kept(revisions: &[RevisionSummary], now: i64) -> Vec<u32> {
        let gone = revisions_to_drop(revisions, now, 0);
        revisions.iter().map(|each| each.number).filter(|number| !gone.contains(number)).collect()
    }

    #[test]
    fn all_of_a_day_then_one_an_hour_a_day_a_week() {
        let now = 1000 * WEEK;
        let every = |step: i64, count: i64, from: i64| -> Vec<RevisionSummary> {
            (0..count).map(|at| auto(at as u32, now - from - (count - 1 - at) * step)).collect()
        };
        assert_eq!(kept(&every(HOUR / 6, 143, 0), now).len(), 143);
        assert_eq!(kept(&every(HOUR / 6, 6 * 24, 3 * DAY), now).len(), 25, "24 hours, of 25 slots");
        assert_eq!(kept(&every(HOUR, 24 * 10, 20 * DAY), now).len(), 11);
        assert_eq!(kept(&every(DAY, 70, 200 * DAY), now).len(), 11);
    }

    #[test]
    fn of_each_slot_the_last_stays() {
        let now = 10 * DAY;
        let revisions = [auto(1, 8 * DAY), auto(2, 8 * DAY + 1), auto(3, 8 * DAY + HOUR - 1)];
        assert_eq!(kept(&revisions, now), [3]);
    }

    #[test]
    fn what_the_writer_did_stays() {
        let now = 1000 * WEEK;
        let mut revisions: Vec<RevisionSummary> = (0..6).map(|at| auto(at, 9)).collect();
        let kinds =
            [RevisionKind::Saved, RevisionKind::Published, RevisionKind::Merged, RevisionKind::Restored];
        for (revision, kind) in revisions.iter_mut().zip(kinds) {
            revision.kind = kind;
        }
        revisions[4].name = Some("before the cut".to_owned());
        assert_eq!(kept(&revisions, now).len(), 6);
    }

    #[test]
    fn the_writers_days_count() {
        let now = 100 * DAY;
        // 23:30 and 00:30 in Seoul: 14:30 and 15:30 in UTC.
        let revisions = [auto(1, 50 * DAY + 14 * HOUR + HOUR / 2), auto(2, 50 * DAY + 15 * HOUR + HOUR / 2)];
        assert_eq!(revisions_to_drop(&revisions, now, 0), [1]);
        assert!(revisions_to_drop(&revisions, now, 9 * HOUR).is_empty());
    }

    #[test]
    fn a_clock_that_was_set_back_costs_nothing() {
        let revisions = [auto(1, i64::MAX), auto(2, 5 * DAY), auto(3, 5 * DAY)];
        assert!(revisions_to_drop(&revisions, 0, 0).is_empty());
    }

    proptest! {
        /// Thinning often leaves what thinning once leaves, and never takes the newest.
        #[test]
        fn thinning_in_between_changes_nothing(
            mut times in prop::collection::vec(0..400 * DAY, 1..80),
            looks in prop::collection::vec(0..500 * DAY, 0..6),
        ) {
            times.sort_unstable();
            let all: Vec<RevisionSummary> = (1..).zip(&times).map(|(number, &at)| auto(number, at)).collect();
            let end = 500 * DAY;
            let mut looks = looks;
            looks.sort_unstable();
            let mut left = all.clone();
            for look in looks {
                let written: Vec<RevisionSummary> = left.iter().filter(|each| each.at <= look).cloned().collect();
                let gone = revisions_to_drop(&written, look, 0);
                left.retain(|each| !gone.contains(&each.number));
            }
            prop_assert_eq!(kept(&left, end), kept(&all, end));
            prop_assert!(kept(&all, end).contains(&all[all.len() - 1].number));
        }
    }
}
