//! Inputs of 1 MB that are made to be slow: each is read, and in a release build within a second.

use std::time::{Duration, Instant};

use errbook_ingest::{self as ingest, Hints};

const SIZE: usize = 1_000_000;

#[test]
fn no_input_of_a_megabyte_takes_more_than_a_second() {
    // A debug build is many times slower, and is here for the panics.
    let size = if cfg!(debug_assertions) {
        SIZE / 50
    } else {
        SIZE
    };
    let mut slow = Vec::new();
    for (name, head, part) in HOSTILE {
        let text = format!("{head}{}", part.repeat(size / part.len()));
        let begin = Instant::now();
        let document = ingest::read(&text);
        let extraction = ingest::extract(&document, &Hints::default());
        let taken = begin.elapsed();
        let sums = extraction.accounting;
        assert_eq!(
            sums.accepted + sums.ignored + sums.quarantined,
            sums.rows,
            "{name}"
        );
        if !is_quick(taken) {
            slow.push(format!("{name}: {taken:?}"));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

#[test]
fn a_table_as_wide_as_it_is_long_is_read() {
    let width = if cfg!(debug_assertions) {
        2_000
    } else {
        60_000
    };
    let text = format!(
        "{}|\n{}|\n{}",
        "|a".repeat(width),
        "|-".repeat(width),
        "|1\n".repeat(width)
    );
    let begin = Instant::now();
    assert_eq!(ingest::read(&text).tables.len(), 1);
    assert!(is_quick(begin.elapsed()), "{:?}", begin.elapsed());
}

/// Only a release build has its time taken.
fn is_quick(taken: Duration) -> bool {
    cfg!(debug_assertions) || taken < Duration::from_secs(1)
}

/// A name, what comes once, and what comes again and again.
const HOSTILE: &[(&str, &str, &str)] = &[
    ("brackets", "", "["),
    ("links", "", "[a]("),
    ("images", "", "![["),
    ("pipes", "", "|"),
    ("lines of pipes", "", "|\n"),
    ("wide row", "|a|b|\n|-|-|\n", "|"),
    ("deep list", "", "- "),
    ("deep quote", "", "> "),
    ("deep divisions", "", "<div>"),
    ("deep tables", "", "<table><tr><td>"),
    ("tables never closed", "", "<table>\n"),
    ("tables cut by headings", "", "<table>\n# h\n"),
    (
        "spans",
        "<table>",
        "<tr><td rowspan=60000 colspan=64>x</td>",
    ),
    (
        "a long cell spanned",
        "<table><tr><td rowspan=65534>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</td></tr>",
        "<tr><td>1</td></tr>",
    ),
    (
        "tables in one line",
        "",
        "<table><tr><td>1</td></tr></table>",
    ),
    ("comments", "", "<!--"),
    ("comments in text", "", "a <!-- \n"),
    ("template comments", "", "{/*\n"),
    ("preformatted", "", "<pre\n"),
    ("fences", "", "```\n"),
    ("headings", "", "## 1001 x\n"),
    (
        "headings of errors",
        "# errors\n",
        "## 1001 x\n\n**cause**: y\n",
    ),
    ("bullets", "# error codes\n", "- 1001 error x\n"),
    ("a huge table", "|code|message|\n|-|-|\n", "|1001|failed|\n"),
    (
        "open rows",
        "|code|message|\n|-|-|\n",
        "|1001|failed\n- x\n",
    ),
    ("gaps", "|code|message|\n|-|-|\n", "|1001|failed|\n\n"),
    ("rows without a header", "", "|1001|failed|\n"),
    ("rows before headers", "", "|1001|failed|\n|a|b|\n|-|-|\n"),
    ("tags in a cell", "|code|\n|-|\n|", "<code>"),
    ("parameters", "", "<key>"),
    ("stars", "", "**a"),
    ("backticks", "", "`a``"),
    ("entities", "", "&amp;"),
    ("definitions", "", "[a]: b\n"),
    ("a list in a cell", "|code|message|\n|-|-|\n|", "1001/"),
    ("an or in a cell", "|code|message|\n|-|-|\n|", "1001 or "),
    ("attributes", "<table ", "a=b "),
    ("angle brackets", "", "<"),
    ("carriage returns", "", "\r"),
    ("underlines", "", "a\n=\n"),
    ("tiny tables", "", "|a|b|\n|-|-|\n|1|2|\n\n"),
    ("paragraphs of codes", "# error codes\n\n", "1001 x\n\n"),
    ("paragraphs of codes alone", "# error codes\n\n", "1001\n\n"),
    ("titles with text", "# error codes\n\n", "1001\n\n- x\n\n"),
    ("bold titles", "# error codes\n\n", "**E1001**\n\nx\n\n"),
    (
        "titles of symbols",
        "# error codes\n\n",
        "**NO_A**\n\n0x1\n\n",
    ),
    (
        "items with paragraphs",
        "# error codes\n\n",
        "- 1001\n\n  text\n\n",
    ),
    (
        "items and tables in turn",
        "# error codes\n\n",
        "- 1001\n\n  |a|b|\n  |-|-|\n  |1|2|\n\n",
    ),
    (
        "items and fences in turn",
        "# error codes\n\n",
        "- x\n\n  ```\n  A_B = 1;\n  ```\n\n",
    ),
    ("numbered lines", "# error codes\n\n", "7. 1001 x\n"),
    ("definitions of codes", "# error codes\n\n", "1001\n: x\n\n"),
    ("a line of codes", "# error codes\n\n", "1001 "),
    ("a line of bold", "", "**a** "),
    (
        "a fence of objects",
        "# error codes\n\n```\n",
        "1001: 'x',\n",
    ),
    (
        "a fence of constructors",
        "# error codes\n\n```\n",
        "NO_A(1, \"x\"),\n",
    ),
    ("dashes of pandoc", "", "---- ----\n\nx\n\n"),
    ("dashes on one line", "a\n", "-- "),
    (
        "rows of pandoc",
        "code message\n---- -------\n",
        "1001 failed\n",
    ),
    ("rows of many lines", "---- ----\n", "1001 x\n\n"),
    ("rules of a grid", "", "+--+--+\n"),
    ("rows of a grid", "+--+--+\n", "|1 |x |\n+--+--+\n"),
    ("a cell down a grid", "+--+--+\n", "|1 |x |\n|2 +--+\n"),
    ("tables of Diplodoc", "", "#|\n|| a | b ||\n|#\n"),
    ("tables of Diplodoc never closed", "", "#|\n"),
    ("a row of Diplodoc", "#|\n|| ", "a | "),
    ("a row of Diplodoc of many lines", "#|\n|| ", "a\n"),
    (
        "columns spanned",
        "<table>",
        "<tr><td colspan=1000000>x</td></tr>",
    ),
    ("rows spanned", "<table>", "<tr><td rowspan=1000000>1</td>"),
    ("cells", "<table><tr>", "<td>x"),
    ("captions", "<table>", "<caption>x"),
    ("breaks in a cell", "<table><tr><td>", "<br>"),
    ("blank lines in HTML", "<table>", "<tr>\n\n<td>1\n\n"),
    ("footnotes", "", "[^a]: b\n\n"),
    ("marks of footnotes", "", "[^a]"),
    ("closed comments", "", "<!-- x -->\n"),
    ("directives", "", ":::tip\n|a|b|\n|-|-|\n|1|2|\n:::\n"),
    ("liquid", "", "{% comment %}\n"),
    ("delimiter rows", "", "|-|-|\n"),
    ("headers and delimiters", "", "|a|b|\n|-|-|\n"),
    ("short delimiters", "", "a|b|c\n-|-\n1|2|3\n\n"),
    ("full-width pipes", "｜a｜b｜\n｜-｜-｜\n", "｜1｜2｜\n"),
    ("escaped pipes", "|a|b|\n|-|-|\n|", "\\|"),
    ("backslashes", "", "\\"),
    ("tabs", "", "\t"),
    ("quotes and tables", "", "> |a|b|\n> |-|-|\n> |1|2|\n\n"),
    ("deep items", "", "  - a\n"),
    (
        "long cells",
        "|code|message|\n|-|-|\n",
        "|1001|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
    ),
    (
        "torn tables",
        "|code|message|\n|-|-|\n|1|error|\n\n",
        "| | |\n|-|-|\n|1|error|\n\n",
    ),
    (
        "a code of equal signs",
        "|code|message|\n|-|-|\n|",
        "A_B=1 ",
    ),
    ("a code of hyphens", "|code|message|\n|-|-|\n|", "1-2-"),
    ("a code of brackets", "|code|message|\n|-|-|\n|", "1("),
    ("parameters in codes", "|code|message|\n|-|-|\n|", "A:<b>"),
    ("headings without blanks", "", "##错误\n"),
    (
        "setext headings of codes",
        "# error codes\n\n",
        "1001 x\n---\n",
    ),
    (
        "a fence of codes",
        "# error codes\n\n```\n",
        "A_B = 1001; // x\n",
    ),
];
