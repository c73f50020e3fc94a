errbook::include_spec! {
    "vendors/tencent-huiyan/spec.toml",
    kinds = crate::Kind,
    crate = crate::errbook,
    export = tencent_huiyan_spec,
    locales = [zh_CN, #[cfg(feature = "en")] en],
    default = [#[cfg(feature = "default-en")] en],
}
