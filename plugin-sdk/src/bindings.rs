//! What `wit_bindgen` makes of `wit/0.1.0`. The rest of the crate gives its types their methods.

#![allow(missing_docs, unsafe_code, unused_qualifications, clippy::all)]

wit_bindgen::generate!({
    path: "../wit/0.1.0",
    world: "enricher",
    pub_export_macro: true,
    export_macro_name: "export_enricher",
    default_bindings_module: "rikaste_plugin::bindings",
    additional_derives: [PartialEq, Eq, Hash],
});
