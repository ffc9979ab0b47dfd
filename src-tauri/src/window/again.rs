//! The app started again by itself: with the library that takes the present one's place.

use std::process::Command;

/// Says to a start that the one before it is about to end.
const STARTED_AGAIN: &str = "POSTWRIGHT_STARTED_AGAIN";

/// Whether this start follows one that is about to end.
pub(super) fn is_again() -> bool {
    std::env::var_os(STARTED_AGAIN).is_some()
}

/// Starts the app as this one was started.
pub(super) fn start() {
    let started = std::env::current_exe().and_then(|program| {
        Command::new(program).args(std::env::args_os().skip(1)).env(STARTED_AGAIN, "1").spawn()
    });
    if let Err(error) = started {
        tracing::error!(%error, "the app could not be started again");
    }
}
