//! What can be asked of the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use hyperinstance_client::types::{Limit, Offset, SortDir, SortKey};

/// Supernodes of Huawei Cloud ModelArts from the command line.
///
/// Exit codes: 0 done and clean, 1 findings, 2 usage, input or I/O error, 3 remote error, 130 interrupted.
#[derive(Debug, Parser)]
#[command(name = "hyperinstance", version, propagate_version = false, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the supernode instances of a project
    ///
    /// Credentials come from the environment variables `HUAWEICLOUD_SDK_AK` and `HUAWEICLOUD_SDK_SK` (and, for temporary ones,
    /// `HUAWEICLOUD_SDK_SECURITY_TOKEN`), or from the profile file ~/.huaweicloud/credentials. An IAM token in
    /// `HYPERINSTANCE_TOKEN` comes before both. No secret is accepted on the command line, where other users can see it.
    #[command(aliases = ["ListHyperinstances", "ListHyperinstanceDevServers"])]
    List(ListArguments),
    /// Judge JSON files by a schema of the document, to the line and column
    Validate(ValidateArguments),
    /// Serve supernode instances like the real service, on this machine
    Mock(MockArguments),
    /// Print the JSON Schema of a component, or the names of all
    Schema(SchemaArguments),
    /// Print the regions and their endpoints
    Regions,
    /// Print a script that completes commands in a shell
    Completions(CompletionsArguments),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  hyperinstance list --demo
  hyperinstance list --region cn-north-4 --project-id 0123456789abcdef0123456789abcdef
  hyperinstance list --region cn-north-4 --query \"[?status=='ERROR'].name\"")]
pub(crate) struct ListArguments {
    /// Region of the service, such as cn-north-4; `hyperinstance regions` prints them
    #[arg(long, value_name = "REGION", conflicts_with = "endpoint")]
    pub(crate) region: Option<String>,
    /// Base URL of the service instead of a region
    #[arg(long, value_name = "URL")]
    pub(crate) endpoint: Option<String>,
    /// Project whose instances are listed [default: `HUAWEICLOUD_SDK_PROJECT_ID`, or the profile file]
    #[arg(long, value_name = "ID")]
    pub(crate) project_id: Option<String>,
    /// Time by which to order
    #[arg(long, value_name = "KEY", value_parser = parser(SortKey::ALL))]
    pub(crate) sort_key: Option<SortKey>,
    /// Direction of the order
    #[arg(long, value_name = "DIR", value_parser = parser(SortDir::ALL))]
    pub(crate) sort_dir: Option<SortDir>,
    /// Instances per call, 1 to 1024 [default: 1024]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) page_size: Option<Limit>,
    /// Instances to skip, 0 to 2147483647 [default: 0]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) offset: Option<Offset>,
    /// Stop after this many instances
    #[arg(long, value_name = "N")]
    pub(crate) max_items: Option<usize>,
    /// Form of the output [default: table, with --query json]
    #[arg(long, short, value_enum, value_name = "FORM")]
    pub(crate) output: Option<OutputForm>,
    /// Print what this JMESPath expression selects from the array of instances
    #[arg(long, value_name = "JMESPATH")]
    pub(crate) query: Option<String>,
    /// Refuse instances that deviate from the document: they are not printed in tables, and the exit code is 1
    #[arg(long)]
    pub(crate) strict: bool,
    /// List from a mock inside this process: the documented example and a generated fleet
    #[arg(long, conflicts_with_all = ["region", "endpoint", "project_id"])]
    pub(crate) demo: bool,
}

/// Form of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputForm {
    /// Aligned columns that fit the terminal
    Table,
    /// All columns
    Wide,
    /// One array of the instances as the server sent them
    Json,
    /// One instance per line, as the server sent it
    Ndjson,
    /// One sequence of the instances with all fields
    Yaml,
    /// All columns, for spreadsheets
    Csv,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  hyperinstance validate response.json
  hyperinstance validate --schema ServerHyperinstanceResponse fixtures/
  hyperinstance list --region cn-north-4 --output ndjson | hyperinstance validate --ndjson --schema ServerHyperinstanceResponse -")]
pub(crate) struct ValidateArguments {
    /// Files to judge; `-` is standard input, and a folder stands for the files in it
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Component of the document; `hyperinstance schema` prints the names
    #[arg(long, value_name = "NAME", default_value = "ListHyperinstancesResponse")]
    pub(crate) schema: String,
    /// Form of the report
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    pub(crate) format: ReportForm,
    /// Each line of a file is a payload of its own
    #[arg(long)]
    pub(crate) ndjson: bool,
    /// A field that the document does not know is a finding
    #[arg(long)]
    pub(crate) deny_unknown: bool,
    /// Most findings of each payload
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_findings: u32,
    /// Names of the files in a folder that are judged [default: *.json, with --ndjson *.ndjson]
    #[arg(long, value_name = "PATTERN")]
    pub(crate) glob: Option<String>,
}

/// Form of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportForm {
    /// For people, with the line that is wrong
    #[default]
    Text,
    /// For programs; with --ndjson an object per line
    Json,
    /// Annotations in GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// `JUnit` XML, a test case for each payload
    Junit,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  hyperinstance mock --instances 100 --servers 48
  hyperinstance mock --data response.json --auth off")]
pub(crate) struct MockArguments {
    /// Address to listen on; port 0 is a free one
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:0")]
    pub(crate) listen: SocketAddr,
    /// Serve this many generated instances [default: the documented example]
    #[arg(long, value_name = "N")]
    pub(crate) instances: Option<usize>,
    /// Servers of each generated instance
    #[arg(long, value_name = "N", default_value_t = 4, requires = "instances")]
    pub(crate) servers: usize,
    /// Generate other instances; the same for the same number
    #[arg(long, value_name = "N", default_value_t = 0, requires = "instances")]
    pub(crate) seed: u64,
    /// Serve the instances of this file: a response of the listing, or an array of instances, as JSON
    #[arg(long, value_name = "FILE", conflicts_with = "instances")]
    pub(crate) data: Option<PathBuf>,
    /// Whether callers must sign or bring a token
    #[arg(long, value_enum, value_name = "on|off", default_value_t = Switch::On)]
    pub(crate) auth: Switch,
    /// Access key to know [default: demo keys, printed to standard error]
    #[arg(long, value_name = "AK", requires = "secret_key_file")]
    pub(crate) access_key: Option<String>,
    /// File with the secret key that belongs to it
    #[arg(long, value_name = "FILE", requires = "access_key")]
    pub(crate) secret_key_file: Option<PathBuf>,
    /// Wait this many milliseconds before each answer
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub(crate) latency: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Switch {
    On,
    Off,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArguments {
    /// Name of the component, such as `ListHyperinstancesResponse`
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArguments {
    /// The shell
    pub(crate) shell: Shell,
}

/// Reads one of the documented values, which `--help` and completion then list.
fn parser<T>(values: &'static [T]) -> impl TypedValueParser<Value = T>
where
    T: AsRef<str> + std::str::FromStr<Err: std::error::Error + Send + Sync + 'static> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(values.iter().map(AsRef::as_ref)).try_map(|value| value.parse::<T>())
}
