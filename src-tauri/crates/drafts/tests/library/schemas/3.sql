-- A library of schema 3: its statements as they were published, and something in every table.
pragma application_id = 0x50777274;
pragma user_version = 3;

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

create table templates (
    id integer primary key autoincrement,
    root text not null,
    name text not null,
    text text not null,
    at integer not null,
    unique (root, name)
) strict;

insert into sites values (1, '/blog', '블로그', '{}', 5);
insert into drafts values (1, 1000, null, '{"bom":false}', 3, 3, '# 처음', 22, 1);
insert into drafts values (2, 900, 950, '', 0, 0, 'old', 3, 0);
insert into texts values (1, 7, '# 처음

첫 문장. 둘째 문장.
');
insert into texts values (2, 1, 'old');
insert into journal values (1, 8, '[[37,37,"끝\n"]]', 25, 25, 1100);
insert into journal values (1, 9, '[[37,40,"마침"]]', 26, 26, 1200);
insert into revisions values (1, 1, 3, 'auto', 500, 12, 'cb4c24c7b0614b959d2d64396e6d349d1d58e3911314354cb239ad9f6d9c90ec', x'789c535678b369c69bb93d5c5c6f36ad5678bd66c79b794bf5b80087150bc2');
insert into revisions values (2, 1, 7, 'saved', 900, 19, '60c4d0c569a157e8527f1c6bfc4a69a2c714b0207aa8a763a9950c9c209a6b9a', x'789c535678b369c69bb93d5c5c6f36ad5678bd66c79b794bf5145e4f9cf166f90e18970b008a9f150d');
insert into revisions values (3, 2, 1, 'published', 910, 3, '96a4257289f9ebcbc94bfc49276f89ed87f8c951e3fa832d44dceb9b220520a5', x'789ccbcf490100028c0140');
insert into assets values ('aaff1535a99cdd3d3e41e25ea6ef55c7b5373722ea588867f02fea01067ff8a8', 8, x'89504e470d0a1a0a');
insert into draft_assets values (1, 'a.png', 'aaff1535a99cdd3d3e41e25ea6ef55c7b5373722ea588867f02fea01067ff8a8', 'image/png');
insert into links values (1, 1, 'posts/a.md', '# 처음

첫 문장.
', 'cb4c24c7b0614b959d2d64396e6d349d1d58e3911314354cb239ad9f6d9c90ec');
insert into settings values ('language', 'ko');
insert into session values (1, '{"tabs":[]}');

insert into publications values (4, 1, '/blog', 'done', '{}', '{"draft":1,"is_copy":false,"file":null,"form":"","text":null,"former_file":null,"former_form":"","former_text":null,"undoes":null,"undoable":true}', 920);
insert into former_files values (4, 0, x'616263');

insert into templates values (2, '/blog', '회고', '# {{title}}', 930);
