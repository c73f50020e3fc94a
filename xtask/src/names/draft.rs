//! Writes proposals into an overlay: as comments that a person uncomments, or as entries. All other
//! lines stay as they are.

use errbook_spec::place::{Place, Source};
use errbook_spec::problem::Problems;
use errbook_spec::{Code, Retry, Set, word};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Key as TomlKey, Value, value};

use crate::names::propose::{Choice, PLAIN, Proposal};
use crate::overlay::{self, lines};
use crate::reference::Key;
use crate::text::one_line;
use crate::write::{toml_key, toml_string};

/// What an entry that is drafted has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// A name.
    Names,
    /// A name, and a retry class if the vendor's words ask for one that the kind does not have.
    Advice,
    /// A name, a kind and a retry class.
    Kinds,
}

/// The line of an entry.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    key: Key,
    facts: Vec<(&'static str, String)>,
    /// The vendor's text and the reasons.
    about: String,
}

impl Line {
    /// The line for a code with what is proposed for it.
    pub(crate) fn new(code: &Code, proposal: &Proposal, extent: Extent) -> Self {
        let name = proposal.names.first().map(|name| &name.value);
        let mut facts = vec![("variant", name.unwrap_or(&code.variant.value).clone())];
        let kind = proposal.likely_kind();
        if extent != Extent::Names {
            facts.extend(meaning(proposal, extent));
        }
        let shown = kind.filter(|_| extent == Extent::Kinds);
        let about: Vec<_> = first_line(code)
            .into_iter()
            .chain(reasons(proposal, shown))
            .collect();
        Self {
            key: proposal.key.clone(),
            facts,
            about: plain(&about.join(" | ")),
        }
    }

    /// The line for a code that has a name, and no kind.
    pub(crate) fn without_kind(proposal: &Proposal) -> Option<Self> {
        proposal.likely_kind()?;
        Some(Self {
            key: proposal.key.clone(),
            facts: meaning(proposal, Extent::Kinds),
            about: String::new(),
        })
    }

    /// The line for a code whose words changed: what is proposed now, was not proposed before, and
    /// is not decided. `None` if there is nothing to propose.
    pub(crate) fn changed(code: &Code, before: &Proposal, now: &Proposal) -> Option<Self> {
        let mut facts = Vec::new();
        let mut about = Vec::new();
        let is_other = |kind: &&Choice| {
            let known = code
                .kind
                .as_ref()
                .is_some_and(|known| known.value != kind.value);
            known
                && before
                    .likely_kind()
                    .is_none_or(|before| before.value != kind.value)
        };
        if let Some(kind) = now.likely_kind().filter(is_other) {
            facts.push(("kind", kind.value.clone()));
            about.push(kind.reason.clone());
        }
        let retry = code
            .retry
            .as_ref()
            .map(|retry| word(Retry::WORDS, retry.value));
        let advice = now.decisive_words().into_iter();
        let advice = advice.filter(|(class, _)| Some(*class) != retry);
        for (class, words) in advice.filter(|it| before.advice.as_ref() != Some(*it)) {
            facts.push(("retry", (*class).to_owned()));
            facts.push(("because", words.clone()));
        }
        let costs = now
            .costs
            .iter()
            .filter(|words| before.costs.as_ref() != Some(*words));
        about.extend(costs.map(|words| format!("billing? {words}")));
        (!facts.is_empty() || !about.is_empty()).then(|| Self {
            key: now.key.clone(),
            facts,
            about: plain(
                &first_line(code)
                    .into_iter()
                    .chain(about)
                    .collect::<Vec<_>>()
                    .join(" | "),
            ),
        })
    }

    /// The line itself.
    pub(crate) fn entry(&self) -> String {
        let facts = self.facts.iter();
        let facts: Vec<_> = facts
            .map(|(name, value)| format!("{name} = {}", toml_string(value)))
            .collect();
        let about = &self.about;
        let about = if about.is_empty() {
            String::new()
        } else {
            format!("  # {about}")
        };
        format!(
            "{} = {{ {} }}{about}",
            lines::dotted_key(&self.key),
            facts.join(", ")
        )
    }
}

/// The kind and the retry class of a proposal. The vendor's words give a retry class that the kind
/// does not have.
fn meaning(proposal: &Proposal, extent: Extent) -> Vec<(&'static str, String)> {
    let kind = proposal.likely_kind();
    let mut facts = Vec::new();
    if extent == Extent::Kinds {
        facts.extend(kind.map(|kind| ("kind", kind.value.clone())));
    }
    let advice = proposal
        .decisive_words()
        .into_iter()
        .filter(|(class, _)| PLAIN.contains(class) || kind.is_some());
    for (class, words) in advice.filter(|(class, _)| !proposal.is_of_kind(kind, class)) {
        facts.push(("retry", (*class).to_owned()));
        facts.push(("because", words.clone()));
    }
    facts
}

/// The first line of a code's message.
fn first_line(code: &Code) -> Option<String> {
    let text = code.message.values().next()?;
    let line = text.lines().next()?.to_owned();
    (!line.is_empty()).then_some(line)
}

/// Why a line says what it says, and what it leaves open.
fn reasons(proposal: &Proposal, kind: Option<&Choice>) -> Vec<String> {
    let mut reasons = Vec::new();
    match kind {
        Some(kind) => reasons.push(format!("{:.2}, {}", kind.score, kind.reason)),
        None if !proposal.kinds.is_empty() => {
            let kinds: Vec<_> = proposal
                .kinds
                .iter()
                .map(|kind| kind.value.as_str())
                .collect();
            reasons.push(format!("kind? {}", kinds.join(", ")));
        }
        None => {}
    }
    if let Some((class, words)) = proposal.decisive_words() {
        reasons.push(format!("{class}: {words}"));
    }
    // Never a value: a word in a text does not prove that a call is free.
    reasons.extend(
        proposal
            .costs
            .as_ref()
            .map(|words| format!("billing? {words}")),
    );
    reasons
}

/// Writes lines as comments into the tables of the codes: those of a former draft are replaced, and
/// codes that have an entry get none.
pub(crate) fn add_comments(overlay: &Source, drafts: &[(&Set, Vec<Line>)], head: &str) -> Source {
    if drafts.iter().all(|(_, drafted)| drafted.is_empty()) {
        return overlay.clone();
    }
    let mut lines: Vec<String> = overlay.text().lines().map(str::to_owned).collect();
    for (set, drafted) in drafts {
        let mut new = Vec::new();
        for line in drafted {
            let draft = format!("# {}", line.entry());
            match find_draft(&lines, set, &line.key) {
                Some(at) => lines[at] = draft,
                None => new.push(draft),
            }
        }
        let before = lines.clone();
        insert(&mut lines, set, new, Some(head));
        // A set whose codes are dotted keys takes no table of its codes.
        let written = Source::new(overlay.name(), &joined(&lines, overlay));
        if overlay::parse(&written).is_err() {
            lines = before;
        }
    }
    Source::new(overlay.name(), &joined(&lines, overlay))
}

/// Removes the comments before the drafts of a set if no draft is left.
fn remove_done_head(lines: &mut Vec<String>, set: &Set) {
    let Some((begin, end)) = block(lines, set) else {
        return;
    };
    if lines[begin..end].iter().any(|line| drafted(line).is_some()) {
        return;
    }
    // That of `add` is before the header.
    let first = begin.saturating_sub(2);
    for at in (first..end).rev() {
        if lines[at].starts_with("# undecided") && lines[at].contains("uncomment each line") {
            lines.remove(at);
        }
    }
}

/// The key of a draft, if a line is one.
fn drafted(line: &str) -> Option<Vec<TomlKey>> {
    let (path, _) = line.strip_prefix("# ")?.split_once(" = {")?;
    TomlKey::parse(path).ok()
}

/// What comes before lines for new codes.
pub(crate) const NEW: &str = "# undecided: new codes; uncomment each line that is right";
/// What comes before lines for codes with other words.
pub(crate) const CHANGED: &str =
    "# undecided: the vendor's words changed; move what is right into the entry of the code";

/// Writes lines as entries: in place of a draft, or at the end of the table. Adds the name to an
/// entry without one.
///
/// # Errors
///
/// The overlay is written in a form that takes no further lines.
pub(crate) fn add_entries(
    overlay: &Source,
    drafts: &[(&Set, Vec<Line>)],
) -> Result<Source, Problems> {
    let mut text = overlay.text().to_owned();
    for (set, drafted) in drafts {
        let mut new = Vec::new();
        for line in drafted {
            if let Some(changed) = with_facts(&text, set, line) {
                text = changed;
                continue;
            }
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            if let Some(at) = find_draft(&lines, set, &line.key) {
                lines[at] = line.entry();
                text = joined(&lines, overlay);
            } else {
                new.push(line.entry());
            }
        }
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        insert(&mut lines, set, new, None);
        remove_done_head(&mut lines, set);
        text = joined(&lines, overlay);
    }
    let written = Source::new(overlay.name(), &text);
    if overlay::parse(overlay).is_ok() && overlay::parse(&written).is_err() {
        let mut problems = Problems::default();
        let help = "give each set a table `[set.NAME.code]` of its own";
        let message = "the tables of this overlay take no further lines";
        problems.push_with_help(&Place::file(overlay.name()), message, help);
        return Err(problems);
    }
    Ok(written)
}

/// The overlay with the facts of a line in the entry that a code has; `None` if it has none. Facts
/// that the entry has stay as they are.
fn with_facts(text: &str, set: &Set, line: &Line) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let path = ["set", &set.name, "code", &line.key.code];
    let mut item: &mut Item = document.as_item_mut();
    for part in path.into_iter().chain(line.key.symbol.as_deref()) {
        item = item.as_table_like_mut()?.get_mut(part)?;
    }
    if let Some(former) = item
        .as_inline_table()
        .filter(|entry| lines::is_former(entry))
    {
        *item = value(Array::from_iter([former.clone()]));
    }
    if let Some(meanings) = item.as_array_mut() {
        add_meaning(meanings, line);
        return Some(document.to_string());
    }
    let entry = item.as_table_like_mut()?;
    for (name, fact) in &line.facts {
        if !entry.contains_key(name) {
            entry.insert(name, value(fact.as_str()));
        }
    }
    if let Some(entry) = item.as_inline_table_mut() {
        entry.fmt();
    }
    Some(document.to_string())
}

/// Adds facts to the entry of what a code means now, which comes after its former meanings.
fn add_meaning(meanings: &mut Array, line: &Line) {
    let is_now = |value: &Value| {
        value
            .as_inline_table()
            .is_some_and(|it| !lines::is_former(it))
    };
    let found = meanings.iter().position(is_now);
    if found.is_none() {
        meanings.push(InlineTable::new());
    }
    let at = found.unwrap_or(meanings.len() - 1);
    let entry = meanings.get_mut(at).and_then(Value::as_inline_table_mut);
    if let Some(entry) = entry {
        for (name, fact) in &line.facts {
            if !entry.contains_key(name) {
                entry.insert(*name, fact.as_str().into());
            }
        }
        entry.fmt();
    }
    meanings.fmt();
}

/// The line of a former draft for a code.
fn find_draft(lines: &[String], set: &Set, key: &Key) -> Option<usize> {
    let (begin, end) = block(lines, set)?;
    (begin..end).find(|&at| {
        drafted(&lines[at]).is_some_and(|path| {
            let path = path.iter().map(TomlKey::get);
            path.eq(std::iter::once(key.code.as_str()).chain(key.symbol.as_deref()))
        })
    })
}

/// The lines of the table `[set.NAME.code]`, without its header.
fn block(lines: &[String], set: &Set) -> Option<(usize, usize)> {
    let header = |line: &String| {
        let inner = line.trim().strip_prefix('[')?;
        let (inner, _) = inner.split_once(']')?;
        TomlKey::parse(inner).ok()
    };
    let wanted = ["set", set.name.as_str(), "code"];
    let is_it =
        |line: &String| header(line).is_some_and(|path| path.iter().map(TomlKey::get).eq(wanted));
    let begin = lines.iter().position(is_it)? + 1;
    let length = lines[begin..]
        .iter()
        .position(|line| line.trim_start().starts_with('['));
    Some((begin, length.map_or(lines.len(), |length| begin + length)))
}

/// Inserts lines at the end of the table of a set's codes, which begins if it is not there.
fn insert(lines: &mut Vec<String>, set: &Set, new: Vec<String>, head: Option<&str>) {
    if new.is_empty() {
        return;
    }
    if block(lines, set).is_none() {
        lines.push(String::new());
        lines.push(format!("[set.{}.code]", toml_key(&set.name)));
    }
    let (begin, end) = block(lines, set).unwrap_or((lines.len(), lines.len()));
    // Comments before the next table are of that one, except drafts.
    let is_own = |line: &String| {
        let comment = line.trim_start().strip_prefix('#');
        !line.trim().is_empty() && comment.is_none_or(|text| text.contains(" = {"))
    };
    let last = lines[begin..end].iter().rposition(is_own);
    let at = last.map_or(begin, |last| begin + last + 1);
    let has_head = |head: &str| lines[begin..at].iter().any(|line| line == head);
    let head = head.filter(|head| !has_head(head)).map(str::to_owned);
    lines.splice(at..at, head.into_iter().chain(new));
}

/// The lines as a text, with the line ends of the overlay.
fn joined(lines: &[String], overlay: &Source) -> String {
    let end = if overlay.text().contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let mut text = lines.join(end);
    text.push_str(end);
    text
}

/// TOML does not allow control characters in a comment.
fn plain(text: &str) -> String {
    one_line(text)
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}
