//! Prints a line for each code of the registry, and for numbers and strings around it: what they
//! decode to, and the facts and texts of that. `.ci/run targets` compares the lines of a target
//! with 32-bit words with those of the machine that it runs on.

#![deny(warnings, clippy::pedantic, missing_docs, unreachable_pub)]

use errbook_codes::errbook::{CodeSet, ErrorCode, Locale, Wire};
use errbook_codes::idverify_gateway::{ApiCode, CarrierCode};
use errbook_codes::megvii_faceid::{ResultCode, ResultError, SdkCode, TokenError};
use errbook_codes::tencent_faceid_sdk::{LoginCode, VerifyCode};
use errbook_codes::tencent_huiyan::HuiyanCode;
use errbook_codes::tencent_kyc::{
    BankCardCode, BankCardWarning, FaceCode, GatewayCode, IdCardCode, IdCardWarning, TwoFactorCode,
};

/// The lines of a set.
fn lines_of<C: CodeSet>() -> Vec<String> {
    let mut lines = Vec::new();
    let mut push = |what: String, code: Option<C>| {
        let facts = code.as_ref().map(facts);
        lines.push(format!("{} {what}: {}", C::NAME, facts.unwrap_or_default()));
    };
    for code in C::ALL {
        let wire = ErrorCode::wire(code);
        push(format!("{wire:?}"), C::decode(wire));
        if let Some(symbol) = code.symbol() {
            let parsed = C::decode_with_symbol(wire, symbol);
            push(
                format!("{wire:?} {symbol}"),
                parsed.map(|parsed| parsed.code()),
            );
            push(
                format!("{symbol}x"),
                C::decode(Wire::Text(&format!("{symbol}x"))),
            );
        }
        // Between them there are unknown codes, which have the same slots.
        if let Wire::Integer(number) = wire {
            for near in [
                number - 1,
                number + 1,
                number + (1 << 32),
                number.wrapping_mul(65_537),
            ] {
                push(format!("{near}"), C::decode(Wire::Integer(near)));
            }
        }
    }
    lines
}

/// A code with what is looked up for it.
fn facts<C: CodeSet>(code: &C) -> String {
    let texts = [Locale::EN, Locale::ZH_CN].map(|locale| code.localized(locale).to_string());
    format!(
        "{} {:?} {:?} {:?} {:?} {:?} {texts:?}",
        code.variant_name(),
        code.billing(),
        code.retry(),
        code.http_status(),
        code.severity(),
        code.since(),
    )
}

/// The lines of all sets.
fn lines() -> Vec<String> {
    [
        lines_of::<ApiCode>(),
        lines_of::<CarrierCode>(),
        lines_of::<TokenError>(),
        lines_of::<SdkCode>(),
        lines_of::<ResultCode>(),
        lines_of::<ResultError>(),
        lines_of::<LoginCode>(),
        lines_of::<VerifyCode>(),
        lines_of::<HuiyanCode>(),
        lines_of::<GatewayCode>(),
        lines_of::<FaceCode>(),
        lines_of::<IdCardCode>(),
        lines_of::<IdCardWarning>(),
        lines_of::<BankCardCode>(),
        lines_of::<BankCardWarning>(),
        lines_of::<TwoFactorCode>(),
    ]
    .concat()
}

fn main() {
    for line in lines() {
        println!("{line}");
    }
}

#[cfg(test)]
mod tests {
    /// The sets are listed by hand, so that one may be missing.
    #[test]
    fn every_set_has_lines() {
        let specs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../codes/vendors");
        let specs = std::fs::read_dir(specs).unwrap().flatten();
        let specs = specs.map(|vendor| std::fs::read_to_string(vendor.path().join("spec.toml")));
        let lines = super::lines();
        for spec in specs.map(Result::unwrap) {
            for set in spec.split("[[set]]\nname = \"").skip(1) {
                let name = set.split('"').next().unwrap();
                let start = format!("{name} ");
                assert!(lines.iter().any(|line| line.starts_with(&start)), "{name}");
            }
        }
    }
}
