//! The shell: one window around the core, and a command line beside it.
//!
//! It opens the window, carries calls and events, shows the system's dialogs and menus, and prints what commands
//! answer. It must not know how a post is rendered, kept or published: every such question goes to
//! `postwright-app`, and this is the only crate that names Tauri.

mod cli;
mod failure;
mod language;
mod library;
mod programs;
mod window;
mod words;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Arguments, Outcome};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.command {
        Some(command) => cli::run(command, &arguments),
        None => window::open(&arguments),
    };
    outcome
        .unwrap_or_else(|failure| {
            eprintln!("{failure}");
            Outcome::of_failure(&failure)
        })
        .into()
}
