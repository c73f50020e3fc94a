//! Every code of every set in the registry decodes to its variant and back, and nothing else
//! decodes.

use std::collections::BTreeSet;
use std::fmt::Debug;

use errbook::{Billing, CodeSet, ErrorCode, HasKind, Locale, Wire};
use errbook_codes::Kind;
use errbook_codes::idverify_gateway::{ApiCode, CarrierCode};
use errbook_codes::megvii_faceid::{ResultCode, SdkCode};
use errbook_codes::tencent_faceid_sdk::{LoginCode, VerifyCode};
use errbook_codes::tencent_huiyan::HuiyanCode;
use errbook_codes::tencent_kyc::{FaceCode, TwoFactorCode};
use errbook_spec::place::At;
use errbook_spec::{Identity, Set};

use crate::workspace::parse_spec;

/// Numbers that are not codes of the set: neighbours of codes, the extremes, and pseudo-random
/// numbers.
fn unknown_numbers(set: &Set) -> impl Iterator<Item = i64> {
    let numbers = |code: &At<String>| code.split('.').next().and_then(|code| code.parse().ok());
    let known: BTreeSet<i64> = set
        .codes
        .iter()
        .flat_map(|code| {
            [&code.code]
                .into_iter()
                .chain(&code.aliases)
                .chain(&code.was)
        })
        .filter_map(numbers)
        .collect();
    let near = known
        .iter()
        .flat_map(|code| [code - 1, code + 1, code + 1000, -code])
        .collect::<Vec<_>>();
    let scattered =
        (0..10_000_i64).map(|at| (at * 2_654_435_769) % i64::from(i32::MAX) - 1_000_000);
    let ends = [i64::MIN, i64::MAX, i32::MIN.into(), i32::MAX.into()];
    near.into_iter()
        .chain(ends)
        .chain(scattered)
        .filter(move |code| !known.contains(code))
}

/// Checks a set, whose codes decode alone or together with their symbols.
fn check_set<C: CodeSet + HasKind<Kind> + Debug>(set: &Set) {
    check_codes::<C>(set.codes.len());
    match set.identity {
        Identity::Code => {
            for code in &now::<C>(set) {
                assert_eq!(C::decode(code.wire()), Some(*code));
                assert_eq!(C::decode(Wire::Text(&code.wire().to_string())), Some(*code));
            }
        }
        Identity::CodeAndSymbol => check_symbols::<C>(&now(set)),
    }
    for unknown in unknown_numbers(set) {
        assert_eq!(C::decode(Wire::Integer(unknown)), None, "{unknown}");
    }
}

/// The codes of a set without former meanings, which do not decode.
fn now<C: CodeSet>(set: &Set) -> Vec<C> {
    let codes = C::ALL.iter().zip(&set.codes);
    let now = codes.filter(|(_, code)| !code.is_former());
    now.map(|(code, _)| *code).collect()
}

/// Checks that the codes of a set decode together with their symbols, and alone only by a symbol
/// that no other code has.
fn check_symbols<C: CodeSet + Debug>(codes: &[C]) {
    for code in codes {
        let symbol = code.symbol().unwrap();
        let parsed = C::decode_with_symbol(code.wire(), symbol).unwrap();
        assert_eq!(parsed.code(), *code);
        let with_symbol = C::ALL.iter().filter(|code| code.symbol() == Some(symbol));
        if with_symbol.count() == 1 {
            assert_eq!(C::decode(Wire::Text(symbol)), Some(*code), "{symbol}");
        }
        let is_longer = |template: &str| {
            template
                .split('<')
                .next()
                .is_some_and(|begin| symbol.starts_with(begin))
        };
        let mut others = codes.iter().filter(|other| other.wire() == code.wire());
        let longer = format!("{symbol}_");
        let longer = C::decode_with_symbol(code.wire(), &longer);
        assert_eq!(
            longer.is_some_and(|longer| longer.code().template().is_some()),
            others.any(|other| other.template().is_some_and(is_longer)),
            "only a template matches a longer symbol"
        );
        assert!(C::decode_with_symbol(Wire::Integer(-1), symbol).is_none());
    }
}

/// Checks what holds for the codes of every set.
fn check_codes<C: CodeSet + HasKind<Kind> + Debug>(count: usize) {
    assert_eq!(C::ALL.len(), count, "{}", C::NAME);
    let names: BTreeSet<String> = C::ALL.iter().map(|code| format!("{code:?}")).collect();
    assert_eq!(names.len(), count);
    for code in C::ALL {
        assert_eq!((code.vendor(), code.set()), (C::VENDOR, C::NAME));
        assert_eq!(code.to_string(), code.message(Locale::ZH_CN));
        assert_eq!(
            code.localized(Locale::EN).template(),
            code.message(Locale::EN)
        );
        let name = format!("{}/{}/{}", C::VENDOR, C::NAME, code.wire());
        assert!(format!("{code:#}").starts_with(&name));
        assert_eq!(code.is_success(), code.kind() == Kind::Success, "{code:?}");
        for text in [
            "",
            " ",
            "x",
            "-",
            "999999999999999999999",
            &format!(" {}", code.wire()),
            &format!("+{}", code.wire()),
        ] {
            assert_eq!(C::decode(Wire::Text(text)), None, "{text}");
        }
    }
    assert_eq!(C::ALL.iter().collect::<BTreeSet<_>>().len(), count);
}

/// The function that checks a set, for each set.
const CHECKS: &crate::EachSet<fn(&Set)> = &each_set!(check_set);

#[test]
fn every_code_decodes_to_its_variant_and_back() {
    for (vendor, name, check) in CHECKS {
        let spec = parse_spec(vendor);
        let set = spec.sets.iter().find(|set| *set.name == *name).unwrap();
        check(set);
    }
}

#[test]
fn lookups_work_in_constants() {
    const CODE: Option<HuiyanCode> = HuiyanCode::from_code(2006);
    const BILLING: Billing = match CODE {
        Some(code) => code.billing(),
        None => Billing::Unspecified,
    };
    const MESSAGE: &str = HuiyanCode::EyesNotClosed.message(Locale::ZH_CN);
    assert_eq!(
        (CODE, BILLING),
        (Some(HuiyanCode::NameAndIdMismatch), Billing::Billed)
    );
    assert_eq!(MESSAGE, "未检测到闭眼动作");
    assert_eq!(size_of::<Option<HuiyanCode>>(), 1);
}

#[test]
fn billing_matches_the_documents() {
    let count = |billing| {
        HuiyanCode::ALL
            .iter()
            .filter(|code| code.billing() == billing)
            .count()
    };
    assert_eq!((count(Billing::Billed), count(Billing::Free)), (11, 54));
    for code in ResultCode::ALL {
        let billed = matches!(code.code(), 1000 | 2000 | 3000);
        assert_eq!(
            code.billing(),
            if billed {
                Billing::Billed
            } else {
                Billing::Free
            },
            "{code:?}"
        );
    }
    assert!(
        SdkCode::ALL
            .iter()
            .all(|code| code.billing() == Billing::Unspecified)
    );
    assert!(
        FaceCode::ALL
            .iter()
            .all(|code| code.billing() == Billing::Unspecified)
    );
}

#[test]
fn a_number_with_several_symbols_is_not_decoded_alone() {
    assert_eq!(SdkCode::all_with_code(53000).len(), 6);
    assert_eq!(SdkCode::all_with_code(56000).len(), 11);
    assert_eq!(SdkCode::all_with_code(7), []);
    assert_eq!(SdkCode::decode(Wire::Integer(53000)), None);
    assert_eq!(
        SdkCode::decode(Wire::Integer(51000)),
        Some(SdkCode::Success)
    );
    assert_eq!(
        SdkCode::from_code_and_symbol(53000, "NO_ID_PHOTO").map(|code| code.code()),
        Some(53000)
    );
    assert_eq!(SdkCode::from_code_and_symbol(54000, "NO_ID_PHOTO"), None);
}

#[test]
fn errors_of_different_vendors_share_the_traits() {
    let errors: [&dyn ErrorCode; 3] = [
        &FaceCode::LivenessFailed,
        &LoginCode::ALL[0],
        &HuiyanCode::LivenessFailed,
    ];
    assert_eq!(
        errors.map(|error| error.wire().to_string()),
        ["66660014", "-10000", "1005"]
    );
    let kinds: [&dyn HasKind<Kind>; 2] = [&FaceCode::LivenessFailed, &HuiyanCode::LivenessFailed];
    assert_eq!(kinds[0].kind(), kinds[1].kind());
}

#[test]
fn success_codes_match_the_documents() {
    fn successes<C: CodeSet>() -> Vec<String> {
        C::ALL
            .iter()
            .filter(|code| code.is_success())
            .map(|code| code.wire().to_string())
            .collect()
    }
    assert_eq!(successes::<CarrierCode>(), ["0", "-1022", "-1075"]);
    assert_eq!(successes::<ResultCode>(), ["1000"]);
    assert_eq!(successes::<SdkCode>(), ["51000"]);
    for zero in [
        successes::<HuiyanCode>(),
        successes::<FaceCode>(),
        successes::<VerifyCode>(),
        successes::<TwoFactorCode>(),
    ] {
        assert_eq!(zero, ["0"]);
    }
    assert_eq!(successes::<ApiCode>(), [""; 0]);
}

#[test]
fn an_alias_of_a_vendor_decodes() {
    assert_eq!(
        HuiyanCode::from_symbol("FailedOperation.ActionCloseEye"),
        Some(HuiyanCode::EyesNotClosed)
    );
    assert_eq!(
        "FailedOperation.ActionCloseEye".parse(),
        Ok(HuiyanCode::EyesNotClosed)
    );
}
