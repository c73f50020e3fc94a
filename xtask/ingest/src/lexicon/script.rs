//! Scripts, as far as words are looked up by them.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Script {
    Latin,
    /// Ideographs, kana and Thai: words follow each other without spaces.
    Ideographic,
    Cyrillic,
    Hangul,
    Arabic,
    Devanagari,
    /// Letters of another script with spaces.
    Letters,
    /// Not a letter.
    #[default]
    Other,
}

pub(super) fn script(c: char) -> Script {
    // Most that are asked about.
    if matches!(c, '\u{4E00}'..='\u{9FFF}') {
        return Script::Ideographic;
    }
    match c {
        // The middle dot parts words of kana; letters of full width and kana of half width are folded first.
        '×' | '÷' | '・' | '\u{0300}'..='\u{036F}' | '\u{FF00}'..='\u{FFEF}' => Script::Other,
        'a'..='z'
        | 'A'..='Z'
        | '0'..='9'
        | 'º'
        | 'ª'
        | '\u{00C0}'..='\u{024F}'
        | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
        '\u{0400}'..='\u{052F}' => Script::Cyrillic,
        '\u{0620}'..='\u{065F}' | '\u{0670}'..='\u{06D3}' => Script::Arabic,
        '\u{0900}'..='\u{0963}' => Script::Devanagari,
        '\u{0E01}'..='\u{0E5B}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Script::Ideographic,
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' => Script::Hangul,
        _ if c.is_alphabetic() => Script::Letters,
        _ => Script::Other,
    }
}
