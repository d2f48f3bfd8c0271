//! Emits the table of regions and their endpoints from the document's servers.
//!
//! A server whose URL has the one variable `region` contributes a row for each value the document lists.

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use quote::quote;

const VARIABLE: &str = "region";

/// Region and endpoint, ordered by region.
pub(crate) fn endpoints(openapi: &OpenAPI) -> Vec<(String, String)> {
    let mut endpoints: Vec<(String, String)> = openapi
        .servers
        .iter()
        .flat_map(|server| {
            let regions = server.variables.iter().flatten().find(|(name, _)| *name == VARIABLE);
            regions
                .into_iter()
                .flat_map(|(_, variable)| &variable.enumeration)
                .map(|region| (region.clone(), server.url.replace(&format!("{{{VARIABLE}}}"), region)))
        })
        .collect();
    endpoints.sort();
    endpoints
}

/// The file `servers.rs`.
pub(crate) fn emit(openapi: &OpenAPI) -> TokenStream {
    let rows = endpoints(openapi).into_iter().map(|(region, endpoint)| quote!((#region, #endpoint)));
    quote! {
        /// Each region of the document with its endpoint, ordered by region.
        pub const ENDPOINTS: &[(&str, &str)] = &[#(#rows),*];
    }
}
