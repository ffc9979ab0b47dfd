use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Library, LibraryError};

/// A site that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSite {
    /// Its number.
    pub id: u32,
    /// Its folder.
    pub root: String,
    /// Its name.
    pub name: String,
    /// Its settings, as JSON; opaque here.
    pub settings: String,
    /// When it was added, in milliseconds.
    pub added: i64,
}

impl Library {
    /// Adds a site and answers its number; a folder that was added before keeps its number, name and settings.
    pub fn add_site(&self, root: &str, name: &str, settings: &str, at: i64) -> Result<u32, LibraryError> {
        let (root, name, settings) = (root.to_owned(), name.to_owned(), settings.to_owned());
        self.write(move |writing| {
            writing.transaction.execute(
                "insert into sites (root, name, settings, added) values (?1, ?2, ?3, ?4)
                 on conflict (root) do nothing",
                params![root, name, settings, at],
            )?;
            let mut id = writing.transaction.prepare_cached("select id from sites where root = ?1")?;
            Ok(id.query_row([root], |row| row.get(0))?)
        })
    }

    /// Changes a site's name and settings.
    pub fn set_site(&self, site: u32, name: &str, settings: &str) -> Result<(), LibraryError> {
        let (name, settings) = (name.to_owned(), settings.to_owned());
        self.write(move |writing| {
            let changed = writing.transaction.execute(
                "update sites set name = ?2, settings = ?3 where id = ?1",
                params![site, name, settings],
            )?;
            if changed == 0 { Err(LibraryError::NoSuchSite { site }) } else { Ok(()) }
        })
    }

    /// The sites, in the order they were added.
    pub fn sites(&self) -> Result<Vec<StoredSite>, LibraryError> {
        self.read(|connection| {
            let mut sites =
                connection.prepare_cached("select id, root, name, settings, added from sites order by id")?;
            let sites = sites.query_map([], site_of)?;
            Ok(sites.collect::<Result<_, _>>()?)
        })
    }

    /// One site.
    pub fn site(&self, site: u32) -> Result<StoredSite, LibraryError> {
        self.read(|connection| {
            let mut found = connection
                .prepare_cached("select id, root, name, settings, added from sites where id = ?1")?;
            found.query_row([site], site_of).optional()?.ok_or(LibraryError::NoSuchSite { site })
        })
    }

    /// Forgets a site. Its drafts stay, linked to nothing; its folder is not touched.
    pub fn remove_site(&self, site: u32) -> Result<(), LibraryError> {
        self.write(move |writing| {
            let connection = writing.transaction;
            connection.execute(
                "update drafts set differs_from_file = 0 where id in (select draft from links where site = ?1)",
                [site],
            )?;
            let removed = connection.execute("delete from sites where id = ?1", [site])?;
            if removed == 0 { Err(LibraryError::NoSuchSite { site }) } else { Ok(()) }
        })
    }
}

pub(crate) fn expect_site(connection: &Connection, site: u32) -> Result<(), LibraryError> {
    if connection.prepare_cached("select 1 from sites where id = ?1")?.exists([site])? {
        Ok(())
    } else {
        Err(LibraryError::NoSuchSite { site })
    }
}

fn site_of(row: &Row<'_>) -> rusqlite::Result<StoredSite> {
    Ok(StoredSite {
        id: row.get(0)?,
        root: row.get(1)?,
        name: row.get(2)?,
        settings: row.get(3)?,
        added: row.get(4)?,
    })
}
