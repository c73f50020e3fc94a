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

#[test]
fn a_tag_of_any_letters_and_digits_is_printed_as_it_is_parsed() {
    for language in ["aa", "zz", "aaa", "zzz", "az", "za", "mno"] {
        for script in ["", "-Aaaa", "-Zzzz", "-Hant", "-Azaz"] {
            for region in [
                "", "-AA", "-ZZ", "-AZ", "-ZA", "-000", "-001", "-999", "-419",
            ] {
                let tag = format!("{language}{script}{region}");
                let locale = Locale::parse(&tag).unwrap();
                assert_eq!(locale.to_string(), tag);
                assert_eq!(Locale::parse(&tag.to_uppercase()), Ok(locale));
                assert_eq!(format!("{locale:?}"), format!("Locale({tag})"));
            }
        }
    }
}

#[test]
fn each_constant_is_the_tag_of_its_name() {
    let constants = [
        (Locale::DE, "de"),
        (Locale::EN, "en"),
        (Locale::ES, "es"),
        (Locale::FR, "fr"),
        (Locale::JA, "ja"),
        (Locale::KO, "ko"),
        (Locale::PT_BR, "pt-BR"),
        (Locale::RU, "ru"),
        (Locale::VI, "vi"),
        (Locale::ZH, "zh"),
        (Locale::ZH_CN, "zh-CN"),
        (Locale::ZH_HK, "zh-HK"),
        (Locale::ZH_TW, "zh-TW"),
    ];
    for (locale, tag) in constants {
        assert_eq!(locale.to_string(), tag);
    }
}

/// RFC 5646, section 2.1: language, up to three extended languages, script, region, variants,
/// extensions and private use.
#[test]
fn subtags_are_known_by_their_length_and_order() {
    for (tag, parsed) in [
        ("zh-yue", "zh"),
        ("zh-yue-abc-def", "zh"),
        ("zh-yue-Hant-HK", "zh-Hant-HK"),
        ("de-1996", "de"),
        ("de-Latn-DE-1996", "de-Latn-DE"),
        ("sl-rozaj", "sl"),
        ("de-abcdefgh", "de"),
        ("en-a-bbb-x-y", "en"),
        ("en-x", "en"),
        ("de-DE-1abc", "de-DE"),
        ("fr@euro", "fr"),
        ("fr_FR.UTF-8@euro", "fr-FR"),
    ] {
        let found = Locale::parse(tag).unwrap_or_else(|error| panic!("{tag}: {error}"));
        assert_eq!(found.to_string(), parsed, "{tag}");
    }
    for invalid in [
        // A fourth extended language, or one after the script or the region.
        "zh-aaa-bbb-ccc-ddd",
        "zh-Hant-yue",
        "zh-CN-yue",
        // A script or a region twice, or the script after the region.
        "zh-Hans-Hant",
        "zh-CN-TW",
        "zh-419-CN",
        "zh-CN-419",
        "zh-CN-Hans",
        // A subtag of four that is neither a script nor begins with a digit; of two that is not
        // two letters; of three that is neither letters nor digits.
        "de-a123",
        "de-1a",
        "de-12",
        "de-a12",
        "de-abcdefghi",
        "de-abc!efgh",
        "de-é",
        "d1",
        "1de",
        "[a",
        "a{",
        "@A",
        "de-[a",
        "de-4:9",
        "de-/12",
    ] {
        assert!(Locale::parse(invalid).is_err(), "{invalid}");
    }
    let message = Locale::parse("").unwrap_err().to_string();
    assert_eq!(
        message,
        "not a language tag, such as `en`, `zh-CN` or `zh-Hant-TW`"
    );
}

#[test]
fn two_letters_do_not_match_three_that_begin_or_end_with_them() {
    for (wanted, available) in [("de", "del"), ("de", "ade"), ("und", "un"), ("aa", "aaa")] {
        assert_eq!(
            best_match(wanted, available),
            None,
            "{wanted} of {available}"
        );
    }
}
