//! URLs as hexo-util 3 writes them (`encodeURL`, `url_for`).

/// A link's address: a relative one percent-encoded anew, an absolute one as a browser would write it.
pub(super) fn encoded(href: &str) -> String {
    match scheme(href) {
        None => encode_uri(&decoded(href)),
        Some(scheme) => match default_port(&scheme.to_ascii_lowercase()) {
            Some(port) => absolute(href, scheme, port).unwrap_or_else(|| href.to_owned()),
            // No origin: left as it is.
            None => href.to_owned(),
        },
    }
}

/// An image's address under the site's root.
pub(super) fn under_root(href: &str, root: &str) -> String {
    if scheme(href).is_some() {
        return href.to_owned();
    }
    let mut path = String::with_capacity(root.len() + href.len());
    for c in root.chars().chain(href.chars()) {
        if c != '/' || !path.ends_with('/') {
            path.push(c);
        }
    }
    encode_uri(&decoded(&path))
}

/// What stands before the `:`, if the text begins like a URL.
fn scheme(href: &str) -> Option<&str> {
    let (scheme, _) = href.trim_start().split_once(':')?;
    let named = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    (!scheme.is_empty() && scheme.bytes().all(named)).then_some(scheme)
}

/// Empty for a special scheme that has none.
fn default_port(scheme: &str) -> Option<&'static str> {
    match scheme {
        "http" | "ws" => Some("80"),
        "https" | "wss" => Some("443"),
        "ftp" => Some("21"),
        _ => None,
    }
}

fn absolute(href: &str, scheme: &str, default_port: &str) -> Option<String> {
    let rest = href.trim().get(scheme.len() + 1..)?.trim_start_matches(['/', '\\']);
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => (host, Some(port)),
        _ => (host, None),
    };
    let host: String = decoded(host).chars().map(narrow).collect();
    if host.is_empty() || host.contains([' ', '<', '>', '[', ']', '^', '|', '%', ':']) {
        return None;
    }
    let (rest, fragment) = match rest.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (rest, None),
    };
    let (path, query) = match rest.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (rest, None),
    };
    let mut url = format!("{}://", scheme.to_ascii_lowercase());
    if let Some(user) = user {
        url.push_str(user);
        url.push('@');
    }
    url.push_str(&host.to_lowercase());
    if let Some(port) = port.filter(|port| !port.is_empty() && *port != default_port) {
        url.push(':');
        url.push_str(port);
    }
    push_encoded(&mut url, &resolved(path), b"\"<>`{}");
    if let Some(query) = query.filter(|query| !query.is_empty()) {
        url.push('?');
        push_encoded(&mut url, &encode_uri(&decoded(query)), b"\"<>'#");
    }
    if let Some(fragment) = fragment {
        url.push('#');
        push_encoded(&mut url, fragment, b"\"<>`");
    }
    Some(url)
}

/// Wide letters and marks are narrow in a host (UTS 46).
fn narrow(c: char) -> char {
    match c {
        '。' | '｡' => '.',
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// A path without `.` and `..`.
fn resolved(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut pieces = path.split(['/', '\\']).skip(1).peekable();
    while let Some(piece) = pieces.next() {
        let last = pieces.peek().is_none();
        match piece {
            ".." => {
                parts.pop();
                if last {
                    parts.push("");
                }
            }
            "." => {
                if last {
                    parts.push("");
                }
            }
            piece => parts.push(piece),
        }
    }
    format!("/{}", parts.join("/"))
}

/// Node's `querystring.unescape`; a `%` that encodes nothing is left alone.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// ECMAScript's `encodeURI`.
fn encode_uri(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b";,/?:@&=+$-_.!~*'()#".contains(&byte) {
            encoded.push(byte.into());
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// A part of an absolute URL with what may not stand in it percent-encoded.
fn push_encoded(url: &mut String, text: &str, unsafe_marks: &[u8]) {
    for byte in text.bytes() {
        if byte <= b' ' || byte >= 0x7f || unsafe_marks.contains(&byte) {
            url.push_str(&format!("%{byte:02X}"));
        } else {
            url.push(byte.into());
        }
    }
}
