//! Prints the messages of the codes in its arguments.

use errbook_codes::errbook::Locale;
use errbook_codes::tencent_kyc::FaceCode;

fn main() {
    let codes = std::env::args().filter_map(|argument| argument.parse::<FaceCode>().ok());
    for code in codes {
        println!("{}", code.message(Locale::ZH_CN));
        #[cfg(feature = "both")]
        println!("{}", code.message(Locale::EN));
    }
}
