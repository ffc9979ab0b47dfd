//! The preview against the real generators: every post of several corpora rendered by both and compared block by
//! block. `cargo xtask parity` prints the table; the README of `tests/` says what is counted and how to add a case.
#![allow(clippy::unwrap_used, reason = "a test that cannot set its stage has failed, and should say where")]

mod colours;
mod corpus;
mod macros;
mod ours;
mod plain_posts;
mod report;
mod settings;
mod sites;
mod specs;
mod stopped;
mod table;
