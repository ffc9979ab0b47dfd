//! Dates as posts have them.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::PlanInput;
use crate::appearing::moment::{self, Meant, Moment, Written};
use crate::front_matter::{FrontMatter, Role};
use crate::profile::{DateForm, Generator, date_of_jekyll_stem, date_of_name};

/// The date of a post.
pub(super) struct PostDate {
    /// The day in the site's zone.
    pub(super) day: Date,
    /// When the generator takes it to be; none where it cannot be read.
    pub(super) moment: Option<Timestamp>,
    /// As its generator writes it into addresses; none where it reads no date.
    pub(super) in_addresses: Option<DateTime>,
}

/// The date of the front matter, else of the chosen path's file name, else now. None where the front matter's date
/// cannot be read.
pub(super) fn date_of(read: &FrontMatter, input: &PlanInput<'_>) -> Option<PostDate> {
    let Some((field, written)) = read.field(Role::Date).zip(read.text(Role::Date)) else {
        return Some(without_field(input));
    };
    let zone = input.now.time_zone();
    let named = input.profile.time_zone.is_some().then_some(zone);
    let is_quoted = moment::is_quoted(input.text, read.format, field);
    let written = Written { text: written, is_quoted };
    let generator = input.profile.generator;
    match moment::read(generator, written, named, zone) {
        Meant::Moment(moment) => Some(of_moment(generator, &moment, zone)),
        // What a generator refuses still says its day.
        Meant::Unreadable => {
            let day = moment::mended(written.text)?.get(..10)?.parse().ok()?;
            Some(PostDate { day, moment: None, in_addresses: None })
        }
        Meant::Seconds | Meant::Unknown => None,
    }
}

fn of_moment(generator: Generator, moment: &Moment, zone: &TimeZone) -> PostDate {
    let here = |at: Timestamp| at.to_zoned(zone.clone()).datetime();
    let (at, in_addresses) = match generator {
        // Run: the parts as they are written, whatever the offset.
        Generator::Hugo | Generator::Zola | Generator::Astro | Generator::Plain => (moment.at, moment.local),
        Generator::Jekyll => (moment.at, here(moment.at)),
        // Run: Hexo takes an offset off once more, and so has the parts of the time in UTC.
        Generator::Hexo => {
            let local = moment.at.to_zoned(TimeZone::UTC).datetime();
            let local = if moment.has_offset { local } else { moment.local };
            (local.to_zoned(zone.clone()).map_or(moment.at, |zoned| zoned.timestamp()), local)
        }
    };
    let day = if generator == Generator::Jekyll || moment.has_offset { here(at) } else { moment.local };
    PostDate { day: day.date(), moment: Some(at), in_addresses: Some(in_addresses) }
}

/// A post without a date has that of its name, for the generators that read it there; a new one will have this moment.
fn without_field(input: &PlanInput<'_>) -> PostDate {
    let profile = input.profile;
    let now = input.now.datetime();
    let Some(path) = input.choices.path.as_deref() else {
        let moment = Some(input.now.timestamp());
        return PostDate { day: now.date(), moment, in_addresses: Some(now) };
    };
    let posts = profile.post_folders.iter().find_map(|posts| path.strip_prefix(posts.as_str()));
    let of_hexo = || profile.addresses.hexo_names()?.read(posts?.strip_prefix('/')?)?.date;
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (day, is_read) = match profile.generator {
        Generator::Jekyll => (date_of_jekyll_stem(stem).map(|(day, _)| day), true),
        Generator::Hexo => (of_hexo(), true),
        _ => (date_of_name(name).map(|(day, _)| day), false),
    };
    let in_addresses = day.filter(|_| is_read).map(|day| day.to_datetime(Time::midnight()));
    PostDate { day: day.unwrap_or(now.date()), moment: Some(input.now.timestamp()), in_addresses }
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
