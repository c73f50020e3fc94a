//! Small changes and checks of texts that several commands make.

use errbook_spec::canonical_tag;
use errbook_spec::place::Place;
use errbook_spec::problem::Problems;

/// A text on one line.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

/// Reports a text that is not a language tag in its canonical form.
pub fn check_language_tag(tag: &str, place: &Place, problems: &mut Problems) {
    let help = match canonical_tag(tag) {
        Some(canonical) if canonical == tag => return,
        Some(canonical) => format!("write `{canonical}`"),
        None => "a tag starts with two or three letters, such as `ja`, `pt-BR` or `zh-Hant-TW`"
            .to_owned(),
    };
    problems.push_with_help(place, format!("`{tag}` is not a language tag"), help);
}
