//! A screen for the window: the writer's own, or one out of sight for tests and measurements.

use crate::process::{Failure, Program, which};

/// Whether a window can be shown to the person at this machine.
pub(crate) fn is_there() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Gives the program a screen and a message bus of its own, so that windows neither appear in front of a person nor
/// take their input, and so that a running Postwright of theirs is not found.
pub(crate) fn out_of_sight(program: Program) -> Result<Program, Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(program);
    }
    if which("xvfb-run").is_none() {
        return Err(Failure::Missing("xvfb-run is needed to open windows out of sight".into()));
    }
    let program = program.inside(&["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1600x1000x24"]);
    let program = match which("dbus-run-session") {
        Some(_) => program.inside(&["dbus-run-session", "--"]),
        None => program,
    };
    Ok(program.without_env("WAYLAND_DISPLAY").env("GDK_BACKEND", "x11"))
}
