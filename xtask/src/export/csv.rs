//! One line a code, every language a column of its own.

use errbook_spec::Texts;
use errbook_spec::{Billing, Code, Retry, Set, Spec, Status, word};

use crate::explain::Book;
use crate::export::File;

const COLUMNS: [&str; 14] = [
    "vendor",
    "set",
    "code",
    "symbol",
    "aliases",
    "variant",
    "status",
    "section",
    "kind",
    "retry",
    "retry_after",
    "billing",
    "http",
    "success",
];

/// The table of a registry.
///
/// # Errors
///
/// There is none: the table is written to memory.
pub fn csv(book: &Book) -> Result<Vec<File>, csv::Error> {
    let languages = crate::coverage::languages(book.specs.iter());
    let mut table = csv::Writer::from_writer(Vec::new());
    let texts = ["message", "remedy"]
        .into_iter()
        .flat_map(|name| languages.iter().map(move |tag| format!("{name}.{tag}")));
    table.write_record(COLUMNS.into_iter().map(str::to_owned).chain(texts))?;
    for (spec, set, code) in book.codes() {
        let texts = [&code.message, &code.remedy]
            .into_iter()
            .flat_map(|texts| languages.iter().map(|tag| text(texts, tag)));
        table.write_record(facts(spec, set, code).into_iter().chain(texts))?;
    }
    let bytes = table
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    Ok(vec![File::new(
        "errbook.csv",
        String::from_utf8_lossy(&bytes),
    )])
}

fn text(texts: &Texts, tag: &str) -> String {
    texts
        .get(tag)
        .map(|text| text.value.clone())
        .unwrap_or_default()
}

fn facts(spec: &Spec, set: &Set, code: &Code) -> [String; 14] {
    let text = |text: Option<&errbook_spec::place::At<String>>| {
        text.map(|at| at.value.clone()).unwrap_or_default()
    };
    let number = |number: Option<&errbook_spec::place::At<u32>>| {
        number.map(|at| at.value.to_string()).unwrap_or_default()
    };
    [
        spec.vendor.value.clone(),
        set.name.value.clone(),
        code.code.value.clone(),
        text(code.symbol.as_ref()),
        code.aliases
            .iter()
            .map(|alias| alias.as_str())
            .collect::<Vec<_>>()
            .join(" "),
        code.variant.value.clone(),
        word(Status::WORDS, code.status).to_owned(),
        text(code.section.as_ref()),
        text(code.kind.as_ref()),
        code.retry
            .as_ref()
            .map_or("unspecified", |retry| word(Retry::WORDS, retry.value))
            .to_owned(),
        number(code.retry_after.as_ref()),
        code.billing
            .as_ref()
            .map_or("unspecified", |billing| word(Billing::WORDS, billing.value))
            .to_owned(),
        number(code.http.as_ref()),
        code.success.to_string(),
    ]
}
