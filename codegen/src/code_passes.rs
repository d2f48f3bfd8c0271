//! Changes to the generated code for which the generator has no setting.
//!
//! As with the passes over a document, each says why it exists, and matching nothing is an error.

use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, File, Item, Stmt};

use crate::passes::PassError;

/// Removes the `api-version` header from every call.
///
/// Why: progenitor sends the document's version in a header of each request, and cannot be told not to. This API
/// knows no such header, a stray one is not covered by the signature, and browsers answer it with a preflight.
pub(crate) fn drop_api_version(file: &mut File, operations: usize) -> Result<(), PassError> {
    let mut pass = DropApiVersion { dropped: 0 };
    pass.visit_file_mut(file);
    if pass.dropped == operations {
        Ok(())
    } else {
        Err(PassError {
            pass: "drop_api_version",
            expected: format!("the header in each of {operations} operations, found it in {}", pass.dropped),
        })
    }
}

struct DropApiVersion {
    dropped: usize,
}

impl VisitMut for DropApiVersion {
    fn visit_block_mut(&mut self, block: &mut Block) {
        let before = block.stmts.len();
        block.stmts.retain(|statement| !appends_api_version(statement));
        self.dropped += before - block.stmts.len();
        visit_mut::visit_block_mut(self, block);
    }
}

/// Whether a statement is `header_map.append(HeaderName::from_static("api-version"), ..)`.
fn appends_api_version(statement: &Stmt) -> bool {
    let Stmt::Expr(Expr::MethodCall(call), _) = statement else { return false };
    let Some(Expr::Call(name)) = call.args.first() else { return false };
    call.method == "append"
        && matches!(
            name.args.first(),
            Some(Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(header), .. })) if header.value() == "api-version"
        )
}

/// Removes the examples that the generator writes into documentation.
///
/// Why: it marks them as not to be compiled, so that each is a test that is ignored. The documentation of this project
/// has examples that run.
pub(crate) fn drop_ignored_examples(file: &mut File) -> Result<(), PassError> {
    let mut pass = DropIgnoredExamples { dropped: 0 };
    pass.visit_file_mut(file);
    if pass.dropped > 0 {
        Ok(())
    } else {
        Err(PassError { pass: "drop_ignored_examples", expected: "an example in the documentation".to_owned() })
    }
}

struct DropIgnoredExamples {
    dropped: usize,
}

impl VisitMut for DropIgnoredExamples {
    fn visit_attribute_mut(&mut self, attribute: &mut syn::Attribute) {
        if let syn::Meta::NameValue(meta) = &mut attribute.meta
            && let Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &mut meta.value
            && let Some((before, _)) = text.value().split_once("```ignore")
        {
            *text = syn::LitStr::new(before.trim_end(), text.span());
            self.dropped += 1;
        }
    }
}

/// Takes the content of `mod types` out of the file, so that types can be compiled without the client around them.
pub(crate) fn split_types(file: &mut File) -> Result<Vec<Item>, PassError> {
    let types = file.items.iter_mut().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.take(),
        _ => None,
    });
    file.items.retain(|item| !matches!(item, Item::Mod(module) if module.ident == "types"));
    types
        .map(|(_, items)| items)
        .ok_or_else(|| PassError { pass: "split_types", expected: "a module `types` in the generated code".to_owned() })
}
