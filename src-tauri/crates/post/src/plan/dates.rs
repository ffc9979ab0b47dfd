//! Dates as posts have them.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::PlanInput;
use crate::front_matter::{FrontMatter, Role};
use crate::profile::{DateForm, Generator, date_of_name};

/// The date of a post.
pub(super) struct PostDate {
    /// The day in the site's zone.
    pub(super) day: Date,
    /// When the generator takes it to be; none where it cannot be read.
    pub(super) moment: Option<Timestamp>,
}

/// The date of the front matter, else of the chosen path's file name, else now. None where the front matter's date
/// cannot be read.
pub(super) fn date_of(read: &FrontMatter, input: &PlanInput<'_>) -> Option<PostDate> {
    let Some(written) = read.text(Role::Date) else {
        let name = input.choices.path.as_deref().and_then(|path| path.rsplit('/').next());
        let day = name.and_then(date_of_name).map_or(input.now.date(), |(day, _)| day);
        return Some(PostDate { day, moment: Some(input.now.timestamp()) });
    };
    let zone = input.now.time_zone();
    let (day, moment) = match parse(written)? {
        Moment::Exact(moment) => (moment.to_zoned(zone.clone()).date(), Some(moment)),
        Moment::Local(local) => {
            let zone = if is_naive_utc(input) { TimeZone::UTC } else { zone.clone() };
            (local.date(), local.to_zoned(zone).ok().map(|zoned| zoned.timestamp()))
        }
    };
    Some(PostDate { day, moment })
}

/// These take a time without an offset for UTC unless the site names its zone.
fn is_naive_utc(input: &PlanInput<'_>) -> bool {
    let takes_utc = matches!(input.profile.generator, Generator::Hugo | Generator::Jekyll | Generator::Zola);
    takes_utc && input.profile.time_zone.is_none()
}

enum Moment {
    Exact(Timestamp),
    Local(DateTime),
}

fn parse(written: &str) -> Option<Moment> {
    if let Ok(moment) = written.parse::<Timestamp>() {
        return Some(Moment::Exact(moment));
    }
    for form in ["%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%d %H:%M:%S %:z", "%Y-%m-%d %H:%M %z"]
    {
        if let Ok(zoned) = Zoned::strptime(form, written) {
            return Some(Moment::Exact(zoned.timestamp()));
        }
    }
    if let Ok(local) = DateTime::strptime("%Y-%m-%d %H:%M", written) {
        return Some(Moment::Local(local));
    }
    written.parse::<DateTime>().ok().map(Moment::Local)
}

/// A time in the form that the site's posts have.
pub fn written(now: &Zoned, form: DateForm) -> String {
    let is_utc = matches!(form, DateForm::Utc | DateForm::UtcMilliseconds);
    let now = if is_utc { &now.with_time_zone(TimeZone::UTC) } else { now };
    let form = match form {
        DateForm::Rfc3339 => "%Y-%m-%dT%H:%M:%S%:z",
        DateForm::Utc => "%Y-%m-%dT%H:%M:%SZ",
        DateForm::UtcMilliseconds => "%Y-%m-%dT%H:%M:%S.%3fZ",
        DateForm::SpacedOffset => "%Y-%m-%d %H:%M:%S %z",
        DateForm::SpacedColonOffset => "%Y-%m-%d %H:%M:%S %:z",
        DateForm::Spaced => "%Y-%m-%d %H:%M:%S",
        DateForm::Day => "%Y-%m-%d",
    };
    now.strftime(form).to_string()
}
