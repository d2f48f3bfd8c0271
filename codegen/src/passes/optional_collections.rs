//! Tells an absent list from an empty one.
//!
//! Why: the generator turns an optional array or map into a bare `Vec` or `HashMap` that is left out when empty. A
//! server's `"volumes": []` and no `volumes` at all then become the same value, and writing it back loses the field.
//! Marked nullable, the property becomes an `Option` like every other optional one.
//!
//! This pass follows from the shape of a document and has no target of its own, so it may find nothing.

use openapiv3::{AdditionalProperties, OpenAPI, ReferenceOr, Schema, SchemaKind, Type};

pub(super) fn apply(openapi: &mut OpenAPI) {
    let Some(components) = &mut openapi.components else { return };
    for (_, schema) in &mut components.schemas {
        let ReferenceOr::Item(schema) = schema else { continue };
        let SchemaKind::Type(Type::Object(object)) = &mut schema.schema_kind else { continue };
        let required = std::mem::take(&mut object.required);
        for (name, property) in &mut object.properties {
            if let ReferenceOr::Item(property) = property
                && !required.contains(name)
                && is_collection(property)
            {
                property.schema_data.nullable = true;
            }
        }
        object.required = required;
    }
}

fn is_collection(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Array(_)) => true,
        SchemaKind::Type(Type::Object(object)) => {
            object.properties.is_empty()
                && matches!(
                    object.additional_properties,
                    Some(AdditionalProperties::Any(true) | AdditionalProperties::Schema(_))
                )
        }
        _ => false,
    }
}
