//! What the generator makes of a document without any of this crate's doing, to measure against.

use progenitor::{GenerationSettings, Generator, InterfaceStyle};

use crate::code_passes;
use crate::generate::GenerateError;
use crate::load::Document;

/// The types of a document as the generator makes them by itself, formatted.
pub fn stock_types(document: &Document) -> Result<String, GenerateError> {
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Builder);
    let tokens = Generator::new(&settings)
        .generate_tokens(document.openapi())
        .map_err(|error| GenerateError::Generator(error.into()))?;
    let mut file: syn::File = syn::parse2(tokens).map_err(GenerateError::Syntax)?;
    let items = code_passes::split_types(&mut file)?;
    // The rest is formatted too, so that its time is that of a whole generation.
    let rest = prettyplease::unparse(&file);
    debug_assert!(!rest.is_empty());
    let types = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items };
    Ok(prettyplease::unparse(&types))
}
