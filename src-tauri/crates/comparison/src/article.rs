//! Where a post is in the page that a theme made of it, found by the post alone: nothing is known of the theme.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeRef};

use crate::align::{Pieces, is_like, pieces};
use crate::html::{self, Block, Token};

/// Elements that a theme lays around things without saying anything.
const WRAPPERS: &[&str] = &["article", "div", "form", "main", "section"];

/// A post of more blocks than this has one that is the same on its page, if it is there at all.
const MOST_RESEMBLED: usize = 20;

/// The blocks that are looked for.
pub(crate) struct Wanted<'b> {
    /// How often each occurs, by what is seen of it.
    counts: HashMap<String, usize>,
    exact: HashSet<&'b Block>,
    /// Blocks that only resemble these count as well.
    resembled: Vec<Pieces>,
}

/// The blocks of an element, and how much of the post is in them.
#[derive(Default)]
struct Found {
    blocks: Vec<Block>,
    /// Blocks that show what a block of the post shows, and those that are quite the same.
    likeness: (usize, usize),
}

impl<'b> Wanted<'b> {
    pub(crate) fn new(blocks: impl Iterator<Item = &'b Block> + Clone) -> Self {
        let mut counts = HashMap::new();
        for block in blocks.clone() {
            *counts.entry(seen(block)).or_default() += 1;
        }
        Self { counts, exact: blocks.collect(), resembled: Vec::new() }
    }

    /// Makes blocks count that resemble a block of the post: a short post may differ in every one. None for a longer post.
    pub(crate) fn take_what_resembles(&mut self) -> Option<()> {
        if self.exact.len() > MOST_RESEMBLED {
            return None;
        }
        self.resembled = self.exact.iter().map(|block| pieces(block)).collect();
        Some(())
    }

    fn likeness(&self, blocks: &[Block]) -> (usize, usize) {
        if !self.resembled.is_empty() {
            let resembles = |block: &&Block| {
                let pieces = pieces(block);
                self.resembled.iter().any(|wanted| is_like(wanted, &pieces))
            };
            let alike = || blocks.iter().filter(resembles);
            let whole =
                alike().filter(|block| matches!(block.first(), Some(Token::Open(..) | Token::Code(_))));
            return (alike().count(), whole.count());
        }
        let mut here: HashMap<String, usize> = HashMap::new();
        for block in blocks {
            *here.entry(seen(block)).or_default() += 1;
        }
        let like = here.iter().map(|(key, count)| self.counts.get(key).copied().unwrap_or(0).min(*count));
        (like.sum(), blocks.iter().filter(|block| self.exact.contains(block)).count())
    }
}

/// What tells a block from others: its words, or all of it where it has none, as a picture.
pub(crate) fn seen(block: &Block) -> String {
    let words = html::visible(block);
    if words.is_empty() { format!("{block:?}") } else { words }
}

/// The blocks of the smallest element of the page that has the most of the wanted blocks in it, unwrapped.
/// None if it has none of them.
pub(crate) fn find(page: &Document, wanted: &Wanted<'_>) -> Option<Vec<Block>> {
    let body = page.body()?;
    let mut best = Found::default();
    let whole = look(&body, wanted, &mut best);
    keep_better(&mut best, whole);
    (best.likeness.0 > 0).then_some(best.blocks)
}

/// The blocks of an element; the better of what it and its children have goes to `best`, the smaller of equals.
fn look(element: &NodeRef, wanted: &Wanted<'_>, best: &mut Found) -> Found {
    let mut found = Found::default();
    let mut loose: Vec<Token> = Vec::new();
    for child in element.children_it(false) {
        let inner = if child.is_element() { look(&child, wanted, best) } else { Found::default() };
        if !html::stands_alone(&child) && !is_custom(&child, &inner) {
            html::read(&child, &mut loose);
            keep_better(best, inner);
            continue;
        }
        found.take(std::mem::take(&mut loose));
        let block = html::folded(html::tokens(&child));
        if is_wrapper(&child) && inner.likeness.0 > 0 && !wanted.exact.contains(&block) {
            found.blocks.extend(inner.blocks.iter().cloned());
        } else if !block.is_empty() {
            found.blocks.push(block);
        }
        keep_better(best, inner);
    }
    found.take(loose);
    found.likeness = wanted.likeness(&found.blocks);
    found
}

impl Found {
    fn take(&mut self, tokens: Vec<Token>) {
        let block = html::folded(tokens);
        if !block.is_empty() {
            self.blocks.push(block);
        }
    }
}

fn keep_better(best: &mut Found, found: Found) {
    if found.likeness > best.likeness {
        *best = found;
    }
}

fn is_wrapper(node: &NodeRef) -> bool {
    node.node_name().is_some_and(|name| WRAPPERS.contains(&&*name) || name.contains('-'))
}

/// An element of the theme's own making that holds blocks.
fn is_custom(node: &NodeRef, inner: &Found) -> bool {
    node.node_name().is_some_and(|name| name.contains('-')) && inner.likeness.0 > 0
}

/// Takes out what themes hang on content: buttons to copy code, scripts, and the links of headings to themselves.
pub(crate) fn strip_furniture(document: &Document) {
    document.select("script, style, noscript, template, button").remove();
    for heading in document.select("h1, h2, h3, h4, h5, h6").nodes() {
        for link in heading.descendants().iter().filter(|node| leads_to(node, heading)) {
            let words = |node: &NodeRef| node.text().split_whitespace().collect::<String>();
            if words(link) == words(heading) && !words(link).is_empty() {
                unwrap(link);
            } else {
                link.remove_from_parent();
            }
        }
    }
}

fn leads_to(link: &NodeRef, heading: &NodeRef) -> bool {
    let (Some(target), Some(id)) = (link.attr("href"), heading.attr("id")) else { return false };
    let fragment = target.rsplit_once('#').map(|(_, fragment)| html::decoded(fragment));
    link.has_name("a") && !id.is_empty() && fragment.is_some_and(|fragment| fragment == *id)
}

/// Leaves the children of an element in its place.
fn unwrap(element: &NodeRef) {
    for child in element.children() {
        element.insert_before(&child);
    }
    element.remove_from_parent();
}
