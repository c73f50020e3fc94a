errbook::include_spec! {
    "vendors/idverify-gateway/spec.toml",
    kinds = crate::Kind,
    locales = [zh_CN, #[cfg(feature = "en")] en],
    default = [#[cfg(feature = "default-en")] en],
}
