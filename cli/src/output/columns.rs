//! The columns of a listing. `table` shows the narrow ones, `wide` and `csv` all.

use std::collections::BTreeSet;
use std::fmt::Display;

use hyperinstance_client::types::{ServerHyperinstanceResponse, ServerResponse, Timestamp};

use super::time;

/// A column: its title, and what stands in it.
pub(super) struct Column {
    pub(super) title: &'static str,
    pub(super) value: fn(&ServerHyperinstanceResponse) -> Value,
}

/// What stands in a cell.
pub(super) enum Value {
    Text(String),
    Number(usize),
    Status(String),
    Time(Option<Timestamp>),
}

impl Value {
    /// As programs read it.
    pub(super) fn plain(&self) -> String {
        match self {
            Self::Text(text) | Self::Status(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Time(time) => time.as_ref().map(time::absolute).unwrap_or_default(),
        }
    }
}

macro_rules! columns {
    ($($title:literal => $value:expr),* $(,)?) => {
        &[$(Column { title: $title, value: $value }),*]
    };
}

/// All columns.
pub(super) const WIDE: &[Column] = columns! {
    "NAME" => |instance| text(instance.name.as_ref()),
    "STATUS" => |instance| Value::Status(instance.status.as_ref().map(ToString::to_string).unwrap_or_default()),
    "NODES" => |instance| Value::Number(instance.servers().len()),
    "FLAVOR" => |instance| distinct(instance, |server| server.flavor.as_ref().map(ToString::to_string)),
    "CREATED" => |instance| Value::Time(instance.create_at.clone()),
    "UPDATED" => |instance| Value::Time(instance.update_at.clone()),
    "ID" => |instance| text(instance.id.as_ref()),
    "HPS_ID" => |instance| text(instance.hps_id.as_ref()),
    "CLUSTER_ID" => |instance| text(instance.hps_cluster_id.as_ref()),
    "ORDER_ID" => |instance| text(instance.order_id.as_ref()),
    "CHARGING" => |instance| distinct(instance, |server| server.charging_mode.as_ref().map(ToString::to_string)),
    "SERVERS" => |instance| distinct(instance, |server| server.status.as_ref().map(ToString::to_string)),
    "IMAGE" => |instance| distinct(instance, image),
    "KEY_PAIR" => |instance| distinct(instance, |server| server.key_pair_name.as_ref().map(ToString::to_string)),
    "VPC_ID" => |instance| distinct(instance, |server| server.vpc_id.as_ref().map(ToString::to_string)),
    "SUBNET_ID" => |instance| distinct(instance, |server| server.subnet_id.as_ref().map(ToString::to_string)),
};

/// The columns that a terminal has room for.
pub(super) const NARROW: &[Column] = WIDE.split_at(7).0;

fn text(value: Option<&impl Display>) -> Value {
    Value::Text(value.map(ToString::to_string).unwrap_or_default())
}

/// The image by its name, or by its identifier.
fn image(server: &ServerResponse) -> Option<String> {
    let image = server.image()?;
    let name = image.name.as_ref().map(ToString::to_string);
    name.or_else(|| image.image_id.as_ref().map(ToString::to_string))
}

/// What the servers of an instance have, each value once.
fn distinct(instance: &ServerHyperinstanceResponse, value: fn(&ServerResponse) -> Option<String>) -> Value {
    let values: BTreeSet<String> = instance.servers().iter().filter_map(value).collect();
    Value::Text(Vec::from_iter(values).join(","))
}
