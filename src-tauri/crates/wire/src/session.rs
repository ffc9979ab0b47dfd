//! What the window shows, kept from one start to the next, and the writer's settings.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::*;

/// Opens the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Start {
    /// The languages of the web view, best first (`ko-KR`, `en`): used until the writer chooses one.
    pub languages: Vec<String>,
}

/// Everything a window needs to show what it showed last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Started {
    /// The app's version.
    pub version: String,
    /// The writer's settings.
    pub settings: Settings,
    /// The themes that code can be coloured by, our own first.
    pub code_themes: Vec<CodeTheme>,
    /// What the window showed last.
    pub session: SessionState,
    /// The post of the active tab, if there is one.
    pub active: Option<OpenedPost>,
    /// The drafts of the library.
    pub drafts: Vec<DraftRow>,
    /// The sites of the library.
    pub sites: Vec<SiteRow>,
    /// Set when the library can only be read, and why.
    pub library_problem: Option<Error>,
}

/// The writer's settings, all with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Settings {
    /// The language of the window.
    pub language: Language,
    /// The colour scheme.
    pub scheme: Scheme,
    /// The theme of code in the light scheme, by its name: for drafts, and for sites without colours of their own.
    pub light_code_theme: String,
    /// The same in the dark scheme.
    pub dark_code_theme: String,
}

/// Languages of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    En,
    /// 한국어.
    Ko,
}

/// Colour schemes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// As the system says.
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// One setting with its new value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "setting", content = "value", rename_all = "snake_case")]
pub enum ChangeSetting {
    /// The language of the window.
    Language(Language),
    /// The colour scheme.
    Scheme(Scheme),
    /// The theme of code in the light scheme, by its name.
    LightCodeTheme(String),
    /// The theme of code in the dark scheme, by its name.
    DarkCodeTheme(String),
}

/// What the window shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SessionState {
    /// The open tabs, left to right.
    pub tabs: Vec<TabState>,
    /// The post of the active tab.
    pub active: Option<PostId>,
    /// Editor, preview, or both.
    pub layout: Layout,
    /// Whether the sidebar is folded away.
    pub sidebar_folded: bool,
    /// The site shown in the sidebar; none for the drafts.
    pub shown_site: Option<SiteId>,
    /// Whether the details form is open.
    pub details_open: bool,
    /// The editor's share of the width in the split layout, 0 to 1; 0 stands for the default.
    pub split: f64,
}

/// One tab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TabState {
    /// The post it shows.
    pub post: PostId,
    /// Its title when it was last shown.
    pub title: String,
    /// Where the cursor is.
    pub selection: Selection,
    /// The revision that the cursor was seen in: where the post is newer, the cursor of its last edit counts.
    #[serde(default)]
    pub revision: Revision,
    /// The first line in sight in the editor, from 0, with a fraction for what is scrolled of it.
    pub top_line: f64,
}

/// Layouts of the writing desk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// The editor alone.
    Editor,
    /// Editor and preview side by side.
    #[default]
    Split,
    /// The preview alone.
    Preview,
}

/// Asks the shell to open a link outside the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OpenOutside {
    /// An absolute URL with the scheme http, https or mailto.
    pub url: String,
}

/// Asks the shell to show a post's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RevealFile {
    /// The post.
    pub post: PostId,
}
