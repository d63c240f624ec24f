//! What `bindgen!` makes of `wit/0.1.0`: the types that guests answer with, and the traits of
//! what they import.
//!
//! What guests are given has types of its own in [`lower`](super::lower), which borrow.

#![allow(missing_docs, unused_qualifications, clippy::all)]

wasmtime::component::bindgen!({
    path: "../../wit/0.1.0",
    world: "enricher",
    exports: { default: async },
    additional_derives: [PartialEq],
});

/// The world `importer`; what it has in common with enrichers is theirs.
pub mod importer {
    wasmtime::component::bindgen!({
        path: "../../wit/0.1.0",
        world: "importer",
        exports: { default: async },
        additional_derives: [PartialEq],
        with: {
            "rikaste:plugin/types": crate::bindings::rikaste::plugin::types,
            "rikaste:plugin/log": crate::bindings::rikaste::plugin::log,
        },
    });
}

/// The world `image-processor`; what it has in common with enrichers is theirs.
pub mod image {
    wasmtime::component::bindgen!({
        path: "../../wit/0.1.0",
        world: "image-processor",
        exports: { default: async },
        additional_derives: [PartialEq],
        with: {
            "rikaste:plugin/types": crate::bindings::rikaste::plugin::types,
            "rikaste:plugin/log": crate::bindings::rikaste::plugin::log,
        },
    });
}
