//! What leaves the app: links for the browser, files for the file browser.

use postwright_wire::{Done, Error, ErrorCode, OpenOutside, Reply, RevealFile};
use tauri::{AppHandle, Url};
use tauri_plugin_opener::OpenerExt;

use super::{Desk, words_of};

/// Opens a link with the system's own program.
pub(super) fn open(handle: &AppHandle, desk: &Desk, link: &OpenOutside) -> Result<Reply, Error> {
    let words = words_of(desk);
    let Some(url) = openable(&link.url) else {
        return Err(Error {
            code: ErrorCode::BadRequest,
            message: words.link_refused.to_owned(),
            subject: Some(link.url.clone()),
            hint: Some(words.link_hint.to_owned()),
        });
    };
    handle
        .opener()
        .open_url(url.as_str(), None::<&str>)
        .map(|()| Reply::OpenOutside(Done {}))
        .map_err(|error| system_error(words.link_failed, url.into(), &error))
}

/// Shows the file of a post in its folder.
pub(super) fn reveal(handle: &AppHandle, desk: &Desk, reveal: &RevealFile) -> Result<Reply, Error> {
    let file = desk.app.file_of(reveal.post)?;
    handle
        .opener()
        .reveal_item_in_dir(&file)
        .map(|()| Reply::RevealFile(Done {}))
        .map_err(|error| system_error(words_of(desk).reveal_failed, file.display().to_string(), &error))
}

/// The address in the form it is handed on, if it is one that only shows something: a page or a letter.
fn openable(link: &str) -> Option<Url> {
    let url = Url::parse(link).ok()?;
    matches!(url.scheme(), "http" | "https" | "mailto").then_some(url)
}

fn system_error(message: &str, subject: String, error: &tauri_plugin_opener::Error) -> Error {
    Error {
        code: ErrorCode::System,
        message: format!("{message} ({error})"),
        subject: Some(subject),
        hint: None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_letters_may_be_opened() {
        for link in ["https://example.org/글?a=b#c", "http://localhost:1313/", "mailto:a@example.org"] {
            assert!(openable(link).is_some(), "{link}");
        }
    }

    #[test]
    fn what_could_start_or_read_something_may_not() {
        let links = [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "smb://host/a",
            "a.md",
            "--help",
            "",
        ];
        for link in links {
            assert_eq!(openable(link), None, "{link}");
        }
    }

    #[test]
    fn what_is_handed_on_is_no_shell_word() {
        let url = openable("https://example.org/a b\"`$(x)").unwrap();
        assert!(!url.as_str().contains([' ', '"', '`']), "{url}");
    }
}
