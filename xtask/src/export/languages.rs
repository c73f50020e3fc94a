//! The languages that have templates of their own, in `xtask/templates`.

use crate::export::template::Folder;

/// The name of a language, and the files of its folder.
macro_rules! languages {
    ($($name:literal: [$($file:literal),+],)+) => {
        const LANGUAGES: &[(&str, &[(&str, &str)])] = &[$(($name, &[$((
            $file,
            include_str!(concat!("../../templates/", $name, "/", $file)),
        )),+])),+];
    };
}

languages! {
    "c": ["export.toml", "runtime.h.j2", "runtime.c.j2", "vendor.h.j2", "vendor.c.j2"],
    "csharp": ["export.toml", "runtime.cs.j2", "set.cs.j2"],
    "go": ["export.toml", "go.mod.j2", "runtime.go.j2", "vendor.go.j2"],
    "java": ["export.toml", "runtime.java.j2", "set.java.j2"],
    "kotlin": ["export.toml", "runtime.kt.j2", "set.kt.j2"],
    "php": ["export.toml", "composer.json.j2", "runtime.php.j2", "set.php.j2"],
    "python": ["export.toml", "runtime.py.j2", "vendor.py.j2"],
    "swift": ["export.toml", "runtime.swift.j2", "vendor.swift.j2"],
    "typescript": [
        "export.toml", "macros.j2", "package.json.j2", "README.md.j2", "index.js.j2", "errbook.js.j2",
        "errbook.d.ts.j2", "kinds.js.j2", "kinds.d.ts.j2", "kinds-language.js.j2",
        "kinds-language.d.ts.j2", "vendor.js.j2", "set.js.j2", "set.d.ts.j2", "codes.js.j2",
        "codes.d.ts.j2", "language.js.j2", "language.d.ts.j2"
    ],
}

/// The templates of a language.
#[must_use]
pub fn templates(language: &str) -> Option<Folder> {
    let found = LANGUAGES.iter().find(|(name, _)| *name == language);
    found.map(|(name, files)| Folder::shipped(name, files))
}
