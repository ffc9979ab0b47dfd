//! What is known of a site, corrected by the writer; new posts, and the templates that they begin with.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::*;

/// Asks what was found about a site, and what the writer says instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AskSiteHabits {
    /// The site.
    pub site: SiteId,
}

/// What was found about a site, and what the writer says instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundHabits {
    /// As found, with the generator that the writer chose.
    pub found: SiteHabits,
    /// What the writer says instead; what is none stays as found.
    pub corrections: SiteCorrections,
    /// The generators that the folder speaks for, the likeliest first.
    pub candidates: Vec<SiteCandidate>,
    /// All fields that the site's posts have, each with dots between its keys.
    pub known_fields: Vec<String>,
}

/// A generator that a folder speaks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SiteCandidate {
    /// The generator.
    pub generator: Generator,
    /// How loudly, from 0 to 100.
    pub confidence: u32,
}

/// Where a site's posts lie and how a new one is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SiteHabits {
    /// The generator.
    pub generator: Generator,
    /// Folders with posts; new posts go into the first.
    pub post_folders: Vec<String>,
    /// One file or a bundle.
    pub layout: PostLayout,
    /// Whether names begin with the date.
    pub dated_names: bool,
    /// The form of dates.
    pub date_form: DateForm,
    /// The zone of dates, as in the time zone database; none where the site names none.
    pub time_zone: Option<String>,
    /// The form of lists.
    pub list: ListForm,
    /// The quotes of texts that could do without.
    pub quotes: Quotes,
    /// The fields of a new post in their order, each with dots between its keys.
    pub fields: Vec<String>,
    /// Whether a new post is held back until it is published.
    pub begins_as_draft: bool,
}

/// What the writer says of a site instead of what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SiteCorrections {
    /// The generator.
    pub generator: Option<Generator>,
    /// Folders with posts.
    pub post_folders: Option<Vec<String>>,
    /// One file or a bundle.
    pub layout: Option<PostLayout>,
    /// Whether names begin with the date.
    pub dated_names: Option<bool>,
    /// The form of dates.
    pub date_form: Option<DateForm>,
    /// The zone of dates.
    pub time_zone: Option<String>,
    /// The form of lists.
    pub list: Option<ListForm>,
    /// The quotes of texts.
    pub quotes: Option<Quotes>,
    /// The fields of a new post.
    pub fields: Option<Vec<String>>,
    /// Whether a new post is held back.
    pub begins_as_draft: Option<bool>,
}

/// The form of a date in the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateForm {
    /// `2026-11-21T13:05:00+09:00`.
    Rfc3339,
    /// `2026-11-21T04:05:00Z`.
    Utc,
    /// `2026-11-21T04:05:00.000Z`.
    UtcMilliseconds,
    /// `2026-11-21 13:05:00 +0900`.
    SpacedOffset,
    /// `2026-11-21 13:05:00 +09:00`.
    SpacedColonOffset,
    /// `2026-11-21 13:05:00`.
    Spaced,
    /// `2026-11-21`.
    Day,
}

/// The form of a list in the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ListForm {
    /// `[a, b]`.
    Brackets,
    /// Dashes below the key, as far to the right as it.
    Dashes,
    /// Dashes below the key, further to the right.
    IndentedDashes,
}

/// Quotes around a text in the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Quotes {
    /// None.
    Without,
    /// `'…'`.
    Single,
    /// `"…"`.
    Double,
}

/// Says of a site what the writer knows better. All corrections of before are replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CorrectSite {
    /// The site.
    pub site: SiteId,
    /// What the writer says; what is none is as found again.
    pub corrections: SiteCorrections,
}

/// Adds the folder that was chosen last and is no site, as a folder of plain Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddPlainSite {}

/// A new draft that begins as the posts of a site do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NewSitePost {
    /// The site.
    pub site: SiteId,
    /// Its title; may be empty.
    pub title: String,
    /// A template of the writer's; without one the site's own archetype or scaffold, else the way of most of its posts.
    pub template: Option<u32>,
    /// The slug that the writer chose; none for the one that the title will give.
    pub slug: Option<String>,
}

/// Asks which slugs a new post of a site may have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OfferSlugs {
    /// The site.
    pub site: SiteId,
    /// The title as typed so far.
    pub title: String,
}

/// The slugs that a new post of a site may have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OfferedSlugs {
    /// What may be chosen; the first is what the title gives by itself.
    pub offers: Vec<SlugOffer>,
    /// Whether the post's front matter can say a slug: the site's generator reads it there.
    pub can_be_chosen: bool,
}

/// A new draft that was begun for a site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BegunPost {
    /// The draft.
    pub post: OpenedPost,
    /// The path in the site of the archetype or scaffold that it was made from.
    pub archetype: Option<String>,
    /// The actions of that which only the generator could run. They stand in the text.
    pub left: Vec<String>,
}

/// Asks for the templates of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListTemplates {
    /// The site.
    pub site: SiteId,
}

/// The templates of a site, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateList {
    /// The rows.
    pub templates: Vec<TemplateRow>,
}

/// A template in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateRow {
    /// Its number.
    pub template: u32,
    /// Its name.
    pub name: String,
}

/// Keeps the text of an open post as a template for a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaveTemplate {
    /// The site.
    pub site: SiteId,
    /// The post.
    pub post: PostId,
    /// The template's name.
    pub name: String,
}

/// Gives a template another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RenameTemplate {
    /// The template.
    pub template: u32,
    /// Its new name.
    pub name: String,
}

/// Forgets a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RemoveTemplate {
    /// The template.
    pub template: u32,
}
