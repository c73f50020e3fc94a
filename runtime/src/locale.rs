//! Languages: parsing of BCP 47 tags into one integer, and the choice of the best available
//! language.

use core::fmt;
use core::str::FromStr;

/// A language with an optional script and region: `en`, `zh-CN`, `zh-Hant-TW`.
///
/// It is a single integer, cheap to copy and usable in constants. Variants, extensions and private
/// use subtags of a BCP 47 tag are ignored, since no message of a registry depends on them.
///
/// ```
/// use errbook::Locale;
///
/// let taiwan: Locale = "zh-TW".parse()?;
/// assert_eq!(taiwan, Locale::ZH_TW);
/// assert_eq!(taiwan.to_string(), "zh-TW");
/// # Ok::<(), errbook::ParseLocaleError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale(u64);

// The integer is `language << 31 | script << 11 | region`; see `pack_letters` for each part. A
// region is two letters in base 27 (below 729) or `REGION_DIGITS` plus three digits (below 2,000),
// which takes 11 bits. A script is four letters of 5 bits. 0 means that a part is missing.
const REGION_BITS: u32 = 11;
const SCRIPT_BITS: u32 = 20;

macro_rules! constants {
    ($($(#[$doc:meta])* $name:ident = $tag:literal;)*) => {
        impl Locale {
            $($(#[$doc])* pub const $name: Self = match Self::parse($tag) {
                Ok(locale) => locale,
                Err(_) => panic!("the tag of the constant is well-formed"),
            };)*
        }
    };
}

constants! {
    /// German.
    DE = "de";
    /// English.
    EN = "en";
    /// Spanish.
    ES = "es";
    /// French.
    FR = "fr";
    /// Japanese.
    JA = "ja";
    /// Korean.
    KO = "ko";
    /// Portuguese as in Brazil.
    PT_BR = "pt-BR";
    /// Russian.
    RU = "ru";
    /// Vietnamese.
    VI = "vi";
    /// Chinese, in Simplified characters, which most of its readers use.
    ZH = "zh";
    /// Chinese as in mainland China, in Simplified characters.
    ZH_CN = "zh-CN";
    /// Chinese as in Hong Kong, in Traditional characters.
    ZH_HK = "zh-HK";
    /// Chinese as in Taiwan, in Traditional characters.
    ZH_TW = "zh-TW";
}

impl Locale {
    /// Parses a BCP 47 tag, or the name of a locale as in `LANG`. `_` is accepted instead of `-`, and
    /// case is ignored.
    ///
    /// # Errors
    ///
    /// Returns an error if the tag does not begin with a language of two or three letters, or if
    /// what follows is not a script, a region or another subtag in its place.
    ///
    /// ```
    /// use errbook::Locale;
    ///
    /// assert_eq!(Locale::parse("ZH_hant_tw")?.to_string(), "zh-Hant-TW");
    /// assert_eq!(Locale::parse("zh_TW.UTF-8")?, Locale::ZH_TW);
    /// assert!(Locale::parse("chinese").is_err());
    /// assert!(Locale::parse("en-US-GB").is_err());
    /// # Ok::<(), errbook::ParseLocaleError>(())
    /// ```
    pub const fn parse(tag: &str) -> Result<Self, ParseLocaleError> {
        let tag = tag.as_bytes();
        let len = posix_end(tag);
        let mut end = 0;
        let mut language = 0;
        let mut script = 0;
        let mut region = 0;
        let mut part = 0;
        while end <= len {
            let start = end;
            while end < len && tag[end] != b'-' && tag[end] != b'_' {
                end += 1;
            }
            let letters = pack_letters(tag, start, end);
            let digits = parse_digits(tag, start, end);
            match (part, end - start) {
                (0, 2 | 3) if letters > 0 => language = letters,
                (0, _) | (_, 0 | 9..) => return Err(ParseLocaleError(())),
                _ if !is_alphanumeric(tag, start, end) => return Err(ParseLocaleError(())),
                // What follows a single letter is an extension or private use.
                (_, 1) => break,
                (_, 4) if letters > 0 && script == 0 && region == 0 => script = letters,
                (_, 2) if letters > 0 && region == 0 => region = letters,
                (_, 3) if digits < 1000 && region == 0 => region = REGION_DIGITS + digits,
                // An extended language, such as `yue` in `zh-yue`.
                (1..=3, 3) if letters > 0 && script == 0 && region == 0 => {}
                // A variant.
                (_, 5..=8) => {}
                (_, 4) if tag[start].is_ascii_digit() => {}
                _ => return Err(ParseLocaleError(())),
            }
            part += 1;
            end += 1;
        }
        Ok(Self(
            language << (SCRIPT_BITS + REGION_BITS) | script << REGION_BITS | region,
        ))
    }

    /// Creates a locale from separate subtags. Script and region may be empty.
    #[cfg(any(feature = "icu", feature = "unic-langid"))]
    pub(crate) fn from_subtags(
        language: &str,
        script: &str,
        region: &str,
    ) -> Result<Self, ParseLocaleError> {
        let language = Self::parse(language)?;
        let pack = |subtag: &str| pack_letters(subtag.as_bytes(), 0, subtag.len());
        let script = if script.len() == 4 { pack(script) } else { 0 };
        let region = match (
            region.len(),
            parse_digits(region.as_bytes(), 0, region.len()),
        ) {
            (2, _) => pack(region),
            (3, digits @ ..1000) => REGION_DIGITS + digits,
            _ => 0,
        };
        Ok(Self(
            language.language() << (SCRIPT_BITS + REGION_BITS) | script << REGION_BITS | region,
        ))
    }

    const fn language(self) -> u64 {
        self.0 >> (SCRIPT_BITS + REGION_BITS)
    }

    const fn region(self) -> u64 {
        self.0 & ((1 << REGION_BITS) - 1)
    }

    /// The script of the tag, or the one that most readers of the language in that region use.
    ///
    /// The default is given only for languages of which different readers use different scripts; it
    /// is 0 for all others.
    const fn likely_script(self) -> u64 {
        const ZH: u64 = Locale::ZH.language();
        const TW: u64 = Locale::ZH_TW.region();
        const HK: u64 = Locale::ZH_HK.region();
        const MO: u64 = pack_letters(b"mo", 0, 2);
        const HANS: u64 = pack_letters(b"hans", 0, 4);
        const HANT: u64 = pack_letters(b"hant", 0, 4);
        const SR: u64 = pack_letters(b"sr", 0, 2);
        const CYRL: u64 = pack_letters(b"cyrl", 0, 4);
        let named = self.0 >> REGION_BITS & ((1 << SCRIPT_BITS) - 1);
        let region = self.region();
        match self.language() {
            _ if named > 0 => named,
            ZH if region == TW || region == HK || region == MO => HANT,
            ZH => HANS,
            SR => CYRL,
            _ => 0,
        }
    }

    /// How well a message in the language `available` fits a reader who asked for `self`:
    ///
    /// - 5: the same tag
    /// - 4: the same language, script and region, written differently (`zh-TW` and `zh-Hant-TW`)
    /// - 3: the same language and script, without a region
    /// - 2: the same language and script, in another region
    /// - 1: the same language in another script
    /// - 0: another language
    #[inline]
    pub(crate) const fn fit(self, available: Self) -> u8 {
        if self.0 == available.0 {
            5
        } else if self.language() != available.language() {
            0
        } else if self.likely_script() != available.likely_script() {
            1
        } else if self.region() == available.region() {
            4
        } else if available.region() == 0 {
            3
        } else {
            2
        }
    }

    /// The position in `available` of the language that fits best: the same tag, otherwise the same
    /// language in the same script, otherwise the same language. `None` if the language is not
    /// available.
    ///
    /// ```
    /// use errbook::Locale;
    ///
    /// let available = [Locale::EN, Locale::ZH_CN, Locale::ZH_TW];
    /// assert_eq!(Locale::ZH_HK.best_of(&available), Some(2));
    /// assert_eq!(Locale::ZH.best_of(&available), Some(1));
    /// assert_eq!(Locale::RU.best_of(&available), None);
    /// ```
    #[must_use]
    pub const fn best_of(self, available: &[Self]) -> Option<usize> {
        let mut best = None;
        let mut best_fit = 0;
        let mut at = 0;
        while at < available.len() {
            let fit = self.fit(available[at]);
            if fit > best_fit {
                best = Some(at);
                best_fit = fit;
            }
            at += 1;
        }
        best
    }
}

/// Where the encoding begins in the name of a locale of POSIX, such as `de_DE.UTF-8@euro`.
const fn posix_end(tag: &[u8]) -> usize {
    let mut end = 0;
    while end < tag.len() && tag[end] != b'.' && tag[end] != b'@' {
        end += 1;
    }
    end
}

const fn is_alphanumeric(tag: &[u8], start: usize, end: usize) -> bool {
    let mut at = start;
    while at < end {
        if !tag[at].is_ascii_alphanumeric() {
            return false;
        }
        at += 1;
    }
    true
}

/// Where regions of three digits (`419`) begin: above all regions of two letters.
const REGION_DIGITS: u64 = 1000;

/// Packs up to four letters, ignoring case: two in base 27, otherwise 5 bits each, `a` being 1. 0
/// if there are more, or if any character is not a letter.
const fn pack_letters(tag: &[u8], start: usize, end: usize) -> u64 {
    let mut at = start;
    let mut packed = 0;
    while at < end {
        if !tag[at].is_ascii_alphabetic() || end - start > 4 {
            return 0;
        }
        // Base 27 keeps two letters below 729, so that a region fits into `REGION_BITS`.
        packed = packed * if end - start == 2 { 27 } else { 32 }
            + (tag[at].to_ascii_lowercase() - b'a' + 1) as u64;
        at += 1;
    }
    packed
}

/// Parses three digits; 1000 if there is anything else.
const fn parse_digits(tag: &[u8], start: usize, end: usize) -> u64 {
    let mut at = start;
    let mut number = 0;
    while at < end {
        if !tag[at].is_ascii_digit() || end - start != 3 {
            return 1000;
        }
        number = number * 10 + (tag[at] - b'0') as u64;
        at += 1;
    }
    number
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let script = self.0 >> REGION_BITS & ((1 << SCRIPT_BITS) - 1);
        write_letters(f, self.language(), b'a')?;
        if script > 0 {
            f.write_str("-")?;
            let shift = 15;
            write_letters(f, script >> shift, b'A')?;
            write_letters(f, script & ((1 << shift) - 1), b'a')?;
        }
        match self.region() {
            0 => Ok(()),
            region @ ..REGION_DIGITS => {
                f.write_str("-")?;
                write_letters(f, region, b'A')
            }
            region => write!(f, "-{:03}", region - REGION_DIGITS),
        }
    }
}

/// Writes what `pack_letters` packed: one letter, two in base 27, or three in base 32.
fn write_letters(f: &mut fmt::Formatter<'_>, packed: u64, a: u8) -> fmt::Result {
    let base = if packed < 27 * 27 { 27 } else { 32 };
    let letters = [packed / base / base, packed / base % base, packed % base];
    let letters = letters.into_iter().skip_while(|&letter| letter == 0);
    letters.into_iter().try_for_each(|letter| {
        let offset = u8::try_from(letter).unwrap_or_default().saturating_sub(1);
        fmt::Write::write_char(f, char::from(a + offset))
    })
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Locale({self})")
    }
}

impl FromStr for Locale {
    type Err = ParseLocaleError;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::parse(tag)
    }
}

/// The string is not a language tag: a language of two or three letters, and subtags such as a
/// region.
///
/// ```
/// let error = errbook::Locale::parse("").unwrap_err();
/// let message = "not a language tag, such as `en`, `zh-CN` or `zh-Hant-TW`";
/// assert_eq!(error.to_string(), message);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseLocaleError(());

impl fmt::Display for ParseLocaleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a language tag, such as `en`, `zh-CN` or `zh-Hant-TW`")
    }
}

impl core::error::Error for ParseLocaleError {}
