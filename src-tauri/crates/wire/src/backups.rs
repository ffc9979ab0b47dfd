//! The library's backups.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::*;

/// Asks for the backups.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListBackups {}

/// Makes a backup now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackUpNow {}

/// Lets the writer choose the folder of the backups.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChooseBackupFolder {
    /// Back to the folder beside the library.
    pub beside_library: bool,
}

/// The backups, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupList {
    /// The folder that they are made in.
    pub folder: String,
    /// Whether that is the folder beside the library.
    pub beside_library: bool,
    /// The backups in it.
    pub backups: Vec<BackupRow>,
}

/// A backup in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupRow {
    /// Its file's name.
    pub name: String,
    /// When it was made.
    #[ts(type = "number")]
    pub at: Milliseconds,
    /// The file's size in bytes.
    #[ts(type = "number")]
    pub size: u64,
}

/// Looks into a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LookIntoBackup {
    /// The backup's name.
    pub name: String,
}

/// What a backup holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupContents {
    /// The drafts, the last edited first; those in its trash are not among them.
    pub drafts: Vec<BackupDraft>,
}

/// A draft in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupDraft {
    /// Its number.
    pub post: PostId,
    /// Its title.
    pub title: String,
    /// When it was last edited.
    #[ts(type = "number")]
    pub edited: Milliseconds,
    /// What the library has of it now.
    pub now: BackupDraftNow,
}

/// What the library has of a backup's draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BackupDraftNow {
    /// The same text.
    Same,
    /// Another text.
    Different,
    /// It is in the trash.
    Trashed,
    /// Nothing.
    Missing,
}

/// Brings drafts of a backup into the library, each as a new draft beside what is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TakeFromBackup {
    /// The backup's name.
    pub name: String,
    /// The drafts' numbers in it.
    pub posts: Vec<PostId>,
}

/// Puts a backup in the library's place: the app starts again with it, and the present library is kept beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RestoreBackup {
    /// The backup's name.
    pub name: String,
}

/// Where the present library will be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupRestored {
    /// Its path.
    pub kept: String,
}
