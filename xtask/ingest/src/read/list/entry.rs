//! One entry of a list in, its code and its text out: `1001: failed`, `Name (1199): failed`.

use super::super::super::code::{self, Atom, Reading};

/// An entry: a cell that holds the code, and the text beside it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) cell: String,
    pub(super) text: String,
}

impl Entry {
    fn new(cell: &str, text: &str) -> Self {
        // A line of code that stands in no fence: `0x11; // failed`.
        let text = text
            .trim()
            .trim_start_matches("//")
            .trim_matches('|')
            .trim();
        Entry {
            cell: cell.trim().to_owned(),
            text: text.to_owned(),
        }
    }

    /// Is its code one by the heading above only: `invalid_token`, `Expired`, `UNAUTHORIZED`?
    pub(super) fn is_loose(&self) -> bool {
        match code::read(&self.cell) {
            Reading::Codes(cell) => cell
                .codes
                .iter()
                .all(|one| one.symbol.is_none() && is_loose(&one.code)),
            _ => false,
        }
    }

    /// Is its code a plain small number, as those that count things?
    pub(super) fn ordinal(&self) -> Option<usize> {
        self.cell
            .parse()
            .ok()
            .filter(|_| !self.cell.starts_with('0'))
    }
}

/// Reads an entry that begins with its code, as lines of code do.
pub(super) fn read_plain(text: &str) -> Option<Entry> {
    let entry = parted(text).or_else(|| spaced(text))?;
    let is_number = entry
        .cell
        .trim_start_matches('-')
        .bytes()
        .all(|b| b.is_ascii_digit());
    let is_long = entry.cell.len() >= 3 || entry.cell.starts_with('-');
    (text.starts_with(&entry.cell) && is_number && is_long && !entry.text.starts_with('|'))
        .then_some(entry)
}

/// Words before a code that only say that it is one.
const LABELS: &[&str] = &[
    "error number",
    "error code",
    "errorcode",
    "error",
    "code",
    "err",
    "status code",
    "status",
    "http",
    "错误码",
    "返回码",
    "返回",
    "状态码",
    "錯誤碼",
    "返回碼",
    "錯誤代碼",
    "狀態碼",
    "错误代码",
    "错误",
    "код ошибки",
    "код",
    "ошибка",
    "エラーコード",
    "エラー",
    "コード",
];

/// May one of them begin with this letter?
fn begins_label(first: char) -> bool {
    matches!(
        first.to_ascii_lowercase(),
        'e' | 'c'
            | 's'
            | 'h'
            | '错'
            | '錯'
            | '返'
            | '状'
            | '狀'
            | 'к'
            | 'К'
            | 'о'
            | 'О'
            | 'エ'
            | 'コ'
    )
}

/// A longer text is none that describes a code.
const LONGEST: usize = 2000;

/// No codes with what parts them from their text are longer.
const LONGEST_CODES: usize = 400;

/// Reads an entry.
pub(super) fn read(text: &str) -> Option<Entry> {
    if text.len() > LONGEST {
        return None;
    }
    let text = without_section(without_number(text.trim()));
    let folded = code::fold(without_label(text));
    let text = folded.trim();
    // `1000000番台` are the codes that begin so.
    if text.is_empty() || text.contains("番台") {
        return None;
    }
    assigned(text)
        .or_else(|| bracketed(text))
        .or_else(|| parted(text))
        .or_else(|| spaced(text))
        .or_else(|| closing(text))
}

/// `NOT_FOUND = -1`, `UserExist = 1005`, and nothing else.
fn assigned(text: &str) -> Option<Entry> {
    let (name, value) = text.split_once(" = ")?;
    let is_name = matches!(
        code::atom(name),
        Some(Atom::Symbol | Atom::Word | Atom::Mixed)
    );
    let is_pair = is_name && matches!(code::atom(value.trim()), Some(Atom::Number | Atom::Hex));
    is_pair.then(|| Entry::new(text, ""))
}

/// `参数错误: 1101`: the code stands at the end.
fn closing(text: &str) -> Option<Entry> {
    if text.len() > LONGEST_CODES {
        return None;
    }
    let (text, code) = [": ", "：", " = "]
        .iter()
        .find_map(|mark| text.rsplit_once(mark))?;
    let (text, code) = (text.trim(), code.trim());
    let is_code = code::atom(code) == Some(Atom::Number) && (3..18).contains(&code.len());
    let is_text =
        text.chars().count() <= 60 && !text.bytes().any(|b| b.is_ascii_digit()) && !text.is_ascii();
    (is_code && is_text).then(|| Entry::new(code, text))
}

/// `6. text` that no list item is made of, and `6、text`.
fn without_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = (1..=2).contains(&(text.len() - rest.len()));
    if let Some(rest) = rest.strip_prefix('、').filter(|_| is_number) {
        return rest.trim_start();
    }
    rest.strip_prefix(['.', ')'])
        .filter(|rest| is_number && rest.starts_with(' '))
        .map_or(text, str::trim_start)
}

/// `1.2 NOT_FOUND = -1`: the number of a section before a constant.
fn without_section(text: &str) -> &str {
    let Some((number, rest)) = text
        .split_once(' ')
        .filter(|(number, _)| number.contains('.'))
    else {
        return text;
    };
    let is_number = number
        .split('.')
        .all(|part| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()));
    let is_constant = rest
        .split_once([' ', '='])
        .is_some_and(|(name, value)| is_constant(name) && value.contains('='));
    if is_number && is_constant { rest } else { text }
}

fn without_label(text: &str) -> &str {
    if !text.starts_with(begins_label) {
        return text;
    }
    let lower = text[..text.floor_char_boundary(40)].to_lowercase();
    let label = LABELS
        .iter()
        .filter(|label| lower.starts_with(**label))
        .max_by_key(|label| label.len());
    let Some(rest) = label.and_then(|label| text.get(label.len()..)) else {
        return text;
    };
    let bare = rest.trim_start_matches([' ', ':', '：', '#', '=']);
    let is_code =
        bare.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '[' || c == '(');
    if is_code
        && bare.len()
            < rest.len() + usize::from(!rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    {
        bare
    } else {
        text
    }
}

/// `Name (1199): text`, `Invalid token (1199)`, `[1001] text`.
fn bracketed(text: &str) -> Option<Entry> {
    let open = text.find(['(', '（', '['])?;
    let close = text[open..].find([')', '）', ']'])? + open;
    let bracket_len = text[open..].chars().next()?.len_utf8();
    let inner = text[open + bracket_len..close].trim();
    if !is_strong(inner) {
        return None;
    }
    let before = text[..open].trim();
    let after =
        text[close..].trim_start_matches([')', '）', ']', ' ', ':', '：', '-', '–', '—', '.', ',']);
    if before.is_empty() {
        return Some(Entry::new(inner, after));
    }
    if code::atom(before).is_some() && !before.contains(' ') {
        return Some(Entry::new(&format!("{before}({inner})"), after));
    }
    let is_name = before.chars().count() <= 60 && !before.contains([':', '：', ',', '，', '。']);
    let text = if after.is_empty() {
        before.to_owned()
    } else {
        format!("{before}: {after}")
    };
    // `用户不存在（1001）` and not `see the table (403) below`.
    let ends_here = text.len() < 400 && (after.is_empty() || text[before.len()..].starts_with(':'));
    (is_name && ends_here && !is_strong(before)).then(|| Entry::new(inner, &text))
}

/// `1001: text`, `NAME - text`, `-1 = text`.
fn parted(text: &str) -> Option<Entry> {
    marks(text).into_iter().find_map(|(at, len)| {
        let (left, right) = (text[..at].trim(), &text[at + len..]);
        let reads = match code::read(left) {
            Reading::Codes(cell) => {
                cell.rest.is_none()
                    && cell
                        .codes
                        .iter()
                        .all(|one| is_strong(&one.code) || is_loose(&one.code))
            }
            // `10+` stands for others.
            Reading::Wildcard => left.starts_with(|c: char| c.is_ascii_digit()),
            _ => false,
        };
        reads.then(|| Entry::new(left, right))
    })
}

/// What may part a code from its text, the longest of those that begin alike first.
const MARKS: [&str; 13] = [
    "; ", ": ", "：", " - ", " – ", " — ", "——", " = ", " => ", " -> ", " | ", "—", ":",
];

/// The first places of the first three marks in a text.
fn marks(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut known: Vec<&str> = Vec::new();
    let head = &text[..text.floor_char_boundary(LONGEST_CODES)];
    for (at, _) in head
        .char_indices()
        .filter(|(_, c)| matches!(c, ' ' | ';' | ':' | '：' | '—'))
    {
        for mark in MARKS
            .into_iter()
            .filter(|mark| text[at..].starts_with(mark))
        {
            if found.len() < 3 && !known.contains(&mark) {
                known.push(mark);
                found.push((at, mark.len()));
            }
        }
        if found.len() == 3 {
            break;
        }
    }
    found
}

/// `400 Bad Request`, `1001 参数错误`, `1001`.
fn spaced(text: &str) -> Option<Entry> {
    match code::read(text) {
        // `10060 / 10061`.
        Reading::Codes(cell) if cell.codes.len() > 1 => {
            let is_list = cell.rest.is_none() && cell.codes.iter().all(|one| is_strong(&one.code));
            is_list.then(|| Entry::new(text, ""))
        }
        Reading::Codes(cell) => {
            let [one] = cell.codes.as_slice() else {
                return None;
            };
            // A lone word with joints may be a symbol: `account_closed`.
            let is_joined = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
            let is_alone = one.code == text && text.contains('_') && text.bytes().all(is_joined);
            if !is_strong(&one.code) && !is_alone {
                return None;
            }
            match &cell.rest {
                Some(rest) => Some(Entry::new(&one.code, rest)),
                None => Some(Entry::new(text, "")),
            }
        }
        _ => {
            let (first, rest) = text.split_once(char::is_whitespace)?;
            let first = first.trim_end_matches(['.', ',', ';']);
            is_strong(first).then(|| Entry::new(first, rest))
        }
    }
}

/// A code by its form alone.
fn is_strong(text: &str) -> bool {
    match code::atom(text) {
        Some(Atom::Number) => text.len() < 18,
        Some(Atom::Hex) => true,
        // `12**` stands for others.
        Some(Atom::Class) => !text.ends_with('*'),
        Some(Atom::Mixed) => {
            text.len() >= 3
                && text.bytes().any(|b| b.is_ascii_alphabetic())
                && text.bytes().filter(u8::is_ascii_digit).count() >= 2
                && !is_version(text)
                && !is_commit(text)
        }
        Some(Atom::Symbol) => is_constant(text),
        Some(Atom::Dotted | Atom::Word) | None => false,
    }
}

/// `v12`.
fn is_version(text: &str) -> bool {
    text.strip_prefix(['v', 'V'])
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

/// The beginning of a hash, as lists of changes have it.
fn is_commit(text: &str) -> bool {
    text.len() >= 7 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// A name that may be anything's.
fn is_loose(text: &str) -> bool {
    let is_snake = text.contains('_')
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    !is_strong(text)
        && (text.len() > 4 && (is_snake || code::atom(text) == Some(Atom::Symbol))
            || is_displayed(text))
}

/// What a small display shows: `E1`, `F12`.
fn is_displayed(text: &str) -> bool {
    let digits = text
        .strip_prefix(|first: char| first.is_ascii_uppercase())
        .unwrap_or_default();
    (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `Error 1001: failed`: does the title say itself that it is about one?
pub(super) fn is_called_error(title: &str) -> bool {
    let lower = title[..title.floor_char_boundary(40)].to_lowercase();
    let is_error = ["err", "错误", "錯誤", "エラー", "ошибка", "код ошибки"]
        .iter()
        .any(|word| lower.starts_with(word));
    is_error && without_label(title) != title
}

/// `NO_FACE_FOUND`, `InvalidParameter.ImageSizeExceed`.
fn is_constant(text: &str) -> bool {
    let upper = text.len() > 4
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"_<>:-".contains(&b));
    let dotted = text.split('.').count() > 1
        && text
            .split('.')
            .all(|part| part.len() > 1 && part.starts_with(|c: char| c.is_ascii_uppercase()));
    (upper && text.contains('_')) || dotted
}

#[cfg(test)]
mod tests {
    use super::{Entry, read};

    #[test]
    fn entries_are_parted_into_code_and_text() {
        for (text, cell, message) in [
            ("1001: failed", "1001", "failed"),
            ("1001：参数错误", "1001", "参数错误"),
            ("1001 参数错误", "1001", "参数错误"),
            ("400 Bad Request", "400", "Bad Request"),
            ("Name (1199): text", "Name(1199)", "text"),
            ("Invalid token (1199)", "1199", "Invalid token"),
            ("[1001] failed", "1001", "failed"),
            (
                "E001: Authentication failed",
                "E001",
                "Authentication failed",
            ),
            ("Error code 1001: failed", "1001", "failed"),
            ("错误码：1001 失败", "1001", "失败"),
            ("NO_FACE_FOUND - no face", "NO_FACE_FOUND", "no face"),
            ("-32700 Parse error", "-32700", "Parse error"),
        ] {
            assert_eq!(read(text), Some(Entry::new(cell, message)), "{text}");
        }
        for text in [
            "Install the package",
            "1.2.0 fixed a bug",
            "v12 is out",
            "OK",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
