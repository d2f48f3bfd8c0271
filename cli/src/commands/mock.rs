//! `hyperinstance mock`.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use hyperinstance_mock::{Fleet, Mock};

use crate::arguments::{MockArguments, Switch};
use crate::exit;

pub(crate) async fn run(arguments: MockArguments) -> anyhow::Result<u8> {
    let mut builder = Mock::builder()
        .listen(arguments.listen)
        .fleet(fleet(&arguments)?)
        .auth(arguments.auth == Switch::On)
        .latency(Duration::from_millis(arguments.latency));
    let own_keys = match (&arguments.access_key, &arguments.secret_key_file) {
        (Some(access_key), Some(file)) => {
            builder = builder.access_key(access_key, secret_key(file)?);
            true
        }
        _ => false,
    };
    let mock = builder.start().await.with_context(|| format!("cannot listen on {}", arguments.listen))?;

    let mut out = std::io::stdout().lock();
    writeln!(out, "listening on {}", mock.endpoint())?;
    out.flush()?;
    drop(out);
    if arguments.auth == Switch::On && !own_keys {
        print_demo_keys(&mock);
    }
    mock.wait().await.context("the server failed")?;
    Ok(exit::CLEAN)
}

fn fleet(arguments: &MockArguments) -> anyhow::Result<Fleet> {
    if let Some(file) = &arguments.data {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        return Fleet::from_json(&text).with_context(|| format!("{} holds no instances", file.display()));
    }
    Ok(match arguments.instances {
        Some(instances) => Fleet::generated(instances, arguments.servers, arguments.seed),
        None => Fleet::example(),
    })
}

fn secret_key(file: &Path) -> anyhow::Result<String> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read the secret key from {}", file.display()))?;
    let key = text.trim_end_matches(['\r', '\n']);
    ensure!(!key.is_empty(), "the secret key file {} is empty", file.display());
    Ok(key.to_owned())
}

fn print_demo_keys(mock: &Mock) {
    anstream::eprintln!(
        "\
Demo keys, which open nothing but mocks:

    export HUAWEICLOUD_SDK_AK={}
    export HUAWEICLOUD_SDK_SK={}

In another terminal, with these:

    hyperinstance list --endpoint {} --project-id 0123456789abcdef0123456789abcdef
",
        mock.access_key(),
        mock.secret_key(),
        mock.endpoint(),
    );
}
