//! Whole journeys in the real window: the app as it is built, WebKitGTK, a library on disk, the real generators.
//!
//! They share a display, a keyboard and two cores, so they run one after the other.
#![allow(clippy::unwrap_used, reason = "a test that cannot set its stage has failed, and should say where")]

mod beside;
#[cfg(unix)]
mod build;
mod crash;
mod details;
mod drawings;
mod editing_keys;
mod errors;
mod findings;
mod git;
mod history;
mod importing;
mod languages;
mod outside;
mod safety;
mod scrolling;
mod searching;
mod settings;
mod site_settings;
mod sites;
mod write_and_publish;

use std::io::Write as _;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The longest journey takes three minutes on two cores.
const PATIENCE_WITH_A_JOURNEY: Duration = Duration::from_secs(15 * 60);

/// The screen, for one journey.
struct Screen {
    _alone: MutexGuard<'static, ()>,
    /// Dropped with the rest, which tells the watch that the journey has ended.
    _journey: Sender<()>,
}

/// Waits for the screen. A journey that keeps it for ever ends all of them, so that it can be named.
fn screen() -> Screen {
    static SCREEN: Mutex<()> = Mutex::new(());
    let alone = SCREEN.lock().unwrap_or_else(PoisonError::into_inner);
    let (journey, ended) = channel();
    let name = std::thread::current().name().unwrap_or("a journey").to_owned();
    std::thread::spawn(move || {
        if ended.recv_timeout(PATIENCE_WITH_A_JOURNEY) == Err(RecvTimeoutError::Timeout) {
            // Not `eprintln!`: what that prints is kept back until the test ends.
            let _ = writeln!(std::io::stderr(), "{name} did not end within {PATIENCE_WITH_A_JOURNEY:?}");
            std::process::exit(1);
        }
    });
    Screen { _alone: alone, _journey: journey }
}
