//! Files that are sent instead of dropped: trying one out, and putting it into the inbox.
//!
//! A trial runs on a copy of the catalogue, beside the pipeline, and one at a time: prices that are dropped meanwhile do
//! not wait for it.

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use rikaste_contract::{DropAnswer, DropPreview, FileReading, InboxFileState};
use rikaste_model::receipt::Receipt;
use rikaste_model::record::DropKind;
use rikaste_model::release::ReleaseNumber;
use rikaste_receipts::ReceiptLocale;
use rikaste_runtime::Configuration;
use rikaste_store::Store;
use tempfile::TempDir;

use super::access::require_same_origin;
use super::catalogue_view::CatalogueView;
use super::headers::json_response;
use super::openapi::{DropProblems, DropQuery, DryRunProblems, DryRunQuery};
use super::parameters::{CheckedParameters, RawParameters};
use super::problem::{ApiProblem, ProblemKind};
use super::receipts::build_document;
use super::release_diff::compare_releases;
use super::state::{ApiState, AuthorizedCaller, ManagingCaller, PreviewError};

mod upload;

#[cfg(test)]
pub(super) use upload::MAX_FILE_BYTES;
pub(super) use upload::UploadLimits;
use upload::receive_file;

/// Products that a trial shows with old and new values.
const MAX_CHANGES: usize = 20;
/// The kinds of files that are taken, as `kind` names them.
const KINDS: [DropKind; 5] =
    [DropKind::Products, DropKind::Prices, DropKind::Stock, DropKind::Reviews, DropKind::Edits];

/// A file that somebody sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadedFile {
    /// What it is about; never photos.
    pub kind: DropKind,
    /// What it is called, as it came.
    pub name: String,
    /// Where it lies for now.
    pub path: PathBuf,
}

/// What became of a file in a copy of the catalogue.
#[derive(Debug)]
pub struct TriedDrop {
    /// What the receipt would say.
    pub receipt: Receipt,
    /// How it is read; `None` where it cannot be opened.
    pub reading: Option<FileReading>,
    /// The file of this name that lies in the inbox.
    pub in_inbox: Option<InboxFileState>,
    /// The copy, which has the release that the receipt names.
    pub store: Store,
    /// The release before that one.
    pub before: Option<ReleaseNumber>,
    /// Where the copy lies.
    pub folder: TempDir,
}

/// Why a file that was sent is not taken.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// Files of such names are not read, or no file can have it.
    #[error("a file in the inbox cannot be called so; rename it")]
    Name,
    /// What is in an archive is not tried out.
    #[error(
        "an archive is not tried out; put it into the inbox, its receipt says what became of it"
    )]
    Archive,
    /// A file of this name lies in the inbox, with other bytes.
    #[error("another file of this name lies in the inbox; replace=true puts this one in its place")]
    Exists,
    /// The machine failed.
    #[error(transparent)]
    Machine(#[from] PreviewError),
}

/// Tries a file out, in a copy of the catalogue.
pub type DropTrier =
    dyn Fn(&Configuration, &UploadedFile) -> Result<TriedDrop, UploadError> + Send + Sync;

/// Puts a file into the inbox, whole. Tells whether it `replaces` another; one of the same name and other bytes is
/// replaced only where that is asked for.
pub type DropPlacer = dyn Fn(&UploadedFile, bool) -> Result<bool, UploadError> + Send + Sync;

/// Tries a file out.
#[utoipa::path(
    post,
    path = "/v1/dry-runs",
    tag = "receipts",
    operation_id = "tryDrop",
    summary = "What would become of a file",
    description = "The body is the file, of at most 256 MiB. It is imported into a copy of the catalogue, with plugins and all; the catalogue, the inbox and the receipts stay as they are. One file is tried out at a time: the next waits. Archives are refused.",
    params(DryRunQuery),
    request_body(content = String, content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "What would become of it.", body = DropPreview),
        DryRunProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn try_drop(
    AuthorizedCaller(app): AuthorizedCaller,
    headers: HeaderMap,
    parameters: RawParameters,
    body: Body,
) -> Result<Response, ApiProblem> {
    require_same_origin(&headers)?;
    let (kind, name) = parse_file(&parameters.check_names(&["kind", "name"])?)?;
    let file = receive_file(&app, body).await?;
    let turn = app.upload_limits.wait_for_trial().await;
    run_blocking(move || {
        let _turn = turn;
        let preview = preview_drop(&app, &file.describe(kind, name))?;
        Ok(json_response(&preview))
    })
    .await
}

/// Puts a file into the inbox.
#[utoipa::path(
    post,
    path = "/v1/drops",
    tag = "receipts",
    operation_id = "dropFile",
    summary = "Puts a file into the inbox",
    description = "The body is the file, of at most 256 MiB. It lies in the inbox afterwards as if it had been dropped there. Where a file of its name with other bytes lies there, the answer is 409, unless `replace` is given.",
    params(DropQuery),
    request_body(content = String, content_type = "application/octet-stream"),
    responses(
        (status = 202, description = "It lies in the inbox.", body = DropAnswer),
        DropProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn drop_file(
    ManagingCaller(app): ManagingCaller,
    parameters: RawParameters,
    body: Body,
) -> Result<Response, ApiProblem> {
    let known = parameters.check_names(&["kind", "name", "replace"])?;
    let (kind, name) = parse_file(&known)?;
    let replace = known.parse_flag("replace")?;
    let file = receive_file(&app, body).await?;
    run_blocking(move || {
        let file_name = format!("{}/{name}", kind.folder());
        let replaced = (app.place_drop)(&file.describe(kind, name), replace)?;
        let answer = json_response(&DropAnswer { file: file_name, replaced });
        Ok((StatusCode::ACCEPTED, answer).into_response())
    })
    .await
}

/// What the parameters say of the file.
fn parse_file(known: &CheckedParameters) -> Result<(DropKind, String), ApiProblem> {
    let kind = known.single_value("kind")?.and_then(DropKind::from_folder);
    let Some(kind) = kind.filter(|kind| KINDS.contains(kind)) else {
        let detail = format!("write one of {}", KINDS.map(DropKind::folder).join(", "));
        return Err(ApiProblem::bad_parameter("kind", detail));
    };
    let name = known.single_value("name")?;
    let name = name.ok_or_else(|| ApiProblem::bad_parameter("name", "write the file's name"))?;
    Ok((kind, name.to_owned()))
}

/// Works on a thread that may wait for the disk.
async fn run_blocking(
    work: impl FnOnce() -> Result<Response, ApiProblem> + Send + 'static,
) -> Result<Response, ApiProblem> {
    tokio::task::spawn_blocking(work).await?
}

fn preview_drop(app: &Arc<ApiState>, file: &UploadedFile) -> Result<DropPreview, ApiProblem> {
    let tried = (app.try_drop)(&app.configuration, file)?;
    let mut receipt =
        build_document(&tried.receipt, ReceiptLocale::from_shop(&app.configuration.shop));
    // Its number would be the one of another file by then.
    receipt.summary.id = None;
    let (mut changes, mut has_more_changes) = (Vec::new(), false);
    if let (Some(before), Some(release)) = (tried.before, tried.receipt.release) {
        let reader = tried.store.open_reader()?;
        let copy = CatalogueView::open_current(app, &reader)?;
        let diff = compare_releases(&copy, [before, release], None, MAX_CHANGES)?;
        has_more_changes = diff.next.is_some();
        changes = diff.products;
    }
    let TriedDrop { reading, in_inbox, .. } = tried;
    Ok(DropPreview { receipt, reading, in_inbox, changes, has_more_changes })
}

impl From<UploadError> for ApiProblem {
    fn from(error: UploadError) -> Self {
        match error {
            UploadError::Name => Self::bad_parameter("name", error),
            UploadError::Archive => Self::new(ProblemKind::BadBody, capitalize(&error)),
            UploadError::Exists => Self::new(ProblemKind::FileExists, capitalize(&error)),
            UploadError::Machine(error) => {
                tracing::error!("a file that was sent is not taken: {error}");
                Self::new(ProblemKind::Failed, "The program's log says what failed.")
            }
        }
    }
}

/// An error as a sentence.
fn capitalize(error: &UploadError) -> String {
    let text = error.to_string();
    let (first, rest) = text.split_at(1);
    format!("{}{rest}.", first.to_uppercase())
}
