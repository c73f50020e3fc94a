//! Checks that every change of the public API changes the snapshot of a release and is a finding of
//! `diff`.

use std::path::Path;

use errbook_cli::diff::{Severity, Verdict, diff, verdict};
use errbook_cli::release::snapshot;
use errbook_spec::Texts;
use errbook_spec::place::{At, Source};
use errbook_spec::{
    self as spec, Billing, BillingSource, Code, Fault, GrpcCode, Identity, Param, Range, Retry,
    Section, Set, Spec, Status, Wire,
};

/// The specs of the shipped vendors, and the kinds.
fn shipped_specs() -> Vec<Spec> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = vec![root.join("codes/kinds.toml")];
    for vendor in std::fs::read_dir(root.join("codes/vendors"))
        .unwrap()
        .flatten()
    {
        files.push(vendor.path().join("spec.toml"));
    }
    files.sort();
    let parse = |file: &std::path::PathBuf| {
        let text = std::fs::read_to_string(file).unwrap();
        spec::parse(&Source::new(&file.display().to_string(), &text)).unwrap()
    };
    files.iter().map(parse).collect()
}

/// The name of a change of a code, and a function that makes it. It returns false if the code has
/// nothing to change.
type CodeMutation = (&'static str, fn(&mut Code) -> bool);

/// The same for a spec. These changes are always possible.
type SpecMutation = (&'static str, fn(&mut Spec));

fn change(text: &mut Option<At<String>>) -> bool {
    let old = text.as_ref().map_or("", |text| text.value.as_str());
    *text = Some(format!("{old}x").into());
    true
}

fn remove(text: &mut Option<At<String>>) -> bool {
    text.take().is_some()
}

fn reword(texts: &mut Texts, at: usize) -> bool {
    texts
        .values_mut()
        .nth(at)
        .map(|text| text.value.push('新'))
        .is_some()
}

/// Removes the last language, unless it is the only one.
fn remove_translation(texts: &mut Texts) -> bool {
    let last = texts.keys().last().cloned();
    texts.len() > 1 && last.and_then(|tag| texts.remove(&tag)).is_some()
}

/// Replaces a word with the next one of its list.
fn change_word<T: Copy + PartialEq>(value: &mut Option<At<T>>, words: &[(&str, T)]) -> bool {
    let at = words
        .iter()
        .position(|(_, word)| value.as_ref().is_some_and(|value| value.value == *word));
    *value = Some(words[at.map_or(0, |at| (at + 1) % words.len())].1.into());
    true
}

const CODE_MUTATIONS: &[CodeMutation] = &[
    ("the code", |code| {
        code.code.value.push('9');
        true
    }),
    ("the variant", |code| {
        code.variant.value.push('X');
        true
    }),
    ("an earlier variant", |code| {
        code.was_variant.push("Former".into());
        true
    }),
    ("the symbol", |code| change(&mut code.symbol)),
    ("the presence of the symbol", |code| {
        remove(&mut code.symbol)
    }),
    ("an added alias", |code| {
        code.aliases.push("ALSO".into());
        true
    }),
    ("a removed alias", |code| code.aliases.pop().is_some()),
    ("an earlier key", |code| {
        code.was.push("77".into());
        true
    }),
    ("the status", |code| {
        code.status = if code.status == Status::Active {
            Status::Retired
        } else {
            Status::Active
        };
        true
    }),
    ("the replacement", |code| change(&mut code.replaced_by)),
    ("the section", |code| change(&mut code.section)),
    ("the language of the row", |code| change(&mut code.locale)),
    ("an added parameter", |code| {
        code.params.push(Param {
            name: "extra".into(),
            ..Param::default()
        });
        true
    }),
    ("a removed parameter", |code| code.params.pop().is_some()),
    ("the name of a parameter", |code| {
        code.params
            .first_mut()
            .map(|param| param.name.value.push('x'))
            .is_some()
    }),
    ("the spelling of a parameter", |code| {
        code.params
            .first_mut()
            .is_some_and(|param| change(&mut param.written))
    }),
    ("the values of a parameter", |code| {
        code.params
            .first_mut()
            .map(|param| param.values.push("v".into()))
            .is_some()
    }),
    ("the first language's message", |code| {
        reword(&mut code.message, 0)
    }),
    ("the second language's message", |code| {
        reword(&mut code.message, 1)
    }),
    ("the first language's remedy", |code| {
        reword(&mut code.remedy, 0)
    }),
    ("the second language's remedy", |code| {
        reword(&mut code.remedy, 1)
    }),
    ("a removed message", |code| {
        remove_translation(&mut code.message)
    }),
    ("a removed remedy", |code| {
        remove_translation(&mut code.remedy)
    }),
    ("the definition", |code| reword(&mut code.doc, 0)),
    ("the kinds that it is confused with", |code| {
        code.unlike.push("x".into());
        true
    }),
    ("the fault", |code| {
        change_word(&mut code.fault, Fault::WORDS)
    }),
    ("the HTTP status of the answer", |code| {
        code.http_answer = Some(599.into());
        true
    }),
    ("the gRPC code of the answer", |code| {
        change_word(&mut code.grpc, GrpcCode::WORDS)
    }),
    ("the kind", |code| change(&mut code.kind)),
    ("the presence of the kind", |code| remove(&mut code.kind)),
    ("the retry class", |code| {
        change_word(&mut code.retry, Retry::WORDS)
    }),
    ("the presence of the retry class", |code| {
        code.retry.take().is_some()
    }),
    ("the retry delay", |code| {
        code.retry_after = Some(
            code.retry_after
                .as_ref()
                .map_or(1, |at| at.value + 1)
                .into(),
        );
        true
    }),
    ("billing", |code| {
        change_word(&mut code.billing, Billing::WORDS)
    }),
    ("the presence of billing", |code| {
        code.billing.take().is_some()
    }),
    ("the HTTP status", |code| {
        code.http = Some(code.http.as_ref().map_or(1, |at| at.value + 1).into());
        true
    }),
    ("success", |code| {
        code.success = !code.success;
        true
    }),
];

#[test]
fn every_change_of_a_code_is_found() {
    let mut seen = 0;
    for spec in shipped_specs() {
        for set in &spec.sets {
            for code in &set.codes {
                seen += check_mutations(&spec, set, code);
            }
        }
    }
    assert!(seen > 10_000, "{seen}");
}

/// Applies every change to a code. Returns the number of changes. The code is alone in its set, so
/// that ten thousand comparisons take seconds.
fn check_mutations(spec: &Spec, set: &Set, code: &Code) -> usize {
    let alone = |code: Code| Spec {
        sets: vec![Set {
            codes: vec![code],
            ..set.clone()
        }],
        ..spec.clone()
    };
    let before = alone(code.clone());
    let promised = snapshot(&before);
    let mut seen = 0;
    for (what, mutate) in CODE_MUTATIONS {
        let mut code = code.clone();
        if !mutate(&mut code) {
            continue;
        }
        let after = alone(code);
        let at = format!(
            "{what} of {} {}.{}",
            spec.vendor.value,
            set.name.value,
            first_code(&before)
        );
        assert_ne!(
            snapshot(&after),
            promised,
            "{at} does not change the snapshot"
        );
        let findings = diff(Some(&before), Some(&after));
        assert!(!findings.is_empty(), "{at} is not reported");
        if *what == "billing" || *what == "the presence of billing" {
            let is_error = findings
                .iter()
                .any(|finding| finding.severity == Severity::Error);
            assert!(is_error, "{at} is not reported as an error");
        }
        seen += 1;
    }
    assert!(diff(Some(&before), Some(&before)).is_empty());
    seen
}

fn first_code(spec: &Spec) -> &str {
    &spec.sets[0].codes[0].code.value
}

#[test]
fn every_change_of_a_set_or_a_vendor_is_found() {
    let mutations: &[SpecMutation] = &[
        ("a removed code", |spec| _ = spec.sets[0].codes.pop()),
        ("a removed set", |spec| _ = spec.sets.pop()),
        ("the name", |spec| spec.sets[0].name.value.push('X')),
        ("an earlier name", |spec| {
            spec.sets[0].was.push("Former".into());
        }),
        ("the wire type", |spec| {
            spec.sets[0].wire = if spec.sets[0].wire == Wire::String {
                Wire::Integer
            } else {
                Wire::String
            };
        }),
        ("the identity", |spec| {
            let code = spec.sets[0].identity == Identity::Code;
            spec.sets[0].identity = if code {
                Identity::CodeAndSymbol
            } else {
                Identity::Code
            };
        }),
        ("the status", |spec| spec.sets[0].status = Status::Retired),
        ("the title", |spec| {
            spec.sets[0].title.insert("en".to_owned(), "Other".into());
        }),
        ("an added section", |spec| {
            spec.sets[0].sections.push(Section {
                id: "extra".into(),
                title: Texts::new(),
            });
        }),
        ("an added range", |spec| {
            spec.sets[0].ranges.push(Range {
                from: "1".into(),
                to: "2".into(),
                ..Range::default()
            });
        }),
        ("a reservation", |spec| {
            spec.sets[0].reserved.push("NEVER_AGAIN".into());
        }),
        ("the source of billing", |spec| {
            spec.sets[0].billing_source = Some(BillingSource::Quote("another sentence".into()));
        }),
        ("the taxonomy", |spec| spec.kinds = Some("other".into())),
        ("the language", |spec| spec.locale.value.push_str("-x")),
        ("the title of the document", |spec| {
            spec.title.insert("en".to_owned(), "Other".into());
        }),
    ];
    for spec in shipped_specs() {
        for (what, mutate) in mutations {
            let mut after = spec.clone();
            mutate(&mut after);
            let at = format!("{what} of {}", spec.vendor.value);
            assert_ne!(
                snapshot(&after),
                snapshot(&spec),
                "{at} does not change the snapshot"
            );
            assert!(
                !diff(Some(&spec), Some(&after)).is_empty(),
                "{at} is not reported"
            );
        }
    }
}

#[test]
fn a_snapshot_does_not_depend_on_the_bytes_of_the_document() {
    for spec in shipped_specs() {
        let mut other = spec.clone();
        other.source = None;
        assert_eq!(
            snapshot(&other),
            snapshot(&spec),
            "the snapshot depends on the bytes of the document"
        );
        assert_eq!(verdict(&diff(Some(&spec), Some(&other))), None);
    }
}

/// The old name still compiles, as a deprecated constant.
#[test]
fn renaming_a_variant_and_keeping_its_name_is_a_minor_change() {
    for spec in shipped_specs() {
        let mut after = spec.clone();
        let code = &mut after.sets[0].codes[0];
        let old = std::mem::replace(&mut code.variant, "Other".into());
        code.was_variant.push(old);
        let findings = diff(Some(&spec), Some(&after));
        assert_eq!(verdict(&findings), Some(Verdict::Minor));
    }
}

#[test]
fn what_is_reserved_stays_reserved() {
    let specs = shipped_specs().into_iter();
    let mut specs = specs.filter(|spec| spec.sets[0].wire == Wire::Integer);
    let mut before = specs.next().unwrap();
    before.sets[0].reserved = ["700001..700009", "Gone"].map(At::from).into();
    let found = |reserved: &[&str]| {
        let mut after = before.clone();
        after.sets[0].reserved = reserved.iter().map(|entry| At::from(*entry)).collect();
        let findings = diff(Some(&before), Some(&after));
        let words = findings.iter().map(|finding| {
            let detail = finding.detail.as_deref().unwrap_or_default();
            format!("{} {detail}", finding.class.word())
        });
        (verdict(&findings), words.collect::<Vec<_>>().join(", "))
    };
    let major = Some(Verdict::Major);
    let removed = "reservation-removed 700001..700009";
    assert_eq!(found(&["700001..700009", "Gone"]), (None, String::new()));
    assert_eq!(found(&["Gone"]), (major, removed.to_owned()));
    // The same numbers in other words.
    assert_eq!(
        found(&["Gone", "700005..700009", "700001..700004"]),
        (None, String::new())
    );
    let shorter = removed.to_owned();
    assert_eq!(found(&["700001..700008", "Gone"]), (major, shorter));
    let more = "reservation-added 700001..700010".to_owned();
    assert_eq!(
        found(&["700001..700010", "Gone"]),
        (Some(Verdict::Patch), more)
    );
    assert_eq!(
        found(&["700001..700009"]),
        (major, "reservation-removed Gone".to_owned())
    );
}

#[test]
fn removing_a_name_is_a_major_change() {
    for spec in shipped_specs() {
        let removals: &[SpecMutation] = &[
            ("a code", |spec| _ = spec.sets[0].codes.pop()),
            ("a set", |spec| _ = spec.sets.pop()),
            ("a variant", |spec| {
                spec.sets[0].codes[0].variant = "Other".into();
            }),
            ("a wire type", |spec| spec.sets[0].wire = Wire::Integer64),
        ];
        for (what, remove) in removals {
            let mut after = spec.clone();
            remove(&mut after);
            assert_eq!(
                verdict(&diff(Some(&spec), Some(&after))),
                Some(Verdict::Major),
                "{what} of {}",
                spec.vendor.value
            );
        }
    }
}

/// The committed snapshots equal those that `release` would write for the same specs.
#[test]
fn the_release_files_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .join("codes/released");
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_spec = path.extension().is_some_and(|ending| ending == "toml")
            && !path.ends_with("changes.toml");
        if is_spec {
            let spec = spec::parse(&Source::new(
                "spec.toml",
                &std::fs::read_to_string(&path).unwrap(),
            ))
            .unwrap();
            let written = std::fs::read_to_string(path.with_extension("txt")).unwrap();
            assert!(
                snapshot(&spec) == written,
                "{}: run `cargo xtask release`",
                path.display()
            );
        }
    }
}
