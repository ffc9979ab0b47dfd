//! What a site has to offer to what is being written: posts to link to, images, macros.

use postwright_sites as sites;
use postwright_wire::{self as wire};

use crate::failure::Failure;
use crate::known_site::KnownSite;
use crate::{Core, lock};

/// What web views show as an image.
const IMAGES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp"];

impl Core {
    /// What can be named in a post of a site.
    pub(crate) fn offers(&self, ask: &wire::AskOffers) -> Result<wire::Offers, Failure> {
        let post = self.open(ask.post)?;
        let link = lock(&post).link().map(|link| (link.site, link.path.clone()));
        let site = link.as_ref().map(|(site, _)| *site).or(ask.site);
        let Some(site) = site else { return Ok(wire::Offers::default()) };
        let known = self.known_site(site)?;
        let path = link.map(|(_, path)| path);
        Ok(wire::Offers {
            posts: posts(&known, path.as_deref(), &self.now()),
            images: images(&known, path.as_deref()),
            macros: macros(&known),
        })
    }
}

/// The posts that the site shows, but for the one that is written.
fn posts(site: &KnownSite, own: Option<&str>, now: &jiff::Zoned) -> Vec<wire::OfferedPost> {
    let Some(seen) = site.seen_posts(now) else { return Vec::new() };
    let shown = seen.map.posts().iter().filter(|post| !post.is_kept_back && Some(post.path.as_str()) != own);
    shown
        .filter_map(|post| Some(wire::OfferedPost { path: post.path.clone(), address: post.url.clone()? }))
        .collect()
}

/// Those beside the post by their names, those that the site copies by their addresses.
fn images(site: &KnownSite, own: Option<&str>) -> Vec<String> {
    let Some(profile) = site.profile() else { return Vec::new() };
    let beside = own.and_then(|path| path.rsplit_once('/')).map_or("", |(folder, name)| {
        // Only a bundle's folder is its post's own.
        if name.starts_with("index.") { folder } else { "" }
    });
    let places = &profile.image_places;
    let copied = if places.static_folder.is_empty() { &places.images_folder } else { &places.static_folder };
    let cut = if places.static_folder.is_empty() { "" } else { places.static_folder.as_str() };
    let names = |folder: &str, cut: &str, lead: &str| -> Vec<String> {
        let files = sites::files_of(&site.root, folder).into_iter().filter(|file| is_image(file));
        files
            .map(|file| format!("{lead}{}", file.strip_prefix(cut).unwrap_or(&file).trim_start_matches('/')))
            .collect()
    };
    let mut found = if beside.is_empty() { Vec::new() } else { names(beside, beside, "") };
    if !copied.is_empty() {
        found.extend(names(copied, cut, &format!("{}/", profile.base_path)));
    }
    found
}

fn is_image(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, extension)| IMAGES.contains(&extension.to_ascii_lowercase().as_str()))
}

fn macros(site: &KnownSite) -> Vec<wire::OfferedMacro> {
    let Some(generator) = site.settings.generator else { return Vec::new() };
    let found = sites::macros_of_site(&site.root, generator, &site.settings.configuration);
    found.names.into_iter().map(|(name, has_content)| wire::OfferedMacro { name, has_content }).collect()
}
