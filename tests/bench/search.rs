//! P9: any text of one letter or more among 10,000 posts, through the core: what the window adds is drawing.

use std::path::Path;
use std::time::{Duration, Instant};

use postwright_tests::desk::Desk;
use postwright_wire::{Call, Reply, Search};
use rusqlite::Connection;

use crate::corpus::Words;
use crate::table::{Row, median_and_p99};

const POSTS: usize = 10_000;
const BYTES: usize = 10_000;
const TURNS: usize = 15;
/// The looks through every text are slow: so many are enough for a reference.
const REFERENCE_TURNS: usize = 1;
/// The first screenful of the window.
const SCREENFUL: u32 = 30;

/// One letter to a phrase, common to absent, Korean, English and code.
const QUERIES: [&str; 26] = [
    "e",
    "z",
    "이",
    "글",
    "힣",
    "(",
    "ru",
    "성능",
    "검색",
    "씁니",
    "문장의",
    "복구와",
    "the",
    "buf",
    "let ",
    "트랜잭션",
    "검색어",
    "container",
    "unwrap_or_default",
    "lock-restore",
    "println!(cache_",
    "쿼리설계",
    "검색 성능",
    "메모리 lock -트리",
    "\"을 고칩니다\"",
    "없는말입니다",
];
const INITIALS: [&str; 6] = ["ㄱ", "ㄱㅅ", "ㅁㅁㄹ", "ㅌㄹㅈㅅ", "검ㅅ", "ㄱㅂㅍ"];
const FILTERED: [&str; 4] =
    ["성능 tag:태그7", "is:published 검색", "lock before:2014", "site:site 글 after:2020-06"];

/// The rows of P9.
pub(crate) fn search() -> Vec<Row> {
    let desk = Desk::new();
    let root = desk.path("site");
    let bytes = write_site(&root);
    desk.app.add_site(&root).unwrap();
    let start = Instant::now();
    let first = Search { query: "e".to_owned(), most: 1, count_all: true, ..Search::default() };
    assert_eq!(desk.app.search_all(&first).unwrap().total as usize, POSTS);
    let filled = start.elapsed();
    let index = std::fs::metadata(desk.path("library.db.search")).unwrap().len();
    let reference = look_through_all(&desk.path("plain.db"), &root);
    let row = |what, mut times: Vec<Duration>| Row {
        number: "P9",
        what,
        budget: "15 / 50 ms",
        found: median_and_p99(&mut times),
        reference: reference.clone(),
        samples: times.len(),
    };
    let plain = times(&desk, &QUERIES, false);
    let rows = vec![
        row("10,000 posts (100 MB): any text of 1+ letters → first screenful", plain),
        row("the same by initial consonants", times(&desk, &INITIALS, true)),
        row("the same with filters", times(&desk, &FILTERED, false)),
        Row {
            number: "–",
            what: "10,000 posts read for the search, once",
            budget: "–",
            found: format!(
                "{:.1} s; {:.0} MB of texts, index with them {:.0} MB",
                filled.as_secs_f64(),
                megabytes(bytes as u64),
                megabytes(index)
            ),
            reference: "–".to_owned(),
            samples: 1,
        },
    ];
    rows
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn times(desk: &Desk, queries: &[&str], initials: bool) -> Vec<Duration> {
    let mut times = Vec::new();
    for _ in 0..TURNS {
        for query in queries {
            let ask = Search { query: (*query).to_owned(), initials, most: SCREENFUL, ..Search::default() };
            let start = Instant::now();
            let Reply::Search(found) = desk.call(Call::Search(ask)) else { unreachable!() };
            times.push(start.elapsed());
            assert_eq!(found.unread, 0);
            assert!(found.posts.len() == SCREENFUL.min(found.total) as usize, "{query}");
        }
    }
    times
}

/// The same questions to a table of the texts, each looked through with `LIKE`.
fn look_through_all(path: &Path, root: &Path) -> String {
    let mut connection = Connection::open(path).unwrap();
    connection.execute_batch("create table posts (text text)").unwrap();
    let transaction = connection.transaction().unwrap();
    for number in 0..POSTS {
        let text = std::fs::read_to_string(root.join(path_of(number))).unwrap();
        transaction.execute("insert into posts values (?1)", [text]).unwrap();
    }
    transaction.commit().unwrap();
    let mut times = Vec::new();
    for _ in 0..REFERENCE_TURNS {
        for query in QUERIES {
            let like = format!("%{}%", query.trim_matches('"'));
            let start = Instant::now();
            let mut found =
                connection.prepare("select rowid from posts where text like ?1 order by rowid").unwrap();
            let count = found.query_map([like], |row| row.get::<_, i64>(0)).unwrap().count();
            times.push(start.elapsed());
            assert!(count <= POSTS);
        }
    }
    format!("`LIKE` over all texts: {}", median_and_p99(&mut times))
}

fn path_of(number: usize) -> String {
    format!("content/posts/{:02}/post-{number}.md", number % 50)
}

/// Writes the posts and answers how many bytes they are.
fn write_site(root: &Path) -> usize {
    postwright_testkit::hugo_site(root);
    std::fs::remove_dir_all(root.join("content/posts/first-post")).unwrap();
    let words = Words::new();
    let mut bytes = 0;
    for number in 0..POSTS {
        let text = words.post(number, BYTES);
        bytes += text.len();
        let path = root.join(path_of(number));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    bytes
}
