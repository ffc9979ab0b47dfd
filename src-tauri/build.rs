//! Generates what Tauri needs at compile time.

fn main() {
    // Naming the one command makes Tauri refuse it to any window that `capabilities/` does not grant it to.
    let manifest = tauri_build::AppManifest::new().commands(&["call"]);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("tauri.conf.json, capabilities/ and icons/ fit each other");
}
