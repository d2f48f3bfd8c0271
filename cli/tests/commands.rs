//! The other commands as their users run them.

#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use common::{hyperinstance, stderr, stdout};

#[test]
fn the_help_names_every_command() {
    let output = hyperinstance().arg("--help").output().unwrap();
    insta::assert_snapshot!(stdout(&output), @r"
    Supernodes of Huawei Cloud ModelArts from the command line.

    Exit codes: 0 done and clean, 1 findings, 2 usage, input or I/O error, 3 remote error, 130
    interrupted.

    Usage: hyperinstance <COMMAND>

    Commands:
      list         List the supernode instances of a project
      validate     Judge JSON files by a schema of the document, to the line and column
      mock         Serve supernode instances like the real service, on this machine
      schema       Print the JSON Schema of a component, or the names of all
      regions      Print the regions and their endpoints
      completions  Print a script that completes commands in a shell
      help         Print this message or the help of the given subcommand(s)

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version
    ");
}

#[test]
fn regions_are_aligned() {
    let text = stdout(&hyperinstance().arg("regions").output().unwrap());
    assert_eq!(text.lines().count(), 22);
    assert_eq!(text.lines().next(), Some("af-north-1      https://modelarts.af-north-1.myhuaweicloud.com"));
}

#[test]
fn schemas_are_listed_and_printed_as_they_are() {
    let names = stdout(&hyperinstance().arg("schema").output().unwrap());
    let known: Vec<_> = hyperinstance_spec::schemas().iter().map(|schema| schema.name).collect();
    assert_eq!(names.lines().collect::<Vec<_>>(), known);
    assert!(known.contains(&"ListHyperinstancesResponse"));
    for schema in hyperinstance_spec::schemas() {
        assert_eq!(stdout(&hyperinstance().args(["schema", schema.name]).output().unwrap()), schema.text);
    }
    let output = hyperinstance().args(["schema", "Gone"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr(&output), "error: there is no schema `Gone`; `hyperinstance schema` prints the names\n");
}

#[test]
fn completions_are_printed_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = hyperinstance().args(["completions", shell]).output().unwrap();
        assert!(output.status.success());
        assert!(stdout(&output).contains("hyperinstance"), "{shell}");
    }
}

#[test]
fn an_unknown_flag_or_command_is_a_usage_error() {
    for arguments in [&["list", "--secret-key", "x"][..], &["frobnicate"], &[]] {
        assert_eq!(hyperinstance().args(arguments).output().unwrap().status.code(), Some(2), "{arguments:?}");
    }
}

/// Starts the mock, lists from it with these keys, stops it, and gives the mock's standard error.
#[track_caller]
fn list_from_mock(arguments: &[&str], keys: [&str; 2], expected: &str) -> String {
    let mut mock =
        hyperinstance().arg("mock").args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(mock.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let endpoint = line.strip_prefix("listening on ").expect("the first line tells where").trim();
    let output = hyperinstance()
        .args(["list", "--endpoint", endpoint, "--project-id", "p", "--query", "length(@)"])
        .env("HUAWEICLOUD_SDK_AK", keys[0])
        .env("HUAWEICLOUD_SDK_SK", keys[1])
        .output()
        .unwrap();
    mock.kill().unwrap();
    let told = stderr(&mock.wait_with_output().unwrap());
    assert_eq!(stdout(&output), expected, "{}", stderr(&output));
    told
}

#[test]
fn the_mock_serves_until_it_is_stopped() {
    let demo = [hyperinstance_mock::DEMO_ACCESS_KEY, hyperinstance_mock::DEMO_SECRET_KEY];
    let told = list_from_mock(&[], demo, "1\n");
    assert!(told.contains(&format!("export HUAWEICLOUD_SDK_SK={}\n", demo[1])), "{told}");
    list_from_mock(&["--instances", "25", "--servers", "2", "--seed", "3"], demo, "25\n");
    assert_eq!(list_from_mock(&["--auth", "off"], ["any", "key"], "1\n"), "");
}

#[test]
fn the_mock_takes_keys_and_data_from_files() {
    let folder = tempfile::tempdir().unwrap();
    let (key, data) = (folder.path().join("a key"), folder.path().join("data.json"));
    std::fs::write(&key, "secret of mine\n".replace(' ', "-")).unwrap();
    std::fs::write(&data, r#"{"data":[{"name":"a"},{"name":"b"}]}"#).unwrap();
    let (key, data) = (key.to_str().unwrap(), data.to_str().unwrap());
    let arguments = ["--access-key", "AK", "--secret-key-file", key, "--data", data];
    assert_eq!(list_from_mock(&arguments, ["AK", "secret-of-mine"], "2\n"), "");

    let refused = |arguments: &[&str]| {
        let output = hyperinstance().arg("mock").args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        stderr(&output)
    };
    assert!(refused(&["--data", key]).contains(" holds no instances: expected a response of the listing"));
    assert!(refused(&["--data", "/nonexistent"]).starts_with("error: cannot read /nonexistent: "));
    assert!(refused(&["--access-key", "AK"]).contains("--secret-key-file <FILE>"));
    assert!(refused(&["--listen", "203.0.113.1:80"]).starts_with("error: cannot listen on 203.0.113.1:80: "));
}
