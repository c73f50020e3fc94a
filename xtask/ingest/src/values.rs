//! A cell with a fixed set of meanings in, its meaning out: yes or no, billed or free, how serious.

use crate::code;
use crate::extraction::Severity;
use crate::lexicon::{Concept, cell as meaning, concepts, phrase};

/// Whether a cell says that the call is billed; `None` if it says neither. A yes or no is the answer
/// to what the header asks: see `asks_if_free`.
pub(crate) fn billing(asks_if_free: impl FnOnce() -> Option<bool>, cell: &str) -> Option<bool> {
    let meaning = meaning(cell);
    let is_billed = meaning.is_billed()?;
    if !meaning.has_any(&[Concept::Yes, Concept::No]) {
        return Some(is_billed);
    }
    Some(is_billed != asks_if_free()?)
}

/// Whether a header asks if the call is free, and not if it is billed. `None` unless every word of
/// it is known: `Charge refunded: no` and `Charged (EU): no` do not say that the call is free.
pub(crate) fn asks_if_free(header: &str) -> Option<bool> {
    let said = [Concept::Billing, Concept::Billed, Concept::Free];
    if !asks_only(header, &said, Concept::Free) {
        return None;
    }
    let asked = concepts(header);
    let is_free = asked.contains(Concept::Free);
    // `Free or charged`: which of the two?
    (!is_free || !asked.contains(Concept::Billed)).then_some(is_free)
}

/// Whether a cell under this header says that a caller may send the request again. `is_decided`: a
/// maintainer gave the column its role.
pub(crate) fn retry(header: &str, is_decided: bool, cell: &str) -> Option<bool> {
    // `yes (at least 60 s)`.
    let remark = cell.split_once(['(', '（']);
    let remark = remark.filter(|(_, remark)| remark.ends_with([')', '）']));
    let meaning = meaning(remark.map_or(cell, |(answer, _)| answer.trim_end()));
    if meaning.contains(Concept::Retryable) {
        Some(true)
    } else if meaning.contains(Concept::NotRetryable) {
        Some(false)
    } else {
        let by_role = || (is_decided && denies_nothing(header)).then_some(true);
        Some(meaning.is_yes()? == asks_if_useful(header).or_else(by_role)?)
    }
}

/// What a yes under a header or a label says: whether the call is free, and whether the caller may
/// send the request again; `None` for what it does not ask, or not in known words.
pub(crate) fn question(header: &str) -> (Option<bool>, Option<bool>) {
    (asks_if_free(header), asks_if_useful(header))
}

/// Whether a header asks if a request may be sent again, and not if that is useless. `None` unless
/// every word of it is known: `Do not retry: yes` and `Retry exhausted: yes` do not say so.
fn asks_if_useful(header: &str) -> Option<bool> {
    let said = [
        Concept::Retry,
        Concept::Permanent,
        Concept::Error,
        Concept::Code,
    ];
    let mut asked = header.to_owned();
    for word in POSSIBLE_PARTS {
        asked = asked.replace(word, "");
    }
    let words = asked.split_whitespace();
    let words = words.filter(|word| !POSSIBLE_WORDS.contains(&word.to_lowercase().as_str()));
    let asked = words.collect::<Vec<_>>().join(" ");
    asks_only(&asked, &said, Concept::Permanent).then(|| !asks_if_useless(header))
}

/// Whether a header that is about other things than retrying (`Safe to resend`) denies nothing, so
/// that a yes below it says what the role says that a maintainer gave the column.
fn denies_nothing(header: &str) -> bool {
    !concepts(header).has_any(&[Concept::Retry, Concept::Permanent])
        && !header.split_whitespace().any(is_denial)
}

/// Words that ask whether a caller may do something: `Can retry`, `Retry allowed`.
const POSSIBLE_WORDS: [&str; 8] = [
    "allowed", "allows", "be", "can", "could", "may", "possible", "should",
];

/// Such words in scripts without spaces.
const POSSIBLE_PARTS: [&str; 8] = ["可以", "能否", "可否", "允许", "支持", "可能", "可", "가능"];

/// How serious a cell under this header says that a code is.
pub(crate) fn severity(header: &str, cell: &str) -> Option<Severity> {
    let meaning = meaning(cell);
    if meaning.contains(Concept::SeverityError) {
        Some(Severity::Error)
    } else if meaning.contains(Concept::SeverityWarning) {
        Some(Severity::Warning)
    } else if meaning.contains(Concept::SeverityInfo) {
        Some(Severity::Info)
    } else if meaning.contains(Concept::Yes)
        && asks_if_useless(header)
        && asks_only(
            header,
            &[Concept::Severity, Concept::Permanent, Concept::Error],
            Concept::Permanent,
        )
    {
        // `Fatal: yes`; what is not fatal may be an error or not.
        Some(Severity::Error)
    } else {
        None
    }
}

/// Whether these are the words for a code that the vendor no longer uses.
pub(crate) fn is_withdrawn(words: &str) -> bool {
    // `已废弃。`, `deprecated since 2.1`, `removed in v3`.
    let words = words
        .trim()
        .trim_end_matches(['.', '。', '!', '！'])
        .trim_end();
    if meaning(words).contains(Concept::Withdrawn) {
        return true;
    }
    let is_dated = |at: usize| {
        let rest = &words[at + 1..];
        let when = BEFORE_DATES.iter().find_map(|mark| rest.strip_prefix(mark));
        when.is_some_and(|when| when.split_whitespace().nth(3).is_none())
            && meaning(&words[..at]).contains(Concept::Withdrawn)
    };
    memchr::memchr_iter(b' ', words.as_bytes()).any(is_dated)
}

/// What comes before a date or a version.
const BEFORE_DATES: [&str; 8] = [
    "since ", "in ", "as of ", "from ", "seit ", "desde ", "depuis ", "с ",
];

fn asks_if_useless(header: &str) -> bool {
    concepts(header).contains(Concept::Permanent)
}

/// Whether a header has no words but those that say one of these, and those of a question. A denial
/// in it must be part of a word for the opposite: `Not charged` is one for `free`.
fn asks_only(header: &str, said: &[Concept], opposite: Concept) -> bool {
    let mut asked = header.trim();
    // `Charged*`: the note may say when.
    if asked.ends_with(|c: char| c == '*' || code::is_note_mark(c)) {
        return false;
    }
    // `Charged (Y/N)`.
    if let Some((before, answers)) = asked.split_once(['(', '（']) {
        let answers = answers.trim_end_matches(['?', '？', ')', '）']);
        let mut answers = answers.split(['/', '／', '|', ',']);
        if answers.all(|answer| meaning(answer).is_yes().is_some()) {
            asked = before;
        }
    }
    let mut asked = asked.to_owned();
    for word in QUESTION_PARTS {
        asked = asked.replace(word, "");
    }
    let words = asked.split_whitespace();
    let words = words.map(|word| word.trim_matches(['?', '？', '¿', '؟']));
    let words: Vec<&str> = words
        .filter(|word| !QUESTION_WORDS.contains(&word.to_lowercase().as_str()))
        .collect();
    let asked = phrase(&words.join(" "));
    let denials = words.iter().copied().any(is_denial);
    asked.unknown() == 0
        && asked.words().all(|(_, concepts)| concepts.has_any(said))
        // A denial beside the opposite is of something else.
        && (!denials || asked.concepts().contains(opposite))
}

fn is_denial(word: &str) -> bool {
    meaning(word).contains(Concept::No) || concepts(word).contains(Concept::Not)
}

/// What makes a question of a phrase in scripts without spaces.
const QUESTION_PARTS: [&str; 4] = ["是否", "の有無", "有無", "여부"];

/// Words that make a question of a phrase.
const QUESTION_WORDS: [&str; 14] = [
    "is",
    "was",
    "ob",
    "czy",
    "чи",
    "ли",
    "mi",
    "mı",
    "mu",
    "mü",
    "क्या",
    "هل",
    "apakah",
    "est-ce",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn billing(header: &str, cell: &str) -> Option<bool> {
        super::billing(|| asks_if_free(header), cell)
    }

    fn retry(header: &str, cell: &str) -> Option<bool> {
        super::retry(header, false, cell)
    }

    #[test]
    fn a_header_that_asks_for_the_opposite_inverts_the_answer() {
        assert_eq!(billing("Charged", "No"), Some(false));
        assert_eq!(billing("Free", "No"), Some(true));
        assert_eq!(billing("是否免费", "是"), Some(false));
        assert_eq!(billing("是否收费", "是"), Some(true));
        assert_eq!(billing("不收费", "是"), Some(false));
        assert_eq!(billing("Not charged", "yes"), Some(false));
        assert_eq!(billing("Free or charged", "no"), None);
        assert_eq!(billing("Free or charged", "free"), Some(false));
        assert_eq!(retry("Permanent", "yes"), Some(false));
        assert_eq!(retry("重试", "逐次延长间隔重试（至少 60 秒）"), Some(true));
        assert_eq!(retry("Retry", "no (see below)"), Some(false));
        assert_eq!(retry("Retry", "(yes)"), None);
        assert_eq!(severity("Fatal", "yes"), Some(Severity::Error));
        assert_eq!(severity("Fatal", "no"), None);
    }

    #[test]
    fn a_yes_under_a_header_of_other_words_says_what_a_maintainer_decided() {
        assert_eq!(retry("Safe to resend", "yes"), None);
        for (header, yes) in [
            ("Safe to resend", Some(true)),
            ("Resend", Some(true)),
            ("Permanent", Some(false)),
            ("Do not resend", None),
            ("Not safe to resend", None),
            ("Retry exhausted", None),
        ] {
            assert_eq!(super::retry(header, true, "yes"), yes, "{header}");
            let no = yes.map(|yes| !yes);
            assert_eq!(super::retry(header, true, "no"), no, "{header}");
        }
    }

    /// `Charge refunded: no` is billed, if anything; no caller may be told that it is free.
    #[test]
    fn yes_and_no_count_only_under_a_header_that_is_understood() {
        for header in [
            "Non-billable",
            "Charge refunded",
            "Charge reversed?",
            "Exempt from billing",
            "Charged on retry",
            "Charged twice",
            "Charged (EU)",
            "Sender charged",
            "Not yet charged",
            "免计费",
            "停止计费",
            "是否重复扣费",
            "扣费是否退回",
            "免收費",
            "無課金",
            "과금 제외",
            "Sem cobrança",
            "Isento de cobrança",
            "Hors facturation",
            "Senza addebito",
            "Miễn tính phí",
            "Tidak penagihan",
            "Без тарификации",
        ] {
            for cell in ["No", "否", "×"] {
                assert_ne!(billing(header, cell), Some(false), "{header}: {cell}");
            }
            for cell in ["yes", "是", "✓"] {
                assert_ne!(billing(header, cell), Some(false), "{header}: {cell}");
            }
        }
        for header in [
            "Charged",
            "Charged?",
            "Is it charged?",
            "Charged (Y/N)",
            "billed",
            "Billing",
            "是否收费",
            "是否计费（是/否）",
            "課金の有無",
            "과금 여부",
            "Se cobra",
            "¿Es facturable?",
            "Cobrado",
            "Facturé",
            "Wird berechnet?",
            "Addebitato",
            "Ücretli mi?",
            "Có tính phí",
            "Czy płatne",
            "Apakah ditagih",
            "Тарифицируется ли",
            "Чи тарифікується",
        ] {
            assert_eq!(billing(header, "no"), Some(false), "{header}");
            assert_eq!(billing(header, "yes"), Some(true), "{header}");
        }
    }

    /// `Do not retry: yes` must not make a program repeat a payment.
    #[test]
    fn a_caller_may_try_again_only_under_a_header_that_is_understood() {
        for header in [
            "Do not retry",
            "No retry",
            "Retry forbidden",
            "Retry exhausted",
            "Retried",
            "Retry*",
            "禁止重试",
            "不可重试",
            "不重试",
            "已重试",
            "Ne pas réessayer",
            "Nicht wiederholen",
            "Не повторять",
            "再試行不可",
        ] {
            for cell in ["Yes", "是", "✓"] {
                assert_ne!(retry(header, cell), Some(true), "{header}: {cell}");
            }
        }
        for header in [
            "Retry",
            "Retry?",
            "Retryable",
            "Retryable (Y/N)",
            "Allows retry",
            "Can retry",
            "Retry allowed",
            "Should retry",
            "Is it retryable?",
            "Transient",
            "Recoverable",
            "重试",
            "是否重试",
            "可重试",
            "是否可重试",
            "能否重试",
            "是否可以重试",
            "是否允许重试",
            "Réessayable",
            "Wiederholbar",
            "Reintentable",
            "リトライ可否",
            "재시도",
            "재시도 여부",
            "Повтор",
        ] {
            assert_eq!(retry(header, "yes"), Some(true), "{header}");
            assert_eq!(retry(header, "no"), Some(false), "{header}");
        }
        for header in ["Permanent", "Not retryable", "Permanent error", "Endgültig"] {
            assert_eq!(retry(header, "yes"), Some(false), "{header}");
        }
    }

    #[test]
    fn a_word_that_may_say_nothing_is_not_free() {
        for cell in [
            "无",
            "無",
            "無し",
            "なし",
            "없음",
            "미청구",
            "unbilled",
            "none",
            "n/a",
            "keine",
            "aucun",
            "ninguno",
            "nessuno",
            "brak",
            "yok",
            "không có",
            "tidak ada",
            "немає",
            "0",
            "-",
        ] {
            for header in ["Charged", "是否收费", "課金", "과금"] {
                assert_eq!(billing(header, cell), None, "{header}: {cell}");
            }
        }
    }

    #[test]
    fn a_remark_of_withdrawal_may_have_a_date() {
        for words in [
            "deprecated",
            "已废弃。",
            "deprecated since 2.1",
            "removed in v3",
        ] {
            assert!(is_withdrawn(words), "{words}");
        }
        for words in [
            "deprecated field name",
            "working since 2.1",
            "removed in the next call but one",
        ] {
            assert!(!is_withdrawn(words), "{words}");
        }
    }

    #[test]
    fn only_whole_cells_have_a_meaning() {
        for cell in ["no charge yet", "free?", "not", "yes, once", ""] {
            assert_eq!(billing("Charged", cell), None, "{cell}");
        }
    }
}
