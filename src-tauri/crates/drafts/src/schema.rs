use rusqlite::{Connection, TransactionBehavior};

use crate::LibraryError;

/// "Pwrt": what tells a library from any other SQLite file.
pub(crate) const APPLICATION_ID: i32 = 0x5077_7274;

/// A step from the schema before to this one.
pub(crate) struct Migration {
    /// The schema's version afterwards.
    pub(crate) to: u32,
    /// The statements.
    pub(crate) sql: &'static str,
}

/// Every step, in order. A published step is never edited: a change of the schema is a new step.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration { to: 1, sql: VERSION_1 },
    Migration { to: 2, sql: VERSION_2 },
    Migration { to: 3, sql: VERSION_3 },
    Migration { to: 4, sql: VERSION_4 },
    Migration { to: 5, sql: VERSION_5 },
];

/// The newest version among these steps.
pub(crate) fn newest(migrations: &[Migration]) -> u32 {
    migrations.last().map_or(0, |step| step.to)
}

/// The version a library is at.
pub(crate) fn version(connection: &Connection) -> Result<u32, LibraryError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Takes every step the library has not taken: a new one all at once, any other each in a transaction of its own;
/// `copy_before` is told the version it is at before a step changes anything that is there.
pub(crate) fn migrate(
    connection: &mut Connection,
    migrations: &[Migration],
    mut copy_before: impl FnMut(&Connection, u32) -> Result<(), LibraryError>,
) -> Result<(), LibraryError> {
    if version(connection)? == 0 {
        return take(connection, migrations);
    }
    for step in migrations {
        let at = version(connection)?;
        if at < step.to {
            copy_before(connection, at)?;
            take(connection, std::slice::from_ref(step))?;
        }
    }
    Ok(())
}

/// Takes steps in one transaction.
fn take(connection: &mut Connection, steps: &[Migration]) -> Result<(), LibraryError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for step in steps {
        // Another process may have taken the step while this one waited for the lock.
        if version(&transaction)? < step.to {
            transaction.execute_batch(step.sql)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", step.to)?;
        }
    }
    Ok(transaction.commit()?)
}

// A text is apart from its draft's row, because SQLite rewrites a whole row to change one column of it, and the
// journal holds the newest revision, selection and time, so that a keystroke inserts one small row and nothing else.
const VERSION_1: &str = "
create table drafts (
    id integer primary key autoincrement,
    edited integer not null,
    trashed integer,
    form text not null,
    selection_anchor integer not null default 0,
    selection_head integer not null default 0,
    text_head text not null default '',
    length_utf16 integer not null default 0,
    differs_from_file integer not null default 0
) strict;

create table texts (
    draft integer primary key references drafts (id) on delete cascade,
    revision integer not null,
    text text not null
) strict;

create table journal (
    draft integer not null references drafts (id) on delete cascade,
    revision integer not null,
    changes text not null,
    selection_anchor integer not null,
    selection_head integer not null,
    at integer not null,
    primary key (draft, revision)
) strict, without rowid;

create table revisions (
    number integer primary key autoincrement,
    draft integer not null references drafts (id) on delete cascade,
    revision integer not null,
    kind text not null check (kind in ('auto', 'saved', 'published', 'merged', 'restored')),
    at integer not null,
    length_utf16 integer not null,
    hash text not null,
    text_zlib blob not null
) strict;
create index revisions_of_draft on revisions (draft, number);

create table assets (
    hash text primary key,
    size integer not null,
    bytes blob not null
) strict;

create table draft_assets (
    draft integer not null references drafts (id) on delete cascade,
    name text not null,
    hash text not null references assets (hash),
    media_type text not null,
    primary key (draft, name)
) strict, without rowid;
create index draft_assets_by_hash on draft_assets (hash);

create table sites (
    id integer primary key autoincrement,
    root text not null unique,
    name text not null,
    settings text not null,
    added integer not null
) strict;

create table links (
    draft integer primary key references drafts (id) on delete cascade,
    site integer not null references sites (id) on delete cascade,
    path text not null,
    base_text text not null,
    base_hash text not null
) strict;
create index links_by_file on links (site, path);

create table settings (
    key text primary key,
    value text not null
) strict, without rowid;

create table session (
    only integer primary key check (only = 1),
    value text not null
) strict;
";

// The site's number is no reference: what was begun must be settled even if the site is let go meanwhile.
const VERSION_2: &str = "
create table publications (
    id integer primary key autoincrement,
    site integer not null,
    root text not null,
    state text not null check (state in ('begun', 'done', 'undone')),
    intent text not null,
    note text not null,
    at integer not null
) strict;

create table former_files (
    publication integer not null references publications (id) on delete cascade,
    place integer not null,
    bytes blob not null,
    primary key (publication, place)
) strict;
";

// A template is the writer's own text: it goes by the site's folder, so that it is there again when a site that was let
// go is added again.
const VERSION_3: &str = "
create table templates (
    id integer primary key autoincrement,
    root text not null,
    name text not null,
    text text not null,
    at integer not null,
    unique (root, name)
) strict;
";

// A kept text rests on the one before it (`based_on`, none for one that is kept whole); those of before are whole. An
// entry of the journal says what it took out, and outlives the fold of the journal among the past edits: an older
// version, which reads this library without writing it, finds the journal as it knows it.
const VERSION_4: &str = "
alter table revisions rename column text_zlib to packed;
alter table revisions add column packing text not null default 'zlib' check (packing in ('zlib', 'zstd'));
alter table revisions add column based_on integer;
alter table revisions add column name text;
create index revisions_by_base on revisions (draft, based_on);

alter table journal add column removed text;
alter table journal add column step text check (step in ('undo', 'redo'));

create table past_edits (
    draft integer not null references drafts (id) on delete cascade,
    revision integer not null,
    changes text not null,
    removed text,
    selection_anchor integer not null,
    selection_head integer not null,
    at integer not null,
    step text check (step in ('undo', 'redo')),
    primary key (draft, revision)
) strict, without rowid;
";

// SQLite's pages carry no checksums: a bit that turned in the middle of a text would go unnoticed. Rows of
// before have none: null, which no damage of a row's contents can make, as it could make 0.
const VERSION_5: &str = "
alter table texts add column checksum integer;
alter table journal add column checksum integer;
";
