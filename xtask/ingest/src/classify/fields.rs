//! The names of fields and of data types, which tables of parameters are full of.

/// Is it the name of a field?
pub(super) fn is_field(cell: &str) -> bool {
    begins_word(cell) && is_one_of(FIELDS, &FIELD_SHAPES, cell)
}

fn begins_word(cell: &str) -> bool {
    cell.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// What the fields of requests and answers are called everywhere.
const FIELDS: &[&str] = &[
    "code",
    "msg",
    "message",
    "status",
    "data",
    "error",
    "errors",
    "error_code",
    "error_msg",
    "error_message",
    "errcode",
    "errmsg",
    "errorcode",
    "errormessage",
    "errormsg",
    "err_code",
    "err_msg",
    "request_id",
    "requestid",
    "result",
    "result_code",
    "result_msg",
    "resultcode",
    "resultmessage",
    "ret",
    "retcode",
    "retmsg",
    "return_code",
    "return_msg",
    "success",
    "timestamp",
    "type",
    "id",
    "name",
    "detail",
    "details",
    "description",
    "params",
    "param",
    "sign",
    "nonce",
    "token",
    "trace_id",
    "traceid",
    "sub_code",
    "sub_msg",
    "title",
    "body",
    "payload",
    "url",
    "method",
    "statuscode",
    "status_code",
    "key",
    "value",
    "version",
    "count",
    "total",
    "page",
    "limit",
    "offset",
    "user_id",
    "app_id",
];

/// Is it one of these words, in any case? Most are not, by their first letter and their length.
fn is_one_of(words: &[&str], shapes: &Shapes, text: &str) -> bool {
    let [first, ..] = text.as_bytes() else {
        return false;
    };
    let may_be = text.len() < 32 && shapes[usize::from(first & 31)] & (1 << text.len()) != 0;
    may_be && words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// For each first letter the lengths of the words that begin with it, as bits.
type Shapes = [u32; 32];

static FIELD_SHAPES: Shapes = shapes(FIELDS);
static TYPE_SHAPES: Shapes = shapes(TYPES);

const fn shapes(words: &[&str]) -> Shapes {
    let mut shapes = [0; 32];
    let mut at = 0;
    while at < words.len() {
        let word = words[at].as_bytes();
        shapes[(word[0] & 31) as usize] |= 1 << word.len();
        at += 1;
    }
    shapes
}

const FOREIGN_TYPES: &[&str] = &["字符串", "整型", "整数", "数组", "对象", "布尔"];

/// Is it the name of a data type?
pub(super) fn is_type(cell: &str) -> bool {
    if !begins_word(cell) {
        return FOREIGN_TYPES.contains(&cell);
    }
    let word = cell.split(['(', '<', '[', ' ']).next().unwrap_or(cell);
    is_one_of(TYPES, &TYPE_SHAPES, word)
}

const TYPES: &[&str] = &[
    "string",
    "str",
    "int",
    "integer",
    "long",
    "bool",
    "boolean",
    "float",
    "double",
    "number",
    "object",
    "array",
    "list",
    "map",
    "json",
    "date",
    "datetime",
    "timestamp",
    "file",
    "text",
    "int32",
    "int64",
    "uint",
    "uint32",
    "uint64",
    "u8",
    "u16",
    "u32",
    "u64",
    "i32",
    "i64",
    "bytes",
    "char",
    "varchar",
    "enum",
    "void",
    "any",
];
