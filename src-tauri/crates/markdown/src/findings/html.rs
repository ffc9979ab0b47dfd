//! What stands in the writer's own HTML.

use std::borrow::Cow;

/// Where the images of some HTML are.
pub(super) fn image_sources(html: &str) -> Vec<&str> {
    values_in(html, "img", "src")
}

/// Where the links of some HTML lead.
pub(super) fn link_targets(html: &str) -> Vec<&str> {
    values_in(html, "a", "href")
}

/// The values of an attribute in the tags of one name.
fn values_in<'h>(html: &'h str, element: &str, attribute: &str) -> Vec<&'h str> {
    let tags = html.split('<').skip(1).filter(|tag| {
        let name = tag.get(..element.len()).unwrap_or_default();
        name.eq_ignore_ascii_case(element)
            && tag[element.len()..].starts_with(|c: char| c.is_ascii_whitespace())
    });
    tags.filter_map(|tag| attribute_values(tag, attribute).next()).collect()
}

/// The values of an attribute, whatever the tags are.
pub(super) fn attribute_values<'h>(html: &'h str, name: &str) -> impl Iterator<Item = &'h str> {
    html.match_indices(name).filter_map(move |(at, _)| {
        let begins = html[..at].ends_with(|c: char| c.is_ascii_whitespace());
        let value = html[at + name.len()..].strip_prefix('=').filter(|_| begins)?;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = quote.map_or(value, |_| &value[1..]);
        let is_end = |c: char| match quote {
            Some(quote) => c == quote,
            None => c == '>' || c.is_ascii_whitespace(),
        };
        Some(&value[..value.find(is_end).unwrap_or(value.len())])
    })
}

/// An attribute's value with the characters that HTML cannot do without.
pub(super) fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let pairs =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    Cow::Owned(
        pairs.iter().fold(value.to_owned(), |value, (entity, character)| value.replace(entity, character)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_found_in_tags_of_any_kind_of_quotes() {
        let html =
            "<p><img alt=\"a > b\" src='/a.png'><IMG src=b.png width=3><image src=c><img data-src=\"d\">";
        assert_eq!(image_sources(html), ["/a.png", "b.png"]);
        assert_eq!(
            attribute_values("<a id=x><b id=\"y z\" data-id=w>", "id").collect::<Vec<_>>(),
            ["x", "y z"]
        );
    }
}
