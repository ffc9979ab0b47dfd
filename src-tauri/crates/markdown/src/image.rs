//! What an image reference points at, and the URL that the preview loads it from.

/// Where an image is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ImageReference<'a> {
    /// In the site or beside the post; without query and fragment.
    Local(&'a str),
    /// On another machine, which the preview does not ask.
    Remote {
        /// The machine's name.
        host: &'a str,
    },
    /// Nothing that the preview shows: `data:` and every other scheme, or nothing at all.
    Unusable,
}

pub(crate) fn classify(reference: &str) -> ImageReference<'_> {
    let reference = reference.trim();
    if let Some(rest) = reference.strip_prefix("//") {
        return ImageReference::Remote { host: host(rest) };
    }
    if let Some((scheme, rest)) = split_scheme(reference) {
        let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        return if web {
            ImageReference::Remote { host: host(rest.trim_start_matches(['/', '\\'])) }
        } else {
            ImageReference::Unusable
        };
    }
    let path = reference.split(['?', '#']).next().unwrap_or_default();
    if path.is_empty() { ImageReference::Unusable } else { ImageReference::Local(path) }
}

/// The URL that shows a local image.
pub(crate) fn local_url(base: &str, path: &str) -> String {
    if base.is_empty() {
        return path.to_owned();
    }
    let mut url = String::with_capacity(base.len() + path.len() * 3);
    url.push_str(base);
    for byte in percent_decoded(path) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => url.push(char::from(byte)),
            _ => {
                url.push('%');
                url.push(hex_digit(byte >> 4));
                url.push(hex_digit(byte & 15));
            }
        }
    }
    url
}

fn split_scheme(reference: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = reference.split_once(':')?;
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'));
    named.then_some((scheme, rest))
}

fn host(authority_and_path: &str) -> &str {
    let authority = authority_and_path.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default()
}

pub(crate) fn percent_decoded(path: &str) -> Vec<u8> {
    let bytes = path.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = (bytes[at] == b'%')
            .then(|| Some((hex_value(*bytes.get(at + 1)?)?, hex_value(*bytes.get(at + 2)?)?)))
            .flatten();
        match pair {
            Some((high, low)) => {
                decoded.push(high << 4 | low);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    decoded
}

fn hex_value(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn hex_digit(value: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(value & 15)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_local_from_remote() {
        assert_eq!(classify("a.png"), ImageReference::Local("a.png"));
        assert_eq!(classify("/images/a.png?v=2#x"), ImageReference::Local("/images/a.png"));
        assert_eq!(
            classify("https://u@cdn.example.com/a.png"),
            ImageReference::Remote { host: "cdn.example.com" }
        );
        assert_eq!(classify("//cdn.example.com/a.png"), ImageReference::Remote { host: "cdn.example.com" });
        for unusable in
            ["", "#x", "data:image/png;base64,AA", "file:///etc/passwd", "postwright://localhost/post/1/a"]
        {
            assert_eq!(classify(unusable), ImageReference::Unusable, "{unusable}");
        }
    }

    #[test]
    fn encodes_a_reference_as_one_segment() {
        let url = |path| local_url("postwright://localhost/post/12/", path);
        assert_eq!(url("dsd_office2.jpg"), "postwright://localhost/post/12/dsd_office2.jpg");
        assert_eq!(url("../a b.png"), "postwright://localhost/post/12/..%2Fa%20b.png");
        assert_eq!(url("a%20b.png"), "postwright://localhost/post/12/a%20b.png");
        assert_eq!(url("100%.png"), "postwright://localhost/post/12/100%25.png");
        assert_eq!(url("한.png"), "postwright://localhost/post/12/%ED%95%9C.png");
        assert_eq!(local_url("", "../a.png"), "../a.png");
    }
}
