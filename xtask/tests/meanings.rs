//! A number that the vendor gives to another error: what `update` refuses, the lines that it
//! proposes for each decision, and what they lead to.

use crate::scratch::{Said, Scratch, release, succeeds};

const FOLDER: &str = "codes/vendors/vendor";

const OVERLAY: &str = "schema = 1\ntitle = \"Groups\"\nlocale = \"en\"\nkinds = \"errbook\"\n\
                       [set.GroupCode]\ntable = \"Groups\"\n[set.GroupCode.code]\n\
                       -1 = { variant = \"Timeout\", kind = \"network\" }\n\
                       -810001 = { variant = \"GroupIdNotExist\", kind = \"result-not-found\" }\n";

/// The document with these words for the number.
fn document(words: &str) -> String {
    format!(
        "# Groups\n\n| code | symbol | message | billed |\n| --- | --- | --- | --- |\n\
         | -1 | TIMEOUT | timeout | no |\n| -810001 | {words} | no |\n"
    )
}

const OLD: &str = "NO_GROUP | group id not exist";
const NEW: &str = "BLOCKED | target blacklisted by owner";
const THIRD: &str = "REVIEW | under review";

/// The vendor, added and released.
fn released() -> Scratch {
    let scratch = Scratch::vendor(OVERLAY, &document(OLD));
    succeeds(&scratch.run(&["regen", "--new"]));
    release(&scratch);
    scratch
}

fn publish(scratch: &Scratch, words: &str) -> Said {
    scratch.write("new.md", &document(words));
    scratch.run(&["update", "vendor", "new.md"])
}

/// The lines that a refused update proposes.
fn refused(scratch: &Scratch, words: &str) -> (String, [String; 2]) {
    scratch.write("new.md", &document(words));
    let before = scratch.tree();
    let said = scratch.run(&["update", "vendor", "new.md"]);
    assert!(!said.success, "{}", said.out);
    assert_eq!(scratch.tree(), before);
    let lines = said.err.lines().map(str::trim);
    let lines: Vec<_> = lines
        .filter(|line| line.starts_with("-810001 = "))
        .collect();
    let [first, second] = lines[..] else {
        panic!("{}", said.err)
    };
    let lines = [first.to_owned(), second.to_owned()];
    (said.err, lines)
}

/// Replaces the entry of the number, the last line of the overlay.
fn paste(scratch: &Scratch, line: &str) {
    let file = format!("{FOLDER}/overlay.toml");
    let overlay = scratch.read(&file);
    let (before, _) = overlay.split_once("-810001 = ").unwrap();
    scratch.write(&file, &format!("{before}{line}\n"));
}

fn spec(scratch: &Scratch) -> String {
    scratch.read(&format!("{FOLDER}/spec.toml"))
}

/// Both decisions, pasted as they are proposed.
#[test]
fn each_proposed_line_decides_what_a_number_means() {
    let scratch = released();
    let (problem, [same, split]) = refused(&scratch, NEW);
    let at = problem.find("  = help").unwrap();
    insta::assert_snapshot!(&problem[at..]);
    paste(&scratch, &same);
    let said = publish(&scratch, NEW);
    succeeds(&said);
    assert!(said.out.contains("message-changed"), "{}", said.out);

    let scratch = released();
    paste(&scratch, &split);
    let said = publish(&scratch, NEW);
    succeeds(&said);
    insta::assert_snapshot!(said.out);
    insta::assert_snapshot!(spec(&scratch));
    succeeds(&scratch.run(&["regen", "--check"]));
    succeeds(&scratch.run(&["kinds"]));
    let said = scratch.run(&["release", "--check"]);
    assert!(said.out.contains("minor"), "{}{}", said.out, said.err);
    release(&scratch);
    let changelog = scratch.read("CHANGELOG.md");
    let line = "- The vendor gave its code to another error: `GroupCode.-810001` `GroupIdNotExist` \
                (now `GroupCode::Blocked`): group id not exist";
    assert!(changelog.contains(line), "{changelog}");
}

/// Another name alone would change what a released name means.
#[test]
fn another_name_alone_is_refused() {
    let scratch = released();
    paste(&scratch, "-810001 = { variant = \"Blocked\" }");
    refused(&scratch, NEW);
}

/// The released name is retired without an entry for the new meaning, which gets a provisional
/// name.
#[test]
fn the_new_meaning_needs_no_entry() {
    let scratch = released();
    paste(
        &scratch,
        "-810001 = { variant = \"GroupIdNotExist\", until = \"2\" }",
    );
    succeeds(&publish(&scratch, NEW));
    assert!(spec(&scratch).contains("variant = \"Blocked\""));
    succeeds(&scratch.run(&["regen", "--check"]));
    // `names` writes the name beside the former meaning.
    succeeds(&scratch.run(&["names", "vendor", "--write"]));
    let overlay = scratch.read(&format!("{FOLDER}/overlay.toml"));
    let line =
        "-810001 = [{ variant = \"GroupIdNotExist\", until = \"2\" }, { variant = \"Blocked\" }]";
    assert!(overlay.contains(line), "{overlay}");
    succeeds(&scratch.run(&["regen", "--check"]));
}

#[test]
fn the_former_meaning_can_come_back() {
    let scratch = released();
    let (_, [_, split]) = refused(&scratch, NEW);
    paste(&scratch, &split);
    succeeds(&publish(&scratch, NEW));
    // Nothing but the new meaning is unreleased, so it goes without a trace.
    let (problem, [swapped, _]) = refused(&scratch, OLD);
    assert!(
        problem.contains("its former meaning `GroupIdNotExist` again"),
        "{problem}"
    );
    assert!(!swapped.contains("until"), "{swapped}");
    paste(&scratch, &swapped);
    succeeds(&publish(&scratch, OLD));
    let now = spec(&scratch);
    assert!(!now.contains("until") && !now.contains("Blocked"), "{now}");

    // Once it is released, it becomes the former one.
    paste(&scratch, &split);
    succeeds(&publish(&scratch, NEW));
    release(&scratch);
    let (_, [swapped, _]) = refused(&scratch, OLD);
    paste(&scratch, &swapped);
    let said = publish(&scratch, OLD);
    succeeds(&said);
    insta::assert_snapshot!(said.out);
    succeeds(&scratch.run(&["regen", "--check"]));
    release(&scratch);
}

#[test]
fn a_number_can_have_several_former_meanings() {
    let scratch = released();
    for words in [NEW, THIRD] {
        let (_, [_, split]) = refused(&scratch, words);
        paste(&scratch, &split);
        succeeds(&publish(&scratch, words));
        release(&scratch);
    }
    let text = spec(&scratch);
    assert_eq!(text.matches("code = \"-810001\"").count(), 3, "{text}");
    assert_eq!(text.matches("until = ").count(), 2, "{text}");
    // The entries of former meanings are needed only once.
    paste(&scratch, "-810001 = { variant = \"Review\" }");
    succeeds(&scratch.run(&["regen", "--check"]));
}

/// A code that no release has may become anything.
#[test]
fn an_unreleased_meaning_is_not_kept() {
    let scratch = released();
    let (_, [_, split]) = refused(&scratch, NEW);
    paste(&scratch, &split);
    succeeds(&publish(&scratch, NEW));
    let said = publish(&scratch, THIRD);
    succeeds(&said);
    assert!(!said.out.contains("major"), "{}", said.out);
}

#[test]
fn a_former_meaning_that_vanishes_with_the_number_is_retired() {
    let scratch = released();
    let (_, [_, split]) = refused(&scratch, NEW);
    paste(&scratch, &split);
    succeeds(&publish(&scratch, NEW));
    release(&scratch);
    let gone = document(NEW).replace(
        "| -810001 | BLOCKED | target blacklisted by owner | no |\n",
        "",
    );
    scratch.write("new.md", &gone);
    let said = scratch.run(&["update", "vendor", "new.md", "--accept-removals"]);
    succeeds(&said);
    assert!(said.out.contains("code-retired"), "{}", said.out);
    assert_eq!(spec(&scratch).matches("status = \"retired\"").count(), 2);
    release(&scratch);
}

#[test]
fn mistakes_in_the_entries_of_a_number_are_named() {
    let scratch = released();
    let mut problems = String::new();
    for line in [
        "-810001 = []",
        "-810001 = [{ until = \"2\" }, { variant = \"Blocked\" }]",
        "-810001 = [{ variant = \"GroupIdNotExist\" }, { variant = \"Blocked\" }]",
        "-810001 = [{ variant = \"GroupIdNotExist\", until = \"2\" }, { variant = \"GroupIdNotExist\" }]",
        "-810001 = [{ variant = \"GroupNotExist\", until = \"2\" }, { variant = \"Blocked\" }]",
        "-810001 = [{ variant = \"GroupIdNotExist\", until = \"2\" }, { variant = \"Blocked\", until = \"3\" }]",
        "-810001 = [\"GroupIdNotExist\"]",
    ] {
        paste(&scratch, line);
        let said = scratch.run(&["regen"]);
        assert!(!said.success, "{line}");
        problems.extend([line, "\n", &said.err, "\n"]);
    }
    insta::assert_snapshot!(problems);
}

/// What is shown and exported says which meaning a code has, the present one first.
#[test]
fn every_output_tells_the_meanings_apart() {
    let scratch = released();
    let line = "-810001 = [{ variant = \"GroupIdNotExist\", kind = \"result-not-found\", \
                until = \"2021-03\" }, { variant = \"Blocked\" }]";
    paste(&scratch, line);
    succeeds(&publish(&scratch, NEW));
    let said = scratch.run(&["explain", "--locale", "en", "-810001"]);
    insta::assert_snapshot!(said.out);
    for (query, expected) in [
        (
            "GroupIdNotExist",
            "since edition 2021-03, -810001 means Blocked",
        ),
        (
            "vendor/GroupCode/-810001/GroupIdNotExist",
            "since edition 2021-03",
        ),
        ("NO_GROUP", "since edition 2021-03"),
    ] {
        let said = scratch.run(&["explain", "--locale", "en", query]);
        assert!(
            said.out.contains(expected),
            "{query}: {}{}",
            said.out,
            said.err
        );
    }
    succeeds(&scratch.run(&["site", "--out", "site"]));
    let page = scratch.read("site/vendors/vendor.html");
    for id in [
        "id=\"vendor/GroupCode/-810001\"",
        "id=\"vendor/GroupCode/-810001/GroupIdNotExist\"",
    ] {
        assert_eq!(page.matches(id).count(), 1, "{id}");
    }
    assert!(page.contains("data-until=\"2021-03\" data-now=\"Blocked\""));
    succeeds(&scratch.run(&["export", "typescript", "--out", "ts"]));
    let module = scratch.read("ts/vendor/GroupCode/codes.js");
    assert!(
        module.contains("Blocked") && !module.contains("GroupIdNotExist"),
        "{module}"
    );
    for (format, expected) in [
        ("json", "\"until\": \"2021-03\""),
        ("csv", "2021-03"),
        ("markdown", "until edition 2021-03"),
        ("vectors", "\"until\":\"2021-03\""),
    ] {
        let said = scratch.run(&["export", format]);
        assert!(
            said.out.contains(expected),
            "{format}: {}{}",
            said.out,
            said.err
        );
    }
}
