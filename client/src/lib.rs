//! Client of the Huawei Cloud `ModelArts` supernode listing: signed, paged, typed, nothing lost.
//!
//! ```no_run
//! use hyperinstance_client::Client;
//!
//! # async fn example() -> Result<(), hyperinstance_client::Error> {
//! let client = Client::builder().region("cn-north-4").build()?;
//! let mut fleet = client.list_hyperinstances().items();
//! while let Some(supernode) = fleet.try_next().await? {
//!     println!("{} with {} servers", supernode.name.as_deref().unwrap_or("?"), supernode.servers().len());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What it promises
//!
//! - **Every instance once.** Pages advance by what was received; a listing that cannot be shown to be complete ends
//!   in an error of class [`Incomplete`](ErrorClass::Incomplete) that says where to resume.
//! - **Nothing is lost.** Each [`Hyperinstance`] keeps the JSON it came from, unknown fields included.
//! - **One bad item hides no other.** What cannot be decoded is yielded as an error with index, pointer and raw JSON.
//! - **Strict types, tolerant client.** No type can be built from a value that the document does not allow. A response
//!   with such a value still lists: the value is kept as sent and reported as [`Drift`], or refused under
//!   [`Conformance::Strict`].
//! - **Requests are checked here.** A page size of 0 or a project id `../x` fails before a byte is sent.
//! - **Every error has context**: [`class`](Error::class), [`status`](Error::status), vendor [`code`](Error::code),
//!   [`request_id`](Error::request_id), and a [`hint`](Error::hint) what to do.
//! - **Secrets do not print**, neither in errors nor through `Debug`.
//!
//! # Features
//!
//! | feature | default | effect |
//! |---|---|---|
//! | `http` | on | the client; without it only [`types`] |
//! | `schemars` | off | `schemars::JsonSchema` for every type |
//! | `generate` | on | generates the code from the document at build time; without it the committed, identical copy is compiled, which builds faster |

mod accessors;
#[cfg(feature = "http")]
mod client;
#[cfg(feature = "http")]
mod credentials;
#[cfg(feature = "http")]
mod endpoint;
#[cfg(feature = "http")]
mod error;
mod generated;
#[cfg(feature = "http")]
mod listing;
#[cfg(feature = "http")]
pub mod regions;
#[cfg(feature = "http")]
pub mod signing;
#[cfg(feature = "http")]
mod transport;

#[cfg(feature = "http")]
pub use client::{Client, ClientBuilder};
#[cfg(feature = "http")]
pub use credentials::Credentials;
#[cfg(feature = "http")]
pub use error::{Error, ErrorClass, ItemError};
pub use generated::support::{Drift, ReadError, read, read_plain};
#[cfg(feature = "http")]
pub use listing::{Conformance, Hyperinstance, ListHyperinstances, Listing, Page};

/// The types of the document, generated from it.
///
/// They are strict: none can be built from a value outside its pattern, range or enumeration, neither by a
/// constructor nor by `serde`. Where the client reads a response, and there alone, such a value is kept and reported.
///
/// ```
/// use hyperinstance_client::types::{Limit, Name};
///
/// assert!("devserver-hps".parse::<Name>().is_ok());
/// assert!("no spaces".parse::<Name>().is_err());
/// assert_eq!(Limit::try_from(5000_u32).unwrap_err().to_string(), "Limit must be an integer from 1 to 1024, not `5000`");
/// ```
pub mod types {
    pub use crate::generated::scalar::Unknown;
    pub use crate::generated::scalars::*;
    pub use crate::generated::support::Violation;
    pub use crate::generated::types::*;
}
