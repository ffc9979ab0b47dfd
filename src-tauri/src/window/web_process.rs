//! The death of the web process on Linux, which Tauri does not pass on: the page is loaded again.
//!
//! The text is safe: the core lives in another process, and the page asks for everything when it starts.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use postwright_wire::{Error, ErrorCode};
use tauri::{Manager, WebviewWindow};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};
use webkit2gtk::WebViewExt;

use super::{Desk, words_of};
use crate::failure::one_line;

/// A page that dies this often in this time would die for ever.
const DEATHS: usize = 3;
const WITHIN: Duration = Duration::from_secs(20);

/// Loads the page again whenever its process is gone.
pub(super) fn load_again_when_it_dies(window: &WebviewWindow) -> tauri::Result<()> {
    let for_message = window.clone();
    window.with_webview(move |webview| {
        let deaths = RefCell::new(Vec::new());
        webview.inner().connect_web_process_terminated(move |view, reason| {
            tracing::warn!(?reason, "the web process ended");
            if dies_on_and_on(&mut deaths.borrow_mut(), Instant::now()) {
                say_so(&for_message);
            } else {
                view.reload();
            }
        });
    })
}

fn dies_on_and_on(deaths: &mut Vec<Instant>, now: Instant) -> bool {
    deaths.retain(|death| now.duration_since(*death) < WITHIN);
    deaths.push(now);
    deaths.len() > DEATHS
}

fn say_so(window: &WebviewWindow) {
    let words = words_of(&window.state::<std::sync::Arc<Desk>>());
    let error = Error {
        code: ErrorCode::System,
        message: words.web_process_died.to_owned(),
        subject: None,
        hint: Some(words.web_process_hint.to_owned()),
    };
    let line = one_line(&error);
    eprintln!("{line}");
    window.dialog().message(line).kind(MessageDialogKind::Error).show(|_closed| {});
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_deaths_close_together_count() {
        let start = Instant::now();
        let mut deaths = Vec::new();
        let minutes = (0..5).map(|minute| start + minute * Duration::from_secs(60));
        assert!(minutes.into_iter().all(|at| !dies_on_and_on(&mut deaths, at)));

        let later = start + Duration::from_secs(3600);
        let mut seconds = (0..4).map(|second| later + second * Duration::from_secs(1));
        assert!(seconds.by_ref().take(3).all(|at| !dies_on_and_on(&mut deaths, at)));
        assert!(seconds.all(|at| dies_on_and_on(&mut deaths, at)));
    }
}
