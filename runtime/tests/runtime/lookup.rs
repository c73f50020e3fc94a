//! The functions that expansions call: comparisons of strings, tables in byte strings, lookups of
//! symbols, and conversions of what a vendor sent.

use errbook::__private as private;
use errbook::{CodeSet, Locale, ParseCodeError, Severity, Wire};

use crate::shop::{OrderCode, OrderError};

/// A string of a length in which all bytes differ from their neighbours.
fn text_of(len: usize) -> String {
    ('a'..='z').cycle().take(len).collect()
}

/// Compares the part of a string from a start to an end with another string.
type Comparison = fn(&str, usize, usize, &str) -> bool;

/// All ways to compare a part of a string.
fn comparisons() -> [Comparison; 4] {
    [
        private::is_part_by_words::<3>,
        private::is_part_by_words::<8>,
        private::is_part_by_blocks::<3>,
        private::is_part_by_blocks::<8>,
    ]
}

#[test]
fn a_part_is_equal_only_to_the_same_bytes() {
    for is_part in comparisons() {
        for len in 0..140 {
            let text = text_of(len);
            let blob = format!("before{text}behind");
            assert!(is_part(&blob, 6, 6 + len, &text), "{len}");
            for at in 0..len {
                let mut other = text.clone().into_bytes();
                other[at] = b'_';
                let other = String::from_utf8(other).unwrap();
                assert!(!is_part(&blob, 6, 6 + len, &other), "{len}, byte {at}");
            }
            // Differences that are the same in two words or blocks do not cancel out.
            for (first, second) in (0..len).flat_map(|at| [(at, at + 8), (at, at + 16)]) {
                let mut other = text.clone().into_bytes();
                if second < len {
                    other[first] ^= 0b100;
                    other[second] ^= 0b100;
                    let other = String::from_utf8(other).unwrap();
                    assert!(!is_part(&blob, 6, 6 + len, &other), "{len}, byte {first}");
                }
            }
            assert!(!is_part(&blob, 5, 5 + len, &text) || len == 0, "{len}");
            assert!(!is_part(&blob, 6, 7 + len, &text), "{len}");
            assert!(!is_part(&text, 1, 1 + len, &text), "{len}: beyond the end");
        }
        assert!(!is_part("abc", 2, 1, "ab"), "an end before its start");
    }
}

#[test]
fn a_symbol_is_cut_behind_its_first_separator() {
    let keys = ["A:", "A:B", "long_prefix_of_a_symbol:", "tail_"];
    let position = |part: &str| keys.iter().position(|key| *key == part);
    let first = |symbol: &str| {
        private::find_cut::<false>(symbol, ':', position, |at| keys[at], &[3], |_| true)
    };
    let whole_first = |symbol: &str| {
        private::find_cut::<true>(symbol, ':', position, |at| keys[at], &[3], |_| true)
    };
    for (symbol, cut, whole) in [
        ("A:B", Some(0), Some(1)),
        ("A:C", Some(0), Some(0)),
        ("A:B:C", Some(0), Some(0)),
        ("A", None, None),
        ("B:A:", None, None),
        ("long_prefix_of_a_symbol:value", Some(2), Some(2)),
        ("long_prefix_of_a_symbol:", Some(2), Some(2)),
        ("long_prefix_of_a_symbol", None, None),
        ("tail_1", Some(3), Some(3)),
        ("tail_1:2", Some(3), Some(3)),
        ("tail", None, None),
    ] {
        assert_eq!(
            (first(symbol), whole_first(symbol)),
            (cut, whole),
            "{symbol}"
        );
    }
    // A key that is not accepted is not found, and another one may be.
    let only = |accepted: usize, symbol: &str| {
        let accept = |at| at == accepted;
        private::find_cut::<true>(symbol, ':', position, |at| keys[at], &[3], accept)
    };
    assert_eq!((only(0, "A:B"), only(1, "A:B")), (Some(0), Some(1)));
    assert_eq!((only(3, "A:B"), only(0, "tail_1")), (None, None));
}

/// Eight bytes are read at once, so each position in and between words is a case of its own.
#[test]
fn a_separator_is_found_at_every_position() {
    for len in 0..40 {
        for at in 0..len {
            let mut symbol = text_of(len).into_bytes();
            symbol[at] = b':';
            // Bytes that differ from the separator in one bit, and a second separator.
            for other in [b';', b'2', b'*', b'z', b':'] {
                if at + 1 < len {
                    symbol[at + 1] = other;
                }
                let symbol = std::str::from_utf8(&symbol).unwrap();
                let found = private::find_cut::<false>(
                    symbol,
                    ':',
                    |part| Some(part.len()),
                    |_| "",
                    &[],
                    |_| true,
                );
                assert_eq!(found, Some(at + 1), "{symbol}");
            }
        }
        let whole = private::find_cut::<false>(
            &text_of(len),
            ':',
            |part| Some(part.len()),
            |_| "",
            &[],
            |_| true,
        );
        assert_eq!(whole, Some(len));
    }
}

#[test]
fn the_longest_prefix_of_a_symbol_wins() {
    let keys = ["A", "A:", "A:b:", "A:b.", "A:bcd", "Ä：", "Z"];
    let find = |symbol: &str, refused: &[usize]| {
        private::find(
            symbol,
            |part| keys.iter().position(|key| *key == part),
            |at| keys[at],
            &[':', '.', '：'],
            &[4, 6],
            |at, is_whole| (!refused.contains(&at)).then_some((at, is_whole)),
        )
    };
    for (symbol, found) in [
        ("A", Some((0, true))),
        ("A:", Some((1, true))),
        ("A:x", Some((1, false))),
        // Only the first separator of a kind ends a prefix.
        ("A:b:c", Some((1, false))),
        ("A:b.c:", Some((3, false))),
        ("A:bcd", Some((4, true))),
        ("A:bcde", Some((4, false))),
        ("A:bcde:", Some((4, false))),
        ("Ä：x", Some((5, false))),
        ("Zebra", Some((6, false))),
        ("Z", Some((6, true))),
        ("B:A:", None),
        ("", None),
    ] {
        assert_eq!(find(symbol, &[]), found, "{symbol}");
    }
    // What is refused leaves the shorter ones.
    assert_eq!(find("A:b.c", &[3]), Some((1, false)));
    assert_eq!(find("A:bcde", &[4]), Some((1, false)));
    assert_eq!(find("A:bcde", &[4, 1]), None);
    assert_eq!(find("A", &[0]), None);
}

#[test]
fn numbers_are_printed_in_decimal_notation() {
    for number in [0, 1, 9, 10, 19, 99, 100, u64::MAX - 1, u64::MAX] {
        private::decimal(number, false, |text| {
            assert_eq!(text, number.to_string());
            Some(())
        })
        .unwrap();
    }
    for number in [-1, -10, i64::MIN] {
        private::decimal(number.unsigned_abs(), true, |text| {
            assert_eq!(text, number.to_string());
            Some(())
        })
        .unwrap();
    }
    assert_eq!(private::decimal(1, false, |_| None::<()>), None);
}

#[test]
fn hexadecimal_digits_are_the_bits_of_a_number() {
    let of_32 = |text| private::integer::<i32>(Wire::Text(text));
    let of_64 = |text| private::integer::<i64>(Wire::Text(text));
    for (text, short, long) in [
        ("0x80070005", Some(-2_147_024_891), Some(0x8007_0005)),
        ("0X1f", Some(31), Some(31)),
        ("0xFFFFFFFFFFFFFFFF", None, Some(-1)),
        ("0x100000000", None, Some(0x1_0000_0000)),
        ("0x10000000000000000", None, None),
        ("0x", None, None),
        ("0x-1", None, None),
        ("0x+1", None, None),
        ("1f", None, None),
        ("-12", Some(-12), Some(-12)),
        ("012", None, None),
        ("", None, None),
    ] {
        assert_eq!((of_32(text), of_64(text)), (short, long), "{text}");
    }
    assert_eq!(private::integer::<i64>(Wire::Integer(7)), Some(7));
    assert_eq!(private::integer::<i64>(Wire::Large(u64::MAX)), None);
}

#[test]
fn an_answer_is_decoded_as_what_the_codes_of_a_set_are() {
    let number = |wire| {
        let by_symbol = |text: &str| (text == "BUSY").then_some(-1);
        private::decode_number::<i32, i64>(wire, |code| Some(code.into()), by_symbol)
    };
    assert_eq!(number(Wire::Integer(7)), Some(7));
    assert_eq!(number(Wire::Text("7")), Some(7));
    assert_eq!(number(Wire::Text("BUSY")), Some(-1));
    assert_eq!(number(Wire::Text("IDLE")), None);
    assert_eq!(number(Wire::Integer(i64::MAX)), None);
    assert_eq!(number(Wire::Large(u64::MAX)), None);
    let text = |wire| {
        let by_code = |code: &str| (code != "BUSY").then(|| code.to_owned());
        private::decode_text(wire, by_code, |symbol| Some(format!("symbol {symbol}")))
    };
    assert_eq!(text(Wire::Text("07")).as_deref(), Some("07"));
    assert_eq!(text(Wire::Text("BUSY")).as_deref(), Some("symbol BUSY"));
    assert_eq!(text(Wire::Integer(-7)).as_deref(), Some("-7"));
    assert_eq!(text(Wire::Integer(0)).as_deref(), Some("0"));
    assert_eq!(
        text(Wire::Large(u64::MAX)).as_deref(),
        Some("18446744073709551615")
    );
    assert_eq!(private::no_symbol::<u8>("BUSY"), None);
}

#[test]
fn a_code_and_a_symbol_are_decoded_together() {
    let text = |wire| {
        let mut seen = None;
        let parsed = private::parse_text::<OrderCode>(wire, |code| {
            seen = Some(code.to_owned());
            OrderCode::decode_with_symbol(Wire::Integer(1003), "BUSY")
        });
        assert_eq!(parsed.map(|parsed| parsed.code()), Some(OrderCode::Busy));
        seen.unwrap()
    };
    assert_eq!(text(Wire::Text("a")), "a");
    assert_eq!(text(Wire::Integer(-3)), "-3");
    assert_eq!(text(Wire::Integer(0)), "0");
    assert_eq!(text(Wire::Large(u64::MAX)), u64::MAX.to_string());
    let number = |wire| {
        private::parse_number::<i32, OrderCode>(wire, |code| {
            OrderCode::decode_with_symbol(Wire::Integer(code.into()), "BUSY")
        })
    };
    assert!(number(Wire::Text("1003")).is_some());
    assert!(number(Wire::Integer(1003)).is_some());
    assert!(number(Wire::Integer(i64::MAX)).is_none());
    assert!(number(Wire::Text("BUSY")).is_none());
}

const LIST: &[u8] = &[1, 2, 3, 4];

#[test]
fn tables_are_read_from_byte_strings() {
    assert_eq!(private::positions::<3, 3>(b"\x01\x02\xff"), [1, 2, 255]);
    assert_eq!(
        private::positions::<2, 4>(b"\x01\x02\xff\x00"),
        [0x201, 255]
    );
    assert_eq!(
        private::cells::<3, 2, 6>(b"abcdef"),
        [[b'a', b'b', b'c'], [b'd', b'e', b'f']]
    );
    assert_eq!(private::spread(&["a", "b"], [1, 0, 1]), ["b", "a", "b"]);
    assert_eq!(
        private::slots(&["a", "b"], [1, 2, 0]),
        [Some("b"), None, Some("a")]
    );
    assert_eq!(private::part(LIST, 1, 3), [2, 3]);
    assert_eq!(private::text("abcd", 1, 2), "bc");
    assert_eq!(private::group(LIST, Some(1), |at| at..3), [2, 3]);
    assert!(private::group(LIST, None, |at| at..3).is_empty());
}

#[test]
#[should_panic(expected = "the generator has counted the bytes")]
fn a_table_with_a_wrong_number_of_bytes_is_refused() {
    let _ = private::positions::<3, 4>(b"abcd");
}

#[test]
#[should_panic(expected = "the generator has counted the numbers")]
fn a_table_with_a_wrong_number_of_numbers_is_refused() {
    let _ = private::cells::<2, 1, 4>(b"abcd");
}

#[test]
#[should_panic(expected = "the generator has checked the tag")]
fn a_tag_that_is_not_one_is_refused() {
    let _ = private::locale("e");
}

#[test]
fn small_choices() {
    assert_eq!(private::optional(""), None);
    assert_eq!(private::optional("a"), Some("a"));
    assert_eq!(private::severity(true), Severity::Info);
    assert_eq!(private::severity(false), Severity::Error);
    assert_eq!(private::some_if(true, 1), Some(1));
    assert_eq!(private::some_if(false, 1), None);
    assert_eq!(private::only(&[1]), Some(1));
    assert_eq!(
        (private::only::<u8>(&[]), private::only(&[1, 2])),
        (None, None)
    );
    assert_eq!(
        private::first_accepted(&[1, 2, 3], |each| *each > 1),
        Some(2)
    );
    assert_eq!(private::first(1..4, |each| *each > 1), Some(2));
    assert_eq!(private::number(7, |number: i8| Some(number)), Some(7));
    assert_eq!(private::number(700, |number: i8| Some(number)), None);
    assert_eq!(private::seconds(0), None);
    assert_eq!(private::seconds(3), Some(std::time::Duration::from_secs(3)));
    assert_eq!(
        (private::status(0), private::status(404)),
        (None, Some(404))
    );
    assert!(private::fits("", "A", true) && !private::fits("", "A", false));
    assert!(private::fits("A:<x>", "A:1", false) && !private::fits("A:<x>", "B:1", true));
    assert_eq!(private::unless_shared(Some(2), &[1, 3]), Some(2));
    assert_eq!(private::unless_shared(Some(3), &[1, 3]), None);
    assert_eq!(private::unless_shared(None, &[]), None);
    assert_eq!(private::locale("de"), Locale::DE);
}

#[test]
fn the_language_that_fits_best_is_chosen() {
    let choose = |wanted: Locale| {
        let choice = private::Choice::new(wanted, Locale::ZH_TW);
        let choice = choice
            .or(1, Locale::ZH_CN)
            .or(2, Locale::EN)
            .or(3, Locale::EN);
        (choice.index(), choice.index_or(9))
    };
    assert_eq!(choose(Locale::ZH_TW), (0, 0));
    assert_eq!(choose(Locale::ZH), (1, 1));
    assert_eq!(choose(Locale::EN), (2, 2));
    assert_eq!(choose(Locale::DE), (0, 9));
}

#[test]
fn a_code_is_found_by_its_code_and_its_symbol() {
    assert_eq!(OrderCode::decode(Wire::Text("BUSY")), Some(OrderCode::Busy));
    assert_eq!("1003".parse(), Ok(OrderCode::Busy));
    let error: ParseCodeError = "NOPE".parse::<OrderCode>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`NOPE` is not a code or symbol of shop/OrderCode"
    );
    assert_eq!(private::known::<OrderCode>(1003), Ok(OrderCode::Busy));
    let unknown = private::known::<OrderCode>("7").unwrap_err();
    assert_eq!(unknown.to_string(), "unknown code 7 of shop/OrderCode");
    assert_eq!(unknown.wire(), Wire::Text("7"));
    assert_eq!(
        private::unknown_code::<OrderCode>(8).wire(),
        Wire::Integer(8)
    );
    assert_eq!(
        private::known_string("BUSY".to_owned()),
        Ok(OrderCode::Busy)
    );
    assert!(private::known_string::<OrderCode>("NOPE".to_owned()).is_err());
}

#[test]
fn a_code_of_more_than_64_bits_is_unknown_and_kept() {
    let wide = |code: i128| {
        let wire = Wire::try_from(code);
        private::known_wide::<OrderCode>(wire, code < 0, code.unsigned_abs())
    };
    assert_eq!(wide(1003), Ok(OrderCode::Busy));
    let large = 3 * i128::from(u64::MAX) + 5;
    let above = wide(large).unwrap_err();
    assert_eq!(
        above.to_string(),
        format!("unknown code {large} of shop/OrderCode")
    );
    assert_eq!(above.wire(), Wire::Large(u64::MAX));
    let below = wide(-large).unwrap_err();
    assert_eq!(
        below.to_string(),
        format!("unknown code -{large} of shop/OrderCode")
    );
    assert_eq!(below.wire(), Wire::Integer(i64::MIN));
}

#[test]
fn the_text_in_an_error_is_cut_between_characters() {
    let message = |text: &str| text.parse::<OrderCode>().unwrap_err().to_string();
    let after = "` is not a code or symbol of shop/OrderCode";
    for (text, shown) in [
        ("x".repeat(62), "x".repeat(62)),
        ("x".repeat(63), format!("{}…", "x".repeat(62))),
        ("中".repeat(21), format!("{}…", "中".repeat(20))),
        (
            format!("{}中", "x".repeat(61)),
            format!("{}…", "x".repeat(61)),
        ),
    ] {
        assert_eq!(message(&text), format!("`{shown}{after}"));
    }
    let error = "NOPE".parse::<OrderCode>().unwrap_err();
    assert!(format!("{error:?}").contains("text: \"NOPE\""), "{error:?}");
}

#[test]
fn a_symbol_is_found_if_only_one_code_has_it() {
    let find = |symbol| private::from_symbol_of::<OrderError>(symbol);
    assert_eq!(find("OUT_OF_STOCK"), Some(OrderError::OutOfStock));
    assert_eq!(find("MISSING_FIELD:name"), Some(OrderError::MissingField));
    assert_eq!(find("MISSING_FIELD"), None);
    assert_eq!(find("NOPE"), None);
    let with = |symbol, code: i32| {
        private::find_symbol_of(symbol, |each: &OrderError| each.code() == code)
            .map(|parsed| parsed.code())
    };
    assert_eq!(with("OUT_OF_STOCK", 409), Some(OrderError::OutOfStock));
    assert_eq!(with("OUT_OF_STOCK", 400), None);
    assert_eq!(
        with("MISSING_FIELD:name", 400),
        Some(OrderError::MissingField)
    );
    assert_eq!(with("MISSING_FIELD:name", 409), None);
    let parsed = private::find_symbol_of("MISSING_FIELD:name", |_: &OrderError| true).unwrap();
    assert_eq!(parsed.args().get("field"), Some("name"));
    assert_eq!(parsed.localized(Locale::EN), "The field name is missing.");
    assert_eq!(parsed.to_string(), "MISSING_FIELD:name");
}

#[test]
fn a_symbol_is_found_in_any_case() {
    let find = OrderError::from_symbol_ignore_case;
    assert_eq!(find("out_of_stock"), Some(OrderError::OutOfStock));
    assert_eq!(find("missing_field:Name"), Some(OrderError::MissingField));
    assert_eq!(find("missing_fiel"), None);
    assert_eq!(find("nope"), None);
    assert_eq!(
        OrderCode::from_symbol_ignore_case("busy"),
        Some(OrderCode::Busy)
    );
    assert_eq!(
        OrderCode::from_symbol_ignore_case("1003"),
        Some(OrderCode::Busy)
    );
    // A code without a symbol has none to compare.
    assert_eq!(OrderCode::from_symbol_ignore_case(""), None);
}

#[test]
fn a_symbol_is_printed_with_the_values_of_its_parameters() {
    let filled = |code: OrderError| {
        code.filled(&[("field", &"name")])
            .map(|filled| format!("{filled} {filled:?}"))
    };
    assert_eq!(
        filled(OrderError::MissingField).as_deref(),
        Some("MISSING_FIELD:name Filled(MISSING_FIELD:name)")
    );
    assert_eq!(
        filled(OrderError::OutOfStock).as_deref(),
        Some("OUT_OF_STOCK Filled(OUT_OF_STOCK)")
    );
    assert!(OrderCode::Accepted.filled(&[]).is_none());
}
