//! What the tests in `tests/` share. Nothing depends on this crate.

use hyperinstance_client::{Client, ClientBuilder, Credentials};
use hyperinstance_codegen::{Document, Generated, Settings, generate};
use hyperinstance_mock::Mock;

/// The code of each accepted document under `documents/`; that it compiles is the first test of it.
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    dead_code,
    missing_docs,
    non_camel_case_types,
    private_interfaces,
    rustdoc::all,
    unreachable_pub,
    unused_comparisons,
    unused_imports,
    unused_macros,
    unused_mut
)]
pub mod documents {
    include!(concat!(env!("OUT_DIR"), "/documents.rs"));
}

/// The project of all tests.
pub const PROJECT: &str = "0123456789abcdef0123456789abcdef";

/// The document of this project.
///
/// # Panics
/// When it cannot be loaded.
#[must_use]
pub fn document() -> Document {
    Document::load(hyperinstance_spec::OPENAPI).expect("the document loads")
}

/// The code of the client, generated from the document.
///
/// # Panics
/// When it cannot be generated.
#[must_use]
pub fn generated() -> Generated {
    generate(&document(), &Settings::client()).expect("the document generates")
}

/// A client builder set up for a mock.
pub fn builder(mock: &Mock) -> ClientBuilder {
    Client::builder()
        .endpoint(mock.endpoint())
        .project_id(PROJECT)
        .credentials(Credentials::access_key(mock.access_key(), mock.secret_key()))
}

/// A client of a mock.
///
/// # Panics
/// When it cannot be built.
#[must_use]
pub fn client(mock: &Mock) -> Client {
    builder(mock).build().expect("the settings are correct")
}

/// Calls a macro with the name of every component of the document.
#[macro_export]
macro_rules! every_component {
    ($macro:ident) => {
        $macro!(
            ChargingMode,
            CloudServer,
            DevService,
            Endpoints,
            EndpointsRes,
            ErrorResponse,
            EvsType,
            Flavor,
            HyperinstanceStatus,
            ImageArch,
            ImageName,
            ImageStatus,
            Limit,
            ListHyperinstancesResponse,
            Name,
            Offset,
            OrderId,
            ProjectId,
            ServerCategory,
            ServerHpsInfo,
            ServerHyperinstanceResponse,
            ServerImageResponse,
            ServerResponse,
            ServerStatus,
            ServerType,
            ServerVolume,
            SortDir,
            SortKey,
            Timestamp,
            Uuid,
            VolumeSize,
            VolumeType,
        )
    };
}
