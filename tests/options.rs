//! The options of `include_spec!`: the default language, attributes, derives, visibility,
//! exhaustiveness.

use errbook::{CodeSet, Locale, Received};

mod chinese {
    errbook::include_spec! {
        "../codes/vendors/tencent-huiyan/spec.toml",
        kinds = errbook_codes::Kind,
        locales = [zh_CN, #[cfg(all())] en],
        default = [#[cfg(any())] en],
    }
}

mod english {
    errbook::include_spec! {
        "../codes/vendors/tencent-huiyan/spec.toml",
        kinds = errbook_codes::Kind,
        locales = [zh_CN, #[cfg(all())] en],
        default = [#[cfg(any())] zh_CN, #[cfg(all())] en, zh_CN],
    }
}

#[test]
fn the_default_language_is_the_first_whose_attributes_hold() {
    let chinese = chinese::HuiyanCode::NameAndIdMismatch;
    let english = english::HuiyanCode::NameAndIdMismatch;
    let in_english = "The name and the ID number do not match. Please check them and try again.";
    assert_eq!(english.message(Locale::EN), in_english);
    assert_eq!(english.to_string(), in_english);
    assert_eq!(english.message(Locale::FR), in_english);
    assert_eq!(english.default_message(), in_english);
    let received: Received<english::HuiyanCode> = Received::from(2006);
    assert_eq!(received.to_string(), in_english);
    assert_eq!(
        english.message(Locale::ZH_TW),
        chinese.message(Locale::ZH_CN)
    );
    assert_eq!(chinese.to_string(), chinese.message(Locale::ZH_CN));
    assert_eq!(chinese.message(Locale::FR), chinese.message(Locale::ZH_CN));
}

mod small {
    errbook::include_spec! {
        "fixtures/numbers.toml",
        attributes(repr(u8), doc(alias = "windows")),
        vis = pub(super),
        exhaustive = true,
    }
}

#[test]
fn enums_have_the_attributes_and_the_visibility_of_the_caller() {
    assert_eq!(size_of::<small::Hresult>(), 1);
    assert_eq!(small::Hresult::False.code(), 1);
}

mod odd_path {
    errbook::include_spec! { "fixtures/支付 服务/error codes.toml" }
}

#[test]
fn a_path_may_have_spaces_and_chinese_characters() {
    let code = odd_path::PayCode::from_code(1);
    assert_eq!(code, Some(odd_path::PayCode::Declined));
}

fn expanded(options: &str) -> String {
    let input = format!("\"fixtures/specs/flags.toml\", {options}");
    let include = errbook_syntax::Include::read(input.parse().unwrap(), None).unwrap();
    let options = errbook_codegen::Options {
        on_enum: include.on_enum.clone(),
        visibility: include.visibility.clone(),
        exhaustive: include.exhaustive,
        ..errbook_codegen::Options::default()
    };
    let expansion = errbook_codegen::expand_partial(&include.source, &options);
    assert!(expansion.problems.is_none());
    expansion.tokens.to_string()
}

#[test]
fn the_options_are_written_before_each_enum() {
    let plain = expanded("");
    assert!(plain.contains("# [non_exhaustive] pub enum"), "{plain}");
    let rust = expanded(
        "derive = [Arbitrary, serde::Serialize], attributes(cfg_attr(test, x = 1)), \
         vis = pub(crate), exhaustive = true",
    );
    let before = "# [derive (Arbitrary , serde :: Serialize)] # [cfg_attr (test , x = 1)] \
                  pub (crate) enum";
    assert!(rust.contains(before), "{rust}");
    assert!(rust.contains("pub (crate) type"), "{rust}");
    assert!(!rust.contains("non_exhaustive"), "{rust}");
}

mod generated {
    errbook::include_spec! { concat!(env!("OUT_DIR"), "/generated.toml") }

    #[derive(Debug, errbook::ErrorCode)]
    #[error_code(spec = concat!(env!("OUT_DIR"), "/generated.toml"))]
    pub(super) enum Derived {
        Written,
    }
}

#[test]
fn a_build_script_can_write_a_spec() {
    assert_eq!(generated::BuildCode::Written.code(), 7);
    assert_eq!(
        generated::Derived::Written.code(),
        errbook::Wire::Integer(7)
    );
}

#[test]
fn a_path_that_cannot_be_read_says_what_to_do() {
    let message = |path: &str| {
        let input = path.parse().unwrap();
        let error = errbook_syntax::Include::read(input, None).unwrap_err();
        error.to_string()
    };
    let outside = message("\"../no such/errors.toml\"");
    assert!(
        outside.contains("`cargo package` includes no file from outside"),
        "{outside}"
    );
    let variable = message("concat!(env!(\"NO_SUCH_VARIABLE\"), \"/errors.toml\")");
    assert!(
        variable.contains("the environment variable `NO_SUCH_VARIABLE`"),
        "{variable}"
    );
    let other = message("include_str!(\"errors.toml\")");
    assert!(
        other.contains("the path of a spec is a string, `concat!(…)`"),
        "{other}"
    );
    let absolute = message("\"/no such/errors.toml\"");
    assert!(
        absolute.contains("cannot read /no such/errors.toml"),
        "{absolute}"
    );
}
