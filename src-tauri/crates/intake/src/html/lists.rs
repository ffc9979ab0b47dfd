//! A list and its items.

use super::convert::{Block, Converter, Flow, Kind, indented, joined, joined_by, push_text};
use super::furniture;
use super::inline::{Place, written};
use super::tree::{Element, Node, NodeId};

struct Item {
    task: &'static str,
    text: String,
    is_loose: bool,
}

impl Converter<'_> {
    pub(super) fn list(&mut self, id: NodeId, element: &Element, flow: &mut Flow) {
        self.nested += 1;
        let items = self.items(id);
        self.nested -= 1;
        if items.is_empty() {
            return;
        }
        // Two lists one after another would be one if they had the same sign.
        let before = flow.blocks.last().map(|block| block.kind);
        let kind = match (element.name.as_str(), before) {
            ("ol", Some(Kind::Numbers('.'))) => Kind::Numbers(')'),
            ("ol", _) => Kind::Numbers('.'),
            (_, Some(Kind::Bullets('-'))) => Kind::Bullets('*'),
            _ => Kind::Bullets('-'),
        };
        let start = element.attribute("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1_u64);
        let is_loose = items.iter().any(|item| item.is_loose);
        let lines: Vec<String> = items
            .iter()
            .enumerate()
            .map(|(place, item)| {
                let sign = match kind {
                    Kind::Numbers(sign) => format!("{}{sign} ", (start + place as u64).min(999_999_999)),
                    Kind::Bullets(sign) => format!("{sign} "),
                    Kind::Other => String::new(),
                };
                let text = indented(&item.text, sign.len());
                format!("{sign}{}{text}", item.task).trim_end().to_owned()
            })
            .collect();
        flow.push(kind, lines.join(if is_loose { "\n\n" } else { "\n" }));
    }

    fn items(&mut self, list: NodeId) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for child in self.tree.children(list) {
            match self.tree.name(child) {
                "ul" | "ol" => self.list_in_list(child, &mut items),
                "" if self.tree.element(child).is_none() => self.stray_text(child, &mut items),
                _ if furniture::is_furniture(self.tree, child, self.in_page)
                    || self.notes.is_apart(child) => {}
                _ => items.extend(self.item(child)),
            }
        }
        items
    }

    fn item(&mut self, id: NodeId) -> Option<Item> {
        let blocks = self.blocks(id);
        let task = self.task(id);
        if blocks.is_empty() && task.is_empty() {
            return None;
        }
        let is_tight = blocks.iter().skip(1).all(Block::may_follow_text);
        let text = if is_tight { joined_by(&blocks, "\n") } else { joined(&blocks) };
        Some(Item { task, text, is_loose: !is_tight })
    }

    /// Some editors put a list beside the items of the list that it belongs to.
    fn list_in_list(&mut self, id: NodeId, items: &mut Vec<Item>) {
        let mut flow = Flow::default();
        if let Some(element) = self.tree.element(id) {
            self.list(id, element, &mut flow);
        }
        let text = joined(&flow.blocks);
        match items.last_mut() {
            Some(last) if !text.is_empty() => last.text.push_str(&format!("\n{text}")),
            None if !text.is_empty() => items.push(Item { task: "", text, is_loose: false }),
            _ => {}
        }
    }

    fn stray_text(&mut self, id: NodeId, items: &mut Vec<Item>) {
        if let Node::Text(text) = self.tree.node(id)
            && !text.trim().is_empty()
        {
            let mut run = Vec::new();
            push_text(&mut run, text);
            items.push(Item { task: "", text: written(&run, Place::Paragraph), is_loose: false });
        }
    }

    fn task(&self, item: NodeId) -> &'static str {
        let mut first = self.tree.inside(item).take(4);
        match first.find_map(|id| self.tree.element(id).filter(|element| element.name == "input")) {
            Some(input) if input.attribute("type") == Some("checkbox") => {
                if input.attribute("checked").is_some() { "[x] " } else { "[ ] " }
            }
            _ => "",
        }
    }
}
