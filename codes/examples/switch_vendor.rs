//! An application that decides by kind, so that it does not depend on the vendor that answered.

use errbook_codes::Kind;
use errbook_codes::errbook::{CodeSet, ErrorCode, HasKind, Locale, Retry, Wire};
use errbook_codes::megvii_faceid::ResultCode;
use errbook_codes::tencent_huiyan::HuiyanCode;

/// A code of any vendor, with its kind.
trait Answer: ErrorCode + HasKind<Kind> {}
impl<T: ErrorCode + HasKind<Kind>> Answer for T {}

/// What the application does next, for any vendor.
#[derive(Debug, PartialEq)]
enum Next {
    Welcome,
    AskAgain(&'static str),
    TryLater,
    CallSupport,
}

fn next(answer: &dyn Answer) -> Next {
    match (answer.kind(), answer.retry()) {
        (Kind::Success, _) => Next::Welcome,
        (kind, Retry::AfterUserAction) => Next::AskAgain(kind.message(Locale::EN)),
        (_, Retry::Backoff | Retry::Throttled) => Next::TryLater,
        _ => Next::CallSupport,
    }
}

fn main() {
    let tencent = HuiyanCode::from_code(2006).expect("2006 is documented");
    let megvii = ResultCode::decode_with_symbol(Wire::Integer(3000), "ID_NUMBER_NAME_NOT_MATCH");
    let megvii = megvii.expect("3000 is documented").code();

    println!("Tencent {tencent:?}: {:?}", next(&tencent));
    println!("Megvii  {megvii:?}: {:?}", next(&megvii));

    assert_eq!(next(&tencent), next(&megvii));
    assert_eq!(next(&HuiyanCode::Success), Next::Welcome);
}

#[test]
fn both_vendors_lead_to_the_same_step() {
    main();
}
