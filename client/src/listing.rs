//! The listing: what to ask for, and its items page by page.

mod envelope;
mod item;
mod pager;

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::{BoxStream, Stream, StreamExt, TryStreamExt};

pub(crate) use envelope::Envelope;
pub use item::Hyperinstance;
pub use pager::Page;

use crate::client::Client;
use crate::error::{Error, ErrorClass};
use crate::types::{Limit, Offset, SortDir, SortKey, Violation};

/// What to list, and in which order. Ends in [`items`](Self::items) or [`pages`](Self::pages).
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// # let mock = hyperinstance_mock::Mock::builder().instances(25).start().await.unwrap();
/// # let client = hyperinstance_client::Client::builder()
/// #     .endpoint(mock.endpoint())
/// #     .project_id("0123456789abcdef0123456789abcdef")
/// #     .credentials(hyperinstance_client::Credentials::access_key(mock.access_key(), mock.secret_key()))
/// #     .build()?;
/// use hyperinstance_client::types::{SortDir, SortKey};
///
/// let newest = client.list_hyperinstances().sort_key(SortKey::CreateTime).sort_dir(SortDir::Desc).page_size(10);
/// let mut pages = newest.pages();
/// while let Some(page) = pages.try_next().await? {
///     println!("{} of {:?} from {}", page.items().len(), page.total(), page.offset());
/// }
/// # Ok::<(), hyperinstance_client::Error>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone)]
#[must_use = "a listing does nothing until its items are asked for"]
pub struct ListHyperinstances {
    client: Client,
    request: Result<Request, Box<Violation>>,
}

/// What to do with an item that deviates from the document, and can be decoded all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Conformance {
    /// Keep what was sent, and report it: the service widens its enumerations and formats without notice, and one odd
    /// value must not hide a fleet.
    #[default]
    Tolerant,
    /// Yield an error for that item.
    Strict,
}

/// The checked parameters.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    sort_key: Option<SortKey>,
    sort_dir: Option<SortDir>,
    page_size: Limit,
    offset: Offset,
}

impl ListHyperinstances {
    pub(crate) fn new(client: Client) -> Self {
        // The largest page: a listing takes as few calls as the service allows.
        let request = Request { sort_key: None, sort_dir: None, page_size: Limit::MAX, offset: Offset::MIN };
        Self { client, request: Ok(request) }
    }

    /// Orders by this time. The service's default is [`SortKey::CreateTime`].
    pub fn sort_key(mut self, key: SortKey) -> Self {
        self.change(|request| {
            request.sort_key = Some(key);
            Ok::<_, Violation>(())
        });
        self
    }

    /// Orders in this direction. The service documents no default.
    pub fn sort_dir(mut self, dir: SortDir) -> Self {
        self.change(|request| {
            request.sort_dir = Some(dir);
            Ok::<_, Violation>(())
        });
        self
    }

    /// Asks for this many instances at a time, 1 to 1024. Default 1024; the service's own would be 10.
    ///
    /// A value outside the range is the first error of the listing, and nothing is sent.
    pub fn page_size<N: TryInto<Limit, Error: Into<Violation>>>(mut self, instances: N) -> Self {
        self.change(|request| {
            request.page_size = instances.try_into()?;
            Ok::<_, N::Error>(())
        });
        self
    }

    /// Begins after this many instances, 0 to 2147483647. Default 0.
    ///
    /// A value outside the range is the first error of the listing, and nothing is sent.
    pub fn offset<N: TryInto<Offset, Error: Into<Violation>>>(mut self, instances: N) -> Self {
        self.change(|request| {
            request.offset = instances.try_into()?;
            Ok::<_, N::Error>(())
        });
        self
    }

    /// The instances one by one, over all pages.
    ///
    /// An instance that cannot be decoded is an error with [`Error::item`]; the listing goes on behind it. Any other
    /// error is the last thing it yields.
    pub fn items(self) -> Listing<Hyperinstance> {
        let items = self.pages().stream.flat_map(|page| {
            let items = match page {
                Ok(page) => page.into_items(),
                Err(error) => vec![Err(error)],
            };
            futures_util::stream::iter(items)
        });
        Listing { stream: items.boxed() }
    }

    /// The pages one by one, at least one.
    pub fn pages(self) -> Listing<Page> {
        let stream = match self.request {
            Ok(request) => pager::pages(self.client, request).boxed(),
            Err(error) => {
                let error = Error::new(ErrorClass::Input, error.to_string()).with_source(error);
                futures_util::stream::iter([Err(error)]).boxed()
            }
        };
        Listing { stream }
    }

    /// Keeps the first mistake.
    fn change<E: Into<Violation>>(&mut self, change: impl FnOnce(&mut Request) -> Result<(), E>) {
        if let Ok(request) = &mut self.request
            && let Err(error) = change(request)
        {
            self.request = Err(Box::new(error.into()));
        }
    }
}

/// A stream of what a listing yields, [`Hyperinstance`]s or [`Page`]s.
///
/// It implements [`Stream`]; for the plain loop its own methods suffice. Nothing is sent before the first is asked for.
#[must_use = "a listing does nothing until its items are asked for"]
pub struct Listing<T> {
    stream: BoxStream<'static, Result<T, Error>>,
}

impl<T> Listing<T> {
    /// The next one; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        self.stream.next().await
    }

    /// The next one with its error outside; `Ok(None)` at the end.
    ///
    /// # Errors
    /// The next error of the listing. One with [`Error::item`] concerns that item alone.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        self.stream.try_next().await
    }

    /// All of them.
    ///
    /// # Errors
    /// The first error of the listing; what came before it is lost.
    pub async fn try_collect(self) -> Result<Vec<T>, Error> {
        self.stream.try_collect().await
    }
}

impl<T> Stream for Listing<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.stream.poll_next_unpin(context)
    }
}

impl<T> std::fmt::Debug for Listing<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listing").finish_non_exhaustive()
    }
}
