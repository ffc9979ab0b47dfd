//! Other programs: started in the right folder, their output shown as it comes, their failure in one line.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why a command of ours could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The command line makes no sense.
    #[error("{0}")]
    Usage(String),
    /// Something that has to be on the machine is not, and is not ours to install.
    #[error("{0}")]
    Missing(String),
    /// There is no screen to show a window on.
    #[error(
        "no display: neither DISPLAY nor WAYLAND_DISPLAY is set, so there is nowhere to show the window (`xvfb-run cargo xtask run` gives it one out of sight)"
    )]
    NoDisplay,
    /// A program ran and said no.
    #[error("`{command}` failed ({status})")]
    Command { command: String, status: String },
    /// A program could not even be started.
    #[error("`{command}` could not be started: {source}")]
    Start { command: String, source: std::io::Error },
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: std::io::Error },
    /// A file is not what it should be.
    #[error("{}: {problem}", path.display())]
    Content { path: PathBuf, problem: String },
    /// A check found something; it has been printed.
    #[error("{0}")]
    Check(String),
}

impl Failure {
    /// 1: a check said no. 2: it could not be done.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Failure::Command { .. } | Failure::Check(_) => 1,
            _ => 2,
        }
    }
}

/// Names the file in an input or output error.
pub(crate) fn at<T>(path: &Path, result: std::io::Result<T>) -> Result<T, Failure> {
    result.map_err(|source| Failure::File { path: path.to_owned(), source })
}

/// The source tree and where Cargo builds to.
pub(crate) struct Workspace {
    /// The folder of the virtual workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
}

impl Workspace {
    /// Finds the tree this program was built from.
    pub(crate) fn find() -> Result<Workspace, Failure> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let manifest = manifest.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let Some(root) = manifest.ancestors().nth(2).map(Path::to_owned) else {
            return Err(Failure::Missing(format!("no workspace above {}", manifest.display())));
        };
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => at(&root, std::env::current_dir())?.join(folder),
            None => root.join("target"),
        };
        Ok(Workspace { root, target })
    }

    /// A file or folder of the tree, by its path from the root.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A binary of the workspace as Cargo leaves it.
    pub(crate) fn binary(&self, name: &str, release: bool) -> PathBuf {
        let profile = if release { "release" } else { "debug" };
        self.target.join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// Cargo, in the root.
    pub(crate) fn cargo<I: IntoIterator<Item: AsRef<OsStr>>>(&self, arguments: I) -> Program {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Program::new(cargo).args(arguments).folder(&self.root).env("CARGO_TARGET_DIR", &self.target)
    }

    /// npm, in `ui/`.
    pub(crate) fn npm<I: IntoIterator<Item: AsRef<OsStr>>>(&self, arguments: I) -> Program {
        npm(&self.path("ui")).args(arguments)
    }
}

/// npm, in a folder.
pub(crate) fn npm(folder: &Path) -> Program {
    // npm is a script on Windows, which only the shell's name finds.
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    Program::new(npm).folder(folder)
}

/// A program about to be started.
pub(crate) struct Program {
    words: Vec<OsString>,
    folder: Option<PathBuf>,
    environment: Vec<(OsString, Option<OsString>)>,
}

/// What a program said and how it ended.
pub(crate) struct Output {
    /// Whether it ended with 0.
    pub(crate) success: bool,
    /// Its standard output.
    pub(crate) stdout: String,
    /// Its standard error.
    pub(crate) stderr: String,
}

impl Program {
    pub(crate) fn new(program: impl Into<OsString>) -> Program {
        Program { words: vec![program.into()], folder: None, environment: Vec::new() }
    }

    pub(crate) fn args<I: IntoIterator<Item: AsRef<OsStr>>>(mut self, arguments: I) -> Program {
        self.words.extend(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        self
    }

    pub(crate) fn folder(mut self, folder: &Path) -> Program {
        self.folder = Some(folder.to_owned());
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Program {
        self.environment.push((name.into(), Some(value.as_ref().to_owned())));
        self
    }

    pub(crate) fn without_env(mut self, name: &str) -> Program {
        self.environment.push((name.into(), None));
        self
    }

    /// The same program started by another one (`xvfb-run`, `sudo`, …).
    pub(crate) fn inside(mut self, outer: &[&str]) -> Program {
        self.words.splice(0..0, outer.iter().map(OsString::from));
        self
    }

    /// Runs it to its end; what it prints is seen as it comes.
    pub(crate) fn run(self) -> Result<(), Failure> {
        let status =
            self.command().status().map_err(|source| Failure::Start { command: self.line(), source })?;
        if status.success() {
            return Ok(());
        }
        Err(Failure::Command { command: self.line(), status: status.to_string() })
    }

    /// Runs it to its end and hands over what it printed.
    pub(crate) fn output(self) -> Result<Output, Failure> {
        let output = self
            .command()
            .stdin(Stdio::null())
            .output()
            .map_err(|source| Failure::Start { command: self.line(), source })?;
        Ok(Output {
            success: output.status.success(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]);
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        for (name, value) in &self.environment {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
    }

    fn line(&self) -> String {
        let program = Path::new(&self.words[0]).file_name().unwrap_or(&self.words[0]);
        let words = std::iter::once(program).chain(self.words[1..].iter().map(OsString::as_os_str));
        words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }
}

/// Where a program is, as the shell would find it.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let file_names = [name.to_owned(), format!("{name}.exe"), format!("{name}.cmd")];
    let file_names = if cfg!(windows) { &file_names[..] } else { &file_names[..1] };
    std::env::split_paths(&path)
        .flat_map(|folder| file_names.iter().map(move |file_name| folder.join(file_name)))
        .find(|candidate| candidate.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_says_no_is_named_with_its_arguments() {
        let failure = Program::new("cargo").args(["no-such-command-of-cargo"]).run().unwrap_err();
        assert_eq!(failure.exit_code(), 1);
        assert!(failure.to_string().starts_with("`cargo no-such-command-of-cargo` failed"), "{failure}");
    }

    #[test]
    fn a_program_that_is_not_there_could_not_be_done() {
        let failure = Program::new("no-such-program-anywhere").run().unwrap_err();
        assert_eq!(failure.exit_code(), 2);
        assert!(which("no-such-program-anywhere").is_none());
    }

    #[test]
    fn a_program_can_be_started_by_another() {
        let program = Program::new("cargo").args(["test"]).inside(&["dbus-run-session", "--"]);
        assert_eq!(program.line(), "dbus-run-session -- cargo test");
    }

    #[test]
    fn the_tree_is_found() {
        let workspace = Workspace::find().unwrap();
        assert!(workspace.path("src-tauri/xtask/Cargo.toml").is_file());
    }
}
