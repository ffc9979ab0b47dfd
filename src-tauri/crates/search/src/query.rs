//! The language of queries: words, phrases in quotes, what must not be there, and filters.

use std::ops::Range;
use std::sync::OnceLock;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use memchr::memmem;

use crate::document::State;
use crate::fold::{Folded, apart, fold, initial, initials, is_lone_consonant};
use crate::grams::{Needed, fold_asked, needed, needed_of_initials};

/// A filter that makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadQuery {
    /// Nothing stands behind its colon.
    #[error("nothing stands behind {filter}:")]
    NoValue {
        /// Its name.
        filter: String,
    },
    /// `is:` knows no such state.
    #[error("there is no state {value}")]
    NoState {
        /// What was written.
        value: String,
    },
    /// Not a year, a month or a day.
    #[error("{value} is no date")]
    NoDate {
        /// The filter's name.
        filter: String,
        /// What was written.
        value: String,
    },
    /// `in:` knows nothing but `history`.
    #[error("there is no place {value}")]
    NoPlace {
        /// What was written.
        value: String,
    },
}

/// What is asked for, understood.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pub(crate) terms: Vec<Term>,
    pub(crate) filters: Vec<Filter>,
    in_history: bool,
}

/// A word or phrase.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    /// As texts are folded.
    asked: String,
    /// As texts of initials are, if consonants in it stand for syllables.
    by_initials: Option<String>,
    finder: memmem::Finder<'static>,
    pub(crate) excluded: bool,
    pub(crate) needed: Needed,
}

/// A condition on a document's facts.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    pub(crate) fact: Fact,
    pub(crate) excluded: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum Fact {
    Tag(String),
    Site(String),
    Draft,
    Published,
    Changed,
    Trashed,
    /// In milliseconds.
    Before(i64),
    /// In milliseconds.
    After(i64),
}

impl Query {
    /// Reads what was typed. With `initials`, consonants that stand alone stand for the syllables that begin with them.
    /// Days begin in the writer's zone.
    pub fn parse(typed: &str, initials: bool, zone: &TimeZone) -> Result<Self, BadQuery> {
        let mut query = Query::default();
        for piece in pieces(typed) {
            let Piece { excluded, filter, text } = piece;
            match filter {
                Some(name) => query.push_filter(&name, &text, excluded, zone)?,
                None => query.terms.extend(Term::new(&text, initials, excluded)),
            }
        }
        Ok(query)
    }

    /// One text to look for, as it stands.
    pub fn literal(text: &str, initials: bool) -> Self {
        Query { terms: Term::new(text, initials, false).into_iter().collect(), ..Query::default() }
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.filters.is_empty()
    }

    /// Whether older texts are asked for.
    pub fn is_in_history(&self) -> bool {
        self.in_history
    }

    /// How many words and phrases a text must hold.
    pub fn wanted(&self) -> usize {
        self.terms.iter().filter(|term| !term.excluded).count()
    }

    /// Where a text holds what is asked for, in bytes of the text: in order and apart from each other.
    pub fn hits(&self, text: &str) -> Vec<Range<usize>> {
        self.hits_in(&fold(text), usize::MAX)
    }

    /// The same in a text that is folded already; of each word at most `most`.
    pub(crate) fn hits_in(&self, folded: &Folded, most: usize) -> Vec<Range<usize>> {
        let text = Looked::new(folded.text());
        let mut hits: Vec<Range<usize>> = Vec::new();
        for term in self.terms.iter().filter(|term| !term.excluded) {
            hits.extend(term.places(&text).take(most).map(|place| folded.source(place.start, place.end)));
        }
        hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
        let mut end = 0;
        hits.retain(|hit| {
            let is_apart = hit.start >= end;
            if is_apart {
                end = hit.end;
            }
            is_apart
        });
        hits
    }

    fn push_filter(
        &mut self,
        name: &str,
        value: &str,
        excluded: bool,
        zone: &TimeZone,
    ) -> Result<(), BadQuery> {
        if value.is_empty() {
            return Err(BadQuery::NoValue { filter: name.to_owned() });
        }
        let date = || {
            start_of(value, zone)
                .ok_or_else(|| BadQuery::NoDate { filter: name.to_owned(), value: value.to_owned() })
        };
        let fact = match name {
            "tag" => Fact::Tag(fold_asked(value)),
            "site" => Fact::Site(fold_asked(value)),
            "before" => Fact::Before(date()?),
            "after" => Fact::After(date()?),
            "in" if value.eq_ignore_ascii_case("history") => {
                self.in_history = !excluded;
                return Ok(());
            }
            "in" => return Err(BadQuery::NoPlace { value: value.to_owned() }),
            _ => state_of(value)?,
        };
        self.filters.push(Filter { fact, excluded });
        Ok(())
    }

    /// Whether a document's facts are as asked. What lies in the trash is found only if it is asked for.
    pub(crate) fn admits(&self, tags: &str, site: Option<&str>, state: State, at: i64) -> bool {
        let asks_for_trash =
            self.filters.iter().any(|filter| matches!(filter.fact, Fact::Trashed) && !filter.excluded);
        if state.trashed && !asks_for_trash {
            return false;
        }
        self.filters.iter().all(|filter| {
            let holds = match &filter.fact {
                Fact::Tag(tag) => tags.split(crate::document::APART).any(|its| its == tag),
                Fact::Site(name) => site.is_some_and(|site| site.contains(name.as_str())),
                Fact::Draft => state.draft,
                Fact::Published => state.published,
                Fact::Changed => state.changed,
                Fact::Trashed => state.trashed,
                Fact::Before(time) => at < *time,
                Fact::After(time) => at >= *time,
            };
            holds != filter.excluded
        })
    }
}

/// A folded text, as terms look through it.
#[derive(Debug)]
pub(crate) struct Looked<Text> {
    text: Text,
    initials: OnceLock<String>,
}

impl<Text: AsRef<str>> Looked<Text> {
    pub(crate) fn new(text: Text) -> Self {
        Looked { text, initials: OnceLock::new() }
    }

    fn text(&self) -> &str {
        self.text.as_ref()
    }

    fn initials(&self) -> &str {
        self.initials.get_or_init(|| initials(self.text()))
    }
}

impl Term {
    fn new(text: &str, by_initials: bool, excluded: bool) -> Option<Self> {
        let mut asked = fold_asked(text);
        let spread = apart(&asked);
        let by_initials = by_initials && spread.chars().any(is_lone_consonant);
        if by_initials {
            asked = spread;
        }
        if asked.is_empty() {
            return None;
        }
        let by_initials = by_initials.then(|| initials(&asked));
        let needed = by_initials.as_deref().map_or_else(|| needed(&asked), needed_of_initials);
        let finder = memmem::Finder::new(by_initials.as_deref().unwrap_or(&asked)).into_owned();
        Some(Term { asked, by_initials, finder, excluded, needed })
    }

    /// Whether a folded text holds it.
    pub(crate) fn is_in(&self, text: &Looked<impl AsRef<str>>) -> bool {
        match self.by_initials {
            None => self.finder.find(text.text().as_bytes()).is_some(),
            Some(_) => self.places(text).next().is_some(),
        }
    }

    /// Where a folded text holds it.
    pub(crate) fn places<'a>(
        &'a self,
        text: &'a Looked<impl AsRef<str>>,
    ) -> Box<dyn Iterator<Item = Range<usize>> + 'a> {
        match &self.by_initials {
            None => {
                let found = self.finder.find_iter(text.text().as_bytes());
                Box::new(found.map(|at| at..at + self.asked.len()))
            }
            Some(by_initials) => {
                let (initials, mut from) = (text.initials(), 0);
                Box::new(std::iter::from_fn(move || {
                    loop {
                        let at = from + self.finder.find(&initials.as_bytes()[from..])?;
                        let place = at..at + by_initials.len();
                        if self.stands_for(&text.text()[place.clone()]) {
                            from = place.end;
                            return Some(place);
                        }
                        // The next may begin within this one.
                        from = at + initials[at..].chars().next().map_or(1, char::len_utf8);
                    }
                }))
            }
        }
    }

    /// Whether a stretch with the right initials has the very syllables that were asked for, where some were.
    fn stands_for(&self, stretch: &str) -> bool {
        self.asked.chars().zip(stretch.chars()).all(|(asked, found)| {
            asked == found || (is_lone_consonant(asked) && initial(asked) == initial(found))
        })
    }
}

struct Piece {
    excluded: bool,
    filter: Option<String>,
    text: String,
}

const FILTERS: [&str; 6] = ["tag", "site", "is", "before", "after", "in"];

/// What blanks part, but for those in quotes. A quote inside a word is a letter like any other.
fn pieces(typed: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut left = typed.trim_start();
    while !left.is_empty() {
        let excluded = left.starts_with('-') && left[1..].starts_with(|next: char| !next.is_whitespace());
        left = &left[usize::from(excluded)..];
        let filter = left.split_once(':').and_then(|(name, value)| {
            let name = name.to_ascii_lowercase();
            FILTERS.contains(&name.as_str()).then_some((name, value))
        });
        let (filter, behind) = match filter {
            Some((name, value)) => (Some(name), value),
            None => (None, left),
        };
        let (text, rest) = match behind.strip_prefix('"') {
            // Who types a phrase has not closed it yet.
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => behind.split_at(behind.find(char::is_whitespace).unwrap_or(behind.len())),
        };
        pieces.push(Piece { excluded, filter, text: text.to_owned() });
        left = rest.trim_start();
    }
    pieces
}

fn state_of(value: &str) -> Result<Fact, BadQuery> {
    match value.to_lowercase().as_str() {
        "draft" => Ok(Fact::Draft),
        "published" => Ok(Fact::Published),
        "changed" => Ok(Fact::Changed),
        "trashed" => Ok(Fact::Trashed),
        _ => Err(BadQuery::NoState { value: value.to_owned() }),
    }
}

/// The first moment of a year, a month or a day, in milliseconds.
fn start_of(value: &str, zone: &TimeZone) -> Option<i64> {
    let mut parts = value.split('-');
    let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut part = || parts.next().map_or(Some(1), |part| part.parse::<i8>().ok());
    let (month, day) = (part()?, part()?);
    if parts.next().is_some() {
        return None;
    }
    let date = Date::new(year, month, day).ok()?;
    Some(date.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn parse(typed: &str) -> Result<Query, BadQuery> {
        Query::parse(typed, true, &TimeZone::UTC)
    }

    fn terms(typed: &str) -> Vec<(String, bool)> {
        parse(typed).unwrap().terms.into_iter().map(|term| (term.asked, term.excluded)).collect()
    }

    fn finds<'a>(typed: &str, text: &'a str) -> Vec<&'a str> {
        parse(typed).unwrap().hits(text).into_iter().map(|hit| &text[hit]).collect()
    }

    #[test]
    fn words_phrases_and_what_must_not_be_there() {
        let is = |word: &str, excluded| (word.to_owned(), excluded);
        assert_eq!(terms("Rust 비동기"), [is("rust", false), is("비동기", false)]);
        assert_eq!(terms("\"a  b\" -c -\"d e\""), [is("a b", false), is("c", true), is("d e", true)]);
        assert_eq!(terms("\"not closed yet"), [is("not closed yet", false)]);
        assert_eq!(
            terms("- std::io http://a.b say\"x"),
            [is("-", false), is("std::io", false), is("http://a.b", false), is("say\"x", false)]
        );
        assert!(parse("  \"\" \u{1} ").unwrap().is_empty());
    }

    #[test]
    fn filters_admit_what_they_say() {
        let admits = |typed: &str| {
            let state = State { published: true, changed: true, ..State::default() };
            parse(typed).unwrap().admits("rust\u{1}웹 개발", Some("my blog"), state, 1_000 * 86_400_000)
        };
        for typed in [
            "tag:Rust tag:\"웹 개발\"",
            "site:blog",
            "SITE:MY",
            "is:published is:changed",
            "-is:draft",
            "before:1973",
            "after:1972-09-27",
            "-before:1972-09",
            "x",
        ] {
            assert!(admits(typed), "{typed}");
        }
        for typed in [
            "tag:rus",
            "-tag:rust",
            "site:other",
            "is:draft",
            "is:trashed",
            "before:1972-09-27",
            "after:1973-01",
        ] {
            assert!(!admits(typed), "{typed}");
        }
        assert!(parse("in:history a").unwrap().is_in_history());
    }

    #[test]
    fn the_trash_is_found_when_it_is_asked_for() {
        let state = State { draft: true, trashed: true, ..State::default() };
        let admits = |typed: &str| parse(typed).unwrap().admits("", None, state, 0);
        assert!(!admits("a") && !admits("is:draft") && !admits("-is:trashed") && admits("is:trashed"));
    }

    #[test]
    fn a_filter_that_makes_no_sense_is_named() {
        assert_eq!(parse("tag:").unwrap_err(), BadQuery::NoValue { filter: "tag".to_owned() });
        assert_eq!(parse("is:gone").unwrap_err(), BadQuery::NoState { value: "gone".to_owned() });
        for value in ["yesterday", "2024-13", "2024-02-30", "24", "2024-1-1-1"] {
            let bad = BadQuery::NoDate { filter: "before".to_owned(), value: value.to_owned() };
            assert_eq!(parse(&format!("before:{value}")).unwrap_err(), bad);
        }
        assert_eq!(parse("in:attic").unwrap_err(), BadQuery::NoPlace { value: "attic".to_owned() });
    }

    #[test]
    fn consonants_stand_for_syllables_where_they_are_asked_to() {
        assert_eq!(finds("ㄱㅅ", "검색과 ㄱㅅ, 가사"), ["검색", "ㄱㅅ", "가사"]);
        assert_eq!(finds("검ㅅ", "검색 감색"), ["검색"]);
        assert_eq!(finds("ㄳ", "감사"), ["감사"]);
        let literal = Query::parse("ㄱㅅ", false, &TimeZone::UTC).unwrap();
        assert_eq!(literal.hits("검색 ㄱㅅ").len(), 1);
    }

    #[test]
    fn hits_are_apart_and_whole_letters() {
        assert_eq!(finds("aa aab", "xAAb"), ["AAb"]);
        assert_eq!(finds("각", "각가"), ["각"]);
    }
}
