//! Whether a post will appear on its site, when, and under its own address: what stands against it in its front matter
//! and its path, with a mend where one is sure.
//!
//! Every rule was run with the real generator (Hugo 0.168, Jekyll 4.3, Hexo 8.1), but Zola's, which are documented.

mod fields;
mod held_back;
pub(crate) mod moment;
mod path;
mod problem;
mod rules;
mod site_map;

use std::ops::Range;

use jiff::Zoned;
use jiff::tz::TimeZone;

pub use problem::{level_of_problem, quoted};
pub use rules::Rules;
pub use site_map::{KnownAddress, Leads, SiteMap};

use crate::TextChange;
use crate::front_matter::{self, Field, FrontMatter};
use crate::plan::FindingLevel;
use crate::profile::Generator;

/// A post and its site.
#[derive(Debug, Clone, Copy)]
pub struct Looked<'a> {
    /// The post's text.
    pub text: &'a str,
    /// Its path in the site, with `/`.
    pub path: &'a str,
    /// The site's rules.
    pub rules: &'a Rules,
    /// Whether the site names its zone.
    pub names_zone: bool,
    /// The time, in the site's zone; the writer's where the site names none.
    pub now: &'a Zoned,
}

/// Something that stands against a post's appearing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// Its bytes in the text; empty, at the beginning, where it is in the path.
    pub span: Range<usize>,
    /// Changes that mend it, as one edit; empty if only the writer can.
    pub mend: Vec<TextChange>,
    /// Changes that mend it in another way, where there are two: by a slug in Latin letters.
    pub other_mend: Vec<TextChange>,
}

impl Finding {
    fn new(kind: FindingKind, span: Range<usize>) -> Finding {
        Finding { kind, span, mend: Vec::new(), other_mend: Vec::new() }
    }
}

/// What stands against a post's appearing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindingKind {
    /// Its front matter says that it is a draft.
    Draft,
    /// It lies in a folder of drafts.
    InDrafts,
    /// Its front matter says `published: false`.
    Unpublished,
    /// It says `draft: true`, which the generator does not know: it is published all the same.
    DraftIgnored,
    /// `draft: yes` is a text for the generator, and no text but `true` makes a draft.
    DraftIsText {
        /// As written.
        written: String,
    },
    /// Its time has not come.
    FutureDate {
        /// As written.
        date: String,
    },
    /// Its time has come where the writer is, but without an offset the generator takes it for one in UTC, and holds the
    /// post back for hours.
    OffsetMissing {
        /// As written.
        date: String,
        /// The hours.
        hours: i64,
    },
    /// Without an offset the generator takes it for a time in UTC, which is another day in the site's zone.
    AnotherDay {
        /// As written.
        date: String,
        /// The day that the site shows and the address has.
        day: String,
    },
    /// Its generator takes the offset off twice.
    OffsetTakenTwice {
        /// As written.
        date: String,
    },
    /// Its time is over.
    Expired {
        /// As written.
        date: String,
    },
    /// A date that the generator cannot read.
    UnreadableDate {
        /// The field.
        key: String,
        /// As written.
        date: String,
        /// Whether the build ends there.
        ends_the_build: bool,
    },
    /// `20211230` counts seconds since 1970.
    DateIsNumber {
        /// As written.
        date: String,
    },
    /// `published: false` where a date belongs: the build ends there.
    NotADate {
        /// The field.
        key: String,
    },
    /// The file's name and the front matter say different days; the front matter's counts.
    DaysDiffer {
        /// Of the name.
        name: String,
        /// Of the front matter.
        date: String,
    },
    /// Jekyll passes a file of this name over without a word.
    PassedOver {
        /// The file's name.
        name: String,
    },
    /// A date in the file's name that is none: the build ends there.
    BadDateInName {
        /// The date.
        date: String,
    },
    /// Nothing is left of the slug that an address could be made of.
    EmptySlug,
    /// Some system has no file of this name.
    NameNotPortable {
        /// The part of the path.
        name: String,
    },
    /// A name in decomposed letters, as some systems write Hangul: links to it break on others.
    NameDecomposed {
        /// The part of the path.
        name: String,
    },
    /// A taxonomy that the site does not declare: the build ends there.
    UndeclaredTaxonomy {
        /// Its name.
        name: String,
    },
    /// A field that Zola reads in the table of taxonomies alone.
    OutsideTaxonomies {
        /// The field.
        key: String,
    },
    /// Tags in one text, which the generator divides at blanks and not at commas.
    TagsInOneText {
        /// The field.
        key: String,
    },
    /// The first word is taken for an anchor of YAML, and is lost.
    LosesWord {
        /// The field.
        key: String,
        /// The word.
        word: String,
    },
    /// Something stands before the front matter, so that the generator does not read it.
    FrontMatterNotRead,
    /// The address of another site, where only one of this site can be: the build ends there.
    ForeignAddress {
        /// The field.
        key: String,
    },
}

impl FindingKind {
    /// What it is, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InDrafts => "in_drafts",
            Self::Unpublished => "unpublished",
            Self::DraftIgnored => "draft_ignored",
            Self::DraftIsText { .. } => "draft_is_text",
            Self::FutureDate { .. } => "future_date",
            Self::OffsetMissing { .. } => "offset_missing",
            Self::AnotherDay { .. } => "another_day",
            Self::OffsetTakenTwice { .. } => "offset_taken_twice",
            Self::Expired { .. } => "expired",
            Self::UnreadableDate { .. } => "unreadable_date",
            Self::DateIsNumber { .. } => "date_is_number",
            Self::NotADate { .. } => "not_a_date",
            Self::DaysDiffer { .. } => "days_differ",
            Self::PassedOver { .. } => "passed_over",
            Self::BadDateInName { .. } => "bad_date_in_name",
            Self::EmptySlug => "empty_slug",
            Self::NameNotPortable { .. } => "name_not_portable",
            Self::NameDecomposed { .. } => "name_decomposed",
            Self::UndeclaredTaxonomy { .. } => "undeclared_taxonomy",
            Self::OutsideTaxonomies { .. } => "outside_taxonomies",
            Self::TagsInOneText { .. } => "tags_in_one_text",
            Self::LosesWord { .. } => "loses_word",
            Self::ForeignAddress { .. } => "foreign_address",
            Self::FrontMatterNotRead => "front_matter_not_read",
        }
    }

    /// How grave it is. What the writer asked for with a field of its own is only good to know.
    pub fn level(&self) -> FindingLevel {
        match self {
            Self::Draft | Self::InDrafts | Self::Unpublished | Self::DaysDiffer { .. } => FindingLevel::Note,
            Self::UnreadableDate { ends_the_build: true, .. }
            | Self::NotADate { .. }
            | Self::PassedOver { .. }
            | Self::BadDateInName { .. }
            | Self::UndeclaredTaxonomy { .. }
            | Self::ForeignAddress { .. } => FindingLevel::Error,
            _ => FindingLevel::Warning,
        }
    }
}

/// What stands against a post's appearing, in the order of the text.
pub fn findings(looked: &Looked<'_>) -> Vec<Finding> {
    let at_start = |kind| Finding::new(kind, 0..0);
    let mut found: Vec<Finding> =
        path::findings(looked.path, looked.rules).into_iter().map(at_start).collect();
    found.extend(not_read(looked));
    let read = front_matter::read(looked.text);
    if read.problem.is_none() {
        let look = Look { looked, read: &read, zone: zone(looked) };
        found.extend(held_back::findings(&look));
        found.extend(fields::findings(&look));
    }
    found.sort_by_key(|finding| finding.span.start);
    found
}

/// Run: Jekyll and Hexo show as text what does not begin with `---`; Hexo also where blanks stand behind that.
fn not_read(looked: &Looked<'_>) -> Option<Finding> {
    let generator = looked.rules.generator;
    let blank = front_matter::blank_before(looked.text);
    let first_line = looked.text[blank..].lines().next().unwrap_or_default();
    let dashes = first_line.trim_end();
    let has_blanks = generator == Generator::Hexo && dashes == "---" && dashes.len() < first_line.len();
    let has_front_matter = front_matter::split(looked.text).format != front_matter::Format::None;
    let is_unread = matches!(generator, Generator::Jekyll | Generator::Hexo)
        && has_front_matter
        && (blank > 0 || has_blanks);
    let kind = FindingKind::FrontMatterNotRead;
    let to = blank + if has_blanks { first_line.len() } else { 0 };
    let insert = if has_blanks { dashes.to_owned() } else { String::new() };
    let mend = vec![TextChange { from: 0, to, insert }];
    is_unread.then(|| Finding { mend, ..Finding::new(kind, blank..blank + first_line.len()) })
}

fn zone(looked: &Looked<'_>) -> Option<TimeZone> {
    looked.names_zone.then(|| looked.now.time_zone().clone())
}

/// A look at a front matter that can be read.
struct Look<'a> {
    looked: &'a Looked<'a>,
    read: &'a FrontMatter,
    zone: Option<TimeZone>,
}

impl Look<'_> {
    /// The first of the fields with this key, as the generator compares keys.
    fn field(&self, key: &str) -> Option<&Field> {
        self.read.fields.iter().find(|field| self.looked.rules.folded(&field.key) == key)
    }

    fn finding(&self, kind: FindingKind, field: &Field) -> Finding {
        Finding::new(kind, line(self.looked.text, field.line))
    }

    /// The changes of an operation; none where it cannot be done without damage.
    fn changes(&self, operation: &front_matter::Operation<'_>) -> Vec<TextChange> {
        let case = self.looked.rules.generator.key_case();
        front_matter::edit(self.looked.text, operation, case).unwrap_or_default()
    }
}

/// The bytes of a line, from 1, without the blanks around it.
fn line(text: &str, number: usize) -> Range<usize> {
    let mut start = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        if at + 1 == number {
            let indent = line.len() - line.trim_start().len();
            return start + indent..(start + line.trim_end().len()).max(start + indent);
        }
        start += line.len();
    }
    text.len()..text.len()
}

#[cfg(test)]
mod tests;
