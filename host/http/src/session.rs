//! Sessions: signing a browser in with a token, so that the pages can show what is not public.
//!
//! The token lies in a cookie that no script can read and no other site's page sends along.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rikaste_contract::{SessionInfo, SignInRequest};
use std::sync::Arc;

use super::access::{Access, TOKEN_COOKIE, is_same_origin};
use super::headers::{json_response, vary_by_token};
use super::openapi::{ParameterProblems, SignInProblems, SignOutProblems};
use super::parameters::RawParameters;
use super::problem::{ApiProblem, ProblemKind, reject_json};
use super::state::{AnyCaller, ApiState};

/// How long a browser stays signed in, in seconds: a year. A token that is revoked ends it before.
const COOKIE_SECONDS: u32 = 365 * 24 * 60 * 60;

/// Who is signed in, and what they may do.
#[utoipa::path(
    get,
    path = "/v1/session",
    tag = "session",
    operation_id = "session",
    summary = "Who is signed in, and what they may do",
    responses(
        (status = 200, description = "Who; without a token the scopes are empty.", body = SessionInfo),
        ParameterProblems,
    ),
    security((), ("token" = []))
)]
pub(super) async fn get_session(
    caller: AnyCaller,
    parameters: RawParameters,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    Ok(vary_by_token(uncached(json_response(&describe_access(&caller.access)))))
}

fn describe_access(access: &Access) -> SessionInfo {
    match access {
        Access::Open => SessionInfo { open: true, name: None, scopes: vec!["manage".to_owned()] },
        Access::Token(token) => SessionInfo {
            open: false,
            name: Some(token.name.clone()),
            scopes: token.scopes.iter().map(ToString::to_string).collect(),
        },
        Access::Public(_) => SessionInfo { open: false, name: None, scopes: Vec::new() },
    }
}

/// Signs a browser in.
#[utoipa::path(
    post,
    path = "/v1/session",
    tag = "session",
    operation_id = "signIn",
    summary = "Signs a browser in",
    description = "Sets the cookie `rikaste_token`, which no script can read.",
    request_body = SignInRequest,
    responses(
        (status = 200, description = "Signed in.", body = SessionInfo, headers(("Set-Cookie"))),
        SignInProblems,
    ),
    security(())
)]
pub(super) async fn sign_in(
    State(app): State<Arc<ApiState>>,
    parameters: RawParameters,
    headers: HeaderMap,
    body: Result<Json<SignInRequest>, JsonRejection>,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    require_own_page(&headers)?;
    let Json(request) = body.map_err(|problem| reject_json(&problem, "{\"token\": \"…\"}"))?;
    let shown = request.token.trim();
    let Some(token) = app.tokens.find_shown_token(shown) else {
        return Err(ApiProblem::token_needed(
            "The shop does not know this token; it may be revoked or cut off. Ask who runs the shop for another.",
            true,
        ));
    };
    let cookie = format!("{TOKEN_COOKIE}={shown}; Max-Age={COOKIE_SECONDS}");
    with_cookie(&app, json_response(&describe_access(&Access::Token(token))), &cookie, &headers)
}

/// Signs a browser out.
#[utoipa::path(
    delete,
    path = "/v1/session",
    tag = "session",
    operation_id = "signOut",
    summary = "Signs a browser out",
    description = "Takes the cookie away. The token stays valid.",
    responses(
        (status = 204, description = "Signed out.", headers(("Set-Cookie"))),
        SignOutProblems,
    ),
    security(())
)]
pub(super) async fn sign_out(
    State(app): State<Arc<ApiState>>,
    parameters: RawParameters,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    parameters.check_names(&[])?;
    require_own_page(&headers)?;
    let cookie = format!("{TOKEN_COOKIE}=; Max-Age=0");
    with_cookie(&app, StatusCode::NO_CONTENT.into_response(), &cookie, &headers)
}

fn require_own_page(headers: &HeaderMap) -> Result<(), ApiProblem> {
    if is_same_origin(headers) {
        return Ok(());
    }
    let detail =
        "The request comes from a page of another site; sign in at the shop's own /sign-in.";
    Err(ApiProblem::new(ProblemKind::NotAllowed, detail))
}

fn with_cookie(
    app: &ApiState,
    response: Response,
    cookie: &str,
    headers: &HeaderMap,
) -> Result<Response, ApiProblem> {
    let is_https = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
    let secure = if is_https { "; Secure" } else { "" };
    let path = match app.configuration.shop.web.base_path() {
        "" => "/",
        base => base,
    };
    let value = format!("{cookie}; Path={path}; HttpOnly; SameSite=Strict{secure}");
    let value = HeaderValue::from_str(&value).map_err(|_| {
        ApiProblem::new(ProblemKind::BadBody, "token: it has a character that no token has")
    })?;
    let mut response = uncached(response);
    response.headers_mut().insert(SET_COOKIE, value);
    Ok(response)
}

fn uncached(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
