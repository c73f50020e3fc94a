//! Negotiation between the requested and the available languages.

use errbook::Locale;

fn served(wanted: &str, available: &str) -> Option<String> {
    let available: Vec<Locale> = available
        .split(' ')
        .map(|tag| tag.parse().unwrap())
        .collect();
    let position = wanted.parse::<Locale>().unwrap().best_of(&available);
    position.map(|position| available[position].to_string())
}

#[test]
fn the_best_language_is_found() {
    let cases = [
        // Exactly what was asked for, wherever it stands.
        ("zh-CN", "en zh-TW zh-CN", "zh-CN"),
        ("zh-TW", "zh-CN zh-TW en", "zh-TW"),
        ("en", "en-US en-GB en", "en"),
        // The script that the reader likely reads.
        ("zh", "en zh-TW zh-CN", "zh-CN"),
        ("zh-Hans", "en zh-TW zh-CN", "zh-CN"),
        ("zh-SG", "en zh-TW zh-CN", "zh-CN"),
        ("zh-Hant", "en zh-CN zh-TW", "zh-TW"),
        ("zh-HK", "zh-CN zh-TW", "zh-TW"),
        ("zh-MO", "zh-CN zh-HK zh-TW", "zh-HK"),
        ("zh-CN", "zh-TW zh", "zh"),
        ("zh-CN", "zh-Hant zh-Hans", "zh-Hans"),
        ("sr", "sr-Latn sr-Cyrl", "sr-Cyrl"),
        ("sr-Latn-RS", "sr-Cyrl sr-Latn", "sr-Latn"),
        // The same region under another spelling.
        ("zh-Hant-TW", "zh-HK zh-TW", "zh-TW"),
        ("zh-Hans-CN", "zh-SG zh-CN", "zh-CN"),
        // A text for no region serves better than one for another.
        ("en-GB", "en-US en", "en"),
        ("pt-PT", "pt-BR en", "pt-BR"),
        // The same language in another script is better than another language.
        ("zh-TW", "en zh-CN", "zh-CN"),
        ("zh-Hant-TW", "en zh-CN", "zh-CN"),
        // Variants and extensions are read over.
        ("de-1996", "en de", "de"),
        ("zh-TW-u-co-stroke-x-anything", "zh-CN zh-TW", "zh-TW"),
        ("es-419", "es-ES es", "es"),
    ];
    for (wanted, available, expected) in cases {
        assert_eq!(
            served(wanted, available).as_deref(),
            Some(expected),
            "{wanted} of {available}"
        );
    }
    for (wanted, available) in [("de", "en zh-CN"), ("yue", "zh-HK"), ("en", "")] {
        let available = if available.is_empty() {
            "fr"
        } else {
            available
        };
        assert_eq!(served(wanted, available), None, "{wanted} of {available}");
    }
}

#[test]
fn every_request_gets_a_language() {
    use errbook_codes::tencent_huiyan::HuiyanCode;
    let code = HuiyanCode::NameAndIdMismatch;
    for wanted in ["de", "ja-JP", "yue-Hant-HK", "i-default", "und"] {
        let Ok(locale) = Locale::parse(wanted) else {
            continue;
        };
        assert_eq!(
            code.message(locale),
            code.message(Locale::ZH_CN),
            "{wanted}"
        );
    }
    assert_eq!(code.message(Locale::ZH_TW), code.message(Locale::ZH_CN));
    assert_ne!(
        code.message(Locale::parse("en-AU").unwrap()),
        code.message(Locale::ZH_CN)
    );
}

#[test]
fn every_tag_round_trips_in_canonical_form() {
    for (text, usual) in [
        ("ZH_hant_tw", "zh-Hant-TW"),
        ("EN", "en"),
        ("es-419", "es-419"),
        ("kok-deva-in", "kok-Deva-IN"),
    ] {
        assert_eq!(Locale::parse(text).unwrap().to_string(), usual);
    }
    for wrong in [
        "",
        "e",
        "engl",
        "en--US",
        "12",
        "en-",
        "中文",
        "en-toolongapart",
    ] {
        assert!(Locale::parse(wrong).is_err(), "{wrong}");
    }
}
