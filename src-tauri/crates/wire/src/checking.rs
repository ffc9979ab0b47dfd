//! What `postwright check` prints as JSON.

use serde::Serialize;

use crate::FindingLevel;

/// All that was found in the files that were named, and in the settings of their sites.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// How many posts were looked through.
    pub posts: u32,
    /// The settings of sites first, then the posts in the order of their names.
    pub findings: Vec<CheckedFinding>,
}

/// Something that the writer should know of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedFinding {
    /// The file's path.
    pub file: String,
    /// The line, from 1, where it is known.
    pub line: Option<u32>,
    /// The column, in UTF-16 units from 1, where it is known.
    pub column: Option<u32>,
    /// How grave it is.
    pub level: FindingLevel,
    /// What it is, for programs: `printed_mark`, `configuration_unreadable`, …
    pub code: String,
    /// What it is, in the language that was asked for.
    pub message: String,
}
