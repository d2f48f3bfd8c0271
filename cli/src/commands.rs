//! One module per command; each returns its exit code.

pub(crate) mod completions;
pub(crate) mod list;
pub(crate) mod mock;
pub(crate) mod regions;
pub(crate) mod schema;
pub(crate) mod validate;
