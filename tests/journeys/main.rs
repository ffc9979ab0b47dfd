//! What a writer does, driven through the core and the command line, in a temporary folder.
#![allow(clippy::unwrap_used, reason = "a test that cannot set its stage has failed, and should say where")]

mod addresses;
mod appearing;
mod appearing_really;
mod backups;
mod bad_input;
#[cfg(unix)]
mod build_check;
mod built_page;
mod command_line;
mod drafts;
mod fields;
mod findings;
mod following;
mod front_matter;
mod full_disk;
#[cfg(unix)]
mod git;
mod habits;
mod history;
mod importing;
mod interrupted;
mod mdx;
mod moving;
mod offers;
mod outside;
mod path_attacks;
mod publishing;
mod samples;
mod saving;
mod searching;
mod second_site;
mod settings;
mod sites;
#[cfg(unix)]
mod whole_way;
mod written_outside;
