//! How a code or a symbol of an answer is looked up: which functions exist, and which tables they
//! read. Whether the tables lead to the right code is a test of `lower`.

use errbook_codegen::{Options, layouts};

use crate::rust::{rust, rust_with, set, source};

const BOTH: &str = "identity = \"code+symbol\"";
const TEXT: &str = "wire = \"string\"";
const TEXT_AND_BOTH: &str = "wire = \"string\"\nidentity = \"code+symbol\"";

/// The Rust of a set of codes written as `CODE` or `CODE SYMBOL`, each with further lines.
fn rust_of(keys: &str, codes: &[&str]) -> String {
    let codes = codes.iter().enumerate().map(|(at, code)| {
        let (code, rest) = code.split_once('\n').unwrap_or((code, ""));
        let (code, symbol) = match code.split_once(' ') {
            Some((code, symbol)) => (code, format!("symbol = {symbol:?}\n")),
            None => (code, String::new()),
        };
        format!("code = {code:?}\nvariant = \"V{at}\"\n{symbol}{rest}")
    });
    let codes: Vec<String> = codes.collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    rust(&set(keys, &codes))
}

#[test]
fn what_decodes_an_answer_follows_from_the_wire_type_the_identity_and_the_symbols() {
    let no_symbol = "decode_with_symbol : | code , symbol | rt :: parse_decoded (code , symbol , \
                     | _ : Self | rt :: None) ,";
    let own_symbol = "rt :: parse_decoded (code , symbol , | code | Self :: find_symbol (symbol \
                      , | found | * found == code))";
    for (keys, codes, parts, absent) in [
        (
            "",
            &["1"][..],
            [
                "rt :: by_code ! { impl C : i32 }",
                "identity : ByCode ,",
                "rt :: decode_number (wire , Self :: from_code , rt :: no_symbol)",
                no_symbol,
            ],
            "rt :: parse",
        ),
        (
            "wire = \"integer64\"",
            &["1 A"],
            [
                "rt :: by_code ! { impl C : i64 }",
                "identity : ByCode ,",
                "rt :: decode_number (wire , Self :: from_code , Self :: from_symbol)",
                own_symbol,
            ],
            "rt :: parse !",
        ),
        (
            "",
            &["1 A:<x>"],
            [
                "rt :: parse ! { impl C }",
                "identity : ByCode ,",
                "rt :: decode_number (wire , Self :: from_code , Self :: from_symbol)",
                own_symbol,
            ],
            "rt :: parse_with_code",
        ),
        (
            BOTH,
            &["1 A"],
            [
                "rt :: by_code_and_symbol ! { impl C }",
                "identity : ByCodeAndSymbol ,",
                "rt :: decode_number (wire , | code | rt :: only (Self :: all_with_code (code)) \
                 , Self :: from_symbol)",
                "rt :: parse_number (code , | code | Self :: parse (code , symbol))",
            ],
            "rt :: parse !",
        ),
        (
            TEXT,
            &["E1"],
            [
                "rt :: by_code ! { impl C : & 'static str }",
                "identity : ByCode ,",
                "rt :: decode_text (wire , Self :: from_code , rt :: no_symbol)",
                no_symbol,
            ],
            "rt :: parse !",
        ),
        (
            TEXT,
            &["E1 A"],
            [
                "rt :: by_code ! { impl C : & 'static str }",
                "identity : ByCode ,",
                "rt :: decode_text (wire , Self :: from_code , Self :: from_symbol)",
                own_symbol,
            ],
            "rt :: parse !",
        ),
        (
            TEXT,
            &["E1 A<x>"],
            [
                "rt :: parse ! { impl C }",
                "identity : ByCode ,",
                "rt :: decode_text (wire , Self :: from_code , Self :: from_symbol)",
                own_symbol,
            ],
            "rt :: parse_with_code",
        ),
        (
            TEXT_AND_BOTH,
            &["E1 A"],
            [
                "rt :: by_code_and_symbol ! { impl C }",
                "rt :: parse_with_code ! { impl C : & str }",
                "rt :: decode_text (wire , | code | rt :: only (Self :: all_with_code (code)) , \
                 Self :: from_symbol)",
                "rt :: parse_text (code , | code | Self :: parse (code , symbol))",
            ],
            "rt :: parse !",
        ),
    ] {
        let rust = rust_of(keys, codes);
        for part in parts {
            assert!(
                rust.contains(part),
                "{keys} {codes:?}: no `{part}` in {rust}"
            );
        }
        let wire_only = absent.replace("rt :: parse", "rt :: parse !");
        let absent = if absent == "rt :: parse" {
            wire_only.as_str()
        } else {
            absent
        };
        assert!(
            !rust.contains(absent),
            "{keys} {codes:?}: `{absent}` in {rust}"
        );
    }
    let parse = "rt :: parse_with_code ! { impl C : i32 }";
    assert!(rust_of(BOTH, &["1 A"]).contains(parse));
    assert!(rust_of("", &["1 A:<x>"]).contains("template : template_text ,"));
    assert!(!rust_of("", &["1 A"]).contains("template : template_text ,"));
}

#[test]
fn a_lookup_reads_the_tables_that_it_needs() {
    for (keys, codes, parts) in [
        (
            "",
            &["5", "7", "6"][..],
            &[
                "static CODES : [i32 ; 3] = [5 , 7 , 6] ;",
                "static CODE_SLOTS : [rt :: Option < C > ; 4] = rt :: slots (& VARIANTS , [0 , 2 \
                 , 1 , 65535]) ;",
                "let at = code . wrapping_sub (5) . cast_unsigned () ; CODE_SLOTS [if at < 3 { \
                 at as usize } else { 3 }]",
                "rt :: code ! { impl C (self) : i32 => CODES [* self as usize] }",
            ][..],
        ),
        (
            "",
            &["5", "70000"],
            &[
                "static CODE_SLOTS : [C ; ",
                "let found = CODE_SLOTS [(mixed >> ",
                "rt :: from_code ! { impl C : [const] fn (code : i32) { let mixed = code . \
                 cast_unsigned () . wrapping_mul (",
                "rt :: some_if (CODES [found as usize] == code , found)",
            ],
        ),
        (
            "",
            &["5\nwas = [\"6\"]", "70000\naliases = [\"0xF\"]"],
            &[
                "static CODE_KEYS : [i32 ; 4] = [5 , 70000 , 6 , 15] ;",
                "static CODE_VARIANTS : [C ; 4] = rt :: spread (& VARIANTS , [0 , 1 , 0 , 1]) ;",
                "rt :: some_if (CODE_KEYS [at] == code , CODE_VARIANTS [at])",
            ],
        ),
        (
            BOTH,
            &["400 A", "400 B", "500 A"],
            &[
                "static CODE_STARTS : [u8 ; 3] = [0 , 2 , 3] ;",
                "rt :: some_if (CODES [CODE_STARTS [position] as usize] == code , position)",
                "at = code_position (code) => VARIANTS [CODE_STARTS [at] as usize .. CODE_STARTS \
                 [at + 1] as usize]",
            ],
        ),
        (
            BOTH,
            &["400 A", "500 A", "400 B"],
            &[
                "static CODE_KEYS : [i32 ; 2] = [400 , 500] ;",
                "static CODE_VARIANTS : [C ; 3] = rt :: spread (& VARIANTS , [0 , 2 , 1]) ;",
                "rt :: some_if (CODE_KEYS [position] == code , position)",
                "at = code_position (code) => CODE_VARIANTS [CODE_STARTS [at]",
            ],
        ),
        (
            TEXT,
            &["E100", "E200"],
            &[
                "concat ! (\"E100\" , \"E200\")",
                "fn code_find (text : & str) -> rt :: Option < C >",
                "rt :: from_code ! { impl C : [] fn (code : & str) { code_find (code) } }",
                "rt :: code ! { impl C (self) : & 'static str => code_text (* self as usize) }",
                "let mixed = mix_edges (text . as_bytes () , ",
                "rt :: some_if (rt :: is_part_by_words :: < 2 > (CODE_TEXT_TEXT , CODE_TEXT_AT \
                 [found as usize] as usize , CODE_TEXT_AT [found as usize + 1] as usize , text) \
                 , found)",
                "const fn mix_edges (",
            ],
        ),
        (
            TEXT,
            &["E1\nwas = [\"E7\"]", "E2"],
            &[
                "static CODE_KEY_TEXT : & str = rt :: core :: concat ! (\"E1\" , \"E2\" , \
                 \"E7\") ;",
                "static CODE_VARIANTS : [C ; 3] = rt :: spread (& VARIANTS , [0 , 1 , 0]) ;",
                "rt :: some_if (rt :: is_part_by_words :: < 2 > (CODE_KEY_TEXT , CODE_KEY_AT \
                 [at] as usize , CODE_KEY_AT [at + 1] as usize , text) , CODE_VARIANTS [at])",
                "fn mix_ends (",
            ],
        ),
        (
            TEXT_AND_BOTH,
            &["E1 A", "E2 A", "E1 B"],
            &[
                "fn code_position (text : & str) -> rt :: Option < usize >",
                "rt :: all_with_code ! { impl C : [] fn (code : & str) , at = code_position \
                 (code) => CODE_VARIANTS [CODE_STARTS [at] as usize .. CODE_STARTS [at + 1] as \
                 usize] }",
            ],
        ),
        (
            "",
            &["1 SAME", "2 OTHER", "3 SAME"],
            &[
                "from_symbol : | symbol | rt :: only (rt :: group (& SYMBOL_VARIANTS , \
                 symbol_position (symbol) , | at | SYMBOL_STARTS [at] as usize .. SYMBOL_STARTS \
                 [at + 1] as usize)) ,",
                "first : | symbol , accept | rt :: first_accepted (",
            ],
        ),
        (
            "",
            &["1 A", "2 B"],
            &[
                "from_symbol : | symbol | symbol_find (symbol) ,",
                "first : | symbol , accept | rt :: Option :: filter (symbol_find (symbol) , \
                 accept) ,",
            ],
        ),
        (
            "",
            &["1 A:<x>", "2 B<x>"],
            &[
                "rt :: find_cut :: < false > (symbol , ':' , symbol_position , symbol_key , & \
                 [1] , | key | accept (& SYMBOL_VARIANTS [key]) ,)",
                "shared : [] ,",
            ],
        ),
        (
            BOTH,
            &["1 A:<x>", "2 A:<x>", "3 B/<y>", "4 C<z>"],
            &[
                "rt :: find (symbol , symbol_position , symbol_key , & [':' , '/'] , & [2] ,",
                "| key , is_whole | rt :: first (SYMBOL_STARTS [key] as usize .. SYMBOL_STARTS \
                 [key + 1] as usize ,",
                "rt :: fits (symbol_template (* target) , symbol , is_whole)",
                "shared : [0u16 , 1u16] ,",
            ],
        ),
    ] {
        let rust = rust_of(keys, codes);
        for part in parts {
            assert!(
                rust.contains(part),
                "{keys} {codes:?}: no `{part}` in {rust}"
            );
        }
    }
}

#[test]
fn only_the_functions_that_mix_the_strings_of_a_set_are_there() {
    let numbers = rust_of("", &["1", "2"]);
    assert!(!numbers.contains("fn mix_"), "{numbers}");
    let edges = rust_of(TEXT, &["E100", "E200"]);
    assert_eq!(edges.matches("const fn mix_").count(), 1, "{edges}");
    // Strings of less than four bytes, as codes and as symbols.
    let ends = rust_of(TEXT, &["E1 A", "E2 B"]);
    assert_eq!(ends.matches("const fn mix_tails (").count(), 1, "{ends}");
    assert_eq!(ends.matches("const fn mix_ends (").count(), 1, "{ends}");
}

/// Different numbers in random order.
fn random(count: u32) -> Vec<String> {
    let mix = |at: u32| {
        let mixed = at.wrapping_mul(0x9E37_79B9);
        let mixed = (mixed ^ mixed >> 15).wrapping_mul(0x85EB_CA6B);
        (mixed ^ mixed >> 13).cast_signed()
    };
    (0..count).map(|at| mix(at).to_string()).collect()
}

#[test]
fn a_table_of_many_is_bytes_in_the_smallest_type() {
    let codes = random(2_001);
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let rust = rust_of("", &codes);
    for part in [
        "static CODES : [[u8 ; 4] ; 2001] = rt :: cells (b\"",
        "static CODE_SLOTS : [[u8 ; 2] ; ",
        "static CODE_PILOTS : ",
        "let found = VARIANTS [u16 :: from_le_bytes (CODE_SLOTS [(mixed >> 20) as usize ^ \
         CODE_PILOTS [(mixed >> ",
        "rt :: some_if (i32 :: from_le_bytes (CODES [found as usize]) == code , found)",
        "static NAME_OF_VARIANT_TEXT : & str = \"V0V1V2",
        "NAME_OF_VARIANT_AT : [[u8 ; 2] ; 2002]",
    ] {
        assert!(rust.contains(part), "no `{part}`");
    }
    let texts: Vec<String> = codes.iter().map(|code| format!("E{code}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let rust = rust_of(TEXT, &texts);
    assert!(rust.contains("let at = u16 :: from_le_bytes (CODE_SLOTS ["));
    assert!(rust.contains(", VARIANTS [at])"));
}

#[test]
fn a_report_says_how_each_table_is_laid_out_and_how_large_it_is() {
    let report = |keys: &str, codes: &str| {
        let text = source(&format!("[[set]]\nname = \"C\"\n{keys}\n{codes}"));
        let lines = layouts(&text).unwrap_or_else(|problems| panic!("{problems}"));
        let lines = lines.iter().map(|layout| {
            let line = layout.to_string();
            line.split_whitespace().collect::<Vec<_>>().join(" ")
        });
        lines.collect::<Vec<_>>()
    };
    let code = |code: &str, rest: &str| {
        format!("[[set.code]]\ncode = \"{code}\"\nvariant = \"V{code}\"\n{rest}\n")
            .replace("\"V-", "\"V")
    };
    assert_eq!(
        report(
            "",
            &(code(
                "5",
                "message = { en = \"five\", de = \"fünf\" }\nsymbol = \"A\""
            ) + &code("7", "message = { en = \"five\", de = \"sieben\" }"))
        ),
        [
            "C.code 2 keys dense 3 slots 1.5 B/key 0 tries",
            "C.symbol 2 keys one level 2 slots 1.0 B/key 2 tries",
            "C.message.en 2 keys parts 0 slots 2.0 B/key 0 tries",
            "C.message.de 2 keys offsets 0 slots 1.5 B/key 0 tries",
        ]
    );
    assert_eq!(
        report("", &(code("5", "was = [\"6\"]") + &code("70000", "")))[0],
        "C.code 3 keys one level 4 slots 6.4 B/key 7 tries"
    );
    assert_eq!(
        report(
            BOTH,
            &(code("5", "symbol = \"A:<x>\"") + &code("6", "symbol = \"B\""))
        ),
        [
            "C.code 2 keys one level 2 slots 2.5 B/key 5 tries",
            "C.symbol 2 keys one level 2 slots 4.0 B/key 5 tries",
            "C.message.en 2 keys offsets 0 slots 1.5 B/key 0 tries",
        ]
    );
}

/// Every size is that of the tables in the expansion: a slot, a start or a variant takes one byte,
/// and two if there are more than 256 variants.
#[test]
fn a_size_is_the_sum_of_the_tables() {
    let first = |keys: &str, codes: &[&str], at: usize| {
        let codes: Vec<String> = codes
            .iter()
            .enumerate()
            .map(|(at, code)| {
                let (code, rest) = code.split_once('\n').unwrap_or((code, ""));
                format!("code = \"{code}\"\nvariant = \"V{at}\"\n{rest}")
            })
            .collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let layout = &layouts(&set(keys, &codes)).unwrap()[at];
        (layout.strategy, layout.keys, layout.slots, layout.bytes)
    };
    let dense = |count: usize| {
        let codes: Vec<String> = (0..count).map(|code| code.to_string()).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        first("", &codes, 0)
    };
    assert_eq!(dense(256), ("dense", 256, 256, 256));
    assert_eq!(dense(257), ("dense", 257, 257, 514));
    let codes = random(300);
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    // 512 slots of two bytes, 128 pilots.
    assert_eq!(first("", &codes, 0), ("two levels", 300, 512, 1_024 + 128));
    let with_former = [&["-7\nwas = [\"-9\"]"], &codes[..]].concat();
    // The same, 302 keys of four bytes and as many variants of two.
    assert_eq!(
        first("", &with_former, 0),
        ("two levels", 302, 512, 1_024 + 128 + 302 * 4 + 302 * 2)
    );
    // 2 slots, 2 keys of four bytes, 3 starts, 3 variants.
    let groups = [
        "400\nsymbol = \"A\"",
        "500\nsymbol = \"A\"",
        "400\nsymbol = \"B\"",
    ];
    assert_eq!(first(BOTH, &groups, 0), ("one level", 2, 2, 2 + 8 + 3 + 3));
    // 2 slots, 3 offsets, 3 starts, 3 variants. The symbols begin and end as those of the codes do:
    // 2 slots, 2 starts and 2 lengths, 3 starts and 3 variants.
    assert_eq!(
        first(TEXT_AND_BOTH, &groups, 0),
        ("one level", 2, 2, 2 + 3 + 3 + 3)
    );
    assert_eq!(
        first(TEXT_AND_BOTH, &groups, 1),
        ("one level", 2, 2, 2 + 4 + 3 + 3)
    );
    // 4 slots, 4 offsets, 3 variants.
    assert_eq!(
        first(TEXT, &["E1\nwas = [\"E7\"]", "E2"], 0),
        ("one level", 3, 4, 4 + 4 + 3)
    );
    // 2 slots, 2 starts and 2 lengths, 3 starts, 2 variants.
    let templates = ["1\nsymbol = \"A:<x>\"", "2\nsymbol = \"B/<x>\""];
    assert_eq!(first("", &templates, 1), ("one level", 2, 2, 2 + 4 + 3 + 2));
}

#[test]
fn a_spec_with_problems_has_no_layout() {
    let problems = layouts(&source("")).unwrap_err();
    assert!(problems.to_string().contains("this spec has no sets"));
    assert!(
        rust_with(
            &set("", &["code = \"1\"\nvariant = \"One\""]),
            &Options::default()
        )
        .to_string()
        .starts_with("# [doc")
    );
}
