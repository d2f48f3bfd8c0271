//! The signer against vectors that the vendor's own signer made.

use std::borrow::Cow;
use std::time::{Duration, UNIX_EPOCH};

use hyperinstance_client::signing::{Signable, canonical_request, format_date, sign};
use secrecy::SecretString;

const ACCESS_KEY: &str = "EXAMPLEAKIDAAAAAAAAA";
const SECRET_KEY: &str = "exampleSecretKeyForTestVectorsOnly000000";
const DATE: &str = "20260115T083000Z";
const HOST: (&str, &str) = ("Host", "modelarts.cn-north-4.myhuaweicloud.com");
const PATH: &str = "/v1/0123456789abcdef0123456789abcdef/dev-servers/hyperinstance";
const JSON: (&str, &str) = ("Content-Type", "application/json");
const PROJECT: (&str, &str) = ("X-Project-Id", "0123456789abcdef0123456789abcdef");
const TIME: (&str, &str) = ("X-Sdk-Date", DATE);

/// A vector: what is signed, and what the vendor's signer made of it.
struct Vector<'v> {
    path: &'v str,
    query: &'v [(&'v str, &'v str)],
    headers: &'v [(&'v str, &'v str)],
    canonical: Option<&'v str>,
    signed: &'v str,
    signature: &'v str,
}

#[track_caller]
fn check(vector: &Vector<'_>) {
    let query: Vec<_> = vector.query.iter().map(|(key, value)| (Cow::from(*key), Cow::from(*value))).collect();
    let request = Signable { method: "GET", path: vector.path, query: &query, headers: vector.headers, body: b"" };
    if let Some(canonical) = vector.canonical {
        assert_eq!(canonical_request(&request), canonical);
    }
    assert_eq!(
        sign(&request, ACCESS_KEY, &SecretString::from(SECRET_KEY), DATE),
        format!("SDK-HMAC-SHA256 Access={ACCESS_KEY}, SignedHeaders={}, Signature={}", vector.signed, vector.signature,),
    );
}

#[test]
fn v1_no_query() {
    check(&Vector {
        path: PATH,
        query: &[],
        headers: &[JSON, HOST, PROJECT, TIME],
        canonical: Some(
            "\
GET
/v1/0123456789abcdef0123456789abcdef/dev-servers/hyperinstance/

content-type:application/json
host:modelarts.cn-north-4.myhuaweicloud.com
x-project-id:0123456789abcdef0123456789abcdef
x-sdk-date:20260115T083000Z

content-type;host;x-project-id;x-sdk-date
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        signed: "content-type;host;x-project-id;x-sdk-date",
        signature: "c619a70dd93f27d5a9919df62a2835debc9d16cc2e4207c1186727213ab00efd",
    });
}

#[test]
fn v2_query_that_needs_encoding_and_sorting() {
    let query = [
        ("sort_key", "createTime"),
        ("sort_dir", "DESC"),
        ("offset", "0"),
        ("limit", "1024"),
        ("x y", "a b/c+d=e&f~g*h:超"),
        ("Z", ""),
    ];
    check(&Vector {
        path: PATH,
        query: &query,
        headers: &[JSON, HOST, PROJECT, TIME],
        canonical: Some(
            "\
GET
/v1/0123456789abcdef0123456789abcdef/dev-servers/hyperinstance/
Z=&limit=1024&offset=0&sort_dir=DESC&sort_key=createTime&x%20y=a%20b%2Fc%2Bd%3De%26f~g%2Ah%3A%E8%B6%85
content-type:application/json
host:modelarts.cn-north-4.myhuaweicloud.com
x-project-id:0123456789abcdef0123456789abcdef
x-sdk-date:20260115T083000Z

content-type;host;x-project-id;x-sdk-date
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        signed: "content-type;host;x-project-id;x-sdk-date",
        signature: "2c712ec11e09c4346092f0c96c288450eb6539ae12e76fdd469ecd0b424398ef",
    });
}

#[test]
fn v3_temporary_credentials() {
    check(&Vector {
        path: PATH,
        query: &[("limit", "10")],
        headers: &[
            JSON,
            HOST,
            ("User-Agent", "example-agent/1.0"),
            PROJECT,
            TIME,
            ("X-Security-Token", "TOKEN+part/with==chars"),
        ],
        canonical: Some(
            "\
GET
/v1/0123456789abcdef0123456789abcdef/dev-servers/hyperinstance/
limit=10
content-type:application/json
host:modelarts.cn-north-4.myhuaweicloud.com
user-agent:example-agent/1.0
x-project-id:0123456789abcdef0123456789abcdef
x-sdk-date:20260115T083000Z
x-security-token:TOKEN+part/with==chars

content-type;host;user-agent;x-project-id;x-sdk-date;x-security-token
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        signed: "content-type;host;user-agent;x-project-id;x-sdk-date;x-security-token",
        signature: "3ce46e91b2cae2d62c51b01d44436f1f8abff20b25c8b41b62a0d22ee4435524",
    });
}

#[test]
fn v5_fewest_headers() {
    check(&Vector {
        path: PATH,
        query: &[],
        headers: &[HOST, TIME],
        canonical: None,
        signed: "host;x-sdk-date",
        signature: "6f79853808f6b50e1d23e4ab9259b11414c191bd4e8501ae112eed5b4be514ef",
    });
}

#[test]
fn v6_another_service() {
    check(&Vector {
        path: "/v3/projects",
        query: &[("name", "cn-north-4")],
        headers: &[("host", "iam.cn-north-4.myhuaweicloud.com"), ("user-agent", "example-agent/1.0"), TIME],
        canonical: None,
        signed: "host;user-agent;x-sdk-date",
        signature: "d836c2c2258ec9ce73cb9729c4f02c600626319d1cd8de10b3ca3e556b682aca",
    });
}

#[test]
fn v7_path_that_is_encoded_already() {
    check(&Vector {
        path: "/v1/a%20b~c%2Bd/dev-servers/hyperinstance",
        query: &[],
        headers: &[JSON, HOST, TIME],
        canonical: None,
        signed: "content-type;host;x-sdk-date",
        signature: "2af2311f1408ddcd321e48560474f34513c874723b33ebf92561fd38cfe6344f",
    });
}

#[test]
fn the_date_is_in_the_compact_form_of_utc() {
    let time = UNIX_EPOCH + Duration::new(1_768_465_800, 999_000_000);
    assert_eq!(format_date(time), DATE);
}
