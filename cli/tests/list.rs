//! `hyperinstance list` as its users run it.

#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;

use common::{Served, hyperinstance, stderr, stdout};
use hyperinstance_mock::Fleet;
use serde_json::Value;

#[test]
fn the_demo_lists_the_example_and_a_fleet() {
    let output = hyperinstance().args(["list", "--demo", "--output", "csv"]).output().unwrap();
    assert!(output.status.success());
    assert_eq!(stderr(&output), "");
    let text = stdout(&output);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 13);
    assert_eq!(
        lines[..2],
        [
            "NAME,STATUS,NODES,FLAVOR,CREATED,UPDATED,ID,HPS_ID,CLUSTER_ID,ORDER_ID,CHARGING,SERVERS,IMAGE,KEY_PAIR,\
             VPC_ID,SUBNET_ID",
            "devserver-hps,ACTIVE,1,kat3ne-8.48xlarge.8.800t.matrix,2024-11-08T08:51:15.839Z,\
             2024-11-10T03:38:38.651Z,b4beacb6-4380-448c-a218-daa82cf03f5d,33806b62-1c7b-4781-8d2c-411a042b86b8,\
             42669b79-da2f-4482-ad40-22f50442c9e7,CS2411081650G9B6Z,PRE_PAID,RUNNING,\
             86496e41-87c4-4779-9007-4f8f5c2a208f,KeyPair-hps,7980ccf4-44d0-42cc-a844-42e035379a38,",
        ],
    );
}

#[test]
fn a_table_has_a_title_and_a_line_per_instance() {
    let output = hyperinstance().args(["list", "--demo"]).output().unwrap();
    let text = stdout(&output);
    let titles: Vec<_> = text.lines().next().unwrap().split_whitespace().collect();
    assert_eq!(titles, ["NAME", "STATUS", "NODES", "FLAVOR", "CREATED", "UPDATED", "ID"]);
    assert_eq!(text.lines().count(), 13);
    assert!(!text.contains('\u{1b}'), "no colour into a pipe");
}

#[test]
fn json_equals_what_was_sent_over_several_pages() {
    let fleet = Fleet::generated(25, 3, 11);
    let sent: Vec<Value> = fleet.to_json().map(|text| serde_json::from_str(&text).unwrap()).collect();
    let served = Served::new(fleet);
    for page_size in ["1", "7", "1024"] {
        let output = served.list(&["--output", "json", "--page-size", page_size]).output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        let listed: Vec<Value> = serde_json::from_str(&stdout(&output)).unwrap();
        assert_eq!(listed, sent, "page size {page_size}");

        let output = served.list(&["--output", "ndjson", "--page-size", page_size]).output().unwrap();
        let listed: Vec<Value> = stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(listed, sent, "page size {page_size}");
    }
}

#[test]
fn fields_that_nobody_knows_are_printed() {
    let sent = "[{\"id\":\"b4beacb6-4380-448c-a218-daa82cf03f5d\",\n \"brand_new\": {\"n\": 1.50}}]";
    let served = Served::new(Fleet::from_json(sent).unwrap());
    let print = |form: &str| stdout(&served.list(&["--output", form]).output().unwrap());
    let item = "{\"id\":\"b4beacb6-4380-448c-a218-daa82cf03f5d\",\n \"brand_new\": {\"n\": 1.50}}";
    assert_eq!(print("json"), format!("[\n{item}\n]\n"));
    assert_eq!(print("ndjson"), format!("{}\n", item.replace('\n', " ")));
    assert_eq!(print("yaml"), "- id: b4beacb6-4380-448c-a218-daa82cf03f5d\n  brand_new:\n    n: 1.5\n");
}

#[test]
fn nothing_is_an_empty_listing_in_every_form() {
    let served = Served::new(Fleet::empty());
    let print = |form: &str| {
        let output = served.list(&["--output", form]).output().unwrap();
        assert!(output.status.success());
        (stdout(&output), stderr(&output))
    };
    let alone = |text: &str| (text.to_owned(), String::new());
    assert_eq!(print("json"), alone("[]\n"));
    assert_eq!(print("ndjson"), alone(""));
    assert_eq!(print("yaml"), alone("[]\n"));
    assert_eq!(print("table"), (String::new(), "no supernode instances\n".to_owned()));
    assert_eq!(print("csv").0.lines().count(), 1);
}

#[test]
fn a_query_selects() {
    let served = Served::new(Fleet::example());
    let output = served.list(&["--query", "[].{name: name, servers: length(servers)}"]).output().unwrap();
    let selected: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(selected, serde_json::json!([{ "name": "devserver-hps", "servers": 1 }]));
    let output = served.list(&["--query", "[].name", "--output", "yaml"]).output().unwrap();
    assert_eq!(stdout(&output), "- devserver-hps\n");
}

#[test]
fn no_more_is_fetched_than_wanted() {
    let served = Served::new(Fleet::generated(30, 1, 0));
    let output = served.list(&["--max-items", "4", "--output", "ndjson"]).output().unwrap();
    assert_eq!(stdout(&output).lines().count(), 4);
    let requests = served.mock.requests();
    assert_eq!(requests.len(), 1);
    assert!(requests[0].target.ends_with("?limit=4&offset=0"), "{}", requests[0].target);
}

#[test]
fn one_bad_instance_is_told_and_the_others_are_printed() {
    let fleet = Fleet::from_json(r#"[{"name":"good"},{"name":["bad"]}]"#).unwrap();
    let served = Served::new(fleet);
    let output = served.list(&["--output", "json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "[\n{\"name\":\"good\"},\n{\"name\":[\"bad\"]}\n]\n");
    assert!(
        stderr(&output).starts_with("warning: 200: item 1 of the page cannot be decoded at /data/1/name: "),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_wrong_key_is_told_with_code_and_request_id() {
    let served = Served::new(Fleet::example());
    let output = served.list(&[]).env("HUAWEICLOUD_SDK_SK", "wrong").output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(stdout(&output), "");
    let requests = served.mock.requests();
    assert_eq!(requests.len(), 1, "exactly one request");
    let text = stderr(&output);
    assert!(text.starts_with("error: 401 APIGW.0301: Incorrect IAM authentication information: "), "{text}");
    assert!(text.contains(&format!("(request id {})", requests[0].request_id)), "{text}");
    assert!(text.contains("\nhint: check the access key, the secret key and this machine's clock"), "{text}");
}

#[test]
fn bad_input_is_told_in_a_sentence_and_nothing_is_sent() {
    let served = Served::new(Fleet::example());
    let table: &[(&[&str], &str)] = &[
        (
            &["--page-size", "0"],
            "error: invalid value '0' for '--page-size <N>': Limit must be an integer from 1 to 1024, not `0`",
        ),
        (
            &["--page-size", "1025"],
            "error: invalid value '1025' for '--page-size <N>': Limit must be an integer from 1 to 1024, not `1025`",
        ),
        (
            &["--offset", "-1"],
            "error: invalid value '-1' for '--offset <N>': Offset must be an integer from 0 to 2147483647, not `-1`",
        ),
        (&["--sort-dir", "sideways"], "error: invalid value 'sideways' for '--sort-dir <DIR>'"),
        (&["--sort-key", "name"], "error: invalid value 'name' for '--sort-key <KEY>'"),
        (&["--project-id", "../x"], "error: the project id `../x` is not 1 to 64 letters, digits and hyphens"),
        (&["--query", "["], "error: the query is not JMESPath: Parse error: "),
        (
            &["--query", "[]", "--output", "table"],
            "error: --query selects data of any form; print it with --output json or yaml",
        ),
    ];
    for (arguments, expected) in table {
        let output = served.list(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).starts_with(expected), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "");
    }
    assert_eq!(served.mock.requests(), []);
}

#[test]
fn settings_that_are_missing_or_wrong_are_named() {
    let home = tempfile::tempdir().unwrap();
    let list = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = hyperinstance();
        command.env("HOME", home.path()).arg("list").args(arguments).envs(variables.iter().copied());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        stderr(&output)
    };
    let region = ["--region", "cn-north-4", "--project-id", "p"];
    assert!(list(&[], &[]).starts_with("error: no region given; name one with --region "));
    assert!(
        list(&["--region", "mars-1"], &[])
            .starts_with("error: there is no region `mars-1`\nhint: name one of af-north-1, ")
    );
    assert!(
        list(&region, &[])
            .starts_with("error: no credentials found: the environment variable HUAWEICLOUD_SDK_AK is not set; ")
    );
    assert_eq!(
        list(&region, &[("HUAWEICLOUD_SDK_AK", "AK")]),
        "error: the environment variable HUAWEICLOUD_SDK_SK is not set\n\
         hint: set both HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK\n",
    );
    let file = home.path().join("with blank.ini");
    let named = [("HUAWEICLOUD_SDK_CREDENTIALS_FILE", file.to_str().unwrap())];
    assert!(list(&region, &named).starts_with(&format!("error: cannot read the profile file {}: ", file.display())));
    std::fs::write(&file, b"\xff\xfe").unwrap();
    assert!(list(&region, &named).starts_with(&format!("error: cannot read the profile file {}: ", file.display())));
    std::fs::write(&file, "[basic]\nak = AK\n").unwrap();
    assert!(list(&region, &named).contains("has no key `sk`\nhint: the file needs a section [basic] "));
    std::fs::write(&file, "[basic]\nak = AK\nsk = SK\n").unwrap();
    assert!(list(&region[..2], &named).starts_with("error: no project id given\n"));
    let keys = [("HUAWEICLOUD_SDK_AK", "AK"), ("HUAWEICLOUD_SDK_SK", "SK")];
    assert!(list(&["--endpoint", "http://example.com"], &keys).contains("is not encrypted"));
}

#[test]
fn a_profile_file_or_a_token_serves() {
    let served = Served::new(Fleet::example());
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join(".huaweicloud")).unwrap();
    let (ak, sk) = (served.mock.access_key(), served.mock.secret_key());
    let profile = format!("[basic]\nak = {ak}\nsk = {sk}\nproject_id = from-the-profile\n");
    std::fs::write(home.path().join(".huaweicloud/credentials"), profile).unwrap();
    let list = || {
        let mut command = hyperinstance();
        command.args(["list", "--endpoint", &served.mock.endpoint()]).env("HOME", home.path());
        command
    };
    assert_eq!(list().output().unwrap().status.code(), Some(0));
    assert!(served.mock.requests()[0].target.starts_with("/v1/from-the-profile/"));

    let output = list().args(["--project-id", "p"]).env("HYPERINSTANCE_TOKEN", served.mock.token()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(served.mock.requests()[1].header("x-auth-token"), Some(served.mock.token()));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error_and_a_full_disk_is_one() {
    use std::io::Read;
    use std::process::Stdio;

    let served = Served::new(Fleet::generated(200, 20, 0));
    let mut child = served.list(&["--output", "ndjson"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut [0; 100]).unwrap();
    drop(out);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));

    if let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") {
        let output = served.list(&["--output", "json"]).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).starts_with("error: No space left on device"), "{}", stderr(&output));
    }
}

#[test]
fn drift_is_told_and_refused_under_strict() {
    let fleet = r#"[{"name":"odd","status":"HIBERNATING"},{"name":"plain","status":"ACTIVE"}]"#;
    let served = Served::new(Fleet::from_json(fleet).unwrap());
    let output = served.list(&["--query", "[].status"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stdout(&output), "[\n  \"HIBERNATING\",\n  \"ACTIVE\"\n]\n");
    assert_eq!(
        stderr(&output),
        "warning: the response deviates from the document at /data/0/status: the value must be one of PROVISIONING, \
         ACTIVE, ERROR, REIMAGING, TERMINATING, TERMINATED, not `HIBERNATING`\n",
    );

    let output = served.list(&["--strict"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).starts_with("warning: 200: item 0 of the page deviates from the document: /data/0/status: ")
    );
    let text = stdout(&output);
    assert!(text.contains("plain") && !text.contains("odd"), "{text}");
}
