//! The Hugo that is installed on the writer's machine, asked for the styles that we do not have.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Duration;

use postwright_markdown::sanitised_site_css;

use crate::lock;

const PROGRAM: &str = if cfg!(windows) { "hugo.exe" } else { "hugo" };
/// How long Hugo may take; it needs a tenth of a second.
const TIME_LIMIT: Duration = Duration::from_secs(5);
/// The largest sheet that is read: Hugo's take some 5 KB.
const LARGEST: u64 = 512 * 1024;
const LONGEST_NAME: usize = 64;

/// Asks Hugo for each style once.
pub(crate) struct InstalledHugo {
    /// Where programs are looked for, the first first.
    folders: Vec<PathBuf>,
    /// The sheets that were asked for; none where Hugo has no such style.
    asked: Mutex<HashMap<String, Option<String>>>,
}

impl InstalledHugo {
    /// `folders` are those that programs are looked for in; one that is not absolute is passed over, since it would
    /// mean another folder for each place that the app is started from.
    pub(crate) fn new(folders: &[PathBuf]) -> Self {
        let folders = folders.iter().filter(|folder| folder.is_absolute()).cloned().collect();
        Self { folders, asked: Mutex::default() }
    }

    /// The style sheet of a style, made safe; none if no Hugo is installed, or it does not know the style.
    pub(crate) fn style(&self, name: &str) -> Option<String> {
        if !may_be_a_style(name) {
            return None;
        }
        let mut asked = lock(&self.asked);
        if let Some(known) = asked.get(name) {
            return known.clone();
        }
        let found = self.folders.iter().map(|folder| folder.join(PROGRAM)).find(|program| program.is_file());
        let css = found.and_then(|program| ask(&program, name)).map(|sheet| sanitised_site_css(&sheet));
        let css = css.filter(|css| !css.is_empty());
        asked.insert(name.to_owned(), css.clone());
        css
    }
}

/// A name comes from a site's configuration, which anybody may have written.
fn may_be_a_style(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// What `hugo gen chromastyles` prints. No shell reads the command, and it does not run in the site, whose
/// configuration it would read.
fn ask(program: &Path, style: &str) -> Option<String> {
    let mut child = Command::new(program)
        .args(["gen", "chromastyles", &format!("--style={style}")])
        .current_dir(program.parent()?)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| tracing::warn!(%error, ?program, "Hugo could not be started"))
        .ok()?;
    let sheet = output_in_time(&mut child);
    if sheet.is_none() {
        tracing::warn!(?program, style, "Hugo did not answer in time, or too much");
        // One that has ended already needs no end.
        let _ = child.kill();
    }
    let ended = child.wait().ok()?;
    sheet.filter(|_| ended.success())
}

/// All that a program prints, if that is a text of bounded length, printed in time.
fn output_in_time(child: &mut Child) -> Option<String> {
    let output = child.stdout.take()?;
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut sheet = String::new();
        let read = output.take(LARGEST + 1).read_to_string(&mut sheet);
        // Whoever waited may have given up.
        let _ = send.send(read.ok().map(|_| sheet));
    });
    let sheet = receive.recv_timeout(TIME_LIMIT).ok()??;
    (sheet.len() as u64 <= LARGEST).then_some(sheet)
}

#[cfg(test)]
#[cfg(unix)]
#[allow(clippy::disallowed_methods, reason = "a test sets its stage")]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::time::Instant;

    use super::*;

    /// A Hugo of our own making, which answers with a shell's script.
    fn hugo(script: &str) -> (tempfile::TempDir, InstalledHugo) {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join(PROGRAM);
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let hugo = InstalledHugo::new(&[PathBuf::from("bin"), folder.path().to_owned()]);
        (folder, hugo)
    }

    #[test]
    fn a_style_is_asked_for_once_and_made_safe() {
        let (folder, hugo) = hugo(
            "echo \"$@\" >> asked\necho '.chroma .k { color: #123456; background: url(//evil.example) }'\n\
             echo 'body { display: none }'",
        );
        for _ in 0..2 {
            assert_eq!(hugo.style("my-style").as_deref(), Some("pre.chroma .k{color:#123456}\n"));
        }
        let asked = std::fs::read_to_string(folder.path().join("asked")).unwrap();
        assert_eq!(asked, "gen chromastyles --style=my-style\n");
    }

    #[test]
    fn a_style_that_hugo_does_not_know_is_none() {
        let (_folder, hugo) = hugo("echo '.chroma .k { color: red }'; exit 1");
        assert_eq!(hugo.style("x"), None);
        assert_eq!(InstalledHugo::new(&[]).style("x"), None);
    }

    #[test]
    fn names_that_are_no_styles_are_not_asked_for() {
        let (folder, hugo) = hugo("touch asked");
        for name in ["", "a b", "$(touch x)", "x;y", "../x", "스타일", &"x".repeat(65)] {
            assert_eq!(hugo.style(name), None, "{name}");
        }
        assert!(!folder.path().join("asked").exists());
    }

    #[test]
    fn one_that_hangs_or_floods_is_ended() {
        let started = Instant::now();
        let (_folder, hanging) = hugo("exec sleep 60");
        assert_eq!(hanging.style("x"), None);
        let (_folder, flooding) = hugo("exec cat /dev/zero");
        assert_eq!(flooding.style("x"), None);
        assert!(started.elapsed() < TIME_LIMIT * 2 + Duration::from_secs(10), "{:?}", started.elapsed());
    }
}
