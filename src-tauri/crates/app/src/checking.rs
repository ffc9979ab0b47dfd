//! What the writer should know of files before they are published: the same as the window shows of an open post.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use postwright_drafts::Library;
use postwright_markdown as markdown;
use postwright_post::front_matter;
use postwright_post::profile::Corrections;
use postwright_sites as sites;
use postwright_wire::{
    self as wire, Checked, CheckedChange, CheckedFinding, CheckedMend, CheckedTotal, FindingLevel, Language,
};

use crate::appearing::{PostOfSite, front_matter_problem};
use crate::failure::Failure;
use crate::files::{read_file, site_above};
use crate::findings::{missing_image, on_the_wire};
use crate::installed_hugo::InstalledHugo;
use crate::known_site::KnownSite;
use crate::macro_faults::macro_findings;
use crate::missing_pages::{missing_page, missing_pages};
use crate::open_post::generator_of;
use crate::site_habits::{corrections_of_stored, profile_with};
use crate::text::PostText;
use crate::{convert, images, importing};

/// How files are checked.
#[derive(Debug, Clone, Copy)]
pub struct Checking<'p> {
    /// The site that they belong to; none: the one that each lies in, if it does.
    pub site: Option<&'p Path>,
    /// The folders in which programs of the writer's, such as Hugo, are looked for.
    pub program_folders: &'p [PathBuf],
    /// The time, in the zone of whoever asks.
    pub now: &'p jiff::Zoned,
}

/// Looks through files, and the posts in folders. A folder that is a site stands for its posts.
pub fn check(paths: &[PathBuf], checking: Checking<'_>, language: Language) -> Result<Checked, wire::Error> {
    check_corrected(paths, checking, &CorrectedSites::default(), language)
}

/// The same with what the writer said of sites.
pub fn check_corrected(
    paths: &[PathBuf],
    checking: Checking<'_>,
    corrected: &CorrectedSites,
    language: Language,
) -> Result<Checked, wire::Error> {
    let mut check = Check::new(checking, language);
    check.corrected = corrected.clone();
    let told = |failure: Failure| failure.on_the_wire(language);
    let mut files = Vec::new();
    for path in paths {
        files.extend(check.posts_of(path).map_err(told)?);
    }
    let files: Vec<(PathBuf, Option<PathBuf>)> =
        files.into_iter().map(|file| check.with_its_site(file)).collect();
    check.posts = convert::small(files.len());
    check.findings = check.files(&files).map_err(told)?;
    Ok(check.checked())
}

/// What the writer should know of the settings by which files are rendered: of the site that is named, else of those
/// that the files lie in.
pub fn check_settings(files: &[PathBuf], checking: Checking<'_>, language: Language) -> Vec<CheckedFinding> {
    let mut check = Check::new(checking, language);
    for file in files {
        check.with_its_site(file.clone());
    }
    check.checked().findings
}

/// What the writer said of the sites of a library, by their folders without links.
#[derive(Debug, Clone, Default)]
pub struct CorrectedSites(BTreeMap<PathBuf, Corrections>);

impl CorrectedSites {
    /// Those of the library at `path`, which is not made where there is none.
    pub fn of_library(path: &Path, now: &jiff::Zoned, language: Language) -> Result<Self, wire::Error> {
        if !path.is_file() {
            return Ok(Self::default());
        }
        let sites = || Library::open(path, now.timestamp().as_millisecond())?.sites();
        let sites = sites().map_err(|error| Failure::from(error).on_the_wire(language))?;
        let known = sites.into_iter().filter_map(|site| {
            let corrections = corrections_of_stored(&site.settings);
            (corrections != Corrections::default())
                .then(|| Some((Path::new(&site.root).canonicalize().ok()?, corrections)))?
        });
        Ok(Self(known.collect()))
    }

    fn at(&self, root: &Path) -> Option<&Corrections> {
        self.0.get(&root.canonicalize().ok()?)
    }
}

struct Check<'p> {
    checking: Checking<'p>,
    corrected: CorrectedSites,
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
        Self {
            checking,
            corrected: CorrectedSites::default(),
            language,
            hugo,
            sites: BTreeMap::new(),
            posts: 0,
            findings: Vec::new(),
        }
    }

    /// The file that a path names, the posts of a site, or the Markdown files in a folder.
    fn posts_of(&mut self, path: &Path) -> Result<Vec<PathBuf>, Failure> {
        let corrections = self.corrected.at(path).cloned();
        let is_site = path.is_dir() && (corrections.is_some() || sites::generator(path).is_some());
        let profile = || profile_with(path, &corrections.unwrap_or_default());
        let Some(profile) = is_site.then(profile).transpose()? else {
            let files = if path.is_dir() {
                importing::files_under(path, importing::is_post)?
            } else {
                vec![path.to_owned()]
            };
            return Ok(files);
        };
        self.site(path);
        let mut posts: Vec<String> = sites::index(path, &profile).into_iter().map(|post| post.path).collect();
        posts.extend(sites::passed_over(path, &profile));
        Ok(posts.into_iter().map(|post| path.join(post)).collect())
    }

    /// A file and the folder, without links, of the site that it lies in, which is known from then on.
    fn with_its_site(&mut self, file: PathBuf) -> (PathBuf, Option<PathBuf>) {
        let root = self.checking.site.map(Path::to_owned).or_else(|| site_above(&file));
        let known = root.map(|root| self.site(&root));
        (file, known)
    }

    fn site(&mut self, root: &Path) -> PathBuf {
        let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        self.sites.entry(real.clone()).or_insert_with(|| {
            KnownSite::read_as(root, self.corrected.at(root).cloned().unwrap_or_default())
        });
        real
    }

    /// What was found in files, in their order, by as many threads as the machine has.
    fn files(&self, files: &[(PathBuf, Option<PathBuf>)]) -> Result<Vec<CheckedFinding>, Failure> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(files.len().max(1));
        // Before the threads, which would each read all posts at first.
        for site in self.sites.values() {
            site.seen_posts(self.checking.now);
        }
        let next = AtomicUsize::new(0);
        let work = || {
            let mut found = Vec::new();
            // Posts differ in length, so each thread takes the next one that is left.
            while let Some((at, (file, site))) = take(&next, files) {
                let site = site.as_ref().and_then(|site| self.sites.get(site));
                found.push((at, self.file(file, site)));
            }
            found
        };
        let mut found: Vec<_> = thread::scope(|scope| {
            let working: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            working.into_iter().flat_map(|one| one.join().unwrap_or_default()).collect()
        });
        if found.len() < files.len() {
            return Err(Failure::Impossible("a check broke off".to_owned()));
        }
        found.sort_by_key(|(at, _)| *at);
        let all: Result<Vec<_>, Failure> = found.into_iter().map(|(_, found)| found).collect();
        Ok(all?.into_iter().flatten().collect())
    }

    fn file(&self, file: &Path, site: Option<&KnownSite>) -> Result<Vec<CheckedFinding>, Failure> {
        let read = read_file(file)?;
        let (source, language) = (read.text.as_str(), self.language);
        let text = PostText::new(source);
        let dialect = site.map_or_else(markdown::Dialect::default, |site| {
            site.settings.dialect.clone().for_file_name(&file.to_string_lossy())
        });
        let body_start = front_matter::body_start(source, generator_of(&dialect));
        let look = markdown::look_through(source, body_start, &dialect);
        let mut found: Vec<_> =
            look.findings.iter().map(|finding| on_the_wire(finding, &text, language)).collect();
        let path = site.and_then(|site| path_in(site, file));
        for (reference, span) in &look.images {
            if is_missing(site, path.as_deref(), file, reference) {
                found.push(missing_image(reference, span, &text, language));
            }
        }
        if let Some(site) = site {
            found.extend(macro_findings(site, source, body_start, &dialect, &text, language));
        }
        match site.zip(path.as_deref()) {
            Some((site, path)) => {
                let now = self.checking.now;
                let post = PostOfSite { site, path, text: &text, source, dialect: &dialect, now, language };
                found.extend(post.findings(&look));
            }
            None => found.extend(front_matter_problem(source, &text, None, language)),
        }
        if let Some(site) = site {
            for (reference, span) in missing_pages(site, path.as_deref(), look.pages, self.checking.now) {
                found.push(missing_page(&reference, &span, &text, language));
            }
        }
        found.sort_by_key(|finding| finding.from);
        let lines = Lines::of(source, &text);
        Ok(found.into_iter().map(|found| lines.in_file(file, found)).collect())
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
                findings.push(CheckedFinding { line, column, ..unplaced(&file, found) });
            }
        }
        findings.extend(self.findings);
        let totals = totals(&findings);
        let corrected = self.sites.keys().filter(|root| self.corrected.0.contains_key(*root));
        let corrected = corrected.map(|root| root.to_string_lossy().into_owned()).collect();
        Checked { corrected, posts: self.posts, totals, findings }
    }
}

/// The place and the file that is to be taken next.
fn take<'f, File>(next: &AtomicUsize, files: &'f [File]) -> Option<(usize, &'f File)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    Some((at, files.get(at)?))
}

/// How many there are of each kind: the gravest first, then the commonest.
fn totals(findings: &[CheckedFinding]) -> Vec<CheckedTotal> {
    let mut counts: BTreeMap<(FindingLevel, &str), u32> = BTreeMap::new();
    for finding in findings {
        *counts.entry((finding.level, &finding.code)).or_default() += 1;
    }
    let mut totals: Vec<CheckedTotal> = counts
        .into_iter()
        .map(|((level, code), count)| CheckedTotal { level, code: code.to_owned(), count })
        .collect();
    totals.sort_by_key(|total| std::cmp::Reverse((total.level, total.count)));
    totals
}

/// The path of a file in a site, with `/`.
fn path_in(site: &KnownSite, file: &Path) -> Option<String> {
    let root = site.root.canonicalize().ok()?;
    let file = file.canonicalize().ok()?;
    Some(file.strip_prefix(&root).ok()?.to_str()?.replace('\\', "/"))
}

/// Whether an image is neither beside the post nor where its site keeps images.
fn is_missing(site: Option<&KnownSite>, post: Option<&str>, file: &Path, reference: &str) -> bool {
    let in_site = || {
        let site = site?;
        Some(images::leads_to_a_file(site.profile()?, &site.root, post?, reference))
    };
    let beside = || {
        let name = reference.split(['?', '#']).next().unwrap_or_default();
        file.parent().is_some_and(|folder| folder.join(name).is_file())
    };
    !in_site().unwrap_or_else(beside)
}

/// A finding of a file, wherever in it.
fn unplaced(file: &Path, found: wire::TextFinding) -> CheckedFinding {
    let wire::TextFinding { level, code, message, .. } = found;
    CheckedFinding {
        file: file.to_string_lossy().into_owned(),
        line: None,
        column: None,
        end_line: None,
        end_column: None,
        level,
        code,
        message,
        mend: None,
    }
}

/// Where the lines of a text begin, in UTF-16 units.
struct Lines(Vec<u32>);

impl Lines {
    /// `source` is the text once more, as a whole.
    fn of(source: &str, text: &PostText) -> Self {
        let behind = source.match_indices('\n').map(|(newline, _)| text.position_of(newline + 1));
        Self(std::iter::once(0).chain(behind).collect())
    }

    /// Line and column of a position, from 1; the column in UTF-16 units.
    fn place(&self, position: u32) -> (u32, u32) {
        let line = self.0.partition_point(|&start| start <= position);
        let start = line.checked_sub(1).and_then(|line| self.0.get(line)).copied().unwrap_or_default();
        (convert::small(line), position - start + 1)
    }

    /// A finding with its places by line and column.
    fn in_file(&self, file: &Path, mut found: wire::TextFinding) -> CheckedFinding {
        let ((line, column), (end_line, end_column)) = (self.place(found.from), self.place(found.to));
        let mend = found.mend.take().map(|mend| CheckedMend {
            label: mend.label,
            changes: mend.changes.into_iter().map(|change| self.change(change)).collect(),
        });
        CheckedFinding {
            line: Some(line),
            column: Some(column),
            end_line: Some(end_line),
            end_column: Some(end_column),
            mend,
            ..unplaced(file, found)
        }
    }

    fn change(&self, change: wire::Change) -> CheckedChange {
        let ((line, column), (end_line, end_column)) = (self.place(change.from), self.place(change.to));
        CheckedChange { line, column, end_line, end_column, insert: change.insert }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_in_utf16_units_from_one() {
        let source = "a👍b\n\n글";
        let lines = Lines::of(source, &PostText::new(source));
        let places = [0, 1, 3, 4, 5, 6, 7].map(|position| lines.place(position));
        assert_eq!(places, [(1, 1), (1, 2), (1, 4), (1, 5), (2, 1), (3, 1), (3, 2)]);
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test sets its stage")]
    fn a_finding_has_its_end_and_the_changes_that_mend_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        std::fs::write(&file, "---\r\ntitle: A\r\n---\r\n👍 **강조(설명)**는 글\r\n").unwrap();
        let now = jiff::Zoned::now();
        let checking = Checking { site: None, program_folders: &[], now: &now };
        let checked = check(&[file], checking, Language::En).unwrap();
        let [found] = checked.findings.as_slice() else { panic!("{checked:?}") };
        let end = (found.end_line, found.end_column);
        assert_eq!((found.line, found.column, end), (Some(4), Some(4), (Some(4), Some(14))));
        let mend = found.mend.as_ref().unwrap();
        let insert = "&#8288;".to_owned();
        let change = CheckedChange { line: 4, column: 14, end_line: 4, end_column: 14, insert };
        assert_eq!(mend.changes, [change]);
    }
}
