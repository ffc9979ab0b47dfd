//! Footnotes: references that lead to a place of the page that leads back.

use std::collections::{HashMap, HashSet};

use super::tree::{NodeId, Tree};

/// How far into a note the way back is looked for.
const LOOKED_THROUGH: usize = 400;

#[derive(Debug, Default)]
pub(super) struct Notes {
    numbers: HashMap<NodeId, usize>,
    /// The notes, in the order in which they are referred to first.
    targets: Vec<NodeId>,
    number_of_target: HashMap<NodeId, usize>,
    back: HashSet<NodeId>,
}

impl Notes {
    pub(super) fn find(tree: &Tree) -> Self {
        let mut ids: HashMap<&str, NodeId> = HashMap::new();
        let mut references = Vec::new();
        for id in tree.inside(Tree::ROOT) {
            let Some(element) = tree.element(id) else { continue };
            if let Some(name) = element.attribute("id").or_else(|| element.attribute("name")) {
                ids.entry(name).or_insert(id);
            }
            if element.name == "a"
                && let Some(name) = element.attribute("href").and_then(|to| to.strip_prefix('#'))
                && !name.is_empty()
            {
                references.push((id, name));
            }
        }
        let mut notes = Self::default();
        let mut ways_back: HashMap<NodeId, Vec<(NodeId, &str)>> = HashMap::new();
        for (reference, name) in references {
            let Some(target) = ids.get(name).map(|target| whole_note(tree, *target)) else { continue };
            let back = ways_back.entry(target).or_insert_with(|| ways_back_in(tree, target));
            let own = [reference, tree.parent(reference)]
                .map(|id| tree.element(id).and_then(|own| own.attribute("id")));
            let leads_back: Vec<NodeId> =
                back.iter().filter(|(_, to)| own.contains(&Some(*to))).map(|(id, _)| *id).collect();
            // A note leads back to its reference too: what stands first is the reference.
            if !leads_back.is_empty() && reference < target {
                notes.add(reference, target);
                notes.back.extend(leads_back);
            }
        }
        notes
    }

    fn add(&mut self, reference: NodeId, target: NodeId) {
        let number = *self.number_of_target.entry(target).or_insert_with(|| {
            self.targets.push(target);
            self.targets.len()
        });
        self.numbers.insert(reference, number);
    }

    pub(super) fn number_of(&self, reference: NodeId) -> Option<usize> {
        self.numbers.get(&reference).copied()
    }

    /// Whether an element is a note or a way back, which are not written where they stand.
    pub(super) fn is_apart(&self, id: NodeId) -> bool {
        self.back.contains(&id) || self.number_of_target.contains_key(&id)
    }

    pub(super) fn holds_reference(&self, tree: &Tree, id: NodeId) -> bool {
        !self.numbers.is_empty() && tree.inside(id).take(4).any(|inner| self.numbers.contains_key(&inner))
    }

    /// Whether an element stands in the section of the notes.
    pub(super) fn is_section(&self, tree: &Tree, id: NodeId) -> bool {
        !self.targets.is_empty()
            && tree.element(tree.parent(id)).is_some_and(|section| {
                section.has_class("footnotes") || section.attribute("role") == Some("doc-endnotes")
            })
    }

    pub(super) fn definitions(&self) -> Vec<(usize, NodeId)> {
        self.targets.iter().enumerate().map(|(place, target)| (place + 1, *target)).collect()
    }
}

/// Some pages name the sign before a note: then the note is what stands around it.
fn whole_note(tree: &Tree, target: NodeId) -> NodeId {
    std::iter::successors(Some(target), |inner| Some(tree.parent(*inner)))
        .take(3)
        .find(|outer| matches!(tree.name(*outer), "li" | "p" | "div" | "dd" | "aside"))
        .unwrap_or(target)
}

fn ways_back_in(tree: &Tree, target: NodeId) -> Vec<(NodeId, &str)> {
    tree.inside(target)
        .take(LOOKED_THROUGH)
        .filter(|id| tree.name(*id) == "a")
        .filter_map(|id| Some((id, tree.element(id)?.attribute("href")?.strip_prefix('#')?)))
        .collect()
}
