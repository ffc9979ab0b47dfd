use rusqlite::{OptionalExtension, params};

use crate::{Library, LibraryError};

impl Library {
    /// A setting's value.
    pub fn setting(&self, key: &str) -> Result<Option<String>, LibraryError> {
        self.read(|connection| {
            let mut value = connection.prepare_cached("select value from settings where key = ?1")?;
            Ok(value.query_row([key], |row| row.get(0)).optional()?)
        })
    }

    /// Changes a setting.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), LibraryError> {
        let (key, value) = (key.to_owned(), value.to_owned());
        self.write(move |writing| {
            writing.transaction.execute(
                "insert into settings (key, value) values (?1, ?2)
                 on conflict (key) do update set value = excluded.value",
                params![key, value],
            )?;
            Ok(())
        })
    }

    /// What was open when the application was last left, as JSON; opaque here.
    pub fn session(&self) -> Result<Option<String>, LibraryError> {
        self.read(|connection| {
            let mut value = connection.prepare_cached("select value from session")?;
            Ok(value.query_row([], |row| row.get(0)).optional()?)
        })
    }

    /// Remembers what is open.
    pub fn set_session(&self, value: &str) -> Result<(), LibraryError> {
        let value = value.to_owned();
        self.write(move |writing| {
            writing.transaction.execute(
                "insert into session (only, value) values (1, ?1)
                 on conflict (only) do update set value = excluded.value",
                [value],
            )?;
            Ok(())
        })
    }
}
