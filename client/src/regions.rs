//! The regions of the service and their endpoints, from the document's `servers`.

use crate::error::{Error, ErrorClass};
use crate::generated::servers::ENDPOINTS;

/// Each region with its endpoint, ordered by region.
///
/// ```
/// let regions: Vec<_> = hyperinstance_client::regions::all().collect();
/// assert!(regions.contains(&("cn-north-4", "https://modelarts.cn-north-4.myhuaweicloud.com")));
/// ```
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    ENDPOINTS.iter().copied()
}

/// The endpoint of a region.
///
/// # Errors
/// Class [`Config`](ErrorClass::Config) for a region that is not in the table; the hint lists those that are.
pub fn endpoint(region: &str) -> Result<&'static str, Error> {
    all().find(|(name, _)| *name == region).map(|(_, endpoint)| endpoint).ok_or_else(|| {
        let known: Vec<_> = all().map(|(name, _)| name).collect();
        Error::new(ErrorClass::Config, format!("there is no region `{region}`"))
            .with_hint(format!("name one of {}, or give the endpoint itself", known.join(", ")))
    })
}
