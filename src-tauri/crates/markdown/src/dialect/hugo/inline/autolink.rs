//! Addresses between `<` and `>`, and what an e-mail address is.

use std::ops::Range;

use super::{Node, Scanner};
use crate::dialect::hugo::url;

impl Scanner<'_, '_> {
    pub(super) fn autolink(&mut self) -> bool {
        let inner = self.at + 1;
        let email = self.email_length(inner);
        let length = email.or_else(|| url_length(&self.text.as_bytes()[inner..]));
        let Some(end) = length.map(|length| inner + length) else { return false };
        if self.text.as_bytes().get(end) != Some(&b'>') {
            return false;
        }
        self.push_autolink(self.at..end + 1, inner..end, None, email.is_some());
        true
    }

    /// `protocol` goes before what is written without one.
    pub(super) fn push_autolink(
        &mut self,
        range: Range<usize>,
        label: Range<usize>,
        protocol: Option<&str>,
        email: bool,
    ) {
        let written = &self.text[label.clone()];
        let mut address = match protocol {
            Some(protocol) => format!("{protocol}://{written}"),
            None => written.to_owned(),
        };
        address = url::percent_encoded(&address);
        if url::is_dangerous(&address) && !self.context.hugo.raw_html {
            address.clear();
        }
        if email && !address.to_ascii_lowercase().starts_with("mailto:") {
            address.insert_str(0, "mailto:");
        }
        self.at = range.end;
        self.nodes.push(Node::Autolink { range, url: address, label });
    }

    /// The length of an e-mail address that begins at a byte.
    pub(super) fn email_length(&mut self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if !self.email_run.contains(&start) {
            let length = bytes[start..].iter().take_while(|byte| in_email(**byte)).count();
            self.email_run = start..start + length;
        }
        let at = self.email_run.end;
        if at == start || bytes.get(at) != Some(&b'@') {
            return None;
        }
        let domain = domain_length(&bytes[at + 1..])?;
        Some(at + 1 + domain - start)
    }
}

fn in_email(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte)
}

/// Labels of letters, digits and hyphens, of 63 at most, with dots between.
fn domain_length(bytes: &[u8]) -> Option<usize> {
    let mut end = domain_label(bytes)?;
    while bytes.get(end) == Some(&b'.') {
        match domain_label(&bytes[end + 1..]) {
            Some(length) => end += 1 + length,
            None => break,
        }
    }
    Some(end)
}

/// A label neither begins nor ends with a hyphen.
fn domain_label(bytes: &[u8]) -> Option<usize> {
    if !bytes.first()?.is_ascii_alphanumeric() {
        return None;
    }
    let run = bytes.iter().take(63).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    bytes[..run].iter().rposition(|byte| byte.is_ascii_alphanumeric()).map(|last| last + 1)
}

/// A scheme, a colon, and anything but spaces, `<` and `>`.
fn url_length(bytes: &[u8]) -> Option<usize> {
    if !bytes.first()?.is_ascii_alphabetic() {
        return None;
    }
    let scheme = bytes
        .iter()
        .take(34)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(**byte, b'.' | b'+' | b'-'))
        .count();
    if !(2..=33).contains(&scheme) || bytes.get(scheme) != Some(&b':') {
        return None;
    }
    let rest = bytes[scheme + 1..].iter().take_while(|byte| **byte > b' ' && !matches!(**byte, b'<' | b'>'));
    Some(scheme + 1 + rest.count())
}
