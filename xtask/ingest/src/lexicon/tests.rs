use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use toml::de::DeTable;

use crate::lexicon::concept::Place;
use crate::lexicon::{
    Concept, Concepts, FILES, LEXICON, Lexicon, cell, concepts, phrase, phrase_in, tells_of_failure,
};

/// The words of each file by key.
fn files() -> impl Iterator<Item = (&'static str, BTreeMap<String, Vec<String>>)> {
    FILES.iter().map(|&(name, text)| {
        let table = DeTable::parse(text).expect("a file is TOML");
        let words = |value: &toml::de::DeValue<'_>| -> Vec<String> {
            value.as_array().map_or_else(Vec::new, |words| {
                words
                    .iter()
                    .filter_map(|word| Some(word.get_ref().as_str()?.to_owned()))
                    .collect()
            })
        };
        let keys = table.get_ref().iter();
        let by_key = keys.map(|(key, value)| (key.get_ref().to_string(), words(value.get_ref())));
        (name, by_key.collect())
    })
}

#[test]
fn codes_are_named_by_two_parts_in_every_language() {
    for text in [
        "错误码",
        "错误编号",
        "失败代码",
        "失败码",
        "返回码",
        "錯誤碼",
        "响应代码",
        "结果编码",
        "退出码",
        "故障码",
        "异常编码",
        "回码",
        "错误id",
        "エラーコード",
        "エラー番号",
        "終了コード",
        "エラーNo",
        "エラーID",
        "応答コード",
        "詳細コード",
        "오류 코드",
        "에러코드",
        "응답코드",
        "오류 번호",
        "Error code",
        "errorCode",
        "error_code",
        "errno",
        "Error no.",
        "err no",
        "exit codes",
        "Completion codes",
        "Error identifiers",
        "Error numbers",
        "SQLSTATE",
        "Status code",
        "Reason codes",
        "Bug check code",
        "Stop codes",
        "Hangup causes",
        "Код ошибки",
        "коды ошибок",
        "Код завершения",
        "Номер ошибки",
        "Код помилки",
        "Номер помилки",
        "Código de error",
        "Codigos de error",
        "CÓDIGO DE RETORNO",
        "Número de error",
        "Código do erro",
        "Código de rejeição",
        "Code d'erreur",
        "Codes d’erreur",
        "Code de retour",
        "Numéro d'erreur",
        "Fehlercode",
        "Fehlernummer",
        "Fehler-Code",
        "Störungscode",
        "Statuscodes",
        "Rückgabecode",
        "Codice errore",
        "Codici di errore",
        "Hata kodu",
        "Hata numarası",
        "Sonuç kodları",
        "Mã lỗi",
        "Mã phản hồi",
        "Kod błędu",
        "Kody błędów",
        "Numer błędu",
        "Kode kesalahan",
        "Kode error",
        "Kode respons",
        "رمز الخطأ",
        "رموز الأخطاء",
        "رقم الخطأ",
        "त्रुटि कोड",
        "त्रुटि संख्या",
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
        "Unicode",
        "Postleitzahl",
        "验证码",
        "密码错误",
        "Ländercode",
        "Código de país",
        "Commands",
        "コマンド",
        "Message",
        "Kodierung",
    ] {
        assert!(!concepts(text).is_code(), "{text}: {:?}", phrase(text));
    }
}

/// One row a concept: a word of each language is found to be of it.
#[test]
fn words_of_one_concept_are_alike_in_every_language() {
    let rows: &[(Concept, &[&str])] = &[
        (
            Concept::Error,
            &[
                "错误",
                "エラー",
                "오류",
                "Errors",
                "Ошибки",
                "Помилка",
                "Errores",
                "Erros",
                "Erreurs",
                "Fehler",
                "Errori",
                "Hatalar",
                "Lỗi",
                "Błędy",
                "Kesalahan",
                "الأخطاء",
                "त्रुटियाँ",
            ],
        ),
        (
            Concept::Message,
            &[
                "信息",
                "訊息",
                "メッセージ",
                "메시지",
                "Message",
                "Сообщение",
                "Повідомлення",
                "Mensaje",
                "Mensagem",
                "Libellé",
                "Meldung",
                "Fehlermeldung",
                "Messaggio",
                "Mesaj",
                "Thông báo",
                "Komunikat",
                "Pesan",
                "رسالة",
                "संदेश",
            ],
        ),
        (
            Concept::Description,
            &[
                "说明",
                "含义",
                "説明",
                "意味",
                "설명",
                "Meaning",
                "Описание",
                "Опис",
                "Descripción",
                "Descricao",
                "Signification",
                "Beschreibung",
                "Fehlerbeschreibung",
                "Descrizione",
                "Açıklama",
                "Mô tả",
                "Opis",
                "Deskripsi",
                "الوصف",
                "विवरण",
            ],
        ),
        (
            Concept::Cause,
            &[
                "可能原因",
                "原因",
                "発生原因",
                "원인",
                "Possible causes",
                "Причина",
                "Причини",
                "Causa",
                "Possível causa",
                "Cause possible",
                "Fehlerursache",
                "Ursache",
                "Possibile causa",
                "Olası nedeni",
                "Nguyên nhân",
                "Przyczyna",
                "Penyebab",
                "السبب",
                "कारण",
            ],
        ),
        (
            Concept::Remedy,
            &[
                "处理措施",
                "解决方案",
                "处理建议",
                "對策",
                "対処方法",
                "해결 방법",
                "조치",
                "Remediation",
                "Recovery",
                "Advice",
                "Hint",
                "What to do",
                "Решение",
                "Рішення",
                "Posible solución",
                "Solução",
                "Que faire",
                "Lösung",
                "Abhilfe",
                "Fehlerbehebung",
                "Soluzione",
                "Çözüm",
                "Cách xử lý",
                "Rozwiązanie",
                "Solusi",
                "الحل",
                "समाधान",
            ],
        ),
        (
            Concept::Billing,
            &[
                "是否收费",
                "计费",
                "課金",
                "과금 여부",
                "Billed",
                "Charged",
                "Тарифицируется",
                "Тарифікується",
                "Facturable",
                "Faturado",
                "Facturé",
                "Kostenpflichtig",
                "Fatturabile",
                "Ücretli",
                "Tính phí",
                "Płatne",
                "Berbayar",
                "فوترة",
                "बिलिंग",
            ],
        ),
        (
            Concept::Retry,
            &[
                "是否可重试",
                "リトライ可否",
                "재시도 가능",
                "Retryable",
                "Allows Retry",
                "Reconnect",
                "Повторить",
                "Повторити",
                "Reintento",
                "Retentativa",
                "Réessayer",
                "Wiederholbar",
                "Riprovare",
                "Yeniden denenebilir",
                "Thử lại",
                "Ponowić",
                "Coba lagi",
                "إعادة المحاولة",
                "पुनः प्रयास",
            ],
        ),
        (
            Concept::Severity,
            &[
                "级别",
                "严重程度",
                "重大度",
                "심각도",
                "Severity",
                "Fatal",
                "Уровень",
                "Рівень",
                "Gravedad",
                "Gravidade",
                "Gravité",
                "Schweregrad",
                "Gravità",
                "Seviye",
                "Mức độ",
                "Poziom",
                "Tingkat keparahan",
                "مستوى",
                "गंभीरता",
            ],
        ),
        (
            Concept::Section,
            &[
                "模块",
                "分类",
                "カテゴリ",
                "분류",
                "Category",
                "Категория",
                "Категорія",
                "Categoría",
                "Categoria",
                "Catégorie",
                "Kategorie",
                "Modulo",
                "Kategori",
                "Nhóm",
                "Kategoria",
                "Modul",
                "الفئة",
                "श्रेणी",
            ],
        ),
        (
            Concept::Parameter,
            &[
                "参数",
                "字段",
                "パラメータ",
                "파라미터",
                "Parameters",
                "Параметры",
                "Параметри",
                "Parámetros",
                "Parâmetro",
                "Paramètre",
                "Parameter",
                "Parametri",
                "Parametreler",
                "Tham số",
                "Parametry",
                "Atribut",
                "المعلمات",
                "पैरामीटर",
            ],
        ),
        (
            Concept::Place,
            &[
                "国家代码",
                "国コード",
                "국가 코드",
                "Country codes",
                "Коды стран",
                "Коди країн",
                "Código de país",
                "Códigos de países",
                "Code pays",
                "Ländercodes",
                "Codice paese",
                "Ülke kodu",
                "Mã quốc gia",
                "Kod kraju",
                "Kode negara",
                "رمز الدولة",
                "देश कोड",
            ],
        ),
        (
            Concept::Http,
            &[
                "HTTP 状态码",
                "HTTPステータス",
                "HTTP 상태 코드",
                "HTTP status",
                "httpCode",
            ],
        ),
    ];
    for (concept, words) in rows {
        for word in *words {
            assert!(
                phrase(word).concepts().contains(*concept),
                "{concept:?}: {word}: {:?}",
                phrase(word)
            );
        }
    }
}

#[test]
fn a_phrase_is_about_its_head() {
    for (text, head) in [
        ("错误码说明", Concept::Description),
        ("状态码含义", Concept::Description),
        ("エラーコードの説明", Concept::Description),
        ("Error code", Concept::Code),
        ("Error code description", Concept::Description),
        ("Description of the error code", Concept::Description),
        ("Código de error", Concept::Code),
        ("Descripción del código de error", Concept::Description),
        ("Описание ошибки", Concept::Description),
        ("Описание кода ошибки", Concept::Description),
        ("Код ошибки", Concept::Code),
        ("Message d'erreur", Concept::Message),
        ("Fehlerbeschreibung", Concept::Description),
        ("Code (message)", Concept::Code),
        ("错误码（Error code）", Concept::Code),
    ] {
        assert!(
            phrase(text).head().contains(head),
            "{text}: {:?}",
            phrase(text)
        );
    }
}

#[test]
fn the_longest_word_counts() {
    // The parts of a composition are both found.
    let words: Vec<_> = LEXICON
        .phrase("错误码", "zh")
        .words()
        .map(|(word, _)| word.to_owned())
        .collect();
    assert_eq!(words, ["错误", "码"]);
    // `例外` is no example, `密码` has no code, `默认值` is no value.
    assert!(!concepts("例外").contains(Concept::Example));
    assert!(!concepts("密码").contains(Concept::Code));
    assert!(!concepts("默认值").contains(Concept::Value));
    assert!(!concepts("order status").contains(Concept::Outcome));
    assert!(concepts("message types").contains(Concept::Event));
    // The second part of a compound is none by itself.
    assert!(
        !phrase_in("Unicode", "de")
            .concepts()
            .contains(Concept::Code)
    );
}

#[test]
fn a_word_of_two_languages_is_of_that_of_the_document() {
    assert!(phrase_in("Data", "it").concepts().contains(Concept::Time));
    assert!(!phrase_in("Data", "en").concepts().contains(Concept::Time));
    assert!(phrase("Tip").concepts().contains(Concept::Remedy));
    assert!(phrase_in("Tip", "tr").concepts().contains(Concept::Type));
}

#[test]
fn sentences_tell_of_failures() {
    for text in [
        "the user was not found",
        "InvalidParameter",
        "E_NOT_FOUND",
        "ErrStoreClosed",
        "用户不存在",
        "參數錯誤",
        "Пользователь не найден",
        "El usuario no existe",
        "Utilisateur introuvable",
        "Ungültiges Passwort",
        "パスワードが正しくありません",
        "잘못된 요청입니다",
        "Utente non trovato",
        "Kullanıcı bulunamadı",
        "Không tìm thấy người dùng",
        "Nie znaleziono użytkownika",
        "Pengguna tidak ditemukan",
        "المستخدم غير موجود",
        "उपयोगकर्ता नहीं मिला",
        "Користувача не знайдено",
        "Usuário não encontrado",
        "success, but the login failed",
    ] {
        assert!(tells_of_failure(text), "{text}");
    }
    for text in [
        "Success, no error",
        "OK",
        "成功",
        "没有错误",
        "ошибок нет",
        "Kein Fehler",
        "sans erreur",
        "sin errores",
        "the developer",
        "brakes",
        "エラーなし",
        "",
    ] {
        assert!(!tells_of_failure(text), "{text}");
    }
}

#[test]
fn billing_is_said_by_whole_cells_only() {
    for text in [
        "是",
        "收费",
        "计费",
        "扣费",
        "收費",
        "計費",
        "yes",
        "Y",
        "TRUE",
        "billed",
        "Charged",
        "да",
        "はい",
        "有",
        "√",
        "✓",
        "✔",
        "○",
        "課金あり",
        "Sí",
        "Sim",
        "Oui",
        "facturé",
        "Ja",
        "kostenpflichtig",
        "Evet",
        "Có",
        "Tak",
        "Ya",
        "نعم",
        "हाँ",
        "예",
        "과금",
        "Так",
    ] {
        assert_eq!(cell(text).is_billed(), Some(true), "{text}");
    }
    for text in [
        "否",
        "不收费",
        "不计费",
        "不扣费",
        "免费",
        "不收費",
        "不計費",
        "免費",
        "no",
        "N",
        "False",
        "free",
        "not billed",
        "Not charged",
        "нет",
        "いいえ",
        "×",
        "✗",
        "無料",
        "課金なし",
        "gratuito",
        "não cobrado",
        "non facturé",
        "gratuit",
        "kostenlos",
        "nicht berechnet",
        "ücretsiz",
        "miễn phí",
        "bezpłatne",
        "gratis",
        "مجاني",
        "निःशुल्क",
        "무료",
        "безкоштовно",
    ] {
        assert_eq!(cell(text).is_billed(), Some(false), "{text}");
    }
    for text in [
        "",
        "-",
        "—",
        "0",
        "无",
        "なし",
        "none",
        "N/A",
        "不可",
        "невозможно",
        "not possible",
        "见说明",
        "facture",
        "не",
        "free trial",
        "不收费吗",
        "only if charged",
        "暂无",
        "yok",
        "brak",
        "없음",
    ] {
        assert_eq!(cell(text).is_billed(), None, "{text}");
    }
    // No cell says both, nor `free` by a word that says `billed` in another language.
    for meaning in &LEXICON.cells.values {
        let says_yes = meaning.has_any(&[Concept::Billed, Concept::Yes]);
        let says_no = meaning.has_any(&[Concept::Free, Concept::No]);
        assert!(!(says_yes && says_no), "{meaning:?}");
    }
    assert_eq!(cell("可以").is_yes(), Some(true));
    assert_eq!(cell("不可以").is_yes(), Some(false));
}

#[test]
fn cells_name_types_fields_and_reasons() {
    assert!(cell("String").contains(Concept::DataType));
    assert!(cell("字符串").contains(Concept::DataType));
    assert!(cell("error_code").contains(Concept::Field));
    assert!(cell("notfound").contains(Concept::ReasonPhrase));
    assert!(cell("其他错误码").contains(Concept::Others));
    assert_eq!(cell(&"long".repeat(100)), Concepts::default());
}

/// A new language is one file; it has words for every concept.
#[test]
fn every_language_has_every_concept() {
    let mut tags = BTreeSet::new();
    for (name, keys) in files() {
        if name == "common" {
            continue;
        }
        tags.insert(name);
        // Identifiers are of no language.
        let common = [Concept::DataType, Concept::Field, Concept::ReasonPhrase];
        for concept in Concept::ALL {
            let count = keys.get(concept.key()).map_or(0, Vec::len);
            assert!(
                count > 0 || common.contains(concept),
                "{name} has no `{}`",
                concept.key()
            );
        }
    }
    assert!(tags.len() >= 17, "{tags:?}");
    assert_eq!(LEXICON.languages.len(), FILES.len());
    for (language, &(name, _)) in LEXICON.languages.iter().zip(FILES) {
        assert!(
            language.tag == name || name == "common",
            "{name} says {}",
            language.tag
        );
    }
}

/// Pairs of concepts that share words, and why.
const ALIKE: &[(Concept, Concept, &str)] = &[
    (Concept::Error, Concept::Code, "`errno` is both by itself"),
    (
        Concept::Outcome,
        Concept::Code,
        "`retcode` is both by itself",
    ),
    (
        Concept::Error,
        Concept::Symbol,
        "`エラー名` is both by itself",
    ),
    (
        Concept::Error,
        Concept::Remedy,
        "a heading `Troubleshooting` announces errors, a header says what to do",
    ),
    (
        Concept::Outcome,
        Concept::Status,
        "a status code names an outcome, a status a state",
    ),
    (
        Concept::Outcome,
        Concept::Cause,
        "a reason code names an outcome, a reason a cause",
    ),
    (
        Concept::Outcome,
        Concept::Value,
        "`戻り値` is both by itself",
    ),
    (
        Concept::Outcome,
        Concept::Http,
        "an HTTP code is a code of an outcome",
    ),
    (
        Concept::Outcome,
        Concept::Message,
        "`提示码` is a code, `提示` a message",
    ),
    (
        Concept::Code,
        Concept::Number,
        "`error no` is a code, `no` the number of a row",
    ),
    (
        Concept::Code,
        Concept::Status,
        "`statuscode` is both by itself",
    ),
    (
        Concept::Code,
        Concept::Value,
        "`cause value` is both by itself",
    ),
    (Concept::Status, Concept::State, "a status is a state"),
    (
        Concept::Value,
        Concept::Description,
        "Russian has one word for value and meaning",
    ),
    (
        Concept::Permanent,
        Concept::Retry,
        "whether an error is permanent is about retries",
    ),
    (
        Concept::Permanent,
        Concept::Severity,
        "a fatal error is severe, and a retry useless",
    ),
];

#[test]
fn a_word_is_of_two_concepts_for_a_reason_only() {
    let mut wrong = Vec::new();
    for (name, keys) in files() {
        let mut known: BTreeMap<&str, Vec<Concept>> = BTreeMap::new();
        for (key, words) in &keys {
            let Some(concept) = Concept::from_key(key) else {
                continue;
            };
            if concept.place() != Place::Phrase {
                continue;
            }
            for word in words {
                known.entry(word).or_default().push(concept);
            }
        }
        for (word, concepts) in known {
            for (place, &one) in concepts.iter().enumerate() {
                for &other in &concepts[place + 1..] {
                    let is_alike = |&(a, b, _): &(Concept, Concept, &str)| {
                        (a, b) == (one, other) || (b, a) == (one, other)
                    };
                    if !ALIKE.iter().any(is_alike) {
                        wrong.push(format!("{name}: {word}: {one:?} and {other:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_file_with_a_mistake_is_refused() {
    for (text, message) in [
        ("errors = [\"x\"]", "`errors` is not a concept"),
        ("error = \"x\"", "expected an array of strings"),
        ("error = [\"a*b\"]", "`a*b` is not a word"),
        ("error = [\"a(b\"]", "`a(b` has no `)`"),
        ("error = [\"-\"]", "`-` is not a word"),
        ("head = \"middle\"", "`middle` is not `first` or `last`"),
    ] {
        let error = Lexicon::new([("x.toml", text)])
            .err()
            .map(|error| error.to_string());
        assert_eq!(error, Some(format!("x.toml: {message}")), "{text}");
    }
}

/// Compiling takes milliseconds: each run of the tool pays for it.
#[test]
fn compiling_is_quick() {
    let compile = || {
        let begin = Instant::now();
        assert!(Lexicon::new(FILES.iter().copied()).is_ok());
        begin.elapsed()
    };
    let fastest = (0..20).map(|_| compile()).min().unwrap_or_default();
    println!("compiled in {fastest:?}");
    let most = Duration::from_millis(if cfg!(debug_assertions) { 500 } else { 15 });
    assert!(fastest < most, "{fastest:?}");
}

#[test]
fn languages_of_one_script_are_told_apart_by_common_words() {
    for (text, language) in [
        (
            "The request is not valid, and the server is not able to read it",
            Some("en"),
        ),
        (
            "El servicio no se encuentra disponible en la región",
            Some("es"),
        ),
        (
            "O serviço não está disponível para o usuário em uma região",
            Some("pt"),
        ),
        ("Le service n'est pas disponible dans la région", Some("fr")),
        (
            "Der Dienst ist nicht verfügbar und wird neu gestartet",
            Some("de"),
        ),
        ("Il servizio non è disponibile per la regione", Some("it")),
        (
            "Bu hizmet bir süre için kullanılamaz ve daha sonra",
            Some("tr"),
        ),
        (
            "Không tìm thấy người dùng này trong hệ thống và không có",
            Some("vi"),
        ),
        (
            "Nie można znaleźć użytkownika, który jest w systemie i się loguje",
            Some("pl"),
        ),
        (
            "Pengguna tidak ditemukan di sistem ini dan akan dihapus",
            Some("id"),
        ),
        (
            "Сервер не может найти пользователя и не отвечает",
            Some("ru"),
        ),
        (
            "Сервер не може знайти користувача, якщо він не є дійсним або це помилка",
            Some("uk"),
        ),
        ("错误码说明", Some("zh")),
        ("エラーコードの説明", Some("ja")),
        ("오류 코드 설명", Some("ko")),
        ("رموز الأخطاء في النظام", Some("ar")),
        ("त्रुटि कोड का विवरण", Some("hi")),
        ("E100", Some("en")),
        ("1001", None),
        ("", None),
    ] {
        assert_eq!(crate::lexicon::language(text), language, "{text}");
    }
}

#[test]
fn what_a_phrase_has_besides_known_words_is_measured() {
    for (text, unknown) in [
        ("Error code", 0),
        ("Código de error", 0),
        ("Code of the error", 0),
        ("Коды ошибок", 0),
        ("Fehlernummern", 0),
        ("错误码", 0),
        ("OceanBase error code", 9),
        ("登录错误码", 6),
    ] {
        assert_eq!(
            phrase(text).unknown(),
            unknown,
            "{text}: {:?}",
            phrase(text)
        );
    }
}

proptest::proptest! {
    #[test]
    fn any_text_can_be_looked_up(text in "\\PC{0,60}|[错误码エラーコード 에러값 Fehlercode(（#_\u{301}ﾞｶÀßالخطأ]{0,30}") {
        let read = phrase(&text);
        assert!(read.words().all(|(word, concepts)| !word.is_empty() && !concepts.is_empty()));
        assert!(read.head().iter().all(|concept| read.concepts().contains(concept)));
        let _ = (cell(&text), tells_of_failure(&text), crate::lexicon::language(&text), crate::lexicon::main_language(&text));
    }

    /// Letter case, width and accents make no difference to a header.
    #[test]
    fn spelling_makes_no_difference(text in "[a-z]{1,8} [a-z]{1,8}") {
        let wide: String = text
            .chars()
            .map(|c| if c == ' ' { c } else { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) })
            .collect();
        assert_eq!(concepts(&text.to_uppercase()), concepts(&text));
        assert_eq!(concepts(&wide), concepts(&text));
    }
}
