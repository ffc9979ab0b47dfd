//! The rules of the README's "Map and invariants", each with the check that fails when it is broken.

mod dependencies;
mod house;
mod offsets;
mod purity;
mod rust_source;
mod safe_html;
mod sources;
mod ui_imports;
mod values;
mod web_view;
mod writes;

use std::fmt;

use crate::process::{Failure, Workspace};
use sources::Sources;

/// A place where a rule does not hold.
#[derive(Debug, PartialEq)]
pub(super) struct Problem {
    /// A path from the root, with a line where there is one, or a package.
    place: String,
    /// What is wrong there and what would be right.
    message: String,
}

impl Problem {
    fn new(place: impl Into<String>, message: impl Into<String>) -> Problem {
        Problem { place: place.into(), message: message.into() }
    }

    fn at_line(path: &str, line: usize, message: impl Into<String>) -> Problem {
        Problem::new(format!("{path}:{line}"), message)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.message)
    }
}

/// A rule that the source tree alone can show.
struct Rule {
    name: &'static str,
    broken_at: fn(&Sources) -> Vec<Problem>,
}

const RULES: &[Rule] = &[
    Rule { name: "2  comparison, intake, markdown and post are pure", broken_at: purity::broken_at },
    Rule { name: "3  only the sanitiser makes a SafeHtml", broken_at: safe_html::broken_at },
    Rule { name: "4  a user's file is written by one module", broken_at: writes::broken_at },
    Rule { name: "6  one module converts UTF-16 offsets", broken_at: offsets::broken_at },
    Rule { name: "8  the user interface's parts know only their own", broken_at: ui_imports::broken_at },
    Rule { name: "9  errors are values", broken_at: values::broken_at },
    Rule { name: "10 the web view may only call our commands", broken_at: web_view::broken_at },
    Rule { name: "   the house is as the README shows it", broken_at: house::broken_at },
];

/// Checks every rule and prints each; fails when one is broken.
pub(crate) fn check(workspace: &Workspace) -> Result<(), Failure> {
    let sources = Sources::read(&workspace.root)?;
    let mut broken = 0;
    let mut report = |name: &str, problems: &[Problem]| {
        println!("{}  {name}", if problems.is_empty() { "ok    " } else { "BROKEN" });
        for problem in problems {
            println!("          {problem}");
        }
        broken += usize::from(!problems.is_empty());
    };
    report("1  the core knows no shell", &dependencies::broken_at(workspace)?);
    for rule in RULES {
        report(rule.name, &(rule.broken_at)(&sources));
    }
    for note in house::notes(&sources) {
        println!("note    {note}");
    }
    match broken {
        0 => Ok(()),
        1 => Err(Failure::Check("1 invariant is broken".to_owned())),
        _ => Err(Failure::Check(format!("{broken} invariants are broken"))),
    }
}
