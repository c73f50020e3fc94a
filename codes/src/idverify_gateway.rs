errbook::include_spec! {
    "vendors/idverify-gateway/spec.toml",
    kinds = crate::Kind,
    crate = crate::errbook,
    export = idverify_gateway_spec,
    locales = [zh_CN, #[cfg(feature = "en")] en],
    default = [#[cfg(feature = "default-en")] en],
}
