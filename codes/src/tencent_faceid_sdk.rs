errbook::include_spec! {
    "vendors/tencent-faceid-sdk/spec.toml",
    kinds = crate::Kind,
    locales = [zh_CN, #[cfg(feature = "en")] en, #[cfg(feature = "ja")] ja],
    default = [#[cfg(feature = "default-en")] en],
}
