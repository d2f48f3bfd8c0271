//! Reads a response into a hand-written type.
//!
//! Why: the generated code decodes a whole body or fails as a whole. A listing must survive one item that it cannot
//! read, and keep each item as sent; the hand-written envelope does that inside the generated call. Only the
//! operation's response changes, the generated type of the schema stays for everybody else.

use openapiv3::{OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind, StatusCode};

use super::PassError;
use crate::settings::Envelope;

/// Name of the component that stands for the envelope of an operation.
pub(crate) fn component_name(operation_id: &str) -> String {
    format!("{operation_id}Envelope")
}

pub(super) fn apply(openapi: &mut OpenAPI, envelope: &Envelope) -> Result<(), PassError> {
    let name = component_name(&envelope.operation_id);
    let media_type = openapi
        .paths
        .paths
        .values_mut()
        .filter_map(|item| match item {
            ReferenceOr::Item(item) => Some(item),
            ReferenceOr::Reference { .. } => None,
        })
        .flat_map(|item| [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch])
        .flatten()
        .find(|operation| operation.operation_id.as_deref() == Some(&envelope.operation_id))
        .and_then(|operation| operation.responses.responses.get_mut(&StatusCode::Code(200)))
        .and_then(|response| match response {
            ReferenceOr::Item(response) => response.content.get_mut("application/json"),
            ReferenceOr::Reference { .. } => None,
        })
        .ok_or_else(|| PassError {
            pass: "envelope",
            expected: format!("an inline 200 response with JSON content of operation `{}`", envelope.operation_id),
        })?;
    media_type.schema = Some(ReferenceOr::Reference { reference: format!("#/components/schemas/{name}") });

    // The replacement setting is keyed by this component; its content is never looked at.
    let stand_in =
        Schema { schema_data: SchemaData::default(), schema_kind: SchemaKind::Any(openapiv3::AnySchema::default()) };
    openapi.components.get_or_insert_default().schemas.insert(name, ReferenceOr::Item(stand_in));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_operation_is_an_error() {
        let mut openapi = OpenAPI::default();
        let envelope = Envelope { operation_id: "Gone".to_owned(), rust_type: "crate::X".to_owned() };
        assert_eq!(
            apply(&mut openapi, &envelope).unwrap_err().to_string(),
            "pass `envelope` matched nothing: an inline 200 response with JSON content of operation `Gone`; \
             correct the setting or remove the pass",
        );
    }
}
