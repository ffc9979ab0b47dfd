//! What a site has to offer to what is being written: posts to link to, images, macros.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{PostId, SiteId};

/// Asks what can be named in a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AskOffers {
    /// The post.
    pub post: PostId,
    /// The site that the writer looks at, for a draft without a file.
    pub site: Option<SiteId>,
}

/// What can be named in a post.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Offers {
    /// The posts of the site that it shows.
    pub posts: Vec<OfferedPost>,
    /// References to the images of the site and of the post's own folder.
    pub images: Vec<String>,
    /// The macros that the site and its theme add to the generator's own.
    pub macros: Vec<OfferedMacro>,
}

/// A post that can be linked to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OfferedPost {
    /// Its path in the site.
    pub path: String,
    /// The path of its address.
    pub address: String,
}

/// A macro by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OfferedMacro {
    /// Its name.
    pub name: String,
    /// Whether it takes content, up to an end of its own; none where that cannot be told.
    pub has_content: Option<bool>,
}
