//! Everything that has to hold before a change is done, step by step, with a table at the end.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::generators::{self, Generators};
use crate::process::{Failure, Program, Workspace, at};
use crate::setup::{self, Need};
use crate::{display, invariants, types, ui};

/// The package of the tests that go through the whole app.
const TESTS_PACKAGE: &str = "postwright-tests";
/// Its test that opens the real window.
const WINDOW: &str = "e2e";
/// Its test that builds sites with the real generators.
const PARITY: &str = "parity";
/// The module of it that prints the table.
const PARITY_TABLE: &str = "table::";

/// How a step ended.
#[derive(Debug, PartialEq)]
enum Outcome {
    Passed,
    Failed(String),
    Skipped(String),
}

/// What the steps hand on to each other.
struct Run<'a> {
    workspace: &'a Workspace,
    quick: bool,
    generators: Option<Generators>,
    /// Steps that failed or were skipped: what leans on them is skipped as well.
    lost: Vec<&'static str>,
}

struct Step {
    name: &'static str,
    /// The steps without which this one can only fail.
    needs: &'static [&'static str],
    /// Why `--quick` leaves it out.
    slow: Option<&'static str>,
    perform: fn(&mut Run) -> Result<(), Failure>,
}

const SETUP: &str = "setup";
const GENERATORS: &str = "site generators";
const UI_PACKAGES: &str = "ui packages";
const UI_BUILD: &str = "ui build";
const BUILD: &str = "build";

const STEPS: &[Step] = &[
    Step { name: SETUP, needs: &[], slow: None, perform: set_up },
    Step { name: UI_PACKAGES, needs: &[], slow: None, perform: |run| ui::install(run.workspace) },
    Step {
        name: GENERATORS,
        needs: &[SETUP],
        slow: Some("downloads Hugo, Hexo and Astro the first time"),
        perform: find_generators,
    },
    Step { name: "format: rust", needs: &[], slow: None, perform: check_rust_format },
    Step { name: "format: ui", needs: &[UI_PACKAGES], slow: None, perform: |run| npm(run, "format:check") },
    Step { name: "generated types", needs: &[], slow: None, perform: |run| types::check(run.workspace) },
    Step { name: "invariants", needs: &[], slow: None, perform: |run| invariants::check(run.workspace) },
    Step { name: "ui check", needs: &[UI_PACKAGES], slow: None, perform: |run| npm(run, "check") },
    Step { name: UI_BUILD, needs: &[UI_PACKAGES], slow: None, perform: |run| ui::build(run.workspace) },
    Step { name: "clippy", needs: &[SETUP, UI_BUILD], slow: None, perform: clippy },
    Step { name: BUILD, needs: &[SETUP, UI_BUILD], slow: None, perform: build },
    Step { name: "ui tests", needs: &[UI_PACKAGES, BUILD], slow: None, perform: ui_tests },
    Step { name: "rust tests", needs: &[BUILD], slow: None, perform: rust_tests },
    Step {
        name: "parity with the generators",
        needs: &[BUILD, GENERATORS],
        slow: Some("builds sites with the real generators"),
        perform: parity_tests,
    },
    Step {
        name: "journeys in the window",
        needs: &[BUILD, GENERATORS],
        slow: Some("opens the real window"),
        perform: window_tests,
    },
];

/// Runs every step to its end, whatever the others said.
pub(crate) fn test(workspace: &Workspace, quick: bool) -> Result<(), Failure> {
    let mut run = Run { workspace, quick, generators: None, lost: Vec::new() };
    let mut results = Vec::new();
    for step in STEPS {
        println!("\n── {} ──", step.name);
        let started = Instant::now();
        let outcome = take(step, &mut run);
        match &outcome {
            Outcome::Passed => {}
            Outcome::Failed(why) => println!("FAILED: {why}"),
            Outcome::Skipped(why) => println!("skipped: {why}"),
        }
        if outcome != Outcome::Passed {
            run.lost.push(step.name);
        }
        results.push((step.name, outcome, started.elapsed()));
    }
    println!("\n{}", table(&results));
    let failed = results.iter().filter(|(_, outcome, _)| matches!(outcome, Outcome::Failed(_))).count();
    // The table's last line has said how many; a second one after it would hide it.
    if failed == 0 { Ok(()) } else { std::process::exit(1) }
}

fn take(step: &Step, run: &mut Run) -> Outcome {
    if let (true, Some(why)) = (run.quick, step.slow) {
        return Outcome::Skipped(format!("--quick: {why}"));
    }
    if let Some(need) = step.needs.iter().find(|need| run.lost.contains(need)) {
        return Outcome::Skipped(format!("`{need}` did not pass"));
    }
    match (step.perform)(run) {
        Ok(()) => Outcome::Passed,
        Err(failure) => Outcome::Failed(failure.to_string()),
    }
}

/// One line per step, the failures again with their reasons, and the count as the last line.
fn table(results: &[(&str, Outcome, Duration)]) -> String {
    let (mut lines, mut failures) = (Vec::new(), Vec::new());
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    let width = results.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    for (name, outcome, took) in results {
        let seconds = took.as_secs_f64();
        lines.push(match outcome {
            Outcome::Passed => {
                passed += 1;
                format!("passed   {name:width$} {seconds:7.1} s")
            }
            Outcome::Failed(why) => {
                failed += 1;
                failures.push(format!("FAILED {name}: {why}"));
                format!("FAILED   {name:width$} {seconds:7.1} s")
            }
            Outcome::Skipped(why) => {
                skipped += 1;
                format!("skipped  {name:width$}           {why}")
            }
        });
    }
    lines.push(String::new());
    if !failures.is_empty() {
        lines.extend(failures);
        lines.push(String::new());
    }
    lines.push(format!("{passed} passed, {failed} failed, {skipped} skipped"));
    lines.join("\n")
}

fn set_up(run: &mut Run) -> Result<(), Failure> {
    setup::prepare(if run.quick { Need::Build } else { Need::Test })
}

fn find_generators(run: &mut Run) -> Result<(), Failure> {
    let generators = generators::prepare(run.workspace)?;
    println!("hugo    {}\njekyll  {}", generators.hugo.display(), generators.jekyll.display());
    for (name, folder) in &generators.from_npm {
        println!("{name:7} {}", folder.display());
    }
    run.generators = Some(generators);
    Ok(())
}

fn npm(run: &mut Run, script: &str) -> Result<(), Failure> {
    run.workspace.npm(["run", "--silent", script]).run()
}

fn check_rust_format(run: &mut Run) -> Result<(), Failure> {
    run.workspace.cargo(["fmt", "--all", "--check"]).run()
}

fn clippy(run: &mut Run) -> Result<(), Failure> {
    run.workspace.cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]).run()
}

/// Everything at once, the app and what tests it: asked for one by one, Cargo would build what they share again for each.
fn build(run: &mut Run) -> Result<(), Failure> {
    run.workspace.cargo(["build", "--workspace", "--all-targets"]).run()
}

fn ui_tests(run: &mut Run) -> Result<(), Failure> {
    with_environment(run, run.workspace.npm(["test"])).run()
}

/// Where proptest's random cases begin. The same every time, so that a change is judged by what it changes; set it to
/// another number to look for new ones.
const SEED: &str = "PROPTEST_RNG_SEED";
const SAME_CASES: &str = "20261121";

fn rust_tests(run: &mut Run) -> Result<(), Failure> {
    let mut arguments = vec!["--lib".to_owned(), "--bins".to_owned()];
    for name in integration_tests(run.workspace)? {
        if name != WINDOW && name != PARITY {
            arguments.extend(["--test".to_owned(), name]);
        }
    }
    let tests = run.workspace.cargo(["test", "--workspace", "--no-fail-fast"]).args(arguments);
    let tests = match std::env::var_os(SEED) {
        Some(_) => tests,
        None => tests.env(SEED, SAME_CASES),
    };
    let units = with_environment(run, tests).run();
    let examples = run.workspace.cargo(["test", "--workspace", "--doc", "--quiet"]).run();
    units.and(examples)
}

/// Its table is shown whether or not it holds.
fn parity_tests(run: &mut Run) -> Result<(), Failure> {
    let tests = test_command(run, PARITY).args(["--", "--nocapture"]);
    with_environment(run, tests).run()
}

/// The table of how far the preview equals what the real generators build, and nothing else.
pub(crate) fn parity(workspace: &Workspace) -> Result<(), Failure> {
    setup::prepare(Need::Test)?;
    let mut run = Run { workspace, quick: false, generators: None, lost: Vec::new() };
    find_generators(&mut run)?;
    // By its package alone: whoever asks for the table waits for it, and not for the app's window.
    let table = workspace.cargo(["test", "--quiet", "--package", TESTS_PACKAGE, "--test", PARITY]);
    with_environment(&run, table.args(["--", "--nocapture", PARITY_TABLE])).run()
}

/// One after the other: two windows would fight over the focus.
fn window_tests(run: &mut Run) -> Result<(), Failure> {
    let tests = test_command(run, WINDOW).args(["--", "--test-threads=1"]);
    display::out_of_sight(with_environment(run, tests))?.run()
}

/// `--workspace` and not `-p`: the same features as in the step `build`, so nothing is compiled twice.
fn test_command(run: &Run, name: &str) -> Program {
    run.workspace.cargo(["test", "--workspace", "--no-fail-fast", "--test", name])
}

/// Tells the tests where things are.
fn with_environment(run: &Run, program: Program) -> Program {
    let program = program
        .env("POSTWRIGHT_BINARY", run.workspace.binary("postwright", false))
        .env("POSTWRIGHT_STDIO", run.workspace.binary("postwright-stdio", false));
    match &run.generators {
        Some(found) => found.named_to(program),
        None => program,
    }
}

/// The names of all integration tests of the workspace, as Cargo knows them.
fn integration_tests(workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let output = workspace.cargo(["metadata", "--no-deps", "--format-version", "1"]).output()?;
    let manifest = workspace.path("Cargo.toml");
    let problem = |problem: String| Failure::Content { path: manifest.clone(), problem };
    if !output.success {
        return Err(problem(output.stderr));
    }
    let metadata = serde_json::from_str(&output.stdout).map_err(|error| problem(error.to_string()))?;
    let names = test_targets(&metadata);
    let folder = workspace.path("tests");
    let has_journeys = at(&folder, folder.join("journeys").metadata().map(|it| it.is_dir()));
    if has_journeys.is_ok_and(|is_there| is_there) && !names.iter().any(|name| name == "journeys") {
        return Err(problem(format!("{TESTS_PACKAGE} has a folder `journeys` that no test runs")));
    }
    Ok(names)
}

fn test_targets(metadata: &Value) -> Vec<String> {
    let list = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    let mut names = Vec::new();
    for package in list(metadata, "packages") {
        for target in list(&package, "targets") {
            if list(&target, "kind").contains(&Value::from("test")) {
                names.extend(target["name"].as_str().map(str::to_owned));
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn run(workspace: &Workspace, quick: bool) -> Run<'_> {
        Run { workspace, quick, generators: None, lost: Vec::new() }
    }

    fn workspace() -> Workspace {
        Workspace { root: PathBuf::new(), target: PathBuf::new() }
    }

    #[test]
    fn the_count_is_the_last_line_and_failures_say_why() {
        let second = Duration::from_secs(1);
        let text = table(&[
            ("setup", Outcome::Passed, second),
            ("clippy", Outcome::Failed("two warnings".into()), second),
            ("window", Outcome::Skipped("--quick".into()), second),
        ]);
        assert_eq!(text.lines().last(), Some("1 passed, 1 failed, 1 skipped"));
        assert!(text.contains("FAILED clippy: two warnings"), "{text}");
    }

    #[test]
    fn what_leans_on_a_lost_step_is_skipped_and_says_so() {
        let workspace = workspace();
        let mut run = run(&workspace, false);
        run.lost.push(BUILD);
        let step = Step { name: "a", needs: &[BUILD], slow: None, perform: |_| Ok(()) };
        assert_eq!(take(&step, &mut run), Outcome::Skipped("`build` did not pass".into()));
    }

    #[test]
    fn quick_leaves_out_only_what_is_slow() {
        let workspace = workspace();
        let slow = Step { name: "a", needs: &[], slow: Some("slow"), perform: |_| Ok(()) };
        assert_eq!(take(&slow, &mut run(&workspace, true)), Outcome::Skipped("--quick: slow".into()));
        assert_eq!(take(&slow, &mut run(&workspace, false)), Outcome::Passed);
        let skipped: Vec<&str> = STEPS.iter().filter(|it| it.slow.is_some()).map(|it| it.name).collect();
        assert_eq!(skipped, [GENERATORS, "parity with the generators", "journeys in the window"]);
    }

    #[test]
    fn a_step_needs_only_steps_before_it() {
        for (at, step) in STEPS.iter().enumerate() {
            for need in step.needs {
                assert!(
                    STEPS[..at].iter().any(|earlier| earlier.name == *need),
                    "{} needs {need}",
                    step.name
                );
            }
        }
    }

    #[test]
    fn integration_tests_are_listed_by_name() {
        let metadata = serde_json::json!({"packages": [
            {"targets": [{"kind": ["lib"], "name": "a"}, {"kind": ["test"], "name": "journeys"}]},
            {"targets": [{"kind": ["test"], "name": "e2e"}]},
        ]});
        assert_eq!(test_targets(&metadata), ["e2e", "journeys"]);
    }
}
