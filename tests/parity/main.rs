//! The preview against the real generators. The suite over all dialects is to grow here; it begins with what every
//! generator agrees on, so that a plain post looks in the preview as it will look on the site.
#![allow(clippy::unwrap_used, reason = "a test that cannot set its stage has failed, and should say where")]

mod colours;
mod plain_posts;
