//! The generated code: fresh from the document with feature `generate`, else the committed copy, which a test holds
//! byte-identical. Private; `lib.rs` decides what of it is public.

// Generated code answers to the document, not to this workspace's taste.
#![allow(
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    // What one document does not need of the parts that all share, another one does.
    dead_code,
    missing_docs,
    private_interfaces,
    unreachable_pub,
    unused_imports,
    unused_macros,
    unused_mut
)]

macro_rules! generated {
    ($file:literal) => {
        #[cfg(feature = "generate")]
        include!(concat!(env!("OUT_DIR"), "/", $file));
        #[cfg(not(feature = "generate"))]
        include!(concat!("pregenerated/", $file));
    };
}

/// What the types share.
pub mod support {
    generated!("support.rs");
}

/// Plain JSON, at speed.
mod reader {
    generated!("reader.rs");
}

/// Reading of objects.
mod object {
    generated!("object.rs");
}

/// Reading of lists.
mod list {
    generated!("list.rs");
}

/// What constrained scalars have in common.
pub mod scalar {
    generated!("scalar.rs");
}

/// UUIDs in sixteen bytes.
mod uuid {
    generated!("uuid.rs");
}

/// Matching of patterns.
mod matcher {
    generated!("matcher.rs");
}

/// Constrained scalars.
pub mod scalars {
    generated!("scalars.rs");
}

/// The schemas of the document.
pub mod types {
    generated!("types.rs");
}

/// Endpoints by region.
#[cfg(feature = "http")]
pub mod servers {
    generated!("servers.rs");
}

/// The client as progenitor generates it, under the one of this crate.
#[cfg(feature = "http")]
#[allow(rustdoc::all)]
pub mod operations {
    use super::types;
    generated!("operations.rs");
}
