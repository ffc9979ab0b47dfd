//! Hugo's shortcodes, as 0.168 reads them (`parser/pageparser`, `hugolib/shortcode.go`): over the whole text, code or not.

use std::collections::HashSet;
use std::ops::Range;

use super::{MacroFault, MacroFaultKind, SiteMacros, insertion};
use crate::block::TextChange;

/// Hugo's own, with content.
const WITH_CONTENT: &[&str] = &["comment", "details", "highlight", "qr"];
/// Hugo's own without; those of them that 0.168 has no more are still in the versions before.
const ALONE: &[&str] = &[
    "figure",
    "gist",
    "instagram",
    "instagram_simple",
    "param",
    "ref",
    "relref",
    "tweet",
    "twitter",
    "twitter_simple",
    "vimeo",
    "vimeo_simple",
    "x",
    "x_simple",
    "youtube",
];

pub(super) fn faults(body: &str, site: &SiteMacros) -> Vec<MacroFault> {
    let mut at = 0;
    let mut followed = Followed::new(site);
    while let Some(open) = next_opener(body, at) {
        match Lexer::new(body, open).read() {
            Ok(read) => {
                at = read.end;
                followed.shortcode(read, open);
            }
            // Hugo reads no further.
            Err((kind, span)) => {
                followed.fault(kind, span, Vec::new());
                return followed.faults;
            }
        }
    }
    followed.finish()
}

fn next_opener(body: &str, from: usize) -> Option<usize> {
    let mut openers = body[from..].match_indices("{{").map(|(at, _)| from + at);
    openers.find(|at| matches!(body.as_bytes().get(at + 2), Some(b'<' | b'%')))
}

/// One shortcode as it is read.
struct Read {
    end: usize,
    what: What,
}

enum What {
    /// `{{</* x */>}}`
    Comment,
    Begin {
        name: String,
        /// `{{< x />}}`
        is_ended: bool,
    },
    End {
        name: String,
    },
}

type Broken = (MacroFaultKind, Range<usize>);

/// Reads the shortcode that opens at a place.
struct Lexer<'b> {
    body: &'b str,
    open: usize,
    closer: &'static str,
    at: usize,
}

impl<'b> Lexer<'b> {
    fn new(body: &'b str, open: usize) -> Self {
        let closer = if body[open..].starts_with("{{<") { ">}}" } else { "%}}" };
        Self { body, open, closer, at: open + 3 }
    }

    fn read(mut self) -> Result<Read, Broken> {
        if self.rest().starts_with("/*") {
            return self.comment();
        }
        self.skip_blanks();
        if self.is_closed() {
            return Err((MacroFaultKind::NoName, self.open..self.at + 3));
        }
        let is_end = self.rest().starts_with('/');
        if is_end {
            self.at += 1;
            self.skip_blanks();
        }
        let name = self.name()?;
        if is_end {
            self.skip_blanks();
            return if self.is_closed() {
                Ok(self.read_to_here(What::End { name }))
            } else {
                Err(self.unclosed())
            };
        }
        let is_ended = self.arguments()?;
        Ok(self.read_to_here(What::Begin { name, is_ended }))
    }

    fn read_to_here(self, what: What) -> Read {
        Read { end: self.at + 3, what }
    }

    fn comment(self) -> Result<Read, Broken> {
        let from = self.at + 2;
        let end = self.body[from..].find("*/").map(|end| from + end + 2);
        match end.filter(|&end| self.body[end..].starts_with(self.closer)) {
            Some(end) => Ok(Read { end: end + 3, what: What::Comment }),
            None => Err(self.unclosed()),
        }
    }

    fn name(&mut self) -> Result<String, Broken> {
        let rest = self.rest();
        if !rest.starts_with(is_letter) {
            return Err(self.bad_character());
        }
        let end = rest.find(|c| !(is_letter(c) || matches!(c, '-' | '/' | '.'))).unwrap_or(rest.len());
        self.at += end;
        Ok(rest[..end].to_owned())
    }

    /// Reads up to the closer; whether a slash stands before it.
    fn arguments(&mut self) -> Result<bool, Broken> {
        loop {
            self.skip_blanks();
            if self.is_closed() {
                return Ok(false);
            }
            let rest = self.rest();
            let Some(first) = rest.chars().next() else { return Err(self.unclosed()) };
            match first {
                '"' | '`' | '\\' => self.quoted()?,
                '=' => {
                    self.at += 1;
                    self.skip_blanks();
                    if self.rest().starts_with(['"', '`', '\\']) {
                        self.quoted()?;
                    } else {
                        self.at += self.rest().find(char::is_whitespace).unwrap_or(self.rest().len());
                    }
                }
                '/' => {
                    let slash = self.at;
                    self.at += 1;
                    self.skip_blanks();
                    if self.is_closed() {
                        return Ok(true);
                    }
                    self.at = slash;
                    return Err(self.bad_character());
                }
                c if is_letter(c) || c == '-' => {
                    let end = rest.find(|c| !(is_letter(c) || matches!(c, '-' | '.'))).unwrap_or(rest.len());
                    self.at += end;
                }
                _ => return Err(self.bad_character()),
            }
        }
    }

    /// `"…"` on one line, `` `…` ``, or `\"…\"`; a backslash before anything else is passed over.
    fn quoted(&mut self) -> Result<(), Broken> {
        let open = self.at;
        let rest = self.rest();
        let broken = || (MacroFaultKind::OpenQuote, open..open + line_of(rest).len());
        let length = if let Some(inner) = rest.strip_prefix('`') {
            inner.find('`').map(|end| end + 2)
        } else if let Some(inner) = rest.strip_prefix("\\\"") {
            line_of(inner).find("\\\"").map(|end| end + 4)
        } else if rest.starts_with('\\') {
            Some(1)
        } else {
            end_of_quote(line_of(&rest[1..])).map(|end| end + 2)
        };
        self.at += length.ok_or_else(broken)?;
        Ok(())
    }

    fn rest(&self) -> &'b str {
        &self.body[self.at..]
    }

    fn is_closed(&self) -> bool {
        self.rest().starts_with(self.closer)
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn unclosed(&self) -> Broken {
        let line = line_of(&self.body[self.open..]).trim_end();
        let opener = self.body[self.open..self.open + 3].to_owned();
        (MacroFaultKind::Unclosed { opener }, self.open..self.open + line.len())
    }

    fn bad_character(&self) -> Broken {
        match self.rest().chars().next() {
            Some(character) => {
                (MacroFaultKind::BadCharacter { character }, self.at..self.at + character.len_utf8())
            }
            None => self.unclosed(),
        }
    }
}

fn line_of(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

/// Where the quote is that no backslash stands before.
fn end_of_quote(line: &str) -> Option<usize> {
    line.match_indices('"').map(|(at, _)| at).find(|&at| !line[..at].ends_with('\\'))
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// What is known at a place of the text.
struct Followed<'s> {
    site: &'s SiteMacros,
    /// Shortcodes with content whose end has not come. Hugo ends the last of them at any end whose name was seen.
    open: Vec<(String, Range<usize>)>,
    seen: HashSet<String>,
    /// An end of something without content, which may have ended another.
    astray: Option<(String, Range<usize>)>,
    /// There was one of which nobody can tell whether it has content.
    is_unsure: bool,
    faults: Vec<MacroFault>,
}

impl<'s> Followed<'s> {
    fn new(site: &'s SiteMacros) -> Self {
        Self {
            site,
            open: Vec::new(),
            seen: HashSet::new(),
            astray: None,
            is_unsure: false,
            faults: Vec::new(),
        }
    }

    fn shortcode(&mut self, read: Read, open: usize) {
        let span = open..read.end;
        match read.what {
            What::Comment => {}
            What::Begin { name, is_ended } => self.begin(name, is_ended, span),
            What::End { name } => self.end(name, span),
        }
    }

    fn begin(&mut self, name: String, is_ended: bool, span: Range<usize>) {
        self.seen.insert(name.clone());
        match self.content_of(&name) {
            Some(Some(true)) if is_ended => {}
            Some(Some(true)) => self.open.push((name, span)),
            Some(Some(false)) if is_ended => {
                self.fault(MacroFaultKind::TakesNoContent { name }, span, Vec::new());
            }
            Some(Some(false)) => {}
            Some(None) => self.is_unsure = true,
            None => {
                self.is_unsure = true;
                let escape = escaped(&span);
                self.fault(MacroFaultKind::Unknown { name }, span, escape);
            }
        }
    }

    fn end(&mut self, name: String, span: Range<usize>) {
        let takes_none = self.content_of(&name) == Some(Some(false));
        let written = format!("/{name}");
        if !self.seen.contains(&name) {
            let kind = match self.open.last() {
                Some((open, _)) => MacroFaultKind::OtherIsOpen { name: written, open: open.clone() },
                None => MacroFaultKind::NeverBegun { name: written },
            };
            // Hugo reads no further.
            self.is_unsure = true;
            return self.fault(kind, span, Vec::new());
        }
        if takes_none {
            self.astray = Some((name, span.clone()));
        }
        if self.open.pop().is_some() || self.is_unsure {
            return;
        }
        match self.astray.take() {
            Some((name, span)) => self.fault(MacroFaultKind::TakesNoContent { name }, span, Vec::new()),
            None => self.fault(MacroFaultKind::NeverBegun { name: written }, span, Vec::new()),
        }
    }

    /// Whether a shortcode has content, as far as that can be told; none if there is no such shortcode.
    fn content_of(&self, name: &str) -> Option<Option<bool>> {
        // A text of the post's own, if the site lets it have one.
        if name.ends_with(".inline") {
            return Some(None);
        }
        let name = name.to_lowercase();
        let of_site = self.site.names.get(&name).copied();
        let own = || WITH_CONTENT.contains(&name.as_str()).then_some(Some(true));
        of_site.or_else(own).or_else(|| ALONE.contains(&name.as_str()).then_some(Some(false)))
    }

    fn fault(&mut self, kind: MacroFaultKind, span: Range<usize>, escape: Vec<TextChange>) {
        self.faults.push(MacroFault { kind, span, escape });
    }

    fn finish(mut self) -> Vec<MacroFault> {
        if !self.is_unsure {
            for (name, span) in std::mem::take(&mut self.open) {
                self.fault(MacroFaultKind::NeverEnded { name }, span, Vec::new());
            }
        }
        self.faults
    }
}

/// `{{</* x */>}}` prints what it is.
fn escaped(span: &Range<usize>) -> Vec<TextChange> {
    vec![insertion(span.start + 3, "/*"), insertion(span.end - 3, "*/")]
}
