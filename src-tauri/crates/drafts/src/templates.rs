use rusqlite::{OptionalExtension, Row, params};

use crate::{Library, LibraryError};

/// A text that new posts of a site can begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its number.
    pub id: u32,
    /// Its name, which no other template of the site has.
    pub name: String,
    /// The text.
    pub text: String,
}

impl Library {
    /// The templates for the site in a folder, by name.
    pub fn templates(&self, root: &str) -> Result<Vec<Template>, LibraryError> {
        self.read(|connection| {
            let mut found = connection
                .prepare_cached("select id, name, text from templates where root = ?1 order by name, id")?;
            let found = found.query_map([root], template_of)?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// One template.
    pub fn template(&self, template: u32) -> Result<Template, LibraryError> {
        self.read(|connection| {
            let mut found =
                connection.prepare_cached("select id, name, text from templates where id = ?1")?;
            let no_such = LibraryError::NoSuchTemplate { template };
            found.query_row([template], template_of).optional()?.ok_or(no_such)
        })
    }

    /// Keeps a template and answers its number; none where the site has one of that name, which stays as it is.
    pub fn add_template(
        &self,
        root: &str,
        name: &str,
        text: &str,
        at: i64,
    ) -> Result<Option<u32>, LibraryError> {
        let (root, name, text) = (root.to_owned(), name.to_owned(), text.to_owned());
        self.write(move |writing| {
            let added = writing.transaction.execute(
                "insert into templates (root, name, text, at) values (?1, ?2, ?3, ?4)
                 on conflict (root, name) do nothing",
                params![root, name, text, at],
            )?;
            if added == 0 {
                return Ok(None);
            }
            let id = writing.transaction.last_insert_rowid();
            Ok(u32::try_from(id).ok())
        })
    }

    /// Gives a template another name; answers whether that was free.
    pub fn rename_template(&self, template: u32, name: &str) -> Result<bool, LibraryError> {
        let name = name.to_owned();
        self.write(move |writing| {
            let connection = writing.transaction;
            if !connection.prepare_cached("select 1 from templates where id = ?1")?.exists([template])? {
                return Err(LibraryError::NoSuchTemplate { template });
            }
            let renamed = connection
                .execute("update or ignore templates set name = ?2 where id = ?1", params![template, name])?;
            Ok(renamed == 1)
        })
    }

    /// Forgets a template.
    pub fn remove_template(&self, template: u32) -> Result<(), LibraryError> {
        self.write(move |writing| {
            let removed = writing.transaction.execute("delete from templates where id = ?1", [template])?;
            if removed == 0 { Err(LibraryError::NoSuchTemplate { template }) } else { Ok(()) }
        })
    }
}

fn template_of(row: &Row<'_>) -> rusqlite::Result<Template> {
    Ok(Template { id: row.get(0)?, name: row.get(1)?, text: row.get(2)? })
}
