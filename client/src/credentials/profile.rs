//! Credentials in a profile file, the INI file of the vendor's SDK.

use std::fs;
use std::path::{Path, PathBuf};

use configparser::ini::{Ini, IniDefault};

use super::Credentials;
use crate::error::{Error, ErrorClass};

/// Environment variable with the path of the profile file.
pub(super) const FILE: &str = "HUAWEICLOUD_SDK_CREDENTIALS_FILE";

/// `[basic]` is what the vendor documents; `[basiccredentials]` is what its SDK looks for when no credentials are
/// passed to it explicitly.
const SECTIONS: [&str; 2] = ["basic", "basiccredentials"];

/// Larger files are not profile files.
const MAX_FILE: u64 = 1 << 20;

/// Where the profile file is, when there is a home directory or the environment names a file.
pub(super) fn default_path(variable: &dyn Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    if let Some(file) = set(FILE) {
        return Some(PathBuf::from(file));
    }
    let home = set(if cfg!(windows) { "USERPROFILE" } else { "HOME" })?;
    Some(Path::new(&home).join(".huaweicloud").join("credentials"))
}

pub(super) fn read(path: &Path) -> Result<Credentials, Error> {
    let refuse = |why: String| {
        Error::new(ErrorClass::Config, why).with_hint(
            "the file needs a section [basic] with the keys ak and sk; name another file in ".to_owned() + FILE,
        )
    };
    let unreadable =
        |error: std::io::Error| refuse(format!("cannot read the profile file {}: {error}", path.display()));
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() || metadata.len() > MAX_FILE {
        return Err(refuse(format!("the profile file {} is not a small regular file", path.display())));
    }
    let text = fs::read_to_string(path).map_err(unreadable)?;

    let profile = parser()
        .read(text)
        // The parser quotes the line it stops at, which may hold the key.
        .map_err(|_| refuse(format!("the profile file {} is not in INI form", path.display())))?;
    let section = SECTIONS
        .iter()
        .find_map(|name| profile.get(*name))
        .ok_or_else(|| refuse(format!("the profile file {} has no section [basic]", path.display())))?;
    let value = |key: &str| section.get(key).cloned().flatten().filter(|value| !value.is_empty());
    let required =
        |key: &str| value(key).ok_or_else(|| refuse(format!("the profile file {} has no key `{key}`", path.display())));

    let mut credentials = Credentials::access_key(required("ak")?, required("sk")?);
    if let Some(token) = value("security_token") {
        credentials = credentials.with_security_token(token);
    }
    if let Some(project_id) = value("project_id") {
        credentials = credentials.with_project_id(project_id);
    }
    Ok(credentials)
}

/// The grammar of Python's `configparser`, which the vendor's SDK uses, without its interpolation: there, a key with a
/// percent sign cannot be read.
fn parser() -> Ini {
    let mut grammar = IniDefault::default();
    grammar.delimiters = vec!['=', ':'];
    grammar.comment_symbols = vec!['#', ';'];
    grammar.inline_comment_symbols = Some(Vec::new());
    Ini::new_from_defaults(grammar)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::super::Kind;
    use super::*;

    #[track_caller]
    fn profile(text: &str) -> Result<Credentials, Error> {
        let directory = std::env::temp_dir().join(format!("hyperinstance-profile-{}", std::process::id()));
        fs::create_dir_all(&directory).unwrap();
        let path = directory.join(format!("{:x}", text.len() * 31 + text.bytes().map(usize::from).sum::<usize>()));
        fs::write(&path, text).unwrap();
        let result = read(&path);
        fs::remove_file(&path).unwrap();
        result
    }

    #[test]
    fn both_section_names_serve_and_values_are_taken_as_they_are() {
        for section in SECTIONS {
            let credentials =
                profile(&format!("[{section}]\nak = AK1\nsk = a%b;c#d=e:f\nproject_id = p1\n[global]\nak = other\n"))
                    .unwrap();
            assert_eq!(credentials.project_id(), Some("p1"));
            let Kind::AccessKey { access_key, secret_key, .. } = credentials.kind else { panic!("a key") };
            assert_eq!(access_key, "AK1");
            assert_eq!(secret_key.expose_secret(), "a%b;c#d=e:f");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let message = |text| {
            let message = profile(text).unwrap_err().to_string();
            message[message.rfind("has").unwrap()..].to_owned()
        };
        assert_eq!(message("[other]\nak=1\n"), "has no section [basic]");
        assert_eq!(message("[basic]\nak=1\n"), "has no key `sk`");
    }

    #[test]
    fn a_directory_is_not_a_profile() {
        let error = read(&std::env::temp_dir()).unwrap_err();
        assert!(error.message().contains("is not a small regular file"), "{error}");
    }
}
