//! Deserializes responses in the format of each vendor into types that an application would define.

use errbook::{Billing, Locale, Received};
use errbook_codes::idverify_gateway::{ApiCode, CarrierCode};
use errbook_codes::megvii_faceid::{ResultCode, ResultError, SdkCode, TokenError};
use errbook_codes::tencent_faceid_sdk::{LoginCode, VerifyCode};
use errbook_codes::tencent_huiyan::HuiyanCode;
use errbook_codes::tencent_kyc::{FaceCode, IdCardCode, IdCardWarning, IdCardWarnings};
use serde::Deserialize;

fn from_json<'a, T: Deserialize<'a>>(json: &'a str) -> T {
    serde_json::from_str(json).unwrap()
}

/// Tencent KYC: `code` is a string, and `result` contains the warnings.
#[derive(Deserialize)]
struct Kyc<'a, C: errbook::CodeSet<Identity = errbook::ByCode>> {
    #[serde(borrow, bound(deserialize = ""))]
    code: Received<C, &'a str>,
    msg: &'a str,
    result: Option<KycResult>,
}

#[derive(Deserialize)]
struct KycResult {
    warning: IdCardWarnings,
}

#[test]
fn a_response_of_tencent_kyc_deserializes() {
    let face: Kyc<'_, FaceCode> = from_json(
        r#"{"code":"-5007","msg":"视频没有声音或声音太小",
            "bizSeqNo":"20260102","transactionTime":"20260102112233"}"#,
    );
    assert_eq!(
        face.code.known(),
        Some(FaceCode::VoiceMissingOrTooQuiet5007)
    );
    assert!(face.result.is_none());
    let card: Kyc<'_, IdCardCode> =
        from_json(r#"{"code":"0","msg":"ok","result":{"warning":"01000001"}}"#);
    assert!(card.code.known().is_some_and(|code| code.is_success()));
    let warning = card.result.unwrap().warning;
    assert!(warning.contains(IdCardWarning::Photocopy));
    assert_eq!(warning.unknown().collect::<Vec<_>>(), [8]);
    let newer: Kyc<'_, FaceCode> =
        from_json(r#"{"code":"66669999","msg":"服务升级中","bizSeqNo":"20260102"}"#);
    assert_eq!(
        newer.code.with_message(newer.msg).message(Locale::EN),
        "服务升级中"
    );
}

/// Tencent Cloud's API 3.0: `Response.Error.Code` instead of a number, or a number in the result.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Cloud {
    response: CloudResponse,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CloudResponse {
    error: Option<CloudError>,
    err_code: Option<Received<HuiyanCode>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CloudError {
    code: Received<HuiyanCode>,
    message: String,
}

#[test]
fn a_response_of_tencent_huiyan_deserializes() {
    let result: Cloud = from_json(
        r#"{"Response":{"ErrCode":2006,"ErrMsg":"姓名和身份证号不一致","RequestId":"f904f4cf"}}"#,
    );
    let code = result.response.err_code.unwrap();
    assert_eq!(
        (code.known(), code.class().billing),
        (Some(HuiyanCode::NameAndIdMismatch), Billing::Billed)
    );
    let error: Cloud = from_json(
        r#"{"Response":{
            "Error":{"Code":"FailedOperation.ActionCloseEye","Message":"未检测到闭眼动作"},
            "RequestId":"x"}}"#,
    );
    let error = error.response.error.unwrap();
    assert_eq!(error.code.known(), Some(HuiyanCode::EyesNotClosed));
    let error = error.code.with_message(error.message);
    assert_eq!(
        error.message(Locale::EN),
        HuiyanCode::EyesNotClosed.message(Locale::EN)
    );
    let newer: Cloud =
        from_json(r#"{"Response":{"Error":{"Code":"InternalError.New","Message":"内部错误"}}}"#);
    let newer = newer.response.error.unwrap();
    let newer = newer.code.with_message(newer.message);
    assert_eq!(
        (newer.known(), newer.class().billing),
        (None, Billing::Unspecified)
    );
    assert_eq!(
        newer.to_string(),
        "内部错误 (tencent-huiyan/HuiyanCode/InternalError.New)"
    );
}

/// Tencent's device SDK: a string for the login, a number in the result.
#[test]
fn a_response_of_the_tencent_sdk_deserializes() {
    #[derive(Deserialize)]
    struct Login<'a> {
        domain: &'a str,
        #[serde(borrow)]
        code: Received<LoginCode, &'a str>,
    }
    let login: Login<'_> = from_json(
        r#"{"domain":"WBFaceErrorDomainLoginNetwork","code":"-10000","desc":"","reason":""}"#,
    );
    assert_eq!(
        (login.domain.len(), login.code.known()),
        (29, LoginCode::from_code("-10000"))
    );
    assert!(login.code.known().is_some());
    let verify: Vec<Received<VerifyCode>> = from_json("[0, 41000, \"41000\", 49999]");
    assert!(verify[0].known().is_some() && verify[3].known().is_none());
    assert_eq!(verify[1], verify[2]);
    assert_eq!(
        serde_json::to_string(&verify).unwrap(),
        "[0,41000,\"41000\",49999]"
    );
}

/// Megvii: code and symbol in two fields, or the HTTP status and a symbol.
#[derive(Deserialize)]
struct Megvii<'a> {
    result_code: Option<i64>,
    result_message: Option<&'a str>,
    error: Option<&'a str>,
}

#[test]
fn a_response_of_megvii_deserializes() {
    let response: Megvii<'_> = from_json(
        r#"{"request_id":"1532487162,7fb9b4af-4c6e-47a0-bb53-9de273368bc9","time_used":108,
            "result_message":"SUCCESS","result_code":1000}"#,
    );
    let received: Received<ResultCode, &str> = Received::from_code_and_symbol(
        response.result_code.unwrap(),
        response.result_message.unwrap(),
    );
    assert_eq!(received.known(), Some(ResultCode::Success));
    let response: Megvii<'_> =
        from_json(r#"{"request_id":"1","time_used":3,"error":"MISSING_ARGUMENTS:image_ref1"}"#);
    let received: Received<TokenError, &str> =
        Received::from_code_and_symbol(400, response.error.unwrap());
    assert_eq!(
        received.localized(Locale::EN),
        "The required parameter image_ref1 is missing."
    );
    let received: Received<ResultError, &str> =
        Received::from_code_and_symbol(403, "AUTHORIZATION_ERROR:no right");
    assert!(
        received
            .localized(Locale::EN)
            .to_string()
            .contains("no right")
    );
    let newer: Received<SdkCode, &str> = Received::from_code_and_symbol(50599, "INTERNAL_ERROR");
    assert_eq!(
        (newer.known(), newer.to_string()),
        (None, "unknown code 50599 INTERNAL_ERROR".to_owned())
    );
}

/// The gateway: its own code, which contains that of the carrier.
#[test]
fn a_response_of_the_gateway_deserializes() {
    #[derive(Deserialize)]
    struct Gateway {
        code: Received<ApiCode>,
        data: Option<Carrier>,
    }
    #[derive(Deserialize)]
    struct Carrier {
        code: Received<CarrierCode>,
    }
    let response: Gateway = from_json(
        r#"{"code":1217,"message":"接口发生错误","data":{"code":"-1000","desc":"不一致"}}"#,
    );
    assert_eq!(response.code.known(), Some(ApiCode::GatewayError));
    let carrier = response.data.unwrap().code;
    assert_eq!(
        (carrier.known(), carrier.text()),
        (CarrierCode::from_code(-1000), Some("-1000"))
    );
    assert!(carrier.known().is_some());
}
