use rusqlite::{Connection, Row};

use crate::draft::text_head;
use crate::journal::current_text;
use crate::links::link_of;
use crate::text::utf16_length;
use crate::{Library, LibraryError};

/// What a list shows of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftSummary {
    /// Its number.
    pub id: u32,
    /// When it was last edited, in milliseconds.
    pub edited: i64,
    /// Whether it is in the trash.
    pub trashed: bool,
    /// The site and the path of the file it is linked to, if any.
    pub file: Option<(u32, String)>,
    /// Whether it is linked to a file and its text is not the one they last agreed on.
    pub differs_from_file: bool,
    /// The start of its text, at most 4 KiB.
    pub text_head: String,
    /// The length of its text in UTF-16 units.
    pub length_utf16: u32,
}

impl Library {
    /// The drafts, or those in the trash, the last edited first. A linked draft that equals its file is among them.
    pub fn drafts(&self, trashed: bool) -> Result<Vec<DraftSummary>, LibraryError> {
        self.read(|connection| {
            let mut drafts = connection.prepare_cached(
                "select id, edited, trashed is not null, site, path, differs_from_file, text_head, length_utf16,
                        exists (select 1 from journal where journal.draft = drafts.id)
                 from drafts left join links on links.draft = drafts.id where (trashed is not null) = ?1",
            )?;
            let mut rows = drafts.query([trashed])?;
            let mut summaries = Vec::new();
            while let Some(row) = rows.next()? {
                let mut summary = summary_of(row)?;
                let has_journal: bool = row.get(8)?;
                if has_journal {
                    bring_up_to_date(connection, &mut summary)?;
                }
                summaries.push(summary);
            }
            summaries.sort_by_key(|summary| std::cmp::Reverse((summary.edited, summary.id)));
            Ok(summaries)
        })
    }
}

fn summary_of(row: &Row<'_>) -> rusqlite::Result<DraftSummary> {
    let site: Option<u32> = row.get(3)?;
    let path: Option<String> = row.get(4)?;
    Ok(DraftSummary {
        id: row.get(0)?,
        edited: row.get(1)?,
        trashed: row.get(2)?,
        file: site.zip(path),
        differs_from_file: row.get(5)?,
        text_head: row.get(6)?,
        length_utf16: row.get(7)?,
    })
}

/// The row describes the text that the journal was last folded into. A journal that cannot be replayed costs its
/// own draft its latest edits in the list, and no other draft anything.
fn bring_up_to_date(connection: &Connection, summary: &mut DraftSummary) -> Result<(), LibraryError> {
    let current = match current_text(connection, summary.id) {
        Ok(Some(current)) => current,
        Ok(None) => return Ok(()),
        Err(error @ LibraryError::Damaged { .. }) => {
            tracing::error!(draft = summary.id, %error, "its journal cannot be replayed");
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let link = link_of(connection, summary.id)?;
    summary.edited = current.edited;
    summary.differs_from_file = link.is_some_and(|link| link.base_text != current.text);
    summary.text_head = text_head(&current.text).to_owned();
    summary.length_utf16 = utf16_length(&current.text);
    Ok(())
}
