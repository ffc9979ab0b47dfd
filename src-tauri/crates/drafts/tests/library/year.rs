//! How large the library of a year of daily writing is. Prints; run it by its name:
//!
//!     cargo test --release -p postwright-drafts --test library year:: -- --ignored --nocapture

use postwright_drafts::{JournalEntry, Library, NewDraft, RevisionKind, TextChange, apply_changes};

use crate::Desk;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// Words as a Korean tech blog has them: some often, most seldom, some English, some numbers.
fn word(dice: &mut Dice) -> String {
    const OFTEN: [&str; 16] = [
        "그리고",
        "이",
        "것은",
        "다음과",
        "같이",
        "사용하면",
        "서버가",
        "요청을",
        "처리하는",
        "the",
        "문제가",
        "있습니다.",
        "때문에",
        "에서",
        "`cargo`",
        "하지만",
    ];
    if dice.below(3) == 0 {
        return OFTEN[dice.below(16) as usize].to_owned();
    }
    let syllables = 1 + dice.below(4);
    (0..syllables).map(|_| char::from_u32(0xac00 + dice.below(11172) as u32).unwrap_or('가')).collect()
}

/// One post being written: what the library is told of it, key by key.
struct Post {
    draft: u32,
    text: String,
    revision: u32,
    at: usize,
}

impl Post {
    fn edit(&mut self, library: &Library, from: usize, to: usize, insert: &str, at: i64) {
        let changes = vec![TextChange { from, to, insert: insert.to_owned() }];
        apply_changes(&mut self.text, &changes).unwrap();
        self.revision += 1;
        self.at = from + insert.len();
        let (draft, revision) = (self.draft, self.revision);
        let selection = (self.at as u32, self.at as u32);
        library.append(JournalEntry { draft, revision, changes, selection, at, step: None }, |stored| {
            stored.unwrap();
        });
    }

    /// One edit of a writer's: mostly a syllable behind the last, sometimes a key back, a jump, a cut.
    fn write_on(&mut self, library: &Library, dice: &mut Dice, rest: &mut Vec<char>, at: i64) {
        match dice.below(100) {
            0 => self.at = self.text.floor_char_boundary(dice.below(self.text.len() as u64 + 1) as usize),
            1 => {
                let to = self.text.floor_char_boundary(self.at + dice.below(120) as usize);
                self.edit(library, self.at.min(to), to, "", at);
            }
            2..8 if self.at > 0 => {
                let from = self.text.floor_char_boundary(self.at - 1);
                self.edit(library, from, self.at, "", at);
            }
            _ => {
                if rest.is_empty() {
                    let end = if dice.below(40) == 0 { "\n\n" } else { " " };
                    *rest = (word(dice) + end).chars().rev().collect();
                }
                let next = rest.pop().unwrap_or(' ');
                self.edit(library, self.at, self.at, next.encode_utf8(&mut [0; 4]), at);
            }
        }
    }

    fn keep(&self, library: &Library, kind: RevisionKind, at: i64) {
        library.keep_revision(self.draft, self.revision, &self.text, kind, at).unwrap();
    }
}

#[test]
#[ignore = "takes minutes and prints a size"]
fn a_year_of_daily_writing_in_megabytes() {
    let mut desk = Desk::new();
    let mut dice = Dice(2026);
    let mut posts: Vec<Post> = Vec::new();
    let (mut edits, mut kept_whole) = (0_u64, 0_u64);
    for day in 0..365_i64 {
        // A new post twice a week; the writer works at the last four, one or two of them a day.
        if day % 7 == 0 || day % 7 == 3 {
            let draft = desk.add_draft(NewDraft { at: day * DAY, ..NewDraft::default() }).unwrap();
            posts.push(Post { draft, text: String::new(), revision: 0, at: 0 });
        }
        for session in 0..=dice.below(2) as i64 {
            let last = posts.len().min(4) as u64;
            let which = posts.len() - 1 - dice.below(last) as usize;
            let post = &mut posts[which];
            let mut now = day * DAY + (9 + 5 * session) * 60 * MINUTE;
            let keys = 500 + dice.below(2000);
            let (mut rest, mut kept_at) = (Vec::new(), now);
            for key in 0..keys {
                // A key each 1.5 seconds, thoughts included; a pause of three minutes now and then.
                let pauses = dice.below(250) == 0;
                now += if pauses { 3 * MINUTE } else { 1500 };
                post.write_on(&desk, &mut dice, &mut rest, now);
                if pauses || now - kept_at > 10 * MINUTE {
                    post.keep(&desk, RevisionKind::Auto, now);
                    (kept_at, kept_whole) = (now, kept_whole + post.text.len() as u64);
                }
                if key % 400 == 399 {
                    post.keep(&desk, RevisionKind::Saved, now);
                    desk.snapshot(post.draft, post.revision, post.text.clone(), now).unwrap();
                    kept_whole += post.text.len() as u64;
                }
            }
            edits += keys;
            post.keep(&desk, RevisionKind::Auto, now);
            desk.snapshot(post.draft, post.revision, post.text.clone(), now).unwrap();
            desk.thin_revisions(post.draft, now, 9 * 60 * MINUTE).unwrap();
        }
        desk.forget_past_edits((day - 30) * DAY).unwrap();
    }
    let revisions: usize = posts.iter().map(|post| desk.revisions(post.draft).unwrap().len()).sum();
    for post in &posts {
        assert_eq!(desk.draft(post.draft).unwrap().text, post.text);
        let newest = desk.revisions(post.draft).unwrap();
        if let Some(newest) = newest.first() {
            assert_eq!(desk.revision_text(post.draft, newest.number).unwrap(), post.text);
        }
    }
    desk.library = None;
    let file = rusqlite::Connection::open(desk.path()).unwrap();
    let bytes = |sql: &str| -> f64 { file.query_row(sql, [], |row| row.get::<_, f64>(0)).unwrap() / 1e6 };
    let texts: usize = posts.iter().map(|post| post.text.len()).sum();
    println!("{} posts, {:.1} MB of text, {edits} edits in a year", posts.len(), texts as f64 / 1e6);
    println!(
        "{revisions} revisions in {:.2} MB; each text whole: {:.1} MB",
        bytes("select total(octet_length(packed)) from revisions"),
        kept_whole as f64 / 1e6
    );
    println!(
        "past edits for undo: {:.2} MB",
        bytes("select total(octet_length(changes) + octet_length(removed) + 20) from past_edits")
    );
    println!("the whole library: {:.2} MB", std::fs::metadata(desk.path()).unwrap().len() as f64 / 1e6);
}
