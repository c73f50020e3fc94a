//! What the cells of one column hold, counted over a sample of the rows.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::super::code::{self, Atom, Reading};
use super::super::document::Table;
use super::language::Letters;
use super::lexicon::Lexicon;

/// Enough rows to know a column by; the cost does not grow with the table.
pub(super) const SAMPLE: usize = 20;

/// After so many bytes it is known what language a column is in.
const ENOUGH_LETTERS: usize = 300;

/// A longer cell is a text.
const LONGEST_CODE: usize = 400;

/// More texts than a column of marks has.
const MANY: usize = 3;

/// The names of fields and types are shorter.
const LONGEST_WORD: usize = 20;

/// The cells of one column, counted by what they look like.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    /// Cells with something in them, wildcards left out.
    pub(super) filled: usize,
    /// Numbers, decimal or hexadecimal, and classes of them.
    pub(super) numbers: usize,
    /// Numbers that are statuses of HTTP, and whether one of them stands there twice.
    pub(super) http: usize,
    pub(super) http_repeats: bool,
    /// How many texts differ, up to three.
    pub(super) distinct: usize,
    /// `NO_FACE_FOUND`, `InvalidParameter.X`.
    pub(super) symbols: usize,
    /// `E100`, `1B`.
    pub(super) mixed: usize,
    /// Single words that may be codes or text.
    pub(super) words: usize,
    /// Those of them that are all capitals: `LOK`.
    pub(super) capitals: usize,
    /// Anything else.
    pub(super) texts: usize,
    /// Texts that tell of a failure.
    pub(super) failures: usize,
    /// Names of fields of an answer: `error_code`, `message`.
    pub(super) fields: usize,
    /// Numbers with a fraction: amounts, versions.
    pub(super) decimals: usize,
    /// Yes or no, in any language.
    pub(super) yes_no: usize,
    /// `string`, `int`, `boolean`.
    pub(super) types: usize,
    /// Do the numbers count the rows: 1, 2, 3, …?
    pub(super) counts_rows: bool,
    /// Characters in all.
    pub(super) chars: usize,
    pub(super) language: Option<&'static str>,
}

impl Profile {
    pub(super) fn new(table: &Table, column: usize) -> Self {
        let mut profile = Profile { counts_rows: table.rows.len() > 2, ..Profile::default() };
        let step = table.rows.len() / SAMPLE + 1;
        let mut letters = Letters::default();
        let mut known: Vec<&str> = Vec::new();
        let mut statuses: Vec<u16> = Vec::new();
        for (index, row) in table.rows.iter().enumerate().step_by(step) {
            if let Some(cell) = row.cells.get(column) {
                profile.count(&cell.text);
                if known.len() < MANY && !known.contains(&cell.text.as_str()) {
                    known.push(&cell.text);
                }
                if let Some(status) = http_status(&cell.text) {
                    profile.http_repeats |= statuses.contains(&status);
                    statuses.push(status);
                }
                if letters.seen() < ENOUGH_LETTERS {
                    letters.add(&cell.text);
                }
                profile.counts_rows = profile.counts_rows && cell.text.parse() == Ok(index + 1);
            }
        }
        profile.language = letters.language();
        profile.distinct = known.len();
        profile
    }

    fn count(&mut self, cell: &str) {
        if cell.len() > LONGEST_CODE {
            self.filled += 1;
            self.texts += 1;
            self.chars += LONGEST_CODE;
            self.failures += usize::from(tells_of_failure(&cell[..cell.floor_char_boundary(LONGEST_CODE)]));
            return;
        }
        // A number says nothing else.
        if cell.len() <= 20 && !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit()) {
            self.filled += 1;
            self.chars += cell.len();
            self.numbers += 1;
            self.http += usize::from(is_http(cell));
            return;
        }
        let reading = code::read(cell);
        if matches!(reading, Reading::Empty | Reading::Wildcard) {
            return;
        }
        self.filled += 1;
        self.chars += cell.len();
        self.count_words(cell);
        match family(&reading) {
            Some(Atom::Dotted) if cell.matches('.').count() == 1 => self.decimals += 1,
            Some(Atom::Number | Atom::Hex | Atom::Class | Atom::Dotted) => {
                self.numbers += 1;
                self.http += usize::from(is_http(cell));
            }
            Some(Atom::Symbol) => self.symbols += 1,
            Some(Atom::Mixed) => self.mixed += 1,
            Some(Atom::Word) => {
                self.words += 1;
                self.capitals += usize::from(cell.len() > 1 && cell.bytes().all(|b| b.is_ascii_uppercase()));
            }
            None => self.texts += 1,
        }
    }

    fn count_words(&mut self, cell: &str) {
        if cell.len() <= LONGEST_WORD {
            let begins_word = cell.starts_with(|c: char| c.is_ascii_alphabetic());
            self.yes_no += usize::from(yes_or_no(cell).is_some());
            self.types += usize::from(if begins_word { is_type(cell) } else { FOREIGN_TYPES.contains(&cell) });
            self.fields += usize::from(begins_word && is_one_of(FIELDS, cell));
        }
        self.failures += usize::from(tells_of_failure(cell));
    }

    /// How many filled cells are codes; words and fractions may be either.
    pub(super) fn codes(&self) -> usize {
        self.numbers + self.symbols + self.mixed + usize::midpoint(self.words, self.decimals)
    }

    /// How many of a hundred filled cells are codes.
    pub(super) fn codes_percent(&self) -> usize {
        self.percent(self.codes())
    }

    /// Is it the same few words again and again?
    pub(super) fn is_repetitive(&self) -> bool {
        self.filled >= 5 && self.distinct < MANY
    }

    pub(super) fn percent(&self, count: usize) -> usize {
        (count * 100).checked_div(self.filled).unwrap_or(0)
    }
}

/// `Some(true)` for yes.
pub(in super::super) fn yes_or_no(cell: &str) -> Option<bool> {
    // `not charged` is the longest.
    if cell.len() > 12 {
        return None;
    }
    let cell = cell.trim();
    let has_capital = cell.bytes().any(|b| matches!(b, b'A'..=b'Z' | 0xD0..=0xD3));
    let lower = if has_capital { Cow::Owned(cell.to_lowercase()) } else { Cow::Borrowed(cell) };
    match &*lower {
        "是" | "yes" | "y" | "true" | "收费" | "计费" | "扣费" | "billed" | "charged" | "да" | "はい" | "有" | "√"
        | "✓" | "✔" | "○" => Some(true),
        "否" | "no" | "n" | "false" | "不收费" | "不计费" | "不扣费" | "免费" | "free" | "not billed"
        | "not charged" | "нет" | "いいえ" | "無" | "×" | "✗" => Some(false),
        _ => None,
    }
}

/// What the fields of requests and answers are called everywhere.
const FIELDS: &[&str] = &[
    "code",
    "msg",
    "message",
    "status",
    "data",
    "error",
    "errors",
    "error_code",
    "error_msg",
    "error_message",
    "errcode",
    "errmsg",
    "errorcode",
    "errormessage",
    "errormsg",
    "err_code",
    "err_msg",
    "request_id",
    "requestid",
    "result",
    "result_code",
    "result_msg",
    "resultcode",
    "resultmessage",
    "ret",
    "retcode",
    "retmsg",
    "return_code",
    "return_msg",
    "success",
    "timestamp",
    "type",
    "id",
    "name",
    "detail",
    "details",
    "description",
    "params",
    "param",
    "sign",
    "nonce",
    "token",
    "trace_id",
    "traceid",
    "sub_code",
    "sub_msg",
    "title",
    "body",
    "payload",
    "url",
    "method",
    "statuscode",
    "status_code",
    "key",
    "value",
    "version",
    "count",
    "total",
    "page",
    "limit",
    "offset",
    "user_id",
    "app_id",
];

/// Words that a message about an error has, and one about anything else seldom.
pub(in super::super) fn tells_of_failure(text: &str) -> bool {
    FAILURE_WORDS.finds_any(text)
}

static FAILURE_WORDS: LazyLock<Lexicon> = LazyLock::new(|| {
    let words = FAILURES.iter().flat_map(|word| [(*word).to_owned(), capitalised(word)]);
    Lexicon::new(words.enumerate().map(|(place, word)| (word, place)))
});

/// At the beginning of a sentence; the lexicon itself does not know the capitals of other letters.
fn capitalised(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect()
}

const FAILURES: &[&str] = &[
    "fail",
    "error",
    "invalid",
    "not found",
    "no such",
    "not permitted",
    "too long",
    "too small",
    "denied",
    "timeout",
    "timed out",
    "expired",
    "exceed",
    "missing",
    "unauthorized",
    "forbidden",
    "unavailable",
    "unsupported",
    "not supported",
    "unknown",
    "illegal",
    "wrong",
    "bad request",
    "cannot",
    "could not",
    "unable",
    "not allowed",
    "not exist",
    "too many",
    "too large",
    "rejected",
    "conflict",
    "incorrect",
    "must be",
    "must not",
    "refused",
    "abort",
    "declined",
    "not valid",
    "失败",
    "错误",
    "无效",
    "不存在",
    "异常",
    "超时",
    "过期",
    "非法",
    "不合法",
    "不正确",
    "未找到",
    "不支持",
    "超过",
    "超出",
    "拒绝",
    "不能",
    "无法",
    "缺少",
    "不足",
    "未授权",
    "无权",
    "不匹配",
    "已存在",
    "限制",
    "失效",
    "为空",
    "不允许",
    "有误",
    "频繁",
    "エラー",
    "失敗",
    "不正",
    "無効",
    "できません",
    "存在しません",
    "見つかりません",
    "超え",
    "ありません",
    "タイムアウト",
    "期限切れ",
    "ошибк",
    "неверн",
    "не найден",
    "недоступ",
    "превыш",
    "истек",
    "отказ",
    "некоррект",
    "запрещ",
    "невозможно",
    "не удалось",
    "отклон",
    "отсутств",
    "недостат",
    "오류",
    "실패",
    "없습니다",
    "잘못",
];

fn family(reading: &Reading) -> Option<Atom> {
    match reading {
        // A code with a blank in it is no atom.
        Reading::Codes(cell) => cell.codes.first().map(|one| code::atom(&one.code).unwrap_or(Atom::Mixed)),
        _ => None,
    }
}

fn is_http(cell: &str) -> bool {
    http_status(cell).is_some()
}

/// A status of HTTP that is registered, or in wide use without.
fn http_status(cell: &str) -> Option<u16> {
    let status: u16 = cell.parse().ok().filter(|_| cell.len() == 3)?;
    let is_known = matches!(
        status,
        100..=103
            | 200..=208
            | 226
            | 300..=308
            | 400..=426
            | 428..=431
            | 440
            | 444
            | 449..=451
            | 460
            | 463
            | 494..=499
            | 500..=511
            | 520..=530
            | 598
            | 599
    );
    is_known.then_some(status)
}

/// Is it one of these words, in any case?
fn is_one_of(words: &[&str], text: &str) -> bool {
    !text.contains(' ') && words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

const FOREIGN_TYPES: &[&str] = &["字符串", "整型", "整数", "数组", "对象", "布尔"];

fn is_type(cell: &str) -> bool {
    const TYPES: &[&str] = &[
        "string",
        "str",
        "int",
        "integer",
        "long",
        "bool",
        "boolean",
        "float",
        "double",
        "number",
        "object",
        "array",
        "list",
        "map",
        "json",
        "date",
        "datetime",
        "timestamp",
        "file",
        "text",
        "int32",
        "int64",
        "uint",
        "uint32",
        "uint64",
        "u8",
        "u16",
        "u32",
        "u64",
        "i32",
        "i64",
        "bytes",
        "char",
        "varchar",
        "enum",
        "void",
        "any",
    ];
    let word = cell.split(['(', '<', '[', ' ']).next().unwrap_or(cell);
    is_one_of(TYPES, word)
}
