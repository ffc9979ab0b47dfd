//! What Postwright makes of a text.

use postwright_markdown::{Dialect, Options};

/// What it takes the site's page to be: what is compared with the generator's.
pub(crate) fn page(text: &str, dialect: &Dialect) -> String {
    postwright_markdown::site_html(text, 0, dialect)
}

/// What the writer sees: coloured, sanitised, with boxes in place of remote pictures.
pub(crate) fn preview(text: &str, dialect: &Dialect) -> String {
    let options = Options { dialect: dialect.clone(), ..Options::default() };
    postwright_markdown::render_fragment(text, 0, &options).expect("a post is small enough for a preview")
}
