//! Code between backticks.

use std::collections::HashMap;

use super::{Node, Place, Scanner};
use crate::dialect::hugo::character::without_space_around;

/// Where runs of backticks are, by their length, so that no run is sought twice.
#[derive(Debug, Default)]
pub(super) struct Ends(HashMap<usize, Vec<usize>>);

impl Ends {
    fn of(text: &str) -> Self {
        let mut ends: HashMap<usize, Vec<usize>> = HashMap::new();
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let length = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
            if length > 0 {
                ends.entry(length).or_default().push(at);
            }
            at += length.max(1);
        }
        Self(ends)
    }

    fn after(&self, at: usize, length: usize) -> Option<usize> {
        let starts = self.0.get(&length)?;
        starts.get(starts.partition_point(|start| *start < at)).copied()
    }
}

impl Scanner<'_, '_> {
    /// Backticks that nothing closes are text.
    pub(super) fn code(&mut self) -> bool {
        let text = self.text;
        let start = self.at;
        let length = text.as_bytes()[start..].iter().take_while(|byte| **byte == b'`').count();
        let inner = start + length;
        let ends = self.code_ends.get_or_insert_with(|| Ends::of(text));
        let Some(close) = ends.after(inner, length) else {
            self.push_text(start..inner);
            self.at = inner;
            return true;
        };
        let mut code = text[inner..close].replace('\n', " ");
        if self.place == Place::Cell {
            code = code.replace("\\|", "|");
        }
        let trimmed = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
        if let Some(trimmed) = trimmed.filter(|_| !without_space_around(&code).is_empty()) {
            code = trimmed.to_owned();
        }
        self.at = close + length;
        self.nodes.push(Node::Code(start..self.at, code));
        true
    }
}
