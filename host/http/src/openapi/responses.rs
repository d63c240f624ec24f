//! The responses that many addresses have, as the description has them. Each is described once,
//! among the components, and referred to.

use std::collections::BTreeMap;

use rikaste_contract::ProblemDetails;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::{ContentBuilder, Header, ObjectBuilder, Ref, RefOr, Type};
use utoipa::{IntoResponses, ToSchema};

/// A response by its name among the components, and what it means.
struct SharedResponse {
    name: &'static str,
    description: &'static str,
    /// Headers beside `Rikaste-Release`, which every response has.
    headers: &'static [&'static str],
}

const NOT_MODIFIED: SharedResponse = SharedResponse {
    name: "NotModified",
    description: "The reader has it already.",
    headers: &["ETag"],
};

const PROBLEMS: [SharedResponse; 15] = [
    problem("BadRequest", "The request cannot be read; `detail` says what to write."),
    SharedResponse {
        headers: &["WWW-Authenticate"],
        ..problem("TokenNeeded", "This is not public.")
    },
    problem("NotAllowed", "The token does not open this, or the request comes from another site."),
    problem("NotFound", "There is none; `detail` says what there is."),
    problem("NotHeld", "The file does not wait for an answer."),
    problem("NotUndone", "Nothing is undone; `detail` says why."),
    problem("FileExists", "Another file of this name lies in the inbox."),
    problem("FileTooLarge", "The file is larger than 256 MiB."),
    problem("Gone", "Not kept any more; `snapshot` says what to read instead."),
    problem("TooLarge", "The body is larger than 4 KiB."),
    problem("WrongMediaType", "The body is not JSON, or its `Content-Type` does not say so."),
    SharedResponse {
        headers: &["Content-Range"],
        ..problem("UnsatisfiableRange", "The range begins after the end of the file.")
    },
    problem("TooManyDevices", "The channel has as many devices as it may have."),
    problem("Failed", "The program failed; nothing was changed."),
    SharedResponse {
        headers: &["Retry-After"],
        ..problem("Busy", "Too many are reading, or it is being made.")
    },
];

const fn problem(name: &'static str, description: &'static str) -> SharedResponse {
    SharedResponse { name, description, headers: &[] }
}

/// Every shared response by its name.
pub(super) fn build_shared_responses() -> Vec<(&'static str, Response)> {
    let problems = PROBLEMS.iter().map(|shared| {
        let body = Ref::from_schema_name(ProblemDetails::name());
        let content = ContentBuilder::new().schema(Some(body)).build();
        let response = shared.start_response().content(crate::problem::MEDIA_TYPE, content);
        (shared.name, response.build())
    });
    let not_modified = (NOT_MODIFIED.name, NOT_MODIFIED.start_response().build());
    problems.chain([not_modified]).collect()
}

impl SharedResponse {
    fn start_response(&self) -> ResponseBuilder {
        let response = ResponseBuilder::new().description(self.description);
        self.headers.iter().fold(response, |response, name| {
            let kind = if *name == "Retry-After" { Type::Integer } else { Type::String };
            let schema = ObjectBuilder::new().schema_type(kind).build();
            response.header(*name, Header::new(schema))
        })
    }
}

fn refer(responses: &[(&str, &str)]) -> BTreeMap<String, RefOr<Response>> {
    let references = responses
        .iter()
        .map(|(status, name)| ((*status).to_owned(), RefOr::Ref(Ref::from_response_name(*name))));
    references.collect()
}

/// Types that stand for references in the description of an address.
macro_rules! shared_responses {
    ($($(#[$doc:meta])* $name:ident: [$($status:literal $response:literal),+];)+) => {$(
        $(#[$doc])*
        pub(crate) enum $name {}

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                refer(&[$(($status, $response)),+])
            }
        }
    )+};
}

shared_responses! {
    /// The reader has the answer already.
    NotModified: ["304" "NotModified"];
    /// The release is not kept any more.
    ReleaseGone: ["410" "Gone"];
    /// The body cannot be taken.
    UnusableBody: ["413" "TooLarge", "415" "WrongMediaType", "429" "TooManyDevices"];
    /// There is no such file.
    UnknownFile: ["404" "NotFound"];
    /// What goes wrong with a file that is read from the disk.
    AssetProblems: ["400" "BadRequest", "404" "NotFound", "416" "UnsatisfiableRange", "503" "Busy"];
    /// What goes wrong where only parameters are read.
    ParameterProblems: ["400" "BadRequest"];
    /// What goes wrong where only the channel is looked up.
    ChannelProblems: [
        "400" "BadRequest",
        "401" "TokenNeeded",
        "403" "NotAllowed",
        "404" "NotFound"
    ];
    /// What goes wrong wherever the store is read.
    ReadProblems: ["400" "BadRequest", "500" "Failed", "503" "Busy"];
    /// What goes wrong with an answer to a held file.
    ApprovalProblems: [
        "400" "BadRequest",
        "401" "TokenNeeded",
        "403" "NotAllowed",
        "404" "NotFound",
        "409" "NotHeld",
        "500" "Failed",
        "503" "Busy"
    ];
    /// What goes wrong where a product is changed.
    OfferProblems: [
        "400" "BadRequest",
        "401" "TokenNeeded",
        "403" "NotAllowed",
        "404" "NotFound",
        "413" "TooLarge",
        "415" "WrongMediaType",
        "500" "Failed",
        "503" "Busy"
    ];
    /// What goes wrong where a file is tried out.
    DryRunProblems: [
        "400" "BadRequest",
        "401" "TokenNeeded",
        "403" "NotAllowed",
        "413" "FileTooLarge",
        "500" "Failed",
        "503" "Busy"
    ];
    /// What goes wrong where a file is put into the inbox.
    DropProblems: [
        "400" "BadRequest",
        "401" "TokenNeeded",
        "403" "NotAllowed",
        "409" "FileExists",
        "413" "FileTooLarge",
        "500" "Failed",
        "503" "Busy"
    ];
    /// What goes wrong with a request to undo something.
    UndoProblems: [
        "400" "BadRequest",
        "401" "TokenNeeded",
        "403" "NotAllowed",
        "404" "NotFound",
        "409" "NotUndone",
        "500" "Failed",
        "503" "Busy"
    ];
    /// What goes wrong where a token is needed.
    AccessProblems: [
        "400" "BadRequest",
        "401" "TokenNeeded",
        "403" "NotAllowed",
        "500" "Failed",
        "503" "Busy"
    ];
    /// What goes wrong when a browser signs in.
    SignInProblems: [
        "400" "BadRequest",
        "401" "TokenNeeded",
        "403" "NotAllowed",
        "413" "TooLarge",
        "415" "WrongMediaType"
    ];
    /// What goes wrong when a browser signs out.
    SignOutProblems: ["400" "BadRequest", "403" "NotAllowed"];
    /// What goes wrong where the address names something.
    LookupProblems: [
        "400" "BadRequest",
        "401" "TokenNeeded",
        "403" "NotAllowed",
        "404" "NotFound",
        "500" "Failed",
        "503" "Busy"
    ];
}
