//! Character references: those that kramdown 2.4 knows by name, which are HTML 4's, and numbers.

use std::borrow::Cow;
use std::ops::Range;

use super::syntax::is_space;

/// A reference such as `&amp;` or `&#8217;`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) length: usize,
    /// The character; nothing if the name or the number is of none.
    pub(super) character: Option<char>,
}

/// The reference that a text begins with.
pub(super) fn reference(text: &str) -> Option<Reference> {
    let body = text.strip_prefix('&')?;
    let (digits, radix) = match body.strip_prefix('#') {
        Some(number) => match number.strip_prefix('x') {
            Some(hex) => (hex, 16),
            None => (number, 10),
        },
        None => return named(body),
    };
    let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    if length == 0 || !digits[length..].starts_with(';') {
        return None;
    }
    let character = u32::from_str_radix(&digits[..length], radix).ok().and_then(of_number);
    Some(Reference { length: text.len() - digits.len() + length + 1, character })
}

fn named(body: &str) -> Option<Reference> {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let length = body.find(|c: char| !inner(c)).unwrap_or(body.len());
    let name = &body[..length];
    if name.is_empty() || name.starts_with(['-', '.']) || !body[length..].starts_with(';') {
        return None;
    }
    Some(Reference { length: length + 2, character: of_name(name) })
}

/// The character of a name.
pub(super) fn of_name(name: &str) -> Option<char> {
    let at = NAMED.binary_search_by(|(one, _)| (*one).cmp(name)).ok()?;
    char::from_u32(NAMED[at].1)
}

/// The character of a number. Those of Windows' code page 1252 stand for what they are there.
pub(super) fn of_number(number: u32) -> Option<char> {
    let windows = number.checked_sub(0x80).and_then(|at| WINDOWS_1252.chars().nth(at as usize));
    match windows {
        Some(' ') | None => char::from_u32(number).filter(|&c| c != '\0'),
        windows => windows,
    }
}

const WINDOWS_1252: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// Escapes `<`, `>` and `&` but for references, and quotes if it goes into an attribute.
pub(super) fn escaped_around_references(text: &str, quotes: bool) -> String {
    let mut html = String::with_capacity(text.len());
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' if quotes => "&quot;",
            b'&' if reference(&text[at..]).is_none() => "&amp;",
            _ => continue,
        };
        html.push_str(&text[plain..at]);
        html.push_str(escape);
        plain = at + 1;
    }
    html.push_str(&text[plain..]);
    html
}

/// What a browser shows of a text in which kramdown left the references as they were.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        shown.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some(Reference { length, character: Some(character) }) => {
                shown.push(character);
                rest = &rest[length..];
            }
            _ => {
                shown.push('&');
                rest = &rest[1..];
            }
        }
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

/// The text without the backslashes that take marks for text; `\~` is one in GFM.
pub(super) fn unescaped(text: &str, escapes: impl Fn(u8) -> bool) -> String {
    let mut plain = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == b'\\' && bytes.get(at + 1).is_some_and(|&byte| escapes(byte)) {
            plain.push_str(&text[from..at]);
            from = at + 1;
            at += 1;
        }
        at += 1;
    }
    plain.push_str(&text[from..]);
    plain
}

/// The range of a text without white space around it.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let bytes = &text.as_bytes()[range.clone()];
    let front = bytes.iter().take_while(|&&byte| is_space(byte)).count();
    let back = bytes[front..].iter().rev().take_while(|&&byte| is_space(byte)).count();
    range.start + front..range.end - back
}

/// Sorted by name; `lang`, `rang`, `lceil` and `rceil` are swapped, as kramdown 2.4 has them.
#[rustfmt::skip]
const NAMED: &[(&str, u32)] = &[
    ("AElig", 198), ("Aacute", 193), ("Acirc", 194), ("Agrave", 192), ("Alpha", 913), ("Aring", 197),
    ("Atilde", 195), ("Auml", 196), ("Beta", 914), ("Ccedil", 199), ("Chi", 935), ("Dagger", 8225),
    ("Delta", 916), ("ETH", 208), ("Eacute", 201), ("Ecirc", 202), ("Egrave", 200), ("Epsilon", 917),
    ("Eta", 919), ("Euml", 203), ("Gamma", 915), ("Iacute", 205), ("Icirc", 206), ("Igrave", 204),
    ("Iota", 921), ("Iuml", 207), ("Kappa", 922), ("Lambda", 923), ("Mu", 924), ("Ntilde", 209),
    ("Nu", 925), ("OElig", 338), ("Oacute", 211), ("Ocirc", 212), ("Ograve", 210), ("Omega", 937),
    ("Omicron", 927), ("Oslash", 216), ("Otilde", 213), ("Ouml", 214), ("Phi", 934), ("Pi", 928),
    ("Prime", 8243), ("Psi", 936), ("Rho", 929), ("Scaron", 352), ("Sigma", 931), ("THORN", 222),
    ("Tau", 932), ("Theta", 920), ("Uacute", 218), ("Ucirc", 219), ("Ugrave", 217), ("Upsilon", 933),
    ("Uuml", 220), ("Xi", 926), ("Yacute", 221), ("Yuml", 376), ("Zeta", 918), ("aacute", 225),
    ("acirc", 226), ("acute", 180), ("aelig", 230), ("agrave", 224), ("alefsym", 8501), ("alpha", 945),
    ("amp", 38), ("and", 8743), ("ang", 8736), ("apos", 39), ("aring", 229), ("asymp", 8776),
    ("atilde", 227), ("auml", 228), ("bdquo", 8222), ("beta", 946), ("brvbar", 166), ("bull", 8226),
    ("cap", 8745), ("ccedil", 231), ("cedil", 184), ("cent", 162), ("chi", 967), ("circ", 710),
    ("clubs", 9827), ("cong", 8773), ("copy", 169), ("crarr", 8629), ("cup", 8746), ("curren", 164),
    ("dArr", 8659), ("dagger", 8224), ("darr", 8595), ("deg", 176), ("delta", 948), ("diams", 9830),
    ("divide", 247), ("eacute", 233), ("ecirc", 234), ("egrave", 232), ("empty", 8709), ("emsp", 8195),
    ("ensp", 8194), ("epsilon", 949), ("equiv", 8801), ("eta", 951), ("eth", 240), ("euml", 235),
    ("euro", 8364), ("exist", 8707), ("fnof", 402), ("forall", 8704), ("frac12", 189), ("frac14", 188),
    ("frac34", 190), ("frasl", 8260), ("gamma", 947), ("ge", 8805), ("gt", 62), ("hArr", 8660),
    ("harr", 8596), ("hearts", 9829), ("hellip", 8230), ("iacute", 237), ("icirc", 238), ("iexcl", 161),
    ("igrave", 236), ("image", 8465), ("infin", 8734), ("int", 8747), ("iota", 953), ("iquest", 191),
    ("isin", 8712), ("iuml", 239), ("kappa", 954), ("lArr", 8656), ("lambda", 955), ("lang", 9002),
    ("laquo", 171), ("larr", 8592), ("lceil", 8969), ("ldquo", 8220), ("le", 8804), ("lfloor", 8970),
    ("lowast", 8727), ("loz", 9674), ("lrm", 8206), ("lsaquo", 8249), ("lsquo", 8216), ("lt", 60),
    ("macr", 175), ("mdash", 8212), ("micro", 181), ("middot", 183), ("minus", 8722), ("mu", 956),
    ("nabla", 8711), ("nbsp", 160), ("ndash", 8211), ("ne", 8800), ("ni", 8715), ("not", 172),
    ("notin", 8713), ("nsub", 8836), ("ntilde", 241), ("nu", 957), ("oacute", 243), ("ocirc", 244),
    ("oelig", 339), ("ograve", 242), ("oline", 8254), ("omega", 969), ("omicron", 959), ("oplus", 8853),
    ("or", 8744), ("ordf", 170), ("ordm", 186), ("oslash", 248), ("otilde", 245), ("otimes", 8855),
    ("ouml", 246), ("para", 182), ("part", 8706), ("permil", 8240), ("perp", 8869), ("phi", 966),
    ("pi", 960), ("piv", 982), ("plusmn", 177), ("pound", 163), ("prime", 8242), ("prod", 8719),
    ("prop", 8733), ("psi", 968), ("quot", 34), ("rArr", 8658), ("radic", 8730), ("rang", 9001),
    ("raquo", 187), ("rarr", 8594), ("rceil", 8968), ("rdquo", 8221), ("real", 8476), ("reg", 174),
    ("rfloor", 8971), ("rho", 961), ("rlm", 8207), ("rsaquo", 8250), ("rsquo", 8217), ("sbquo", 8218),
    ("scaron", 353), ("sdot", 8901), ("sect", 167), ("shy", 173), ("sigma", 963), ("sigmaf", 962),
    ("sim", 8764), ("spades", 9824), ("sub", 8834), ("sube", 8838), ("sum", 8721), ("sup", 8835),
    ("sup1", 185), ("sup2", 178), ("sup3", 179), ("supe", 8839), ("szlig", 223), ("tau", 964),
    ("there4", 8756), ("theta", 952), ("thetasym", 977), ("thinsp", 8201), ("thorn", 254), ("tilde", 732),
    ("times", 215), ("trade", 8482), ("uArr", 8657), ("uacute", 250), ("uarr", 8593), ("ucirc", 251),
    ("ugrave", 249), ("uml", 168), ("upsih", 978), ("upsilon", 965), ("uuml", 252), ("vellip", 8942), ("weierp", 8472),
    ("xi", 958), ("yacute", 253), ("yen", 165), ("yuml", 255), ("zeta", 950), ("zwj", 8205), ("zwnj", 8204),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_names_and_numbers() {
        let character = |text| reference(text).map(|one| one.character);
        assert_eq!(character("&nbsp;"), Some(Some('\u{a0}')));
        assert_eq!(character("&#8217;"), Some(Some('’')));
        assert_eq!(character("&#x2019;"), Some(Some('’')));
        assert_eq!(character("&#150;"), Some(Some('–')));
        assert_eq!(character("&nosuch;"), Some(None));
        assert_eq!(character("& a"), None);
        assert!(NAMED.is_sorted());
        assert_eq!(WINDOWS_1252.chars().count(), 32);
    }

    #[test]
    fn escapes_around_references() {
        assert_eq!(escaped_around_references("a&b <&lt;\"", true), "a&amp;b &lt;&lt;&quot;");
        assert_eq!(decoded("a&amp;b&c;"), "a&b&c;");
    }
}
