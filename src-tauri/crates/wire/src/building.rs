//! Asking the site's own generator what it makes of a post.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::*;

/// Builds a post's site, with the post as it is now, in a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BuildCheck {
    /// The post.
    pub post: PostId,
    /// The site, for a post that is in none yet: it is built with what publishing would write.
    pub site: Option<SiteId>,
    /// What the writer chose for publishing.
    pub choices: PublishChoices,
    /// Stops it, and is told with its progress.
    pub work: WorkId,
}

/// What the generator made of a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BuildChecked {
    /// The generator.
    pub generator: Generator,
    /// The post's file, inside the site.
    pub path: String,
    /// Whether the generator says that all went well.
    pub success: bool,
    /// The post's page; none if there is none, or it cannot be known which it is.
    pub page: Option<BuiltPage>,
    /// How the page compares with the preview; none where there is no page.
    pub comparison: Option<PageComparison>,
    /// Its errors and warnings, those of the post first.
    pub messages: Vec<BuildMessage>,
    /// How long it took, in milliseconds.
    pub took: u32,
}

/// The page of a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BuiltPage {
    /// Its address, as the generator says it.
    pub url: String,
    /// Whether it was written; a draft has an address and no page.
    pub appeared: bool,
}

/// The page of a post beside its preview, block by block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PageComparison {
    /// Whether the post was found in the page: a theme need not show its content. Without it, nothing is compared.
    pub found: bool,
    /// How many blocks there are: those of the preview, and those that only the site has between them.
    pub blocks: u32,
    /// How many of them are equal.
    pub equal: u32,
    /// Blocks that differ, in the order of the post; the first of very many.
    pub differences: Vec<BlockDifference>,
}

/// A block that the site shows otherwise than the preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BlockDifference {
    /// The line in the post, from 1: of the block, or of the last before it where the preview does not have it.
    pub line: Option<u32>,
    /// What differs in it first, in the writer's language.
    pub message: String,
    /// What the preview shows there, as HTML in one line from a little before the place, which `⟨` marks; empty for nothing.
    pub preview: String,
    /// What the site has there, in the same way.
    pub site: String,
}

/// Something that a generator said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BuildMessage {
    /// Error or warning.
    pub level: FindingLevel,
    /// The generator's own words.
    pub message: String,
    /// Whether it is about this post.
    pub of_post: bool,
    /// The line in the post, from 1, where it says one.
    pub line: Option<u32>,
    /// The column, from 1, where it says one.
    pub column: Option<u32>,
}
