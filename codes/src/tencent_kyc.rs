errbook::include_spec! {
    "vendors/tencent-kyc/spec.toml",
    kinds = crate::Kind,
    crate = crate::errbook,
    export = tencent_kyc_spec,
    locales = [zh_CN, #[cfg(feature = "en")] en],
    default = [#[cfg(feature = "default-en")] en],
}
