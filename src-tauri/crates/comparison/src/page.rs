//! A post's preview against the page that its site's generator and theme made of it.

use dom_query::{Document, NodeRef};

use crate::align::align;
use crate::article::{self, Wanted};
use crate::compare::{Difference, difference, excerpt, name_of, same};
use crate::html::{self, Block, Token};
use crate::{Kind, pictures};

/// What a comment that names a line begins with.
const MARK: &str = "postwright-line:";

/// A piece of the preview: what one top-level block of a post says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The line that it begins in, from 1; none for what stands in no place of its own, as gathered footnotes.
    pub line: Option<u32>,
    /// Its HTML; elements may be left open that a later piece closes.
    pub html: String,
}

/// How a page differs from the preview.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageComparison {
    /// The preview's blocks, and those that only the site has between them.
    pub blocks: usize,
    /// Those that are equal.
    pub equal: usize,
    /// One for each block that differs.
    pub differences: Vec<PageDifference>,
}

/// A block that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageDifference {
    /// The line in the post, from 1: of the block, or of the last before it where the preview does not have it.
    pub line: Option<u32>,
    /// What differs in it.
    pub difference: Difference,
}

/// A block of the preview in its place.
struct Placed {
    line: Option<u32>,
    block: Block,
}

/// Finds the post in a whole page and compares it with the preview, whose parts come in order. None if nothing of the
/// post is found in the page.
///
/// What a theme hangs on content does not count: buttons, scripts, links of headings to themselves, and elements that
/// only wrap.
pub fn compare_with_page(preview: &[Part], page: &str) -> Option<PageComparison> {
    let preview = placed(preview);
    if preview.is_empty() {
        return Some(PageComparison::default());
    }
    let document = Document::from(page);
    article::strip_furniture(&document);
    pictures::name_as_in_post(&document, preview.iter().flat_map(|placed| &placed.block));
    let mut wanted = Wanted::new(preview.iter().map(|placed| &placed.block));
    let site = article::find(&document, &wanted).or_else(|| {
        wanted.take_what_resembles()?;
        article::find(&document, &wanted)
    })?;
    Some(compared(&site, &preview))
}

fn compared(site: &[Block], preview: &[Placed]) -> PageComparison {
    let mut comparison = PageComparison::default();
    let blocks: Vec<&Block> = preview.iter().map(|placed| &placed.block).collect();
    let mut line = None;
    for (on_site, in_preview) in align(site, &blocks) {
        comparison.blocks += 1;
        if let Some(at) = in_preview {
            line = preview[at].line;
        }
        let difference = match (on_site.map(|at| &site[at]), in_preview.map(|at| blocks[at])) {
            (Some(one), Some(other)) if same(one, other) => {
                comparison.equal += 1;
                continue;
            }
            (Some(one), Some(other)) => difference(one, other),
            (Some(one), None) => Difference {
                kind: Kind::BlockOnSite(name_of(one)),
                site: excerpt(one, 0),
                preview: String::new(),
            },
            (None, Some(other)) => Difference {
                kind: Kind::BlockInPreview(name_of(other)),
                site: String::new(),
                preview: excerpt(other, 0),
            },
            (None, None) => continue,
        };
        comparison.differences.push(PageDifference { line, difference });
    }
    comparison
}

/// The blocks of the preview, read as one text because an element may go through several parts, each with its line.
fn placed(parts: &[Part]) -> Vec<Placed> {
    let marked: String = parts
        .iter()
        .map(|part| format!("<!--{MARK}{}-->{}\n", part.line.unwrap_or_default(), part.html))
        .collect();
    let document = Document::fragment(marked);
    article::strip_furniture(&document);
    let mut reading = Reading::default();
    for node in document.html_root().children() {
        if html::stands_alone(&node) {
            reading.finish();
            reading.read(&node);
            reading.finish();
        } else {
            reading.read(&node);
        }
    }
    reading.finish();
    reading.placed
}

#[derive(Default)]
struct Reading {
    placed: Vec<Placed>,
    /// The block that is being read, and where it began.
    tokens: Vec<Token>,
    began: Option<u32>,
    /// The last line that was named; 0 for none.
    line: Option<u32>,
}

impl Reading {
    fn read(&mut self, node: &NodeRef) {
        if self.tokens.iter().all(|token| *token == Token::Space) {
            self.began = self.line.filter(|line| *line > 0);
        }
        html::read(node, &mut self.tokens);
        let marks = std::iter::once(*node).chain(node.descendants_it()).filter(NodeRef::is_comment);
        self.line = marks.filter_map(|mark| line_named(&mark)).last().or(self.line);
    }

    fn finish(&mut self) {
        let block = html::folded(std::mem::take(&mut self.tokens));
        if !block.is_empty() {
            self.placed.push(Placed { line: self.began, block });
        }
    }
}

fn line_named(comment: &NodeRef) -> Option<u32> {
    comment.html().strip_prefix("<!--")?.strip_prefix(MARK)?.strip_suffix("-->")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(parts: &[(u32, &str)]) -> Vec<Part> {
        let part = |(line, html): &(u32, &str)| Part { line: Some(*line), html: (*html).to_owned() };
        parts.iter().map(part).collect()
    }

    const POST: &[(u32, &str)] = &[
        (5, "<h2 id=\"a\">Heading</h2>"),
        (7, "<p>First words of it, <em>some</em>.</p>"),
        (9, "<ul><li>one</li><li>two</li></ul>"),
        (12, "<pre><code class=\"language-rust\">fn main() {}\n</code></pre>"),
        (16, "<table><tr><td>1</td></tr></table>"),
        (18, "<p><img src=\"/a.png\" alt=\"a\"></p>"),
        (20, "<p>The end.</p>"),
    ];

    fn theme(article: &str) -> String {
        format!(
            "<!doctype html><html><head><title>Heading</title></head><body><header><nav><ul><li><a href=\"/\">one</a>\
             </li><li>two</li></ul></nav></header><div class=\"page\"><main><article><header><h1>A post</h1><p>1 May\
             </p></header>{article}<footer><p>Share it.</p></footer></article><aside><nav id=\"toc\"><ul><li>\
             <a href=\"#a\">Heading</a></li></ul></nav></aside></main></div><footer><p>The end of words.</p></footer>\
             </body></html>"
        )
    }

    fn site(post: &[(u32, &str)]) -> String {
        post.iter().map(|(_, html)| *html).collect()
    }

    fn with(line: u32, html: &'static str) -> Vec<(u32, &'static str)> {
        POST.iter().map(|(at, before)| (*at, if *at == line { html } else { before })).collect()
    }

    fn compare(page: &str) -> PageComparison {
        compare_with_page(&parts(POST), page).unwrap()
    }

    #[track_caller]
    fn is_equal(page: &str) {
        let comparison = compare(page);
        assert_eq!(comparison, PageComparison { blocks: 7, equal: 7, differences: Vec::new() });
    }

    #[test]
    fn the_post_is_found_in_any_theme() {
        let post = site(POST);
        is_equal(&theme(&post));
        is_equal(&theme(&format!("<div class=\"content\">{post}</div>")));
        is_equal(&format!("<body>{post}</body>"));
        is_equal(&post);
        // In pieces: a part of each section, as some themes lay it out.
        let (lead, rest) = post.split_at(post.find("<ul>").unwrap());
        is_equal(&theme(&format!("<div class=lead>{lead}</div><section><div>{rest}</div></section>")));
        // An excerpt of it elsewhere in the page is not it.
        let excerpt = "<section><h2>Others</h2><p>First words of it, <em>some</em>.</p></section>";
        is_equal(&theme(&post).replace("<aside>", &format!("<aside>{excerpt}")));
    }

    #[test]
    fn what_a_theme_hangs_on_content_does_not_count() {
        for (line, html) in [
            (5, "<h2 id=\"a\">Heading <a href=\"#a\" class=\"anchor\" aria-label=\"Link\">#</a></h2>"),
            (5, "<h2 id=\"a\"><a href=\"/posts/x/#a\">Heading</a></h2>"),
            (5, "<div class=\"heading\"><h2 id=\"a\">Heading</h2><a class=\"x\" href=\"#a\"></a></div>"),
            (
                12,
                "<div class=\"code\"><div class=\"highlight\"><pre><code class=\"language-rust\"><span>fn</span> main() {}\n</code></pre></div><button>Copy</button></div>",
            ),
            (16, "<div class=\"scrolls\"><table><tr><td>1</td></tr></table></div>"),
        ] {
            let comparison = compare(&theme(&site(&with(line, html))));
            let unequal: Vec<_> = comparison.differences.iter().filter(|it| it.line == Some(line)).collect();
            assert!(unequal.is_empty() || line == 5 && html.starts_with("<div"), "{html}\n{comparison:?}");
        }
    }

    #[test]
    fn a_block_that_differs_is_told_with_its_line() {
        for (line, html, kind) in [
            (5, "<h2 id=\"b\">Heading</h2>", "id of <h2>"),
            (7, "<p>First words of it, **some**.</p>", "<em> in the preview, not on the site"),
            (9, "<ul><li>one</li><li>three</li></ul>", "text"),
            (12, "<pre><code class=\"language-rust\">fn main() { }\n</code></pre>", "text of code"),
            (
                18,
                "<figure><img src=\"/a.png\" alt=\"a\"></figure>",
                "<figure> on the site, <p> in the preview",
            ),
            (18, "<p><img src=\"/b.png\" alt=\"a\"></p>", "src of <img>"),
            (20, "<p>The end</p>", "text"),
        ] {
            let comparison = compare(&theme(&site(&with(line, html))));
            let told: Vec<_> =
                comparison.differences.iter().map(|it| (it.line, it.difference.kind.to_string())).collect();
            assert_eq!(told, [(Some(line), kind.to_owned())], "{html}\n{comparison:?}");
            assert_eq!((comparison.blocks, comparison.equal), (7, 6));
        }
    }

    #[test]
    fn blocks_of_one_side_alone_are_told() {
        let missing = compare(&theme(&site(&with(9, ""))));
        assert_eq!((missing.blocks, missing.equal), (7, 6));
        assert_eq!(missing.differences[0].difference.kind, Kind::BlockInPreview(Some("ul".to_owned())));
        assert_eq!(missing.differences[0].line, Some(9));
        let first = compare(&theme(&site(&with(5, ""))));
        assert_eq!(first.differences[0].difference.kind, Kind::BlockInPreview(Some("h2".to_owned())));
        let more = with(9, "<ul><li>one</li><li>two</li></ul><p>An advertisement.</p>");
        let more = compare(&theme(&site(&more)));
        assert_eq!((more.blocks, more.equal), (8, 7));
        let more = &more.differences[0];
        assert_eq!((more.line, &more.difference.kind), (Some(9), &Kind::BlockOnSite(Some("p".to_owned()))));
    }

    #[test]
    fn a_page_without_the_post_is_no_comparison() {
        assert_eq!(compare_with_page(&parts(POST), "<body><main><p>Nothing.</p></main></body>"), None);
        assert_eq!(compare_with_page(&[], &theme("")), Some(PageComparison::default()));
    }

    #[test]
    fn a_post_of_one_block_that_differs_is_found_by_its_likeness() {
        let post = parts(&[(3, "<p><strong>강조(설명)</strong>는 이렇게 씁니다.</p>")]);
        let page = theme("<div><p>**강조(설명)**는 이렇게 씁니다.</p></div>");
        let comparison = compare_with_page(&post, &page).unwrap();
        assert_eq!((comparison.blocks, comparison.equal, comparison.differences.len()), (1, 0, 1));
        let site = &comparison.differences[0].difference.site;
        assert_eq!(site, "<p>⟨**강조(설명)**는 이렇게 씁니다.</p>");
    }

    #[test]
    fn a_picture_that_astro_made_anew_is_the_one_of_the_post() {
        let post = [(1, "<p>글</p>"), (3, "<p><img src=\"./그림 하나.png\" alt=\"a\"></p>")];
        // Astro 7.3
        let made = "<p>글</p><p><img alt=\"a\" loading=\"lazy\" decoding=\"async\" width=\"4\" height=\"4\" \
            src=\"/_astro/%EA%B7%B8%EB%A6%BC%20%ED%95%98%EB%82%98.AnHCKFbY_Z19k6zw.webp\"></p>";
        let equal = |html: &str| compare_with_page(&parts(&post), &theme(html)).unwrap().equal;
        assert_eq!(equal(made), 2);
        assert_eq!(equal(&made.replace("AnHC", "x.AnHC")), 1, "another name is another picture");
        assert_eq!(equal(&made.replace("alt=\"a\"", "alt=\"b\"")), 1);
    }

    #[test]
    fn an_element_that_several_parts_make_is_one_block() {
        let post = [
            (1, "<details>"),
            (3, "<p>가</p>"),
            (5, "</details>"),
            (7, "a <b>b</b>"),
            (9, "c"),
            (11, "<p>나</p>"),
        ];
        let page = theme("<details><p>가</p></details>a <b>b</b>\nd<p>나</p>");
        let comparison = compare_with_page(&parts(&post), &page).unwrap();
        assert_eq!((comparison.blocks, comparison.equal), (3, 2), "{comparison:?}");
        assert_eq!(comparison.differences[0].line, Some(7));
    }
}
