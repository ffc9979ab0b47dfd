//! The measurements, on a release build.

use crate::process::{Failure, Workspace};
use crate::setup::{self, Need};
use crate::{display, generators, ui};

/// Asks for the budgets of reliability, which journeys show and no measurement.
const RELIABILITY: &str = "reliability";
/// The journeys that print a line for each of R3 to R6.
const RELIABLE: &[&str] = &["full_disk::", "interrupted::a_disk_", "written_outside::", "front_matter::"];

/// Runs the journeys that show R3 to R6, each with a line of its figures.
fn reliability(workspace: &Workspace) -> Result<(), Failure> {
    setup::prepare(Need::Build)?;
    let test = ["test", "-p", "postwright-tests", "--test", "journeys", "--"];
    workspace.cargo(test).args(RELIABLE).run()
}

/// Builds the app as a writer gets it, then starts the measurements on a screen of their own.
pub(crate) fn bench(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    if arguments == [RELIABILITY] {
        return reliability(workspace);
    }
    setup::prepare(Need::Test)?;
    let generators = generators::prepare(workspace)?;
    ui::build(workspace)?;
    // The examples hold the empty window that the app's start and memory are compared with.
    workspace.cargo(["build", "--release", "-p", "postwright", "--bins", "--examples"]).run()?;
    workspace.cargo(["build", "--release", "-p", "postwright-tests", "--bins"]).run()?;
    let bench = workspace
        .cargo(["run", "--release", "--quiet", "-p", "postwright-tests", "--bin", "bench", "--"])
        .args(arguments)
        .env("POSTWRIGHT_BINARY", workspace.binary("postwright", true));
    display::out_of_sight(generators.named_to(bench))?.run()
}
