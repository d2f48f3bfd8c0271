//! What a generation may be told. The settings of this project's own client exist once, in [`Settings::client`].

/// How code is generated.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Settings {
    /// Rust path of the module that will hold the generated files.
    pub module: String,
    /// Rust type that travels inside the generated `Client`, where hooks find it.
    pub inner_type: Option<String>,
    /// Responses that a hand-written type reads in place of the generated one.
    pub envelopes: Vec<Envelope>,
}

/// A success response that is read into a hand-written type. The generated type of its schema stays available.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// The operation whose 200 response it is.
    pub operation_id: String,
    /// Rust path of the type that reads it; must be `DeserializeOwned`.
    pub rust_type: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self { module: "crate::generated".to_owned(), inner_type: None, envelopes: Vec::new() }
    }
}

impl Settings {
    /// The settings of `hyperinstance-client`, which its build script and the committed copy share.
    #[must_use]
    pub fn client() -> Self {
        Self {
            inner_type: Some("crate::transport::Call".to_owned()),
            envelopes: vec![Envelope {
                operation_id: "ListHyperinstances".to_owned(),
                rust_type: "crate::listing::Envelope".to_owned(),
            }],
            ..Self::default()
        }
    }
}
