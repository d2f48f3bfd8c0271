//! What the tests of the command line share.

#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]
#![allow(dead_code, reason = "each test file uses its part")]

use std::process::{Command, Output};

use hyperinstance_mock::{Fleet, Mock};
use tokio::runtime::Runtime;

/// The program, in an environment without credentials, proxies or terminal.
pub(crate) fn hyperinstance() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hyperinstance"));
    command.env_clear().env("HOME", "/nonexistent");
    // Where the system needs more than a home to start a process and open a socket.
    for name in ["PATH", "SystemRoot", "TMPDIR"] {
        command.envs(std::env::var_os(name).map(|value| (name, value)));
    }
    command
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A mock that serves while a program runs.
pub(crate) struct Served {
    pub(crate) mock: Mock,
    _runtime: Runtime,
}

impl Served {
    pub(crate) fn new(fleet: Fleet) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let mock = runtime.block_on(Mock::builder().fleet(fleet).start()).unwrap();
        Self { mock, _runtime: runtime }
    }

    /// `hyperinstance list` from the mock.
    pub(crate) fn list(&self, arguments: &[&str]) -> Command {
        let mut command = hyperinstance();
        command
            .args(["list", "--endpoint", &self.mock.endpoint()])
            .args(arguments)
            .env("HUAWEICLOUD_SDK_AK", self.mock.access_key())
            .env("HUAWEICLOUD_SDK_SK", self.mock.secret_key());
        if !arguments.contains(&"--project-id") {
            command.args(["--project-id", "0123456789abcdef0123456789abcdef"]);
        }
        command
    }
}
