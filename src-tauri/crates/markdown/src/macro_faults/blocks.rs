//! Tags that begin and end blocks, as Liquid and Nunjucks have them.

use std::collections::HashSet;
use std::ops::Range;

use super::{MacroFault, MacroFaultKind, SiteMacros, in_raw};

/// A tag with content.
pub(super) struct Block {
    pub(super) name: &'static str,
    pub(super) end: &'static str,
    /// Tags that part its content.
    pub(super) between: &'static [&'static str],
}

/// The tags that a generator has.
pub(super) struct Grammar {
    pub(super) blocks: &'static [Block],
    /// Those without content.
    pub(super) alone: &'static [&'static str],
    /// A block in which unknown tags do no harm.
    pub(super) comment: Option<&'static str>,
}

/// Follows the tags of one text in their order.
pub(super) struct Tags<'s> {
    grammar: &'static Grammar,
    site: &'s SiteMacros,
    open: Vec<(&'static Block, Range<usize>)>,
    unknown: HashSet<String>,
    /// One of another hand has been seen: nobody knows which parts and which end it has.
    is_foreign: bool,
    faults: Vec<MacroFault>,
}

impl<'s> Tags<'s> {
    pub(super) fn new(grammar: &'static Grammar, site: &'s SiteMacros) -> Self {
        Self {
            grammar,
            site,
            open: Vec::new(),
            unknown: HashSet::new(),
            is_foreign: false,
            faults: Vec::new(),
        }
    }

    /// The next tag.
    pub(super) fn tag(&mut self, name: &str, span: Range<usize>) {
        if self.site.names.contains_key(name) {
            self.is_foreign = true;
            return;
        }
        let Grammar { blocks, alone, .. } = self.grammar;
        if let Some(block) = blocks.iter().find(|block| block.name == name) {
            self.open.push((block, span));
        } else if self.open.last().is_some_and(|(open, _)| open.end == name) {
            self.open.pop();
        } else if alone.contains(&name) || self.is_of_open_block(name) {
        } else if blocks.iter().any(|block| block.end == name) {
            self.stray_end(name, span);
        } else if blocks.iter().any(|block| block.between.contains(&name)) {
            if !self.is_foreign {
                self.fault(MacroFaultKind::NeverBegun { name: name.to_owned() }, span);
            }
        } else if !self.is_end_of_foreign(name) {
            self.is_foreign = true;
            self.unknown.insert(name.to_owned());
            self.fault(MacroFaultKind::Unknown { name: name.to_owned() }, span);
        }
    }

    /// A part of the innermost block, or anything in a comment.
    fn is_of_open_block(&self, name: &str) -> bool {
        self.open
            .last()
            .is_some_and(|(open, _)| open.between.contains(&name) || Some(open.name) == self.grammar.comment)
    }

    fn is_end_of_foreign(&self, name: &str) -> bool {
        let of = name.strip_prefix("end").unwrap_or_default();
        self.site.names.contains_key(of) || self.unknown.contains(of)
    }

    fn stray_end(&mut self, name: &str, span: Range<usize>) {
        let name = name.to_owned();
        match self.open.iter().rposition(|(open, _)| open.end == name) {
            Some(at) => {
                let open = self.open.last().map_or_else(String::new, |(open, _)| open.name.to_owned());
                self.open.truncate(at);
                self.fault(MacroFaultKind::OtherIsOpen { name, open }, span);
            }
            None if self.is_end_of_foreign(&name) => {}
            None => self.fault(MacroFaultKind::NeverBegun { name }, span),
        }
    }

    pub(super) fn fault(&mut self, kind: MacroFaultKind, span: Range<usize>) {
        // Without this end, what is open would never be ended.
        let is_wanted = matches!(kind, MacroFaultKind::OtherIsOpen { .. });
        let escape = if is_wanted { Vec::new() } else { in_raw(&span) };
        self.faults.push(MacroFault { kind, span, escape });
    }

    /// All that was found; what is open now is never ended.
    pub(super) fn finish(mut self) -> Vec<MacroFault> {
        for (open, span) in std::mem::take(&mut self.open) {
            self.fault(MacroFaultKind::NeverEnded { name: open.name.to_owned() }, span);
        }
        self.faults
    }

    /// What was found up to a place behind which the generator reads no more.
    pub(super) fn stop(self) -> Vec<MacroFault> {
        self.faults
    }
}
