//! The real generators: where they are, and what they build.

use std::path::{Path, PathBuf};
use std::process::Command;

use postwright_testkit::skipped;

/// What a generator built.
pub struct Built {
    /// The folder with the pages.
    pub folder: PathBuf,
    /// What the generator said.
    pub said: String,
}

impl Built {
    /// A page, by its path in the folder, with the plus signs that Hugo's templates escape.
    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.join(path))
            .map(|page| page.replace("&#43;", "+"))
            .unwrap_or_else(|error| panic!("{path}: {error}; there are {:#?}\n{}", self.pages(), self.said))
    }

    fn pages(&self) -> Vec<PathBuf> {
        files_under(&self.folder)
    }
}

/// Builds a site with the real Hugo; none, and said so, where it is not installed.
pub fn hugo(site: &Path) -> Option<Built> {
    try_hugo(site).map(|built| built.unwrap_or_else(|said| panic!("hugo failed:\n{said}")))
}

/// Builds a site with the real Jekyll; none, and said so, where it is not installed.
pub fn jekyll(site: &Path) -> Option<Built> {
    try_jekyll(site).map(|built| built.unwrap_or_else(|said| panic!("jekyll failed:\n{said}")))
}

/// Like [`hugo`], for a site that Hugo may refuse: then what it said.
pub fn try_hugo(site: &Path) -> Option<Result<Built, String>> {
    let folder = site.join("public");
    build("POSTWRIGHT_HUGO", "hugo", &folder, |hugo| {
        hugo.args(["--source"]).arg(site).arg("--destination").arg(&folder).arg("--noBuildLock");
    })
}

/// Like [`jekyll`], for a site that Jekyll may refuse: then what it said.
pub fn try_jekyll(site: &Path) -> Option<Result<Built, String>> {
    let folder = site.join("_site");
    build("POSTWRIGHT_JEKYLL", "jekyll", &folder, |jekyll| {
        jekyll
            .args(["build", "--disable-disk-cache", "--source"])
            .arg(site)
            .arg("--destination")
            .arg(&folder);
        jekyll.env("LC_ALL", "C.UTF-8");
    })
}

/// Builds a site with the real Hexo, whose `package.json` this writes; none, and said so, where it is not installed.
#[cfg(unix)]
pub fn hexo(site: &Path) -> Option<Built> {
    let Some(installed) = from_npm("hexo") else {
        skipped("hexo is not installed (cargo xtask test installs it)");
        return None;
    };
    let modules = installed.join("node_modules");
    if !site.join("node_modules").exists() {
        std::os::unix::fs::symlink(&modules, site.join("node_modules")).unwrap();
    }
    // Hexo loads the plugins that the site names.
    let package = "{\"name\":\"site\",\"private\":true,\"hexo\":{\"version\":\"\"},\
        \"dependencies\":{\"hexo\":\"*\",\"hexo-renderer-marked\":\"*\"}}";
    std::fs::write(site.join("package.json"), package).unwrap();
    for left in ["public", "db.json"] {
        let left = site.join(left);
        let _ = std::fs::remove_dir_all(&left).or_else(|_| std::fs::remove_file(&left));
    }
    let mut command = Command::new("node");
    command.arg(modules.join("hexo/bin/hexo")).arg("generate").current_dir(site);
    let output = command.output().unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "hexo failed:\n{said}");
    Some(Built { folder: site.join("public"), said })
}

/// Builds a site with the real Astro, whose packages this links; none, and said so, where it is not installed.
///
/// Through its interface for programs, which runs on Node 20; its command line asks for a newer one.
#[cfg(unix)]
pub fn astro(site: &Path) -> Option<Built> {
    let Some(installed) = from_npm("astro") else {
        skipped("astro is not installed (cargo xtask test installs it)");
        return None;
    };
    if !site.join("node_modules").exists() {
        std::os::unix::fs::symlink(installed.join("node_modules"), site.join("node_modules")).unwrap();
    }
    let _ = std::fs::remove_dir_all(site.join("dist"));
    let output = Command::new("node").arg(installed.join("build.mjs")).arg(site).output().unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "astro failed:\n{said}");
    Some(Built { folder: site.join("dist"), said })
}

/// Where something from npm is installed: `hexo`, `astro` or `specs`.
pub fn from_npm(name: &str) -> Option<PathBuf> {
    let variable = format!("POSTWRIGHT_{}", name.to_uppercase());
    let folder = PathBuf::from(std::env::var_os(variable)?);
    folder.join("node_modules").is_dir().then_some(folder)
}

fn build(
    variable: &str,
    name: &str,
    folder: &Path,
    arguments: impl Fn(&mut Command),
) -> Option<Result<Built, String>> {
    let program = std::env::var_os(variable).unwrap_or_else(|| name.into());
    let mut command = Command::new(&program);
    arguments(&mut command);
    match command.output() {
        Ok(output) => {
            let said = format!(
                "{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
            Some(if output.status.success() {
                Ok(Built { folder: folder.to_owned(), said })
            } else {
                Err(said)
            })
        }
        Err(error) => {
            assert!(std::env::var_os(variable).is_none(), "{variable} names {} : {error}", program.display());
            skipped(&format!("{name} is not installed (cargo xtask test installs it)"));
            None
        }
    }
}

/// All files under a folder, sorted.
pub fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files.extend(files_under(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}
