//! Versions: parses them, computes the one that a verdict requires, and raises those in a
//! Cargo.lock.

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

/// The text of a Cargo.lock with the version of a package raised; without a name, of all packages
/// that have no source and this version, as the members of a workspace have.
#[must_use]
pub fn bump_lock(lock: &str, package: Option<&str>, from: Version, to: Version) -> String {
    let mut out = String::with_capacity(lock.len());
    for (at, entry) in lock.split("[[package]]").enumerate() {
        let has = |line: &str| entry.lines().any(|own| own == line);
        let is_named = package.is_none_or(|name| has(&format!("name = \"{name}\"")));
        let is_local = !entry.lines().any(|line| line.starts_with("source = "));
        if at > 0 {
            out += "[[package]]";
        }
        if at > 0 && is_named && is_local {
            out += &entry.replacen(
                &format!("\nversion = \"{from}\""),
                &format!("\nversion = \"{to}\""),
                1,
            );
        } else {
            out += entry;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_three_numbers() {
        for text in ["1.2", "1.2.3.4", "1.2.x", "", "1.2.-3", "v1.2.3"] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
        let version: Version = "10.0.7".parse().unwrap();
        assert_eq!(version.to_string(), "10.0.7");
    }

    #[test]
    fn the_next_version_depends_on_the_change_and_on_whether_there_was_a_first() {
        for (version, major, minor, patch) in [
            ("0.2.3", "0.3.0", "0.2.4", "0.2.4"),
            ("2.2.3", "3.0.0", "2.3.0", "2.2.4"),
        ] {
            let version: Version = version.parse().unwrap();
            let after = |verdict| version.after(verdict).to_string();
            assert_eq!(after(Verdict::Major), major);
            assert_eq!(after(Verdict::Minor), minor);
            assert_eq!(after(Verdict::Patch), patch);
        }
    }

    #[test]
    fn only_packages_of_the_workspace_are_raised_in_a_lock_file() {
        let lock = |own: &str, other: &str| {
            format!(
                "version = 4\n\n[[package]]\nname = \"own\"\nversion = \"{own}\"\n\n[[package]]\n\
                 name = \"other\"\nversion = \"{other}\"\n\n[[package]]\nname = \"own\"\n\
                 version = \"1.0.0\"\nsource = \"registry\"\n"
            )
        };
        let [from, to] = ["1.0.0", "1.1.0"].map(|text| text.parse().unwrap());
        let before = lock("1.0.0", "1.0.0");
        assert_eq!(
            bump_lock(&before, Some("own"), from, to),
            lock("1.1.0", "1.0.0")
        );
        assert_eq!(bump_lock(&before, None, from, to), lock("1.1.0", "1.1.0"));
        let other = lock("0.9.0", "1.0.0");
        assert_eq!(bump_lock(&other, Some("own"), from, to), other);
        // A file without packages, even if it looks like one, has nothing to raise.
        let none = "\nname = \"own\"\nversion = \"1.0.0\"\n";
        assert_eq!(bump_lock(none, Some("own"), from, to), none);
    }
}
