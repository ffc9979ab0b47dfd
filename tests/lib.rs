//! Whole journeys through the app and through the real window, the preview against the real generators, and the
//! budgets. What the folders here have in common lies in this library.
//!
//! It must not know Tauri: the window is driven from outside, through WebKitWebDriver.
#![allow(clippy::unwrap_used, reason = "a test that cannot set its stage has failed, and should say where")]

pub mod desk;
pub mod generators;
pub mod webdriver;
pub mod window;
pub mod zola;
