//! The changes of releases in, texts for the changes page in every language of the interface out.

use crate::interface::Words;
use crate::release::{Piece, ReleaseChanges, change_line, registry_title};

/// One release.
pub(super) struct ReleaseView {
    /// The version; `None` for unreleased changes.
    pub(super) version: Option<String>,
    pub(super) languages: Vec<LanguageView>,
}

/// What a release changed, in one language.
pub(super) struct LanguageView {
    pub(super) tag: &'static str,
    pub(super) unreleased: &'static str,
    pub(super) registries: Vec<RegistryView>,
}

/// The changes of one vendor.
pub(super) struct RegistryView {
    pub(super) title: Option<String>,
    pub(super) vendor: String,
    pub(super) lines: Vec<Vec<Piece>>,
}

/// The releases in the order of the page.
pub(super) fn views(releases: &[ReleaseChanges]) -> Vec<ReleaseView> {
    let view = |release: &ReleaseChanges| ReleaseView {
        version: release.version.map(|version| version.to_string()),
        languages: Words::languages()
            .iter()
            .map(|words| language(release, words))
            .collect(),
    };
    releases.iter().map(view).collect()
}

fn language(release: &ReleaseChanges, words: &'static Words) -> LanguageView {
    let registries = release.registries.iter().map(|registry| RegistryView {
        title: registry_title(registry, words).map(str::to_owned),
        vendor: registry.vendor.clone(),
        lines: registry
            .changes
            .iter()
            .filter_map(|change| change_line(change, words))
            .collect(),
    });
    LanguageView {
        tag: words.tag,
        unreleased: &words.changelog.unreleased,
        registries: registries.collect(),
    }
}
