//! What a site says of the addresses of its posts: its configuration, and for Astro its pages.

use std::path::Path;

use postwright_post::{
    addresses::{Addresses, AstroRoute, AstroRoutes},
    profile::{Generator, Profile},
};

use super::{base_path_of, roots};
use crate::{configuration::configuration, read::read_bytes, walk};

/// The largest page that is read.
const LARGEST: u64 = 256 * 1024;
/// How many files the pages may be.
const MOST_PAGES: usize = 5_000;

/// The addresses of a site; `profile` gets what Astro puts before them.
pub(super) fn of(root: &Path, profile: &mut Profile) -> Addresses {
    let tree = configuration(root, profile.generator).tree;
    if profile.generator != Generator::Astro {
        return Addresses::of(profile.generator, &tree);
    }
    let program = tree.as_str().unwrap_or_default();
    if let Some(base) = roots::value_of(program, "base") {
        profile.base_path = base_path_of(base);
    }
    // Files instead of folders have other addresses, and a host decides about the ending.
    let has_folders = roots::value_of(program, "format").is_none_or(|format| format == "directory");
    if has_folders { astro(root) } else { Addresses::Unknown }
}

fn astro(root: &Path) -> Addresses {
    let collections = roots::astro_collections(root);
    let pages = walk::files(root, "src/pages", MOST_PAGES);
    let shows_entries = |path: &&String| path.contains('[') && path.ends_with(".astro");
    let routes = pages.iter().filter(shows_entries).filter_map(|path| {
        let source = read_bytes(root, path, LARGEST).ok()?;
        AstroRoute::of(path, &String::from_utf8_lossy(&source), &collections)
    });
    Addresses::Astro(AstroRoutes { routes: routes.collect() })
}
