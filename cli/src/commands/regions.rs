//! `hyperinstance regions`.

use std::io::Write;

use hyperinstance_client::regions;

use crate::exit;

pub(crate) fn run() -> anyhow::Result<u8> {
    let width = regions::all().map(|(region, _)| region.len()).max().unwrap_or_default();
    let mut out = anstream::stdout().lock();
    for (region, endpoint) in regions::all() {
        writeln!(out, "{region:width$}  {endpoint}")?;
    }
    Ok(exit::CLEAN)
}
