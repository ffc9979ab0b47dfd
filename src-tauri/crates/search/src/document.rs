use std::fmt::{self, Display};

use memchr::memmem;

use crate::fold::fold;

/// What parts a document's text from its title, and its headings from each other, where they are looked through.
pub(crate) const APART: char = '\u{1}';

/// Where a document is kept; no two have the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// A draft of the library.
    Draft(u32),
    /// A file of a site.
    SitePost {
        /// The site's number.
        site: u32,
        /// Its path in the site, with `/`.
        path: String,
    },
    /// An older text of a draft.
    Revision {
        /// The draft.
        draft: u32,
        /// The number of the kept revision.
        number: u32,
    },
}

impl Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Draft(draft) => write!(formatter, "draft:{draft}"),
            Source::SitePost { site, path } => write!(formatter, "site:{site}:{path}"),
            Source::Revision { draft, number } => write!(formatter, "revision:{draft}:{number}"),
        }
    }
}

impl Source {
    /// Reads what [`Display`] writes.
    pub(crate) fn parse(written: &str) -> Option<Self> {
        let (kind, rest) = written.split_once(':')?;
        match kind {
            "draft" => Some(Source::Draft(rest.parse().ok()?)),
            "site" => {
                let (site, path) = rest.split_once(':')?;
                Some(Source::SitePost { site: site.parse().ok()?, path: path.to_owned() })
            }
            "revision" => {
                let (draft, number) = rest.split_once(':')?;
                Some(Source::Revision { draft: draft.parse().ok()?, number: number.parse().ok()? })
            }
            _ => None,
        }
    }
}

/// What a document can be asked for by `is:`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct State {
    /// It is not published: it has no file in a site, or its file is kept back.
    pub draft: bool,
    /// It has a file in a site, which the site shows.
    pub published: bool,
    /// It has changes that its file has not.
    pub changed: bool,
    /// It lies in the trash.
    pub trashed: bool,
}

impl State {
    pub(crate) fn to_number(self) -> u8 {
        let flags = [self.draft, self.published, self.changed, self.trashed];
        flags.iter().rev().fold(0, |number, &is| (number << 1) | u8::from(is))
    }

    pub(crate) fn from_number(number: u8) -> Self {
        let is = |bit: u8| number & (1 << bit) != 0;
        State { draft: is(0), published: is(1), changed: is(2), trashed: is(3) }
    }
}

/// A text that can be found, and the facts that filters ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Where it is kept.
    pub source: Source,
    /// What tells whether it is still the one that was read: opaque here.
    pub stamp: String,
    /// Its title, which may be another than the text says.
    pub title: String,
    /// Its text, every line end as `\n`.
    pub text: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// The name of the site that it belongs to, if any.
    pub site: Option<String>,
    /// What it is.
    pub state: State,
    /// When, in milliseconds: what `before:` and `after:` ask for, and what is found first.
    pub at: i64,
}

/// What of a document its grams are of: its text, and its title behind it if the text has it not.
pub(crate) fn searched(title: &str, text: &str) -> String {
    let (title, text) = (fold(title), fold(text));
    if memmem::find(text.text().as_bytes(), title.text().as_bytes()).is_some() {
        text.text().to_owned()
    } else {
        format!("{}{APART}{}", text.text(), title.text())
    }
}

/// The lines of a text that are headings, without their marks: those with `#` and those that are underlined, outside of
/// fences.
pub(crate) fn headings(text: &str) -> Vec<&str> {
    let mut headings = Vec::new();
    let mut fence: Option<&str> = None;
    let mut before = "";
    // In front matter, `#` begins a comment and `---` ends it all.
    let body = match text.strip_prefix("---\n").or_else(|| text.strip_prefix("+++\n")) {
        Some(rest) => rest.split_once(&format!("\n{}\n", &text[..3])).map_or(text, |(_, body)| body),
        None => text,
    };
    for line in body.lines() {
        let bare = line.trim();
        match fence {
            Some(mark) if bare.starts_with(mark) => fence = None,
            Some(_) => {}
            None if bare.starts_with("```") => fence = Some("```"),
            None if bare.starts_with("~~~") => fence = Some("~~~"),
            None => {
                let marks = bare.bytes().take_while(|&byte| byte == b'#').count();
                if (1..=6).contains(&marks) && bare[marks..].starts_with([' ', '\t']) {
                    headings.push(bare[marks..].trim().trim_end_matches('#').trim_end());
                } else if is_underline(bare) && !before.is_empty() {
                    headings.push(before);
                }
                before = bare;
                continue;
            }
        }
        before = "";
    }
    headings
}

fn is_underline(line: &str) -> bool {
    line.len() >= 2 && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_read_as_it_was_written() {
        for source in [
            Source::Draft(7),
            Source::SitePost { site: 3, path: "content/a:b.md".to_owned() },
            Source::Revision { draft: 1, number: 20 },
        ] {
            assert_eq!(Source::parse(&source.to_string()), Some(source));
        }
        assert_eq!(Source::parse("draft:x"), None);
    }

    #[test]
    fn states_are_kept_apart() {
        let state = State { draft: false, published: true, changed: false, trashed: true };
        assert_eq!(State::from_number(state.to_number()), state);
    }

    #[test]
    fn headings_are_found_outside_of_fences_and_front_matter() {
        let text = "---\n# comment\ntitle: a\n---\n\n# One ##\n\n```sh\n# no heading\n```\n둘째\n----\n\n#tag\n####### seven\n";
        assert_eq!(headings(text), ["One", "둘째"]);
    }

    #[test]
    fn a_title_that_the_text_has_not_is_looked_through_too() {
        assert_eq!(searched("From the name", "Text"), "text\u{1}from the name");
        assert_eq!(searched("TEXT", "a text b"), "a text b");
    }
}
