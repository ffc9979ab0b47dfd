use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::document::{APART, Document, Source, headings};
use crate::fold::fold;
use crate::grams::fold_asked;
use crate::heads::Heads;
use crate::segments::{Least, make_one, next_change};
use crate::{SearchError, schema};

/// The index, for the one who fills it.
pub struct Index {
    connection: Connection,
    path: PathBuf,
}

/// The index, for those who ask. It sees what the other has committed, also from another process.
pub struct Finder {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    pub(crate) heads: Heads,
}

impl Index {
    /// Opens an index, or makes one. Fails with [`SearchError::Damaged`] for one that is to be thrown away, also because
    /// it is of another form.
    pub fn open(path: &Path) -> Result<Self, SearchError> {
        let connection = schema::open(path).map_err(|error| error.located(path))?;
        Ok(Index { connection, path: path.to_owned() })
    }

    /// Throws an index away, which nobody may have open, and makes an empty one.
    pub fn open_afresh(path: &Path) -> Result<Self, SearchError> {
        schema::throw_away(path)?;
        Self::open(path)
    }

    /// The stamps of all documents, by which their keeper tells which are to be put again.
    pub fn stamps(&self) -> Result<HashMap<Source, String>, SearchError> {
        self.read(|connection| {
            let mut documents = connection.prepare_cached("select source, stamp from documents")?;
            let mut rows = documents.query([])?;
            let mut stamps = HashMap::new();
            while let Some(row) = rows.next()? {
                let source: String = row.get(0)?;
                stamps.insert(Source::parse(&source).ok_or_else(SearchError::damaged)?, row.get(1)?);
            }
            Ok(stamps)
        })
    }

    /// Puts documents into the index, in place of those with the same sources, all or none. Their grams come later, with
    /// [`Index::settle`]; they are found at once.
    pub fn put(&mut self, documents: &[Document]) -> Result<(), SearchError> {
        self.change(|connection| {
            let changed = next_change(connection)?;
            documents.iter().try_for_each(|document| put_one(connection, document, changed))
        })
    }

    /// Takes documents out; those that are not there are.
    pub fn remove(&mut self, sources: &[Source]) -> Result<(), SearchError> {
        self.change(|connection| {
            let mut remove = connection.prepare_cached("delete from documents where source = ?1")?;
            for source in sources {
                remove.execute([source.to_string()])?;
            }
            Ok(())
        })
    }

    /// Makes asking fast for what was put since. One step of about a second at most; answers whether there was something
    /// to do, and so may be more.
    pub fn settle(&mut self) -> Result<bool, SearchError> {
        self.change(|connection| make_one(connection, Least::WorthIt))
    }

    /// The same for all of it, however little waits: for who fills an index and is done.
    pub fn settle_all(&mut self) -> Result<(), SearchError> {
        while self.change(|connection| make_one(connection, Least::Any))? {}
        Ok(())
    }

    fn read<T>(&self, look: impl FnOnce(&Connection) -> Result<T, SearchError>) -> Result<T, SearchError> {
        look(&self.connection).map_err(|error| error.located(&self.path))
    }

    fn change<T>(
        &mut self,
        act: impl FnOnce(&Connection) -> Result<T, SearchError>,
    ) -> Result<T, SearchError> {
        let changed = (|| {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = act(&transaction)?;
            transaction.commit()?;
            Ok(value)
        })();
        changed.map_err(|error: SearchError| error.located(&self.path))
    }
}

impl Finder {
    /// Opens an index that is there.
    pub fn open(path: &Path) -> Result<Self, SearchError> {
        let connection = schema::open_for_reading(path).map_err(|error| error.located(path))?;
        Ok(Finder { connection, path: path.to_owned(), heads: Heads::default() })
    }
}

fn put_one(connection: &Connection, document: &Document, changed: i64) -> Result<(), SearchError> {
    let source = document.source.to_string();
    let tags: Vec<String> = document.tags.iter().map(|tag| fold_asked(tag)).collect();
    let tags = tags.join(&APART.to_string());
    let site = document.site.as_deref().map(fold_asked);
    let same: Option<i64> = connection
        .prepare_cached(
            "select id from documents join texts on texts.document = documents.id
             where source = ?1 and title = ?2 and text = ?3",
        )?
        .query_row([&source, &document.title, &document.text], |row| row.get(0))
        .optional()?;
    if let Some(id) = same {
        // Its grams stay as they are.
        connection
            .prepare_cached(
                "update documents set stamp = ?2, tags = ?3, site = ?4, state = ?5, at = ?6, changed = ?7 where id = ?1",
            )?
            .execute(params![id, document.stamp, tags, site, document.state.to_number(), document.at, changed])?;
        return Ok(());
    }
    let headings: Vec<String> =
        headings(&document.text).into_iter().map(|heading| fold(heading).text().to_owned()).collect();
    connection.prepare_cached("delete from documents where source = ?1")?.execute([&source])?;
    let id: i64 = connection
        .prepare_cached(
            "insert into documents (source, stamp, title, headings, tags, site, state, at, bytes, segment, place, changed)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, 0, ?10) returning id",
        )?
        .query_row(
            params![
                source,
                document.stamp,
                document.title,
                headings.join(&APART.to_string()),
                tags,
                site,
                document.state.to_number(),
                document.at,
                u32::try_from(document.text.len()).unwrap_or(u32::MAX),
                changed
            ],
            |row| row.get(0),
        )?;
    connection
        .prepare_cached("insert into texts (document, text) values (?1, ?2)")?
        .execute(params![id, document.text])?;
    Ok(())
}
