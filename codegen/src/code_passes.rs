//! Changes to the generated code for which the generator has no setting.
//!
//! As with the passes over a document, each says why it exists, and matching nothing is an error.

use syn::{Expr, File, Item, Stmt};

use crate::passes::PassError;

/// Removes the `api-version` header from every call.
///
/// Why: progenitor sends the document's version in a header of each request, and cannot be told not to. This API
/// knows no such header, a stray one is not covered by the signature, and browsers answer it with a preflight.
pub(crate) fn drop_api_version(file: &mut File, operations: usize) -> Result<(), PassError> {
    let mut dropped = 0;
    each_method(&mut file.items, &mut |method| {
        let before = method.block.stmts.len();
        method.block.stmts.retain(|statement| !appends_api_version(statement));
        dropped += before - method.block.stmts.len();
    });
    if dropped == operations {
        Ok(())
    } else {
        Err(PassError {
            pass: "drop_api_version",
            expected: format!("the header in each of {operations} operations, found it in {dropped}"),
        })
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
    let mut dropped = 0;
    each_method(&mut file.items, &mut |method| {
        for attribute in &mut method.attrs {
            if let syn::Meta::NameValue(meta) = &mut attribute.meta
                && let Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &mut meta.value
                && let Some((before, _)) = text.value().split_once("```ignore")
            {
                *text = syn::LitStr::new(before.trim_end(), text.span());
                dropped += 1;
            }
        }
    });
    if dropped > 0 {
        Ok(())
    } else {
        Err(PassError { pass: "drop_ignored_examples", expected: "an example in the documentation".to_owned() })
    }
}

/// Does something to each method, in modules too.
fn each_method(items: &mut [Item], change: &mut dyn FnMut(&mut syn::ImplItemFn)) {
    for item in items {
        match item {
            Item::Mod(module) => {
                if let Some((_, items)) = &mut module.content {
                    each_method(items, change);
                }
            }
            Item::Impl(item) => {
                for member in &mut item.items {
                    if let syn::ImplItem::Fn(method) = member {
                        change(method);
                    }
                }
            }
            _ => {}
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
