//! Removes the invalid codes from a spec that failed the checks, so that the others can be
//! compiled.
//!
//! A macro emits them beside the errors: uses of valid codes do not cause errors of their own.

use crate::check::{canonical_tag, check, identity, is_kebab};
use crate::facts::{Entry, Value, text_facts_of};
use crate::order::Firsts;
use crate::place::At;
use crate::spec::{Code, Set, Spec, Status};
use crate::texts::Texts;

/// The placeholder for each text. No program runs with it, because there are errors.
const PLACEHOLDER: &str = "?";

/// The spec without invalid codes, without duplicates of earlier codes, without references, and
/// without sets that have no valid codes. A name in place of an invalid one has no meaning.
///
/// ```
/// use errbook_spec::{check, parse, place::Source, repair};
///
/// let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n\
///             [[set.code]]\ncode = \"7\"\nvariant = \"Seven\"\n\
///             [[set.code]]\ncode = \"x\"\nvariant = \"X\"";
/// let spec = parse(&Source::new("spec.toml", text))?;
/// assert!(check(&spec).is_err());
/// assert_eq!(check(&repair(spec))?.sets[0].codes.len(), 1);
/// # Ok::<(), errbook_spec::problem::Problems>(())
/// ```
#[must_use]
pub fn repair(mut spec: Spec) -> Spec {
    repair_head(&mut spec);
    let shell = Spec {
        sets: Vec::new(),
        ..spec.clone()
    };
    for set in &mut spec.sets {
        set.was.clear();
        set.ranges.clear();
        set.reserved.clear();
        replace_texts(set);
        for section in &mut set.sections {
            section.title = replaced(&section.title);
        }
        let mut codes = std::mem::take(&mut set.codes);
        let without_codes = set.clone();
        codes.iter_mut().for_each(strip_code);
        let keys: Vec<String> = codes
            .iter()
            .map(|code| identity(&without_codes, code))
            .collect();
        let mut known_names = Firsts::default();
        let mut known_keys = Firsts::default();
        for (code, key) in codes.iter_mut().zip(&keys) {
            // Without what its key means now, a former meaning is a code like any other.
            let until = code.until.take().filter(|_| known_keys.has(key));
            let is_new =
                !known_names.has(&code.variant) && (until.is_some() || !known_keys.has(key));
            let alone = Set {
                codes: vec![code.clone()],
                ..without_codes.clone()
            };
            if is_new
                && check(&Spec {
                    sets: vec![alone],
                    ..shell.clone()
                })
                .is_ok()
            {
                known_names.before(&code.variant, 0);
                known_keys.before(key, 0);
                if until.is_some() {
                    code.status = Status::Retired;
                }
                code.until = until;
                set.codes.push(code.clone());
            }
        }
    }
    spec.sets.retain(|set| !set.codes.is_empty());
    spec
}

/// Makes everything valid that the codes of all sets need.
fn repair_head(spec: &mut Spec) {
    spec.title = replaced(&spec.title);
    spec.source = None;
    if !is_kebab(&spec.vendor) {
        spec.vendor = "vendor".into();
    }
    if canonical_tag(&spec.locale).as_ref() != Some(&spec.locale.value) {
        spec.locale = "en".into();
    }
    // Whether there is one, not which one.
    spec.kinds.get_or_insert_with(|| "kinds".into());
}

/// Replaces the strings of a code, and removes its notes and everything that refers to something
/// else. None of it is needed to use the code.
fn strip_code(code: &mut Code) {
    code.aliases.clear();
    code.was.clear();
    code.was_variant.clear();
    code.params.clear();
    code.unlike.clear();
    code.replaced_by = None;
    code.section = None;
    code.symbol = code
        .symbol
        .take()
        .filter(|symbol| !symbol.trim().is_empty());
    replace_texts(code);
}

/// Removes all notes of an entry, and replaces its other strings.
fn replace_texts<E: Entry>(entry: &mut E) {
    for fact in text_facts_of::<E>() {
        let texts = fact.texts(entry).map(replaced);
        // Texts are not a note, which this removes.
        fact.set(entry, texts.map(Value::Texts));
    }
}

/// A placeholder in each valid language: a macro that selects languages must still find them.
fn replaced(texts: &Texts) -> Texts {
    texts
        .iter()
        .filter(|(tag, _)| canonical_tag(tag).as_ref() == Some(*tag))
        .map(|(tag, text)| {
            let placeholder = At::new(PLACEHOLDER.to_owned(), text.place.clone());
            (tag.clone(), placeholder)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::place::Source;
    use crate::{check, open, parse, registry, repair};

    /// The variants of the codes that remain of a spec with problems.
    fn remaining(text: &str) -> Vec<Vec<String>> {
        let broken = open(&Source::new("spec.toml", text)).unwrap_err();
        let registry = check(&repair(broken.spec)).unwrap();
        let variants =
            |codes: &[registry::Code]| codes.iter().map(|code| code.variant.clone()).collect();
        registry
            .sets
            .iter()
            .map(|set| variants(&set.codes))
            .collect()
    }

    #[test]
    fn what_is_wrong_with_the_head_removes_no_code() {
        for (head, rest) in [
            ("vendor = \"The Shop\"\nlocale = \"en\"", ""),
            ("locale = \"en\"", ""),
            ("vendor = \"shop\"\nlocale = \"english\"", ""),
            ("vendor = \"shop\"\nlocale = \"zh_cn\"", ""),
            ("vendor = \"shop\"", ""),
            ("vendor = \"shop\"\nlocale = \"en\"", "kind = \"late\""),
            (
                "vendor = \"shop\"\nlocale = \"en\"\ntitle.english = \"a\"",
                "",
            ),
            (
                "vendor = \"shop\"\nlocale = \"en\"\n\
                 source = { file = \"a\", sha256 = \"0\", url = \"none\" }",
                "",
            ),
        ] {
            let text = format!(
                "schema = 1\n{head}\n[[set]]\nname = \"C\"\n[[set.code]]\ncode = \"1\"\n\
                 variant = \"One\"\n{rest}\n"
            );
            assert_eq!(remaining(&text), [["One"]], "{head} {rest}");
        }
    }

    #[test]
    fn the_first_valid_code_with_a_name_or_a_key_remains() {
        let remaining = |codes: &[&str]| {
            let codes = codes.iter().map(|code| format!("[[set.code]]\n{code}\n"));
            let text = format!(
                "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n{}\
                 [[set]]\nname = \"D\"\n[[set.code]]\ncode = \"x\"\nvariant = \"X\"\n",
                codes.collect::<String>()
            );
            remaining(&text).concat()
        };
        let one = "code = \"1\"\nvariant = \"One\"";
        let former = "code = \"1\"\nvariant = \"Old\"\nuntil = \"2\"";
        assert_eq!(
            remaining(&[one, "code = \"2\"\nvariant = \"One\""]),
            ["One"]
        );
        assert_eq!(
            remaining(&[one, "code = \"+1\"\nvariant = \"Two\""]),
            ["One"]
        );
        assert_eq!(
            remaining(&["code = \"y\"\nvariant = \"One\"", one]),
            ["One"]
        );
        assert_eq!(remaining(&[former, one]), ["One", "Old"]);
        assert_eq!(remaining(&[former]), ["Old"]);
        assert_eq!(
            remaining(&[former, &former.replace("Old", "Elder")]),
            ["Old", "Elder"]
        );
    }

    #[test]
    fn what_refers_to_something_else_removes_no_code() {
        let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n\
                    was = [\"c\"]\nreserved = [\"1\"]\n[[set.section]]\nid = \"a\"\n\
                    title.english = \"A\"\n\
                    [[set.code]]\ncode = \"1\"\nvariant = \"One\"\nsymbol = \" \"\n\
                    aliases = [\"\"]\nwas = [\"x\"]\nwas-variant = [\"one\"]\nunlike = [\"9\"]\n\
                    params = { \"9\" = {} }\nreplaced-by = \"D.1\"\nsection = \"b\"\n\
                    [[set.code]]\ncode = \"2\"\nvariant = \"Two\"\nsymbol = \"A\"\n\
                    [[set.range]]\nfrom = \"9\"\nto = \"1\"\n";
        assert_eq!(remaining(text), [["One", "Two"]]);
    }

    #[test]
    fn an_invalid_string_removes_no_code() {
        let hidden = "\"a\\u202Eb\"";
        let facts = [
            format!("message.en = {hidden}"),
            format!("remedy.en = {hidden}"),
            format!("doc.en = {hidden}"),
            format!("said.en = {hidden}"),
            "said.english = \"a\"".to_owned(),
            format!("note.en = {hidden}"),
            "note = { en = \"a\", source = \"not a URL\" }".to_owned(),
        ];
        for fact in &facts {
            for of_set in [
                String::new(),
                format!("note.en = {hidden}\ntitle.en = {hidden}"),
            ] {
                let text = format!(
                    "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n{of_set}\n\
                     [[set.code]]\ncode = \"1\"\nvariant = \"A\"\nmessage.ja = \"a\"\n{fact}\n\
                     [[set.range]]\nfrom = \"2\"\nto = \"3\"\nkind = \"a\"\nnote.en = {hidden}\n"
                );
                let spec = parse(&Source::new("spec.toml", &text)).unwrap();
                assert!(check(&spec).is_err(), "{fact}");
                let registry = check(&repair(spec)).unwrap();
                assert_eq!(registry.sets[0].codes.len(), 1, "{fact}");
                assert_eq!(registry.locales, ["en", "ja"], "{fact}");
            }
        }
    }
}
