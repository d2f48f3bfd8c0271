//! Percent-encoding as the gateway's signature has it: everything but letters, digits and `-_.~` is encoded.

/// Decoded pairs of a query, in order.
pub(crate) fn query_pairs(query: &str) -> Vec<(String, String)> {
    let text = |part: &str| String::from_utf8_lossy(&decode(&part.replace('+', " "))).into_owned();
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (text(key), text(value)))
        .collect()
}

pub(crate) fn decode(text: &str) -> Vec<u8> {
    percent_encoding::percent_decode_str(text).collect()
}

pub(crate) fn encode(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(*byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
