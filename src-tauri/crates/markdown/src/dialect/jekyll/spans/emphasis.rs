//! Emphasis: unlike CommonMark's, it asks only what is next to its marks, so that `**(중요)**은` is strong.

use super::{DEEPEST, Scope, Span, SpanKind, SpanReader, Stop, is_space};

impl SpanReader<'_> {
    pub(super) fn emphasis(&mut self, spans: &mut Vec<Span>, scope: Scope) {
        let start = self.at;
        let Some(mark) = self.byte(start) else { return };
        let strong = self.byte(start + 1) == Some(mark);
        let length = 1 + usize::from(strong);
        let text = (mark == b'_' && self.in_word(start))
            || self.byte(start + length).is_some_and(is_space)
            || if strong { scope.in_strong } else { scope.in_emphasis }
            || scope.depth >= DEEPEST;
        if text {
            return self.text_to(start + length, spans);
        }
        let read = self.emphasised(start, mark, strong, scope).or_else(|| {
            // One of the two marks may be the text's own.
            let retry = strong && !scope.directly_in_emphasis;
            if retry { self.emphasised(start, mark, false, scope) } else { None }
        });
        match read {
            Some((strong, inner, end)) => {
                let kind = SpanKind::Emphasis { strong, attributes: Default::default(), spans: inner };
                self.at = start;
                self.span_to(end, kind, spans);
            }
            None => {
                self.at = start;
                self.text_to(start + length, spans);
            }
        }
    }

    fn emphasised(
        &mut self,
        start: usize,
        mark: u8,
        strong: bool,
        scope: Scope,
    ) -> Option<(bool, Vec<Span>, usize)> {
        if self.is_exhausted() || self.unclosed.contains(&(start, strong, scope)) {
            return None;
        }
        let length = 1 + usize::from(strong);
        self.at = start + length;
        let inside = Scope {
            in_emphasis: scope.in_emphasis || !strong,
            in_strong: scope.in_strong || strong,
            directly_in_emphasis: !strong,
            depth: scope.depth + 1,
            ..scope
        };
        let mut spans = Vec::new();
        if self.run(&mut spans, &mut Stop::Emphasis { mark, strong }, inside) {
            return Some((strong, spans, self.at + length));
        }
        self.unclosed.insert((start, strong, scope));
        None
    }

    /// Whether emphasis ends here.
    pub(super) fn closes_emphasis(&self, mark: u8, strong: bool, spans: &[Span]) -> bool {
        let marks = (self.at..self.window.end).take_while(|&at| self.byte(at) == Some(mark)).take(3).count();
        let length = 1 + usize::from(strong);
        marks >= length
            && !self.before(self.at).bytes().next_back().is_some_and(is_space)
            && (strong || marks != 2)
            && (mark != b'_' || !self.rest()[length..].starts_with(char::is_alphanumeric))
            && !spans.is_empty()
    }

    /// A letter is before, or a letter and a hyphen.
    fn in_word(&self, at: usize) -> bool {
        let before = self.before(at);
        let before = match before.strip_suffix('-') {
            Some(before) => before,
            None => before,
        };
        before.ends_with(char::is_alphabetic)
    }
}
