//! The table itself.

use std::path::PathBuf;
use std::time::Instant;

use postwright_comparison::html::{self, Block};
use postwright_comparison::{compare, words_apart};

use crate::corpus::{Beside, Corpus, Engine, Post};
use crate::report::{Figures, Report};
use crate::sites::{self, Page};
use crate::{ours, specs};

#[test]
fn what_the_preview_shows_is_what_the_site_builds() {
    let beside = Beside::find();
    let mut report = Report::default();
    // The generators wait for the disk much of the time.
    let counted: Vec<_> = std::thread::scope(|scope| {
        let beside = &beside;
        let asked = Engine::ALL.into_iter().filter(|engine| is_asked_for(engine.name()));
        let threads: Vec<_> =
            asked.map(|engine| scope.spawn(move || (engine, count(engine, beside)))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for (engine, figures) in counted {
        if let Some(figures) = figures {
            report.engine(engine, figures);
        }
    }
    if is_asked_for("commonmark")
        && let Some((commonmark, github)) = specs::examples()
    {
        report.spec(spec("commonmark 0.31.2", &commonmark));
        report.spec(spec("GFM's extensions", &github));
    }
    println!("\n{}", report.text());
    let file = target().join("parity.json");
    std::fs::write(&file, serde_json::to_string_pretty(&report.json()).unwrap()).unwrap();
    println!("written to {}", file.display());
    let short = report.shortfalls();
    assert!(short.is_empty(), "\n{}", short.join("\n"));
}

/// All are, unless the variable names one: whoever mends a dialect need not wait for the others.
fn is_asked_for(name: &str) -> bool {
    std::env::var_os("POSTWRIGHT_PARITY").is_none_or(|one| one == name)
}

/// Nothing if the generator is not there.
fn count(engine: Engine, beside: &Beside) -> Option<Vec<Figures>> {
    let started = Instant::now();
    let figures = beside.corpora(engine).iter().map(|corpus| count_corpus(engine, corpus)).collect();
    println!("{}: {:.1} s", engine.name(), started.elapsed().as_secs_f64());
    figures
}

fn count_corpus(engine: Engine, corpus: &Corpus) -> Option<Figures> {
    let texts: Vec<String> = corpus.posts.iter().map(|post| post.text.clone()).collect();
    let pages = sites::render(engine, &texts, &corpus.settings)?;
    let mut figures = Figures::new(&corpus.name, corpus.counts);
    for (post, page) in corpus.posts.iter().zip(pages) {
        match page {
            Page::Refused(why) => figures.refuse(&post.name, &why),
            Page::Built(page) => count_post(&mut figures, corpus, post, &html::blocks(&page)),
        }
    }
    Some(figures)
}

fn count_post(figures: &mut Figures, corpus: &Corpus, post: &Post, site: &[Block]) {
    let page = html::blocks(&ours::page(&post.text, &corpus.dialect));
    let preview = html::blocks(&ours::preview(&post.text, &corpus.dialect));
    let unseen = words_apart(site, &preview);
    figures.count(&post.name, post.macros, unseen.as_ref(), &compare(site, &page));
}

fn spec(name: &str, examples: &[specs::Example]) -> Figures {
    let mut figures = Figures::new(name, true);
    for example in examples {
        figures.count(&example.name, false, None, &example.comparison);
    }
    figures
}

/// Cargo's target folder: this program is in its `debug/deps`.
fn target() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    program.ancestors().nth(3).unwrap().to_owned()
}
