//! The client against the mock, over real HTTP with real signatures.

use std::time::Duration;

use futures_util::StreamExt;
use hyperinstance_client::types::{SortDir, SortKey};
use hyperinstance_client::{Conformance, Credentials, ErrorClass, Hyperinstance};
use hyperinstance_mock::{Fleet, Mock};
use hyperinstance_tests::{PROJECT, builder, client};
use serde_json::Value;

#[tokio::test]
async fn the_documented_exchange() {
    let mock = Mock::start().await.unwrap();
    let fleet = client(&mock).list_hyperinstances().items().try_collect().await.unwrap();

    assert_eq!(fleet.len(), 1);
    let supernode = &fleet[0];
    assert_eq!(supernode.name.as_deref(), Some("devserver-hps"));
    assert_eq!(supernode.servers()[0].endpoints()[0].uri.as_deref(), Some("10.1.0.98"));
    let documented: Value =
        serde_json::from_str(hyperinstance_spec::example("ListHyperinstances", 200, None).unwrap().body).unwrap();
    let raw: Value = serde_json::from_str(supernode.raw().get()).unwrap();
    assert_eq!(raw, documented["data"][0]);

    let [request] = &mock.requests()[..] else { panic!("one request") };
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("GET", format!("/v1/{PROJECT}/dev-servers/hyperinstance?limit=1024&offset=0").as_str()),
    );
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("user-agent"), Some(concat!("hyperinstance/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(request.header("x-project-id"), Some(PROJECT));
    assert!(request.header("authorization").unwrap().contains("SignedHeaders=host;x-project-id;x-sdk-date, "));
    assert_eq!(request.header("api-version"), None);
    assert_eq!(request.header("x-auth-token"), None);
}

#[tokio::test]
async fn every_instance_is_listed_once_at_any_page_size() {
    let fleet = Fleet::generated(25, 2, 7);
    let sent: Vec<String> = fleet.to_json().collect();
    let mock = Mock::builder().fleet(fleet).start().await.unwrap();
    for (page_size, calls) in [(1, 25), (10, 3), (25, 1), (1024, 1)] {
        let before = mock.requests().len();
        let listed = client(&mock).list_hyperinstances().page_size(page_size).items().try_collect().await.unwrap();
        let listed: Vec<_> = listed.iter().map(|item| item.raw().get().to_owned()).collect();
        assert_eq!(listed, sent, "page size {page_size}");
        assert_eq!(mock.requests().len() - before, calls, "page size {page_size}");
    }
}

#[tokio::test]
async fn order_and_offset_are_the_servers() {
    let mock = Mock::builder().fleet(Fleet::generated(12, 1, 3)).start().await.unwrap();
    let listing = client(&mock).list_hyperinstances().sort_key(SortKey::UpdateTime).sort_dir(SortDir::Desc).offset(4);
    let listed = listing.page_size(5).items().try_collect().await.unwrap();
    let times: Vec<i64> = listed.iter().map(|item| item.update_at.as_ref().unwrap().0).collect();
    assert_eq!(times.len(), 8);
    assert!(times.is_sorted_by(|a, b| a >= b), "{times:?}");
    assert!(mock.requests()[0].target.ends_with("?limit=5&offset=4&sort_dir=DESC&sort_key=updateTime"));
}

#[tokio::test]
async fn pages_tell_where_they_are() {
    let mock = Mock::builder().fleet(Fleet::generated(5, 1, 3)).start().await.unwrap();
    let pages = client(&mock).list_hyperinstances().page_size(2).pages().try_collect().await.unwrap();
    let places: Vec<_> = pages.iter().map(|page| (page.offset(), page.items().len(), page.total())).collect();
    assert_eq!(places, [(0, 2, Some(5)), (2, 2, Some(5)), (4, 1, Some(5))]);
    let sent: Vec<_> = mock.requests().into_iter().map(|request| request.request_id).collect();
    let told: Vec<_> = pages.iter().map(|page| page.request_id().unwrap().to_owned()).collect();
    assert_eq!(told, sent);
}

#[tokio::test]
async fn an_empty_account_is_an_empty_listing() {
    let mock = Mock::builder().fleet(Fleet::empty()).start().await.unwrap();
    assert_eq!(client(&mock).list_hyperinstances().items().try_collect().await.unwrap().len(), 0);
    assert_eq!(client(&mock).list_hyperinstances().pages().try_collect().await.unwrap().len(), 1);
    assert_eq!(mock.requests().len(), 2);
}

#[tokio::test]
async fn unknown_fields_survive() {
    let sent =
        r#"{"id":"b4beacb6-4380-448c-a218-daa82cf03f5d","brand_new":{"n":1.50,"big":123456789012345678901234567890}}"#;
    let mock = Mock::builder().fleet(Fleet::from_json(&format!("[{sent}]")).unwrap()).start().await.unwrap();
    let listed = client(&mock).list_hyperinstances().items().try_collect().await.unwrap();
    assert_eq!(listed[0].raw().get(), sent);
    assert_eq!(serde_json::to_string(&listed[0]).unwrap(), sent);
}

#[tokio::test]
async fn one_bad_item_hides_no_other() {
    let good = |n: u8| format!(r#"{{"id":"b4beacb6-4380-448c-a218-daa82cf03f5{n}","create_at":{n}}}"#);
    let bad = r#"{"name":["not","a","name"],"create_at":2}"#;
    let fleet = Fleet::from_json(&format!("[{},{bad},{}]", good(1), good(3))).unwrap();
    let mock = Mock::builder().fleet(fleet).start().await.unwrap();
    let listed: Vec<_> = client(&mock).list_hyperinstances().items().collect().await;
    assert_eq!(listed.len(), 3);
    assert!(listed[0].is_ok() && listed[2].is_ok());
    let error = listed[1].as_ref().unwrap_err();
    assert_eq!((error.class(), error.status()), (ErrorClass::Decode, Some(200)));
    assert_eq!(error.request_id(), Some(mock.requests()[0].request_id.as_str()));
    let item = error.item().unwrap();
    assert_eq!((item.index(), item.pointer(), item.raw().get()), (1, "/data/1/name", bad));
}

#[tokio::test]
async fn a_wrong_key_is_told_after_one_request() {
    let mock = Mock::start().await.unwrap();
    let wrong = Credentials::access_key(mock.access_key(), "canary-wrong-key");
    let client = builder(&mock).credentials(wrong).build().unwrap();
    let error = client.list_hyperinstances().items().try_collect().await.unwrap_err();

    let [request] = &mock.requests()[..] else { panic!("one request") };
    assert_eq!((error.class(), error.status(), error.code()), (ErrorClass::Auth, Some(401), Some("APIGW.0301")));
    assert_eq!(error.request_id(), Some(request.request_id.as_str()));
    assert!(!error.is_retryable());
    assert!(error.message().contains("the signature does not match"), "{error}");
    assert!(error.hint().unwrap().contains("five failures lock a key"));
    assert!(!format!("{error} {error:?} {client:?}").contains("canary"), "no secret is told");
}

#[tokio::test]
async fn a_token_or_temporary_keys_serve_as_well() {
    let mock = Mock::builder().token("a token").start().await.unwrap();
    let refused = builder(&mock).credentials(Credentials::token("a token")).build().unwrap_err();
    assert_eq!(refused.message(), "the token contains blanks, line breaks or characters outside ASCII");

    let mock = Mock::builder().token("a.token").start().await.unwrap();
    let client = builder(&mock).credentials(Credentials::token("a.token")).build().unwrap();
    assert_eq!(client.list_hyperinstances().items().try_collect().await.unwrap().len(), 1);

    let temporary = Credentials::access_key(mock.access_key(), mock.secret_key()).with_security_token("T+/==");
    let client = builder(&mock).credentials(temporary).build().unwrap();
    assert_eq!(client.list_hyperinstances().items().try_collect().await.unwrap().len(), 1);
    let request = mock.requests().pop().unwrap();
    assert_eq!(request.header("x-security-token"), Some("T+/=="));
    assert!(request.header("authorization").unwrap().contains(";x-sdk-date;x-security-token, "));
}

#[tokio::test]
async fn a_wrong_parameter_is_told_before_anything_is_sent() {
    let mock = Mock::start().await.unwrap();
    let message = |listing: hyperinstance_client::ListHyperinstances| async {
        let error = listing.items().try_collect().await.unwrap_err();
        assert_eq!(error.class(), ErrorClass::Input);
        error.to_string()
    };
    let listing = || client(&mock).list_hyperinstances();
    assert_eq!(message(listing().page_size(0)).await, "Limit must be an integer from 1 to 1024, not `0`");
    assert_eq!(message(listing().page_size(1025)).await, "Limit must be an integer from 1 to 1024, not `1025`");
    assert_eq!(message(listing().offset(-1)).await, "Offset must be an integer from 0 to 2147483647, not `-1`");
    for project in ["../x", "", "a/b", "a b", &"x".repeat(65)] {
        let error = builder(&mock).project_id(project).build().unwrap_err();
        assert_eq!(error.class(), ErrorClass::Config, "{project}");
    }
    assert_eq!(mock.requests(), []);
}

#[tokio::test]
async fn time_runs_out() {
    let mock = Mock::builder().latency(Duration::from_secs(60)).start().await.unwrap();
    let client = builder(&mock).timeout(Duration::from_millis(50)).build().unwrap();
    let error = client.list_hyperinstances().items().try_collect().await.unwrap_err();
    assert_eq!(error.class(), ErrorClass::Timeout);
    assert_eq!(error.message(), "no complete answer within 0.05 s");
    assert!(error.is_retryable());
}

#[tokio::test]
async fn nobody_listens() {
    let mock = Mock::start().await.unwrap();
    let client = client(&mock);
    drop(mock);
    tokio::task::yield_now().await;
    let error = client.list_hyperinstances().items().try_collect().await.unwrap_err();
    assert_eq!(error.class(), ErrorClass::Transport);
    assert!(error.message().starts_with("cannot connect: Connection refused"), "{error}");
}

#[tokio::test]
async fn a_response_over_the_limit_is_not_read() {
    let mock = Mock::builder().fleet(Fleet::generated(10, 10, 0)).start().await.unwrap();
    let client = builder(&mock).max_response_bytes(10_000).build().unwrap();
    let error = client.list_hyperinstances().items().try_collect().await.unwrap_err();
    assert_eq!(error.class(), ErrorClass::TooLarge);
    assert_eq!(error.message(), "the response is larger than the 10000 bytes allowed");
    assert_eq!(error.status(), Some(200));
}

/// Five instances, each off in one way, and one that is not.
fn drifting() -> Fleet {
    let name = "n".repeat(65);
    let instances = [
        r#"{"create_at":1,"status":"HIBERNATING"}"#.to_owned(),
        r#"{"create_at":2,"id":"01890a5d-ac96-774b-bcce-b302099a8057"}"#.to_owned(),
        r#"{"create_at":3,"servers":[{},{"vpc_id":"7980CCF4-44D0-42CC-A844-42E035379A38"}]}"#.to_owned(),
        format!(r#"{{"create_at":4,"name":"{name}"}}"#),
        r#"{"create_at":5,"brand_new":{"x":[1]}}"#.to_owned(),
        r#"{"create_at":6,"name":"as-documented"}"#.to_owned(),
    ];
    Fleet::from_json(&format!("[{}]", instances.join(","))).expect("a fleet")
}

#[tokio::test]
async fn drift_is_kept_and_reported_exactly() {
    let mock = Mock::builder().fleet(drifting()).start().await.unwrap();
    let fleet = client(&mock).list_hyperinstances().items().try_collect().await.unwrap();
    let drift: Vec<_> = fleet
        .iter()
        .flat_map(Hyperinstance::drift)
        .map(|drift| (drift.pointer.as_str(), drift.keyword, drift.value.as_str()))
        .collect();
    assert_eq!(
        drift,
        [
            ("/data/0/status", "enum", "HIBERNATING"),
            ("/data/1/id", "pattern", "01890a5d-ac96-774b-bcce-b302099a8057"),
            ("/data/2/servers/1/vpc_id", "pattern", "7980CCF4-44D0-42CC-A844-42E035379A38"),
            ("/data/3/name", "pattern", "n".repeat(65).as_str()),
            ("/data/4/brand_new", "additionalProperties", r#"{"x":[1]}"#),
        ],
    );
    // What was sent is there, and goes out again as it came.
    assert_eq!(fleet[0].status.as_ref().unwrap().as_str(), "HIBERNATING");
    assert_eq!(fleet[1].id.as_ref().unwrap().to_string(), "01890a5d-ac96-774b-bcce-b302099a8057");
    assert_eq!(
        serde_json::to_value(fleet[2].clone().into_fields()).unwrap()["servers"][1]["vpc_id"],
        "7980CCF4-44D0-42CC-A844-42E035379A38",
    );
    assert_eq!(fleet[3].name.as_deref(), Some("n".repeat(65).as_str()));
    // The tolerance ends with the reading.
    assert!(serde_json::from_str::<hyperinstance_client::types::HyperinstanceStatus>("\"HIBERNATING\"").is_err());
}

#[tokio::test]
async fn strict_conformance_refuses_what_deviates_and_delivers_the_rest() {
    let mock = Mock::builder().fleet(drifting()).start().await.unwrap();
    let client = builder(&mock).conformance(Conformance::Strict).build().unwrap();
    let listed: Vec<_> = client.list_hyperinstances().items().collect().await;
    let told: Vec<_> = listed.iter().map(|item| item.as_ref().err().map(ToString::to_string)).collect();
    assert_eq!(told.iter().flatten().count(), 5);
    assert_eq!(listed[5].as_ref().unwrap().name.as_deref(), Some("as-documented"));
    assert!(
        told[0].as_ref().unwrap().starts_with(
            "200: item 0 of the page deviates from the document: /data/0/status: the value must be one of PROVISIONING, \
             ACTIVE, ERROR, REIMAGING, TERMINATING, TERMINATED, not `HIBERNATING` (request id "
        ),
        "{told:?}",
    );
    assert_eq!(listed[1].as_ref().unwrap_err().item().unwrap().drift()[0].pointer, "/data/1/id");
}

#[tokio::test]
async fn null_counts_as_absent_and_is_drift() {
    let sent = r#"[{"name":null,"servers":null}]"#;
    let mock = Mock::builder().fleet(Fleet::from_json(sent).unwrap()).start().await.unwrap();
    let fleet = client(&mock).list_hyperinstances().items().try_collect().await.unwrap();
    assert_eq!((fleet[0].name.as_ref(), fleet[0].servers().len()), (None, 0));
    let drift: Vec<_> = fleet[0].drift().iter().map(|drift| (drift.pointer.as_str(), drift.keyword)).collect();
    assert_eq!(drift, [("/data/0/name", "type"), ("/data/0/servers", "type")]);
}
