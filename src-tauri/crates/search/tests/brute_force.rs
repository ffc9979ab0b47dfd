//! R9: what is found is what a plain look through every text finds.
#![allow(clippy::unwrap_used, reason = "a test that cannot set its stage has failed")]

use std::collections::BTreeSet;
use std::path::Path;

use jiff::tz::TimeZone;
use postwright_search::{Asked, Document, Finder, Index, Query, Source, State, fold};
use proptest::prelude::*;

const ALL: Asked = Asked { from: 0, most: usize::MAX, to_count: usize::MAX };

fn document(number: u32, title: &str, text: &str) -> Document {
    Document {
        source: Source::Draft(number),
        stamp: String::new(),
        title: title.to_owned(),
        text: text.to_owned(),
        tags: vec![format!("t{}", number % 3)],
        site: number.is_multiple_of(2).then(|| "Blog".to_owned()),
        state: State { draft: number.is_multiple_of(5), trashed: number % 7 == 6, ..State::default() },
        at: i64::from(number),
    }
}

fn found(path: &Path, typed: &str, initials: bool) -> BTreeSet<Source> {
    let query = Query::parse(typed, initials, &TimeZone::UTC).unwrap();
    let found = Finder::open(path).unwrap().find(&query, ALL).unwrap();
    assert!(found.total.is_all);
    assert_eq!(found.total.count, found.documents.len());
    found.documents.into_iter().map(|document| document.source).collect()
}

/// Every document in which every word is found by looking at each place of its folded text.
fn by_brute_force(documents: &[Document], words: &[&str], initials: bool) -> BTreeSet<Source> {
    let holds = |document: &Document, word: &str| {
        let word: Vec<char> = fold(word).text().chars().collect();
        [&document.text, &document.title].into_iter().any(|text| {
            let text: Vec<char> = fold(text).text().chars().collect();
            text.windows(word.len()).any(|stretch| {
                stretch
                    .iter()
                    .zip(&word)
                    .all(|(&found, &asked)| found == asked || initials && begins(found, asked))
            })
        })
    };
    documents
        .iter()
        .filter(|document| !document.state.trashed && words.iter().all(|word| holds(document, word)))
        .map(|document| document.source.clone())
        .collect()
}

/// By the order of the syllables in Unicode, apart from how the crate does it.
fn begins(syllable: char, consonant: char) -> bool {
    "ㄱ가깋ㄲ까낗ㄴ나닣ㄷ다딯ㄸ따띻ㄹ라맇ㅁ마밓ㅂ바빟ㅃ빠삫ㅅ사싷ㅆ싸앃ㅇ아잏ㅈ자짛ㅉ짜찧ㅊ차칳ㅋ카킿ㅌ타팋ㅍ파핗ㅎ하힣"
        .chars()
        .collect::<Vec<_>>()
        .chunks(3)
        .any(|row| row[0] == consonant && (row[1]..=row[2]).contains(&syllable))
}

/// Words of few letters, so that they are often parts of each other, composed and decomposed.
const TEXT: &str = "([abAB]{1,3}|[가각나낙ㄱ]{1,3}|가|각|é|e\u{301}|[ \n]|fn a\\(b\\)|ㅋㅋ){0,12}";
const WORD: &str = "([abAB]{1,4}|[가각나낙]{1,4}|각|é|a가|fn|ㅋ|\\(b|n a|[ab] [ab가])";

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn found_is_what_brute_force_finds(
        texts in prop::collection::vec((TEXT, TEXT), 1..12),
        others in prop::collection::vec((0_u32..14, TEXT), 0..6),
        removed in prop::collection::vec(0_u32..14, 0..3),
        words in prop::collection::vec(WORD, 1..3),
        initials in "[ㄱㄴㅋ가나]{1,4}",
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("search");
        let mut index = Index::open(&path).unwrap();
        let mut documents: Vec<Document> =
            (0_u32..).zip(&texts).map(|(number, (title, text))| document(number, title, text)).collect();
        index.put(&documents).unwrap();
        index.settle_all().unwrap();
        for (number, text) in &others {
            let new = document(*number, "other", text);
            documents.retain(|document| document.source != new.source);
            index.put(std::slice::from_ref(&new)).unwrap();
            documents.push(new);
        }
        let removed: Vec<Source> = removed.into_iter().map(Source::Draft).collect();
        index.remove(&removed).unwrap();
        documents.retain(|document| !removed.contains(&document.source));

        let typed: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        let plain: Vec<&str> = words.iter().map(String::as_str).collect();
        for _ in 0..2 {
            prop_assert_eq!(found(&path, &typed.join(" "), false), by_brute_force(&documents, &plain, false));
            prop_assert_eq!(found(&path, &initials, true), by_brute_force(&documents, &[&initials], true));
            let without = found(&path, &format!("tag:t0 tag:t0 -{}", typed[0]), false);
            let with = by_brute_force(&documents, &plain[..1], false);
            let tagged: BTreeSet<Source> = documents.iter().filter(|it| it.tags == ["t0"] && !it.state.trashed)
                .map(|it| it.source.clone()).filter(|it| !with.contains(it)).collect();
            prop_assert_eq!(without, tagged);
            // Once more with grams of all of them.
            index.settle_all().unwrap();
        }
    }
}

#[test]
fn words_of_one_letter_and_parts_of_words_are_found_in_any_form() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("search");
    let mut index = Index::open(&path).unwrap();
    index
        .put(&[
            document(1, "검색", "마크다운을 씁니다. `let x = vec![1];`"),
            document(2, "Ünïcode", "한글 NFD"),
            document(3, "", "The QUICK\nbrown fox"),
        ])
        .unwrap();
    for settled in [false, true] {
        for (typed, initials, number) in [
            ("을", false, 1),
            ("마크다운", false, 1),
            ("vec![1", false, 1),
            ("ㄱㅅ", true, 1),
            ("ㅁㅋㄷㅇ", true, 1),
            ("한", false, 2),
            ("한글", false, 2),
            ("U\u{308}N", false, 2),
            ("\"quick brown\"", false, 3),
            ("q", false, 3),
        ] {
            let sources = found(&path, typed, initials);
            assert_eq!(sources.into_iter().collect::<Vec<_>>(), [Source::Draft(number)], "{typed} {settled}");
        }
        index.settle_all().unwrap();
    }
}

#[test]
fn found_are_titles_first_then_headings_then_the_newest() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("search");
    let mut index = Index::open(&path).unwrap();
    index
        .put(&[
            document(1, "About search", "x"),
            document(2, "b", "# On search\n"),
            document(3, "c", "old search"),
            document(4, "d", "a search and a Search"),
        ])
        .unwrap();
    let query = Query::parse("search", false, &TimeZone::UTC).unwrap();
    let mut finder = Finder::open(&path).unwrap();
    let found = finder.find(&query, ALL).unwrap();
    let order: Vec<_> = found.documents.iter().map(|document| document.source.clone()).collect();
    assert_eq!(order, [1, 2, 4, 3].map(Source::Draft));
    assert_eq!(found.documents[0].title_hits.first(), Some(&(6..12)));
    assert_eq!(found.documents[2].hits, 2);
    let second = finder.find(&query, Asked { from: 1, most: 1, to_count: 0 }).unwrap();
    assert_eq!(second.documents[0].source, Source::Draft(2));
    assert!(!second.total.is_all && second.total.count == 2);
}

#[test]
fn a_damaged_index_is_known_and_made_afresh() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("search");
    let mut index = Index::open(&path).unwrap();
    let documents: Vec<Document> =
        (0..300).map(|number| document(number, "t", &format!("text {number} 글"))).collect();
    index.put(&documents).unwrap();
    index.settle_all().unwrap();
    let whole = found(&path, "글", false).len();
    drop(index);
    let sound = std::fs::read(&path).unwrap();
    let mut noticed = 0;
    for turn in 0..60 {
        let mut bytes = sound.clone();
        let at = (turn * 7919) % bytes.len();
        match turn % 3 {
            0 => bytes.truncate(at),
            1 => bytes[at] ^= 0x10,
            _ => bytes[at..].iter_mut().take(600).for_each(|byte| *byte = 0),
        }
        for ending in ["-wal", "-shm"] {
            _ = std::fs::remove_file(folder.path().join(format!("search{ending}")));
        }
        std::fs::write(&path, bytes).unwrap();
        let looked = Index::open(&path).and_then(|mut index| {
            index.settle()?;
            let query = Query::parse("글", false, &TimeZone::UTC).unwrap();
            Finder::open(&path)?.find(&query, ALL)
        });
        if looked.is_err() {
            noticed += 1;
            let mut index = Index::open_afresh(&path).unwrap();
            index.put(&documents).unwrap();
            assert_eq!(found(&path, "글", false).len(), whole);
        }
    }
    assert!(noticed > 20, "{noticed}");
}

#[test]
fn another_database_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other");
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("create table a (b); pragma application_id = 5;").unwrap();
    let refused = Index::open(&path).err().unwrap();
    assert!(!refused.is_damage());
    drop(other);
    let still = rusqlite::Connection::open(&path).unwrap();
    assert!(still.prepare("select b from a").is_ok());
}
