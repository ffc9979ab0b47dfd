//! Escapes of macros: `{{</* x */>}}` is the text `{{< x >}}`, which Markdown reads like any other.
//!
//! What only escapes becomes a character that Markdown takes for a letter and that is taken out of all that was read,
//! so that every byte stays where it is.

use std::borrow::Cow;

use super::{Form, Macro};

/// Control characters of two bytes that no writer types; the line end among them (U+0085) is white space.
const CHOICE: std::ops::RangeInclusive<char> = '\u{86}'..='\u{9f}';

/// The character in the place of what only escapes, if anything does.
pub(super) struct Quiet(Option<char>);

impl Quiet {
    /// Takes the escapes out of the macros and puts the quiet character into the text instead. A text that has all
    /// characters of [`CHOICE`] keeps its escapes as they are written.
    pub(super) fn over<'s>(source: &'s str, macros: &mut Vec<Macro>) -> (Self, Cow<'s, str>) {
        let mut pairs = Vec::new();
        macros.retain(|one| match one.form {
            Form::Escape { pairs: both } => {
                pairs.extend(both);
                false
            }
            _ => true,
        });
        let quiet = CHOICE.filter(|_| !pairs.is_empty()).find(|one| !source.contains(*one));
        let Some(quiet) = quiet else { return (Self(None), Cow::Borrowed(source)) };
        let mut text = String::with_capacity(source.len());
        let mut from = 0;
        for at in pairs {
            text.push_str(&source[from..at]);
            text.push(quiet);
            from = at + quiet.len_utf8();
        }
        text.push_str(&source[from..]);
        (Self(Some(quiet)), Cow::Owned(text))
    }

    pub(super) fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// The text without the character, encoded for a URL or not; nothing if it is not in the text.
    pub(super) fn out_of(&self, text: &str) -> Option<String> {
        let quiet = self.0?;
        let mut bytes = [0; 4];
        let encoded: String =
            quiet.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")).collect();
        (text.contains(quiet) || text.contains(&encoded))
            .then(|| text.replace(quiet, "").replace(&encoded, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Syntax, mask};

    #[test]
    fn what_escapes_is_one_character_that_comes_out_again() {
        let source = "{{</* x */>}} \u{86}";
        let masked = mask(source, Syntax::Hugo).unwrap();
        assert_eq!(masked.text, "{{<\u{87} x \u{87}>}} \u{86}");
        assert_eq!(masked.quiet.out_of(&masked.text).unwrap(), "{{< x >}} \u{86}");
        assert_eq!(masked.quiet.out_of("a%C2%87b").unwrap(), "ab");
        assert_eq!(masked.quiet.out_of("%C2%86"), None);
    }

    #[test]
    fn a_text_with_every_such_character_keeps_its_escapes() {
        let all: String = super::CHOICE.collect();
        assert!(mask(&format!("{{{{</* x */>}}}}{all}"), Syntax::Hugo).is_none());
    }
}
