//! Adds up what the vendors charge for a day's answers; answers whose billing is unspecified are
//! counted separately.

use errbook_codes::errbook::{Bill, Billing, Received};
use errbook_codes::tencent_huiyan::HuiyanCode;
use errbook_codes::tencent_kyc::FaceCode;

fn main() {
    let huiyan = [0, 0, 2006, 1207, 1005, 4242].map(Received::<HuiyanCode, &str>::from);
    let kyc = [0, -5007].map(Received::<FaceCode, &str>::from);

    let bill: Bill = huiyan.iter().map(Received::billing).sum();
    println!("Huiyan: {bill}");
    assert_eq!(
        bill,
        Bill {
            billed: 3,
            free: 2,
            unspecified: 1
        }
    );

    // This vendor's document does not mention billing. Unspecified is not free.
    let bill: Bill = kyc.iter().map(Received::billing).sum();
    println!("KYC:    {bill}");
    assert_eq!(
        bill,
        Bill {
            billed: 0,
            free: 0,
            unspecified: 2
        }
    );

    let charged: Vec<_> = HuiyanCode::ALL
        .iter()
        .filter(|code| code.billing() == Billing::Billed)
        .collect();
    println!("Huiyan charges for {charged:?}");
}

#[test]
fn every_answer_is_counted_by_its_billing() {
    main();
}
