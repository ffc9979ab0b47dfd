//! Images on other machines: hidden until the writer allows them for a site, because showing one tells its machine who
//! reads the post, and when.

use postwright_wire::{self as wire, SiteId};

use crate::failure::Failure;
use crate::{Core, lock};

impl Core {
    /// Whether the posts of a site, or the drafts without one, show images on other machines.
    pub(crate) fn remote_images_are_shown(&self, site: Option<SiteId>) -> bool {
        matches!(self.library.setting(&setting(site)), Ok(Some(shown)) if shown == SHOWN)
    }

    pub(crate) fn show_remote_images(
        &self,
        show: &wire::ShowRemoteImages,
    ) -> Result<wire::OpenedPost, Failure> {
        let post = self.open(show.post)?;
        let site = lock(&post).site();
        self.library.set_setting(&setting(site), if show.show { SHOWN } else { HIDDEN })?;
        // Other open posts follow when they are shown again.
        self.open_from_library(show.post)
    }
}

const SHOWN: &str = "shown";
const HIDDEN: &str = "hidden";

fn setting(site: Option<SiteId>) -> String {
    match site {
        Some(site) => format!("remote_images.site.{site}"),
        None => "remote_images.drafts".to_owned(),
    }
}
