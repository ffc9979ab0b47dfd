//! When a backup is made, what it is called, and which are kept.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use postwright_wire::Milliseconds;

const HOUR: Milliseconds = 60 * 60 * 1000;
const DAY: Milliseconds = 24 * HOUR;
const MONTH: Milliseconds = 30 * DAY;

/// The newest are kept whatever their age: after a year without writing they are what there is.
const ALWAYS_KEPT: usize = 3;

/// The time in a name is in UTC, so that names sort as times do wherever the writer is.
const NAME: &str = "library-%Y%m%dT%H%M%SZ.backup";

/// The name of a backup that is made at a time.
pub(super) fn name_of(at: Milliseconds) -> String {
    Timestamp::from_millisecond(at)
        .map(|at| at.to_zoned(TimeZone::UTC).strftime(NAME).to_string())
        .unwrap_or_else(|_| "library.backup".to_owned())
}

/// When a backup of this name was made; none for another file's name.
pub(super) fn time_of(name: &str) -> Option<Milliseconds> {
    let time = strtime::parse(NAME, name).ok()?.to_datetime().ok()?;
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond())
}

/// Whether there should be a newer backup than the newest. One from the future was made before the clock was set.
pub(super) fn is_due(newest: Option<Milliseconds>, now: Milliseconds) -> bool {
    newest.is_none_or(|newest| (now - newest).abs() >= HOUR)
}

/// Those that need not be kept: of the last day the newest of each hour is, of the last 30 days the newest of each
/// day, of the time before the newest of each 30 days. Those from the future are kept.
pub(super) fn superfluous(times: &[Milliseconds], now: Milliseconds) -> HashSet<Milliseconds> {
    let mut newest_first = times.to_vec();
    newest_first.sort_unstable_by_key(|time| std::cmp::Reverse(*time));
    let mut stood_for = HashSet::new();
    newest_first
        .into_iter()
        .enumerate()
        .filter(|(at, time)| {
            let is_first = span_of(*time, now).is_none_or(|span| stood_for.insert(span));
            !is_first && *at >= ALWAYS_KEPT
        })
        .map(|(_, time)| time)
        .collect()
}

/// The stretch of time of which one backup is kept: its length and its number.
fn span_of(time: Milliseconds, now: Milliseconds) -> Option<(Milliseconds, Milliseconds)> {
    let length = match now - time {
        age if age < 0 => return None,
        age if age < DAY => HOUR,
        age if age < MONTH => DAY,
        _ => MONTH,
    };
    Some((length, time.div_euclid(length)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_time_to_the_second() {
        let at = 1_763_721_005_000;
        assert_eq!(name_of(at), "library-20251121T103005Z.backup");
        assert_eq!(time_of(&name_of(at)), Some(at));
        for other in
            ["library.db", "library-2025.backup", "library-20251121T103005Z.backup.part", "folder.txt"]
        {
            assert_eq!(time_of(other), None, "{other}");
        }
    }

    #[test]
    fn one_is_due_an_hour_after_the_last_and_when_the_clock_was_set_back() {
        assert!(is_due(None, 0));
        assert!(!is_due(Some(0), HOUR - 1));
        assert!(is_due(Some(0), HOUR));
        assert!(is_due(Some(40 * DAY), DAY));
    }

    #[test]
    fn two_years_of_hourly_backups_leave_some_eighty_and_the_newest_of_each_span() {
        let now = 1_763_721_005_000;
        let mut kept: Vec<Milliseconds> = Vec::new();
        for hour in (0..2 * 365 * 24).rev() {
            let at = now - hour * HOUR;
            kept.push(at);
            let gone = superfluous(&kept, at);
            kept.retain(|time| !gone.contains(time));
        }
        assert!((75..=85).contains(&kept.len()), "{}", kept.len());
        let youngest_beyond =
            |age: Milliseconds| kept.iter().filter(|time| now - **time >= age).max().unwrap();
        assert_eq!(kept.iter().filter(|time| now - **time < DAY).count(), 24);
        assert!(now - youngest_beyond(DAY) <= 2 * DAY);
        assert!(now - youngest_beyond(MONTH) <= 2 * MONTH);
        assert!(now - kept.iter().min().unwrap() > 20 * MONTH, "the oldest reach back");
    }

    #[test]
    fn the_newest_three_and_those_from_the_future_are_kept() {
        let now = 100 * DAY;
        let old = [now - 50 * DAY, now - 50 * DAY + 1, now - 50 * DAY + 2];
        assert_eq!(superfluous(&old, now), HashSet::new());
        let future = [now + 1, now + 2, now + 3, now + 4];
        assert_eq!(superfluous(&future, now), HashSet::new());
    }
}
