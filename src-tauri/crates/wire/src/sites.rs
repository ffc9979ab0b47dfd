//! Sites and their posts.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::*;

/// Asks for the sites.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListSites {}

/// The sites, in the order they were added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SiteList {
    /// The rows.
    pub sites: Vec<SiteRow>,
}

/// A site in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SiteRow {
    /// Its number.
    pub site: SiteId,
    /// Its name: the folder's.
    pub name: String,
    /// The folder, absolute.
    pub root: String,
    /// What it was taken for, and why.
    pub profile: SiteProfile,
    /// Why it cannot be read just now, if so.
    pub problem: Option<Error>,
}

/// What a folder was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SiteProfile {
    /// The generator.
    pub generator: Generator,
    /// How loudly the folder speaks for it, from 0 to 100.
    pub confidence: u32,
    /// Other generators that it speaks for as clearly: the writer has to say which builds the site.
    pub rivals: Vec<Generator>,
    /// What speaks for it, strongest first.
    pub evidence: Vec<Evidence>,
    /// Folders with posts, relative to the site.
    pub post_folders: Vec<String>,
    /// How a new post is laid out.
    pub new_posts: PostLayout,
}

/// Static-site generators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Generator {
    /// Hugo.
    Hugo,
    /// Jekyll.
    Jekyll,
    /// Zola.
    Zola,
    /// Hexo.
    Hexo,
    /// Astro.
    Astro,
    /// No generator known: a folder of Markdown files.
    Plain,
}

/// One thing that speaks for a generator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Evidence {
    /// The file or folder, relative to the site.
    pub path: String,
    /// What it says, in the writer's language.
    pub says: String,
}

/// How the file of a post lies in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PostLayout {
    /// One file: `slug.md`, or `2026-11-21-slug.md` where the generator or the site's habit wants the date.
    File,
    /// A page bundle: `slug/index.md` with its images beside it.
    Bundle,
}

/// Shows the system's folder dialog for a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddChosenSite {}

/// What was chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChosenSite {
    /// The site added, or none when the dialog was closed without a choice.
    pub site: Option<SiteRow>,
}

/// Forgets a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RemoveSite {
    /// The site.
    pub site: SiteId,
}

/// Asks for the posts of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListSitePosts {
    /// The site.
    pub site: SiteId,
}

/// The posts of a site, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SitePostList {
    /// The rows.
    pub posts: Vec<SitePostRow>,
}

/// A post of a site in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SitePostRow {
    /// Path inside the site, with `/`.
    pub path: String,
    /// Its title, or the file's name where it has none.
    pub title: String,
    /// Its date, as written in the front matter or the file's name.
    pub date: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whether the generator keeps it back as a draft.
    pub draft: bool,
    /// Set while the library holds changes that the file has not.
    pub changed: bool,
    /// Why its front matter cannot be read, in the writer's language.
    pub problem: Option<String>,
}

/// Opens a post of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OpenSitePost {
    /// The site.
    pub site: SiteId,
    /// Path inside the site, as listed.
    pub path: String,
}
