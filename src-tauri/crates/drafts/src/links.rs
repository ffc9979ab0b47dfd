use rusqlite::{Connection, OptionalExtension, params};

use crate::draft::{expect_draft, write_summary};
use crate::sites::expect_site;
use crate::{FileLink, Library, LibraryError};

impl Library {
    /// Links a draft to a file, changes what they last agreed on, or unlinks it.
    pub fn set_file(&self, draft: u32, file: Option<FileLink>) -> Result<(), LibraryError> {
        self.write(move |writing| {
            let connection = writing.transaction;
            expect_draft(connection, draft)?;
            connection.execute("delete from links where draft = ?1", [draft])?;
            if let Some(file) = &file {
                insert_link(connection, draft, file)?;
            }
            let text: String =
                connection.query_row("select text from texts where draft = ?1", [draft], |row| row.get(0))?;
            write_summary(connection, draft, &text)
        })
    }

    /// The draft that is linked to a file; one in the trash is not.
    pub fn draft_for_file(&self, site: u32, path: &str) -> Result<Option<u32>, LibraryError> {
        self.read(|connection| linked_draft(connection, site, path))
    }
}

pub(crate) fn link_of(connection: &Connection, draft: u32) -> Result<Option<FileLink>, LibraryError> {
    let mut link =
        connection.prepare_cached("select site, path, base_text, base_hash from links where draft = ?1")?;
    let link = link.query_row([draft], |row| {
        Ok(FileLink { site: row.get(0)?, path: row.get(1)?, base_text: row.get(2)?, base_hash: row.get(3)? })
    });
    Ok(link.optional()?)
}

pub(crate) fn linked_draft(
    connection: &Connection,
    site: u32,
    path: &str,
) -> Result<Option<u32>, LibraryError> {
    let mut found = connection.prepare_cached(
        "select draft from links join drafts on drafts.id = links.draft
         where site = ?1 and path = ?2 and trashed is null order by draft",
    )?;
    Ok(found.query_row(params![site, path], |row| row.get(0)).optional()?)
}

/// Two drafts of one file would overwrite each other, so a second one is refused.
pub(crate) fn insert_link(connection: &Connection, draft: u32, file: &FileLink) -> Result<(), LibraryError> {
    expect_site(connection, file.site)?;
    if let Some(other) = linked_draft(connection, file.site, &file.path)?
        && other != draft
    {
        return Err(LibraryError::FileLinked { draft: other });
    }
    connection.execute(
        "insert into links (draft, site, path, base_text, base_hash) values (?1, ?2, ?3, ?4, ?5)",
        params![draft, file.site, file.path, file.base_text, file.base_hash],
    )?;
    Ok(())
}
