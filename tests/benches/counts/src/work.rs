//! The counted work: each lookup in a separate loop, which the optimiser does not merge with
//! others.

use std::hint::black_box;

use errbook_codes::errbook::{Billing, Locale};
use errbook_codes::idverify_gateway::{ApiCode, CarrierCode};
use errbook_codes::megvii_faceid::{ResultCode, ResultError, SdkCode, TokenError};
use errbook_codes::tencent_faceid_sdk::VerifyCode;
use errbook_codes::tencent_huiyan::HuiyanCode;
use errbook_codes::tencent_kyc::{BankCardCode, FaceCode, GatewayCode, IdCardCode, TwoFactorCode};

/// The queries of one run of a loop: enough that the cost of the call does not matter.
const COUNT: usize = 2048;
/// The runs of each loop.
const TIMES: usize = 10;

/// The number of queries of each lookup.
pub(crate) const QUERIES: usize = COUNT * TIMES;

/// A loop with one addition instead of a lookup, to measure the cost of the loop.
mod nothing {
    #[inline(never)]
    pub(super) fn run(queries: &[i32], out: &mut [i32]) {
        for (out, query) in out.iter_mut().zip(queries) {
            *out = query.wrapping_add(1);
        }
    }
}

macro_rules! counted {
    ($($module:ident: $set:ty, [
        $($what:ident: $query:ty => $answer:ty = $find:expr, $key:expr;)*
    ];)*) => {
        $(mod $module {
            use super::*;
            $(pub(super) mod $what {
                use super::*;

                #[inline(never)]
                pub(in crate::work) fn run(queries: &[$query], out: &mut [Option<$answer>]) {
                    let find = $find;
                    for (out, query) in out.iter_mut().zip(queries) {
                        *out = find(*query);
                    }
                }
            })*
        })*

        /// The names of all loops, as paths of modules.
        pub(crate) const NAMES: &[&str] = &[
            $($(concat!(stringify!($module), "::", stringify!($what)),)*)*
        ];

        /// Runs all loops.
        pub(crate) fn all() {
            let queries = vec![1; COUNT];
            let mut out = vec![0; COUNT];
            for _ in 0..TIMES {
                nothing::run(black_box(&queries), black_box(&mut out));
            }
            $($({
                let key = $key;
                let codes = <$set>::ALL.iter().cycle().take(COUNT);
                let queries: Vec<$query> = codes.map(|code| key(*code)).collect();
                let mut out = vec![None; queries.len()];
                for _ in 0..TIMES {
                    $module::$what::run(black_box(&queries), black_box(&mut out));
                }
            })*)*
        }
    };
}

counted! {
    gateway_code: GatewayCode, [
        from_code: i32 => GatewayCode = GatewayCode::from_code, |code: GatewayCode| code.code();
    ];
    two_factor_code: TwoFactorCode, [
        from_code: i32 => TwoFactorCode = TwoFactorCode::from_code,
            |code: TwoFactorCode| code.code();
    ];
    id_card_code: IdCardCode, [
        from_code: i32 => IdCardCode = IdCardCode::from_code, |code: IdCardCode| code.code();
    ];
    bank_card_code: BankCardCode, [
        from_code: i32 => BankCardCode = BankCardCode::from_code, |code: BankCardCode| code.code();
    ];
    verify_code: VerifyCode, [
        from_code: i32 => VerifyCode = VerifyCode::from_code, |code: VerifyCode| code.code();
        from_symbol: &'static str => VerifyCode =
            |symbol: &'static str| VerifyCode::from_symbol(symbol),
            |code: VerifyCode| code.symbol().unwrap_or_default();
    ];
    api_code: ApiCode, [
        from_code: i32 => ApiCode = ApiCode::from_code, |code: ApiCode| code.code();
    ];
    face_code: FaceCode, [
        from_code: i32 => FaceCode = FaceCode::from_code, |code: FaceCode| code.code();
    ];
    huiyan_code: HuiyanCode, [
        from_code: i32 => HuiyanCode = HuiyanCode::from_code, |code: HuiyanCode| code.code();
        billing: HuiyanCode => Billing = |code: HuiyanCode| Some(code.billing()),
            |code: HuiyanCode| code;
        code: HuiyanCode => i32 = |code: HuiyanCode| Some(code.code()), |code: HuiyanCode| code;
        message: HuiyanCode => &'static str = |code: HuiyanCode| Some(code.message(Locale::EN)),
            |code: HuiyanCode| code;
    ];
    carrier_code: CarrierCode, [
        from_code: i32 => CarrierCode = CarrierCode::from_code, |code: CarrierCode| code.code();
    ];
    token_error: TokenError, [
        from_symbol: &'static str => TokenError =
            |symbol: &'static str| TokenError::from_symbol(symbol),
            |code: TokenError| filled(code.symbol());
        from_code_and_symbol: (i32, &'static str) => TokenError =
            |(code, symbol)| TokenError::from_code_and_symbol(code, symbol),
            |code: TokenError| (code.code(), filled(code.symbol()));
    ];
    sdk_code: SdkCode, [
        from_code_and_symbol: (i32, &'static str) => SdkCode =
            |(code, symbol)| SdkCode::from_code_and_symbol(code, symbol),
            |code: SdkCode| (code.code(), filled(code.symbol()));
    ];
    result_code: ResultCode, [
        from_symbol: &'static str => ResultCode =
            |symbol: &'static str| ResultCode::from_symbol(symbol),
            |code: ResultCode| code.symbol().unwrap_or_default();
        from_code_and_symbol: (i32, &'static str) => ResultCode =
            |(code, symbol)| ResultCode::from_code_and_symbol(code, symbol),
            |code: ResultCode| (code.code(), code.symbol().unwrap_or_default());
    ];
    result_error: ResultError, [
        from_code_and_symbol: (i32, &'static str) => ResultError =
            |(code, symbol)| ResultError::from_code_and_symbol(code, symbol),
            |code: ResultError| (code.code(), filled(code.symbol()));
    ];
}

/// A symbol as a vendor sends it, with its parameter filled in.
fn filled(symbol: Option<&'static str>) -> &'static str {
    symbol.unwrap_or_default().replace(['<', '>'], "").leak()
}
