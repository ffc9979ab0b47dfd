//! When a generator takes a written date to be.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

use crate::front_matter::{Field, Format};
use crate::profile::Generator;

/// A date as it stands in a front matter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written<'a> {
    pub(crate) text: &'a str,
    /// YAML takes a whole date and time without quotes for a time of its own, in UTC.
    pub(crate) is_quoted: bool,
}

/// What a generator makes of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meant {
    /// This moment.
    Moment(Moment),
    /// Seconds since 1970: a date without its hyphens.
    Seconds,
    /// It cannot be read.
    Unreadable,
    /// It can be read, or nobody knows: by rules that are not followed here.
    Unknown,
}

/// A moment, and the parts that it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) at: Timestamp,
    /// As it stands there, without the offset.
    pub(crate) local: DateTime,
    pub(crate) has_offset: bool,
}

/// Whether the value of a field of YAML stands in quotes on its line.
pub(crate) fn is_quoted(text: &str, format: Format, field: &Field) -> bool {
    let line = &text[super::line(text, field.line)];
    let value = line.split_once(':').map_or("", |(_, value)| value.trim_start());
    format != Format::Yaml || value.starts_with(['"', '\''])
}

/// Reads a date as the generator does (each rule run: Hugo 0.168, Jekyll 4.3, Hexo 8.1). `zone` is the site's, and
/// `machine` that of the machine which builds it.
pub(crate) fn read(
    generator: Generator,
    written: Written<'_>,
    zone: Option<&TimeZone>,
    machine: &TimeZone,
) -> Meant {
    let text = written.text.trim();
    if !text.contains(|letter: char| letter.is_ascii_digit()) {
        return Meant::Unreadable;
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let is_number = matches!(generator, Generator::Hugo | Generator::Hexo) && !written.is_quoted;
        return if is_number { Meant::Seconds } else { Meant::Unknown };
    }
    let Some(parts) = Parts::of(text) else { return Meant::Unknown };
    let Some(local) = parts.local() else { return Meant::Unreadable };
    if generator == Generator::Hugo && !parts.is_read_by_hugo() {
        return Meant::Unreadable;
    }
    let offset = parts.offset.and_then(|offset| Offset::from_seconds(offset).ok()).map(TimeZone::fixed);
    let zone = match generator {
        Generator::Hugo => zone.cloned().unwrap_or(TimeZone::UTC),
        Generator::Zola => TimeZone::UTC,
        // What JavaScript's YAML takes for a time is in UTC, and so is a day alone; any other text is a local time.
        Generator::Astro if parts.time.is_none() || parts.is_yaml_time() && !written.is_quoted => {
            TimeZone::UTC
        }
        Generator::Jekyll if parts.is_yaml_time() && !written.is_quoted => TimeZone::UTC,
        _ => zone.unwrap_or(machine).clone(),
    };
    let at = local.to_zoned(offset.unwrap_or(zone)).map(|zoned: Zoned| zoned.timestamp());
    let moment = |at| Moment { at, local, has_offset: parts.offset.is_some() };
    at.map_or(Meant::Unreadable, |at| Meant::Moment(moment(at)))
}

/// The same date in the form that every generator reads; none where its parts cannot be told.
pub(crate) fn mended(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let date: Date = format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).parse().ok()?;
        return Some(date.to_string());
    }
    let parts = Parts::of(text)?;
    let local = parts.local()?;
    if parts.time.is_none() {
        return Some(local.date().to_string());
    }
    let offset = parts.offset.map(written_offset).unwrap_or_default();
    Some(format!(
        "{}{}{offset}",
        local.strftime("%Y-%m-%d"),
        local.strftime(if offset.is_empty() { " %H:%M:%S" } else { "T%H:%M:%S" })
    ))
}

fn written_offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `2021-12-30 16:28:14 +0900`, in whatever form it is written.
struct Parts {
    year: i16,
    month: i8,
    day: i8,
    /// All of them with all their digits, and hyphens between them.
    is_padded: bool,
    time: Option<ClockTime>,
    /// In seconds.
    offset: Option<i32>,
    offset_stands_apart: bool,
    offset_is_z: bool,
}

struct ClockTime {
    hour: i8,
    minute: i8,
    second: Option<i8>,
    is_padded: bool,
    /// What stands before it.
    behind: char,
}

impl Parts {
    fn of(text: &str) -> Option<Parts> {
        let mut rest = text;
        let year = digits(&mut rest)?;
        let separator = rest.chars().next().filter(|letter| matches!(letter, '-' | '/' | '.'))?;
        let month = digits(rest.strip_prefix(separator).map(|after| {
            rest = after;
            &mut rest
        })?)?;
        let day = digits(rest.strip_prefix(separator).map(|after| {
            rest = after;
            &mut rest
        })?)?;
        if year.len() != 4 || month.len() > 2 || day.len() > 2 {
            return None;
        }
        let is_padded = separator == '-' && month.len() == 2 && day.len() == 2;
        let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        let time = ClockTime::of(&mut rest);
        let after = rest.trim_start();
        let offset_stands_apart = after.len() < rest.len();
        let offset = if time.is_some() && !after.is_empty() { Some(offset_of(after)?) } else { None };
        let offset_is_z = after == "Z";
        let is_whole = time.is_some() || after.is_empty();
        is_whole.then_some(Parts {
            year,
            month,
            day,
            is_padded,
            time,
            offset,
            offset_stands_apart,
            offset_is_z,
        })
    }

    fn local(&self) -> Option<DateTime> {
        let date = Date::new(self.year, self.month, self.day).ok()?;
        let time = match &self.time {
            Some(time) => Time::new(time.hour, time.minute, time.second.unwrap_or(0), 0).ok()?,
            None => Time::midnight(),
        };
        Some(date.to_datetime(time))
    }

    /// One of the forms that Hugo tries one after the other.
    fn is_read_by_hugo(&self) -> bool {
        let Some(time) = &self.time else { return self.is_padded };
        let is_whole = self.is_padded && time.is_padded && time.second.is_some();
        is_whole && (!self.offset_stands_apart || time.behind == ' ' && !self.offset_is_z)
    }

    /// What YAML takes for a time without being told.
    fn is_yaml_time(&self) -> bool {
        self.time.as_ref().is_some_and(|time| time.second.is_some())
    }
}

impl ClockTime {
    /// Takes a time off the beginning of what follows the day.
    fn of(rest: &mut &str) -> Option<ClockTime> {
        let behind = rest.chars().next().filter(|letter| matches!(letter, ' ' | 'T' | 't'))?;
        let mut after = rest[1..].trim_start_matches(' ');
        let hour = digits(&mut after)?;
        after = after.strip_prefix(':')?;
        let minute = digits(&mut after)?;
        let mut second = None;
        if let Some(mut seconds) = after.strip_prefix(':') {
            second = Some(digits(&mut seconds)?);
            after = seconds;
            if let Some(mut fraction) = after.strip_prefix('.') {
                digits(&mut fraction)?;
                after = fraction;
            }
        }
        *rest = after;
        let is_padded = hour.len() == 2 && minute.len() == 2 && second.is_none_or(|second| second.len() == 2);
        let second =
            second.map(|second| second.parse().ok()).map_or(Some(None), |second| second.map(Some))?;
        Some(ClockTime { hour: hour.parse().ok()?, minute: minute.parse().ok()?, second, is_padded, behind })
    }
}

/// Takes digits off the beginning.
fn digits<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, after) = rest.split_at(end);
    *rest = after;
    (!digits.is_empty()).then_some(digits)
}

/// `Z`, `+09:00`, `+0900` or `+09`, in seconds.
fn offset_of(text: &str) -> Option<i32> {
    if text == "Z" {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|letter| *letter != ':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.as_str(), "0"),
        4 => digits.split_at(2),
        _ => return None,
    };
    Some(sign * (hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(generator: Generator, text: &str, zone: Option<i8>) -> String {
        let is_quoted = text.starts_with('"');
        let written = Written { text: text.trim_matches('"'), is_quoted };
        let zone = zone.map(|hours| TimeZone::fixed(jiff::tz::offset(hours)));
        match read(generator, written, zone.as_ref(), &TimeZone::UTC) {
            Meant::Moment(moment) => moment.at.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn hugo_reads_these_and_no_others() {
        let hugo = |text| meant(Generator::Hugo, text, None);
        for text in [
            "2021-12-30T16:28:14+09:00",
            "2021-12-30 16:28:14 +0900",
            "2021-12-30 16:28:14+09:00",
            "2021-12-30 16:28:14 +09:00",
            "2021-12-30T16:28:14+0900",
        ] {
            assert_eq!(hugo(text), "2021-12-30T07:28:14Z", "{text}");
        }
        for text in
            ["2021-12-30T16:28:14", "2021-12-30 16:28:14", "2021-12-30T16:28:14Z", "2021-12-30 16:28:14.5"]
        {
            assert_eq!(hugo(text), "2021-12-30T16:28:14Z", "{text}");
        }
        for text in [
            "2021-12-30 16:28",
            "2021-1-3",
            "2021/12/30",
            "2021.12.30",
            "2021-13-30",
            "2021-12-30T16:28",
            "2021-12-30 16:28:14 Z",
            "2021-12-30T16:28:14 +0900",
            "true",
        ] {
            assert_eq!(hugo(text), "Unreadable", "{text}");
        }
        assert_eq!(hugo("20211230"), "Seconds");
        assert_eq!(hugo("30 Dec 2021"), "Unknown");
        assert_eq!(meant(Generator::Hugo, "2021-12-30 16:28:14", Some(9)), "2021-12-30T07:28:14Z");
    }

    #[test]
    fn jekyll_takes_a_bare_time_for_utc_and_all_else_for_the_sites_zone() {
        let jekyll = |text| meant(Generator::Jekyll, text, Some(9));
        for text in ["2021-12-30 16:28:14", "2021-12-30T16:28:14"] {
            assert_eq!(jekyll(text), "2021-12-30T16:28:14Z", "{text}");
        }
        for text in ["\"2021-12-30 16:28:14\"", "2021-12-30 16:28:14 +0900"] {
            assert_eq!(jekyll(text), "2021-12-30T07:28:14Z", "{text}");
        }
        assert_eq!(jekyll("2021-12-30 16:28"), "2021-12-30T07:28:00Z");
        assert_eq!(jekyll("2021/12/30"), "2021-12-29T15:00:00Z");
        assert_eq!(jekyll("20211230"), "Unknown");
        assert_eq!(jekyll("2021-13-45"), "Unreadable");
    }

    #[test]
    fn a_date_is_mended_into_what_all_read() {
        for (written, mended_to) in [
            ("2021/12/30", "2021-12-30"),
            ("2021-1-3", "2021-01-03"),
            ("20211230", "2021-12-30"),
            ("2021-12-30 16:28", "2021-12-30 16:28:00"),
            ("2021-12-30T16:28:14 +0900", "2021-12-30T16:28:14+09:00"),
            ("2021-12-30 16:28 -0330", "2021-12-30T16:28:00-03:30"),
        ] {
            assert_eq!(mended(written).as_deref(), Some(mended_to), "{written}");
        }
        assert_eq!(mended("2021년 12월"), None);
        assert_eq!(mended("2021-13-01"), None);
    }
}
