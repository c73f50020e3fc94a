//! Every change of a promise changes the snapshot of the release and is a finding of `diff`.

use std::path::Path;

use errbook_cli::diff::{Severity, Verdict, diff, verdict};
use errbook_cli::release::snapshot;
use errbook_spec::Texts;
use errbook_spec::place::{At, Source};
use errbook_spec::{
    self as spec, Billing, BillingSource, Code, Fault, Identity, Param, Range, Retry, Section, Set,
    Spec, Status, Wire,
};

/// The shipped registry, the kinds, and a spec that uses what they do not.
fn specs() -> Vec<Spec> {
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

/// A way to break a promise. It says whether there was anything to break.
type Mutation = (&'static str, fn(&mut Code) -> bool);

/// The same of a whole spec, where there always is something.
type OfAll = (&'static str, fn(&mut Spec));

fn changed(text: &mut Option<At<String>>) -> bool {
    let old = text.as_ref().map_or("", |text| text.value.as_str());
    *text = Some(format!("{old}x").into());
    true
}

fn gone(text: &mut Option<At<String>>) -> bool {
    text.take().is_some()
}

fn reworded(texts: &mut Texts, at: usize) -> bool {
    texts
        .values_mut()
        .nth(at)
        .map(|text| text.value.push('新'))
        .is_some()
}

fn untranslated(texts: &mut Texts) -> bool {
    let last = texts.keys().last().cloned();
    texts.len() > 1 && last.and_then(|tag| texts.remove(&tag)).is_some()
}

fn other<T: Copy + PartialEq>(value: &mut Option<At<T>>, words: &[(&str, T)]) -> bool {
    let at = words
        .iter()
        .position(|(_, word)| value.as_ref().is_some_and(|value| value.value == *word));
    *value = Some(words[at.map_or(0, |at| (at + 1) % words.len())].1.into());
    true
}

const OF_A_CODE: &[Mutation] = &[
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
    ("the symbol", |code| changed(&mut code.symbol)),
    ("no symbol", |code| gone(&mut code.symbol)),
    ("an alias more", |code| {
        code.aliases.push("ALSO".into());
        true
    }),
    ("an alias less", |code| code.aliases.pop().is_some()),
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
    ("what replaces it", |code| changed(&mut code.replaced_by)),
    ("the section", |code| changed(&mut code.section)),
    ("the language of its row", |code| changed(&mut code.locale)),
    ("a parameter more", |code| {
        code.params.push(Param {
            name: "extra".into(),
            ..Param::default()
        });
        true
    }),
    ("a parameter less", |code| code.params.pop().is_some()),
    ("a parameter's name", |code| {
        code.params
            .first_mut()
            .map(|param| param.name.value.push('x'))
            .is_some()
    }),
    ("how a parameter is written", |code| {
        code.params
            .first_mut()
            .is_some_and(|param| changed(&mut param.written))
    }),
    ("a parameter's values", |code| {
        code.params
            .first_mut()
            .map(|param| param.values.push("v".into()))
            .is_some()
    }),
    ("the first language's message", |code| {
        reworded(&mut code.message, 0)
    }),
    ("the second language's message", |code| {
        reworded(&mut code.message, 1)
    }),
    ("the first language's remedy", |code| {
        reworded(&mut code.remedy, 0)
    }),
    ("the second language's remedy", |code| {
        reworded(&mut code.remedy, 1)
    }),
    ("a message less", |code| untranslated(&mut code.message)),
    ("a remedy less", |code| untranslated(&mut code.remedy)),
    ("the definition", |code| reworded(&mut code.doc, 0)),
    ("what it is taken for", |code| {
        code.unlike.push("x".into());
        true
    }),
    ("whose fault it is", |code| {
        other(&mut code.fault, Fault::WORDS)
    }),
    ("the status to answer with", |code| {
        code.http_answer = Some(599.into());
        true
    }),
    ("the kind", |code| changed(&mut code.kind)),
    ("no kind", |code| gone(&mut code.kind)),
    ("the retry class", |code| {
        other(&mut code.retry, Retry::WORDS)
    }),
    ("no retry class", |code| code.retry.take().is_some()),
    ("when to retry", |code| {
        code.retry_after = Some(
            code.retry_after
                .as_ref()
                .map_or(1, |at| at.value + 1)
                .into(),
        );
        true
    }),
    ("billing", |code| other(&mut code.billing, Billing::WORDS)),
    ("no billing", |code| code.billing.take().is_some()),
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
    for spec in specs() {
        for set in &spec.sets {
            for code in &set.codes {
                seen += every_mutation_of(&spec, set, code);
            }
        }
    }
    assert!(seen > 10_000, "{seen}");
}

/// The code alone in its set, so that ten thousand comparisons take seconds.
fn every_mutation_of(spec: &Spec, set: &Set, code: &Code) -> usize {
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
    for (what, mutate) in OF_A_CODE {
        let mut code = code.clone();
        if !mutate(&mut code) {
            continue;
        }
        let after = alone(code);
        let at = format!(
            "{what} of {} {}.{}",
            spec.vendor.value,
            set.name.value,
            set_code(&before)
        );
        assert_ne!(snapshot(&after), promised, "{at} may change unseen");
        let findings = diff(Some(&before), Some(&after));
        assert!(!findings.is_empty(), "{at} is not found to differ");
        if *what == "billing" || *what == "no billing" {
            let loud = findings
                .iter()
                .any(|finding| finding.severity == Severity::Error);
            assert!(loud, "{at} is quiet");
        }
        seen += 1;
    }
    assert!(diff(Some(&before), Some(&before)).is_empty());
    seen
}

fn set_code(spec: &Spec) -> &str {
    &spec.sets[0].codes[0].code.value
}

#[test]
fn every_change_of_a_set_or_a_vendor_is_found() {
    let mutations: &[OfAll] = &[
        ("a code less", |spec| _ = spec.sets[0].codes.pop()),
        ("a set less", |spec| _ = spec.sets.pop()),
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
        ("a section more", |spec| {
            spec.sets[0].sections.push(Section {
                id: "extra".into(),
                title: Texts::new(),
            });
        }),
        ("a range more", |spec| {
            spec.sets[0].ranges.push(Range {
                from: "1".into(),
                to: "2".into(),
                ..Range::default()
            });
        }),
        ("where billing stands", |spec| {
            spec.sets[0].billing_source = Some(BillingSource::Quote("another sentence".into()));
        }),
        ("the taxonomy", |spec| spec.kinds = Some("other".into())),
        ("the language", |spec| spec.locale.value.push_str("-x")),
        ("the document's title", |spec| {
            spec.title.insert("en".to_owned(), "Other".into());
        }),
    ];
    for spec in specs() {
        for (what, mutate) in mutations {
            let mut after = spec.clone();
            mutate(&mut after);
            let at = format!("{what} of {}", spec.vendor.value);
            assert_ne!(snapshot(&after), snapshot(&spec), "{at} may change unseen");
            assert!(
                !diff(Some(&spec), Some(&after)).is_empty(),
                "{at} is not found to differ"
            );
        }
    }
}

#[test]
fn a_snapshot_does_not_depend_on_whitespace_in_the_document() {
    for spec in specs() {
        let mut other = spec.clone();
        other.source = None;
        assert_eq!(
            snapshot(&other),
            snapshot(&spec),
            "the document's bytes are no promise"
        );
        assert_eq!(verdict(&diff(Some(&spec), Some(&other))), None);
    }
}

#[test]
fn removing_a_name_is_a_major_change() {
    for spec in specs() {
        let taken: &[OfAll] = &[
            ("a code", |spec| _ = spec.sets[0].codes.pop()),
            ("a set", |spec| _ = spec.sets.pop()),
            ("a variant", |spec| {
                let old = std::mem::replace(&mut spec.sets[0].codes[0].variant, "Other".into());
                // The old name still compiles, as a deprecated constant.
                spec.sets[0].codes[0].was_variant.push(old);
            }),
            ("a wire type", |spec| spec.sets[0].wire = Wire::Integer64),
        ];
        for (what, take) in taken {
            let mut after = spec.clone();
            take(&mut after);
            assert_eq!(
                verdict(&diff(Some(&spec), Some(&after))),
                Some(Verdict::Major),
                "{what} of {}",
                spec.vendor.value
            );
        }
    }
}

/// What `release` wrote down is what it would write down of the same specs today.
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
