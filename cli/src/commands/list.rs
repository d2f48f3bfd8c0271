//! `hyperinstance list`.

mod drift;
mod progress;

use std::io::{self, BufWriter, Write};

use anyhow::{Context, bail, ensure};
use hyperinstance_client::types::Limit;
use hyperinstance_client::{Client, Conformance, Credentials};
use hyperinstance_mock::{Fleet, Mock};

use crate::arguments::{ListArguments, OutputForm};
use crate::exit;
use crate::output::{self, Instance, Sink};
use drift::DriftReport;
use progress::Progress;

/// Environment variable with an IAM token.
const TOKEN: &str = "HYPERINSTANCE_TOKEN";

const DEMO_PROJECT: &str = "0123456789abcdef0123456789abcdef";

pub(crate) async fn run(arguments: ListArguments) -> anyhow::Result<u8> {
    // Whatever can be wrong with the question is told before anything is sent.
    let mut sink = sink(&arguments)?;
    if arguments.demo {
        let fleet = Fleet::example().and(&Fleet::generated(11, 48, 384));
        let mock = Mock::builder().fleet(fleet).start().await.context("cannot start the mock")?;
        let client = Client::builder()
            .endpoint(mock.endpoint())
            .project_id(DEMO_PROJECT)
            .credentials(Credentials::access_key(mock.access_key(), mock.secret_key()))
            .conformance(conformance(&arguments))
            .build()?;
        return list(&client, &arguments, &mut *sink).await;
    }
    list(&client(&arguments)?, &arguments, &mut *sink).await
}

fn client(arguments: &ListArguments) -> anyhow::Result<Client> {
    ensure!(
        arguments.region.is_some() || arguments.endpoint.is_some(),
        "no region given; name one with --region (`hyperinstance regions` prints them), or a base URL with --endpoint",
    );
    let mut builder = Client::builder().conformance(conformance(arguments));
    if let Some(region) = &arguments.region {
        builder = builder.region(region);
    }
    if let Some(endpoint) = &arguments.endpoint {
        builder = builder.endpoint(endpoint);
    }
    if let Some(project_id) = &arguments.project_id {
        builder = builder.project_id(project_id);
    }
    // Without a token, the client looks for credentials itself.
    if let Some(token) = std::env::var(TOKEN).ok().filter(|token| !token.is_empty()) {
        builder = builder.credentials(Credentials::token(token));
    }
    Ok(builder.build()?)
}

fn conformance(arguments: &ListArguments) -> Conformance {
    if arguments.strict { Conformance::Strict } else { Conformance::Tolerant }
}

fn sink(arguments: &ListArguments) -> anyhow::Result<Box<dyn Sink>> {
    let out: Box<dyn Write> = Box::new(BufWriter::new(io::stdout().lock()));
    let Some(query) = &arguments.query else {
        return Ok(output::sink(arguments.output.unwrap_or(OutputForm::Table), out));
    };
    match arguments.output.unwrap_or(OutputForm::Json) {
        OutputForm::Json => output::query(query, out, false),
        OutputForm::Yaml => output::query(query, out, true),
        _ => bail!("--query selects data of any form; print it with --output json or yaml"),
    }
}

async fn list(client: &Client, arguments: &ListArguments, sink: &mut dyn Sink) -> anyhow::Result<u8> {
    let wanted = arguments.max_items.unwrap_or(usize::MAX);
    let page_size = arguments.page_size.unwrap_or_else(|| {
        // A page larger than what is wanted would be thrown away.
        Limit::try_from(wanted.max(1)).unwrap_or(Limit::MAX)
    });
    let mut listing = client.list_hyperinstances().page_size(page_size);
    if let Some(key) = &arguments.sort_key {
        listing = listing.sort_key(key.clone());
    }
    if let Some(dir) = &arguments.sort_dir {
        listing = listing.sort_dir(dir.clone());
    }
    if let Some(offset) = arguments.offset {
        listing = listing.offset(offset);
    }

    let mut pages = listing.pages();
    let mut progress = Progress::new();
    let mut drift = DriftReport::default();
    let mut count = 0;
    let mut code = exit::CLEAN;
    let outcome: anyhow::Result<()> = async {
        while count < wanted
            && let Some(page) = pages.try_next().await?
        {
            let total = page.total();
            drift.tell(page.drift());
            if arguments.strict && !page.drift().is_empty() {
                code = exit::FINDINGS;
            }
            for item in page.into_items().into_iter().take(wanted - count) {
                count += 1;
                match item {
                    Ok(item) => {
                        sink.item(&Instance { raw: item.raw(), fields: Some(&item) })?;
                        drift.tell(item.drift());
                    }
                    Err(error) => {
                        let item = error.item().context("an error of an item has the item")?;
                        sink.item(&Instance { raw: item.raw(), fields: None })?;
                        exit::warn(&error.to_string());
                        code = exit::FINDINGS;
                    }
                }
            }
            progress.update(count, total);
        }
        Ok(())
    }
    .await;
    progress.finish();
    drift.finish();
    // What was received is printed also when the listing broke off; nothing received is not an empty listing.
    if outcome.is_ok() || count > 0 {
        sink.finish()?;
    }
    outcome?;
    Ok(code)
}
