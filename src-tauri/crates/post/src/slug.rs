//! Slugs and file names.

mod offers;
mod romanised;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub use offers::{SlugOffers, slug_offers};
pub use romanised::romanised;

/// A longer file name fails on some file systems once a date and an extension are added.
const LONGEST_NAME: usize = 200;
/// Long enough for a title, short enough for [`LONGEST_NAME`] with date and extension.
const LONGEST_SLUG: usize = 150;

/// The slug of a title: lowercase, letters of every script kept (composed), everything else a single `-`. None when
/// nothing is left.
pub fn slugify(title: &str) -> Option<String> {
    let mut slug = String::new();
    for letter in title.nfc().flat_map(char::to_lowercase).nfc() {
        let joins = !slug.is_empty() && !slug.ends_with('-');
        if letter.is_alphanumeric() || (joins && is_combining_mark(letter)) {
            slug.push(letter);
        } else if joins && !matches!(letter, '\'' | '’') {
            slug.push('-');
        }
    }
    // What is left out can let letters meet that compose.
    let slug: String = slug.nfc().collect();
    let slug = slug[..slug.floor_char_boundary(LONGEST_SLUG)].trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// Whether a file can have this name on Linux, macOS and Windows.
pub fn file_name_is_portable(name: &str) -> bool {
    let forbidden = |letter: char| letter.is_control() || r#"<>:"/\|?*"#.contains(letter);
    !name.is_empty()
        && name.len() <= LONGEST_NAME
        && !name.ends_with(['.', ' '])
        && !name.starts_with(' ')
        && !name.contains(forbidden)
        && !is_device_name(name)
}

/// Names that Windows gives to devices, whatever the extension.
fn is_device_name(name: &str) -> bool {
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem).trim_end().to_ascii_uppercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|number| {
            let mut letters = number.chars();
            matches!((letters.next(), letters.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        })
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered("COM")
        || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_keeps_letters_and_joins_the_rest() {
        let cases = [
            ("Hello, World!", "hello-world"),
            ("러스트로 만드는 에디터 (1편)", "러스트로-만드는-에디터-1편"),
            ("  C++ & Rust -- v1.2  ", "c-rust-v1-2"),
            ("Don't panic", "dont-panic"),
            ("日本語 タイトル", "日本語-タイトル"),
            ("[AWS] 후기", "aws-후기"),
        ];
        for (title, slug) in cases {
            assert_eq!(slugify(title).as_deref(), Some(slug), "{title}");
        }
        assert_eq!(slugify("!!! ???"), None);
        assert_eq!(slugify(""), None);
    }

    #[test]
    fn a_slug_is_composed() {
        let decomposed: String = "한글".nfd().collect();
        assert_ne!(decomposed, "한글");
        assert_eq!(slugify(&decomposed).as_deref(), Some("한글"));
    }

    #[test]
    fn a_long_title_makes_a_portable_name() {
        let slug = slugify(&"가나다 ".repeat(300)).unwrap();
        assert!(file_name_is_portable(&format!("2026-11-21-{slug}.markdown")), "{slug}");
    }

    #[test]
    fn names_that_some_system_refuses() {
        for name in ["", "a/b", "a?", "a.", "a ", " a", "con", "CON.md", "lpt1.txt", "COM9", "a\u{7}", "a:b"]
        {
            assert!(!file_name_is_portable(name), "{name:?}");
        }
        for name in
            ["a.md", "한글 제목.md", "console.md", "com.md", "com10.md", ".gitignore", "2026-11-21-x.md"]
        {
            assert!(file_name_is_portable(name), "{name:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn slugs_are_stable_and_portable(title in "\\PC{0,60}") {
            if let Some(slug) = slugify(&title) {
                proptest::prop_assert_eq!(slugify(&slug), Some(slug.clone()));
                proptest::prop_assert!(!slug.contains("--") && !slug.starts_with('-') && !slug.ends_with('-'));
                proptest::prop_assert!(!slug.contains(|letter: char| letter.is_control() || "<>:\"/\\|?*. ".contains(letter)));
            }
        }
    }
}
