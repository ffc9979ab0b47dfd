//! What tests are built from: a fixed clock and small sites. For tests only; it knows no crate of ours, so that any
//! crate may use it.
#![allow(clippy::unwrap_used, reason = "a test that cannot set its stage has failed, and should say where")]

mod sites;

use std::io::Write;

pub use sites::{PNG, astro_site, hexo_site, hugo_site, jekyll_site};

/// Says what a test leaves out, and why. It writes past the test harness, which keeps to itself what a test prints
/// that passes.
pub fn skipped(what: &str) {
    std::io::stderr().write_all(format!("SKIPPED: {what}\n").as_bytes()).unwrap();
}

/// Says how a budget is kept, as `R6: …`, past the test harness as well. `cargo xtask bench reliability` shows these.
pub fn figure(line: &str) {
    std::io::stderr().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// Noon of 21 November 2026 in Seoul.
pub fn noon_in_seoul() -> jiff::Zoned {
    "2026-11-21T12:00:00+09:00[Asia/Seoul]".parse().unwrap()
}
