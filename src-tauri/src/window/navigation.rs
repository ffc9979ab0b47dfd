//! Where the web view may go: nowhere but to the app's own page.

use tauri::Url;

/// Whether a page or a frame may load this address.
///
/// `about:srcdoc` and `about:blank` are how the preview's frame begins; they hold nothing of their own.
pub(super) fn is_allowed(url: &Url) -> bool {
    match url.scheme() {
        "about" => matches!(url.path(), "srcdoc" | "blank"),
        "tauri" => url.host_str() == Some("localhost") && is_page(url),
        "http" | "https" if cfg!(windows) => url.host_str() == Some("tauri.localhost") && is_page(url),
        _ => false,
    }
}

fn is_page(url: &Url) -> bool {
    matches!(url.path(), "" | "/" | "/index.html")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn allowed(url: &str) -> bool {
        is_allowed(&Url::parse(url).unwrap())
    }

    #[test]
    #[cfg(not(windows))]
    fn the_page_and_an_empty_frame_are_allowed() {
        for url in [
            "tauri://localhost",
            "tauri://localhost/index.html",
            "about:srcdoc",
            "about:srcdoc#part",
            "about:blank",
        ] {
            assert!(allowed(url), "{url}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for url in [
            "https://example.org/",
            "http://tauri.localhost.example.org/",
            "file:///etc/passwd",
            "data:text/html,<script>1</script>",
            "javascript:alert(1)",
            "blob:tauri://localhost/1",
            "tauri://elsewhere/",
            "tauri://localhost/assets/other.html",
            "postwright://localhost/post/1/a.svg",
            "about:config",
        ] {
            assert!(!allowed(url), "{url}");
        }
    }
}
