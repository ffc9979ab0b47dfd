//! Looks at everything a library holds, and says what of it cannot be read.

use std::fmt;

use crate::{Library, LibraryError};

/// What a library holds, and what of it cannot be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examination {
    /// The number of drafts, those in the trash among them.
    pub drafts: u32,
    /// The number of kept revisions.
    pub revisions: u32,
    /// The number of images and other files of drafts.
    pub assets: u32,
    /// When a draft was edited last, in milliseconds.
    pub newest_edit: Option<i64>,
    /// What is wrong; empty for a sound library.
    pub flaws: Vec<Flaw>,
}

/// Something in a library that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// SQLite's own pages.
    Structure {
        /// What SQLite said.
        detail: String,
    },
    /// The list of the drafts, or of their files and revisions.
    List {
        /// What SQLite said.
        detail: String,
    },
    /// A draft's text or its journal.
    Text {
        /// The draft.
        draft: u32,
        /// What was found.
        detail: String,
    },
    /// A kept revision.
    Revision {
        /// The draft.
        draft: u32,
        /// The revision's number.
        number: u32,
    },
    /// The bytes of an image are not those that were kept.
    Asset {
        /// The draft.
        draft: u32,
        /// Its name there.
        name: String,
    },
}

impl fmt::Display for Flaw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::Structure { detail } | Flaw::List { detail } => formatter.write_str(detail),
            Flaw::Text { draft, detail } => write!(formatter, "draft {draft}: {detail}"),
            Flaw::Revision { draft, number } => {
                write!(formatter, "draft {draft}: revision {number} cannot be read")
            }
            Flaw::Asset { draft, name } => {
                write!(formatter, "draft {draft}: the file {name} is not as it was kept")
            }
        }
    }
}

impl Library {
    /// Reads everything: the pages, each draft with its journal, its revisions and its files.
    ///
    /// Fails only where the library could not be looked at for another reason than damage.
    pub fn examine(&self) -> Result<Examination, LibraryError> {
        let mut found = Examination::default();
        if let Some(detail) = damage_of(self.check())?.1 {
            found.flaws.push(Flaw::Structure { detail });
        }
        let (drafts, damage) = damage_of(self.draft_numbers())?;
        found.flaws.extend(damage.map(|detail| Flaw::List { detail }));
        for trashed in [false, true] {
            let damage = damage_of(self.drafts(trashed))?.1;
            found.flaws.extend(damage.map(|detail| Flaw::List { detail }));
        }
        for draft in drafts.unwrap_or_default() {
            found.drafts += 1;
            self.examine_draft(draft, &mut found)?;
        }
        Ok(found)
    }

    fn examine_draft(&self, draft: u32, found: &mut Examination) -> Result<(), LibraryError> {
        let (stored, damage) = damage_of(self.draft(draft))?;
        found.flaws.extend(damage.map(|detail| Flaw::Text { draft, detail }));
        found.newest_edit = found.newest_edit.max(stored.map(|stored| stored.edited));
        let (revisions, damage) = damage_of(self.revisions(draft))?;
        found.flaws.extend(damage.map(|detail| Flaw::List { detail }));
        for revision in revisions.unwrap_or_default() {
            found.revisions += 1;
            if damage_of(self.revision_text(draft, revision.number))?.1.is_some() {
                found.flaws.push(Flaw::Revision { draft, number: revision.number });
            }
        }
        let (assets, damage) = damage_of(self.assets(draft))?;
        found.flaws.extend(damage.map(|detail| Flaw::List { detail }));
        for asset in assets.unwrap_or_default() {
            found.assets += 1;
            let (kept, _) = damage_of(self.asset(draft, &asset.name))?;
            let is_whole =
                kept.flatten().is_some_and(|kept| blake3::hash(&kept.bytes).to_hex().as_str() == asset.hash);
            if !is_whole {
                found.flaws.push(Flaw::Asset { draft, name: asset.name });
            }
        }
        Ok(())
    }

    /// The numbers of all drafts.
    pub(crate) fn draft_numbers(&self) -> Result<Vec<u32>, LibraryError> {
        self.read(|connection| {
            let mut drafts = connection.prepare_cached("select id from drafts order by id")?;
            let drafts = drafts.query_map([], |row| row.get(0))?;
            Ok(drafts.collect::<Result<_, _>>()?)
        })
    }
}

/// What was read, or what is damaged; any other failure is the caller's.
fn damage_of<T>(read: Result<T, LibraryError>) -> Result<(Option<T>, Option<String>), LibraryError> {
    match read {
        Ok(value) => Ok((Some(value), None)),
        Err(error) if error.is_damage() => Ok((None, Some(error.to_string()))),
        Err(error) => Err(error),
    }
}
