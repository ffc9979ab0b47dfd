//! The posts of a site as they were when somebody asked for them: their addresses, and the ids of their headings.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use jiff::Zoned;
use postwright_markdown::{self as markdown, Dialect};
use postwright_post::addresses::Addresses;
use postwright_post::appearing::{KnownAddress, Rules, SiteMap};
use postwright_post::front_matter;
use postwright_post::profile::Profile;
use postwright_sites as sites;

use crate::lock;
use crate::publishing::in_zone_of;

/// The posts and files of a site.
pub(crate) struct SeenPosts {
    root: PathBuf,
    pub(crate) map: SiteMap,
    /// All files in the folder of the content.
    pub(crate) files: Vec<String>,
    /// Read when a link first leads into a post.
    ids: Mutex<HashMap<String, Arc<HashSet<String>>>>,
}

impl SeenPosts {
    pub(crate) fn read(root: &Path, profile: &Profile, rules: Option<&Rules>, now: &Zoned) -> Self {
        let mut profile = profile.clone();
        if rules.is_some_and(Rules::uses_file_names) {
            profile.addresses = Addresses::Unknown;
        }
        let now = in_zone_of(&profile, now);
        let files = sites::files_of(root, &profile.content_folder);
        let posts =
            sites::read_heads(root, &profile, |path, head| KnownAddress::of(&profile, path, head, &now));
        let is_markdown =
            |file: &&String| file.ends_with(".md") || file.ends_with(".markdown") || file.ends_with(".mdx");
        let pages: Vec<String> = files.iter().filter(is_markdown).cloned().collect();
        let base_url = rules.and_then(|rules| rules.base_url.as_deref());
        let map = SiteMap::new(&profile, base_url, posts, &pages);
        Self { root: root.to_owned(), map, files, ids: Mutex::default() }
    }

    /// Whether a post has a heading, or HTML, with this id; also where it cannot be read.
    pub(crate) fn has_id(&self, post: &str, id: &str, dialect: &Dialect) -> bool {
        let known = lock(&self.ids).get(post).map(Arc::clone);
        let ids = known.unwrap_or_else(|| {
            let ids = Arc::new(self.ids_of(post, dialect).unwrap_or_default());
            lock(&self.ids).insert(post.to_owned(), Arc::clone(&ids));
            ids
        });
        ids.is_empty() || ids.contains(id) || id == "top" || id.starts_with("fn")
    }

    fn ids_of(&self, post: &str, dialect: &Dialect) -> Option<HashSet<String>> {
        let text = sites::read_file(&self.root, post).ok()?.text;
        let body_start = front_matter::split(&text).body_start;
        Some(markdown::look_through(&text, body_start, &dialect.clone().for_file_name(post)).ids)
    }
}
