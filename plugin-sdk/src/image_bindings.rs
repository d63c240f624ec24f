//! What `wit_bindgen` makes of the world `image-processor`. What it shares with enrichers is that of
//! [`bindings`](crate::bindings).

#![allow(missing_docs, unsafe_code, unused_qualifications, clippy::all)]

wit_bindgen::generate!({
    path: "../wit/0.1.0",
    world: "image-processor",
    pub_export_macro: true,
    export_macro_name: "export_image_processor",
    default_bindings_module: "rikaste_plugin::image_bindings",
    additional_derives: [PartialEq, Eq, Hash],
    with: {
        "rikaste:plugin/types@0.1.0": crate::bindings::rikaste::plugin::types,
        "rikaste:plugin/log@0.1.0": crate::bindings::rikaste::plugin::log,
    },
});
