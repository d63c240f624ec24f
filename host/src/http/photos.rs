//! Photos, each under the hash of its bytes.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, ETAG,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use rikaste_catalog::product::Hash;

use super::app::App;
use super::etag::{etag, known_as};
use super::headers::{immutable, not_modified};
use super::problem::{Kind, Problem};
use super::streams::{Broken, Outlet, outlet};

/// What is read of a photo at a time.
const CHUNK: usize = 64 * 1024;

/// A photo. What it says it is decides the type, never its content, and no reader may guess.
pub(super) async fn photo(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let unknown = || {
        Problem::new(
            Kind::UnknownPhoto,
            "There is no photo at this address; documents name the addresses of theirs.",
        )
    };
    let (hash, extension) = name.split_once('.').unwrap_or((&name, ""));
    let hash = Hash::from_hex(hash).ok_or_else(unknown)?;
    let media_type = media_type(extension);
    let tag = etag(&hash.to_string());
    let known = known_as(&headers, &tag);
    let path = app.assets.path(&hash);
    outlet(app.readers.photo().await?, move |outlet| {
        let (mut file, size) = opened(&path).map_err(|_| unknown())?;
        if let Some(known) = known {
            return outlet.answer(complete(not_modified(known)));
        }
        outlet.begin(media_type.unwrap_or("application/octet-stream"), |mut response| {
            let headers = response.headers_mut();
            headers.insert(ETAG, tag);
            headers.insert(CONTENT_LENGTH, HeaderValue::from(size));
            if media_type.is_none() {
                headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
            }
            complete(response)
        })?;
        send(&mut file, outlet)
    })
    .await
}

/// The types that browsers show and that can hold no script.
fn media_type(extension: &str) -> Option<&'static str> {
    match extension {
        "jpg" | "jpeg" => Some("image/jpeg"),
        "png" => Some("image/png"),
        "webp" => Some("image/webp"),
        "gif" => Some("image/gif"),
        _ => None,
    }
}

fn complete(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, immutable(None));
    headers
        .insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    response
}

fn opened(path: &std::path::Path) -> io::Result<(File, u64)> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    Ok((file, size))
}

fn send(file: &mut File, outlet: &mut Outlet) -> Result<(), Broken> {
    loop {
        let mut chunk = Vec::with_capacity(CHUNK);
        let read = file.take(CHUNK as u64).read_to_end(&mut chunk);
        match read {
            Ok(0) => return Ok(()),
            Ok(_) => outlet.bytes(chunk)?,
            Err(error) => {
                return Err(Problem::new(
                    Kind::Failed,
                    format!("a photo could not be read: {error}"),
                )
                .into());
            }
        }
    }
}
