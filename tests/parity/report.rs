//! The figures: counted, printed as a table in Markdown, written to `target/parity.json`, and held against floors.

use std::collections::BTreeMap;
use std::fmt::Write;

use postwright_comparison::{Comparison, Difference};
use serde_json::{Value, json};

use crate::corpus::{Engine, OWN};

/// What must be reached, in per cent of posts and of blocks, heading ids counted: over our own posts and the real ones
/// together, where those are there; and over our own, which are traps for the greater part.
const FLOORS: &[(Engine, Floor, Floor)] = &[
    (Engine::Hugo, Floor(97.0, 99.5), Floor(80.0, 96.0)),
    (Engine::Zola, Floor(97.0, 99.5), Floor(80.0, 96.0)),
    (Engine::Jekyll, Floor(85.0, 97.0), Floor(80.0, 96.0)),
    (Engine::Hexo, Floor(90.0, 98.5), Floor(80.0, 96.0)),
    (Engine::Astro, Floor(90.0, 98.5), Floor(80.0, 96.0)),
];
/// Posts and blocks.
struct Floor(f64, f64);
/// Examples of the specifications: every one.
const SPECIFICATION_FLOOR: f64 = 100.0;

/// How many kinds of differences are printed for each engine.
const COMMONEST: usize = 10;
/// How many examples of a kind go into the JSON.
const EXAMPLES: usize = 50;
/// How many posts are printed of those whose words differ.
const UNSEEN: usize = 5;

/// What was counted over some posts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Figures {
    /// Where the posts are from.
    pub(crate) name: String,
    /// Whether the posts count in the engine's figure.
    pub(crate) counts: bool,
    posts: usize,
    with_macros: usize,
    equal_posts: usize,
    equal_posts_without_ids: usize,
    blocks: usize,
    equal_blocks: usize,
    equal_blocks_without_ids: usize,
    /// Posts of whose words the writer sees every one in the preview, and no other.
    seen_posts: usize,
    /// Of those where it is otherwise, some.
    unseen: Vec<Value>,
    /// Posts that the generator does not build, and why.
    refused: Vec<String>,
    kinds: BTreeMap<String, Kind>,
}

#[derive(Debug, Clone, Default)]
struct Kind {
    blocks: usize,
    posts: usize,
    examples: Vec<Value>,
}

impl Figures {
    /// Nothing counted yet.
    pub(crate) fn new(name: &str, counts: bool) -> Self {
        Self { name: name.to_owned(), counts, ..Self::default() }
    }

    /// Counts a post that the generator does not build.
    pub(crate) fn refuse(&mut self, post: &str, why: &str) {
        self.refused.push(format!("{post}: {why}"));
    }

    /// Counts a post.
    pub(crate) fn count(
        &mut self,
        post: &str,
        macros: bool,
        unseen: Option<&Difference>,
        comparison: &Comparison,
    ) {
        self.posts += 1;
        self.with_macros += usize::from(macros);
        match unseen {
            None => self.seen_posts += 1,
            Some(unseen) => self.unseen.push(example(post, unseen)),
        }
        self.equal_posts += usize::from(comparison.is_equal());
        self.equal_posts_without_ids += usize::from(comparison.is_equal_without_ids());
        self.blocks += comparison.blocks;
        self.equal_blocks += comparison.equal;
        self.equal_blocks_without_ids += comparison.equal_without_ids;
        let mut here: Vec<&postwright_comparison::Kind> = Vec::new();
        for difference in &comparison.differences {
            let kind = self.kinds.entry(difference.kind.to_string()).or_default();
            kind.blocks += 1;
            if !here.contains(&&difference.kind) {
                here.push(&difference.kind);
                kind.posts += 1;
                if kind.examples.len() < EXAMPLES {
                    kind.examples.push(example(post, difference));
                }
            }
        }
    }

    fn add(&mut self, other: &Figures) {
        self.posts += other.posts;
        self.with_macros += other.with_macros;
        self.seen_posts += other.seen_posts;
        self.equal_posts += other.equal_posts;
        self.equal_posts_without_ids += other.equal_posts_without_ids;
        self.blocks += other.blocks;
        self.equal_blocks += other.equal_blocks;
        self.equal_blocks_without_ids += other.equal_blocks_without_ids;
        self.unseen.extend(other.unseen.iter().cloned());
        self.refused.extend(other.refused.iter().cloned());
        for (name, kind) in &other.kinds {
            let all = self.kinds.entry(name.clone()).or_default();
            all.blocks += kind.blocks;
            all.posts += kind.posts;
            let room = EXAMPLES.saturating_sub(all.examples.len());
            all.examples.extend(kind.examples.iter().take(room).cloned());
        }
    }

    fn equal_posts(&self) -> f64 {
        share(self.equal_posts, self.posts)
    }

    fn equal_blocks(&self) -> f64 {
        share(self.equal_blocks, self.blocks)
    }

    /// By the posts they spoil: a post is what the writer publishes.
    fn commonest(&self) -> Vec<(&String, &Kind)> {
        let mut kinds: Vec<_> = self.kinds.iter().collect();
        kinds.sort_by_key(|(_, kind)| std::cmp::Reverse((kind.posts, kind.blocks)));
        kinds
    }

    fn row(&self, name: &str) -> String {
        format!(
            "| {name} | {} | {:.1} | {} | {:.2} | {:.1} / {:.2} | {:.1} | {} | {} |\n",
            self.posts,
            self.equal_posts(),
            self.blocks,
            self.equal_blocks(),
            share(self.equal_posts_without_ids, self.posts),
            share(self.equal_blocks_without_ids, self.blocks),
            share(self.seen_posts, self.posts),
            self.with_macros,
            self.refused.len(),
        )
    }

    fn json(&self) -> Value {
        let kinds = self.commonest().into_iter().map(|(name, kind)| {
            json!({ "kind": name, "posts": kind.posts, "blocks": kind.blocks, "examples": kind.examples })
        });
        json!({
            "name": self.name,
            "counts": self.counts,
            "posts": self.posts,
            "equalPosts": self.equal_posts(),
            "blocks": self.blocks,
            "equalBlocks": self.equal_blocks(),
            "equalPostsWithoutIds": share(self.equal_posts_without_ids, self.posts),
            "equalBlocksWithoutIds": share(self.equal_blocks_without_ids, self.blocks),
            "seenPosts": share(self.seen_posts, self.posts),
            "unseen": self.unseen,
            "withMacros": self.with_macros,
            "refused": self.refused,
            "differences": kinds.collect::<Vec<_>>(),
        })
    }
}

fn example(post: &str, difference: &Difference) -> Value {
    json!({ "post": post, "site": difference.site, "preview": difference.preview })
}

/// Per cent; of nothing, all.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// All figures, as they come in.
#[derive(Default)]
pub(crate) struct Report {
    engines: Vec<(Engine, Vec<Figures>)>,
    specs: Vec<Figures>,
}

impl Report {
    /// Adds what was counted for an engine, corpus by corpus.
    pub(crate) fn engine(&mut self, engine: Engine, corpora: Vec<Figures>) {
        self.engines.push((engine, corpora));
    }

    /// Adds what was counted over a specification's examples.
    pub(crate) fn spec(&mut self, figures: Figures) {
        self.specs.push(figures);
    }

    /// The tables and the commonest differences.
    pub(crate) fn text(&self) -> String {
        let mut text = String::from(
            "| engine | posts | equal posts % | blocks | equal blocks % | the same without heading ids | words seen % | with macros | refused |\n\
             |---|---|---|---|---|---|---|---|---|\n",
        );
        for (engine, corpora) in &self.engines {
            text.push_str(&total(corpora).row(&format!("**{}**", title(*engine))));
            for corpus in corpora {
                let aside = if corpus.counts { "" } else { " (not in the figure)" };
                text.push_str(&corpus.row(&format!("– {}{aside}", corpus.name)));
            }
        }
        for spec in &self.specs {
            let equal = format!("{} of {}", spec.equal_posts, spec.posts);
            text.push_str(&spec.row(&format!("**{}** ({equal})", spec.name)));
        }
        for (engine, corpora) in &self.engines {
            text.push_str(&differences(title(*engine), &total(corpora)));
            for refused in corpora.iter().flat_map(|corpus| &corpus.refused) {
                let _ = writeln!(text, "  not built by the generator: {refused}");
            }
        }
        for spec in self.specs.iter().filter(|spec| !spec.kinds.is_empty()) {
            text.push_str(&differences(&spec.name, spec));
        }
        text
    }

    /// Everything, for programs.
    pub(crate) fn json(&self) -> Value {
        let engine = |(engine, corpora): &(Engine, Vec<Figures>)| {
            let mut total = total(corpora).json();
            total["name"] = engine.name().into();
            total["corpora"] = corpora.iter().map(Figures::json).collect();
            total
        };
        json!({
            "engines": self.engines.iter().map(engine).collect::<Vec<_>>(),
            "specifications": self.specs.iter().map(Figures::json).collect::<Vec<_>>(),
        })
    }

    /// What falls short of its floor.
    pub(crate) fn shortfalls(&self) -> Vec<String> {
        let mut short = Vec::new();
        let mut hold = |name: &str, what: &str, reached: f64, floor: f64| {
            if reached < floor {
                short.push(format!("{name}: {reached:.2} % of {what} are equal, not {floor} %"));
            }
        };
        for (engine, corpora) in &self.engines {
            let Some((_, all, own)) = FLOORS.iter().find(|(of, ..)| of == engine) else { continue };
            let are_own = |corpus: &&Figures| corpus.name == OWN;
            let ours: Vec<Figures> = corpora.iter().filter(are_own).cloned().collect();
            let real = corpora.iter().any(|corpus| corpus.counts && !are_own(&corpus));
            for (of, figures, floor) in [("our own ", &ours, own), ("all ", corpora, all)] {
                if of == "all " && !real {
                    continue;
                }
                let total = total(figures);
                hold(engine.name(), &format!("{of}posts"), total.equal_posts(), floor.0);
                hold(engine.name(), &format!("{of}blocks"), total.equal_blocks(), floor.1);
            }
        }
        for spec in &self.specs {
            hold(&spec.name, "examples", spec.equal_posts(), SPECIFICATION_FLOOR);
        }
        short
    }
}

fn title(engine: Engine) -> &'static str {
    if engine == Engine::Zola {
        "zola (pulldown-cmark with Zola's options, not Zola itself)"
    } else {
        engine.name()
    }
}

fn total(corpora: &[Figures]) -> Figures {
    let mut total = Figures::default();
    corpora.iter().filter(|corpus| corpus.counts).for_each(|corpus| total.add(corpus));
    total
}

fn differences(name: &str, figures: &Figures) -> String {
    let mut text = format!("\n{name}: the commonest differences\n");
    for (kind, found) in figures.commonest().into_iter().take(COMMONEST) {
        let _ = writeln!(text, "  {} posts, {} blocks: {kind}", found.posts, found.blocks);
        found.examples.iter().take(1).for_each(|example| push_example(&mut text, example));
    }
    for (at, example) in figures.unseen.iter().take(UNSEEN).enumerate() {
        if at == 0 {
            let _ = writeln!(
                text,
                "  {} posts whose words the writer does not see as the site has them",
                figures.unseen.len()
            );
        }
        push_example(&mut text, example);
    }
    text
}

fn push_example(text: &mut String, example: &Value) {
    let field = |name: &str| example[name].as_str().unwrap_or_default();
    let _ = writeln!(text, "      {}", field("post"));
    let _ = writeln!(text, "      site     {}", field("site"));
    let _ = writeln!(text, "      preview  {}", field("preview"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use postwright_comparison::compare;
    use postwright_comparison::html::blocks;

    fn figures(name: &str, equal: usize, different: usize) -> Figures {
        let mut figures = Figures::new(name, true);
        let site = blocks("<h2 id=a>a</h2><p>b</p>");
        for _ in 0..equal {
            figures.count("a.md", false, None, &compare(&site, &site));
        }
        for _ in 0..different {
            figures.count("b.md", false, None, &compare(&site, &blocks("<h2 id=b>a</h2><p>b</p>")));
        }
        figures
    }

    #[test]
    fn what_falls_short_is_named() {
        let mut report = Report::default();
        report.engine(Engine::Hugo, vec![figures(OWN, 19, 1), figures("site", 180, 0)]);
        report.engine(Engine::Jekyll, vec![figures(OWN, 93, 7)]);
        report.spec(figures("spec", 10, 0));
        assert_eq!(report.shortfalls(), Vec::<String>::new());
        report.engine(Engine::Zola, vec![figures(OWN, 19, 1), figures("site", 77, 3)]);
        report.engine(Engine::Astro, vec![figures(OWN, 7, 3)]);
        report.spec(figures("spec", 9, 1));
        let short = report.shortfalls();
        assert_eq!(short.len(), 5, "{short:?}");
        assert!(short[0].starts_with("zola: 96.00 % of all posts"), "{short:?}");
        assert!(short[2].starts_with("astro: 70.00 % of our own posts"), "{short:?}");
    }

    #[test]
    fn a_corpus_that_does_not_count_spoils_no_figure() {
        let mut report = Report::default();
        let traps = Figures { counts: false, ..figures("traps", 0, 9) };
        report.engine(Engine::Hugo, vec![figures(OWN, 9, 0), traps]);
        assert!(report.shortfalls().is_empty());
        assert!(report.text().contains("(not in the figure)"));
    }

    #[test]
    fn the_table_shows_ids_counted_and_not() {
        let mut report = Report::default();
        report.engine(Engine::Hexo, vec![figures(OWN, 1, 1)]);
        let text = report.text();
        assert!(
            text.contains("| **hexo** | 2 | 50.0 | 4 | 75.00 | 100.0 / 100.00 | 100.0 | 0 | 0 |"),
            "{text}"
        );
        assert!(text.contains("1 posts, 1 blocks: id of <h2>"), "{text}");
        assert_eq!(report.json()["engines"][0]["corpora"][0]["differences"][0]["posts"], 1);
    }
}
