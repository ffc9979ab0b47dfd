//! What is kept of a site while its posts are shown, until its configuration changes on disk.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use postwright_drafts::FileLink;
use postwright_markdown::Dialect;
use postwright_post::appearing::Rules;
use postwright_post::profile::{Corrections, Profile};
use postwright_sites::SiteChanged;
use postwright_wire::{Done, Event, Language, PreviewOutdated, SiteId, TextFinding};

use crate::code_colours::{self, SiteColours};
use crate::failure::Failure;
use crate::installed_hugo::InstalledHugo;
use crate::seen_posts::SeenPosts;
use crate::site_settings::SiteSettings;
use crate::{Core, lock, site_habits};

/// Where a site's configuration lies, beside the files at its root.
const CONFIGURATION_FOLDER: &str = "config";

/// A site as it was when its configuration was read.
pub(crate) struct KnownSite {
    pub(crate) root: PathBuf,
    pub(crate) settings: SiteSettings,
    /// What the writer says of it.
    corrections: Corrections,
    /// The main file of the configuration that the site had, if it has none by now.
    gone: Option<String>,
    /// Found out when first asked for: hundreds of posts are read for it.
    profile: OnceLock<Option<Profile>>,
    /// The same: style sheets are looked for, and Hugo may be asked.
    colours: OnceLock<SiteColours>,
    /// Its posts as they were when they were last asked for.
    seen: Mutex<Seen>,
}

/// The posts of a site, and how often they were forgotten: what was read before that is not kept.
#[derive(Default)]
struct Seen {
    posts: Option<Arc<SeenPosts>>,
    forgotten: u64,
}

impl KnownSite {
    pub(crate) fn read(root: &Path) -> Self {
        Self::read_as(root, Corrections::default())
    }

    /// The same, as the writer corrected what was found.
    pub(crate) fn read_as(root: &Path, corrections: Corrections) -> Self {
        let chosen = corrections.generator;
        Self {
            root: root.to_owned(),
            settings: chosen
                .map_or_else(|| SiteSettings::of_folder(root), |chosen| SiteSettings::of(chosen, root)),
            corrections,
            gone: None,
            profile: OnceLock::new(),
            colours: OnceLock::new(),
            seen: Mutex::default(),
        }
    }

    /// The rules by which its posts appear; none where nothing speaks for a generator.
    pub(crate) fn rules(&self) -> Option<Rules> {
        Some(Rules::of(self.settings.generator?, &self.settings.configuration.tree))
    }

    /// Its posts and files, which are read when they are first asked for.
    pub(crate) fn seen_posts(&self, now: &jiff::Zoned) -> Option<Arc<SeenPosts>> {
        let profile = self.profile()?;
        let asked = {
            let seen = lock(&self.seen);
            if let Some(posts) = &seen.posts {
                return Some(Arc::clone(posts));
            }
            seen.forgotten
        };
        // Not under the lock: who only says that something changed must not wait for thousands of posts.
        let read = Arc::new(SeenPosts::read(&self.root, profile, self.rules().as_ref(), now));
        let mut seen = lock(&self.seen);
        if seen.forgotten == asked {
            seen.posts = Some(Arc::clone(&read));
        }
        Some(read)
    }

    /// Has its posts and files read again when they are next asked for.
    pub(crate) fn forget_posts(&self) {
        let mut seen = lock(&self.seen);
        *seen = Seen { posts: None, forgotten: seen.forgotten + 1 };
    }

    /// Reads the site again, which may have lost what it had.
    fn read_again(before: &Self, root: &Path) -> Self {
        let now = Self::read_as(root, before.corrections.clone());
        if now.settings.main_file().is_some() {
            return now;
        }
        let had = before.settings.main_file().map(ToOwned::to_owned);
        Self { gone: had.or_else(|| before.gone.clone()), ..now }
    }

    /// What the folder is; none if it is no site by now.
    pub(crate) fn profile(&self) -> Option<&Profile> {
        let read = || site_habits::profile_with(&self.root, &self.corrections).ok();
        self.profile.get_or_init(read).as_ref()
    }

    /// What the site colours its code by.
    pub(crate) fn colours(&self, hugo: &InstalledHugo) -> &SiteColours {
        self.colours.get_or_init(|| code_colours::of_site(&self.root, &self.settings, hugo))
    }

    /// What the writer should know of its settings.
    pub(crate) fn findings(&self, hugo: &InstalledHugo, language: Language) -> Vec<TextFinding> {
        let mut findings = self.settings.findings(language);
        findings.extend(self.gone.as_deref().map(|path| self.settings.gone(path, language)));
        let unknown = self.colours(hugo).unknown_style.as_deref();
        let say = |style| self.settings.unknown_style(style, code_colours::HUGO_FALLBACK, language);
        findings.extend(unknown.map(say));
        findings
    }

    /// Whether a post is shown otherwise than by what was known before.
    fn shows_otherwise(&self, before: &Self, hugo: &InstalledHugo) -> bool {
        self.settings != before.settings
            || before.colours.get().is_some_and(|colours| colours != self.colours(hugo))
    }
}

impl Core {
    /// What is known of a site. It is read once, and again when its configuration changes.
    pub(crate) fn known_site(&self, site: SiteId) -> Result<Arc<KnownSite>, Failure> {
        // Read under the lock: an older reading must not come in behind a newer one.
        let mut sites = lock(&self.sites);
        if let Some(known) = sites.get(&site) {
            return Ok(Arc::clone(known));
        }
        let read =
            Arc::new(KnownSite::read_as(&self.root_of(site)?, site_habits::corrections_of(self, site)));
        sites.insert(site, Arc::clone(&read));
        Ok(read)
    }

    /// The dialect of a file in its site; CommonMark for a draft without one.
    pub(crate) fn dialect_of_file(&self, file: Option<&FileLink>) -> Dialect {
        let known = file.and_then(|file| Some((self.known_site(file.site).ok()?, file)));
        known.map_or_else(Dialect::default, |(known, file)| {
            known.settings.dialect.clone().for_file_name(&file.path)
        })
    }

    /// Reads a site's configuration again where it may have changed, and has its open posts shown by what it says now.
    pub(crate) fn follow_configuration(&self, site: SiteId, changed: &SiteChanged) {
        if !may_be_configuration(changed) {
            return;
        }
        self.read_site_again(site, |before| KnownSite::read_again(before, &changed.root));
    }

    /// Reads a site again after the writer has said something else of it.
    pub(crate) fn know_site_anew(&self, site: SiteId, root: &Path) {
        self.read_site_again(site, |_| KnownSite::read_as(root, site_habits::corrections_of(self, site)));
    }

    fn read_site_again(&self, site: SiteId, read: impl FnOnce(&KnownSite) -> KnownSite) {
        let (before, now) = {
            let mut sites = lock(&self.sites);
            let Some(before) = sites.get(&site).map(Arc::clone) else { return };
            let now = Arc::new(read(&before));
            sites.insert(site, Arc::clone(&now));
            (before, now)
        };
        if !now.shows_otherwise(&before, &self.hugo) {
            return;
        }
        self.tell(Event::SitesChanged(Done {}));
        let open: Vec<_> = lock(&self.open).values().cloned().collect();
        for post in open {
            let mut post = lock(&post);
            if post.site() == Some(site) {
                post.show_in(now.settings.dialect.clone());
                self.look_through_soon(post.id);
                self.tell(Event::PreviewOutdated(PreviewOutdated { post: post.id }));
            }
        }
    }
}

/// Style sheets count, too: a site may colour its code by one.
fn may_be_configuration(changed: &SiteChanged) -> bool {
    changed.paths.as_ref().is_none_or(|paths| {
        paths.iter().any(|path| {
            path.components().count() <= 1
                || path.starts_with(CONFIGURATION_FOLDER)
                || path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("css"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configuration_lies_at_the_root_or_in_its_folder() {
        let changed = |paths: Option<&[&str]>| SiteChanged {
            root: "/site".into(),
            paths: paths.map(|paths| paths.iter().map(Into::into).collect()),
        };
        assert!(may_be_configuration(&changed(None)));
        assert!(may_be_configuration(&changed(Some(&["content/a.md", "hugo.toml"]))));
        assert!(may_be_configuration(&changed(Some(&["config/_default/markup.toml"]))));
        assert!(may_be_configuration(&changed(Some(&["assets/css/chroma.css"]))));
        assert!(!may_be_configuration(&changed(Some(&["content/posts/a.md"]))));
    }
}
