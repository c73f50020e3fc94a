//! The language of a vendor's messages.

use errbook::Locale;
use errbook_codes::tencent_huiyan::HuiyanCode;

#[test]
fn an_unavailable_language_falls_back_to_another() {
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
