//! How the web view draws on Linux: without a graphics processor, not as if there was one.
//!
//! WebKit would compile shaders for a processor that is only imitated. The first palette then appears after most of a
//! second, the first frame late, and tens of megabytes go to it; drawn plainly, all is there at once.

use std::path::Path;

use tauri::WebviewWindow;
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

/// Devices of graphics processors outside `/dev/dri`: NVIDIA's own driver, Windows Subsystem for Linux.
const OTHER_PROCESSORS: &[&str] = &["/dev/nvidiactl", "/dev/dxg"];

/// Lets the web view draw plainly where there is nothing to draw with.
pub(super) fn fit_the_machine(window: &WebviewWindow) -> tauri::Result<()> {
    if has_graphics_processor(Path::new("/dev/dri")) {
        return Ok(());
    }
    window.with_webview(|webview| {
        if let Some(settings) = WebViewExt::settings(&webview.inner()) {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// A processor that can draw has a render node; a card that only shows pictures has none.
fn has_graphics_processor(devices: &Path) -> bool {
    let is_render_node = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with("renderD");
    let listed = std::fs::read_dir(devices)
        .is_ok_and(|entries| entries.flatten().any(|entry| is_render_node(&entry.file_name())));
    listed || OTHER_PROCESSORS.iter().any(|device| Path::new(device).exists())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_render_node_is_a_graphics_processor_and_a_card_alone_is_none() {
        if OTHER_PROCESSORS.iter().any(|device| Path::new(device).exists()) {
            return;
        }
        let devices = tempfile::tempdir().unwrap();
        assert!(!has_graphics_processor(&devices.path().join("none")));
        std::fs::write(devices.path().join("card0"), "").unwrap();
        assert!(!has_graphics_processor(devices.path()));
        std::fs::write(devices.path().join("renderD128"), "").unwrap();
        assert!(has_graphics_processor(devices.path()));
    }
}
