//! What of a page is no text of its post: scripts, menus, buttons, advertisements, counters.

use super::tree::{Element, NodeId, Tree};

/// Words of classes and ids that name furniture; a word is what stands between hyphens, underscores and changes from
/// small to large letters.
const FURNITURE_WORDS: [&str; 24] = [
    "ad",
    "ads",
    "adsense",
    "adsbygoogle",
    "advert",
    "advertisement",
    "adfit",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "cookie",
    "newsletter",
    "pagination",
    "popup",
    "related",
    "share",
    "sharing",
    "sidebar",
    "skip",
    "social",
    "sponsor",
    "subscribe",
    "toolbar",
];

/// Whether an element and all in it is furniture. `in_page` of a whole page: in a part that somebody has chosen and
/// copied, what has a strange name was chosen with the rest.
pub(crate) fn is_furniture(tree: &Tree, id: NodeId, in_page: bool) -> bool {
    let Some(element) = tree.element(id) else { return false };
    match element.name.as_str() {
        "script" | "style" | "noscript" | "template" | "iframe" | "noembed" | "noframes" | "object"
        | "embed" | "svg" | "canvas" | "button" | "select" | "textarea" | "nav" | "head" | "title"
        | "link" | "meta" | "base" | "dialog" | "audio" | "video" | "map" | "ins"
            if element.name != "ins" || element.has_class("adsbygoogle") =>
        {
            return true;
        }
        "input" => return element.attribute("type") != Some("checkbox"),
        "aside" | "footer" | "form" if in_page => return true,
        _ => {}
    }
    is_hidden(element) || (in_page && names_furniture(element)) || is_anchor_of_heading(tree, id, element)
}

fn is_hidden(element: &Element) -> bool {
    let style = element.attribute("style").unwrap_or_default();
    let says = |what: &str| style.split(';').any(|rule| rule.replace(' ', "").eq_ignore_ascii_case(what));
    element.attribute("hidden").is_some()
        || says("display:none")
        || says("visibility:hidden")
        || (element.attribute("aria-hidden") == Some("true")
            && !["img", "a"].contains(&element.name.as_str()))
        || ["sr-only", "visually-hidden", "screen-reader-text"].iter().any(|class| element.has_class(class))
}

fn names_furniture(element: &Element) -> bool {
    // The page as a whole often says what it has: `has-sidebar`.
    if ["body", "html", "main", "article"].contains(&element.name.as_str()) {
        return false;
    }
    let role = element.attribute("role").unwrap_or_default();
    if ["navigation", "banner", "complementary", "contentinfo", "search"].contains(&role) {
        return true;
    }
    let id = element.attribute("id").unwrap_or_default();
    element
        .classes()
        .chain([id])
        .any(|name| words_of(name).any(|word| FURNITURE_WORDS.contains(&word.as_str())))
        && !["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "code", "li", "td", "span"]
            .contains(&element.name.as_str())
}

fn words_of(name: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for letter in name.chars() {
        if !letter.is_alphanumeric() || (letter.is_uppercase() && before.is_lowercase()) {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    words.into_iter()
}

/// A link beside a heading that leads to that heading: a sign for readers of the page.
fn is_anchor_of_heading(tree: &Tree, id: NodeId, element: &Element) -> bool {
    if element.name != "a" || !element.attribute("href").is_some_and(|to| to.starts_with('#')) {
        return false;
    }
    let named = [
        "anchor",
        "headerlink",
        "header-anchor",
        "heading-link",
        "anchor-link",
        "hash-link",
        "headline-hash",
    ];
    let text = tree.text(id);
    let shows_sign = matches!(text.trim(), "" | "#" | "¶" | "§" | "🔗");
    let in_heading = super::tree::is_heading(tree.name(tree.parent(id)));
    (in_heading && (shows_sign || text.chars().count() <= 1))
        || named.iter().any(|class| element.has_class(class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_by_their_words() {
        let words: Vec<String> = words_of("postShare_ad-box").collect();
        assert_eq!(words, ["post", "share", "ad", "box"]);
        assert!(!words_of("header-shadow reading").any(|word| FURNITURE_WORDS.contains(&word.as_str())));
    }
}
