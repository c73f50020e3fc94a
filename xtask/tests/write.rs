//! Writing a spec and parsing it returns the same spec, for any characters in its texts.

use errbook_cli::write;
use errbook_spec::Texts;
use errbook_spec::place::{At, Source};
use errbook_spec::{self as spec, *};
use proptest::prelude::*;

use crate::facts::with_all_facts;
use crate::scratch::Scratch;

fn parse_spec(text: &str) -> Spec {
    spec::parse(&Source::new("spec.toml", text))
        .unwrap_or_else(|problems| panic!("{problems}\n{text}"))
}

#[test]
fn a_spec_of_a_document_round_trips() {
    let text = Scratch::regenerated().spec();
    assert_eq!(write::spec(&parse_spec(&text)), text);
}

#[test]
fn every_field_of_the_format_round_trips() {
    let text = |text: &str| At::<String>::from(text);
    let texts = |texts: &[(&str, &str)]| {
        texts
            .iter()
            .map(|(tag, text)| ((*tag).to_owned(), (*text).into()))
            .collect::<Texts>()
    };
    let note = Note {
        text: texts(&[("en", "A note\non two lines"), ("zh-CN", "注")]),
        source: Some(text("https://example.org/news")),
        date: Some(text("2021-07-19")),
    };
    let code = Code {
        code: text("-1"),
        symbol: Some(text("A \"quoted\" \\ symbol")),
        aliases: vec![text("a"), text("b")],
        was: vec![text("2")],
        variant: text("A"),
        was_variant: vec![text("B")],
        status: Status::Retired,
        retired_in: Some("V2".into()),
        replaced_by: Some(text("Set.2")),
        section: Some(text("general")),
        locale: Some(text("en")),
        params: vec![
            Param {
                name: text("key"),
                ..Param::default()
            },
            Param {
                name: text("a-b"),
                written: Some(text("b>")),
                values: vec![text("x"), text("y")],
                optional: true,
            },
        ],
        message: texts(&[
            ("zh-CN", "一\n二\n"),
            ("en", "one\r\ntwo \"\"\" \t three"),
            ("fr", "\n"),
        ]),
        remedy: texts(&[("en", "")]),
        doc: texts(&[("en", "doc")]),
        unlike: vec![text("c")],
        fault: Some(Fault::EndUser.into()),
        http_answer: Some(422.into()),
        kind: Some(text("kind")),
        retry: Some(Retry::Backoff.into()),
        billing: Some(Billing::Free.into()),
        http: Some(404.into()),
        success: true,
        severity: Some(Severity::Warning.into()),
        note: Some(note.clone()),
        said: texts(&[("zh-CN", "壹")]),
        since: Some(Since {
            edition: Some(text("V1")),
            release: Some(text("0.1.0")),
        }),
        // Facts whose values have no special characters, such as `retry-after`.
        ..with_all_facts()
    };
    let range = Range {
        from: text("1"),
        to: text("9"),
        kind: Some(text("kind")),
        retry: Some(Retry::Never.into()),
        severity: Some(Severity::Info.into()),
        note: Some(note.clone()),
        ..with_all_facts()
    };
    let set = Set {
        name: text("Set"),
        was: vec![text("Old")],
        wire: Wire::Integer64,
        identity: Identity::CodeAndSymbol,
        status: Status::Retired,
        title: texts(&[("zh-CN", "题"), ("en", "title")]),
        note: Some(note),
        billing_source: Some(BillingSource::Quote(text("so\nit says"))),
        sections: vec![Section {
            id: text("general"),
            title: texts(&[("zh-CN", "节")]),
        }],
        codes: vec![code],
        ranges: vec![range],
        ..with_all_facts()
    };
    let spec = Spec {
        vendor: text("shop"),
        locale: text("zh-CN"),
        kinds: Some(text("errbook")),
        title: texts(&[("zh-CN", "店")]),
        source: Some(SourceFile {
            file: text("source.md"),
            sha256: text("00"),
            url: Some(text("https://example.org/a\"b")),
            edition: Some(text("V2")),
            date: Some(text("2018-12-06")),
            superseded: Some(At::from(Superseded::Since("2019-01-28".to_owned()))),
            newer: Some(text("https://example.org/b")),
        }),
        since: Some(Since {
            edition: Some(text("V0")),
            release: None,
        }),
        sets: vec![
            set.clone(),
            Set {
                billing_source: Some(BillingSource::Column(text("费"))),
                ..set
            },
        ],
        overrides: None,
        fallbacks: Vec::new(),
    };
    let written = write::spec(&spec);
    insta::assert_snapshot!(written);
    assert_eq!(parse_spec(&written), spec);
}

proptest! {
    #[test]
    fn any_text_round_trips(
        message in any::<String>(),
        symbol in any::<String>(),
        tag in "[a-zA-Z .\"\\\\-]{1,6}",
    ) {
        let code = Code {
            code: "1".into(),
            symbol: Some(symbol.as_str().into()),
            variant: "A".into(),
            message: Texts::from([(tag, message.as_str().into())]),
            aliases: vec![message.as_str().into()],
            params: vec![Param {
                name: symbol.as_str().into(),
                written: Some(message.as_str().into()),
                ..Param::default()
            }],
            ..Code::default()
        };
        let set = Set { name: "Set".into(), codes: vec![code], ..Set::default() };
        let spec = Spec {
            vendor: "v".into(),
            locale: "en".into(),
            sets: vec![set],
            ..Spec::default()
        };
        prop_assert_eq!(parse_spec(&write::spec(&spec)), spec);
    }
}
