//! Links, images, footnote references and `<https://…>`.

use super::{Brackets, DEEPEST, Scope, Span, SpanKind, SpanReader, Stop, entities, is_space, label};
use crate::dialect::jekyll::attributes::{AttributeList, Attributes, name_length};

/// Where a link leads.
struct Target {
    url: String,
    title: Option<String>,
    end: usize,
}

impl SpanReader<'_> {
    /// `[^label]`, if the label has a definition.
    pub(super) fn note(&mut self, spans: &mut Vec<Span>) -> bool {
        let Some(inner) = self.rest().strip_prefix("[^") else { return false };
        let length = name_length(inner);
        if length == 0 || !inner[length..].starts_with(']') {
            return false;
        }
        let (name, end) = (inner[..length].to_owned(), self.at + length + 3);
        self.asked.insert(format!("^{name}"));
        if self.known.notes.contains(&name) {
            self.span_to(end, SpanKind::Note(name), spans);
        } else {
            self.text_to(end, spans);
        }
        true
    }

    /// `<https://…>` or `<me@example.com>`.
    pub(super) fn autolink(&mut self, spans: &mut Vec<Span>) -> bool {
        let text = &self.text[..self.window.end];
        let start = self.at + 1;
        let rest = &text[start..];
        let schemes = ["mailto:", "http:", "https:", "ftp:", "ftps:"];
        let url = if let Some(scheme) = schemes.iter().find(|scheme| rest.starts_with(**scheme)) {
            let least = start + scheme.len() + rest[scheme.len()..].chars().next().map_or(1, char::len_utf8);
            let Some(end) = self.searches.find(text, least, ">") else { return false };
            let newline = self.searches.find(text, start, "\n");
            if newline.is_some_and(|newline| newline < end) {
                return false;
            }
            text[start..end].to_owned()
        } else {
            let part = |text: &str| text.find(|c: char| !c.is_alphanumeric() && !"-_.".contains(c));
            let Some(at) = part(rest).filter(|&at| at > 0 && rest[at..].starts_with('@')) else {
                return false;
            };
            let Some(host) = part(&rest[at + 1..]).filter(|&host| host > 0) else { return false };
            if !rest[at + 1 + host..].starts_with('>') {
                return false;
            }
            rest[..at + 1 + host].to_owned()
        };
        let end = start + url.len() + 1;
        let mail = !schemes.iter().any(|scheme| url.starts_with(scheme));
        let mut attributes = Attributes::default();
        attributes.set("href", &if mail { format!("mailto:{url}") } else { url.clone() });
        let shown = url.strip_prefix("mailto:").unwrap_or(&url).to_owned();
        let inner = vec![Span { kind: SpanKind::Text(shown), at: start..end - 1 }];
        self.span_to(end, SpanKind::Link { attributes, spans: inner }, spans);
        true
    }

    /// A link or an image, or the text of its first bracket. Says whether it read anything.
    pub(super) fn link(&mut self, spans: &mut Vec<Span>, scope: Scope) -> bool {
        let start = self.at;
        let image = self.byte(start) == Some(b'!');
        let inner = start + 1 + usize::from(image);
        if self.byte(inner).is_none_or(|byte| byte == b'^') {
            return false;
        }
        let nested = !image && scope.in_link;
        if !nested
            && scope.depth < DEEPEST
            && !self.is_exhausted()
            && self.link_text(start, inner, image, spans, scope)
        {
            return true;
        }
        self.at = start;
        self.text_to(inner, spans);
        true
    }

    fn link_text(
        &mut self,
        start: usize,
        inner: usize,
        image: bool,
        spans: &mut Vec<Span>,
        scope: Scope,
    ) -> bool {
        let key = (start, true, scope);
        if self.unclosed.contains(&key) {
            return false;
        }
        self.at = inner;
        let inside = Scope { in_link: true, directly_in_emphasis: false, depth: scope.depth + 1, ..scope };
        let mut inner_spans = Vec::new();
        let target = if self.run(
            &mut inner_spans,
            &mut Stop::Bracket(Brackets { open: 1, seen: 0, images: 0 }),
            inside,
        ) {
            let text = &self.text[inner..self.at];
            let plain = entities::unescaped(text, |byte| byte != b'~' && self.settings.escapes(byte));
            self.target(self.at + 1, &plain).map(|target| (target, plain))
        } else {
            None
        };
        let Some((target, plain)) = target else {
            self.unclosed.insert(key);
            return false;
        };
        let mut attributes = Attributes::default();
        attributes.set(if image { "src" } else { "href" }, &target.url);
        if image {
            attributes.set("alt", &plain);
        }
        if let Some(title) = &target.title {
            attributes.set("title", title);
        }
        let kind = if image {
            SpanKind::Image { attributes, list: AttributeList::default() }
        } else {
            SpanKind::Link { attributes, spans: inner_spans }
        };
        self.at = start;
        self.span_to(target.end, kind, spans);
        true
    }

    /// Counts brackets; images that were read in between have taken theirs along.
    pub(super) fn closes_bracket(&self, brackets: &mut Brackets, spans: &[Span]) -> bool {
        let rest = self.rest();
        if rest.starts_with(']') {
            brackets.open -= 1;
        } else if rest.starts_with('[') || rest.starts_with("![") {
            brackets.open += 1;
        } else {
            return false;
        }
        let new = spans[brackets.seen..].iter().filter(|span| matches!(span.kind, SpanKind::Image { .. }));
        brackets.images += new.count() as isize;
        brackets.seen = spans.len();
        brackets.open == brackets.images
    }

    /// What is behind a link's text: `(url "title")`, `[label]` or nothing, if the text is a label itself.
    fn target(&mut self, at: usize, text: &str) -> Option<Target> {
        let rest = &self.text[at..self.window.end];
        let blanks = rest.bytes().take_while(|&byte| is_space(byte)).count();
        if let Some(inner) = rest[blanks..].strip_prefix('[') {
            let close = self.searches.find(&self.text[..self.window.end], at + blanks + 1, "]");
            if let Some(close) = close {
                let written = &inner[..close - (at + blanks + 1)];
                let written = if written.is_empty() { text } else { written };
                return self.defined(written, close + 1);
            }
        }
        if !rest.starts_with('(') {
            return self.defined(text, at);
        }
        self.inline_target(at)
    }

    fn defined(&mut self, written: &str, end: usize) -> Option<Target> {
        // No definition has so long a label: they are one line's.
        let label = label(written);
        let target = self.known.links.get(&label);
        self.asked.insert(label);
        let target = target.filter(|target| self.room.takes(target))?;
        Some(Target {
            url: target.url.to_string(),
            title: (!target.title.is_empty()).then(|| target.title.to_string()),
            end,
        })
    }

    /// `(url)`, `(<url>)`, each perhaps with a title. The URL may hold blanks and balanced parentheses.
    fn inline_target(&mut self, at: usize) -> Option<Target> {
        let text = &self.text[..self.window.end];
        if text[at + 1..].starts_with('<') {
            let line = self.searches.find(text, at, "\n").unwrap_or(text.len());
            if let Some(end) = self.searches.find(text, at + 2, ">").filter(|&end| end < line) {
                let url = text[at + 2..end].to_owned();
                if text[end + 1..].starts_with(')') {
                    return Some(Target { url, title: None, end: end + 2 });
                }
                return self.title(end + 1, url);
            }
        }
        let (mut open, mut end) = (0, at);
        for (offset, byte) in text.as_bytes()[at..].iter().enumerate() {
            end = at + offset;
            let quote = || matches!(text.as_bytes().get(end + 1), Some(b'"' | b'\''));
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        self.steps += offset / 16;
                        let url = text[at + 1..end].trim_matches(is_trimmed).to_owned();
                        return Some(Target { url, title: None, end: end + 1 });
                    }
                }
                byte if is_space(*byte) && quote() => {
                    self.steps += offset / 16;
                    let url = text[at + 1..end].trim_matches(is_trimmed).to_owned();
                    return self.title(end + 1, url);
                }
                _ => {}
            }
        }
        self.steps += (end - at) / 16;
        None
    }

    /// `"title")`
    fn title(&mut self, at: usize, url: String) -> Option<Target> {
        let text = &self.text[..self.window.end];
        let start = at + text[at..].bytes().take_while(|&byte| is_space(byte)).count();
        let quote = match text.as_bytes().get(start)? {
            b'"' => "\"",
            b'\'' => "'",
            _ => return None,
        };
        let first = text[start + 1..].chars().next()?;
        let mut from = start + 1 + first.len_utf8();
        loop {
            self.steps += 1;
            let end = self.searches.find(text, from, quote)?;
            let behind = &text[end + 1..];
            let blanks = behind.bytes().take_while(|&byte| is_space(byte)).count();
            if behind[blanks..].starts_with(')') {
                let title = Some(text[start + 1..end].to_owned());
                return Some(Target { url, title, end: end + blanks + 2 });
            }
            if self.is_exhausted() {
                return None;
            }
            from = end + 1;
        }
    }
}

fn is_trimmed(c: char) -> bool {
    c == '\0' || c.is_ascii() && is_space(c as u8)
}
