//! The scheme `postwright://`: images of posts for the preview, and nothing else.

use std::sync::Arc;

use percent_encoding::percent_decode_str;
use postwright_app::Image;
use postwright_wire::PostId;
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{AppHandle, Manager, UriSchemeResponder};

use super::Desk;

/// Answers a request away from the main thread: an image may be large, its disk slow.
pub(super) fn answer(handle: &AppHandle, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    let desk = Arc::clone(&handle.state::<Arc<Desk>>());
    tauri::async_runtime::spawn_blocking(move || {
        let image = asked_for(request.uri().path())
            .and_then(|(post, reference)| desk.app.image(post, &reference).ok())
            .filter(|_| request.method() == tauri::http::Method::GET);
        responder.respond(response(image));
    });
}

/// `/post/<id>/<percent-encoded reference>`.
fn asked_for(path: &str) -> Option<(PostId, String)> {
    let (post, reference) = path.strip_prefix("/post/")?.split_once('/')?;
    let reference = percent_decode_str(reference).decode_utf8().ok()?;
    if reference.is_empty() || reference.contains('\0') {
        return None;
    }
    Some((post.parse().ok()?, reference.into_owned()))
}

fn response(image: Option<Image>) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    let headers = response.headers_mut();
    headers.insert("X-Content-Type-Options", header::HeaderValue::from_static("nosniff"));
    // An image that is itself a document, as SVG is, must not be able to do what a document can.
    let lockup = header::HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox");
    headers.insert(header::CONTENT_SECURITY_POLICY, lockup);
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-cache"));
    let media_type = image.as_ref().filter(|image| image.media_type.starts_with("image/"));
    match media_type.and_then(|image| header::HeaderValue::from_str(&image.media_type).ok()) {
        Some(media_type) => {
            headers.insert(header::CONTENT_TYPE, media_type);
            *response.body_mut() = image.map(|image| image.bytes).unwrap_or_default();
        }
        None => *response.status_mut() = StatusCode::NOT_FOUND,
    }
    response
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_is_decoded_once() {
        assert_eq!(asked_for("/post/12/%EA%B7%B8%EB%A6%BC%201.png").unwrap(), (12, "그림 1.png".to_owned()));
        assert_eq!(asked_for("/post/1/images%2Fa.png").unwrap(), (1, "images/a.png".to_owned()));
        assert_eq!(asked_for("/post/1/a%2520b.png").unwrap().1, "a%20b.png");
    }

    #[test]
    fn other_paths_are_nothing() {
        for path in [
            "/",
            "/post/1",
            "/post/1/",
            "/post/x/a.png",
            "/post/-1/a.png",
            "/posts/1/a.png",
            "/post/1/%ff",
            "/post/1/a%00",
        ] {
            assert_eq!(asked_for(path), None, "{path}");
        }
    }

    #[test]
    fn an_image_is_served_as_what_it_is_and_locked_up() {
        let image = Image { bytes: vec![1, 2], media_type: "image/svg+xml".to_owned() };
        let response = response(Some(image));
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "image/svg+xml");
        assert_eq!(response.headers()["X-Content-Type-Options"], "nosniff");
        assert!(response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("sandbox"));
        assert_eq!(response.body(), &[1, 2]);
    }

    #[test]
    fn what_is_no_image_is_not_found() {
        let page = Image { bytes: vec![1], media_type: "text/html".to_owned() };
        for response in [response(None), response(Some(page))] {
            assert_eq!(response.status(), StatusCode::NOT_FOUND);
            assert!(response.body().is_empty());
        }
    }
}
