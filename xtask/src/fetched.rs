//! fetched.toml: where and when a vendor's document was downloaded, and how to ask for a later
//! edition. `update` writes it beside the document.

use std::fmt::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use serde::Deserialize;

use crate::fetch::Validators;
use crate::workspace::Workspace;
use crate::write::toml_string;

/// The only version of the format.
const SCHEMA: i64 = 1;

/// What fetched.toml says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fetched {
    schema: i64,
    /// The URL that was asked.
    pub url: String,
    /// The SHA-256 of the document, in hex. If the document has another one, a person has replaced
    /// it since, and the rest says nothing about it.
    pub sha256: String,
    /// The day on which it was downloaded, in UTC: `2026-11-30`.
    pub seen: String,
    etag: Option<String>,
    last_modified: Option<String>,
    /// The encoding of the document that the server named.
    pub charset: Option<String>,
}

impl Fetched {
    /// What is true of a document that was downloaded today.
    #[must_use]
    pub fn today(
        url: &str,
        sha256: String,
        validators: Validators,
        charset: Option<String>,
    ) -> Self {
        Self {
            schema: SCHEMA,
            url: url.to_owned(),
            sha256,
            seen: day(SystemTime::now()),
            etag: validators.etag,
            last_modified: validators.last_modified,
            charset,
        }
    }

    /// The file in a vendor's folder.
    #[must_use]
    pub fn file(folder: &str) -> String {
        format!("{folder}/fetched.toml")
    }

    /// Reads the file, if the vendor's document was downloaded and is still the same.
    ///
    /// # Errors
    ///
    /// It is not what `update` wrote.
    pub fn read(
        workspace: &Workspace,
        folder: &str,
        sha256: &str,
    ) -> Result<Option<Self>, Problems> {
        let file = Self::file(folder);
        let mut problems = Problems::default();
        if !workspace.has(&file) {
            return Ok(None);
        }
        let source = workspace.read(&file, &mut problems);
        let fetched = source.and_then(|source| Self::parse(&source, &mut problems));
        problems.finish(fetched.filter(|fetched| fetched.sha256 == sha256))
    }

    fn parse(source: &Source, problems: &mut Problems) -> Option<Self> {
        let help = "delete the file; the next `update` without a file writes it again";
        match toml::from_str::<Self>(source.text()) {
            Ok(fetched) if fetched.schema == SCHEMA => return Some(fetched),
            Ok(fetched) => {
                let message = format!("unknown version {} of this format", fetched.schema);
                problems.push_with_help(&source.place(&(0..0)), message, help);
            }
            Err(error) => {
                let span = error.span().unwrap_or_default();
                problems.push_with_help(&source.place(&span), error.message(), help);
            }
        }
        None
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out =
            "# Written by `errbook update` when it downloaded the document. Do not edit.\n"
                .to_owned();
        let _ = writeln!(out, "schema = {}", self.schema);
        let entries = [
            ("url", Some(&self.url)),
            ("sha256", Some(&self.sha256)),
            ("seen", Some(&self.seen)),
            ("etag", self.etag.as_ref()),
            ("last-modified", self.last_modified.as_ref()),
            ("charset", self.charset.as_ref()),
        ];
        for (key, value) in entries {
            if let Some(value) = value {
                let _ = writeln!(out, "{key} = {}", toml_string(value));
            }
        }
        out
    }

    /// How to ask for a later edition.
    #[must_use]
    pub fn validators(&self) -> Validators {
        Validators {
            etag: self.etag.clone(),
            last_modified: self.last_modified.clone(),
        }
    }

    /// Whether another download says the same, on whatever day: writing it again would only change
    /// the date.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let seen = self.seen.clone();
        *self
            == Self {
                seen,
                ..other.clone()
            }
    }
}

const DAY: u64 = 24 * 60 * 60;

/// The time of a day in UTC: `08:30:00`.
pub(crate) fn second_of_day(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    let second = since.as_secs() % DAY;
    let hour = second / 3600;
    let minute = second / 60 % 60;
    format!("{hour:02}:{minute:02}:{:02}", second % 60)
}

/// The day of a time in UTC.
pub(crate) fn day(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    let days = since.as_secs() / DAY;
    // Years begin in March here, so that the day that leap years add is their last. 719,468 days
    // are from 0000-03-01 to 1970-01-01, and 146,097 are in 400 years.
    let days = days + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use errbook_spec::place::Source;
    use errbook_spec::problem::Problems;

    use super::{Fetched, day};
    use crate::fetch::Validators;

    #[test]
    fn a_day_is_that_of_the_calendar() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (951_782_399, "2000-02-28"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_796_083_199, "2026-11-30"),
            (1_798_675_200, "2026-12-31"),
            (4_107_542_400, "2100-03-01"),
        ] {
            assert_eq!(day(UNIX_EPOCH + Duration::from_secs(seconds)), expected);
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let validators = Validators {
            etag: Some("W/\"a\\b\"".to_owned()),
            last_modified: None,
        };
        let fetched = Fetched::today("https://a.example/", "12".to_owned(), validators, None);
        let mut problems = Problems::default();
        let read = Fetched::parse(&Source::new("fetched.toml", &fetched.text()), &mut problems);
        assert_eq!(read, Some(fetched));
        assert!(problems.is_empty());
    }
}
