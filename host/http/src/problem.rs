//! Problems: what an answer that is none says (RFC 9457).

use axum::body::Body;
use axum::extract::rejection::JsonRejection;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rikaste_contract::ProblemDetails;
use rikaste_model::release::ReleaseNumber;
use rikaste_search::SearchError;
use rikaste_store::StoreError;

use super::headers::RELEASE_HEADER;

/// What kind of problem it is. Each has a status, a name that stays, and a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProblemKind {
    UnknownAddress,
    WrongMethod,
    UnknownChannel,
    UnknownProduct,
    UnknownRelease,
    UnknownReceipt,
    NotHeld,
    NotUndone,
    FileExists,
    UnknownPlugin,
    UnknownPhoto,
    NoSitemap,
    BadParameter,
    BadGtin,
    BadBody,
    TooLarge,
    WrongMediaType,
    ReleaseGone,
    TokenNeeded,
    NotAllowed,
    TooManyDevices,
    Busy,
    NotYet,
    Failed,
    Refused,
}

impl ProblemKind {
    fn status_and_texts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::UnknownAddress => {
                (StatusCode::NOT_FOUND, "unknown-address", "There is nothing at this address")
            }
            Self::WrongMethod => (
                StatusCode::METHOD_NOT_ALLOWED,
                "wrong-method",
                "This address does not take that method",
            ),
            Self::UnknownChannel => {
                (StatusCode::NOT_FOUND, "unknown-channel", "There is no such channel")
            }
            Self::UnknownProduct => {
                (StatusCode::NOT_FOUND, "unknown-product", "There is no such product")
            }
            Self::UnknownRelease => {
                (StatusCode::NOT_FOUND, "unknown-release", "There is no such release yet")
            }
            Self::UnknownReceipt => {
                (StatusCode::NOT_FOUND, "unknown-receipt", "There is no such receipt")
            }
            Self::NotHeld => {
                (StatusCode::CONFLICT, "not-held", "The file does not wait for an answer")
            }
            Self::NotUndone => (StatusCode::CONFLICT, "not-undone", "This is not undone"),
            Self::FileExists => {
                (StatusCode::CONFLICT, "file-exists", "Another file lies in the inbox")
            }
            Self::UnknownPlugin => {
                (StatusCode::NOT_FOUND, "unknown-plugin", "There is no such plugin")
            }
            Self::UnknownPhoto => {
                (StatusCode::NOT_FOUND, "unknown-photo", "There is no such photo")
            }
            Self::NoSitemap => {
                (StatusCode::NOT_FOUND, "no-sitemap", "The channel has no such sitemap")
            }
            Self::BadParameter => {
                (StatusCode::BAD_REQUEST, "bad-parameter", "A parameter cannot be read")
            }
            Self::BadGtin => (StatusCode::BAD_REQUEST, "bad-gtin", "This is not a GTIN"),
            Self::BadBody => (StatusCode::BAD_REQUEST, "bad-body", "The body cannot be read"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The body is too large"),
            Self::WrongMediaType => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong-media-type", "The body is not JSON")
            }
            Self::ReleaseGone => {
                (StatusCode::GONE, "release-gone", "This release is not kept any more")
            }
            Self::TokenNeeded => (StatusCode::UNAUTHORIZED, "token-needed", "A token is needed"),
            Self::NotAllowed => (StatusCode::FORBIDDEN, "not-allowed", "This is not allowed"),
            Self::TooManyDevices => (
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-devices",
                "The channel has too many devices",
            ),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy", "Too many are reading at once"),
            Self::NotYet => (StatusCode::SERVICE_UNAVAILABLE, "not-yet", "This is being made"),
            Self::Failed => (StatusCode::INTERNAL_SERVER_ERROR, "failed", "The program failed"),
            Self::Refused => (StatusCode::BAD_REQUEST, "refused", "The request cannot be read"),
        }
    }
}

/// An answer that says what is wrong and what to do.
#[derive(Debug)]
pub(super) struct ApiProblem(Box<ProblemParts>);

#[derive(Debug)]
struct ProblemParts {
    status: StatusCode,
    body: ProblemDetails,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl ApiProblem {
    /// A problem of this kind; `detail` says what happened and what to do.
    pub(super) fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        let (status, name, title) = kind.status_and_texts();
        let body = ProblemDetails {
            kind: format!("urn:rikaste:problem:{name}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            ..ProblemDetails::default()
        };
        let problem = Self(Box::new(ProblemParts { status, body, headers: Vec::new() }));
        match kind {
            // A reader that was let in a second later needs no longer pause than that.
            ProblemKind::Busy | ProblemKind::NotYet => problem.with_header(RETRY_AFTER, "1"),
            _ => problem,
        }
    }

    /// A parameter that cannot be read.
    pub(super) fn bad_parameter(name: &str, detail: impl std::fmt::Display) -> Self {
        Self::new(ProblemKind::BadParameter, format!("{name}: {detail}"))
            .with_members(|body| body.parameter = Some(name.to_owned()))
    }

    /// A release that is not kept any more; the snapshot at `link` is what to read instead.
    pub(super) fn release_gone(detail: String, link: &str) -> Self {
        Self::new(ProblemKind::ReleaseGone, detail)
            .with_members(|body| body.snapshot = Some(link.to_owned()))
    }

    /// The caller's token is missing, or wrong.
    pub(super) fn token_needed(detail: &str, wrong: bool) -> Self {
        let challenge = if wrong {
            "Bearer realm=\"rikaste\", error=\"invalid_token\""
        } else {
            "Bearer realm=\"rikaste\""
        };
        Self::new(ProblemKind::TokenNeeded, detail).with_header(WWW_AUTHENTICATE, challenge)
    }

    /// What a layer below refused with another status.
    pub(super) fn from_status(status: StatusCode, allow: Option<HeaderValue>) -> Self {
        let (kind, detail) = match status {
            StatusCode::NOT_FOUND => (
                ProblemKind::UnknownAddress,
                "There is nothing here; /openapi.json lists every address.",
            ),
            StatusCode::METHOD_NOT_ALLOWED => (
                ProblemKind::WrongMethod,
                "This address does not take that method; /openapi.json says which it takes.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => {
                (ProblemKind::TooLarge, "At most 4 KiB are read; send less.")
            }
            status if status.is_server_error() => (ProblemKind::Failed, FAILED_DETAIL),
            _ => (
                ProblemKind::Refused,
                "The address or a header is not valid; it has to be UTF-8, percent-encoded.",
            ),
        };
        let mut problem = Self::new(kind, detail);
        problem.0.status = status;
        problem.0.body.status = status.as_u16();
        problem.0.headers.extend(allow.map(|methods| (ALLOW, methods)));
        problem
    }

    /// Sets members for programs to read.
    pub(super) fn with_members(mut self, set: impl FnOnce(&mut ProblemDetails)) -> Self {
        set(&mut self.0.body);
        self
    }

    /// Says on which release the answer stands.
    pub(super) fn at_release(mut self, release: ReleaseNumber) -> Self {
        self.0.headers.push((RELEASE_HEADER, HeaderValue::from(release.0)));
        self
    }

    fn with_header(mut self, name: HeaderName, value: &'static str) -> Self {
        self.0.headers.push((name, HeaderValue::from_static(value)));
        self
    }
}

const FAILED_DETAIL: &str =
    "Nothing was changed. The program's log says what failed; ask again in a moment.";

/// What failed is for the log: it names files of the machine.
impl From<StoreError> for ApiProblem {
    fn from(error: StoreError) -> Self {
        tracing::error!("{error}");
        Self::new(ProblemKind::Failed, FAILED_DETAIL)
    }
}

impl From<SearchError> for ApiProblem {
    fn from(error: SearchError) -> Self {
        tracing::error!("{error}");
        Self::new(ProblemKind::Failed, FAILED_DETAIL)
    }
}

/// A thread that was to answer broke off.
impl From<tokio::task::JoinError> for ApiProblem {
    fn from(error: tokio::task::JoinError) -> Self {
        tracing::error!("a request broke off: {error}");
        Self::new(ProblemKind::Failed, FAILED_DETAIL)
    }
}

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let ProblemParts { status, body, headers } = *self.0;
        let body = serde_json::to_vec(&body).expect("a problem is texts, numbers and lists");
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let fields = response.headers_mut();
        fields.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        fields.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        fields.extend(headers);
        response
    }
}

/// The media type of problems.
pub(super) const MEDIA_TYPE: &str = "application/problem+json";

/// A body that is not the JSON that is asked for; `example` is one that is.
pub(super) fn reject_json(rejection: &JsonRejection, example: &str) -> ApiProblem {
    match rejection.status() {
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ApiProblem::new(
            ProblemKind::WrongMediaType,
            format!("Send Content-Type: application/json and write {example}."),
        ),
        StatusCode::PAYLOAD_TOO_LARGE => {
            ApiProblem::from_status(StatusCode::PAYLOAD_TOO_LARGE, None)
        }
        _ => ApiProblem::new(
            ProblemKind::BadBody,
            format!("{}; write {example}", rejection.body_text()),
        ),
    }
}
