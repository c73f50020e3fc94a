//! What `regen` did, as text: rows and codes of each set, changes, and what is left to do.

use std::fmt::Write;

use crate::count::{count, plural};
use crate::regen::{Account, Change, Regenerated, SetAccount};
use crate::text::one_line;

/// The summary for one vendor.
pub(super) fn account(done: &Regenerated, outcome: &str) -> String {
    let Account {
        sets,
        document,
        mends,
        ..
    } = &done.account;
    let mut out = format!("{}: spec.toml {outcome}\n", done.vendor);
    let width = sets
        .iter()
        .map(|set| set.name.len())
        .max()
        .unwrap_or_default();
    for set in sets {
        push_line(
            &mut out,
            &format!("  {:width$}  {}", set.name, set_line(set)),
        );
    }
    let sums = format!(
        "  {}: {} accepted, {} ignored, {} quarantined; {}",
        count(document.rows, "row"),
        document.accepted,
        document.ignored,
        document.quarantined,
        count(done.account.sum(|set| set.codes), "code"),
    );
    push_line(&mut out, &sums);
    if !mends.is_empty() {
        push_line(
            &mut out,
            &format!(
                "  {} repaired while reading (run `extract` to see them)",
                count(mends.len(), "line")
            ),
        );
    }
    push_unkept(&mut out, &done.account);
    push_changes(&mut out, sets);
    push_gaps(&mut out, &done.account);
    out
}

fn set_line(set: &SetAccount) -> String {
    let rows = plural(set.rows, "row") + ",";
    let codes = plural(set.codes, "code");
    let mut out = format!(
        "{:>4} {rows:<5} {:>4} accepted -> {:>4} {codes}",
        set.rows, set.accepted, set.codes
    );
    let ignored: usize = set.ignored.values().sum();
    let rules: Vec<_> = set
        .ignored
        .iter()
        .map(|(rule, rows)| format!("{rows} {rule}"))
        .collect();
    let changed = |wanted: &Change| {
        set.changes
            .iter()
            .filter(|(_, _, change)| change == wanted)
            .count()
    };
    let parts = [
        (ignored, format!("ignored ({})", rules.join(", "))),
        (set.repeated, "identical to others".to_owned()),
        (set.values, "for values of a template".to_owned()),
        (changed(&Change::Added), "added".to_owned()),
        (changed(&Change::Revived), "revived".to_owned()),
        (set.retired, "retired".to_owned()),
        (set.provisional.len(), "with a provisional name".to_owned()),
    ];
    for (number, what) in parts.iter().filter(|(number, _)| *number > 0) {
        write!(out, ", {number} {what}").expect("writing to a String cannot fail");
    }
    out
}

/// Names what the document says and the registry does not keep.
fn push_unkept(out: &mut String, account: &Account) {
    for set in &account.sets {
        let name = &set.name;
        let counted = |number: usize, noun: &str| (number > 0).then(|| count(number, noun));
        let columns = (!set.unkept_columns.is_empty()).then(|| set.unkept_columns.join(", "));
        let lines = [
            columns.map(|columns| format!("columns of {name} that are not kept: {columns}")),
            counted(set.unkept_details, "code").map(|codes| {
                format!(
                    "details of {codes} of {name} that are not kept (`details = \"message\"` in \
                     overlay.toml adds them to the messages)"
                )
            }),
            counted(set.unkept_ranges, "range")
                .map(|ranges| format!("messages of {ranges} of {name} that are not kept")),
            counted(set.unsectioned, "code").map(|codes| {
                format!("{codes} of {name} in several sections: their section is not kept")
            }),
            counted(set.unread_cells, "cell").map(|cells| {
                format!("{cells} of {name} about retries or severity in unknown words")
            }),
        ];
        for line in lines.into_iter().flatten() {
            push_line(out, &format!("  {line}"));
        }
    }
    let lines = account.unread.iter().map(|unread| unread.lines.len()).sum();
    if lines > 0 {
        push_line(
            out,
            &format!(
                "  not read: {} starting with what looks like a code (`extract` says why)",
                count(lines, "line")
            ),
        );
    }
}

fn push_changes(out: &mut String, sets: &[SetAccount]) {
    for set in sets {
        for (key, variant, change) in &set.changes {
            let reference = format!("{}.{}", set.name, key.reference());
            let text = match change {
                Change::Retired | Change::Withdrawn if key.former.is_some() => format!(
                    "  - {reference} `{variant}` is a former meaning: retired, and {} decodes to \
                     what it means now",
                    key.code
                ),
                Change::Added => format!("  + {reference} `{variant}` is new"),
                Change::Retired => format!(
                    "  - {reference} `{variant}` is no longer in the document: \
                     retired, still decodes"
                ),
                Change::Withdrawn => format!(
                    "  - {reference} `{variant}` is marked as no longer used in the document: \
                     retired, still decodes"
                ),
                Change::Revived => {
                    format!(
                        "  + {reference} `{variant}` is in the document again: no longer retired"
                    )
                }
                Change::Dropped => format!(
                    "  - {reference} `{variant}` is no longer in the document: dropped, no release \
                     has it"
                ),
                Change::Removed => format!("  - {reference} was removed by the overlay"),
                Change::Symbol { from } => format!(
                    "  ! {reference} `{variant}` had the symbol `{from}`; \
                     to keep decoding it, add it to `aliases`"
                ),
            };
            push_line(out, &text);
        }
    }
}

fn push_gaps(out: &mut String, account: &Account) {
    for stale in &account.gaps.stale {
        let within = stale
            .within
            .as_ref()
            .map(|within| format!(" in {within}"))
            .unwrap_or_default();
        let of = one_line(&stale.of);
        let why = if stale.marked {
            "is marked as stale"
        } else {
            "is not in the document"
        };
        push_line(
            out,
            &format!(
                "  stale translation at {}: `{of}` {why}{within}",
                stale.place
            ),
        );
        if let Some(near) = stale
            .nearest
            .as_ref()
            .filter(|near| !stale.marked || near.value != stale.of)
        {
            push_line(
                out,
                &format!(
                    "    possible new text: `{}` ({})",
                    one_line(near),
                    near.place
                ),
            );
        }
    }
    for (language, texts) in account
        .gaps
        .untranslated
        .iter()
        .filter(|(_, texts)| !texts.is_empty())
    {
        push_line(
            out,
            &format!(
                "  {} without a translation into {language}",
                count(texts.len(), "text")
            ),
        );
    }
}

fn push_line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
