//! From page to page.
//!
//! The offset advances by what was received, never by what was asked for, and neither `current` nor `pages` is looked
//! at: the documented example counts its first page as 0. The end is where `total` says, or an empty page; a `total`
//! that the items received contradict does not count.

use std::collections::HashSet;

use futures_util::stream::{self, Stream};
use progenitor_client::Error as Generated;

use super::Request;
use super::envelope::Envelope;
use super::item::Hyperinstance;
use crate::client::Client;
use crate::error::{Error, ErrorClass, clean};
use crate::generated::support::Drift;
use crate::types::{Offset, Uuid};

/// One page of a listing.
#[derive(Debug)]
pub struct Page {
    offset: u64,
    total: Option<u64>,
    request_id: Option<String>,
    drift: Vec<Drift>,
    items: Vec<Result<Hyperinstance, Error>>,
}

impl Page {
    /// Number of instances before this page.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Number of instances in all pages together, as the service counts them, when it says so.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// The `X-Request-Id` of the call that brought this page.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Where the page itself, beside its items, deviates from the document. Mostly empty.
    #[must_use]
    pub fn drift(&self) -> &[Drift] {
        &self.drift
    }

    /// The instances of this page, without those an earlier page had already; an error for each that cannot be decoded.
    pub fn items(&self) -> &[Result<Hyperinstance, Error>] {
        &self.items
    }

    /// The instances of this page by value.
    #[must_use]
    pub fn into_items(self) -> Vec<Result<Hyperinstance, Error>> {
        self.items
    }
}

/// The pages of a listing. An error ends it, or an empty page, or the announced number of items.
pub(super) fn pages(client: Client, request: Request) -> impl Stream<Item = Result<Page, Error>> + Send {
    let offset = request.offset.get().unsigned_abs();
    let pager = Pager { client, request, offset, seen: HashSet::new() };
    stream::unfold(Some(pager), |pager| async move {
        let mut pager = pager?;
        match pager.next().await {
            Ok((page, Step::More)) => Some((Ok(page), Some(pager))),
            Ok((page, Step::End)) => Some((Ok(page), None)),
            Err(error) => Some((Err(error), None)),
        }
    })
}

struct Pager {
    client: Client,
    request: Request,
    offset: u64,
    /// Identifiers of the instances delivered so far.
    seen: HashSet<Uuid>,
}

enum Step {
    More,
    End,
}

impl Pager {
    async fn next(&mut self) -> Result<(Page, Step), Error> {
        let offset = self.offset;
        let (envelope, request_id) = self.fetch(offset).await?;
        let total = envelope.count("total");
        let drift = envelope.drift();
        let received = envelope.data.len();
        self.offset += received as u64;

        let conformance = self.client.conformance();
        let items: Vec<_> = envelope
            .data
            .into_iter()
            .enumerate()
            .map(|(index, raw)| {
                Hyperinstance::decode(raw, index, conformance)
                    .map_err(|error| error.with_status(200).with_request_id(request_id.clone()))
            })
            .filter(|item| self.is_new(item))
            .collect();

        let step = match total {
            _ if received > 0 && items.is_empty() => return Err(self.incomplete(offset, "a page repeats earlier ones")),
            // Fewer than were received by now: this total says nothing about the end.
            Some(total) if total < self.offset && received > 0 => Step::More,
            Some(total) if total > self.offset && received == 0 => {
                let why = format!("an empty page at offset {offset}, where {total} instances were announced");
                return Err(self.incomplete(offset, &why));
            }
            Some(total) if total == self.offset => Step::End,
            _ if received == 0 => Step::End,
            _ => Step::More,
        };
        Ok((Page { offset, total, request_id, drift, items }, step))
    }

    async fn fetch(&self, offset: u64) -> Result<(Envelope, Option<String>), Error> {
        let offset = Offset::try_from(offset).map_err(|error| {
            Error::new(ErrorClass::Incomplete, "the listing is longer than the service can count")
                .with_resume_offset(offset)
                .with_source(error)
        })?;
        let (generated, call) = self.client.generated();
        let mut operation = generated
            .list_hyperinstances()
            .project_id(self.client.project_id().clone())
            .limit(self.request.page_size)
            .offset(offset);
        if let Some(sort_key) = self.request.sort_key.clone() {
            operation = operation.sort_key(sort_key);
        }
        if let Some(sort_dir) = self.request.sort_dir.clone() {
            operation = operation.sort_dir(sort_dir);
        }
        let result = operation.send().await;
        if let Some(failure) = call.take_failure() {
            return Err(failure);
        }
        match result {
            Ok(response) => Ok((response.into_inner(), call.request_id())),
            Err(Generated::InvalidResponsePayload(_, error)) => {
                let message = format!("the answer is not a page of the listing: {error}");
                Err(call.describe(Error::new(ErrorClass::Decode, message).with_source(error)))
            }
            // Everything that an exchange can end in was told by the call; what is left is a request that could not
            // be built.
            Err(error) => Err(Error::new(ErrorClass::Input, clean(&error.to_string()))),
        }
    }

    /// Whether an item was not delivered before. Without an identifier that cannot be told, and it is delivered.
    fn is_new(&mut self, item: &Result<Hyperinstance, Error>) -> bool {
        match item.as_ref().ok().and_then(|item| item.id.as_ref()) {
            Some(id) => self.seen.insert(id.clone()),
            None => true,
        }
    }

    fn incomplete(&self, resume: u64, why: &str) -> Error {
        let received = self.seen.len();
        Error::new(ErrorClass::Incomplete, format!("the listing is incomplete after {received} instances: {why}"))
            .with_hint(format!("start again, or resume at offset {resume}"))
            .with_resume_offset(resume)
    }
}
