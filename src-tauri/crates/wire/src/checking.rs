//! What `postwright check` prints as JSON.

use serde::Serialize;

use crate::FindingLevel;

/// All that was found in the files that were named, and in the settings of their sites.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// How many posts were looked through.
    pub posts: u32,
    /// How many findings there are of each kind: the gravest first, then the commonest.
    pub totals: Vec<CheckedTotal>,
    /// The settings of sites first, then the posts in the order of their names.
    pub findings: Vec<CheckedFinding>,
    /// The folders of the sites that were looked through as the writer corrected them in the library.
    pub corrected: Vec<String>,
}

/// How many findings there are of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedTotal {
    /// How grave they are.
    pub level: FindingLevel,
    /// What they are, for programs.
    pub code: String,
    /// How many.
    pub count: u32,
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
    /// The line of its end, from 1, where it is known.
    pub end_line: Option<u32>,
    /// The column of its end, in UTF-16 units from 1: of what follows its last character.
    pub end_column: Option<u32>,
    /// How grave it is.
    pub level: FindingLevel,
    /// What it is, for programs: `printed_mark`, `configuration_unreadable`, …
    pub code: String,
    /// What it is, in the language that was asked for.
    pub message: String,
    /// What mends it, if it can be mended without asking.
    pub mend: Option<CheckedMend>,
}

/// Changes that mend a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedMend {
    /// What they do, in the language that was asked for.
    pub label: String,
    /// The changes, to be made at once: in order, apart from each other, all places in the text before them.
    pub changes: Vec<CheckedChange>,
}

/// Replaces what stands between two places of a file. Lines count from 1, columns in UTF-16 units from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedChange {
    /// The line where it begins.
    pub line: u32,
    /// The column where it begins.
    pub column: u32,
    /// The line where it ends.
    pub end_line: u32,
    /// The column of what follows it.
    pub end_column: u32,
    /// What comes instead, every line end as `\n`.
    pub insert: String,
}
