//! Fills the templates of a folder, ours or a user's, with the model of a registry: one file for
//! the registry, for each vendor or for each set.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use errbook::Locale;
use errbook_spec::place::Place;
use errbook_spec::problem::Problems;
use heck::{ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, merge_maps};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};
use serde::Deserialize;

use crate::export::File;
use crate::export::model::Model;
use crate::transaction::is_below;

/// The name of the file that says which files to write.
const CONFIG: &str = "export.toml";

/// The templates of one language, with the file that says what they write.
#[derive(Debug, Clone)]
pub struct Folder {
    /// How messages name it.
    name: String,
    /// Each file with its text.
    files: Vec<(String, String)>,
}

/// `export.toml`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Config {
    file: Vec<Output>,
    #[serde(default)]
    string: StringLiteral,
    #[serde(default)]
    comment: Vec<(String, String)>,
    #[serde(default)]
    keyword: Keywords,
    /// How many codes of a set the language can hold at least.
    most_codes: Option<usize>,
}

/// Files to write.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Output {
    template: String,
    path: String,
    #[serde(default)]
    each: Each,
}

/// What there is a file for.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Each {
    #[default]
    Registry,
    /// Each language of the kinds.
    Language,
    Vendor,
    /// Each vendor in each of its languages.
    VendorLanguage,
    Set,
    /// Each set in each language of its vendor.
    SetLanguage,
}

/// How the language writes a string literal. The default is that of JSON.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct StringLiteral {
    /// The characters that need a backslash.
    escape: String,
    /// How other control characters are written; `{hex}`, `{hex4}` and `{octal}` are the number of
    /// the character.
    control: String,
}

impl Default for StringLiteral {
    fn default() -> Self {
        Self {
            escape: "\"\\".to_owned(),
            control: "\\u{hex4}".to_owned(),
        }
    }
}

/// The words that are not identifiers, and how to make identifiers of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
struct Keywords {
    words: BTreeSet<String>,
    /// `{}` is the word.
    escaped: String,
    /// The names that the templates use themselves, such as `Kind`: a set of this name becomes
    /// `Kind_`.
    taken: BTreeSet<String>,
}

impl Default for Keywords {
    fn default() -> Self {
        Self {
            words: BTreeSet::new(),
            escaped: "{}_".to_owned(),
            taken: BTreeSet::new(),
        }
    }
}

impl Folder {
    /// The templates that the tool carries.
    #[must_use]
    pub fn shipped(name: &str, files: &[(&str, &str)]) -> Self {
        let files = files.iter();
        Self {
            name: name.to_owned(),
            files: files
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect(),
        }
    }

    /// Reads the templates of a user: a folder with `export.toml`, or one template that is filled
    /// with the whole registry.
    ///
    /// # Errors
    ///
    /// A file cannot be read.
    pub fn read(path: &Path) -> Result<Self, Problems> {
        let read = |file: &Path| {
            fs::read_to_string(file).map_err(|error| problem(&file.display(), 0, &error))
        };
        if !path.is_dir() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let written = name.strip_suffix(".j2").unwrap_or(&name);
            let literal = |text: &str| toml_edit::Value::from(text).to_string();
            let config = format!(
                "[[file]]\ntemplate = {}\npath = {}\n",
                literal(&name),
                literal(written)
            );
            let files = vec![
                (CONFIG.to_owned(), config),
                (name.clone().into_owned(), read(path)?),
            ];
            let folder = path.parent().unwrap_or(Path::new(""));
            return Ok(Self {
                name: folder.display().to_string(),
                files,
            });
        }
        let entries = fs::read_dir(path).map_err(|error| problem(&path.display(), 0, &error))?;
        let mut files = Vec::new();
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name == CONFIG || Path::new(&name).extension().is_some_and(|end| end == "j2") {
                files.push((name, read(&entry.path())?));
            }
        }
        files.sort();
        Ok(Self {
            name: path.display().to_string(),
            files,
        })
    }

    /// Each file with its text.
    #[must_use]
    pub fn files(&self) -> BTreeMap<&str, &str> {
        let files = self.files.iter();
        files
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect()
    }

    /// Fills the templates.
    ///
    /// # Errors
    ///
    /// What is wrong with `export.toml` or with a template, with its line.
    pub fn render(&self, model: &Model) -> Result<Vec<File>, Problems> {
        let config = self.config()?;
        check_sizes(model, config.most_codes)?;
        let mut environment = environment(&config);
        for (name, text) in &self.files {
            let added = environment.add_template_owned(name.clone(), text.clone());
            added.map_err(|error| self.problem_of(&error))?;
        }
        let mut written = BTreeSet::new();
        let mut files = Vec::new();
        for output in &config.file {
            let template = environment
                .get_template(&output.template)
                .map_err(|error| self.problem_of(&error))?;
            for context in contexts(model, output.each) {
                let path = environment.render_str(&output.path, &context);
                let path = path.map_err(|error| self.problem_of(&error))?;
                if !is_below(&path) {
                    let message = format!("`{path}` is not below the folder of the export");
                    return Err(problem(&self.path(CONFIG), 0, &message));
                }
                if !written.insert(path.clone()) {
                    let message = format!(
                        "two files are called `{path}`: give the vendor or the set another name, \
                         or the file another `path`"
                    );
                    return Err(problem(&self.path(CONFIG), 0, &message));
                }
                let text = template.render(&context);
                let text = text.map_err(|error| self.problem_of(&error))?;
                files.push(File::new(path, text));
            }
        }
        Ok(files)
    }

    fn config(&self) -> Result<Config, Problems> {
        let text = self.files.iter().find(|(name, _)| name == CONFIG);
        let Some((_, text)) = text else {
            let message = format!(
                "there is no {CONFIG}, which says what the templates write; to fill one template, \
                 give its path"
            );
            return Err(problem(&self.name, 0, &message));
        };
        toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start));
            let line = before.map_or(0, |before| before.matches('\n').count() + 1);
            problem(&self.path(CONFIG), line, &error.message())
        })
    }

    fn path(&self, file: &str) -> String {
        Path::new(&self.name).join(file).display().to_string()
    }

    fn problem_of(&self, error: &Error) -> Problems {
        let file = match error.name() {
            // The name of a template that is not in a file: a path of export.toml.
            None | Some("<string>") => CONFIG,
            Some(name) => name,
        };
        let kind = error.kind().to_string();
        let message = match error.detail() {
            Some(detail) => format!("{kind}: {detail}"),
            None => kind,
        };
        let line = match file {
            CONFIG => 0,
            _ => error.line().unwrap_or(0),
        };
        problem(&self.path(file), line, &message)
    }
}

/// No set has more codes than the language can hold: its compiler would say so less clearly.
fn check_sizes(model: &Model, most_codes: Option<usize>) -> Result<(), Problems> {
    let mut problems = Problems::default();
    let sets = model.vendors.iter().flat_map(|vendor| &vendor.sets);
    for set in sets {
        if let Some(most) = most_codes.filter(|most| set.codes.len() > *most) {
            let name = format!("{}/{}", set.vendor, set.name);
            let count = set.codes.len();
            let message =
                format!("the set has {count} codes; a type of this language holds {most}");
            let help = "export this vendor to another language, or as `json`";
            problems.push_with_help(&Place::file(&name), message, help);
        }
    }
    problems.finish(())
}

fn problem(file: &dyn std::fmt::Display, line: usize, message: &dyn std::fmt::Display) -> Problems {
    let mut problems = Problems::default();
    let file: Arc<str> = file.to_string().into();
    problems.push(&Place::line(&file, line), message.to_string());
    problems
}

/// What each file is filled with: the fields of the model, and the vendor, the set and the language
/// it is about.
fn contexts(model: &Model, each: Each) -> Vec<Value> {
    let all = Value::from(Serde(model));
    let context = |more: Vec<(&str, Value)>| merge_maps([all.clone(), Value::from_pairs(more)]);
    let vendors = model.vendors.iter();
    let language = |tag: &String| ("language", Value::from(tag.as_str()));
    match each {
        Each::Registry => vec![context(Vec::new())],
        Each::Language => {
            let languages = model.languages.iter();
            languages.map(|tag| context(vec![language(tag)])).collect()
        }
        Each::Vendor => vendors
            .map(|vendor| context(vec![("vendor", Value::from(Serde(vendor)))]))
            .collect(),
        Each::VendorLanguage => vendors
            .flat_map(|vendor| {
                let shown = Value::from(Serde(vendor));
                let languages = vendor.languages.iter().map(language);
                languages.map(move |language| vec![("vendor", shown.clone()), language])
            })
            .map(context)
            .collect(),
        Each::Set | Each::SetLanguage => vendors
            .flat_map(|vendor| {
                let shown = Value::from(Serde(vendor));
                let languages: Vec<_> = match each {
                    Each::SetLanguage => vendor.languages.iter().map(language).map(Some).collect(),
                    _ => vec![None],
                };
                let sets = vendor.sets.iter().flat_map(move |set| {
                    let set = [("vendor", shown.clone()), ("set", Value::from(Serde(set)))];
                    let languages = languages.clone().into_iter();
                    languages.map(move |language| set.clone().into_iter().chain(language).collect())
                });
                sets.collect::<Vec<Vec<_>>>()
            })
            .map(context)
            .collect(),
    }
}

/// The filters and the rules of templates.
fn environment(config: &Config) -> Environment<'static> {
    let mut environment = Environment::new();
    // A misspelled field is an error.
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    environment.set_syntax(syntax.expect("the delimiters are those of Jinja"));
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.add_filter("camel", |text: &Value| {
        text.to_string().to_lower_camel_case()
    });
    environment.add_filter("pascal", |text: &Value| {
        text.to_string().to_upper_camel_case()
    });
    environment.add_filter("snake", |text: &Value| text.to_string().to_snake_case());
    environment.add_filter("screaming", |text: &Value| {
        text.to_string().to_shouty_snake_case()
    });
    let keywords = config.keyword.clone();
    environment.add_filter("ident", move |text: &str| identifier(text, &keywords));
    let string = config.string.clone();
    environment.add_filter("literal", move |text: &str| literal(text, &string));
    let replacements = config.comment.clone();
    environment.add_filter("comment", move |text: &str| comment(text, &replacements));
    environment.add_filter("nearest", nearest);
    environment.add_filter("json", json);
    environment.add_filter("number", number);
    environment
}

/// An identifier: neither a keyword nor a name of the templates, and no digit first.
fn identifier(text: &str, keywords: &Keywords) -> String {
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return format!("_{text}");
    }
    if keywords.words.contains(text) {
        return keywords.escaped.replace("{}", text);
    }
    if keywords.taken.contains(text) {
        return format!("{text}_");
    }
    text.to_owned()
}

/// A string literal.
fn literal(text: &str, style: &StringLiteral) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if letter.is_control() => out.push_str(&control(letter, &style.control)),
            _ if style.escape.contains(letter) => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

fn control(letter: char, form: &str) -> String {
    let number = u32::from(letter);
    form.replace("{hex}", &format!("{number:x}"))
        .replace("{hex4}", &format!("{number:04x}"))
        .replace("{octal}", &format!("{number:03o}"))
}

/// A text on one line that does not end the comment that it is in.
fn comment(text: &str, replacements: &[(String, String)]) -> String {
    let line: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    replacements
        .iter()
        .fold(line, |text, (from, to)| text.replace(from, to))
}

/// A number with a suffix. The smallest one is written as a difference: most languages read its
/// digits before its sign, and without the sign it is too large.
fn number(number: i64, suffix: Option<&str>) -> String {
    let suffix = suffix.unwrap_or_default();
    match number {
        i64::MIN => format!("({}{suffix} - 1)", i64::MIN + 1),
        number => format!("{number}{suffix}"),
    }
}

/// A value as JSON.
fn json(value: &Value) -> Result<String, Error> {
    serde_json::to_string(value)
        .map_err(|error| Error::new(ErrorKind::BadSerialization, error.to_string()))
}

/// Of texts by language, the one in the language that fits best; else in any.
fn nearest(texts: &Value, tag: &str) -> Result<Value, Error> {
    let wanted = Locale::parse(tag)
        .map_err(|error| Error::new(ErrorKind::InvalidOperation, format!("`{tag}`: {error}")))?;
    let tags: Vec<String> = texts.try_iter()?.map(|tag| tag.to_string()).collect();
    let known = tags
        .iter()
        .filter_map(|tag| Some((tag, Locale::parse(tag).ok()?)));
    let (tags, available): (Vec<_>, Vec<_>) = known.unzip();
    match tags.get(wanted.best_of(&available).unwrap_or(0)) {
        Some(tag) => texts.get_attr(tag),
        None => Ok(Value::from("")),
    }
}

#[cfg(test)]
mod tests {
    use errbook_spec::place::Source;

    use super::*;
    use crate::book::Book;

    #[test]
    fn a_name_that_the_language_or_the_templates_use_becomes_another_one() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let keywords = Keywords {
            words: words(&["class", "r"]),
            escaped: "`{}`".to_owned(),
            taken: words(&["Kind"]),
        };
        for (name, expected) in [
            ("order", "order"),
            ("class", "`class`"),
            ("Kind", "Kind_"),
            ("7eleven", "_7eleven"),
            ("classes", "classes"),
            ("", ""),
        ] {
            assert_eq!(identifier(name, &keywords), expected, "{name}");
        }
        assert_eq!(identifier("class", &Keywords::default()), "class");
    }

    /// A vendor's text must not end the literal or the comment that it is in.
    #[test]
    fn a_text_stays_in_its_literal_and_its_comment() {
        let style = StringLiteral::default();
        for (text, expected) in [
            ("plain 图", "\"plain 图\""),
            ("a\"b\\c", "\"a\\\"b\\\\c\""),
            ("a\nb\rc\td", "\"a\\nb\\rc\\td\""),
            ("\u{1}\u{7f}", "\"\\u0001\\u007f\""),
        ] {
            assert_eq!(literal(text, &style), expected, "{text:?}");
        }
        let style = StringLiteral {
            escape: "\"\\$".to_owned(),
            control: "\\{octal}-{hex}".to_owned(),
        };
        assert_eq!(literal("$x\u{1b}", &style), "\"\\$x\\033-1b\"");
        let ends = [("*/".to_owned(), "* /".to_owned())];
        assert_eq!(comment("a */ b\n*/ c\u{7}", &ends), "a * / b * / c ");
    }

    #[test]
    fn the_smallest_number_is_a_difference() {
        assert_eq!(number(i64::MIN, Some("L")), "(-9223372036854775807L - 1)");
        assert_eq!(number(i64::MIN + 1, None), "-9223372036854775807");
        assert_eq!(number(-7, Some("L")), "-7L");
    }

    #[test]
    fn the_nearest_text_is_that_of_the_best_language_or_any() {
        let texts = Value::from_pairs([("de", "Bank"), ("zh-TW", "銀行"), ("en", "bank")]);
        for (tag, expected) in [("de-AT", "Bank"), ("zh-HK", "銀行"), ("en", "bank")] {
            assert_eq!(nearest(&texts, tag).unwrap().to_string(), expected, "{tag}");
        }
        assert!(!nearest(&texts, "fr").unwrap().to_string().is_empty());
        let none = Value::from_pairs(Vec::<(&str, &str)>::new());
        assert_eq!(nearest(&none, "fr").unwrap().to_string(), "");
        let error = nearest(&texts, "not a tag").unwrap_err().to_string();
        assert!(error.contains("`not a tag`"), "{error}");
    }

    fn model() -> Model {
        let spec = |vendor: &str, sets: &[&str]| {
            let sets = sets.iter().map(|name| {
                let texts = "message.en = \"a\"\nmessage.de = \"b\"\n";
                let code = |code: u32| {
                    format!("[[set.code]]\ncode = \"{code}\"\nvariant = \"C{code}\"\n{texts}")
                };
                format!("[[set]]\nname = \"{name}\"\n{}{}", code(1), code(2))
            });
            let text = format!(
                "schema = 1\nvendor = \"{vendor}\"\nlocale = \"en\"\n{}",
                sets.collect::<String>()
            );
            errbook_spec::parse(&Source::new("spec.toml", &text)).unwrap()
        };
        let kinds = "schema = 1\nvendor = \"errbook\"\nlocale = \"en\"\n[[set]]\nname = \"Kind\"\n\
                     wire = \"string\"\n[[set.code]]\ncode = \"network\"\nvariant = \"Network\"\n\
                     message.en = \"a\"\nmessage.fr = \"b\"\n";
        let book = Book {
            specs: vec![spec("bank", &["Pay"]), spec("shop", &["Order", "Refund"])],
            kinds: Some(errbook_spec::parse(&Source::new("kinds.toml", kinds)).unwrap()),
            ..Book::default()
        };
        Model::new(&book, None).unwrap_or_else(|it| panic!("{it}"))
    }

    /// The files of templates with this configuration and one template.
    fn rendered(config: &str, template: &str) -> Result<Vec<String>, String> {
        let folder = Folder::shipped("mine", &[(CONFIG, config), ("a.j2", template)]);
        match folder.render(&model()) {
            Ok(files) => Ok(files
                .iter()
                .map(|it| format!("{}: {}", it.name, it.text))
                .collect()),
            Err(problems) => Err(problems.to_string()),
        }
    }

    #[test]
    fn there_is_a_file_for_each_thing_that_the_configuration_names() {
        for (each, path, expected) in [
            ("registry", "a", &["a: "][..]),
            ("language", "{{ language }}", &["en: en", "fr: fr"]),
            ("vendor", "{{ vendor.name }}", &["bank: ", "shop: "]),
            (
                "vendor-language",
                "{{ vendor.name }}/{{ language }}",
                &["bank/en: en", "bank/de: de", "shop/en: en", "shop/de: de"],
            ),
            (
                "set",
                "{{ vendor.name }}/{{ set.name }}",
                &["bank/Pay: ", "shop/Order: ", "shop/Refund: "],
            ),
            (
                "set-language",
                "{{ set.name }}/{{ language }}",
                &[
                    "Pay/en: en",
                    "Pay/de: de",
                    "Order/en: en",
                    "Order/de: de",
                    "Refund/en: en",
                    "Refund/de: de",
                ],
            ),
        ] {
            let config =
                format!("[[file]]\ntemplate = \"a.j2\"\npath = \"{path}\"\neach = \"{each}\"\n");
            let template = "{% if language is defined %}{{ language }}{% endif %}";
            assert_eq!(rendered(&config, template).unwrap(), expected, "{each}");
        }
    }

    #[test]
    fn each_mistake_in_templates_names_its_file_and_line() {
        let file = "[[file]]\ntemplate = \"a.j2\"\npath = \"x\"\n";
        for (config, template, expected) in [
            (file, "a\n{{ nothing }}", "mine/a.j2:2: "),
            (file, "a\n\n{% if %}", "mine/a.j2:3: "),
            (
                "[[file]]\ntemplate = \"b.j2\"\npath = \"x\"\n",
                "",
                "template \"b.j2\" does not exist",
            ),
            (
                "[[file]]\ntemplate = \"a.j2\"\npath = \"{{ x }}\"\n",
                "",
                "mine/export.toml: ",
            ),
            (
                "[[file]]\ntemplate = \"a.j2\"\n\npat = \"x\"\n",
                "",
                "mine/export.toml:4: ",
            ),
            (
                "[[file]]\ntemplate = \"a.j2\"\npath = \"../x\"\n",
                "",
                "`../x` is not below the folder",
            ),
            (
                "[[file]]\ntemplate = \"a.j2\"\npath = \"x\"\neach = \"vendor\"\n",
                "",
                "two files are called `x`",
            ),
        ] {
            let problems = rendered(config, template).unwrap_err();
            assert!(problems.contains(expected), "{expected}: {problems}");
        }
        let problems = Folder::shipped("mine", &[("a.j2", "")])
            .render(&model())
            .unwrap_err();
        assert!(
            problems.to_string().contains("there is no export.toml"),
            "{problems}"
        );
    }

    #[test]
    fn a_folder_has_each_of_its_files_once() {
        let folder = Folder::shipped("mine", &[("b.j2", "B"), ("a.j2", "A")]);
        assert_eq!(
            folder.files(),
            BTreeMap::from([("a.j2", "A"), ("b.j2", "B")])
        );
        let read = tempfile::TempDir::new().unwrap();
        for (name, text) in [("a.j2", "A"), (CONFIG, "C"), ("notes.md", "N")] {
            fs::write(read.path().join(name), text).unwrap();
        }
        let folder = Folder::read(read.path()).unwrap();
        assert_eq!(
            folder.files(),
            BTreeMap::from([("a.j2", "A"), (CONFIG, "C")])
        );
        let one = Folder::read(&read.path().join("a.j2")).unwrap();
        let config = "[[file]]\ntemplate = \"a.j2\"\npath = \"a\"\n";
        assert_eq!(
            one.files(),
            BTreeMap::from([("a.j2", "A"), (CONFIG, config)])
        );
        assert!(Folder::read(&read.path().join("b.j2")).is_err());
    }

    #[test]
    fn a_language_may_hold_only_so_many_codes_of_a_set() {
        let file = "[[file]]\ntemplate = \"a.j2\"\npath = \"x\"\n";
        assert!(rendered(&format!("most-codes = 2\n{file}"), "").is_ok());
        let problems = rendered(&format!("most-codes = 1\n{file}"), "").unwrap_err();
        assert!(
            problems.contains("shop/Order: the set has 2 codes; a type of this language holds 1"),
            "{problems}"
        );
        assert_eq!(problems.matches("the set has").count(), 3, "{problems}");
    }

    #[test]
    fn filters_write_names_and_json() {
        let file = "[[file]]\ntemplate = \"a.j2\"\npath = \"x\"\n";
        let template = "{{ 'orderCode' | snake }} {{ 'order-code' | pascal }} \
                        {{ 'OrderCode' | camel }} {{ 'OrderCode' | screaming }} {{ ['a'] | json }} \
                        {{ 7 | number('L') }} {{ '<b>' }} {{ 'a' | literal }} {{ '1' | ident }}\n";
        assert_eq!(
            rendered(file, template).unwrap(),
            ["x: order_code OrderCode orderCode ORDER_CODE [\"a\"] 7L <b> \"a\" _1\n"]
        );
        // A line with a block alone leaves no line.
        let blocks = "a\n  {% if true %}\nb\n  {% endif %}\nc\n";
        assert_eq!(rendered(file, blocks).unwrap(), ["x: a\nb\nc\n"]);
    }
}
