//! The methods that return the facts of a code, and the tables that they read.

use errbook_codegen::{Options, expand};
use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::{attributes, rust, rust_with, set, source};

/// Two codes, the first of which has these lines.
fn two(code: &str) -> String {
    let one = format!("code = \"1\"\nvariant = \"One\"\n{code}");
    rust(&set("", &[&one, "code = \"2\"\nvariant = \"Two\""]))
}

/// One code with these lines.
fn one(code: &str) -> String {
    rust(&set(
        "",
        &[&format!("code = \"1\"\nvariant = \"One\"\n{code}")],
    ))
}

#[track_caller]
fn contains(rust: &str, parts: &[&str]) {
    for part in parts {
        assert!(rust.contains(part), "no `{part}` in {rust}");
    }
}

#[track_caller]
fn lacks(rust: &str, parts: &[&str]) {
    for part in parts {
        assert!(!rust.contains(part), "`{part}` in {rust}");
    }
}

#[test]
fn a_fact_that_differs_has_a_table_of_its_values_and_which_code_has_which() {
    for (code, parts) in [
        (
            "billing = \"free\"",
            [
                "billing () : BILLING [* self as usize] ,",
                "static BILLING : [rt :: Billing ; 2] = rt :: spread (& [rt :: Billing :: Free , \
                 rt :: Billing :: Unspecified] , [0 , 1]) ;",
            ],
        ),
        (
            "retry = \"never\"",
            [
                "retry () : RETRY [* self as usize] ,",
                "static RETRY : [rt :: Retry ; 2] = rt :: spread (& [rt :: Retry :: Never , \
                 rt :: Retry :: Unspecified] , [0 , 1]) ;",
            ],
        ),
        (
            "retry-after = 5",
            [
                "retry_after () : rt :: seconds (RETRY_AFTER [* self as usize]) ,",
                "static RETRY_AFTER : [u32 ; 2] = rt :: spread (& [5 , 0] , [0 , 1]) ;",
            ],
        ),
        (
            "http = 404",
            [
                "http_status () : rt :: status (HTTP_STATUS [* self as usize]) ,",
                "static HTTP_STATUS : [u16 ; 2] = rt :: spread (& [404 , 0] , [0 , 1]) ;",
            ],
        ),
        (
            "success = true",
            [
                "is_success () : IS_SUCCESS [* self as usize] ,",
                "static IS_SUCCESS : [bool ; 2] = rt :: spread (& [true , false] , [0 , 1]) ;",
            ],
        ),
        (
            "fault = \"caller\"",
            [
                "fault () : FAULT [* self as usize] ,",
                "static FAULT : [rt :: Option < rt :: Fault > ; 2] = rt :: spread (& \
                 [rt :: Some (rt :: Fault :: Caller) , rt :: None] , [0 , 1]) ;",
            ],
        ),
        (
            "severity = \"info\"",
            [
                "severity () : SEVERITY [* self as usize] ,",
                "static SEVERITY : [rt :: Severity ; 2] = rt :: spread (& [rt :: Severity :: \
                 Info , rt :: Severity :: Error] , [0 , 1]) ;",
            ],
        ),
        (
            "since.release = \"0.1.0\"",
            [
                "since () : rt :: optional (since_text (* self as usize)) ,",
                "const fn since_text (at : usize) -> & 'static str",
            ],
        ),
        (
            "symbol = \"ONE\"",
            [
                "symbol () : rt :: optional (symbol_text (* self as usize)) ,",
                "const fn symbol_text (at : usize) -> & 'static str",
            ],
        ),
        (
            "remedy.en = \"Wait.\"",
            [
                "remedy (locale) : rt :: optional (rt :: choose ! (locale , * self as usize , \
                 \"en\" => remedy_0)) ,",
                "const fn remedy_0 (at : usize) -> & 'static str",
            ],
        ),
        (
            "doc.en = \"It is one.\"",
            [
                "definition (locale) : rt :: choose ! (locale , * self as usize , \"en\" => \
                 definition_0) ,",
                "const fn definition_0 (at : usize) -> & 'static str",
            ],
        ),
    ] {
        contains(&two(code), &parts);
    }
}

#[test]
fn a_fact_that_all_codes_share_has_no_table() {
    for (code, part) in [
        ("", "billing () : rt :: Billing :: Unspecified ,"),
        ("billing = \"free\"", "billing () : rt :: Billing :: Free ,"),
        ("", "retry () : rt :: Retry :: Unspecified ,"),
        ("", "retry_after () : rt :: seconds (0) ,"),
        ("http = 404", "http_status () : rt :: status (404) ,"),
        ("", "is_success () : false ,"),
        ("", "severity () : rt :: Severity :: Error ,"),
        ("success = true", "severity () : rt :: Severity :: Info ,"),
        ("", "since () : rt :: None ,"),
        (
            "since.release = \"0.1.0\"",
            "since () : rt :: Some (\"0.1.0\") ,",
        ),
        ("", "symbol () : rt :: None ,"),
        ("", "section () : rt :: None ,"),
        ("", "remedy (locale) : { let _ = locale ; rt :: None } ,"),
        ("", "note (locale) : { let _ = locale ; rt :: None } ,"),
        ("", "said (locale) : { let _ = locale ; rt :: None } ,"),
        ("note.en = \"a\"", "note (locale) : rt :: optional ("),
        ("said.en = \"a\"", "said (locale) : rt :: optional ("),
        ("http-answer = 503", "http_answer () : 503 ,"),
        (
            "grpc = \"ABORTED\"",
            "grpc () : rt :: GrpcCode :: Aborted ,",
        ),
        (
            "fault = \"caller\"",
            "fault () : rt :: Some (rt :: Fault :: Caller) ,",
        ),
    ] {
        contains(&one(code), &[part]);
    }
    lacks(&one("billing = \"free\""), &["BILLING"]);
}

#[test]
fn severities_that_follow_from_success_have_no_table() {
    let follows = "severity () : rt :: severity (Self :: is_success (self)) ,";
    let done = "code = \"0\"\nvariant = \"Done\"\nsuccess = true";
    let failed = "code = \"1\"\nvariant = \"Failed\"";
    let rust_of = |keys: &str, codes: &[&str]| rust(&set(keys, codes));
    contains(&rust_of("", &[done, failed]), &[follows]);
    lacks(
        &rust_of("severity = \"warning\"", &[done, failed]),
        &[follows],
    );
    let success_with_warning = format!("{done}\nseverity = \"warning\"");
    lacks(&rust_of("", &[&success_with_warning, failed]), &[follows]);
    lacks(&rust_of("", &[failed]), &[follows]);
}

#[test]
fn methods_of_a_taxonomy_exist_if_the_codes_have_their_facts() {
    lacks(
        &two(""),
        &["definition (", "http_answer (", "grpc (", "fault ("],
    );
    // A status that a code lacks cannot be answered with; a fault may be unknown.
    lacks(&two("http-answer = 503"), &["http_answer ("]);
    lacks(&two("grpc = \"ABORTED\""), &["grpc ("]);
    contains(&two("fault = \"vendor\""), &["fault ("]);
}

#[test]
fn a_section_is_named_by_its_id() {
    let of = |codes: &[&str]| {
        let sections = "[[set.section]]\nid = \"pay\"\n[[set.section]]\nid = \"send\"";
        rust(&set(sections, codes))
    };
    let pay = "code = \"1\"\nvariant = \"One\"\nsection = \"pay\"";
    let send = "code = \"2\"\nvariant = \"Two\"\nsection = \"send\"";
    let none = "code = \"3\"\nvariant = \"Three\"";
    contains(&of(&[pay]), &["section () : rt :: Some (\"pay\") ,"]);
    contains(
        &of(&[
            pay,
            send,
            none,
            pay.replace('1', "4").replace("One", "Four").as_str(),
        ]),
        &[
            "section () : rt :: optional (section_text (* self as usize)) ,",
            "concat ! (\"pay\" , \"send\" , \"\")",
        ],
    );
}

#[test]
fn a_language_is_chosen_among_those_that_are_included() {
    let text = "code = \"1\"\nvariant = \"One\"\nmessage = { en = \"one\", de = \"eins\" }\n\
                remedy.en = \"Wait.\"\nnote.de = \"Nur im Mai.\"";
    let spec = set("", &[text]);
    let all = rust(&spec);
    contains(
        &all,
        &[
            "message (locale) : rt :: choose ! (locale , * self as usize , \"en\" => message_0 , \
             1 : \"de\" => message_1) ,",
            "concat ! (\"one\")",
            "concat ! (\"eins\")",
            // The remedy is the same in each language, and is stored once.
            "const fn remedy_1 (at : usize) -> & 'static str { remedy_0 (at) }",
            "rt :: default_language ! { DEFAULT_LANGUAGE : [] , default_text : [1 => message_1] }",
        ],
    );
    let of = |tags: &[&str]| rust_with(&spec, &Options::default().locales(tags)).to_string();
    contains(
        &of(&["de", "en"]),
        &["\"de\" => message_0 , 1 : \"en\" => message_1"],
    );
    let german = of(&["de"]);
    contains(
        &german,
        &["(locale , * self as usize , \"de\" => message_0) ,"],
    );
    lacks(&german, &["message_1", "\"one\""]);
}

#[test]
fn a_language_and_the_default_have_the_attributes_of_the_options() {
    let spec = set(
        "",
        &[
            "code = \"1\"\nvariant = \"One\"\nmessage = { en = \"one\", de = \"eins\", fr = \
             \"un\" }",
        ],
    );
    let german = quote!(#[cfg(feature = "de")]);
    let options = Options {
        locales: Some(vec![
            ("en".to_owned(), TokenStream::new()),
            ("de".to_owned(), german.clone()),
            ("fr".to_owned(), TokenStream::new()),
        ]),
        default: vec![
            ("de".to_owned(), german),
            ("fr".to_owned(), TokenStream::new()),
        ],
        ..Options::default()
    };
    contains(
        &rust_with(&spec, &options).to_string(),
        &[
            "# [cfg (feature = \"de\")] static MESSAGE_1_TEXT",
            "# [cfg (feature = \"de\")] # [inline] const fn message_1 (",
            ", # [cfg (feature = \"de\")] 1 : \"de\" => message_1 , 2 : \"fr\" => message_2)",
            // The preferred one last, so that it wins.
            "rt :: default_language ! { DEFAULT_LANGUAGE : [2 , # [cfg (feature = \"de\")] 1] , \
             default_text : [# [cfg (feature = \"de\")] 1 => message_1 , 2 => message_2] }",
        ],
    );
}

#[test]
fn a_text_that_is_missing_is_in_the_language_of_last_resort() {
    let spec = set(
        "",
        &[
            "code = \"1\"\nvariant = \"One\"\nmessage = { en = \"one\", de = \"eins\" }",
            "code = \"2\"\nvariant = \"Two\"\nmessage = { en = \"two\", de = \"zwei\", fr = \
             \"deux\" }",
        ],
    );
    let of = |options: Options| rust_with(&spec, &options).to_string();
    let no_attributes = |tag: &str| (tag.to_owned(), TokenStream::new());
    contains(&of(Options::default()), &["concat ! (\"one\" , \"deux\")"]);
    contains(
        &of(Options::default().locales(&["de", "en", "fr"])),
        &["concat ! (\"eins\" , \"deux\")"],
    );
    contains(
        &of(Options {
            default: vec![no_attributes("de")],
            ..Options::default()
        }),
        &["concat ! (\"eins\" , \"deux\")"],
    );
    // Whether a language with an attribute is there is known only later.
    contains(
        &of(Options {
            default: vec![("de".to_owned(), quote!(#[cfg(feature = "de")]))],
            ..Options::default()
        }),
        &["concat ! (\"one\" , \"deux\")"],
    );
}

/// Every code has a kind, and one range.
const WITH_KINDS: &str = "kinds = \"shop-kinds\"\n[[set]]\nname = \"C\"\n\
    [[set.code]]\ncode = \"1\"\nvariant = \"One\"\nkind = \"too-late\"\n\
    [[set.code]]\ncode = \"2\"\nvariant = \"Two\"\nkind = \"busy\"\n\
    [[set.code]]\ncode = \"3\"\nvariant = \"Three\"\nkind = \"too-late\"\n\
    [[set.range]]\nfrom = \"-5\"\nto = \"-2\"\nkind = \"lost\"\nretry = \"never\"\nbilling = \
    \"free\"\nseverity = \"warning\"\n\
    [[set.range]]\nfrom = \"7\"\nto = \"9\"\n";

#[test]
fn kinds_are_variants_of_the_type_of_the_options() {
    let spec = source(WITH_KINDS);
    let with_kinds = expand(&spec, &Options::default().kinds("crate::Kind").unwrap());
    contains(
        &with_kinds.unwrap().to_string(),
        &[
            "static KIND : [crate :: Kind ; 3] = rt :: spread (& [crate :: Kind :: TooLate , \
             crate :: Kind :: Busy] , [0 , 1 , 0]) ;",
            "rt :: kind ! { impl C (self) : crate :: Kind => KIND [* self as usize] , ranges : \
             [- 5 ..= - 2 => crate :: Kind :: Lost] }",
            "const _ : crate :: Kind = crate :: Kind :: Lost ;",
            "const TooLate : Self = rt :: core :: panic ! (\"{}\" , \"spec.toml:10:8: the kind \
             `too-late` needs a variant `TooLate`, which `crate::Kind` does not have\") ;",
        ],
    );
    lacks(&rust(&spec), &["KIND", "TooLate", "rt :: kind !"]);
    let without_ranges = WITH_KINDS.replace("kind = \"lost\"\n", "");
    let without_ranges = expand(
        &source(&without_ranges),
        &Options::default().kinds("crate::Kind").unwrap(),
    );
    contains(
        &without_ranges.unwrap().to_string(),
        &["=> KIND [* self as usize] }"],
    );
}

#[test]
fn a_kind_is_named_once_where_it_is_first() {
    let options = Options::default().kinds("crate::Kind").unwrap();
    let rust = rust_with(&source(WITH_KINDS), &options).to_string();
    assert_eq!(rust.matches("const TooLate : Self").count(), 1);
    assert_eq!(rust.matches("needs a variant").count(), 3);
}

#[test]
fn a_range_says_what_its_codes_mean() {
    contains(
        &rust(&source(WITH_KINDS)),
        &[
            "classes : [- 5 ..= - 2 => Free Never Warning , 7 ..= 9 => Unspecified Unspecified \
             Error] ,",
        ],
    );
    lacks(&one(""), &["classes"]);
}

#[test]
fn the_enum_has_what_the_options_say() {
    let spec = set(
        "was = [\"Old\"]",
        &["code = \"1\"\nvariant = \"One\"\nwas-variant = [\"Uno\"]"],
    );
    let default = rust_with(&spec, &Options::default());
    assert_eq!(
        attributes(&default, "C")[1..],
        [
            "derive (:: core :: clone :: Clone , :: core :: marker :: Copy , :: core :: cmp :: \
             PartialEq , :: core :: cmp :: Eq , :: core :: hash :: Hash)",
            "non_exhaustive"
        ]
    );
    contains(
        &default.to_string(),
        &[
            "pub enum C {",
            "use :: errbook :: __private as rt ;",
            "# [doc = \" The earlier name of [`C`].\"] # [deprecated (note = \"this set is called \
             `C` now\")] pub type Old = C ;",
            "# [doc = \" The earlier name of [`One`](Self::One).\"] # [deprecated (note = \"it is \
             called `One` now\")]",
            "pub const Uno : Self = Self :: One ;",
        ],
    );
    let options = Options {
        on_enum: quote!(#[derive(Debug)]),
        visibility: Some(quote!(pub(crate))),
        exhaustive: true,
        ..Options::default().errbook("crate::e").unwrap()
    };
    let other = rust_with(&spec, &options);
    assert_eq!(attributes(&other, "C").last().unwrap(), "derive (Debug)");
    contains(
        &other.to_string(),
        &[
            "pub (crate) enum C {",
            "pub (crate) type Old = C ;",
            "use crate :: e :: __private as rt ;",
        ],
    );
    lacks(&other.to_string(), &["non_exhaustive", ":: errbook"]);
}

/// `#[repr(u16)]` saves rustc a third of its time for a large set. A small enum, whose
/// documentation people read, does not need it.
#[test]
fn only_enums_above_1000_variants_have_a_repr() {
    let of = |codes: usize| {
        let codes: Vec<String> = (0..codes)
            .map(|at| format!("code = \"{at}\"\nvariant = \"V{at}\""))
            .collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        rust(&set("", &codes))
    };
    lacks(&of(1000), &["repr"]);
    contains(&of(1001), &["# [repr (u16)]"]);
}

#[test]
fn flags_have_their_places_and_a_type_for_their_combination() {
    let spec = |codes: &[&str]| rust(&set("wire = \"flags\"", codes));
    let rust = spec(&[
        "code = \"0100\"\nvariant = \"Second\"",
        "code = \"0001\"\nvariant = \"Fourth\"",
    ]);
    contains(
        &rust,
        &[
            "pub type Cs = :: errbook :: Flags < C > ;",
            "static PLACES : [u8 ; 2] = [2 , 4] ;",
            "rt :: flag ! { impl C (self) , width : 4 , position : PLACES [* self as usize] as \
             u32 }",
        ],
    );
    contains(
        &spec(&[
            "code = \"1\"\nvariant = \"Now\"",
            "code = \"1\"\nvariant = \"Old\"\nstatus = \"retired\"\nuntil = \"2\"",
        ]),
        &["position : PLACES [* self as usize] as u32 , former : [Old] }"],
    );
    lacks(&one(""), &["rt :: flag !", "PLACES", "Flags"]);
}

#[test]
fn codes_with_the_same_code_are_ordered_by_their_names() {
    let now = "code = \"1\"\nvariant = \"Now\"";
    let old = "code = \"1\"\nvariant = \"Old\"\nstatus = \"retired\"\nuntil = \"2\"";
    contains(
        &rust(&set("", &[now, old])),
        &["rt :: by_code ! { impl C : i32 then : name_of_variant }"],
    );
    contains(
        &rust(&set("", &[now])),
        &["rt :: by_code ! { impl C : i32 }"],
    );
}
