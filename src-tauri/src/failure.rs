//! What ends a command or keeps the window from opening, as one line for the terminal.

use std::io;
use std::path::{Path, PathBuf};

use postwright_wire as wire;

use crate::words::Words;

/// Why the shell could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The core refused.
    #[error("{}", one_line(.0))]
    Core(wire::Error),
    /// A file could not be written.
    #[error("{}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// What was asked makes no sense together.
    #[error("{0}")]
    Usage(String),
    /// Standard input or output failed.
    #[error("{0}")]
    Stream(io::Error),
    /// The running window does not answer.
    #[error("{library}: {words_say} ({source})", library = library.display())]
    Unanswered {
        /// The library both want.
        library: PathBuf,
        /// The sentence in the writer's language.
        words_say: &'static str,
        /// Why.
        source: io::Error,
    },
    /// There is no display for the window.
    #[error("{0}")]
    NoDisplay(&'static str),
    /// The window system refused.
    #[error("{words_say} ({source})")]
    Window {
        /// The sentence in the writer's language.
        words_say: &'static str,
        /// Why.
        source: tauri::Error,
    },
}

impl From<wire::Error> for Failure {
    fn from(error: wire::Error) -> Self {
        Self::Core(error)
    }
}

impl Failure {
    /// A file that could not be written.
    pub(crate) fn write(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Write { path, source }
    }

    /// The window could not be opened.
    pub(crate) fn window(words: &Words) -> impl Fn(tauri::Error) -> Self {
        let words_say = words.no_window;
        move |source| Self::Window { words_say, source }
    }

    /// Whether the core refused because what is there would be lost, rather than because it could not.
    pub(crate) fn is_conflict(&self) -> bool {
        use wire::ErrorCode::{ChangedOutside, PlanChanged, TargetExists};
        matches!(self, Self::Core(error) if matches!(error.code, ChangedOutside | PlanChanged | TargetExists))
    }
}

/// `subject: message — hint`, always one line.
pub(crate) fn one_line(error: &wire::Error) -> String {
    let subject = error.subject.as_ref().map(|subject| format!("{subject}: ")).unwrap_or_default();
    let hint = error.hint.as_ref().map(|hint| format!(" — {hint}")).unwrap_or_default();
    format!("{subject}{}{hint}", error.message).replace(['\r', '\n'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(subject: Option<&str>, hint: Option<&str>) -> wire::Error {
        wire::Error {
            code: wire::ErrorCode::TargetExists,
            message: "there is\na file".to_owned(),
            subject: subject.map(str::to_owned),
            hint: hint.map(str::to_owned),
        }
    }

    #[test]
    fn says_what_which_and_what_to_do_on_one_line() {
        let both = one_line(&error(Some("a.md"), Some("choose another name")));
        assert_eq!(both, "a.md: there is a file — choose another name");
        assert_eq!(one_line(&error(None, None)), "there is a file");
    }

    #[test]
    fn a_target_that_exists_is_a_conflict_and_a_bad_request_is_not() {
        assert!(Failure::Core(error(None, None)).is_conflict());
        let other = wire::Error { code: wire::ErrorCode::BadRequest, ..error(None, None) };
        assert!(!Failure::Core(other).is_conflict());
        assert!(!Failure::Usage(String::new()).is_conflict());
    }
}
