use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::draft::expect_draft;
use crate::{Library, LibraryError};

/// What became of an added image or other file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddedAsset {
    /// The name it has in the draft: the one asked for, unless other bytes have that.
    pub name: String,
}

/// An image or other file of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Its media type, as it was given.
    pub media_type: String,
    /// BLAKE3 of the bytes, in hexadecimal.
    pub hash: String,
}

/// An asset in a draft's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetName {
    /// Its name in the draft.
    pub name: String,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub hash: String,
    /// Its number of bytes.
    pub size: u64,
}

impl Library {
    /// Adds a file to a draft. Equal bytes are stored once in the whole library. If other bytes have the name, in
    /// whatever case, a number is put behind it: `name-2.png`.
    pub fn add_asset(
        &self,
        draft: u32,
        name: &str,
        bytes: Vec<u8>,
        media_type: &str,
    ) -> Result<AddedAsset, LibraryError> {
        let (wanted, media_type) = (name.to_owned(), media_type.to_owned());
        let hash = blake3::hash(&bytes).to_hex().to_string();
        self.write(move |writing| {
            let connection = writing.transaction;
            expect_draft(connection, draft)?;
            let name = match free_name(&wanted, &hash, &names_of(connection, draft)?) {
                Name::Present(name) => return Ok(AddedAsset { name }),
                Name::Free(name) => name,
            };
            connection.execute(
                "insert into assets (hash, size, bytes) values (?1, ?2, ?3) on conflict do nothing",
                params![hash, i64::try_from(bytes.len()).unwrap_or(i64::MAX), bytes],
            )?;
            connection.execute(
                "insert into draft_assets (draft, name, hash, media_type) values (?1, ?2, ?3, ?4)",
                params![draft, name, hash, media_type],
            )?;
            Ok(AddedAsset { name })
        })
    }

    /// A file of a draft.
    pub fn asset(&self, draft: u32, name: &str) -> Result<Option<Asset>, LibraryError> {
        self.read(|connection| {
            let mut asset = connection.prepare_cached(
                "select bytes, media_type, assets.hash
                 from draft_assets join assets on assets.hash = draft_assets.hash
                 where draft = ?1 and name = ?2",
            )?;
            let asset = asset.query_row(params![draft, name], |row| {
                Ok(Asset { bytes: row.get(0)?, media_type: row.get(1)?, hash: row.get(2)? })
            });
            Ok(asset.optional()?)
        })
    }

    /// The files of a draft, by name.
    pub fn assets(&self, draft: u32) -> Result<Vec<AssetName>, LibraryError> {
        self.read(|connection| {
            let mut assets = connection.prepare_cached(
                "select name, assets.hash, size
                 from draft_assets join assets on assets.hash = draft_assets.hash
                 where draft = ?1 order by name",
            )?;
            let assets = assets.query_map([draft], |row| {
                let size: i64 = row.get(2)?;
                Ok(AssetName { name: row.get(0)?, hash: row.get(1)?, size: size.unsigned_abs() })
            })?;
            Ok(assets.collect::<Result<_, _>>()?)
        })
    }
}

enum Name {
    /// The draft has the same bytes under this name.
    Present(String),
    Free(String),
}

/// Names in lower case, for on some disks two that differ only in case are one file, with the name and the hash.
type Names = HashMap<String, (String, String)>;

fn names_of(connection: &Connection, draft: u32) -> Result<Names, LibraryError> {
    let mut names = connection.prepare_cached("select name, hash from draft_assets where draft = ?1")?;
    let names = names.query_map([draft], |row| {
        let (name, hash): (String, String) = (row.get(0)?, row.get(1)?);
        Ok((name.to_lowercase(), (name, hash)))
    })?;
    Ok(names.collect::<Result<_, _>>()?)
}

fn free_name(wanted: &str, hash: &str, taken: &Names) -> Name {
    let (stem, ending) = match wanted.rfind('.') {
        Some(dot) if dot > 0 => wanted.split_at(dot),
        _ => (wanted, ""),
    };
    let mut name = wanted.to_owned();
    let mut number = 1_u32;
    loop {
        match taken.get(&name.to_lowercase()) {
            None => return Name::Free(name),
            Some((present, of)) if of == hash => return Name::Present(present.clone()),
            Some(_) => {
                number += 1;
                name = format!("{stem}-{number}{ending}");
            }
        }
    }
}
