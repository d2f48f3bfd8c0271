//! `hyperinstance validate` as its users run it.

#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;

use common::{hyperinstance, stderr, stdout};
use serde_json::Value;

const BAD: &str = "{\n  \"data\": [\n    {\"name\": \"a b\"}\n  ],\n  \"total\": \"1\"\n}\n";

#[test]
fn every_documented_example_is_valid() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/examples");
    // The gateway adds a field to its errors, which the page does not know.
    for (schema, glob, deny, files) in
        [("ListHyperinstancesResponse", "200*.json", true, 3), ("ErrorResponse", "[45]*.json", false, 4)]
    {
        let mut command = hyperinstance();
        command.args(["validate", "--schema", schema, "--glob", glob]).arg(&examples);
        if deny {
            command.arg("--deny-unknown");
        }
        let output = command.output().unwrap();
        assert_eq!(stdout(&output), format!("valid: {files} payloads\n"), "{}", stderr(&output));
        assert!(output.status.success());
    }
}

#[test]
fn a_person_sees_the_line_and_a_caret() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("with a blank.json");
    fs::write(&file, BAD).unwrap();
    let output = hyperinstance().arg("validate").arg(&file).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let expected = "error[pattern]: name: \"a b\" does not match ^[-_.a-zA-Z0-9]{1,64}$
  --> FILE:3:14  /data/0/name
  |
3 | {\"name\": \"a b\"}
  |          ^

error[type]: total: \"1\" is a string, not an integer
  --> FILE:5:12  /total
  |
5 | \"total\": \"1\"
  |          ^

invalid: 1 of 1 payload, 2 findings
";
    assert_eq!(stdout(&output).replace(file.to_str().unwrap(), "FILE"), expected);
}

#[test]
fn a_file_that_cannot_be_read_hides_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.json");
    fs::write(&file, BAD).unwrap();
    let output = hyperinstance().args(["validate", "--format", "json", "nowhere.json"]).arg(&file).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("warning: cannot read nowhere.json: "), "{}", stderr(&output));
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(report["files"][1]["findings"][0]["pointer"], "/data/0/name");
    assert_eq!(report["summary"]["unread"], 1);
    assert_eq!(report["summary"]["findings"], 2);
}

#[test]
fn each_line_of_ndjson_is_judged_by_itself_and_in_order() {
    let lines: Vec<String> =
        (0..5_000)
            .map(|number| {
                if number % 1000 == 7 { "{\"name\":\"a b\"}".to_owned() } else { format!("{{\"name\":\"n{number}\"}}") }
            })
            .collect();
    let mut command = hyperinstance();
    command.args(["validate", "--ndjson", "--format", "json", "--schema", "ServerHyperinstanceResponse", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all((lines.join("\n") + "\nnope").as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let verdicts: Vec<Value> = stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(verdicts.len(), 5_001);
    let invalid: Vec<_> =
        verdicts.iter().filter(|verdict| verdict["valid"] == false).map(|v| v["line"].as_u64().unwrap()).collect();
    assert_eq!(invalid, [8, 1008, 2008, 3008, 4008, 5001]);
    assert!(verdicts.iter().zip(1..).all(|(verdict, line)| verdict["line"] == line));
}

#[test]
fn no_payload_can_inject_into_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("evil,title=x::error::.json");
    fs::write(&file, "{\"data\":[{\"name\":\"\\u001b[2J\\n::error::<x>\"}],\"total\":\"</testcase>]]>\"}").unwrap();
    for format in ["text", "json", "github", "sarif", "junit"] {
        let output = hyperinstance().args(["validate", "--format", format]).arg(&file).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        let text = stdout(&output);
        assert!(format != "junit" || !text.contains("</testcase>]]>"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
        let commands = text.lines().filter(|line| line.starts_with("::")).count();
        assert_eq!(commands, if format == "github" { 2 } else { 0 }, "{text}");
    }
}

#[test]
fn sarif_has_what_code_scanning_asks_for() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad file.json"), BAD).unwrap();
    let output = hyperinstance()
        .args(["validate", "--format", "sarif", "bad file.json"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let log: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules: Vec<_> =
        run["tool"]["driver"]["rules"].as_array().unwrap().iter().map(|rule| rule["id"].clone()).collect();
    assert_eq!(rules, ["pattern", "type"]);
    let place = &run["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "bad%20file.json");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&3.into(), &14.into()));
}

#[test]
fn a_line_without_end_is_refused_and_the_next_one_judged() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("long.ndjson");
    fs::write(&file, format!("{{}}\r\n{}\n{{\"name\":\"a b\"}}", "x".repeat(17 << 20))).unwrap();
    let output = hyperinstance()
        .args(["validate", "--ndjson", "--format", "github", "--schema", "ServerHyperinstanceResponse"])
        .arg(&file)
        .output()
        .unwrap();
    let text = stdout(&output);
    let lines: Vec<_> = text.lines().map(|line| line.split(",line=").nth(1).unwrap_or(line)).collect();
    assert_eq!(
        lines,
        [
            "2,col=1,title=json::the line has more than 16777216 bytes, and is not judged",
            "3,col=9,title=pattern::name: \"a b\" does not match ^[-_.a-zA-Z0-9]{1,64}$",
            "2 of 3 payloads invalid, 2 findings",
        ],
    );
}

#[test]
#[cfg(unix)]
fn an_interrupt_ends_the_run_at_once() {
    let mut command = hyperinstance();
    command.args(["validate", "--ndjson", "--format", "json", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    // Input without end; it breaks when the program does.
    let writer = std::thread::spawn(move || while input.write_all(&b"{}\n".repeat(1 << 16)).is_ok() {});
    // The first verdict tells that it is at work.
    child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    writer.join().unwrap();
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let mut command = hyperinstance();
    command.args(["validate", "--ndjson", "--format", "json", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.stdout(fs::File::create("/dev/full").unwrap()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"{}\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error: "), "{}", stderr(&output));
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let mut command = hyperinstance();
    command.args(["validate", "--ndjson", "--format", "json", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    // It may have ended already.
    let _ = input.write_all("{}\n".repeat(200_000).as_bytes());
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}

#[test]
fn a_wrong_schema_is_told() {
    let output = hyperinstance().args(["validate", "--schema", "ServerRespnse", "-"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "error: the document has no schema `ServerRespnse`; did you mean `ServerResponse`? (`hyperinstance schema` prints the names)\n",
    );
}
