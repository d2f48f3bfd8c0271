//! How generated tokens are written where no printer of Rust is at work.

use quote::ToTokens;

/// Tokens as people write them.
pub(crate) fn spelled(tokens: &impl ToTokens) -> String {
    let mut text = String::new();
    for part in tokens.to_token_stream().to_string().split_whitespace() {
        let glued = text.is_empty()
            || text.ends_with(['<', '(', '[', '&', ':', '\''])
            || part.starts_with([',', ';', '?', ':', '>', ')', ']', '<', '(']);
        if (!glued || text.ends_with(": ")) && !text.ends_with(' ') {
            text.push(' ');
        }
        text.push_str(part);
        if part == ":" || part == "->" {
            text.push(' ');
        }
    }
    let text = [(",>", ">"), (",)", ")")].into_iter().fold(text, |text, (from, to)| text.replace(from, to));
    text.trim_end_matches([' ', ',']).to_owned()
}
