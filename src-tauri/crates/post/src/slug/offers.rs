//! The slugs that a post may be offered.

use super::romanised::{has_hangul, romanised};
use super::slugify;
use crate::front_matter::{self, Role};

/// How far into the text something to make a slug of is looked for.
const SEARCHED: usize = 16 * 1024;

/// Slugs that the writer may choose among; to type one is always possible.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlugOffers {
    /// The letters of every script kept.
    pub kept: Option<String>,
    /// Hangul in Latin letters; none where there is no Hangul.
    pub romanised: Option<String>,
}

/// What is offered for a post: of its title, and where that gives none (`???`, `🎉`) of the first of its description and
/// the lines of its text that does.
pub fn slug_offers(text: &str) -> SlugOffers {
    let read = front_matter::read(text);
    let title = front_matter::shown_title(text);
    let description = read.text(Role::Description).unwrap_or_default();
    let body = &text[read.body_start..];
    let body = &body[..body.floor_char_boundary(SEARCHED)];
    let sources = [title.as_str(), description].into_iter().chain(body.lines());
    sources.map(slugs_of).find(|offers| offers.kept.is_some()).unwrap_or_default()
}

/// The slugs of one text.
fn slugs_of(text: &str) -> SlugOffers {
    let kept = slugify(text);
    let romanised = has_hangul(text).then(|| slugify(&romanised(text))).flatten();
    SlugOffers { romanised: romanised.filter(|slug| kept.as_ref() != Some(slug)), kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(text: &str) -> (Option<String>, Option<String>) {
        let SlugOffers { kept, romanised } = slug_offers(text);
        (kept, romanised)
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn a_title_in_hangul_is_offered_as_it_is_and_in_latin_letters() {
        let text = "---\ntitle: 러스트로 만드는 CLI (1편)\n---\n";
        assert_eq!(
            offered(text),
            (some("러스트로-만드는-cli-1편"), some("reoseuteuro-mandeuneun-cli-1pyeon"))
        );
        assert_eq!(offered("---\ntitle: Hello\n---\n"), (some("hello"), None));
    }

    #[test]
    fn a_title_that_gives_no_slug_leaves_it_to_the_text() {
        assert_eq!(
            offered("---\ntitle: '???'\n---\n\n## 🎉\n\n좋은 날"),
            (some("좋은-날"), some("joeun-nal"))
        );
        let described = "---\ntitle: '!!!'\ndescription: About it\n---\nText";
        assert_eq!(offered(described), (some("about-it"), None));
        assert_eq!(offered("---\ntitle: '???'\n---\n"), (None, None));
    }
}
