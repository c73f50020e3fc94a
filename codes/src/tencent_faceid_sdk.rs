errbook::include_spec! {
    "vendors/tencent-faceid-sdk/spec.toml",
    kinds = crate::Kind,
    crate = crate::errbook,
    export = tencent_faceid_sdk_spec,
    locales = [zh_CN, #[cfg(feature = "en")] en, #[cfg(feature = "ja")] ja],
    default = [#[cfg(feature = "default-en")] en],
}
