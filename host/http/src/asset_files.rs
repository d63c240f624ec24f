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
use rikaste_model::photo::{ImageFormat, RenditionName};
use rikaste_model::product::ContentHash;

use super::body_writer::{BodyWriter, StreamError, stream_body};
use super::etag::{match_etag, new_etag};
use super::headers::{immutable_cache_control, not_modified};
use super::openapi::{AssetFilePath, AssetProblems, NotModified};
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind};
use super::state::ApiState;
use rikaste_media::renditions::RenditionStore;
use rikaste_store::asset_folder::{self, attachment_media_type};

mod range;

use range::{ByteRange, RangeRequest};

/// What is read of a file at a time.
const CHUNK: usize = 64 * 1024;

/// A file, and its entity tag.
struct AssetFile {
    path: PathBuf,
    media_type: &'static str,
    tag: HeaderValue,
    /// Whether another reader may be given another file at this address.
    varies_by_accept: bool,
    /// What it has to begin like, where its name is the reader's word alone.
    kind: Option<asset_folder::AssetKind>,
}

/// A rendition, film or document. Its address decides the type, never its content, and no reader may guess.
#[utoipa::path(
    get,
    path = "/assets/{file}",
    tag = "photos",
    operation_id = "photo",
    summary = "A rendition, film or document",
    description = "A rendition of a photo: 32 hexadecimal digits, which follow from the photo and what was wanted of it, and `.jpg`, `.webp`, `.png` or `.avif`. Without an ending a reader that names `image/avif` or `image/webp` in `Accept` is given that, where the channel has it, others JPEG or PNG. A film or PDF: the hash of its bytes (BLAKE3, 64 hexadecimal digits) and its ending. Documents name all of them. What an address stands for never changes. One range may be asked for (RFC 9110).",
    params(AssetFilePath),
    responses(
        (status = 200, description = "The rendition, film or document.", body = serde_json::Value, content_type = "*/*", headers(("ETag"), ("Cache-Control"))),
        (status = 206, description = "The part that was asked for.", body = serde_json::Value, content_type = "*/*", headers(("Content-Range"), ("ETag"), ("Cache-Control"))),
        NotModified,
        AssetProblems,
    ),
    security(())
)]
pub(super) async fn get_asset(
    State(app): State<Arc<ApiState>>,
    Path(name): Path<String>,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    // A width that is asked for would be given by no picture of this name.
    parameters.check_names(&[])?;
    let unknown = || {
        ApiProblem::new(
            ProblemKind::UnknownPhoto,
            "There is no photo at this address; documents name the addresses of theirs.",
        )
    };
    let found = app.find_asset(&name, &headers).ok_or_else(unknown)?;
    let known = match_etag(&headers, &found.tag);
    let wanted =
        headers.get(RANGE).filter(|_| is_same_version(headers.get(IF_RANGE), &found.tag)).cloned();
    stream_body(app.reader_pool.acquire_photo_permit().await?, move |outlet| {
        let (mut file, size) = found.open_file().map_err(|_| unknown())?;
        if let Some(known) = known {
            return outlet.send_response(found.add_cache_headers(not_modified(known)));
        }
        let ByteRange { first, length } =
            match wanted.map_or(RangeRequest::Whole, |r| range::parse_range(&r, size)) {
                RangeRequest::Whole => {
                    outlet.begin_body(found.media_type, |response| {
                        found.add_content_headers(response, size)
                    })?;
                    ByteRange { first: 0, length: size }
                }
                RangeRequest::Part(part) => {
                    outlet.begin_body(found.media_type, |mut response| {
                        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                        response.headers_mut().insert(CONTENT_RANGE, part.content_range(size));
                        found.add_content_headers(response, part.length)
                    })?;
                    part
                }
                RangeRequest::Unsatisfiable => {
                    let mut response = Response::new(axum::body::Body::empty());
                    *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
                    response.headers_mut().insert(CONTENT_RANGE, range::unsatisfiable_range(size));
                    return outlet.send_response(response);
                }
            };
        file.seek(SeekFrom::Start(first)).map_err(|error| read_problem(&error))?;
        send_bytes(file.take(length), outlet)
    })
    .await
}

impl ApiState {
    fn find_asset(&self, name: &str, headers: &HeaderMap) -> Option<AssetFile> {
        let (stem, extension) = match name.split_once('.') {
            Some((stem, extension)) => (stem, Some(extension)),
            None => (name, None),
        };
        if let Some(rendition) = RenditionName::parse_hex(stem) {
            let format = match extension {
                Some(extension) => ImageFormat::from_extension(extension)?,
                None => choose_format(&self.renditions, rendition, headers)?,
            };
            return Some(AssetFile {
                path: self.renditions.rendition_path(rendition, format),
                media_type: format.media_type(),
                tag: new_etag(&format!("{rendition}-{}", format.extension())),
                varies_by_accept: extension.is_none(),
                kind: None,
            });
        }
        // Photos as they were dropped say where they were taken, and worse. Nobody is given those,
        // and least of all under the name of a film.
        let media_type = attachment_media_type(name)?;
        let hash = ContentHash::from_hex(stem)?;
        let (path, tag) = (self.assets.asset_path(&hash), new_etag(&hash.to_string()));
        let kind = Some(asset_folder::AssetKind::from_file_name(name));
        Some(AssetFile { path, media_type, tag, varies_by_accept: false, kind })
    }
}

/// The format for a reader: AVIF or WebP for one that says it takes it, what everybody takes for others.
fn choose_format(
    renditions: &RenditionStore,
    name: RenditionName,
    headers: &HeaderMap,
) -> Option<ImageFormat> {
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|line| line.to_str().ok());
    let accepted: Vec<&str> = accepted.flat_map(|line| line.split(',')).map(str::trim).collect();
    let takes = |format: &ImageFormat| {
        accepted.iter().any(|entry| {
            let mut parts = entry.split(';').map(str::trim);
            let named = parts.next() == Some(format.media_type());
            named && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    };
    let is_there = |format: &ImageFormat| renditions.has_rendition(name, *format);
    let there = || ImageFormat::BY_PREFERENCE.iter().copied().filter(is_there);
    // A reader that names none and takes anything may be one that knows the old formats only.
    there()
        .find(takes)
        .or_else(|| there().find(|format| format.is_universal()))
        .or_else(|| there().next())
}

/// Whether the part that is asked for is of the bytes that are here.
fn is_same_version(condition: Option<&HeaderValue>, tag: &HeaderValue) -> bool {
    condition.is_none_or(|condition| condition == tag)
}

impl AssetFile {
    /// The file and its size.
    fn open_file(&self) -> io::Result<(File, u64)> {
        let mut file = File::open(&self.path)?;
        if let Some(kind) = self.kind
            && asset_folder::AssetKind::from_signature(&asset_folder::read_signature(&mut file)?)
                != kind
        {
            return Err(io::ErrorKind::NotFound.into());
        }
        let size = file.metadata()?.len();
        Ok((file, size))
    }

    fn add_content_headers(&self, mut response: Response, length: u64) -> Response {
        let headers = response.headers_mut();
        headers.insert(ETAG, self.tag.clone());
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        self.add_cache_headers(response)
    }

    fn add_cache_headers(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, immutable_cache_control(None));
        if self.varies_by_accept {
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

fn read_problem(error: &io::Error) -> ApiProblem {
    ApiProblem::new(ProblemKind::Failed, format!("a photo could not be read: {error}"))
}

fn send_bytes(mut bytes: impl Read, outlet: &mut BodyWriter) -> Result<(), StreamError> {
    loop {
        let mut chunk = Vec::with_capacity(CHUNK);
        match bytes.by_ref().take(CHUNK as u64).read_to_end(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(_) => outlet.write_bytes(chunk)?,
            Err(error) => return Err(read_problem(&error).into()),
        }
    }
}
