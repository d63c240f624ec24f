//! What products show: renditions of photos, films, documents. Each is under a name that is of no
//! other bytes.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT, ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY,
    ETAG, IF_RANGE, RANGE, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use rikaste_model::picture::{Format, RenditionName};
use rikaste_model::product::Hash;

use super::app::App;
use super::etag::{etag, known_as};
use super::headers::{immutable, not_modified};
use super::problem::{Kind, Problem};
use super::streams::{Broken, Outlet, outlet};
use rikaste_media::studio::Shelf;
use rikaste_store::asset_folder::{self, attachment_type};

mod range;

use range::{Range, Ranged};

/// What is read of a file at a time.
const CHUNK: usize = 64 * 1024;

/// A file, and how it is told from others.
struct Found {
    path: PathBuf,
    media_type: &'static str,
    tag: HeaderValue,
    /// Whether another reader may be given another file at this address.
    varies: bool,
    /// What it has to begin like, where its name is the reader's word alone.
    kind: Option<asset_folder::Kind>,
}

/// A rendition, film or document. Its address decides the type, never its content, and no reader may guess.
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
    let found = app.find(&name, &headers).ok_or_else(unknown)?;
    let known = known_as(&headers, &found.tag);
    let wanted = headers.get(RANGE).filter(|_| is_for(headers.get(IF_RANGE), &found.tag)).cloned();
    outlet(app.readers.photo().await?, move |outlet| {
        let (mut file, size) = found.open().map_err(|_| unknown())?;
        if let Some(known) = known {
            return outlet.answer(found.complete(not_modified(known)));
        }
        let Range { first, length } = match wanted.map_or(Ranged::Whole, |r| range::of(&r, size)) {
            Ranged::Whole => {
                outlet.begin(found.media_type, |response| found.head(response, size))?;
                Range { first: 0, length: size }
            }
            Ranged::Part(part) => {
                outlet.begin(found.media_type, |mut response| {
                    *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                    response.headers_mut().insert(CONTENT_RANGE, part.of(size));
                    found.head(response, part.length)
                })?;
                part
            }
            Ranged::Beyond => {
                let mut response = Response::new(axum::body::Body::empty());
                *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
                response.headers_mut().insert(CONTENT_RANGE, range::none_of(size));
                return outlet.answer(response);
            }
        };
        file.seek(SeekFrom::Start(first)).map_err(|error| failed(&error))?;
        send(file.take(length), outlet)
    })
    .await
}

impl App {
    fn find(&self, name: &str, headers: &HeaderMap) -> Option<Found> {
        let (stem, extension) = match name.split_once('.') {
            Some((stem, extension)) => (stem, Some(extension)),
            None => (name, None),
        };
        if let Some(rendition) = RenditionName::parse(stem) {
            let format = match extension {
                Some(extension) => Format::of_extension(extension)?,
                None => chosen(&self.shelf, rendition, headers)?,
            };
            return Some(Found {
                path: self.shelf.path(rendition, format),
                media_type: format.media_type(),
                tag: etag(&format!("{rendition}-{}", format.extension())),
                varies: extension.is_none(),
                kind: None,
            });
        }
        // Photos as they were dropped say where they were taken, and worse. Nobody is given those,
        // and least of all under the name of a film.
        let media_type = attachment_type(name)?;
        let hash = Hash::from_hex(stem)?;
        let (path, tag) = (self.assets.path(&hash), etag(&hash.to_string()));
        let kind = Some(asset_folder::Kind::of_name(name));
        Some(Found { path, media_type, tag, varies: false, kind })
    }
}

/// The format for a reader: AVIF or WebP for one that says it takes it, what everybody takes for others.
fn chosen(shelf: &Shelf, name: RenditionName, headers: &HeaderMap) -> Option<Format> {
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|line| line.to_str().ok());
    let accepted: Vec<&str> = accepted.flat_map(|line| line.split(',')).map(str::trim).collect();
    let takes = |format: &Format| {
        accepted.iter().any(|entry| {
            let mut parts = entry.split(';').map(str::trim);
            let named = parts.next() == Some(format.media_type());
            named && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    };
    let is_there = |format: &Format| shelf.has(name, *format);
    let there = || Format::BY_PREFERENCE.iter().copied().filter(is_there);
    // A reader that names none and takes anything may be one that knows the old formats only.
    there()
        .find(takes)
        .or_else(|| there().find(|format| format.is_for_all()))
        .or_else(|| there().next())
}

/// Whether the part that is asked for is of the bytes that are here.
fn is_for(condition: Option<&HeaderValue>, tag: &HeaderValue) -> bool {
    condition.is_none_or(|condition| condition == tag)
}

impl Found {
    /// The file and its size.
    fn open(&self) -> io::Result<(File, u64)> {
        let mut file = File::open(&self.path)?;
        if let Some(kind) = self.kind
            && asset_folder::Kind::of(&asset_folder::head(&mut file)?) != kind
        {
            return Err(io::ErrorKind::NotFound.into());
        }
        let size = file.metadata()?.len();
        Ok((file, size))
    }

    fn head(&self, mut response: Response, length: u64) -> Response {
        let headers = response.headers_mut();
        headers.insert(ETAG, self.tag.clone());
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        self.complete(response)
    }

    fn complete(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, immutable(None));
        if self.varies {
            headers.append(VARY, HeaderValue::from_static("accept"));
        }
        // A PDF is shown by the browser's own viewer, which a sandbox would keep from it.
        let policy = match self.media_type {
            "application/pdf" => "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
            _ => "default-src 'none'; sandbox",
        };
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        response
    }
}

fn failed(error: &io::Error) -> Problem {
    Problem::new(Kind::Failed, format!("a photo could not be read: {error}"))
}

fn send(mut bytes: impl Read, outlet: &mut Outlet) -> Result<(), Broken> {
    loop {
        let mut chunk = Vec::with_capacity(CHUNK);
        match bytes.by_ref().take(CHUNK as u64).read_to_end(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(_) => outlet.bytes(chunk)?,
            Err(error) => return Err(failed(&error).into()),
        }
    }
}
