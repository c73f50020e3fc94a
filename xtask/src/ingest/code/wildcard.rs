//! Cells that stand for no code, or for all the others.

/// Is it empty, or a dash that says so?
pub(super) fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || text.chars().all(|c| matches!(c, '-' | '—' | '–' | '―' | '－' | '/' | '…' | '.'))
        || NOTHING.contains(&text.to_ascii_lowercase().as_str())
}

/// Does it stand for all the codes that have no row?
pub(super) fn is_wildcard(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', '。', ':', '：']).to_lowercase();
    WILDCARDS.contains(&text.as_str()) || is_comparison(&text)
}

/// `错误码大于等于0`, `>= 500`, `非0`, `除0以外`: whatever a comparison holds for.
fn is_comparison(text: &str) -> bool {
    if text.chars().count() > 24 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let begins =
        [">", "<", "≥", "≤", "!=", "≠", "非", "除", "不等于", "not "].iter().any(|mark| text.starts_with(mark));
    let holds =
        ["大于", "小于", "不为", "不是", "以外", "之外", "以上の", "以外の"].iter().any(|mark| text.contains(mark));
    // `<key>` is a parameter.
    (begins && !text.contains('>') || text.starts_with('>') || holds) && !text.starts_with("<!")
}

const NOTHING: &[&str] = &["n/a", "na", "无", "なし", "нет"];

const WILDCARDS: &[&str] = &[
    "*",
    "any",
    "any other",
    "any other code",
    "all other",
    "all others",
    "all other codes",
    "anything else",
    "default",
    "else",
    "etc",
    "everything else",
    "other",
    "other code",
    "other codes",
    "other error",
    "other errors",
    "other values",
    "others",
    "其他",
    "其它",
    "其余",
    "其他值",
    "其它值",
    "其他错误",
    "其它错误",
    "其他错误码",
    "其它错误码",
    "其他码",
    "其他情况",
    "默认",
    "その他",
    "それ以外",
    "上記以外",
    "другие",
    "другое",
    "другой",
    "иное",
    "иные",
    "остальные",
    "остальное",
    "прочее",
    "прочие",
];
