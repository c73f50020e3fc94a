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
    /// The languages whose readers see it, with spaces between them.
    pub(super) readers: String,
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
pub(super) fn views(releases: &[ReleaseChanges], tags: &[String]) -> Vec<ReleaseView> {
    let view = |release: &ReleaseChanges| ReleaseView {
        version: release.version.map(|version| version.to_string()),
        languages: Words::languages()
            .iter()
            .map(|words| language(release, words, tags))
            .collect(),
    };
    // What the changelogs leave out, such as a better title, the page leaves out too.
    let tells = |release: &ReleaseView| {
        let mut languages = release.languages.iter();
        release.version.is_some() || languages.any(|language| !language.registries.is_empty())
    };
    releases.iter().map(view).filter(tells).collect()
}

fn language(release: &ReleaseChanges, words: &'static Words, tags: &[String]) -> LanguageView {
    let is_reader = |tag: &&String| Words::for_reader(tag).tag == words.tag;
    let readers: Vec<_> = tags.iter().filter(is_reader).map(String::as_str).collect();
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
        readers: if readers.is_empty() {
            "-".to_owned()
        } else {
            readers.join(" ")
        },
        unreleased: &words.changelog.unreleased,
        registries: registries
            .filter(|registry| !registry.lines.is_empty())
            .collect(),
    }
}
