//! Undoing: what it comes to, and the request that it be done. The pipeline does it.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rikaste_contract::{UndoAnswer, UndoPreview};
use rikaste_model::release::ReleaseNumber;
use rikaste_model::shop_request::{ShopRequest, UndoTarget};

use super::catalogue_view::CatalogueView;
use super::headers::json_response;
use super::openapi::{LookupProblems, ReceiptPath, ReleasePath, SeenQuery, UndoProblems};
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind};
use super::receipts::find_receipt;
use super::state::{ApiState, AuthorizedCaller, ManagingCaller};

/// What going back to a release comes to.
#[utoipa::path(
    get,
    path = "/v1/releases/{release}/rollback",
    tag = "releases",
    operation_id = "previewRollback",
    summary = "What going back to a release comes to",
    description = "Nothing is changed. `along` names the later files that would go along.",
    params(ReleasePath),
    responses(
        (status = 200, description = "What it comes to, or why it cannot be done.", body = UndoPreview),
        LookupProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn preview_rollback(
    AuthorizedCaller(app): AuthorizedCaller,
    Path(release): Path<u64>,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    let target = UndoTarget::Release(ReleaseNumber(release));
    app.read_catalogue(move |catalogue| Ok(json_response(&preview_undo(catalogue, target)?))).await
}

/// Goes back to a release.
#[utoipa::path(
    post,
    path = "/v1/releases/{release}/rollback",
    tag = "releases",
    operation_id = "rollBack",
    summary = "Goes back to a release",
    description = "The release is brought back as a new one. Look first what it comes to.",
    params(ReleasePath, SeenQuery),
    responses(
        (status = 202, description = "The pipeline goes back.", body = UndoAnswer),
        UndoProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn roll_back(
    ManagingCaller(app): ManagingCaller,
    Path(release): Path<u64>,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    request_undo(app, parameters, move |_| Ok(UndoTarget::Release(ReleaseNumber(release)))).await
}

/// What taking a drop back comes to.
#[utoipa::path(
    get,
    path = "/v1/receipts/{id}/undo",
    tag = "receipts",
    operation_id = "previewUndo",
    summary = "What taking back what a file said comes to",
    description = "Nothing is changed. What later files said stays; where that cannot be told, `refusal` says why.",
    params(ReceiptPath),
    responses(
        (status = 200, description = "What it comes to, or why it cannot be done.", body = UndoPreview),
        LookupProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn preview_drop_undo(
    AuthorizedCaller(app): AuthorizedCaller,
    Path(id): Path<String>,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    app.read_catalogue(move |catalogue| {
        let target = UndoTarget::Drop(find_receipt(catalogue, &id)?.drop);
        Ok(json_response(&preview_undo(catalogue, target)?))
    })
    .await
}

/// Takes back what a file said.
#[utoipa::path(
    post,
    path = "/v1/receipts/{id}/undo",
    tag = "receipts",
    operation_id = "undoDrop",
    summary = "Takes back what a file said",
    description = "What still is as the file left it becomes what it was before. Look first what it comes to. The receipt gets `undone`.",
    params(ReceiptPath, SeenQuery),
    responses(
        (status = 202, description = "The pipeline takes it back.", body = UndoAnswer),
        UndoProblems,
    ),
    security(("token" = []))
)]
pub(super) async fn undo_drop(
    ManagingCaller(app): ManagingCaller,
    Path(id): Path<String>,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    let find = move |catalogue: &CatalogueView<'_>| find_receipt(catalogue, &id);
    request_undo(app, parameters, move |catalogue| Ok(UndoTarget::Drop(find(catalogue)?.drop)))
        .await
}

async fn request_undo(
    app: Arc<ApiState>,
    parameters: RawParameters,
    find_target: impl FnOnce(&CatalogueView<'_>) -> Result<UndoTarget, ApiProblem> + Send + 'static,
) -> Result<Response, ApiProblem> {
    let known = parameters.check_names(&["seen"])?;
    let Some(seen) = known.parse_optional_number("seen", 0..=u64::MAX)?.map(ReleaseNumber) else {
        let detail = "write the `release` of what you saw, such as seen=12";
        return Err(ApiProblem::bad_parameter("seen", detail));
    };
    app.read_catalogue(move |catalogue| {
        let target = find_target(catalogue)?;
        let current = catalogue.release_number();
        if seen != current {
            let detail = format!(
                "The shop stands on release {current} by now, not on {seen}; look again what it comes to."
            );
            return Err(ApiProblem::new(ProblemKind::NotUndone, detail));
        }
        if let Some(refusal) = preview_undo(catalogue, target)?.refusal {
            return Err(ApiProblem::new(ProblemKind::NotUndone, refusal.reason));
        }
        (catalogue.app.on_request)(&ShopRequest::Undo { target, seen }).map_err(|error| {
            let detail = format!("The request cannot be written: {error}.");
            ApiProblem::new(ProblemKind::Failed, detail)
        })?;
        let answer = json_response(&UndoAnswer { release: seen.0 });
        Ok((StatusCode::ACCEPTED, answer).into_response())
    })
    .await
}

fn preview_undo(
    catalogue: &CatalogueView<'_>,
    target: UndoTarget,
) -> Result<UndoPreview, ApiProblem> {
    let app = catalogue.app;
    (app.preview_undo)(catalogue.reader, &app.configuration, target).map_err(|error| {
        tracing::error!("what undoing comes to cannot be told: {error}");
        ApiProblem::new(ProblemKind::Failed, "The program's log says what failed.")
    })
}
