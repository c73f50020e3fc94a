//! Versions: parses them, computes the one that a verdict requires, and reads and raises the
//! version of the workspace in Cargo.toml and Cargo.lock.

use std::fmt;
use std::str::FromStr;

use crate::diff::Verdict;

/// A version such as `1.2.3`, without a pre-release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u64,
    minor: u64,
    patch: u64,
}

impl Version {
    /// The minimum version after this one for such a change. Below 1.0 the minor number is raised
    /// for breaking changes, as Cargo's rules for compatible versions require.
    ///
    /// ```
    /// use errbook_cli::{diff::Verdict, release::Version};
    /// let version: Version = "0.1.3".parse()?;
    /// assert_eq!(version.after(Verdict::Major).to_string(), "0.2.0");
    /// assert_eq!(version.after(Verdict::Minor).to_string(), "0.1.4");
    /// let version: Version = "1.2.3".parse()?;
    /// assert_eq!(version.after(Verdict::Major).to_string(), "2.0.0");
    /// assert_eq!(version.after(Verdict::Minor).to_string(), "1.3.0");
    /// # Ok::<(), String>(())
    /// ```
    #[must_use]
    pub fn after(self, verdict: Verdict) -> Self {
        let Self {
            major,
            minor,
            patch,
        } = self;
        match (verdict, major) {
            (Verdict::Major, 1..) => Self {
                major: major + 1,
                minor: 0,
                patch: 0,
            },
            (Verdict::Major, 0) | (Verdict::Minor, 1..) => Self {
                major,
                minor: minor + 1,
                patch: 0,
            },
            (Verdict::Minor | Verdict::Patch, _) => Self {
                major,
                minor,
                patch: patch + 1,
            },
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl FromStr for Version {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers: Option<Vec<u64>> = text.split('.').map(|number| number.parse().ok()).collect();
        match numbers.as_deref() {
            Some(&[major, minor, patch]) => Ok(Self {
                major,
                minor,
                patch,
            }),
            _ => Err(format!(
                "`{text}` is not a version (expected something like `1.2.3`)"
            )),
        }
    }
}

/// The version of the workspace, from the text of its Cargo.toml.
///
/// # Errors
///
/// The version is missing, or does not have three numbers.
pub fn workspace_version(manifest: &str) -> Result<Version, String> {
    let line = version_line(manifest).ok_or("`[workspace.package]` has no `version`")?;
    line.split('"').nth(1).unwrap_or_default().parse()
}

fn version_line(manifest: &str) -> Option<&str> {
    let (_, package) = manifest.split_once("[workspace.package]\n")?;
    package
        .lines()
        .take_while(|line| !line.starts_with('['))
        .find(|line| line.starts_with("version"))
}

/// The text of a Cargo.toml or Cargo.lock with the version of the workspace's crates raised.
#[must_use]
pub fn bump_version(text: &str, from: Version, to: Version) -> String {
    let mut out = String::with_capacity(text.len());
    let mut ours = false;
    for each in text.split_inclusive('\n') {
        let is_version = each.starts_with("version = ") && ours;
        let is_pin = each.starts_with("errbook") && each.contains("path = ");
        if is_version || is_pin {
            out += &each
                .replace(&format!("\"{from}\""), &format!("\"{to}\""))
                .replace(&format!("\"={from}\""), &format!("\"={to}\""));
        } else {
            out += each;
        }
        if each.starts_with('[') {
            ours = each.starts_with("[workspace.package]");
        } else if each.starts_with("name = ") {
            ours = each.starts_with("name = \"errbook");
        }
    }
    out
}
