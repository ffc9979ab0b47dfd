//! The names of Jekyll's posts.

use jiff::ToSpan;
use jiff::civil::Date;

/// What Jekyll makes of a file's name in a folder of posts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum JekyllName<'a> {
    /// No post: it is passed over without a word.
    PassedOver,
    /// A date that ends the build.
    BadDate(&'a str),
    /// A post of this day, with this slug.
    Post(Date, &'a str),
}

/// By Jekyll's own pattern, `(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)(\.[^.]+)$` (`Jekyll::Document::DATE_FILENAME_MATCHER`).
pub(crate) fn jekyll_name(name: &str) -> JekyllName<'_> {
    name.rsplit_once('.').map_or(JekyllName::PassedOver, |(stem, _)| jekyll_stem(stem))
}

fn jekyll_stem(stem: &str) -> JekyllName<'_> {
    let mut parts = stem.splitn(4, '-');
    let (Some(year), Some(month), Some(day), Some(slug)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return JekyllName::PassedOver;
    };
    let is_number = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !(is_number(year, 4) && year.len() > 1 && is_number(month, 2) && is_number(day, 2)) {
        return JekyllName::PassedOver;
    }
    let written = &stem[..stem.len() - slug.len() - 1];
    let bad = JekyllName::BadDate(written);
    let (Ok(short), Ok(month), Ok(day)) = (year.parse::<i16>(), month.parse::<i8>(), day.parse::<i8>())
    else {
        return bad;
    };
    // Ruby's `Time.parse`: two digits are of this century up to 68; a day that its month has not is one of the next.
    let year = match year.len() {
        2 if short < 69 => 2000 + short,
        2 => 1900 + short,
        _ => short,
    };
    if !(1..=31).contains(&day) {
        return bad;
    }
    let first = Date::new(year, month, 1).ok();
    let date = first.and_then(|first| first.checked_add(i64::from(day - 1).days()).ok());
    date.map_or(bad, |date| JekyllName::Post(date, slug))
}

/// The day and the slug of a name without its ending; none if Jekyll reads no post of that name.
pub(crate) fn date_of_jekyll_stem(stem: &str) -> Option<(Date, &str)> {
    match jekyll_stem(stem) {
        JekyllName::Post(day, slug) => Some((day, slug)),
        JekyllName::PassedOver | JekyllName::BadDate(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Each as Jekyll 4.3 does.
    #[test]
    fn jekyll_reads_names() {
        for name in
            ["2018-02-07 제목.md", "2019-06-01.자바.md", "undated.md", "2021-12-30_x.md", "1-1-1-x.md"]
        {
            assert_eq!(jekyll_name(name), JekyllName::PassedOver, "{name}");
        }
        assert_eq!(jekyll_name("3002-99-99-x.md"), JekyllName::BadDate("3002-99-99"));
        assert_eq!(jekyll_name("2021-1-3-x.md"), JekyllName::Post(date(2021, 1, 3), "x"));
        assert_eq!(jekyll_name("2021-02-30-x.md"), JekyllName::Post(date(2021, 3, 2), "x"));
        assert_eq!(jekyll_name("21-1-3-a.b.md"), JekyllName::Post(date(2021, 1, 3), "a.b"));
        assert_eq!(jekyll_name("2021-12-30-.md"), JekyllName::Post(date(2021, 12, 30), ""));
    }
}
