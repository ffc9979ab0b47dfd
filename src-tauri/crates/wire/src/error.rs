//! Failures, as the writer and the window see them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What failed, in words for the writer and a code for the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Error {
    /// What the window may act on.
    pub code: ErrorCode,
    /// What happened and why, one sentence in the writer's language.
    pub message: String,
    /// What it happened to: a file's path, a title, a field's name.
    pub subject: Option<String>,
    /// What to do about it, one sentence in the writer's language.
    pub hint: Option<String>,
}

/// The kinds of failure. A kind is added only when someone acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// No such post, site or file.
    NotFound,
    /// The file is not UTF-8.
    NotUtf8,
    /// Larger than can be opened.
    TooLarge,
    /// The folder holds no site.
    NotASite,
    /// The folder has the marks of two generators, and the writer has not said which builds it.
    TwoGenerators,
    /// The place cannot be written.
    NotWritable,
    /// The front matter cannot be read, so it cannot be edited by field.
    FrontMatter,
    /// A slug is needed and there is none.
    EmptySlug,
    /// A file is already where one would be written.
    TargetExists,
    /// The file changed outside since it was last read.
    ChangedOutside,
    /// What was shown is no longer what would be written.
    PlanChanged,
    /// The file would lie outside the site.
    OutsideSite,
    /// The library is damaged or no library at all.
    LibraryDamaged,
    /// The library was written by a newer version and is read-only here.
    LibraryNewer,
    /// The library could not be written.
    LibraryWrite,
    /// The post is read-only.
    ReadOnly,
    /// A write into a site was cut short, and has been finished or taken back since.
    Interrupted,
    /// What was sent makes no sense.
    BadRequest,
    /// The writer stopped it.
    Stopped,
    /// The system refused: reading, starting a program, opening a link.
    System,
}
