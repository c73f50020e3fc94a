//! Cells that stand for no code, or for all the others.

/// Is it empty, or a dash that says so? No blanks stand around it.
pub(super) fn is_nothing(text: &str) -> bool {
    let is_word = || {
        text.len() <= 6
            && NOTHING
                .iter()
                .any(|nothing| nothing.eq_ignore_ascii_case(text))
    };
    text.chars()
        .all(|c| matches!(c, '-' | '—' | '–' | '―' | '－' | '/' | '…' | '.'))
        || is_word()
}

/// Does it stand for all the codes that have no row? No blanks stand around it.
pub(super) fn is_wildcard(text: &str) -> bool {
    let text = text.trim_end_matches(['.', '。', ':', '：']);
    if text.len() > LONGEST {
        return false;
    }
    // All of it is looked at, so that many bytes are at once.
    let has_digit = text
        .bytes()
        .fold(false, |known, b| known | b.is_ascii_digit());
    if text.is_ascii() {
        return if has_digit {
            is_open(text)
                || text.starts_with(['>', '<', '!', 'n', 'N'])
                    && is_comparison(&text.to_ascii_lowercase())
        } else {
            // So begin those of ASCII.
            let may_be = matches!(
                text.as_bytes(),
                [
                    b'*' | b'a' | b'd' | b'e' | b'o' | b'A' | b'D' | b'E' | b'O',
                    ..
                ]
            );
            may_be
                && text.len() <= 20
                && WILDCARDS
                    .iter()
                    .any(|wildcard| wildcard.eq_ignore_ascii_case(text))
        };
    }
    if !has_digit && !text.chars().next().is_some_and(may_begin_wildcard) {
        return false;
    }
    if has_digit {
        is_comparison(text)
    } else {
        WILDCARDS.contains(&text.to_lowercase().as_str())
    }
}

/// `10+`: all from there on.
fn is_open(text: &str) -> bool {
    text.strip_suffix('+')
        .is_some_and(|from| from.bytes().all(|b| b.is_ascii_digit()))
}

/// In bytes; the longest are comparisons of 24 letters.
const LONGEST: usize = 96;

/// May one of the words below begin with this letter, which is not ASCII?
fn may_begin_wildcard(first: char) -> bool {
    matches!(
        first,
        '其' | '默' | '自' | 'そ' | '上' | 'Д' | 'д' | 'И' | 'и' | 'О' | 'о' | 'П' | 'п'
    )
}

/// `错误码大于等于0`, `>= 500`, `非0`, `除0以外`: whatever a comparison holds for.
fn is_comparison(text: &str) -> bool {
    if text.chars().count() > 24 {
        return false;
    }
    let begins = [">", "<", "≥", "≤", "!=", "≠", "非", "除", "不等于", "not "]
        .iter()
        .any(|mark| text.starts_with(mark));
    let holds = [
        "大于",
        "小于",
        "不为",
        "不是",
        "以外",
        "之外",
        "以上の",
        "以外の",
    ]
    .iter()
    .any(|mark| text.contains(mark));
    // `400～` has no end.
    let is_open = ["～", "〜", "以上", "以降"]
        .iter()
        .any(|mark| text.ends_with(mark));
    // `<key>` is a parameter.
    (begins && !text.contains('>') || text.starts_with('>') || holds || is_open)
        && !text.starts_with("<!")
}

const NOTHING: &[&str] = &["n/a", "na", "无", "なし", "нет"];

const WILDCARDS: &[&str] = &[
    "*",
    "any",
    "custom",
    "自定义",
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
