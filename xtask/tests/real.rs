//! The documents of the shipped vendors: every code is in the spec, and every row can be removed
//! and restored.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use errbook_cli::regen::{Change, Regenerated, Taxonomy, regen};
use errbook_cli::vendor::{Original, Vendor};
use errbook_ingest::lexicon::Words;
use errbook_ingest::{self as ingest, Hints};
use errbook_spec::place::Source;
use errbook_spec::{self as spec, Status};

/// The folder of the registry.
fn codes_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask is in the workspace")
        .join("codes")
}

fn read_source(path: &Path) -> Source {
    Source::new(
        path.file_name().unwrap().to_str().unwrap(),
        &fs::read_to_string(path).unwrap(),
    )
}

/// Reads a vendor without a previous spec.
fn read_vendor(name: &str) -> Vendor {
    let folder = codes_folder().join("vendors").join(name);
    let mut messages: Vec<_> = fs::read_dir(folder.join("messages"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    messages.sort();
    let language = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    Vendor {
        name: name.to_owned(),
        folder: folder.display().to_string(),
        document: Original::read(&folder.join("source.md"), "source.md").unwrap(),
        overlay: read_source(&folder.join("overlay.toml")),
        messages: messages
            .iter()
            .map(|path| (language(path), read_source(path)))
            .collect(),
        memory: Vec::new(),
        released: None,
        has_releases: false,
        words: Words::default(),
    }
}

fn regenerate(vendor: &Vendor) -> Regenerated {
    let kinds = spec::parse(&read_source(&codes_folder().join("kinds.toml"))).unwrap();
    regen(vendor, Some(&Taxonomy::new(&kinds))).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The name of a set, the number of its rows, and the number of its codes.
type Counted = (&'static str, usize, usize);

/// The sets of each vendor, counted by hand.
const COUNTED: &[(&str, &[Counted])] = &[
    (
        "idverify-gateway",
        &[("ApiCode", 36, 36), ("CarrierCode", 103, 103)],
    ),
    (
        "megvii-faceid",
        &[
            // Nine values of a parameter have codes of their own.
            ("TokenError", 11, 20),
            ("SdkCode", 53, 62),
            ("ResultCode", 41, 41),
            ("ResultError", 8, 17),
        ],
    ),
    (
        "tencent-faceid-sdk",
        &[("LoginCode", 3, 3), ("VerifyCode", 21, 21)],
    ),
    ("tencent-huiyan", &[("HuiyanCode", 65, 65)]),
    (
        "tencent-kyc",
        &[
            ("GatewayCode", 6, 7),
            ("FaceCode", 25, 39),
            ("IdCardCode", 10, 10),
            // One flag is in a note below the table.
            ("IdCardWarning", 2, 3),
            ("BankCardCode", 6, 6),
            ("BankCardWarning", 2, 2),
            ("TwoFactorCode", 6, 8),
        ],
    ),
];

#[test]
fn every_row_and_every_code_is_in_the_spec() {
    for (name, sets) in COUNTED {
        let done = regenerate(&read_vendor(name));
        let found: Vec<_> = done
            .account
            .sets
            .iter()
            .map(|set| (set.name.as_str(), set.accepted, set.codes))
            .collect();
        assert_eq!(&found, sets, "{name}");
        assert!(
            done.account.gaps.stale.is_empty(),
            "{name}: {:?}",
            done.account.gaps.stale
        );
        assert_eq!(
            done.account.sum(|set| set.provisional.len()),
            0,
            "{name} has codes without a name"
        );
    }
}

/// The number of groups in which the rows are removed: one row at a time would take a minute, and
/// neighbouring rows should not be in one group.
const GROUPS: usize = 7;

#[test]
fn every_row_can_be_removed_and_restored() {
    for (name, _) in COUNTED {
        let mut vendor = read_vendor(name);
        let before = regenerate(&vendor);
        let document = vendor.document.clone();
        let read = document.open(None, Words::default()).unwrap().document;
        let extraction = ingest::extract(&read, &Hints::default());
        let lines: BTreeSet<_> = extraction
            .tables
            .iter()
            .flat_map(|table| &table.codes)
            .map(|code| code.line)
            .collect();
        for group in 0..GROUPS {
            let lines = lines
                .iter()
                .enumerate()
                .filter(|(at, _)| at % GROUPS == group)
                .map(|(_, line)| *line);
            remove_and_restore(&mut vendor, &before, &document, &lines.collect());
        }
    }
}

fn remove_and_restore(
    vendor: &mut Vendor,
    before: &Regenerated,
    document: &Original,
    lines: &BTreeSet<usize>,
) {
    let text = str::from_utf8(document.bytes()).unwrap();
    let rows = text.split_inclusive('\n').enumerate();
    let without: String = rows
        .filter(|(at, _)| !lines.contains(&(at + 1)))
        .map(|(_, row)| row)
        .collect();
    vendor.document = Original::new("source.md", without);
    vendor.memory = vec![Source::new("spec.toml", &before.text)];
    let after = regenerate(vendor);
    let at = format!("{} without the lines {lines:?}", vendor.name);

    let changes: Vec<_> = after
        .account
        .sets
        .iter()
        .flat_map(|set| &set.changes)
        .collect();
    assert!(changes.len() >= lines.len(), "{at}: {changes:?}");
    assert!(
        changes
            .iter()
            .all(|(_, _, change)| *change == Change::Retired),
        "{at}: {changes:?}"
    );
    assert!(
        after.account.gaps.stale.is_empty(),
        "{at}: {:?}",
        after.account.gaps.stale
    );
    let as_active = |regenerated: &Regenerated| -> Vec<_> {
        let codes = regenerated
            .spec
            .sets
            .iter()
            .flat_map(|set| set.codes.clone());
        codes
            .map(|code| spec::Code {
                status: Status::Active,
                retired_in: None,
                ..code
            })
            .collect()
    };
    assert!(
        as_active(&after) == as_active(before),
        "{at}: a retired code or its position changed"
    );

    vendor.document = document.clone();
    vendor.memory = vec![Source::new("spec.toml", &after.text)];
    assert_eq!(regenerate(vendor).text, before.text, "{at}, restored");
}
