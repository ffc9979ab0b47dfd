//! Bytes to text, in the encodings that old exports and old blogs have.

use encoding_rs::{EUC_KR, UTF_8, UTF_16BE, UTF_16LE};

/// How bytes stand for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    Utf8,
    /// UTF-16, with its mark.
    Utf16,
    /// CP949, and EUC-KR, which is a part of it. This is the `euc-kr` of the WHATWG's Encoding Standard.
    Cp949,
}

/// A text and the encoding that it was read by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, its lines ending in `\n`, without a byte order mark.
    pub text: String,
    /// What it was read by.
    pub encoding: Encoding,
    /// Whether some bytes stand for nothing in this encoding; each became U+FFFD.
    pub damaged: bool,
}

/// Reads bytes by their mark, else as UTF-8, else as CP949. None where they fit none of these.
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Some(decode_as(bytes, Encoding::Utf16));
    }
    // A text has no zero bytes; a picture or an archive has some soon.
    if bytes.iter().take(8192).any(|byte| *byte == 0) {
        return None;
    }
    [Encoding::Utf8, Encoding::Cp949]
        .into_iter()
        .map(|encoding| decode_as(bytes, encoding))
        .find(|decoded| !decoded.damaged && (decoded.encoding == Encoding::Utf8 || has_hangul(&decoded.text)))
}

/// Reads bytes by one encoding, whether they fit it or not.
pub fn decode_as(bytes: &[u8], encoding: Encoding) -> Decoded {
    let by = match encoding {
        Encoding::Utf8 => UTF_8,
        Encoding::Utf16 if bytes.starts_with(&[0xFE, 0xFF]) => UTF_16BE,
        Encoding::Utf16 => UTF_16LE,
        Encoding::Cp949 => EUC_KR,
    };
    let (text, damaged) = by.decode_with_bom_removal(bytes);
    Decoded { text: with_newlines(&text), encoding, damaged }
}

/// A Latin text in another code page also decodes as CP949 now and then; but then not to Hangul alone.
fn has_hangul(text: &str) -> bool {
    let (mut hangul, mut other) = (0, 0);
    for letter in text.chars().filter(|letter| !letter.is_ascii()) {
        if ('\u{AC00}'..='\u{D7A3}').contains(&letter) {
            hangul += 1;
        } else {
            other += 1;
        }
    }
    hangul > other
}

/// Every line end as `\n`.
pub(crate) fn with_newlines(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_of_old_exports_is_read() {
        let (bytes, _, _) = EUC_KR.encode("똠방각하가 쓴 글\r\n둘째 줄");
        let decoded = decode(&bytes).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("똠방각하가 쓴 글\n둘째 줄", Encoding::Cp949));
    }

    #[test]
    fn marks_decide_and_are_left_out() {
        let utf16: Vec<u8> =
            [0xFEFF_u16].into_iter().chain("가b".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16).unwrap().text, "가b");
        assert_eq!(decode(b"\xEF\xBB\xBFa").unwrap().text, "a");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"PK\x03\x04\x14\0\0\0"), None);
        assert_eq!(decode(b"caf\xe9"), None);
    }
}
