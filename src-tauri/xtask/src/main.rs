//! The project's commands: set up, run, build, test, measure, format, generate and check.
//!
//! It must build fast on a fresh machine, so it leans on the standard library and on the wire crate only. It must
//! not know what the app does: it starts other programs and reads the source tree.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bench;
mod build;
mod display;
mod generators;
mod invariants;
mod process;
mod setup;
mod test;
mod types;
mod ui;

use std::process::ExitCode;

use process::{Failure, Workspace};

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  run [--release] [-- ARGS]   set up what is missing, build and start the app with ARGS
  build [--release]           build the app with its user interface inside
  test [--quick]              every check and every test; --quick leaves out the window and the site generators
  parity                      how far the preview equals what the real site generators build, as a table
  bench [ARGS]                release build, then the measurements against the budgets
  bench reliability           the journeys that show the budgets R3 to R6, a line of figures for each
  fmt                         format the Rust and the user interface
  types [--check]             write ui/src/wire/types.ts; --check only compares
  check-invariants            the rules of the README's map, each with its check";

/// What the command line asks for.
#[derive(Debug, PartialEq)]
enum Task {
    Run { release: bool, arguments: Vec<String> },
    Build { release: bool },
    Test { quick: bool },
    Parity,
    Bench { arguments: Vec<String> },
    Format,
    Types { check: bool },
    CheckInvariants,
    Help,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let task = match parse(&arguments) {
        Ok(task) => task,
        Err(failure) => {
            eprintln!("xtask: {failure}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match perform(task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

fn parse(arguments: &[String]) -> Result<Task, Failure> {
    let Some((command, rest)) = arguments.split_first() else { return Ok(Task::Help) };
    match command.as_str() {
        "run" => {
            let (own, passed_on) = split_at_dashes(rest);
            Ok(Task::Run { release: one_flag(command, own, "--release")?, arguments: passed_on.to_vec() })
        }
        "build" => Ok(Task::Build { release: one_flag(command, rest, "--release")? }),
        "test" => Ok(Task::Test { quick: one_flag(command, rest, "--quick")? }),
        "parity" => no_arguments(command, rest, Task::Parity),
        "bench" => {
            let (own, passed_on) = split_at_dashes(rest);
            Ok(Task::Bench { arguments: [own, passed_on].concat() })
        }
        "fmt" => no_arguments(command, rest, Task::Format),
        "types" => Ok(Task::Types { check: one_flag(command, rest, "--check")? }),
        "check-invariants" => no_arguments(command, rest, Task::CheckInvariants),
        "help" | "--help" | "-h" => Ok(Task::Help),
        _ => Err(Failure::Usage(format!("there is no command `{command}`"))),
    }
}

fn split_at_dashes(arguments: &[String]) -> (&[String], &[String]) {
    match arguments.iter().position(|argument| argument == "--") {
        Some(at) => (&arguments[..at], &arguments[at + 1..]),
        None => (arguments, &[]),
    }
}

/// Whether the one flag a command knows is there; anything else is refused.
fn one_flag(command: &str, arguments: &[String], flag: &str) -> Result<bool, Failure> {
    match arguments.iter().find(|argument| *argument != flag) {
        Some(unknown) => Err(Failure::Usage(format!("`{command}` does not know `{unknown}`"))),
        None => Ok(!arguments.is_empty()),
    }
}

fn no_arguments(command: &str, arguments: &[String], task: Task) -> Result<Task, Failure> {
    match arguments.first() {
        Some(unknown) => Err(Failure::Usage(format!("`{command}` does not know `{unknown}`"))),
        None => Ok(task),
    }
}

fn perform(task: Task) -> Result<(), Failure> {
    let workspace = Workspace::find()?;
    match task {
        Task::Run { release, arguments } => build::run(&workspace, release, &arguments),
        Task::Build { release } => build::build(&workspace, release),
        Task::Test { quick } => test::test(&workspace, quick),
        Task::Parity => test::parity(&workspace),
        Task::Bench { arguments } => bench::bench(&workspace, &arguments),
        Task::Format => {
            workspace.cargo(["fmt", "--all"]).run()?;
            ui::install(&workspace)?;
            workspace.npm(["run", "format"]).run()
        }
        Task::Types { check: true } => types::check(&workspace),
        Task::Types { check: false } => types::write(&workspace),
        Task::CheckInvariants => invariants::check(&workspace),
        Task::Help => {
            println!("{USAGE}");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Task, Failure> {
        parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn arguments_after_the_dashes_belong_to_the_app() {
        let task = parsed("run --release -- render --release a.md").unwrap();
        let arguments = ["render", "--release", "a.md"].map(str::to_owned).to_vec();
        assert_eq!(task, Task::Run { release: true, arguments });
        assert_eq!(parsed("run").unwrap(), Task::Run { release: false, arguments: vec![] });
    }

    #[test]
    fn flags_are_read() {
        assert_eq!(parsed("test --quick").unwrap(), Task::Test { quick: true });
        assert_eq!(parsed("types").unwrap(), Task::Types { check: false });
        assert_eq!(parsed("build --release").unwrap(), Task::Build { release: true });
        assert_eq!(parsed("").unwrap(), Task::Help);
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for line in ["tset", "test --qiuck", "fmt now", "run a.md"] {
            let failure = parsed(line).unwrap_err();
            assert_eq!(failure.exit_code(), 2, "{line}: {failure}");
        }
    }
}
