//! What the generators make of the posts.

use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use postwright_testkit::skipped;
use postwright_tests::{generators, zola};
use serde_json::Value;

use super::Post;
use crate::sites::{BEGIN, END, Engine};

/// Where every post finds a picture of its site.
const PICTURE: &str = "pictures/mark.png";

/// A picture that posts show as `/pictures/mark.png`, in the folder whose files the generator takes over as they are.
pub(super) fn write_picture(engine: Engine, site: &Path) {
    let path = site.join(folder_of_files(engine)).join(PICTURE);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, include_bytes!("../../../src-tauri/icons/128x128.png")).unwrap();
}

fn folder_of_files(engine: Engine) -> &'static str {
    match engine {
        Engine::Hugo | Engine::Zola => "static",
        Engine::Hexo => "source",
        Engine::Astro => "public",
        Engine::Jekyll | Engine::CommonMark => "",
    }
}

/// The content of a post's page, its picture inside; none, and said so, where the generator is not installed.
pub(super) fn page(post: &Post) -> Option<String> {
    let Post { engine, site, text, .. } = post;
    let name = Post::NAME;
    let (files, page) = match engine {
        Engine::Hugo => {
            generators::hugo(site)?;
            ("public", content(&site.join(format!("public/posts/{name}/index.html"))))
        }
        Engine::Jekyll => {
            generators::jekyll(site)?;
            ("_site", content(&site.join(format!("_site/{name}.html"))))
        }
        Engine::Hexo => (folder_of_files(*engine), hexo(text)?),
        Engine::Astro => {
            let modules = installed("astro")?.join("node_modules");
            #[cfg(unix)]
            std::os::unix::fs::symlink(modules, site.join("node_modules")).unwrap();
            run_driver("astro", site)?;
            ("dist", content(&site.join(format!("dist/{name}/index.html"))))
        }
        Engine::Zola => {
            skipped(
                "zola is in no package registry: beside its post stands what pulldown-cmark writes with its options",
            );
            (folder_of_files(*engine), zola::page(text, ""))
        }
        Engine::CommonMark => return None,
    };
    Some(with_picture(&page, &site.join(files)))
}

/// What a layout of [`crate::sites`] prints of a post.
fn content(page: &Path) -> String {
    let page = std::fs::read_to_string(page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
    let (_, after) = page.split_once(BEGIN).unwrap();
    after.rsplit_once(END).unwrap().0.to_owned()
}

/// A page has no server here: the picture that it leads to is put into it, from the files of the built site.
fn with_picture(page: &str, files: &Path) -> String {
    let picture = std::fs::read(files.join(PICTURE)).unwrap();
    let data = base64::engine::general_purpose::STANDARD.encode(picture);
    page.replace(&format!("\"/{PICTURE}\""), &format!("\"data:image/png;base64,{data}\""))
}

/// The driver writes a package.json of its own, so it works in a site of its own.
fn hexo(text: &str) -> Option<String> {
    let site = tempfile::tempdir().unwrap();
    Engine::Hexo.write_site(site.path());
    std::fs::write(site.path().join("posts.json"), serde_json::to_string(&[text]).unwrap()).unwrap();
    run_driver("hexo", site.path())?;
    let pages = std::fs::read_to_string(site.path().join("pages.json")).unwrap();
    let pages: Value = serde_json::from_str(&pages).unwrap();
    Some(pages[0]["html"].as_str().unwrap_or_else(|| panic!("{pages}")).to_owned())
}

/// Runs the driver that is installed with a generator from npm.
fn run_driver(name: &str, site: &Path) -> Option<()> {
    let driver = installed(name)?.join("build.mjs");
    let output = Command::new("node").arg(driver).arg(site).output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    Some(())
}

fn installed(name: &str) -> Option<PathBuf> {
    let folder = generators::from_npm(name);
    if folder.is_none() {
        skipped(&format!("{name} is not installed (cargo xtask test installs it)"));
    }
    folder
}
