//! The client against servers that say something else than the documented service.

#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use hyperinstance_client::{Client, Credentials, Error, ErrorClass};
use hyperinstance_tests::PROJECT;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Answers each connection with the next of these responses, and lists from it until the first error or the end.
async fn list_from(responses: Vec<String>) -> (usize, Result<(), Error>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        for response in responses {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(stream.read_u8().await.unwrap());
            }
            stream.write_all(response.as_bytes()).await.unwrap();
        }
    });
    let client = Client::builder()
        .endpoint(endpoint)
        .project_id(PROJECT)
        .credentials(Credentials::access_key("AK", "SK"))
        .build()
        .unwrap();
    let mut items = client.list_hyperinstances().page_size(2).items();
    let mut count = 0;
    let outcome = loop {
        match items.try_next().await {
            Ok(Some(_)) => count += 1,
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    server.abort();
    (count, outcome)
}

fn response(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n{body}", body.len())
}

fn page(ids: &[u8], total: &str) -> String {
    let items: Vec<_> =
        ids.iter().map(|id| format!(r#"{{"id":"b4beacb6-4380-448c-a218-daa82cf03f{id:02x}"}}"#)).collect();
    response("200 OK", "X-Request-Id: r\r\n", &format!(r#"{{"data":[{}]{total}}}"#, items.join(",")))
}

#[track_caller]
fn check(outcome: (usize, Result<(), Error>), items: usize, class: ErrorClass, text: &str) {
    assert_eq!(outcome.0, items);
    let error = outcome.1.unwrap_err();
    assert_eq!((error.class(), error.to_string().as_str()), (class, text));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let moved = response("302 Found", "Location: http://elsewhere.example.com/\r\n", "");
    check(
        list_from(vec![moved]).await,
        0,
        ErrorClass::Protocol,
        "302: a redirect to http://elsewhere.example.com/, which is not followed",
    );
}

#[tokio::test]
async fn what_is_not_the_service_is_no_empty_success() {
    let outcome = list_from(vec![response("200 OK", "", "")]).await;
    check(outcome, 0, ErrorClass::Protocol, "200: the answer is an empty body instead of a JSON object");
    let outcome = list_from(vec![response("200 OK", "", "<html>log in</html>")]).await;
    check(outcome, 0, ErrorClass::Protocol, "200: the answer is a web page instead of a JSON object");
    let outcome = list_from(vec![response("204 No Content", "", "")]).await;
    check(outcome, 0, ErrorClass::Protocol, "204: No Content is not an answer of this service");
    let outcome = list_from(vec![response("502 Bad Gateway", "", "<html>oops</html>")]).await;
    check(outcome, 0, ErrorClass::Protocol, "502: Bad Gateway, with a web page instead of an explanation");
}

#[tokio::test]
async fn an_error_inside_a_success_is_an_error() {
    let body = r#"{"error_code":"ModelArts.0010","error_msg":"internal"}"#;
    let outcome = list_from(vec![response("200 OK", "X-Request-Id: r1\r\n", body)]).await;
    check(outcome, 0, ErrorClass::Api, "200 ModelArts.0010: internal (request id r1)");
}

#[tokio::test]
async fn throttling_keeps_code_message_and_request_id() {
    let body = r#"{"error_code":"APIGW.0308","error_msg":"too many","request_id":"r2"}"#;
    let outcome = list_from(vec![response("429 Too Many Requests", "X-Request-Id: r2\r\n", body)]).await;
    check(outcome, 0, ErrorClass::Throttled, "429 APIGW.0308: too many (request id r2)");
}

#[tokio::test]
async fn a_page_of_another_form_is_an_error_with_its_place() {
    let outcome = list_from(vec![response("200 OK", "X-Request-Id: r3\r\n", r#"{"data":{"id":1}}"#)]).await;
    let text = "200: the answer is not a page of the listing: invalid type: map, expected a sequence at line 1 column 8 \
                (request id r3)";
    check(outcome, 0, ErrorClass::Decode, text);
}

#[tokio::test]
async fn an_unrequested_encoding_is_refused() {
    let outcome = list_from(vec![response("200 OK", "Content-Encoding: gzip\r\n", "\x1f")]).await;
    check(outcome, 0, ErrorClass::Protocol, "200: the response is encoded as \"gzip\", which was not asked for");
}

#[tokio::test]
async fn a_cut_body_is_an_error() {
    let whole = page(&[1, 2], r#","total":2"#);
    let (_, outcome) = list_from(vec![whole[..whole.len() - 5].to_owned()]).await;
    assert_eq!(outcome.unwrap_err().class(), ErrorClass::Transport);
}

#[tokio::test]
async fn without_a_total_the_listing_ends_at_an_empty_page() {
    let (count, outcome) = list_from(vec![page(&[1, 2], ""), page(&[3], ""), page(&[], "")]).await;
    assert_eq!(count, 3);
    outcome.unwrap();
}

#[tokio::test]
async fn a_total_that_the_items_contradict_does_not_end_it() {
    let total = r#","total":1"#;
    let (count, outcome) = list_from(vec![page(&[1, 2], total), page(&[3, 4], total), page(&[], total)]).await;
    assert_eq!(count, 4);
    outcome.unwrap();
}

#[tokio::test]
async fn an_instance_on_two_pages_is_delivered_once() {
    let total = r#","total":4"#;
    let (count, outcome) = list_from(vec![page(&[1, 2], total), page(&[2, 3], total)]).await;
    assert_eq!(count, 3);
    outcome.unwrap();
}

#[tokio::test]
async fn a_listing_that_stops_early_or_turns_in_circles_is_incomplete() {
    let total = r#","total":9"#;
    let outcome = list_from(vec![page(&[1, 2], total), page(&[], total)]).await;
    assert_eq!(outcome.1.as_ref().unwrap_err().resume_offset(), Some(2));
    let text =
        "the listing is incomplete after 2 instances: an empty page at offset 2, where 9 instances were announced";
    check(outcome, 2, ErrorClass::Incomplete, text);

    let outcome = list_from(vec![page(&[1, 2], total), page(&[1, 2], total)]).await;
    check(
        outcome,
        2,
        ErrorClass::Incomplete,
        "the listing is incomplete after 2 instances: a page repeats earlier ones",
    );
}
