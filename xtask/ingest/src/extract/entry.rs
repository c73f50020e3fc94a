//! The cells of a row in, each in its role, an entry of a code out.

use std::borrow::Cow;

use super::super::classify::yes_or_no;
use super::super::code::{self, OneCode};
use super::super::extraction::{CodeEntry, Role};
use super::super::sheet::Cell;

/// What the cells of a row say of a code, each in its role.
pub(super) fn facts<'a, 'r>(
    line: usize,
    cells: impl Iterator<Item = Cell<'a>>,
    roles: impl Iterator<Item = &'r Role>,
    code: OneCode<'a>,
) -> CodeEntry<'a> {
    let mut entry = CodeEntry {
        line,
        code: code.code,
        code_to: code.code_to,
        quoted: code.quoted,
        symbol: code.symbol,
        ..CodeEntry::default()
    };
    for (cell, role) in cells.zip(roles).filter(|(cell, _)| !cell.is_empty()) {
        put(&mut entry, role, cell.text);
    }
    entry
}

fn put<'a>(entry: &mut CodeEntry<'a>, role: &Role, text: &'a str) {
    let cell = Cow::Borrowed(text);
    match role {
        Role::Symbol => entry.symbol = Some(code::symbol(text)),
        Role::Message => entry.message = Some(cell),
        Role::MessageIn(tag) => {
            entry.messages.insert(tag.clone(), cell);
        }
        Role::Cause => entry.cause = Some(cell),
        Role::Remedy => entry.remedy = Some(cell),
        Role::RemedyIn(tag) => {
            entry.remedies.insert(tag.clone(), cell);
        }
        Role::Billing => {
            entry.billing = yes_or_no(text);
            let says_something = entry.billing.is_none() && text.chars().any(char::is_alphanumeric);
            entry.billing_unread = says_something.then_some(cell);
        }
        Role::Http => entry.http = Some(cell),
        Role::Section => entry.section = Some(cell),
        Role::Code | Role::None => {}
    }
}

/// What was taken for the number of a name is the status that it comes with.
pub(super) fn with_status(entry: CodeEntry<'_>) -> CodeEntry<'_> {
    match entry.symbol {
        Some(name) => CodeEntry {
            http: Some(entry.code),
            code: name,
            symbol: None,
            ..entry
        },
        None => entry,
    }
}

/// Puts the texts of a row at the end of those of the row above.
pub(super) fn go_on<'a>(above: &mut CodeEntry<'a>, more: &CodeEntry<'a>) {
    join(&mut above.remedy, more.remedy.as_ref());
    join(&mut above.message, more.message.as_ref());
    // Alone in its row, a cause was taken for the message.
    join(
        if above.cause.is_some() {
            &mut above.cause
        } else {
            &mut above.message
        },
        more.cause.as_ref(),
    );
    for (known, more) in [
        (&mut above.messages, &more.messages),
        (&mut above.remedies, &more.remedies),
    ] {
        for (tag, text) in more {
            let mut joined = known.remove(tag);
            join(&mut joined, Some(text));
            known.extend(joined.map(|text| (tag.clone(), text)));
        }
    }
}

fn join<'a>(text: &mut Option<Cow<'a, str>>, more: Option<&Cow<'a, str>>) {
    if let Some(more) = more {
        *text = Some(
            text.take()
                .map_or_else(|| more.clone(), |text| format!("{text}\n{more}").into()),
        );
    }
}
