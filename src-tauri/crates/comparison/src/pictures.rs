//! Pictures that a generator makes anew, under names of its own.

use std::collections::HashMap;

use dom_query::Document;

use crate::html::{self, Token};

/// Where Astro puts what it makes of a picture: `/_astro/NAME.HASH.webp` (its `build.assets`, and Vite's
/// `assetFileNames`).
const ASTRO_FOLDER: &str = "/_astro/";
/// What Astro says of such a picture besides.
const ASTRO_ATTRIBUTES: &[&str] = &["width", "height", "srcset", "sizes"];

/// Gives the pictures of a page that Astro made anew the addresses that the post has for them. Two pictures of one name
/// cannot be told apart and stay as they are.
pub(crate) fn name_as_in_post<'t>(page: &Document, tokens: impl Iterator<Item = &'t Token>) {
    let mut written: HashMap<&str, Option<&str>> = HashMap::new();
    for source in tokens.filter_map(source_of) {
        let known = written.entry(stem(source)).or_insert(Some(source));
        *known = known.filter(|known| *known == source);
    }
    for picture in page.select("img").nodes() {
        let made = html::decoded(&picture.attr_or("src", ""));
        let Some((_, name)) = made.rsplit_once(ASTRO_FOLDER) else { continue };
        let Some(Some(source)) = written.get(stem(stem(name))) else { continue };
        picture.set_attr("src", source);
        ASTRO_ATTRIBUTES.iter().for_each(|attribute| picture.remove_attr(attribute));
    }
}

fn source_of(token: &Token) -> Option<&str> {
    let Token::Open(name, attributes) = token else { return None };
    let source = attributes.iter().find(|(name, _)| name == "src").filter(|_| name == "img")?;
    Some(&source.1)
}

/// A file's name without folders and its last ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
