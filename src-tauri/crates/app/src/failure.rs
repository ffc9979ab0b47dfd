//! What can go wrong in a use case.

use std::path::PathBuf;

use postwright_drafts::{LibraryError, NewerSchema};
use postwright_markdown::Refusal;
use postwright_post::front_matter::{FrontMatterError, Problem};
use postwright_post::profile::Generator;
use postwright_search::{BadQuery, SearchError};
use postwright_sites::SiteError;
use postwright_sites::build::BuildError;
use postwright_sites::git::GitError;
use postwright_wire::{self as wire, PostId};

use crate::backups::Recovery;
use crate::text::BadChange;

/// A use case that failed. What the writer is told of it stands in `messages`.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Library(#[from] LibraryError),
    #[error("the library is of schema {}, this version knows {}", .0.found, .0.known)]
    NewerLibrary(NewerSchema),
    #[error("the library was opened by way of a backup")]
    Recovered(Recovery),
    #[error("no backup could be made: {0}")]
    NoBackup(Box<Failure>),
    #[error("there is no backup {name}")]
    NoSuchBackup { name: String },
    #[error(transparent)]
    Site(#[from] SiteError),
    #[error("the field {field}: {error}")]
    FrontMatter { field: String, error: FrontMatterError },
    #[error("the front matter does not parse")]
    BrokenFrontMatter { problem: Problem },
    #[error(transparent)]
    Change(#[from] BadChange),
    #[error("the post is read-only")]
    ReadOnly(wire::Error),
    #[error("post {post} is not open")]
    NotOpen { post: PostId },
    #[error("there is no post {post}")]
    NoPost { post: PostId },
    #[error("post {post} has no file")]
    NoFile { post: PostId },
    #[error("{name} is no image")]
    NoImage { name: String },
    #[error("there is no code theme {name}")]
    NoSuchTheme { name: String },
    #[error("{reference} was not found")]
    ImageNotFound { reference: String },
    #[error("{}: {source}", path.display())]
    NoSuchPath { path: PathBuf, source: std::io::Error },
    #[error("nothing to import in {}", path.display())]
    NothingToImport { path: PathBuf },
    #[error("{} is an archive", path.display())]
    Archive { path: PathBuf },
    #[error("{} is no text in an encoding that is read", path.display())]
    NoText { path: PathBuf },
    #[error(transparent)]
    Html(#[from] postwright_intake::HtmlError),
    #[error(transparent)]
    TextTooLarge(#[from] postwright_intake::TooLarge),
    #[error("the text that was to be imported is not kept any more")]
    ImportGone,
    #[error("the title gives an empty slug")]
    EmptySlug,
    #[error("{path} is there already")]
    TargetExists { path: String },
    #[error("{path} is no path for a post")]
    BadPath { path: String },
    #[error("{} has the marks of several generators", root.display())]
    TwoGenerators { root: PathBuf, generators: Vec<Generator> },
    #[error("there is no time zone {zone}")]
    NoTimeZone { zone: String },
    #[error("there is a template {name} already")]
    TemplateExists { name: String },
    #[error("a template needs a name")]
    NoName,
    #[error("the plan is not the one that was shown")]
    PlanChanged,
    #[error("the comparison is not with the text as it is")]
    ComparisonOutdated,
    #[error("{path} was changed since it was published")]
    ChangedSincePublished { path: String },
    #[error("the site keeps no drafts")]
    NoDrafts,
    #[error("nothing would change")]
    NothingToMove,
    #[error("the field {field} cannot be written")]
    FieldNotWritten { field: String },
    #[error("{day} is no day")]
    NoDay { day: String },
    #[error("there is nothing to undo")]
    NotUndoable,
    #[error("the write of {path} was cut short, and is done now")]
    InterruptedAndDone { path: String },
    #[error("the write of {path} was cut short, and is taken back now")]
    InterruptedAndTakenBack { path: String, changed: Vec<String> },
    #[error(transparent)]
    NoPreview(#[from] Refusal),
    #[error(transparent)]
    Git(#[from] GitError),
    #[error(transparent)]
    Build(#[from] BuildError),
    #[error(transparent)]
    Search(#[from] SearchError),
    #[error(transparent)]
    BadQuery(#[from] BadQuery),
    #[error("not one word or phrase to replace")]
    NotOneToReplace,
    #[error("what would be replaced has changed")]
    ReplacePlanChanged,
    #[error("the call needs a window")]
    NeedsAWindow,
    #[error("cannot happen: {0}")]
    Impossible(String),
    /// Said already, in the writer's language.
    #[error("{}", .0.message)]
    Told(wire::Error),
}
