//! `hyperinstance schema`.

use std::io::Write;

use anyhow::bail;

use crate::arguments::SchemaArguments;
use crate::exit;

pub(crate) fn run(arguments: &SchemaArguments) -> anyhow::Result<u8> {
    let mut out = std::io::stdout().lock();
    match &arguments.name {
        None => {
            for schema in hyperinstance_spec::schemas() {
                writeln!(out, "{}", schema.name)?;
            }
        }
        Some(name) => match hyperinstance_spec::schema(name) {
            Some(schema) => out.write_all(schema.text.as_bytes())?,
            None => bail!("there is no schema `{name}`; `hyperinstance schema` prints the names"),
        },
    }
    Ok(exit::CLEAN)
}
