//! Where the post stands in a page, and what the page says about it.

use super::furniture::is_furniture;
use super::tree::{Element, Node, NodeId, Tree};
use crate::Details;

/// Classes that themes and services give to what holds the text of a post.
const CONTENT_CLASSES: [&str; 20] = [
    "e-content",
    "entry-content",
    "post-content",
    "post_content",
    "post-body",
    "article-body",
    "article-content",
    "article__body",
    "article-view",
    "article_view",
    "contents_style",
    "tt_article_useless_p_margin",
    "wrap_body",
    "markdown-body",
    "content-body",
    "blog-post-content",
    "prose",
    "post__content",
    "se-main-container",
    "note-content",
];

/// The element that holds the post. What says that it does is believed if it has a good part of the page's text; else
/// it is the innermost element that has nearly all of it.
pub(super) fn article(tree: &Tree) -> NodeId {
    let prose = prose(tree);
    let all = prose.of(Tree::ROOT);
    let good_part = |id: &NodeId| prose.of(*id) * 5 >= all * 2;
    let largest = |is: &dyn Fn(&Element) -> bool| {
        tree.inside(Tree::ROOT)
            .filter(|id| tree.element(*id).is_some_and(is))
            .filter(good_part)
            // The innermost of those that hold the same.
            .max_by_key(|id| (prose.of(*id), *id))
    };
    let says_content = |element: &Element| {
        element.attribute("itemprop").is_some_and(|what| what.split(' ').any(|each| each == "articleBody"))
            || element.attribute("data-field") == Some("body")
            || CONTENT_CLASSES.iter().any(|class| element.has_class(class))
    };
    let says_article = |element: &Element| {
        matches!(element.name.as_str(), "article" | "main") || element.attribute("role") == Some("main")
    };
    largest(&says_content).or_else(|| largest(&says_article)).unwrap_or_else(|| innermost(tree, &prose, all))
}

fn innermost(tree: &Tree, prose: &Prose, all: usize) -> NodeId {
    let mut here = Tree::ROOT;
    let is_box = |id: &NodeId| {
        matches!(
            tree.name(*id),
            "html" | "body" | "div" | "section" | "center" | "td" | "tr" | "tbody" | "table"
        )
    };
    while let Some(next) = tree.children(here).filter(is_box).find(|child| prose.of(*child) * 20 >= all * 19)
    {
        here = next;
    }
    here
}

/// How much text an element has that is neither furniture nor a link.
struct Prose(Vec<usize>);

impl Prose {
    fn of(&self, id: NodeId) -> usize {
        self.0.get(id.index()).copied().unwrap_or(0)
    }
}

fn prose(tree: &Tree) -> Prose {
    let mut lengths = vec![0; tree.len()];
    add_prose(tree, Tree::ROOT, &mut lengths);
    Prose(lengths)
}

fn add_prose(tree: &Tree, id: NodeId, lengths: &mut [usize]) -> usize {
    let mut length = 0;
    for child in tree.children(id) {
        length += match tree.node(child) {
            Node::Text(text) => text.chars().filter(|letter| !letter.is_whitespace()).count(),
            Node::Element(element) if element.name == "a" || is_furniture(tree, child, true) => 0,
            Node::Element(_) => add_prose(tree, child, lengths),
        };
    }
    lengths[id.index()] = length;
    length
}

/// What a page says about its post.
pub(super) fn details(tree: &Tree) -> Details {
    let mut details = Details::default();
    let mut ways: [Option<String>; 3] = [None, None, None];
    let mut dates: [Option<String>; 3] = [None, None, None];
    for id in tree.inside(Tree::ROOT) {
        let Some(element) = tree.element(id) else { continue };
        let content = || element.attribute("content").map(folded).filter(|content| !content.is_empty());
        let named = element.attribute("property").or_else(|| element.attribute("name")).unwrap_or_default();
        match (element.name.as_str(), named) {
            ("meta", "og:title") => fill(&mut ways[0], content()),
            ("meta", "article:published_time" | "date" | "pubdate") => fill(&mut dates[0], content()),
            ("meta", "article:tag") => details.add_tags(content()),
            ("meta", "article:section") => fill(&mut details.category, content()),
            ("h1", _) => fill(&mut ways[1], Some(folded(&tree.text(id))).filter(|words| !words.is_empty())),
            ("title", _) => {
                fill(&mut ways[2], Some(folded(&tree.text(id))).filter(|words| !words.is_empty()))
            }
            ("time", _) => fill(&mut dates[2], element.attribute("datetime").map(str::to_owned)),
            ("a", _)
                if element.attribute("rel").is_some_and(|rel| rel.split(' ').any(|each| each == "tag")) =>
            {
                details.add_tags([folded(&tree.text(id)).trim_start_matches('#').to_owned()]);
            }
            ("script", _) if element.attribute("type") == Some("application/ld+json") => {
                fill(&mut dates[1], published_in(&tree.text(id)));
            }
            _ => {}
        }
        if element.attribute("itemprop") == Some("datePublished") {
            fill(
                &mut dates[1],
                element.attribute("datetime").or_else(|| element.attribute("content")).map(str::to_owned),
            );
        }
    }
    details.title = ways.into_iter().flatten().next();
    details.date = dates.into_iter().flatten().find_map(|date| as_date(&date));
    details
}

fn fill(place: &mut Option<String>, value: Option<String>) {
    if place.is_none() {
        *place = value;
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn published_in(json: &str) -> Option<String> {
    let (_, after) = json.split_once("\"datePublished\"")?;
    after.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?.split('"').next().map(str::to_owned)
}

/// A date as front matter has it: a day, or a moment with its offset.
fn as_date(text: &str) -> Option<String> {
    let text = text.trim();
    let day = text.get(..10)?;
    let is_day = day.bytes().enumerate().all(|(place, byte)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !is_day {
        return None;
    }
    let is_moment = text.len() >= 20
        && text.as_bytes()[10] == b'T'
        && (text.ends_with('Z') || text[19..].contains(['+', '-']));
    Some(if is_moment { text.to_owned() } else { day.to_owned() })
}
