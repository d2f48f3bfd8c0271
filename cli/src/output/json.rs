//! Instances as the server sent them: JSON, lines of JSON, YAML, and what a query selects.

use std::io::Write;

use anyhow::{Context, anyhow};
use jmespath::Expression;
use serde_json::Value;

use super::{Instance, Sink, finish};

/// One array, written as the instances come.
pub(super) struct Array {
    out: Box<dyn Write>,
    count: usize,
}

impl Array {
    pub(super) fn new(out: Box<dyn Write>) -> Self {
        Self { out, count: 0 }
    }
}

impl Sink for Array {
    fn item(&mut self, instance: &Instance<'_>) -> anyhow::Result<()> {
        self.out.write_all(if self.count == 0 { b"[\n" } else { b",\n" })?;
        self.count += 1;
        Ok(self.out.write_all(instance.raw.get().as_bytes())?)
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        Ok(finish(&mut self.out, if self.count == 0 { "[]\n" } else { "\n]\n" })?)
    }
}

/// One instance per line.
pub(super) struct Lines {
    out: Box<dyn Write>,
}

impl Lines {
    pub(super) fn new(out: Box<dyn Write>) -> Self {
        Self { out }
    }
}

impl Sink for Lines {
    fn item(&mut self, instance: &Instance<'_>) -> anyhow::Result<()> {
        // Within JSON, a line break only ever stands between tokens; a string has it escaped.
        let line = instance.raw.get().replace(['\r', '\n'], " ");
        Ok(writeln!(self.out, "{line}")?)
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        Ok(finish(&mut self.out, "")?)
    }
}

/// One sequence.
pub(super) struct Yaml {
    out: Box<dyn Write>,
    count: usize,
}

impl Yaml {
    pub(super) fn new(out: Box<dyn Write>) -> Self {
        Self { out, count: 0 }
    }
}

impl Sink for Yaml {
    fn item(&mut self, instance: &Instance<'_>) -> anyhow::Result<()> {
        let value: Value = serde_json::from_str(instance.raw.get())?;
        self.count += 1;
        // A sequence of one, so that one after the other they make one sequence.
        Ok(self.out.write_all(serde_yaml::to_string(&[value])?.as_bytes())?)
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        Ok(finish(&mut self.out, if self.count == 0 { "[]\n" } else { "" })?)
    }
}

/// What an expression selects from the array of all instances.
struct Query {
    out: Box<dyn Write>,
    expression: Expression<'static>,
    yaml: bool,
    instances: Vec<Value>,
}

/// A sink for what a `JMESPath` expression selects.
pub(crate) fn query(expression: &str, out: Box<dyn Write>, yaml: bool) -> anyhow::Result<Box<dyn Sink>> {
    let expression =
        jmespath::compile(expression).map_err(|error| anyhow!("the query is not JMESPath: {}", first_line(&error)))?;
    Ok(Box::new(Query { out, expression, yaml, instances: Vec::new() }))
}

impl Sink for Query {
    fn item(&mut self, instance: &Instance<'_>) -> anyhow::Result<()> {
        self.instances.push(serde_json::from_str(instance.raw.get())?);
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        let instances = std::mem::take(&mut self.instances);
        let selected = self
            .expression
            .search(Value::Array(instances))
            .map_err(|error| anyhow!("the query fails on this listing: {}", first_line(&error)))?;
        let text = if self.yaml {
            serde_yaml::to_string(&*selected).context("the selection is not YAML")?
        } else {
            format!("{:#}\n", serde_json::to_value(&*selected).context("the selection is not JSON")?)
        };
        Ok(finish(&mut self.out, &text)?)
    }
}

/// The error without the drawing that follows it.
fn first_line(error: &jmespath::JmespathError) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}
