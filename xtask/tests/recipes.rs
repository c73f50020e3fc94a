//! The recipes of CONTRIBUTING.md, "Undoing, renaming, merging, splitting and removing", step by
//! step in a registry of doors and locks.

use std::fs;

use crate::scratch::{Said, Scratch};

const DOORS: &str = "# Doors\n\n| Code | Message |\n|---|---|\n| 1 | Open. |\n| 2 | Jammed. |\n";
const LOCKS: &str = "# Locks\n\n| Code | Message |\n|---|---|\n| 8 | Rusty. |\n";

const DOOR_SET: &str = "[set.Door]\ntable = \"Doors\"\ncode.1.variant = \"Open\"\n\
                        code.2.variant = \"Jammed\"\n";
const LOCK_SET: &str = "[set.Lock]\ntable = \"Locks\"\ncode.8.variant = \"Rusty\"\n";

/// A registry that was released as 0.1.0: the document and the sets of each vendor.
fn released(vendors: &[(&str, &str, &str)]) -> Scratch {
    let scratch = Scratch::new();
    fs::remove_dir_all(scratch.path("codes")).unwrap();
    scratch.write("errbook.toml", "schema = 1\nname = \"acme\"\n");
    scratch.write(
        "Cargo.toml",
        "[package]\nname = \"acme\"\nversion = \"0.1.0\"\n",
    );
    scratch.git(&["init", "--quiet"]);
    for (vendor, document, sets) in vendors {
        scratch.write(&format!("vendors/{vendor}/source.md"), document);
        write_overlay(&scratch, vendor, sets);
    }
    succeed(scratch.run(&["regen", "--new"]));
    succeed(scratch.run(&["release"]));
    commit(&scratch);
    scratch
}

fn write_overlay(scratch: &Scratch, vendor: &str, sets: &str) {
    let text = format!("schema = 1\nlocale = \"en\"\n{sets}");
    scratch.write(&format!("vendors/{vendor}/overlay.toml"), &text);
}

fn commit(scratch: &Scratch) {
    succeed(scratch.git(&["add", "--all"]));
    succeed(scratch.git(&["commit", "--quiet", "--message", "a step"]));
}

fn succeed(said: Said) -> String {
    assert!(said.success, "{}{}", said.out, said.err);
    said.out + &said.err
}

/// Asserts that the registry can be released as this version, and not as a lower one.
fn assert_requires(scratch: &Scratch, version: &str) {
    let said = scratch.run(&["release"]);
    let required = format!("changes require {version} ");
    assert!(
        !said.success && said.err.contains(&required),
        "{}",
        said.err
    );
    let said = succeed(scratch.run(&["release", "--bump"]));
    assert!(
        said.contains(&format!("prepared release {version}")),
        "{said}"
    );
}

/// Adopts a document with a third code, and commits it.
fn updated() -> Scratch {
    let scratch = released(&[("house", DOORS, DOOR_SET)]);
    scratch.write("new.md", &format!("{DOORS}| 3 | Stolen. |\n"));
    succeed(scratch.run(&["update", "house", "new.md"]));
    let sets = format!("{DOOR_SET}code.3.variant = \"Stolen\"\n");
    write_overlay(&scratch, "house", &sets);
    succeed(scratch.run(&["regen"]));
    scratch
}

#[test]
fn an_update_that_is_not_committed_is_undone_by_git() {
    let scratch = updated();
    succeed(scratch.git(&["restore", "vendors/house"]));
    succeed(scratch.run(&["regen", "--check"]));
    let said = succeed(scratch.run(&["release", "--check"]));
    assert!(said.contains("nothing has changed since"), "{said}");
}

#[test]
fn an_update_that_is_not_released_is_undone_by_a_revert() {
    let scratch = updated();
    commit(&scratch);
    succeed(scratch.git(&["revert", "--no-edit", "HEAD"]));
    succeed(scratch.run(&["regen", "--check"]));
    let said = succeed(scratch.run(&["release", "--check"]));
    assert!(said.contains("nothing has changed since"), "{said}");
}

#[test]
fn a_released_update_is_undone_by_an_update_to_the_earlier_document() {
    let scratch = updated();
    assert_requires(&scratch, "0.1.1");
    commit(&scratch);
    let earlier = succeed(scratch.git(&["show", "HEAD~1:vendors/house/source.md"]));
    scratch.write("earlier.md", &earlier);
    let said = scratch.run(&["update", "house", "earlier.md"]);
    assert!(
        !said.success && said.err.contains("--accept-removals"),
        "{}",
        said.err
    );
    succeed(scratch.run(&["update", "house", "earlier.md", "--accept-removals"]));
    assert!(
        scratch
            .read("vendors/house/spec.toml")
            .contains("status = \"retired\"")
    );
    assert_requires(&scratch, "0.1.2");
}

#[test]
fn a_renamed_vendor_keeps_its_codes_and_requires_a_major_version() {
    let scratch = released(&[("house", DOORS, DOOR_SET)]);
    succeed(scratch.git(&["mv", "vendors/house", "vendors/home"]));
    succeed(scratch.run(&["regen"]));
    let spec = scratch.read("vendors/home/spec.toml");
    assert!(spec.contains("vendor = \"home\"") && spec.contains("since.release = \"0.1.0\""));
    assert_requires(&scratch, "0.2.0");
    assert!(!scratch.path("released/house.toml").exists());
}

#[test]
fn a_merged_vendor_keeps_the_retired_codes_of_the_other() {
    let old_locks = format!("{LOCKS}| 9 | Lost. |\n");
    let sets = format!("{LOCK_SET}code.9.variant = \"Lost\"\n");
    let scratch = released(&[("house", DOORS, DOOR_SET), ("lock", &old_locks, &sets)]);
    scratch.write("locks.md", LOCKS);
    succeed(scratch.run(&["update", "lock", "locks.md", "--accept-removals"]));

    write_overlay(&scratch, "house", &format!("{DOOR_SET}{sets}"));
    let spec = scratch.read("vendors/house/spec.toml");
    let other = scratch.read("vendors/lock/spec.toml");
    let (_, other) = other.split_once("[[set]]").unwrap();
    scratch.write(
        "vendors/house/spec.toml",
        &format!("{spec}\n[[set]]{other}"),
    );
    scratch.write("both.md", &format!("{DOORS}\n{LOCKS}"));
    succeed(scratch.run(&["update", "house", "both.md"]));
    fs::remove_dir_all(scratch.path("vendors/lock")).unwrap();
    let spec = scratch.read("vendors/house/spec.toml");
    assert!(
        spec.contains("\"Rusty\"") && spec.contains("variant = \"Lost\"\nstatus = \"retired\"")
    );
    assert_requires(&scratch, "0.2.0");
}

#[test]
fn a_split_vendor_keeps_the_codes_of_the_other_as_retired() {
    let both = format!("{DOORS}\n{LOCKS}");
    let scratch = released(&[("house", &both, &format!("{DOOR_SET}{LOCK_SET}"))]);
    scratch.write("vendors/lock/source.md", &both);
    let ignored = |table: &str| {
        format!("[[ignore]]\ntable = \"{table}\"\nbecause = \"the codes of the other vendor\"\n")
    };
    write_overlay(&scratch, "lock", &format!("{LOCK_SET}{}", ignored("Doors")));
    succeed(scratch.run(&["add", "lock"]));
    let leads_to = |code: &str| {
        let retired = "[set.Lock]\nstatus = \"retired\"\n[set.Lock.code]\n";
        let entry = format!("8 = {{ replaced-by = \"{code}\" }}\n");
        let sets = format!("{DOOR_SET}{retired}{entry}{}", ignored("Locks"));
        write_overlay(&scratch, "house", &sets);
    };
    for (wrong, message) in [
        (
            "look/Lock.8",
            "`look` is not a vendor of this registry; did you mean `lock`?",
        ),
        (
            "lock/Lock.88",
            "`Lock.88` is not a code of lock; did you mean `Lock.8`?",
        ),
        (
            "house/Lock.9999",
            "`house/Lock.9999` is not a code of this vendor",
        ),
    ] {
        leads_to(wrong);
        let said = scratch.run(&["regen"]);
        assert!(
            !said.success && said.err.contains(message),
            "{}{}",
            said.out,
            said.err
        );
        assert!(
            said.err.contains("vendors/house/overlay.toml:"),
            "{}",
            said.err
        );
    }
    leads_to("lock/Lock.8");
    succeed(scratch.run(&["regen"]));
    let json = scratch.run(&["export", "json"]).out;
    assert!(json.contains("\"replaced_by\": \"lock/Lock.8\""), "{json}");
    let rust = scratch.run(&["expand", "house"]);
    let note = "the vendor no longer documents this code; see lock/Lock.8";
    assert!(rust.out.contains(note), "{}{}", rust.out, rust.err);
    succeed(scratch.run(&["site", "--out", "page"]));
    assert!(
        scratch
            .read("page/vendors/house.html")
            .contains("codes/lock/Lock/8.html\">lock/Lock.8</a>")
    );
    let said = scratch.run(&["explain", "8"]).out;
    assert!(
        said.contains("lock / Lock")
            && said.contains("house / Lock")
            && said.contains("use instead: lock/Lock.8"),
        "{said}"
    );
    assert_requires(&scratch, "0.1.1");
}

#[test]
fn a_removed_vendor_requires_a_major_version() {
    let scratch = released(&[("house", DOORS, DOOR_SET), ("lock", LOCKS, LOCK_SET)]);
    fs::remove_dir_all(scratch.path("vendors/lock")).unwrap();
    succeed(scratch.run(&["regen"]));
    assert_requires(&scratch, "0.2.0");
    assert!(!scratch.path("released/lock.txt").exists());
    commit(&scratch);
    let said = succeed(scratch.run(&["release", "--check"]));
    assert!(said.contains("nothing has changed since"), "{said}");
}
