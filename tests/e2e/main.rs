//! Whole journeys in the real window: the app as it is built, WebKitGTK, a library on disk, the real generators.
//!
//! They share a display, a keyboard and two cores, so they run one after the other.
#![allow(clippy::unwrap_used, reason = "a test that cannot set its stage has failed, and should say where")]

mod beside;
mod crash;
mod details;
mod drawings;
mod errors;
mod findings;
mod languages;
mod safety;
mod scrolling;
mod sites;
mod write_and_publish;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Waits for the screen.
fn screen() -> MutexGuard<'static, ()> {
    static SCREEN: Mutex<()> = Mutex::new(());
    SCREEN.lock().unwrap_or_else(PoisonError::into_inner)
}
