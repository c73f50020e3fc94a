//! Ambiguous tables: each way to misread a table, and the key of the overlay that decides it.

use crate::scratch::Scratch;

/// The codes that `regen` writes for a document with one set of strings, with these keys in the
/// overlay.
fn string_codes(document: &str, keys: &str) -> Vec<String> {
    regenerated_codes(document, &format!("wire = \"string\"\n{keys}"))
}

/// The same for a set of numbers. Only numbers have ranges.
fn integer_codes(document: &str, keys: &str) -> Vec<String> {
    regenerated_codes(document, keys)
}

fn regenerated_codes(document: &str, keys: &str) -> Vec<String> {
    let scratch = Scratch::new();
    scratch.write("codes/vendors/odd/source.md", document);
    let head =
        "schema = 1\ntitle = \"Odd\"\nlocale = \"en\"\nkinds = \"errbook\"\n\n[set.OddCode]\n";
    scratch.write("codes/vendors/odd/overlay.toml", &format!("{head}{keys}"));
    let said = scratch.run(&["regen", "odd", "--new"]);
    assert!(said.success, "{}", said.err);
    let spec = scratch.read("codes/vendors/odd/spec.toml");
    let values = spec.lines().filter_map(|line| {
        let (key, value) = line.split_once(" = ")?;
        let prefix = match key {
            "code" => "",
            "from" => "from ",
            "to" => "to ",
            "symbol" => "symbol ",
            _ => return None,
        };
        Some(format!("{prefix}{}", value.trim_matches('"')))
    });
    values.collect()
}

const LISTS: &str = "# Errors\n\n| Error code | Message |\n|---|---|\n\
                     | A1;B2 | invalid |\n| NO_A/NO_B | failed |\n";

#[test]
fn an_overlay_can_add_a_separator() {
    let document = LISTS.replace(';', "&");
    assert_eq!(string_codes(&document, "table = \"Errors\"\n")[0], "A1&B2");
    assert_eq!(
        string_codes(&document, "table = \"Errors\"\nseparators = [\"&\"]\n"),
        ["A1", "B2", "NO_A/NO_B"]
    );
}

#[test]
fn without_separators_a_cell_is_one_code() {
    assert_eq!(
        string_codes(LISTS, "table = \"Errors\"\n"),
        ["A1", "B2", "NO_A", "NO_B"]
    );
    assert_eq!(
        string_codes(LISTS, "table = \"Errors\"\nseparators = []\n"),
        ["A1;B2", "NO_A/NO_B"]
    );
}

#[test]
fn an_overlay_can_keep_a_cell_as_one_code() {
    assert_eq!(
        string_codes(LISTS, "table = \"Errors\"\nwhole = [\"NO_A/NO_B\"]\n"),
        ["A1", "B2", "NO_A/NO_B"]
    );
}

const HYPHENS: &str =
    "# Errors\n\n| Error code | Message |\n|---|---|\n| 7 | invalid |\n| 100-199 | failed |\n";

#[test]
fn a_hyphen_is_part_of_a_code_or_separates_the_ends_of_a_range() {
    let numbers = "table = \"Errors\"\n".to_owned();
    assert_eq!(
        integer_codes(HYPHENS, &numbers),
        ["7", "from 100", "to 199"]
    );
    assert_eq!(
        string_codes(HYPHENS, "table = \"Errors\"\nranges = \"code\"\n"),
        ["7", "100-199"]
    );
    let document = HYPHENS.replace("100-199", "2-67");
    assert_eq!(
        string_codes(&document, "table = \"Errors\"\n"),
        ["7", "2-67"]
    );
    assert_eq!(
        integer_codes(&document, &format!("{numbers}ranges = \"range\"\n")),
        ["7", "from 2", "to 67"]
    );
}

#[test]
fn a_class_of_codes_is_a_range_unless_the_overlay_makes_it_one_code() {
    let document = "# Errors\n\n| Error code | Message |\n|---|---|\n\
                    | 404 | gone |\n| 5xx | failed |\n| 61X | busy |\n";
    let table = "table = \"Errors\"\n";
    assert_eq!(
        integer_codes(document, table),
        ["404", "from 500", "to 599", "from 610", "to 619"]
    );
    assert_eq!(
        string_codes(document, &format!("{table}ranges = \"code\"\n")),
        ["404", "5xx", "61X"]
    );
}

#[test]
fn a_column_can_be_named_by_its_position() {
    let document =
        "# Errors\n\n| | | |\n|---|---|---|\n| 1 | 10 | invalid |\n| 2 | 20 | failed |\n";
    assert_eq!(
        string_codes(
            document,
            "table = \"Errors\"\ncolumns = { \"#1\" = \"code\", \"#2\" = \"none\" }\n"
        ),
        ["1", "2"]
    );
    assert_eq!(
        string_codes(
            document,
            "table = \"Errors\"\ncolumns = { \"#1\" = \"none\", \"#2\" = \"code\" }\n"
        ),
        ["10", "20"]
    );
}

#[test]
fn an_overlay_can_select_a_table_without_evidence_of_codes() {
    let document = "# Answers\n\n| value | means |\n|---|---|\n| 7 | seven |\n";
    assert_eq!(
        string_codes(
            document,
            "table = \"Answers\"\ncolumns = { value = \"code\" }\n"
        ),
        ["7"]
    );
}

#[test]
fn a_table_without_a_heading_has_an_empty_one() {
    let document = "| Error code | Message |\n|---|---|\n| 7 | failed |\n";
    assert_eq!(string_codes(document, "table = \"\"\n"), ["7"]);
}

#[test]
fn one_of_two_equal_tables_is_selected_by_its_number() {
    let one = "| Error code | Message |\n|---|---|\n| 7 | failed |\n\ntext\n\n";
    let document = format!("# Errors\n\n{one}{}", one.replace('7', "8"));
    let ignored = "[[ignore]]\ntable = { heading = \"Errors\", nth = 1 }\nbecause = \"old\"\n";
    assert_eq!(
        string_codes(
            &document,
            &format!("table = {{ heading = \"Errors\", nth = 2 }}\n\n{ignored}")
        ),
        ["8"]
    );
}

#[test]
fn an_ambiguous_cell_is_reported_with_the_key_that_decides_it() {
    let scratch = Scratch::new();
    let rows = "| 2-67 | invalid |\n| 100-199 | failed |\n| NO_A/NO_B | failed |\n";
    scratch.write(
        "odd.md",
        &format!("# Errors\n\n| Error code | Message |\n|---|---|\n{rows}"),
    );
    let said = scratch.run(&["extract", scratch.path("odd.md").to_str().unwrap()]);
    for doubt in [
        "`2-67` is read as one code and could be a range; `ranges`",
        "`NO_A/NO_B` is read as 2 codes",
    ] {
        assert!(said.out.contains(doubt), "{}{}", said.out, said.err);
    }
}
