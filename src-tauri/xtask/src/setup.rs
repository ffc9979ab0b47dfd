//! What has to be on the machine: installed where it is ours to install, named in one line where it is not.

use crate::process::{Failure, Program, which};
use crate::ui;

/// What a task needs beyond Rust and Node.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Need {
    /// To compile the app.
    Build,
    /// To open its window out of sight and to build sites with the real generators as well.
    Test,
}

const TO_BUILD: &[&str] = &["libwebkit2gtk-4.1-dev", "librsvg2-dev", "build-essential", "pkg-config"];
const TO_TEST: &[&str] =
    &["webkit2gtk-driver", "xvfb", "xauth", "fonts-noto-cjk", "dbus", "dbus-daemon", "jekyll", "git"];
const TO_DOWNLOAD_WHEELS: &[&str] = &["python3", "python3-pip"];

/// Makes sure the machine has what the task needs.
pub(crate) fn prepare(need: Need) -> Result<(), Failure> {
    ui::check_node()?;
    if !cfg!(target_os = "linux") {
        return prepare_elsewhere(need);
    }
    if which("apt-get").is_some() && which("dpkg-query").is_some() {
        let mut wanted = TO_BUILD.to_vec();
        if need == Need::Test {
            wanted.extend(TO_TEST);
        }
        return install_packages(&wanted);
    }
    prepare_elsewhere(need)
}

/// Makes sure `python3 -m pip` works.
pub(crate) fn prepare_pip() -> Result<(), Failure> {
    let pip = Program::new("python3").args(["-m", "pip", "--version"]).output();
    if pip.is_ok_and(|output| output.success) {
        return Ok(());
    }
    if which("apt-get").is_some() {
        return install_packages(TO_DOWNLOAD_WHEELS);
    }
    Err(Failure::Missing("python3 with pip is needed to download the real site generator".into()))
}

fn install_packages(wanted: &[&str]) -> Result<(), Failure> {
    let missing = missing_packages(wanted, &installed_packages(wanted)?);
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing {}", missing.join(" "));
    as_root(&["apt-get", "update", "-qq"], &missing)?;
    let install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"];
    as_root(&[&install[..], &missing[..]].concat(), &missing)
}

/// One `package status` line per package that dpkg has heard of.
fn installed_packages(wanted: &[&str]) -> Result<String, Failure> {
    // dpkg-query ends with 1 when one of the names is unknown; what it knows is printed all the same.
    let format = "-f=${Package} ${db:Status-Status}\\n";
    Ok(Program::new("dpkg-query").args(["-W", format]).args(wanted).output()?.stdout)
}

fn missing_packages<'a>(wanted: &[&'a str], listed: &str) -> Vec<&'a str> {
    let is_installed =
        |package: &str| listed.lines().any(|line| line.trim_end() == format!("{package} installed"));
    wanted.iter().copied().filter(|package| !is_installed(package)).collect()
}

fn as_root(command: &[&str], missing: &[&str]) -> Result<(), Failure> {
    let by_hand =
        || Failure::Missing(format!("missing; install with: sudo apt-get install {}", missing.join(" ")));
    let environment = ["env", "DEBIAN_FRONTEND=noninteractive"];
    let command = [&environment[..], command].concat();
    if is_root() {
        return Program::new(command[0]).args(&command[1..]).run();
    }
    if which("sudo").is_none() {
        return Err(by_hand());
    }
    // `-n`: a password prompt in the middle of a build would only look like a build that hangs.
    let may = Program::new("sudo").args(["-n", "true"]).output()?;
    if !may.success {
        return Err(by_hand());
    }
    Program::new("sudo").args(["-n"]).args(&command).run()
}

fn is_root() -> bool {
    Program::new("id").args(["-u"]).output().is_ok_and(|output| output.stdout.trim() == "0")
}

/// Not Debian: looks for what is needed and says in one line how to get it.
fn prepare_elsewhere(need: Need) -> Result<(), Failure> {
    let missing = missing_elsewhere(need);
    if missing.is_empty() {
        return Ok(());
    }
    let advice = if which("dnf").is_some() {
        "sudo dnf install webkit2gtk4.1-devel webkit2gtk-driver librsvg2-devel gcc pkgconf-pkg-config xorg-x11-server-Xvfb xorg-x11-xauth google-noto-sans-cjk-fonts dbus-daemon rubygem-jekyll git"
    } else if which("pacman").is_some() {
        "sudo pacman -S webkit2gtk-4.1 librsvg base-devel pkgconf xorg-server-xvfb xorg-xauth noto-fonts-cjk dbus ruby-jekyll git"
    } else if cfg!(target_os = "macos") {
        "xcode-select --install; brew install git jekyll"
    } else {
        "install them with the system's package manager"
    };
    Err(Failure::Missing(format!("missing: {}; {advice}", missing.join(", "))))
}

fn missing_elsewhere(need: Need) -> Vec<&'static str> {
    let mut missing = Vec::new();
    if cfg!(target_os = "linux") {
        for module in ["webkit2gtk-4.1", "librsvg-2.0"] {
            let found = Program::new("pkg-config").args(["--exists", module]).output();
            if !found.is_ok_and(|output| output.success) {
                missing.push(module);
            }
        }
    }
    let compiler: &[&str] = if cfg!(windows) { &[] } else { &["cc"] };
    let for_tests: &[&str] = match need {
        Need::Build => &[],
        Need::Test if cfg!(target_os = "linux") => {
            &["git", "jekyll", "WebKitWebDriver", "xvfb-run", "dbus-run-session"]
        }
        Need::Test => &["git", "jekyll"],
    };
    missing.extend(compiler.iter().chain(for_tests).copied().filter(|program| which(program).is_none()));
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_dpkg_calls_installed_counts() {
        let listed = "xvfb installed\njekyll config-files\nxauth-extra installed\n";
        assert_eq!(missing_packages(&["xvfb", "jekyll", "xauth"], listed), ["jekyll", "xauth"]);
    }

    #[test]
    fn nothing_is_missing_when_all_is_there() {
        assert!(missing_packages(&["git"], "git installed\n").is_empty());
    }
}
