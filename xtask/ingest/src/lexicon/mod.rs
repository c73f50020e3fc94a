//! The words of headers, headings, labels and cells, by language: `lexicon/*.toml`, concept by concept.
//!
//! A word stands for concepts and not for a place: a header, a heading, a caption and a label look
//! up the same words. `错误编号`, `exit code` and `Fehlernummer` are found by their parts, an error
//! or an outcome and a code, so that synonyms are alike without being listed.

mod concept;
mod fold;
mod language;
mod phrase;
mod prose;
mod script;
mod traditional;
mod words;

use std::sync::LazyLock;

pub use concept::{Concept, Concepts};
pub use phrase::Phrase;
pub use words::{Lexicon, LexiconError};

/// The name of each file and its text.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::new(FILES.iter().copied()).expect("tests read each file"));

/// Reads a header, a heading, a caption or a label.
///
/// ```
/// use errbook_ingest::lexicon::{phrase, Concept};
/// let header = phrase("错误码说明");
/// assert!(header.concepts().is_code());
/// assert!(header.head().contains(Concept::Description));
/// ```
#[must_use]
pub fn phrase(text: &str) -> Phrase {
    LEXICON.phrase(text, "en")
}

/// Reads a phrase of a document in `language`, which wins where a word is of several languages.
#[must_use]
pub fn phrase_in(text: &str, language: &str) -> Phrase {
    LEXICON.phrase(text, language)
}

/// The concepts of the words of a phrase.
///
/// ```
/// use errbook_ingest::lexicon::concepts;
/// assert!(concepts("Fehlernummer").is_code());
/// assert!(!concepts("Country code").is_code());
/// ```
#[must_use]
pub fn concepts(text: &str) -> Concepts {
    phrase(text).concepts()
}

/// What a cell says with nothing else in it: `yes`, `不收费`, `string`.
#[must_use]
pub fn cell(text: &str) -> Concepts {
    LEXICON.cell(text)
}

/// Whether a sentence has a word that messages about errors have.
#[must_use]
pub fn tells_of_failure(text: &str) -> bool {
    LEXICON.tells_of_failure(text)
}

#[cfg(test)]
mod tests {
    use super::{Concept, FILES, concepts, phrase, tells_of_failure};

    #[test]
    fn codes_are_named_by_two_parts_in_every_language() {
        for text in [
            "错误码",
            "错误编号",
            "失败代码",
            "返回码",
            "錯誤碼",
            "响应代码",
            "エラーコード",
            "エラー番号",
            "終了コード",
            "오류 코드",
            "에러코드",
            "응답코드",
            "Error code",
            "errorCode",
            "error_code",
            "errno",
            "exit codes",
            "Completion codes",
            "Error identifiers",
            "SQLSTATE",
            "Код ошибки",
            "коды ошибок",
            "Код завершения",
            "Код помилки",
            "Código de error",
            "Codigos de error",
            "Código de retorno",
            "Código do erro",
            "Code d'erreur",
            "Code de retour",
            "Fehlercode",
            "Fehlernummer",
            "Fehler-Code",
            "Codice errore",
            "Hata kodu",
            "Mã lỗi",
            "Kod błędu",
            "Kode kesalahan",
            "رمز الخطأ",
            "त्रुटि कोड",
        ] {
            assert!(concepts(text).is_code(), "{text}: {:?}", phrase(text));
        }
        for text in [
            "Country code",
            "国家代码",
            "Encoder",
            "Currency",
            "Код страны",
            "Opcode",
            "Code",
        ] {
            assert!(!concepts(text).is_code(), "{text}: {:?}", phrase(text));
        }
    }

    #[test]
    fn a_phrase_is_about_its_head() {
        for (text, head) in [
            ("错误码说明", Concept::Description),
            ("Error code", Concept::Code),
            ("Error code description", Concept::Description),
            ("Description of the error code", Concept::Description),
            ("Código de error", Concept::Code),
            ("Descripción del código de error", Concept::Description),
            ("Описание ошибки", Concept::Description),
            ("Code (message)", Concept::Code),
        ] {
            assert!(
                phrase(text).head().contains(head),
                "{text}: {:?}",
                phrase(text)
            );
        }
    }

    #[test]
    fn sentences_tell_of_failures() {
        for text in [
            "the user was not found",
            "InvalidParameter",
            "E_NOT_FOUND",
            "用户不存在",
            "參數錯誤",
        ] {
            assert!(tells_of_failure(text), "{text}");
        }
        for text in ["Success, no error", "OK", "成功"] {
            assert!(!tells_of_failure(text), "{text}");
        }
    }

    #[test]
    fn every_file_is_one_language() {
        assert!(FILES.len() >= 17);
    }
}
