errbook::include_spec! {
    "vendors/megvii-faceid/spec.toml",
    kinds = crate::Kind,
    crate = crate::errbook,
    export = megvii_faceid_spec,
    locales = [zh_CN, #[cfg(feature = "en")] en],
    default = [#[cfg(feature = "default-en")] en],
}
