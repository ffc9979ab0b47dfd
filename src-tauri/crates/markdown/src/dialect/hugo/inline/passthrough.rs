//! Text between delimiters that a site keeps for its mathematics.

use super::{Node, Scanner};

impl Scanner<'_, '_> {
    pub(super) fn passed(&mut self) -> bool {
        let hugo = self.context.hugo;
        let pairs = &hugo.passthrough.inline;
        if pairs.is_empty() {
            return false;
        }
        let line = self.line();
        let opener = |text: &str| {
            pairs.iter().position(|(open, _)| !open.is_empty() && text.starts_with(open.as_str()))
        };
        let Some(pair) = opener(line) else {
            // `\\` before an opener says that it is none.
            let length = line.strip_prefix("\\\\").and_then(opener).map(|pair| 2 + pairs[pair].0.len());
            let Some(length) = length else { return false };
            self.push_text(self.at..self.at + length);
            self.at += length;
            return true;
        };
        let (open, close) = &pairs[pair];
        let inner = self.at + open.len();
        let absent = self.absent.passthrough_ends.contains_key(&pair);
        let found = if absent { None } else { self.text[inner..].find(close.as_str()) };
        let Some(length) = found else {
            self.absent.passthrough_ends.insert(pair, true);
            self.push_text(self.at..inner);
            self.at = inner;
            return true;
        };
        if length == 0 {
            return false;
        }
        let end = inner + length + close.len();
        let block = self.context.hugo.passthrough.block.iter().any(|of| of.0 == *open && of.1 == *close);
        self.nodes.push(Node::Passed { range: self.at..end, block });
        self.at = end;
        true
    }
}
