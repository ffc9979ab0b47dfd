//! What a writer does, driven through the core and the command line, in a temporary folder.
#![allow(clippy::unwrap_used, reason = "a test that cannot set its stage has failed, and should say where")]

mod bad_input;
mod command_line;
mod drafts;
mod fields;
mod findings;
mod front_matter;
mod full_disk;
mod habits;
mod importing;
mod interrupted;
mod mdx;
mod moving;
mod outside;
mod path_attacks;
mod publishing;
mod samples;
mod saving;
mod second_site;
mod settings;
mod sites;
