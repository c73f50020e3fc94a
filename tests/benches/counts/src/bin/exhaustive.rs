//! Looks up every number of 32 bits in every shipped set of numbers: each code is found as its own
//! variant, and no other number is found.

#![forbid(unsafe_code)]

use std::collections::HashMap;

use errbook_codes::errbook::CodeSet;
use errbook_codes::idverify_gateway::{ApiCode, CarrierCode};
use errbook_codes::megvii_faceid::{ResultCode, ResultError, SdkCode, TokenError};
use errbook_codes::tencent_faceid_sdk::VerifyCode;
use errbook_codes::tencent_huiyan::HuiyanCode;
use errbook_codes::tencent_kyc::{
    BankCardCode, BankCardWarning, FaceCode, GatewayCode, IdCardCode, TwoFactorCode,
};

fn check_every_number<C: CodeSet<Code = i32>>(
    is_found: impl Fn(i32) -> bool,
    agrees: impl Fn(C, i32) -> bool,
) {
    let keys: HashMap<i32, ()> = C::ALL.iter().map(|code| (code.code(), ())).collect();
    let found = (i32::MIN..=i32::MAX).filter(|&code| is_found(code));
    let mut count = 0;
    for code in found {
        assert!(
            keys.contains_key(&code),
            "{}: {code} is found but is not a code",
            C::NAME
        );
        count += 1;
    }
    assert_eq!(count, keys.len(), "{}: a code is not found", C::NAME);
    assert!(
        C::ALL.iter().all(|code| agrees(*code, code.code())),
        "{}: a code decodes to another variant",
        C::NAME
    );
    println!("{:<16} {count:>4} of 4294967296 numbers are codes", C::NAME);
}

macro_rules! by_code {
    ($($set:ty),*) => {$(
        check_every_number::<$set>(
            |code| <$set>::from_code(code).is_some(),
            |variant, code| <$set>::from_code(code) == Some(variant),
        );
    )*};
}

macro_rules! by_code_and_symbol {
    ($($set:ty),*) => {$(
        check_every_number::<$set>(
            |code| !<$set>::all_with_code(code).is_empty(),
            |variant, code| <$set>::all_with_code(code).contains(&variant),
        );
    )*};
}

fn main() {
    by_code!(
        ApiCode,
        CarrierCode,
        VerifyCode,
        HuiyanCode,
        FaceCode,
        GatewayCode,
        IdCardCode,
        BankCardCode,
        BankCardWarning,
        TwoFactorCode
    );
    by_code_and_symbol!(TokenError, SdkCode, ResultCode, ResultError);
}
