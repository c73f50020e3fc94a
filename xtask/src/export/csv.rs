//! Exports the registry as one CSV file with a line for each code and a column for each language.

use errbook_spec::Code;
use errbook_spec::facts::{Fact, FactType, facts_of};

use crate::explain::Book;
use crate::export::File;
use crate::export::facts::{cells, columns, effective};

/// The table of a registry.
///
/// # Errors
///
/// Never: the table is written to memory.
pub fn csv(book: &Book) -> Result<Vec<File>, csv::Error> {
    let languages = crate::coverage::languages(book.specs.iter(), &book.languages);
    let facts = column_facts();
    let columns: Vec<_> = facts
        .iter()
        .flat_map(|fact| columns(fact, &languages))
        .collect();
    let mut table = csv::Writer::from_writer(Vec::new());
    let names = ["vendor", "set"].into_iter();
    table.write_record(names.chain(columns.iter().map(String::as_str)))?;
    for (spec, set, code) in book.codes() {
        let code = effective(spec, set, code);
        let mut values: std::collections::BTreeMap<_, _> =
            facts.iter().flat_map(|fact| cells(fact, &code)).collect();
        let mut row = vec![spec.vendor.value.clone(), set.name.value.clone()];
        row.extend(
            columns
                .iter()
                .map(|column| values.remove(column).unwrap_or_default()),
        );
        table.write_record(row)?;
    }
    let bytes = table
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    Ok(vec![File::new(
        "errbook.csv",
        String::from_utf8_lossy(&bytes),
    )])
}

/// The facts of vendors' codes. Strings by language come last because they are wide.
fn column_facts() -> Vec<&'static Fact> {
    let (sentences, others): (Vec<_>, Vec<_>) = facts_of::<Code>()
        .filter(|fact| !fact.is_for_kinds)
        .partition(|fact| matches!(fact.fact_type(), FactType::Texts | FactType::Note));
    others.into_iter().chain(sentences).collect()
}
