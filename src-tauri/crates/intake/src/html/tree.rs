//! HTML to a tree of elements and texts.
//!
//! The tokens are html5ever's. The tree is not the standard's: that takes quadratic time on elements that nest deeply,
//! and its repairs of misplaced formatting are of no use where the result is Markdown. Elements nest [`MAX_DEPTH`]
//! deep; what is deeper counts as the content of the last.

use std::cell::RefCell;

use html5ever::interface::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// How deep elements nest.
const MAX_DEPTH: usize = 128;
/// More elements and texts than any page has that somebody wrote.
const MAX_NODES: usize = 2_000_000;
/// The tokenizer compares each attribute of a tag with all before it.
const MAX_ATTRIBUTES: usize = 400;

/// A place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodeId(u32);

impl NodeId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Something of a page.
#[derive(Debug)]
pub(crate) enum Node {
    Text(StrTendril),
    Element(Element),
}

/// An element without its content.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: Vec<(String, StrTendril)>,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| &**value)
    }

    pub(crate) fn classes(&self) -> impl Iterator<Item = &str> {
        self.attribute("class").unwrap_or_default().split_ascii_whitespace()
    }

    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.classes().any(|each| each == class)
    }
}

struct Entry {
    node: Node,
    parent: NodeId,
    first: Option<NodeId>,
    last: Option<NodeId>,
    next: Option<NodeId>,
}

/// A page, or a part of one.
pub(crate) struct Tree {
    entries: Vec<Entry>,
}

/// Why a page is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooMuch;

impl Tree {
    pub(crate) const ROOT: NodeId = NodeId(0);

    pub(crate) fn parse(html: &str) -> Result<Self, TooMuch> {
        if has_endless_tag(html) {
            return Err(TooMuch);
        }
        let tokenizer = Tokenizer::new(Builder(RefCell::new(Building::new())), TokenizerOpts::default());
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from(html));
        // Scripts do not run here, so that nothing waits.
        while let TokenizerResult::Script(()) = tokenizer.feed(&queue) {}
        tokenizer.end();
        let building = tokenizer.sink.0.into_inner();
        if building.is_too_much { Err(TooMuch) } else { Ok(building.tree) }
    }

    /// How many nodes there are; each has an index below it.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.entry(id).node
    }

    pub(crate) fn element(&self, id: NodeId) -> Option<&Element> {
        match self.node(id) {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        }
    }

    /// The name of an element; empty for a text.
    pub(crate) fn name(&self, id: NodeId) -> &str {
        self.element(id).map_or("", |element| element.name.as_str())
    }

    pub(crate) fn parent(&self, id: NodeId) -> NodeId {
        self.entry(id).parent
    }

    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.entry(id).first, |child| self.entry(*child).next)
    }

    /// All that is in a node, in the order of the page, without the node.
    pub(crate) fn inside(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut next = self.entry(id).first;
        std::iter::from_fn(move || {
            let here = next?;
            next = self.entry(here).first.or_else(|| self.after(here, id));
            Some(here)
        })
    }

    /// What comes after all of a node, within `root`.
    fn after(&self, mut here: NodeId, root: NodeId) -> Option<NodeId> {
        while here != root && here != Self::ROOT {
            if let Some(next) = self.entry(here).next {
                return Some(next);
            }
            here = self.entry(here).parent;
        }
        None
    }

    /// The first element of a name inside.
    pub(crate) fn find(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.inside(id).find(|inner| self.name(*inner) == name)
    }

    /// All text inside, as it is written.
    pub(crate) fn text(&self, id: NodeId) -> String {
        let mut text = String::new();
        for inner in self.inside(id) {
            if let Node::Text(part) = self.node(inner) {
                text.push_str(part);
            }
        }
        text
    }

    fn entry(&self, id: NodeId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    fn append(&mut self, parent: NodeId, node: Node) -> NodeId {
        let id = NodeId(self.entries.len() as u32);
        self.entries.push(Entry { node, parent, first: None, last: None, next: None });
        let before = self.entries[parent.0 as usize].last.replace(id);
        match before {
            Some(before) => self.entries[before.0 as usize].next = Some(id),
            None => self.entries[parent.0 as usize].first = Some(id),
        }
        id
    }
}

struct Builder(RefCell<Building>);

struct Building {
    tree: Tree,
    open: Vec<NodeId>,
    /// How many start tags were passed over for their depth and have not been closed.
    too_deep: usize,
    is_too_much: bool,
}

impl TokenSink for Builder {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut building = self.0.borrow_mut();
        if building.tree.entries.len() >= MAX_NODES {
            building.is_too_much = true;
            return TokenSinkResult::Continue;
        }
        match token {
            Token::TagToken(tag) => return building.tag(tag),
            Token::CharacterTokens(text) => building.text(text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Building {
    fn new() -> Self {
        let root = Node::Element(Element { name: String::new(), attributes: Vec::new() });
        let entry = Entry { node: root, parent: Tree::ROOT, first: None, last: None, next: None };
        Self { tree: Tree { entries: vec![entry] }, open: vec![Tree::ROOT], too_deep: 0, is_too_much: false }
    }

    fn innermost(&self) -> NodeId {
        self.open.last().copied().unwrap_or(Tree::ROOT)
    }

    fn text(&mut self, text: StrTendril) {
        let parent = self.innermost();
        if let Some(last) = self.tree.entry(parent).last
            && let Node::Text(before) = &mut self.tree.entries[last.0 as usize].node
            && before.len32().checked_add(text.len32()).is_some()
        {
            before.push_tendril(&text);
            return;
        }
        self.tree.append(parent, Node::Text(text));
    }

    fn tag(&mut self, tag: Tag) -> TokenSinkResult<()> {
        let name: String = tag.name.to_string();
        match tag.kind {
            TagKind::StartTag => self.start(name, tag),
            TagKind::EndTag => {
                self.end(&name);
                TokenSinkResult::Continue
            }
        }
    }

    fn start(&mut self, name: String, tag: Tag) -> TokenSinkResult<()> {
        self.close_before(&name);
        let raw = raw_content(&name);
        if self.open.len() >= MAX_DEPTH && raw.is_none() && !is_void(&name) {
            self.too_deep += 1;
            return TokenSinkResult::Continue;
        }
        let attributes =
            tag.attrs.into_iter().map(|each| (each.name.local.to_string(), each.value)).collect();
        let element = Element { name: name.clone(), attributes };
        let id = self.tree.append(self.innermost(), Node::Element(element));
        let has_no_content = is_void(&name) || (tag.self_closing && is_foreign(&name));
        if !has_no_content {
            self.open.push(id);
        }
        raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }

    fn end(&mut self, name: &str) {
        if name == "br" {
            self.tree.append(
                self.innermost(),
                Node::Element(Element { name: "br".to_owned(), attributes: Vec::new() }),
            );
            return;
        }
        if self.too_deep > 0 && raw_content(name).is_none() {
            self.too_deep -= 1;
            return;
        }
        let within = if is_of_table(name) { &["table"][..] } else { &["td", "th", "caption"][..] };
        self.close(&[name], if name == "table" { &[] } else { within });
    }

    /// Closes the innermost of these elements with all in it, unless one of `within` stands between.
    fn close(&mut self, names: &[&str], within: &[&str]) {
        for place in (1..self.open.len()).rev() {
            let name = self.tree.name(self.open[place]);
            if names.contains(&name) {
                self.open.truncate(place);
                return;
            }
            if within.contains(&name) {
                return;
            }
        }
    }

    /// Closes what the start of an element ends without saying so.
    fn close_before(&mut self, name: &str) {
        let cells: &[&str] = &["td", "th", "caption", "table"];
        match name {
            "li" => self.close(&["li"], &["ul", "ol", "menu", "table", "td", "th"]),
            "dt" | "dd" => self.close(&["dt", "dd"], &["dl", "table", "td", "th"]),
            "tr" => self.close(&["tr"], &["table"]),
            "td" | "th" => self.close(&["td", "th"], &["tr", "table"]),
            "thead" | "tbody" | "tfoot" => self.close(&["thead", "tbody", "tfoot"], &["table"]),
            "option" => self.close(&["option"], &["select"]),
            "a" => self.close(&["a"], cells),
            _ => {}
        }
        if closes_paragraph(name) {
            self.close(&["p"], &["td", "th", "caption", "table", "button", "object"]);
        }
        let innermost_is_heading = is_heading(self.tree.name(self.innermost()));
        if is_heading(name) && innermost_is_heading {
            self.open.pop();
        }
    }
}

/// Whether an element is a heading, `h1` to `h6`.
pub(crate) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_of_table(name: &str) -> bool {
    matches!(name, "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption")
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Drawings and formulas close their elements by a slash, as XML does.
fn is_foreign(name: &str) -> bool {
    matches!(
        name,
        "path" | "circle" | "rect" | "line" | "use" | "polygon" | "polyline" | "ellipse" | "stop" | "svg"
    )
}

fn raw_content(name: &str) -> Option<RawKind> {
    match name {
        "script" | "style" | "noembed" | "noframes" | "iframe" | "xmp" => Some(RawKind::Rawtext),
        "textarea" | "title" => Some(RawKind::Rcdata),
        _ => None,
    }
}

fn closes_paragraph(name: &str) -> bool {
    is_heading(name)
        || matches!(
            name,
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "details"
                | "div"
                | "dl"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "header"
                | "hr"
                | "main"
                | "nav"
                | "ol"
                | "p"
                | "pre"
                | "section"
                | "table"
                | "ul"
        )
}

/// Whether a tag has more attributes than [`MAX_ATTRIBUTES`], told by the spaces, slashes and quotes between them.
fn has_endless_tag(html: &str) -> bool {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if !rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            continue;
        }
        let raw = ["script", "style"].into_iter().find(|name| begins_with(rest, name));
        let (after, attributes) = after_tag(rest);
        if attributes > MAX_ATTRIBUTES {
            return true;
        }
        rest = after;
        if let Some(raw) = raw {
            rest = after_end_tag(rest, raw);
        }
    }
    false
}

fn begins_with(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// What follows the end tag of an element whose content is no markup.
fn after_end_tag<'a>(mut text: &'a str, name: &str) -> &'a str {
    while let Some(at) = text.find("</") {
        text = &text[at + 2..];
        if begins_with(text, name) {
            return text;
        }
    }
    ""
}

/// What follows a tag whose name begins here, and how many attributes it has. A quote counts after a `=` alone.
fn after_tag(text: &str) -> (&str, usize) {
    let (mut attributes, mut quote, mut before, mut after_space) = (0, None, b' ', false);
    for (at, byte) in text.bytes().enumerate() {
        match quote {
            Some(open) if open == byte => (quote, after_space) = (None, true),
            Some(_) => {}
            None if byte == b'>' => return (&text[at + 1..], attributes),
            None if byte.is_ascii_whitespace() || byte == b'/' => after_space = true,
            None => {
                if matches!(byte, b'"' | b'\'') && before == b'=' {
                    quote = Some(byte);
                } else if after_space && byte != b'=' && before != b'=' {
                    attributes += 1;
                }
                (before, after_space) = (byte, false);
            }
        }
    }
    ("", attributes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(tree: &Tree, id: NodeId) -> String {
        let mut shown = String::new();
        for child in tree.children(id) {
            match tree.node(child) {
                Node::Text(text) => shown.push_str(text),
                Node::Element(element) => {
                    shown.push_str(&format!("{}({})", element.name, shape(tree, child)));
                }
            }
        }
        shown
    }

    fn parsed(html: &str) -> String {
        shape(&Tree::parse(html).unwrap(), Tree::ROOT)
    }

    #[test]
    fn ends_that_are_not_written_are_known() {
        assert_eq!(parsed("<p>a<p>b<ul><li>c<li>d</ul>e"), "p(a)p(b)ul(li(c)li(d))e");
        assert_eq!(
            parsed("<table><tr><td>a<td>b<tr><td><p>c</div></table>d"),
            "table(tr(td(a)td(b))tr(td(p(c))))d"
        );
    }

    #[test]
    fn raw_content_is_no_markup() {
        assert_eq!(parsed("<script>if (a<b) '</p>'</script>c"), "script(if (a<b) '</p>')c");
        assert_eq!(parsed("&lt;&amp;&nbsp;&#44032;"), "<&\u{a0}가");
    }

    #[test]
    fn depth_is_bounded_and_closes_again() {
        let deep = format!("{}x{}<p>after", "<div>".repeat(5000), "</div>".repeat(5000));
        let tree = Tree::parse(&deep).unwrap();
        assert!(tree.entries.len() < 200);
        assert_eq!(tree.name(tree.children(Tree::ROOT).last().unwrap()), "p");
    }

    #[test]
    fn more_elements_than_anybody_writes_are_refused() {
        assert!(Tree::parse(&"<br>".repeat(MAX_NODES)).is_err());
    }

    #[test]
    fn a_tag_without_end_is_refused_and_a_script_with_spaces_is_not() {
        assert!(Tree::parse(&format!("<a {}>", "b c ".repeat(100_000))).is_err());
        assert!(Tree::parse(&format!("<script>{}</script>", "a<b c d e f ".repeat(1000))).is_ok());
        assert!(Tree::parse("<img src='a' alt=\"b c d\" />").is_ok());
    }
}
