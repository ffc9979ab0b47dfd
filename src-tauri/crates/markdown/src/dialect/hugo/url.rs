//! Addresses as goldmark writes them.

use std::fmt::Write;

/// What is percent-encoded already stays.
pub(crate) fn percent_encoded(url: &str) -> String {
    let mut written = String::with_capacity(url.len());
    for (at, byte) in url.bytes().enumerate() {
        if stays(byte) || byte == b'%' && is_encoded(&url.as_bytes()[at..]) {
            written.push(byte as char);
        } else {
            // Writing to a String cannot fail.
            let _ = write!(written, "%{byte:02X}");
        }
    }
    written
}

/// goldmark looks at the first digit only.
fn is_encoded(from: &[u8]) -> bool {
    from.len() > 2 && from[1].is_ascii_hexdigit()
}

fn stays(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b";/?:@&=+$,-_.!~*'()#".contains(&byte)
}

/// Addresses that run something or open a file, which goldmark leaves out unless the site asks for raw HTML.
pub(crate) fn is_dangerous(url: &str) -> bool {
    let begins = |with: &str| url.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    if begins("data:image/") {
        let kind = &url["data:image/".len()..];
        return !["png;", "gif;", "jpeg;", "webp;"]
            .iter()
            .any(|image| kind.get(..image.len()).is_some_and(|start| start.eq_ignore_ascii_case(image)));
    }
    ["javascript:", "vbscript:", "file:", "data:"].iter().any(|scheme| begins(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hugo 0.168.
    #[test]
    fn writes_addresses_as_goldmark_does() {
        assert_eq!(percent_encoded("/경로/a b?x=[1]&y=%20%"), "/%EA%B2%BD%EB%A1%9C/a%20b?x=%5B1%5D&y=%20%25");
    }

    #[test]
    fn knows_dangerous_addresses() {
        assert!(is_dangerous("JavaScript:alert(1)") && is_dangerous("data:image/svg+xml;base64,"));
        assert!(
            !is_dangerous("data:image/png;base64,")
                && !is_dangerous("javascripts/a.js")
                && !is_dangerous("가")
        );
    }
}
