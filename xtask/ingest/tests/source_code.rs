//! Source code: enumerators, constants and `#define`s are codes, and comments their messages.

use errbook_ingest::{self as ingest, Hints};

/// The line, the code, its symbol and its message of each entry.
fn entries(name: &str, text: &str) -> Vec<String> {
    let document = ingest::open(name.as_ref(), text.as_bytes(), None)
        .unwrap()
        .document;
    let extraction = ingest::extract(&document, &Hints::default());
    let codes = extraction.tables.iter().flat_map(|table| &table.codes);
    codes
        .map(|code| {
            let symbol = code.symbol.as_deref().unwrap_or_default();
            let message = code.message.as_deref().unwrap_or_default();
            format!("{}: {} {symbol} {message}", code.line, code.code)
        })
        .collect()
}

#[test]
fn enumerators_and_their_comments_are_read() {
    let c = "/* Copyright */\n#ifndef ERRORS_H\n#define ERRORS_H\n#include <stdio.h>\n\n\
             /** Error codes. */\nenum ErrorCode {\n  ERR_KEY = 1001, /**< invalid key */\n\
             \x20 /* The request\n   * timed out. */\n  ERR_TIMEOUT = 1002,\n  ERR_DENIED, // not allowed\n};\n\n\
             int check(int value);\n#endif\n";
    let expected = [
        "8: 1001 ERR_KEY invalid key",
        "11: 1002 ERR_TIMEOUT The request timed out.",
        "12: 1003 ERR_DENIED not allowed",
    ];
    assert_eq!(entries("errors.h", c), expected);
    let document = ingest::open("errors.h".as_ref(), c.as_bytes(), None)
        .unwrap()
        .document;
    let mend = &document.mends[0];
    assert_eq!((mend.line, mend.rule), (12, "implicit-value"));
}

#[test]
fn each_language_gives_the_same_codes() {
    for (name, text) in [
        (
            "a.h",
            "// Error codes\n#define ERR_KEY 1001 // invalid key\n#define ERR_TIME (1002) /* timed out */\n#define ERR_DENIED 1003 // not allowed\n",
        ),
        (
            "a.hpp",
            "enum class ErrorCode : int {\n  ERR_KEY = 1001, ///< invalid key\n  ERR_TIME = 1002, ///< timed out\n  ERR_DENIED = 1003 ///< not allowed\n};\n",
        ),
        (
            "A.java",
            "public final class ErrorCodes {\n  /** invalid key */\n  public static final int ERR_KEY = 1001;\n  /** timed out */\n  public static final int ERR_TIME = 1002;\n  /** not allowed */\n  public static final int ERR_DENIED = 1003;\n}\n",
        ),
        (
            "A.kt",
            "object ErrorCodes {\n  const val ERR_KEY = 1001 // invalid key\n  const val ERR_TIME = 1002 // timed out\n  const val ERR_DENIED = 1003 // not allowed\n}\n",
        ),
        (
            "A.swift",
            "enum ErrorCode: Int {\n  case ERR_KEY = 1001 // invalid key\n  case ERR_TIME = 1002 // timed out\n  case ERR_DENIED = 1003 // not allowed\n}\n",
        ),
        (
            "a.go",
            "// Error codes.\nconst (\n\tERR_KEY = 1001 // invalid key\n\tERR_TIME = 1002 // timed out\n\tERR_DENIED = 1003 // not allowed\n)\n",
        ),
        (
            "a.proto",
            "enum ErrorCode {\n  ERR_KEY = 1001; // invalid key\n  ERR_TIME = 1002; // timed out\n  ERR_DENIED = 1003; // not allowed\n}\n",
        ),
        (
            "a.ts",
            "export enum ErrorCode {\n  ERR_KEY = 1001, // invalid key\n  ERR_TIME = 1002, // timed out\n  ERR_DENIED = 1003, // not allowed\n}\n",
        ),
        (
            "a.py",
            "class ErrorCode(IntEnum):\n    ERR_KEY = 1001  # invalid key\n    ERR_TIME = 1002  # timed out\n    ERR_DENIED = 1003  # not allowed\n",
        ),
    ] {
        let read = entries(name, text);
        let read: Vec<&str> = read
            .iter()
            .filter_map(|entry| entry.split_once(": "))
            .map(|(_, entry)| entry)
            .collect();
        let expected = [
            "1001 ERR_KEY invalid key",
            "1002 ERR_TIME timed out",
            "1003 ERR_DENIED not allowed",
        ];
        assert_eq!(read, expected, "{name}");
    }
}
