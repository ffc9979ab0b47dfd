//! What the writer should know of files before they are published: the same as the window shows of an open post.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use postwright_markdown as markdown;
use postwright_post::front_matter;
use postwright_sites as sites;
use postwright_wire::{self as wire, Checked, CheckedFinding, FindingLevel, Language};

use crate::failure::Failure;
use crate::files::{read_file, site_above};
use crate::findings::{missing_image, on_the_wire};
use crate::installed_hugo::InstalledHugo;
use crate::known_site::KnownSite;
use crate::text::PostText;
use crate::{convert, images, importing};

/// How files are checked.
#[derive(Debug, Clone, Copy)]
pub struct Checking<'p> {
    /// The site that they belong to; none: the one that each lies in, if it does.
    pub site: Option<&'p Path>,
    /// The folders in which programs of the writer's, such as Hugo, are looked for.
    pub program_folders: &'p [PathBuf],
}

/// Looks through files, and the posts in folders. A folder that is a site stands for its posts.
pub fn check(paths: &[PathBuf], checking: Checking<'_>, language: Language) -> Result<Checked, wire::Error> {
    let mut check = Check::new(checking, language);
    let told = |failure: Failure| failure.on_the_wire(language);
    for path in paths {
        for file in check.posts_of(path).map_err(told)? {
            check.file(&file).map_err(told)?;
        }
    }
    Ok(check.checked())
}

/// What the writer should know of the settings by which files are rendered: of the site that is named, else of those
/// that the files lie in.
pub fn check_settings(files: &[PathBuf], checking: Checking<'_>, language: Language) -> Vec<CheckedFinding> {
    let mut check = Check::new(checking, language);
    for file in files {
        check.site_of(file);
    }
    check.checked().findings
}

struct Check<'p> {
    checking: Checking<'p>,
    language: Language,
    hugo: InstalledHugo,
    /// By their folders without links.
    sites: BTreeMap<PathBuf, KnownSite>,
    posts: u32,
    findings: Vec<CheckedFinding>,
}

impl<'p> Check<'p> {
    fn new(checking: Checking<'p>, language: Language) -> Self {
        let hugo = InstalledHugo::new(checking.program_folders);
        Self { checking, language, hugo, sites: BTreeMap::new(), posts: 0, findings: Vec::new() }
    }

    /// The file that a path names, the posts of a site, or the Markdown files in a folder.
    fn posts_of(&mut self, path: &Path) -> Result<Vec<PathBuf>, Failure> {
        let is_site = path.is_dir() && sites::generator(path).is_some();
        let Some(profile) = is_site.then(|| sites::detect(path)).transpose()? else {
            let files = if path.is_dir() { importing::files_under(path)? } else { vec![path.to_owned()] };
            return Ok(files);
        };
        self.site(path);
        Ok(sites::index(path, &profile).into_iter().map(|post| path.join(post.path)).collect())
    }

    fn site_of(&mut self, file: &Path) -> Option<&KnownSite> {
        let root = self.checking.site.map(Path::to_owned).or_else(|| site_above(file))?;
        Some(self.site(&root))
    }

    fn site(&mut self, root: &Path) -> &KnownSite {
        let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        self.sites.entry(real).or_insert_with(|| KnownSite::read(root))
    }

    fn file(&mut self, file: &Path) -> Result<(), Failure> {
        let read = read_file(file)?;
        let language = self.language;
        let body_start = front_matter::split(&read.text).body_start;
        let text = PostText::new(&read.text);
        let site = self.site_of(file);
        let dialect = site.map_or_else(markdown::Dialect::default, |site| {
            site.settings.dialect.clone().for_file_name(&file.to_string_lossy())
        });
        let look = markdown::look_through(&read.text, body_start, &dialect);
        let mut spans: Vec<_> = look
            .findings
            .iter()
            .map(|finding| (finding.span.start, on_the_wire(finding, &text, language)))
            .collect();
        for (reference, span) in look.images.iter().filter(|(reference, _)| is_missing(site, file, reference))
        {
            spans.push((span.start, missing_image(reference, span, &text, language)));
        }
        spans.sort_by_key(|(at, _)| *at);
        self.posts += 1;
        self.findings.extend(front_matter_problem(file, &read.text, language));
        self.findings.extend(spans.into_iter().map(|(at, found)| {
            let (line, column) = place(&read.text, &text, at);
            in_file(file, Some(line), Some(column), found)
        }));
        Ok(())
    }

    /// The settings of the sites first.
    fn checked(self) -> Checked {
        let mut findings = Vec::new();
        for site in self.sites.values() {
            for found in site.findings(&self.hugo, self.language) {
                let place = found.place.clone();
                let file =
                    place.as_ref().map_or_else(|| site.root.clone(), |place| site.root.join(&place.path));
                let (line, column) = place.map_or((None, None), |place| (place.line, place.column));
                findings.push(in_file(&file, line, column, found));
            }
        }
        findings.extend(self.findings);
        Checked { posts: self.posts, findings }
    }
}

/// Whether an image is neither beside the post nor where its site keeps images.
fn is_missing(site: Option<&KnownSite>, file: &Path, reference: &str) -> bool {
    let in_site = || {
        let site = site?;
        let root = site.root.canonicalize().ok()?;
        let file = file.canonicalize().ok()?;
        let post = file.strip_prefix(&root).ok()?.to_str()?.replace('\\', "/");
        Some(images::leads_to_a_file(site.profile()?, &root, &post, reference))
    };
    let beside = || {
        let name = reference.split(['?', '#']).next().unwrap_or_default();
        file.parent().is_some_and(|folder| folder.join(name).is_file())
    };
    !in_site().unwrap_or_else(beside)
}

fn front_matter_problem(file: &Path, text: &str, language: Language) -> Option<CheckedFinding> {
    let problem = convert::details(text, language).problem?;
    Some(CheckedFinding {
        file: file.to_string_lossy().into_owned(),
        line: Some(problem.line),
        column: Some(problem.column),
        level: FindingLevel::Error,
        code: "front_matter".to_owned(),
        message: problem.message,
    })
}

fn in_file(file: &Path, line: Option<u32>, column: Option<u32>, found: wire::TextFinding) -> CheckedFinding {
    let wire::TextFinding { level, code, message, .. } = found;
    CheckedFinding { file: file.to_string_lossy().into_owned(), line, column, level, code, message }
}

/// Line and column of a byte, from 1; the column in UTF-16 units.
fn place(source: &str, text: &PostText, at: usize) -> (u32, u32) {
    let before = &source[..source.floor_char_boundary(at)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = text.position_of(before.len()) - text.position_of(line_start) + 1;
    (convert::small(before.matches('\n').count() + 1), column)
}
