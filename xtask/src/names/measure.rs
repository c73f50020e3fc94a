//! Measures the proposals: hides one vendor at a time, proposes its names, kinds and retry classes
//! from what the other vendors teach, and counts how many are right.

use std::collections::BTreeMap;
use std::fmt::Write;

use errbook_spec::{Code, Retry, Set, Spec, Status, Texts, word};

use crate::book::Book;
use crate::names::derive::words_of;
use crate::names::near::{Knowledge, unnumbered};
use crate::names::propose::{Choice, Proposal, propose};
use crate::reference::code_key;
use crate::symbol::is_value;

/// Which texts of a hidden vendor are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Texting {
    /// Those of its document, as on the day when it is added.
    Own,
    /// Those and their translations.
    Translated,
}

/// How many proposals are right.
#[derive(Debug, Clone, Copy, Default)]
struct Figures {
    codes: usize,
    names: Hits,
    /// Names that are right or differ in one word.
    nearly: Hits,
    kinds: Hits,
    /// The kinds that are likely enough to be written, and those of them that are right.
    written: usize,
    written_right: usize,
    retries: Hits,
}

/// How often the first proposal is right, and how often one of three.
#[derive(Debug, Clone, Copy, Default)]
struct Hits {
    first: usize,
    among_three: usize,
}

/// The figures for each vendor of a registry, as a Markdown table.
#[must_use]
pub fn figures(book: &Book) -> String {
    let mut out = String::from(
        "| vendor | codes | name | name, or one word apart | kind | kinds written | retry |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for texting in [Texting::Own, Texting::Translated] {
        let mut all = Figures::default();
        for hidden in &book.specs {
            let figures = measure(book, hidden, texting);
            all.add(&figures);
            if texting == Texting::Own {
                push(&mut out, &hidden.vendor, &figures);
            }
        }
        let name = match texting {
            Texting::Own => "all",
            Texting::Translated => "all, once they are translated",
        };
        push(&mut out, name, &all);
    }
    out
}

fn push(out: &mut String, name: &str, figures: &Figures) {
    let share = |hits: Hits| {
        let percent = |part: usize| (part * 100).checked_div(figures.codes).unwrap_or_default();
        format!("{} %, {} %", percent(hits.first), percent(hits.among_three))
    };
    let Figures {
        codes,
        names,
        nearly,
        kinds,
        written,
        written_right,
        retries,
    } = *figures;
    let [names, nearly, kinds, retries] = [names, nearly, kinds, retries].map(share);
    writeln!(
        out,
        "| {name} | {codes} | {names} | {nearly} | {kinds} | {written_right} of {written} | {retries} |"
    )
    .expect("a string takes all");
}

/// The figures for a vendor that is hidden.
fn measure(book: &Book, hidden: &Spec, texting: Texting) -> Figures {
    let others = book
        .codes()
        .filter(|(spec, ..)| !std::ptr::eq(*spec, hidden));
    let knowledge = Knowledge::new(others, book.kinds.as_ref());
    let mut figures = Figures::default();
    for set in &hidden.sets {
        let bare = bare(hidden, set, texting);
        let known: BTreeMap<_, _> = set
            .codes
            .iter()
            .map(|code| (code_key(code, set.identity), code))
            .collect();
        let is_active = |key: &_| known.get(key).is_some_and(|it| it.status == Status::Active);
        for proposal in propose(hidden, &bare, is_active, &knowledge) {
            figures.count(&proposal, known[&proposal.key]);
        }
    }
    figures
}

/// A set without what a person decided.
fn bare(spec: &Spec, set: &Set, texting: Texting) -> Set {
    let own = |texts: &Texts| -> Texts {
        let is_known = |tag: &str| texting == Texting::Translated || tag == spec.locale.value;
        let known = texts.iter().filter(|(tag, _)| is_known(tag));
        known
            .map(|(tag, text)| (tag.clone(), text.clone()))
            .collect()
    };
    let strip = |code: &Code| Code {
        code: code.code.clone(),
        symbol: code.symbol.clone(),
        message: own(&code.message),
        remedy: own(&code.remedy),
        said: code.said.clone(),
        ..Code::default()
    };
    // A person decided on a code for a value of a parameter, in no document.
    let codes = set.codes.iter().filter(|code| !is_value(set, code));
    Set {
        codes: codes.map(strip).collect(),
        ..set.clone()
    }
}

impl Figures {
    fn count(&mut self, proposal: &Proposal, code: &Code) {
        let name = unnumbered(&code.variant, &code.code);
        let kind = code.kind.as_ref().map(|kind| kind.value.as_str());
        let retry = code
            .retry
            .as_ref()
            .map(|retry| word(Retry::WORDS, retry.value));
        self.codes += 1;
        let bare = |choice: &Choice| unnumbered(&choice.value, &code.code).to_owned();
        self.names
            .count(&proposal.names, |choice| bare(choice) == name);
        self.nearly.count(&proposal.names, |choice| {
            is_one_word_apart(&bare(choice), name)
        });
        self.kinds.count(&proposal.kinds, |choice| {
            Some(choice.value.as_str()) == kind
        });
        let written = proposal.likely_kind();
        self.written += usize::from(written.is_some());
        self.written_right +=
            usize::from(written.is_some_and(|it| Some(it.value.as_str()) == kind));
        self.retries.count(&proposal.retries, |choice| {
            Some(choice.value.as_str()) == retry
        });
    }

    fn add(&mut self, other: &Self) {
        self.codes += other.codes;
        self.names.add(other.names);
        self.nearly.add(other.nearly);
        self.kinds.add(other.kinds);
        self.written += other.written;
        self.written_right += other.written_right;
        self.retries.add(other.retries);
    }
}

impl Hits {
    fn count(&mut self, choices: &[Choice], is_right: impl Fn(&Choice) -> bool) {
        self.first += usize::from(choices.first().is_some_and(&is_right));
        self.among_three += usize::from(choices.iter().take(3).any(is_right));
    }

    fn add(&mut self, other: Self) {
        self.first += other.first;
        self.among_three += other.among_three;
    }
}

/// Whether two names are equal, or are once each has lost a word.
fn is_one_word_apart(one: &str, other: &str) -> bool {
    let lost = |from: &str, to: &str| {
        let mut rest = words_of(to);
        let is_lost = |word: &&str| match rest.iter().position(|other| other == word) {
            Some(at) => {
                rest.remove(at);
                false
            }
            None => true,
        };
        words_of(from).iter().copied().filter(is_lost).count()
    };
    lost(one, other) <= 1 && lost(other, one) <= 1
}
