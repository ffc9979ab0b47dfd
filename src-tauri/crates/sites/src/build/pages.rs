//! Which page a post became.

use std::fs;
use std::path::{Path, PathBuf};

use postwright_post::profile::Generator;

use super::commands::Found;
use super::{Build, BuildError};
use crate::SiteError;
use crate::program::{Run, Stop, run};
use crate::site_copy::SiteCopy;

/// How long Hugo may take to list its pages.
const TIME_TO_LIST: std::time::Duration = std::time::Duration::from_secs(120);

/// A page of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltPage {
    /// Its address, as the generator says it: whole, or from the site's root.
    pub url: String,
    /// Whether its file was written.
    pub appeared: bool,
    /// The file, if it was written and is no larger than 32 MB.
    pub html: Option<String>,
}

/// Larger pages are not looked into.
const LARGEST_PAGE: u64 = 32 * 1024 * 1024;

/// Jekyll tells its plugins what it wrote.
const JEKYLL_REPORT: &str = r#"Jekyll::Hooks.register :site, :post_write do |site|
  pages = site.collections.values.flat_map(&:docs) + site.pages
  rows = pages.map { |page| [page.relative_path, page.url, page.destination(site.dest)].join("\t") }
  File.write(ENV.fetch("POSTWRIGHT_BUILD_REPORT"), rows.join("\n"))
end
"#;

/// Hexo runs what lies in its folder for scripts.
const HEXO_REPORT: &str = r#"const { join } = require('path');
hexo.extend.filter.register('before_exit', () => {
  const posts = [...hexo.locals.get('posts').toArray(), ...hexo.locals.get('pages').toArray()];
  const file = (path) => join(hexo.public_dir, path.endsWith('/') ? path + 'index.html' : path);
  const rows = posts.map((post) => ['source/' + post.source, post.permalink, file(post.path)].join('\t'));
  require('fs').writeFileSync(process.env.POSTWRIGHT_BUILD_REPORT, rows.join('\n'));
});
"#;

/// Has the generator say which page is whose, where it can be made to.
pub(super) fn ask_for_report(generator: Generator, copy: &SiteCopy) -> Result<(), SiteError> {
    match generator {
        Generator::Jekyll => copy.put("_plugins/postwright_build_report.rb", JEKYLL_REPORT.as_bytes()),
        Generator::Hexo => copy.put("scripts/postwright-build-report.js", HEXO_REPORT.as_bytes()),
        _ => Ok(()),
    }
}

/// The post's page. None if there is none or it cannot be known.
pub(super) fn find(
    ask: &Build<'_>,
    found: &Found,
    copy: &SiteCopy,
    stop: &Stop,
) -> Result<Option<BuiltPage>, BuildError> {
    Ok(match ask.generator {
        Generator::Hugo => listed_by_hugo(ask, found, copy, stop)?,
        Generator::Jekyll | Generator::Hexo => reported(ask, copy),
        Generator::Zola | Generator::Astro => named_like(ask, &copy.output()),
        Generator::Plain => None,
    })
}

/// From `hugo list all`, which knows drafts and posts of the future as well: whether the page was written is what counts.
fn listed_by_hugo(
    ask: &Build<'_>,
    found: &Found,
    copy: &SiteCopy,
    stop: &Stop,
) -> Result<Option<BuiltPage>, BuildError> {
    let mut command = found.command(copy);
    command.args(["list", "all", "--noBuildLock"]);
    let ended = run(&mut command, Run { stop: stop.clone(), ..Run::within(TIME_TO_LIST) })?;
    let list = ended.output_text();
    let mut rows = rows_of(&list);
    let Some(header) = rows.next() else { return Ok(None) };
    let column = |name: &str| header.iter().position(|title| title == name);
    let (Some(path), Some(address)) = (column("path"), column("permalink")) else { return Ok(None) };
    let is_post = |row: &Vec<String>| row.get(path).is_some_and(|path| path.replace('\\', "/") == ask.post);
    let Some(url) = rows.find(is_post).and_then(|row| row.get(address).cloned()) else { return Ok(None) };
    let file = file_of(&url, ask.base_path, &copy.output());
    Ok(Some(page(url, &file)))
}

/// Rows of comma-separated values; in quotes a comma is a comma, and two quotes are one.
fn rows_of(list: &str) -> impl Iterator<Item = Vec<String>> {
    list.lines().map(|line| {
        let (mut row, mut field) = (Vec::new(), String::new());
        let mut in_quotes = false;
        let mut characters = line.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '"' if in_quotes && characters.peek() == Some(&'"') => {
                    characters.next();
                    field.push('"');
                }
                '"' => in_quotes = !in_quotes,
                ',' if !in_quotes => row.push(std::mem::take(&mut field)),
                _ => field.push(character),
            }
        }
        row.push(field);
        row
    })
}

/// The file of an address: behind host and base path, percent signs read.
fn file_of(url: &str, base_path: &str, output: &Path) -> PathBuf {
    let path =
        url.split_once("://").map_or(url, |(_, rest)| rest.find('/').map_or("", |slash| &rest[slash..]));
    let path = path.strip_prefix(base_path.trim_end_matches('/')).unwrap_or(path);
    let path = decoded(path.trim_start_matches('/'));
    let path = if path.is_empty() || path.ends_with('/') { path + "index.html" } else { path };
    output.join(path)
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut left = path.as_bytes();
    while let Some((&byte, rest)) = left.split_first() {
        let digits = rest.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| byte == b'%') {
            Some(read) => {
                bytes.push(read);
                left = &rest[2..];
            }
            None => {
                bytes.push(byte);
                left = rest;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// From what the generator reported: path, address and file of each page.
fn reported(ask: &Build<'_>, copy: &SiteCopy) -> Option<BuiltPage> {
    let report = fs::read_to_string(copy.report()).ok()?;
    report.lines().find_map(|row| {
        let mut parts = row.split('\t');
        let (source, url, file) = (parts.next()?, parts.next()?, parts.next()?);
        (source.trim_start_matches('/') == ask.post).then(|| page(decoded(url), Path::new(file)))
    })
}

/// The one page that has the name of the post's file, or of its folder: where it stands is the site's own code's.
fn named_like(ask: &Build<'_>, output: &Path) -> Option<BuiltPage> {
    let post = Path::new(ask.post);
    let stem = post.file_stem()?.to_str()?;
    let name = match stem {
        "index" | "_index" => post.parent()?.file_name()?.to_str()?,
        stem => stem,
    };
    let endings = [format!("/{name}/index.html"), format!("/{name}.html")];
    let mut found = pages_under(output).into_iter().filter_map(|file| {
        let rel = file.strip_prefix(output).ok()?.to_str()?.replace('\\', "/");
        let url = format!("/{rel}");
        endings.iter().any(|ending| url.ends_with(ending)).then_some((url, file))
    });
    let (url, file) = found.next()?;
    let url = url.strip_suffix("index.html").map(str::to_owned).unwrap_or(url);
    found.next().is_none().then(|| page(url, &file))
}

fn pages_under(folder: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            pages.extend(pages_under(&path));
        } else if path.extension().is_some_and(|extension| extension == "html") {
            pages.push(path);
        }
    }
    pages
}

fn page(url: String, file: &Path) -> BuiltPage {
    let found = fs::metadata(file).ok().filter(fs::Metadata::is_file);
    let small = found.as_ref().filter(|found| found.len() <= LARGEST_PAGE);
    let html =
        small.and_then(|_| fs::read(file).ok()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    BuiltPage { url, appeared: found.is_some(), html }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_its_file() {
        let file = |url, base| file_of(url, base, Path::new("/o")).to_str().unwrap().to_owned();
        assert_eq!(file("https://e.org/sub/posts/a/", "/sub"), "/o/posts/a/index.html");
        assert_eq!(file("https://e.org/posts/%ED%95%9C%EA%B8%80.html", ""), "/o/posts/한글.html");
        assert_eq!(file("/posts/100%/", "/"), "/o/posts/100%/index.html");
    }

    #[test]
    fn lists_of_hugo_are_read() {
        let rows: Vec<_> = rows_of("path,title\ncontent/a.md,\"A, \"\"b\"\"\"\n").collect();
        assert_eq!(rows, [["path", "title"], ["content/a.md", "A, \"b\""]]);
    }
}
