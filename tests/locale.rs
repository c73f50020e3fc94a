//! Negotiation between the requested and the available languages.

use errbook::Locale;

fn best_match(wanted: &str, available: &str) -> Option<String> {
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
        // An exact match, at any position.
        ("zh-CN", "en zh-TW zh-CN", "zh-CN"),
        ("zh-TW", "zh-CN zh-TW en", "zh-TW"),
        ("en", "en-US en-GB en", "en"),
        // The script that is likely for the language or region.
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
        // The same region, written with its script.
        ("zh-Hant-TW", "zh-HK zh-TW", "zh-TW"),
        ("zh-Hans-CN", "zh-SG zh-CN", "zh-CN"),
        // A tag without a region is better than one with another region.
        ("en-GB", "en-US en", "en"),
        ("pt-PT", "pt-BR en", "pt-BR"),
        // The same language in another script is better than another language.
        ("zh-TW", "en zh-CN", "zh-CN"),
        ("zh-Hant-TW", "en zh-CN", "zh-CN"),
        // Variants and extensions are ignored.
        ("de-1996", "en de", "de"),
        ("zh-TW-u-co-stroke-x-anything", "zh-CN zh-TW", "zh-TW"),
        ("es-419", "es-ES es", "es"),
    ];
    for (wanted, available, expected) in cases {
        assert_eq!(
            best_match(wanted, available).as_deref(),
            Some(expected),
            "{wanted} of {available}"
        );
    }
    for (wanted, available) in [("de", "en zh-CN"), ("yue", "zh-HK"), ("en", "fr")] {
        assert_eq!(
            best_match(wanted, available),
            None,
            "{wanted} of {available}"
        );
    }
}

#[test]
fn an_unavailable_language_falls_back_to_another() {
    use errbook_codes::tencent_huiyan::HuiyanCode;
    let code = HuiyanCode::NameAndIdMismatch;
    for wanted in ["de", "ja-JP", "yue-Hant-HK", "und"] {
        let locale = Locale::parse(wanted).unwrap();
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
fn every_tag_is_printed_in_canonical_form() {
    for (tag, canonical) in [
        ("ZH_hant_tw", "zh-Hant-TW"),
        ("EN", "en"),
        ("es-419", "es-419"),
        ("kok-deva-in", "kok-Deva-IN"),
    ] {
        assert_eq!(Locale::parse(tag).unwrap().to_string(), canonical);
    }
}

#[test]
fn invalid_tags_are_rejected() {
    for invalid in [
        "",
        "e",
        "engl",
        "en--US",
        "12",
        "en-",
        "中文",
        "en-toolongapart",
    ] {
        assert!(Locale::parse(invalid).is_err(), "{invalid}");
    }
}

#[test]
fn the_name_of_a_posix_locale_is_a_tag() {
    for (name, tag) in [
        ("zh_TW.UTF-8", "zh-TW"),
        ("de_DE@euro", "de-DE"),
        ("en.ISO-8859-1", "en"),
        ("zh-cmn-Hans-CN", "zh-Hans-CN"),
        ("sl-rozaj-biske-1994", "sl"),
    ] {
        assert_eq!(name.parse::<Locale>().unwrap().to_string(), tag);
    }
    assert_eq!(
        "zh_TW.UTF-8"
            .parse::<Locale>()
            .unwrap()
            .best_of(&[Locale::ZH_CN, Locale::ZH_TW]),
        Some(1)
    );
}

#[test]
fn what_is_no_subtag_is_an_error() {
    for tag in [
        "C",
        "POSIX",
        "en-",
        "en--US",
        "en-US-GB",
        "en-US-Latn",
        "en-!!",
        "en-a!",
        "en-Latn-Cyrl",
        "en-toolongasubtag",
        "en-abcd-ef-gh",
        "en us",
        "e",
        "12",
        ".UTF-8",
    ] {
        assert!(tag.parse::<Locale>().is_err(), "{tag}");
    }
}
