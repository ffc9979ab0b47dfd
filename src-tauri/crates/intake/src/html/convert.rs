//! The content of an element, as blocks of Markdown.

use super::inline::{Mark, Piece, Place, destination, written};
use super::notes::Notes;
use super::tree::{Element, Node, NodeId, Tree, is_heading};
use super::{EmbeddedImage, code, furniture, tables};

/// How deep lists and quotations nest; what is deeper stands where the last one does.
const MOST_NESTED: usize = 10;
/// Players and slides that show something by an address that a reader can open.
const SHOWN_ELSEWHERE: [&str; 10] = [
    "youtube.com",
    "youtube-nocookie.com",
    "youtu.be",
    "vimeo.com",
    "codepen.io",
    "codesandbox.io",
    "speakerdeck.com",
    "slideshare.net",
    "tv.naver.com",
    "tv.kakao.com",
];

pub(super) struct Converter<'t> {
    pub(super) tree: &'t Tree,
    /// Of a whole page more is furniture than of a part that somebody chose.
    pub(super) in_page: bool,
    pub(super) notes: Notes,
    pub(super) images: Vec<EmbeddedImage>,
    /// The title, which stands in the front matter: its heading is not written again.
    pub(super) title: Option<String>,
    pub(super) nested: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Bullets(char),
    Numbers(char),
    Other,
}

pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) text: String,
}

impl Block {
    /// Whether it is a list that may begin on the line after text: only one that begins with 1, and with something.
    pub(super) fn may_follow_text(&self) -> bool {
        let first = self.text.lines().next().unwrap_or_default();
        match self.kind {
            Kind::Bullets(_) => first.len() > 2,
            Kind::Numbers(sign) => {
                first.strip_prefix('1').is_some_and(|rest| rest.starts_with(sign) && rest.len() > 2)
            }
            Kind::Other => false,
        }
    }
}

/// What is being written: blocks, and the run of text that is not yet one.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
    run: Vec<Piece>,
    /// Blocks are parts of one run here, as in a cell.
    is_one_run: bool,
}

impl Flow {
    pub(super) fn push(&mut self, kind: Kind, text: String) {
        if !text.is_empty() {
            self.blocks.push(Block { kind, text });
        }
    }

    /// Ends the run: a paragraph. Marks that are open go on in the next.
    fn flush(&mut self) {
        let mut open: Vec<Mark> = Vec::new();
        for piece in &self.run {
            match piece {
                Piece::Open(mark) => open.push(mark.clone()),
                Piece::Close => {
                    open.pop();
                }
                _ => {}
            }
        }
        if self.is_one_run {
            self.run.push(Piece::Break);
            return;
        }
        let next = open.iter().cloned().map(Piece::Open).collect();
        let mut run = std::mem::replace(&mut self.run, next);
        run.extend(open.iter().map(|_| Piece::Close));
        self.push(Kind::Other, written(&run, Place::Paragraph));
    }

    /// A break after a break ends the paragraph, as a reader sees it.
    fn push_break(&mut self) {
        let is_seen = |piece: &&Piece| match piece {
            Piece::Text(text) => text != " ",
            Piece::Open(_) | Piece::Close => false,
            _ => true,
        };
        let before = self.run.iter().rev().find(is_seen);
        if before == Some(&Piece::Break) && !self.is_one_run {
            self.flush();
        } else {
            self.run.push(Piece::Break);
        }
    }
}

impl<'t> Converter<'t> {
    pub(super) fn new(tree: &'t Tree, in_page: bool) -> Self {
        Self { tree, in_page, notes: Notes::find(tree), images: Vec::new(), title: None, nested: 0 }
    }

    /// What an element holds, with the footnotes that it refers to behind it.
    pub(super) fn markdown(&mut self, id: NodeId) -> String {
        let mut text = self.content(id);
        for (number, target) in self.notes.definitions() {
            let note = self.content(target);
            text.push_str(&format!("\n\n[^{number}]: {}", indented(&note, 4)));
        }
        let text = text.trim_matches('\n');
        if text.is_empty() { String::new() } else { format!("{text}\n") }
    }

    fn content(&mut self, id: NodeId) -> String {
        joined(&self.blocks(id))
    }

    pub(super) fn blocks(&mut self, id: NodeId) -> Vec<Block> {
        let mut flow = Flow::default();
        self.walk(id, &mut flow);
        flow.flush();
        flow.blocks
    }

    /// The content of an element as one run of text.
    pub(super) fn pieces_of(&mut self, id: NodeId) -> Vec<Piece> {
        let mut flow = Flow { is_one_run: true, ..Flow::default() };
        self.walk(id, &mut flow);
        let mut pieces = flow.run;
        pieces.dedup_by(|one, before| *one == Piece::Break && *before == Piece::Break);
        pieces
    }

    fn walk(&mut self, id: NodeId, flow: &mut Flow) {
        for child in self.tree.children(id) {
            match self.tree.node(child) {
                Node::Text(text) => push_text(&mut flow.run, text),
                Node::Element(element) => self.element(child, element, flow),
            }
        }
    }

    fn element(&mut self, id: NodeId, element: &'t Element, flow: &mut Flow) {
        if element.name == "iframe" {
            return push_player(element, flow);
        }
        if furniture::is_furniture(self.tree, id, self.in_page) || self.notes.is_apart(id) {
            return;
        }
        match element.name.as_str() {
            "br" => flow.push_break(),
            "wbr" | "input" | "summary" => {}
            "img" => self.image(element, flow),
            "code" | "tt" | "samp" | "var" => self.code(id, flow),
            "a" => self.link(id, element, flow),
            "sup" if self.notes.holds_reference(self.tree, id) => self.walk(id, flow),
            _ => match mark_of(element) {
                Some(mark) => self.marked(id, mark, flow),
                None if is_block(&element.name) => self.block(id, element, flow),
                None => self.walk(id, flow),
            },
        }
    }

    fn marked(&mut self, id: NodeId, mark: Mark, flow: &mut Flow) {
        flow.run.push(Piece::Open(mark));
        self.walk(id, flow);
        flow.run.push(Piece::Close);
    }

    fn code(&mut self, id: NodeId, flow: &mut Flow) {
        let text = self.tree.text(id).split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            flow.run.push(Piece::Code(text));
        }
    }

    fn link(&mut self, id: NodeId, element: &Element, flow: &mut Flow) {
        if let Some(number) = self.notes.number_of(id) {
            return flow.run.push(Piece::Note(number));
        }
        let to = element.attribute("href").unwrap_or_default().trim();
        let leads = !to.is_empty() && !to.to_ascii_lowercase().starts_with("javascript:") && to != "#";
        if leads { self.marked(id, Mark::Link(to.to_owned()), flow) } else { self.walk(id, flow) }
    }

    fn image(&mut self, element: &Element, flow: &mut Flow) {
        let Some(source) = source_of(element) else { return };
        // A picture that nobody sees counts visits.
        let is_pixel = |name| element.attribute(name).is_some_and(|size| matches!(size, "0" | "1"));
        if is_pixel("width") && is_pixel("height") {
            return;
        }
        let description = element.attribute("alt").unwrap_or_default();
        let description = description.split_whitespace().collect::<Vec<_>>().join(" ");
        let source = self.embedded(source).unwrap_or_else(|| source.to_owned());
        flow.run.push(Piece::Image(source, description));
    }

    /// Keeps a picture that is written out in the page itself, under a name of its own.
    fn embedded(&mut self, source: &str) -> Option<String> {
        let (kind, data) = source.strip_prefix("data:")?.split_once(',')?;
        let extension = match kind.split(';').next()? {
            "image/png" => "png",
            "image/jpeg" => "jpg",
            "image/gif" => "gif",
            "image/webp" => "webp",
            "image/avif" => "avif",
            "image/svg+xml" => "svg",
            _ => return None,
        };
        if !kind.ends_with(";base64") {
            return None;
        }
        let reference = format!("picture-{}.{extension}", self.images.len() + 1);
        self.images.push(EmbeddedImage { reference: reference.clone(), base64: data.to_owned() });
        Some(reference)
    }

    fn block(&mut self, id: NodeId, element: &'t Element, flow: &mut Flow) {
        flow.flush();
        if flow.is_one_run {
            return self.block_in_run(id, element, flow);
        }
        match element.name.as_str() {
            name if is_heading(name) => self.heading(id, name, flow),
            "pre" => flow.push(Kind::Other, code::fenced(self.tree, id)),
            "hr" if self.notes.is_section(self.tree, id) => {}
            // After the signs of lists, `---` would make them a part of the line.
            "hr" => flow.push(Kind::Other, if self.nested == 0 { "---" } else { "___" }.to_owned()),
            "ul" | "ol" | "menu" if self.nested < MOST_NESTED => self.list(id, element, flow),
            "blockquote" if self.nested < MOST_NESTED => self.quotation(id, flow),
            "table" => self.table(id, flow),
            "details" => self.fold(id, flow),
            "dt" => self.marked(id, Mark::Strong, flow),
            "figcaption" => self.caption(id, flow),
            "figure" if element.attribute("data-og-title").is_some() => self.card(element, flow),
            _ => self.walk(id, flow),
        }
        flow.flush();
    }

    fn block_in_run(&mut self, id: NodeId, element: &Element, flow: &mut Flow) {
        if element.name == "pre" {
            for line in code::code_text(self.tree, id).lines() {
                flow.run.push(Piece::Code(line.to_owned()));
                flow.run.push(Piece::Break);
            }
            return;
        }
        if element.name == "li" {
            flow.run.push(Piece::Text("• ".to_owned()));
        }
        self.walk(id, flow);
        flow.flush();
    }

    fn heading(&mut self, id: NodeId, name: &str, flow: &mut Flow) {
        let mut pieces = self.pieces_of(id);
        for piece in &mut pieces {
            if *piece == Piece::Break {
                *piece = Piece::Text(" ".to_owned());
            }
        }
        let text = written(&pieces, Place::Line);
        if text.is_empty() {
            return;
        }
        let words = self.tree.text(id).split_whitespace().collect::<Vec<_>>().join(" ");
        if self.title.as_ref() == Some(&words) {
            // Once: a later heading of the same words is one of the post's.
            self.title = None;
            return;
        }
        let level = name.as_bytes().get(1).map_or(1, |digit| usize::from(digit - b'0'));
        flow.push(Kind::Other, format!("{} {text}", "#".repeat(level)));
    }

    fn quotation(&mut self, id: NodeId, flow: &mut Flow) {
        self.nested += 1;
        let content = self.content(id);
        self.nested -= 1;
        let quoted: Vec<String> = content
            .lines()
            .map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") })
            .collect();
        flow.push(Kind::Other, quoted.join("\n"));
    }

    fn table(&mut self, id: NodeId, flow: &mut Flow) {
        match tables::table(self.tree, id) {
            tables::Table::Code(pre) => flow.push(Kind::Other, code::fenced(self.tree, pre)),
            tables::Table::Layout(cells) => {
                for cell in cells {
                    self.walk(cell, flow);
                    flow.flush();
                }
            }
            tables::Table::Rows(rows) => {
                if let Some(caption) =
                    self.tree.children(id).find(|child| self.tree.name(*child) == "caption")
                {
                    self.marked(caption, Mark::Emphasis, flow);
                    flow.flush();
                }
                let table = self.pipe_table(&rows);
                flow.push(Kind::Other, table);
            }
        }
    }

    fn fold(&mut self, id: NodeId, flow: &mut Flow) {
        let summary = self.tree.children(id).find(|child| self.tree.name(*child) == "summary");
        let words = summary.map(|summary| self.tree.text(summary)).unwrap_or_default();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = words.replace('&', "&amp;").replace('<', "&lt;");
        let content = self.content(id);
        flow.push(Kind::Other, format!("<details>\n<summary>{words}</summary>"));
        flow.push(Kind::Other, content);
        flow.push(Kind::Other, "</details>".to_owned());
    }

    /// A caption is a line in italics, unless it is what the picture's description says.
    fn caption(&mut self, id: NodeId, flow: &mut Flow) {
        let words = self.tree.text(id).split_whitespace().collect::<Vec<_>>().join(" ");
        let figure = self.tree.parent(id);
        let is_said = self
            .tree
            .find(figure, "img")
            .and_then(|image| self.tree.element(image))
            .is_some_and(|image| image.attribute("alt").is_some_and(|alt| alt.trim() == words));
        if !is_said {
            self.marked(id, Mark::Emphasis, flow);
        }
    }

    /// A link that its page shows as a card.
    fn card(&mut self, element: &Element, flow: &mut Flow) {
        let attribute = |name| element.attribute(name).unwrap_or_default();
        let title = attribute("data-og-title").split_whitespace().collect::<Vec<_>>().join(" ");
        let to =
            [attribute("data-og-source-url"), attribute("data-og-url")].into_iter().find(|to| !to.is_empty());
        let Some(to) = to else { return };
        flow.run.extend([Piece::Open(Mark::Link(to.to_owned())), Piece::Text(title), Piece::Close]);
    }
}

pub(super) fn joined(blocks: &[Block]) -> String {
    joined_by(blocks, "\n\n")
}

pub(super) fn joined_by(blocks: &[Block], between: &str) -> String {
    blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(between)
}

/// The lines after the first, further in by so many spaces.
pub(super) fn indented(text: &str, by: usize) -> String {
    text.replace('\n', &format!("\n{}", " ".repeat(by)))
        .lines()
        .map(|line| if line.trim().is_empty() { "" } else { line })
        .collect::<Vec<_>>()
        .join("\n")
}

/// White space folds as a browser folds it; a space that does not break is a space that was meant.
pub(super) fn push_text(run: &mut Vec<Piece>, text: &str) {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{a0}' => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            '\u{200b}' | '\u{feff}' | '\u{ad}' => {}
            letter if letter.is_control() => {}
            letter => folded.push(letter),
        }
    }
    if !folded.is_empty() {
        run.push(Piece::Text(folded));
    }
}

pub(super) fn mark_of(element: &Element) -> Option<Mark> {
    let style = element.attribute("style").unwrap_or_default().replace(' ', "").to_lowercase();
    let value = |name: &str| style.split(';').find_map(|rule| rule.strip_prefix(name)?.strip_prefix(':'));
    let weight = value("font-weight");
    let is_bold =
        weight.is_some_and(|weight| matches!(weight, "bold" | "bolder" | "600" | "700" | "800" | "900"));
    let is_plain = weight.is_some_and(|weight| matches!(weight, "normal" | "400"));
    match element.name.as_str() {
        "b" | "strong" if !is_plain => Some(Mark::Strong),
        "i" | "em" | "cite" | "dfn" if value("font-style") != Some("normal") => Some(Mark::Emphasis),
        "s" | "del" | "strike" => Some(Mark::Strikethrough),
        "sub" => Some(Mark::Element("sub")),
        "sup" => Some(Mark::Element("sup")),
        "kbd" => Some(Mark::Element("kbd")),
        "mark" => Some(Mark::Element("mark")),
        "span" | "font" if is_bold => Some(Mark::Strong),
        "span" | "font" if value("font-style") == Some("italic") => Some(Mark::Emphasis),
        "span" if value("text-decoration").is_some_and(|line| line.starts_with("line-through")) => {
            Some(Mark::Strikethrough)
        }
        _ => None,
    }
}

fn is_block(name: &str) -> bool {
    is_heading(name)
        || matches!(
            name,
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "body"
                | "center"
                | "dd"
                | "details"
                | "div"
                | "dl"
                | "dt"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "header"
                | "hgroup"
                | "hr"
                | "html"
                | "li"
                | "main"
                | "menu"
                | "ol"
                | "p"
                | "pre"
                | "section"
                | "table"
                | "tbody"
                | "td"
                | "tfoot"
                | "th"
                | "thead"
                | "tr"
                | "ul"
                | "caption"
        )
}

/// Where a picture is; pages that load pictures late have it elsewhere.
fn source_of(element: &Element) -> Option<&str> {
    let late = ["data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-origin-src"];
    let attribute = |name: &str| element.attribute(name).map(str::trim).filter(|source| !source.is_empty());
    let source = attribute("src");
    let is_stand_in = source.is_none_or(|source| source.starts_with("data:") && source.len() < 300);
    if is_stand_in && let Some(late) = late.iter().find_map(|name| attribute(name)) {
        return Some(late);
    }
    source.or_else(|| attribute("srcset")?.split([',', ' ']).next())
}

fn push_player(element: &Element, flow: &mut Flow) {
    let source = element.attribute("src").or_else(|| element.attribute("data-src")).unwrap_or_default();
    let host = source.trim_start_matches("https:").trim_start_matches("http:").trim_start_matches("//");
    let host = host.split('/').next().unwrap_or_default();
    if !SHOWN_ELSEWHERE.iter().any(|known| host == *known || host.ends_with(&format!(".{known}"))) {
        return;
    }
    let address = if source.starts_with("//") { format!("https:{source}") } else { source.to_owned() };
    flow.flush();
    let words = Piece::Text(address.clone());
    flow.run.extend([Piece::Open(Mark::Link(destination(&address))), words, Piece::Close]);
    flow.flush();
}
