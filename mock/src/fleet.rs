//! The instances that a mock serves: stored ones, generated ones, or both.

mod generate;

use std::sync::Arc;

use hyperinstance_client::types::{SortDir, SortKey};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::parameters::Parameters;

/// A fleet of supernode instances, in a fixed content but any order.
#[derive(Debug, Clone)]
pub struct Fleet {
    entries: Arc<Vec<Entry>>,
}

/// An instance and what it is sorted by.
#[derive(Debug, Clone)]
struct Entry {
    created: i64,
    updated: i64,
    content: Content,
}

/// Generated instances are written when they are asked for; a large fleet takes little memory.
#[derive(Debug, Clone)]
enum Content {
    Stored(Box<RawValue>),
    Generated { seed: u64, index: usize, servers: usize },
}

/// Why a text is not a fleet.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FleetError {
    /// Neither a response of the listing nor an array of instances.
    #[error("expected a response of the listing or an array of instances, as JSON")]
    Json(#[from] serde_json::Error),
}

impl Fleet {
    /// No instances.
    #[must_use]
    pub fn empty() -> Self {
        Self::from_entries(Vec::new())
    }

    /// The instance of the documented example.
    #[must_use]
    pub fn example() -> Self {
        let example =
            hyperinstance_spec::example("ListHyperinstances", 200, None).expect("the page's response is there");
        Self::from_json(example.body).expect("it was checked against the document")
    }

    /// Instances that look real, each with this many servers; the same for the same seed.
    #[must_use]
    pub fn generated(instances: usize, servers: usize, seed: u64) -> Self {
        let entry = |index| {
            let (created, updated) = generate::times(seed, index);
            Entry { created, updated, content: Content::Generated { seed, index, servers } }
        };
        Self::from_entries((0..instances).map(entry).collect())
    }

    /// Instances from JSON, a response of the listing or an array of instances. They are served as they are written,
    /// valid or not.
    ///
    /// # Errors
    /// When the text has neither form.
    pub fn from_json(text: &str) -> Result<Self, FleetError> {
        #[derive(Deserialize)]
        struct Response {
            data: Vec<Box<RawValue>>,
        }
        #[derive(Deserialize)]
        struct Times {
            create_at: Option<i64>,
            update_at: Option<i64>,
        }

        let instances = if text.trim_start().starts_with('[') {
            serde_json::from_str(text)?
        } else {
            serde_json::from_str::<Response>(text)?.data
        };
        let entry = |instance: Box<RawValue>| {
            // An instance without readable times sorts before all others.
            let times = serde_json::from_str::<Times>(instance.get()).ok();
            let time = |time: fn(&Times) -> Option<i64>| times.as_ref().and_then(time).unwrap_or_default();
            Entry {
                created: time(|times| times.create_at),
                updated: time(|times| times.update_at),
                content: Content::Stored(instance),
            }
        };
        Ok(Self::from_entries(instances.into_iter().map(entry).collect()))
    }

    /// The instances of both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self::from_entries(self.entries.iter().chain(other.entries.iter()).cloned().collect())
    }

    /// Number of instances.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The instances as JSON, in the order of their creation.
    pub fn to_json(&self) -> impl Iterator<Item = String> {
        self.entries.iter().map(|entry| entry.content.json())
    }

    fn from_entries(mut entries: Vec<Entry>) -> Self {
        entries.sort_by_key(|entry| entry.created);
        Self { entries: Arc::new(entries) }
    }

    /// The body of a page.
    pub(crate) fn page(&self, parameters: &Parameters) -> String {
        let count = |number: i64| usize::try_from(number).expect("limit and offset are not negative");
        let (limit, offset) = (count(parameters.limit.get()), count(parameters.offset.get()));
        let total = self.entries.len();

        let items: Vec<String> =
            self.ordered(parameters).into_iter().skip(offset).take(limit).map(|entry| entry.content.json()).collect();
        format!(
            r#"{{"current":{},"data":[{}],"pages":{},"size":{limit},"total":{total}}}"#,
            offset / limit,
            items.join(","),
            total.div_ceil(limit),
        )
    }

    fn ordered(&self, parameters: &Parameters) -> Vec<&Entry> {
        let mut entries: Vec<&Entry> = self.entries.iter().collect();
        if parameters.sort_key == SortKey::UpdateTime {
            entries.sort_by_key(|entry| entry.updated);
        }
        if parameters.sort_dir == SortDir::Desc {
            entries.reverse();
        }
        entries
    }
}

impl Content {
    fn json(&self) -> String {
        match self {
            Self::Stored(raw) => raw.get().to_owned(),
            Self::Generated { seed, index, servers } => generate::instance(*seed, *index, *servers),
        }
    }
}
