//! Words that a message about an error has, and one about anything else seldom.

use std::sync::LazyLock;

use crate::classify::lexicon::Lexicon;
use crate::classify::words::traditional;

/// Does a text hold one of the words below?
pub(crate) fn tells_of_failure(text: &str) -> bool {
    FAILURE_WORDS.finds_any(text)
}

/// Does a name hold one of them: `E_NOT_FOUND`?
pub(crate) fn name_tells_of_failure(name: &str) -> bool {
    tells_of_failure(&name.replace('_', " "))
}

static FAILURE_WORDS: LazyLock<Lexicon> = LazyLock::new(|| {
    let written = |word: &&str| {
        [
            Some((*word).to_owned()),
            Some(capitalised(word)),
            traditional(word),
        ]
    };
    let words = FAILURES.iter().flat_map(written).flatten();
    Lexicon::new(words.enumerate().map(|(place, word)| (word, place)))
});

/// At the beginning of a sentence; the lexicon itself does not know the capitals of other letters.
fn capitalised(word: &str) -> String {
    let mut rest = word.chars();
    rest.next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(rest)
        .collect()
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
    "not enough",
    "insufficient",
    "duplicate",
    "already exist",
    "overflow",
    "over limit",
    "overlimit",
    "out of range",
    "out of memory",
    "not ready",
    "mismatch",
    "violat",
    "no permission",
    "too short",
    "too big",
    "is disabled",
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
    "未知",
    "冲突",
    "繁忙",
    "未登录",
    "未开通",
    "禁止",
    "溢出",
    "越界",
    "太长",
    "过长",
    "不可用",
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
    "見つからな",
    "正しくな",
    "違反",
    "異常",
    "すぎ",
    "できない",
    "拒否",
    "不明",
    "していません",
    "されていません",
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
    "неправильн",
    "недопустим",
    "недейств",
    "слишком",
    "не поддерж",
    "не существ",
    "нет доступ",
    "не указан",
    "не совпад",
    "오류",
    "실패",
    "없습니다",
    "잘못",
];
