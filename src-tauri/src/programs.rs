//! Where the writer's own programs are.

use std::env;
use std::path::PathBuf;

/// The folders of `PATH`, the first first.
pub(crate) fn folders() -> Vec<PathBuf> {
    env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default()
}
