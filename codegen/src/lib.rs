//! From an `OpenAPI` 3.0 document to Rust code, JSON Schemas and an outline of the public surface.
//!
//! Text in, text out: nothing here touches a file, the network or the clock, so equal input gives equal output.
//!
//! ```text
//! text --load--> Document --passes--> OpenAPI --progenitor--> syn tree --code passes--> Generated
//!                Document --json_schemas--> one JSON Schema per component
//! ```
//!
//! ```
//! use hyperinstance_codegen::{Document, Settings, generate};
//!
//! let document = Document::load(
//!     "openapi: 3.0.3
//! info: { title: Pets, version: '1' }
//! paths: {}
//! components:
//!   schemas:
//!     Pet: { type: object, properties: { name: { type: string } } }
//! ",
//! )?;
//! let generated = generate(&document, &Settings::default())?;
//! assert!(generated.file("types.rs").expect("always there").contains("pub struct Pet"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod code_passes;
mod fates;
mod generate;
mod json_schema;
mod load;
mod objects;
mod outline;
mod passes;
mod refusals;
mod scalars;
mod servers;
mod settings;
mod source_map;
mod spelling;
mod stock;
mod walk;

pub use fates::{Fate, KeywordFate, fates};
pub use generate::{GenerateError, Generated, generate};
pub use json_schema::{json_schema, json_schemas};
pub use load::{Document, LoadError};
pub use outline::outline;
pub use passes::PassError;
pub use refusals::Refusal;
pub use scalars::{PatternError, ScalarError};
pub use settings::{Envelope, Settings};
pub use source_map::{Position, SourceMap};
pub use stock::stock_types;
