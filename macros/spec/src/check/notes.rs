//! Rules for notes and editions: a note has a text, sources are URLs, and dates are valid.

use crate::place::{At, Place};
use crate::problem::Problems;
use crate::spec::{Note, SourceFile, Spec};

/// Every note has a string, the sources of notes and of the document are URLs, and every date is a
/// date.
pub(super) fn check_notes(spec: &Spec, problems: &mut Problems) {
    let source = spec.source.as_ref();
    if let Some(date) = source.and_then(|source| source.date.as_ref()) {
        is_date(date, problems);
    }
    let urls = source.map(|source| [&source.url, &source.newer]);
    for url in urls.into_iter().flatten().flatten() {
        is_url(url, problems);
    }
    check_superseded(source, problems);
    for set in &spec.sets {
        check_note(set.note.as_ref(), &set.name.place, problems);
        for code in &set.codes {
            check_note(code.note.as_ref(), &code.code.place, problems);
        }
        for range in &set.ranges {
            check_note(range.note.as_ref(), &range.from.place, problems);
        }
    }
}

/// The day since when the document is superseded is a date, and only a superseded document has a
/// newer edition.
fn check_superseded(source: Option<&SourceFile>, problems: &mut Problems) {
    match source.map(|source| (&source.superseded, &source.newer)) {
        Some((Some(superseded), _)) => {
            if let Some(day) = superseded.day() {
                is_date(&At::new(day.to_owned(), superseded.place.clone()), problems);
            }
        }
        Some((None, Some(newer))) => problems.push_with_help(
            &newer.place,
            "`newer` needs `superseded`",
            "write the day since when the later edition is published, \
             `superseded = \"2019-01-28\"`, or `superseded = true` if you do not know it",
        ),
        _ => {}
    }
}

/// `owner` is the position of what the note belongs to.
fn check_note(note: Option<&Note>, owner: &Place, problems: &mut Problems) {
    let Some(note) = note else { return };
    if note.text.is_empty() {
        let place = note.source.as_ref().or(note.date.as_ref());
        problems.push_with_help(
            place.map_or(owner, |at| &at.place),
            "a note needs its text in at least one language",
            "for example `note = { en = \"…\", source = \"https://…\", date = \"2021-07-19\" }`",
        );
    }
    if let Some(source) = &note.source {
        is_url(source, problems);
    }
    if let Some(date) = &note.date {
        is_date(date, problems);
    }
}

fn is_url(url: &At<String>, problems: &mut Problems) {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let is_valid = host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
        && !url.contains(char::is_whitespace);
    if !is_valid {
        problems.push_with_help(
            &url.place,
            format!("`{}` is not a URL", url.value),
            "expected `https://…` or `http://…`",
        );
    }
}

/// `2021-07-19` or `2021-07`.
fn is_date(date: &At<String>, problems: &mut Problems) {
    if !can_be_date(date) {
        problems.push_with_help(
            &date.place,
            format!("`{}` is not a date", date.value),
            "expected a day such as `2021-07-19` or a month such as `2021-07`",
        );
    }
}

fn can_be_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let (year, month, day) = match parts.as_slice() {
        [year, month] => (*year, *month, "01"),
        [year, month, day] => (*year, *month, *day),
        _ => return false,
    };
    // The month's own length does not matter here: a typing error such as `2021-19-07` does.
    has_digits(year, 4, 1..=9999) && has_digits(month, 2, 1..=12) && has_digits(day, 2, 1..=31)
}

fn has_digits(part: &str, digits: usize, range: std::ops::RangeInclusive<u32>) -> bool {
    part.len() == digits
        && part.bytes().all(|byte| byte.is_ascii_digit())
        && part.parse().is_ok_and(|number| range.contains(&number))
}

#[cfg(test)]
mod tests {
    use crate::check::notes::can_be_date;
    use crate::place::Source;
    use crate::{check, parse};

    #[test]
    fn a_date_is_a_day_or_a_month() {
        for date in ["2021-07-19", "2021-07", "2018-12-31"] {
            assert!(can_be_date(date), "{date}");
        }
        for date in [
            "",
            "2021",
            "2021-13",
            "2021-00-01",
            "2021-7-1",
            "19.07.2021",
            "2021-07-19-1",
            "2021-07-32",
        ] {
            assert!(!can_be_date(date), "{date}");
        }
    }

    /// The problems of a spec whose code has this note.
    fn problems(note: &str) -> String {
        let text = format!(
            "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n[[set.code]]\n\
             code = \"1\"\nvariant = \"A\"\nnote = {note}\n"
        );
        let spec = parse(&Source::new("spec.toml", &text)).unwrap();
        check(&spec).map_or_else(|problems| problems.to_string(), |_| String::new())
    }

    #[test]
    fn a_document_is_published_at_a_url() {
        let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n\
                    source = { file = \"source.md\", sha256 = \"0\", url = \"see the portal\" }\n\
                    [[set]]\nname = \"C\"\n[[set.code]]\ncode = \"1\"\nvariant = \"A\"\n";
        let spec = parse(&Source::new("spec.toml", text)).unwrap();
        assert_eq!(
            check(&spec).unwrap_err().to_string(),
            "spec.toml:4:52: `see the portal` is not a URL\n  \
             help: expected `https://…` or `http://…`"
        );
    }

    /// The problems of a spec whose source has these keys.
    fn problems_of_source(keys: &str) -> String {
        let text = format!(
            "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n\
             source = {{ file = \"a.md\", sha256 = \"0\", {keys} }}\n\
             [[set]]\nname = \"C\"\n[[set.code]]\ncode = \"1\"\nvariant = \"A\"\n"
        );
        match parse(&Source::new("spec.toml", &text)) {
            Ok(spec) => {
                check(&spec).map_or_else(|problems| problems.to_string(), |_| String::new())
            }
            Err(problems) => problems.to_string(),
        }
    }

    #[test]
    fn a_superseded_document_may_say_since_when_and_where_the_later_edition_is() {
        for keys in [
            "superseded = true",
            "superseded = false",
            "superseded = \"2019-01\"",
            "superseded = \"2019-01-28\", newer = \"https://shop.example/new\"",
        ] {
            assert_eq!(problems_of_source(keys), "", "{keys}");
        }
        for (keys, problem) in [
            ("superseded = \"later\"", "`later` is not a date"),
            ("superseded = 2019", "`superseded` must be true or a day"),
            (
                "superseded = true, newer = \"the portal\"",
                "`the portal` is not a URL",
            ),
            (
                "newer = \"https://shop.example/new\"",
                "`newer` needs `superseded`",
            ),
        ] {
            let found = problems_of_source(keys);
            assert!(found.starts_with("spec.toml:4:"), "{found}");
            assert!(found.contains(problem), "{found}");
        }
    }

    #[test]
    fn a_note_needs_text_a_url_and_a_date() {
        assert_eq!(
            problems("{ en = \"a\", source = \"https://shop.example/a\", date = \"2021-07\" }"),
            ""
        );
        assert_eq!(
            problems("{ en = \" \", source = \"shop.example\", date = \"2021-7-1\" }"),
            "spec.toml:9:15: this text is empty\n  help: write it, or leave the language out\n\
             spec.toml:9:29: `shop.example` is not a URL\n  \
             help: expected `https://…` or `http://…`\n\
             spec.toml:9:52: `2021-7-1` is not a date\n  \
             help: expected a day such as `2021-07-19` or a month such as `2021-07`"
        );
        assert!(problems("{ date = \"2021-07\" }").contains("at least one language"));
        assert!(problems("{ chinese = \"注\" }").contains("`chinese` is not a language tag"));
    }
}
