//! What the source of a derived error is, and fields whose types are known only to the compiler.

use std::error::Error;
use std::{fmt, io};

use errbook::{ErrorCode, HasKind, Locale};
use errbook_codes::Kind;

fn io() -> io::Error {
    io::Error::other("oh no!")
}

fn source_of(error: &dyn Error) -> Option<String> {
    error.source().map(ToString::to_string)
}

#[derive(Debug, errbook::ErrorCode)]
enum Marked {
    #[error_code(1, message = "read from <source>")]
    Read {
        source: &'static str,
        #[source]
        cause: io::Error,
    },
    #[error_code(2, message = "written")]
    Written {
        #[source]
        cause: Option<io::Error>,
        source: io::Error,
    },
}

#[test]
fn a_marked_field_is_the_source_and_not_one_called_source() {
    let read = Marked::Read {
        source: "a.toml",
        cause: io(),
    };
    assert_eq!(read.to_string(), "read from a.toml");
    assert_eq!(source_of(&read).as_deref(), Some("oh no!"));
    let written = Marked::Written {
        cause: None,
        source: io(),
    };
    assert_eq!(source_of(&written), None);
    assert!(matches!(written, Marked::Written { source, .. } if source.to_string() == "oh no!"));
}

type Maybe<T = io::Error> = Option<T>;
type Dynamic = Box<dyn Error + Send + Sync>;

#[derive(Debug, errbook::ErrorCode)]
enum Aliased {
    #[error_code(1, message = "one")]
    Unnamed(#[source] Maybe),
    #[error_code(2, message = "two")]
    Named { source: Maybe<Dynamic> },
    #[error_code(3, message = "three")]
    From(#[from] Maybe<fmt::Error>),
    #[error_code(4, message = "four")]
    Always { source: Dynamic },
}

#[test]
fn an_option_behind_a_type_alias_is_one() {
    let named = |source| Aliased::Named { source };
    let always = Aliased::Always {
        source: io().into(),
    };
    for error in [
        Aliased::Unnamed(Some(io())),
        named(Some(io().into())),
        always,
    ] {
        assert_eq!(source_of(&error).as_deref(), Some("oh no!"), "{error}");
    }
    for error in [Aliased::Unnamed(None), named(None), Aliased::from(None)] {
        assert_eq!(source_of(&error), None, "{error}");
    }
    assert!(source_of(&Aliased::from(Some(fmt::Error))).is_some());
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "acme", kinds = Kind)]
enum Disk {
    #[error_code(1, kind = "payload-too-large", message(en = "full", de = "voll"))]
    Full,
}

/// A pointer of the user that prints more than what it points to.
#[derive(Debug)]
struct Context(Disk);

impl std::ops::Deref for Context {
    type Target = Disk;

    fn deref(&self) -> &Disk {
        &self.0
    }
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (sda)", self.0)
    }
}

type Shared = std::sync::Arc<Disk>;
type Boxed = Box<dyn ErrorCode + Send + Sync>;

#[derive(Debug, errbook::ErrorCode)]
enum Save {
    #[error_code(1, message(en = "not saved: <_0>", de = "nicht gespeichert: <_0>"))]
    Shared(Shared),
    #[error_code(2, message(en = "not saved: <_0>", de = "nicht gespeichert: <_0>"))]
    Context(Context),
    #[error_code(transparent)]
    Boxed(#[from] Boxed),
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(transparent, kinds = Kind)]
struct Wrapped(Shared);

#[test]
fn a_pointer_behind_a_type_alias_is_one() {
    let shared = Save::Shared(Shared::new(Disk::Full));
    assert_eq!(shared.message(Locale::DE), "nicht gespeichert: voll");
    let context = Save::Context(Context(Disk::Full));
    assert_eq!(context.message(Locale::DE), "nicht gespeichert: full (sda)");
    let boxed = Save::from(Box::new(Disk::Full) as Boxed);
    assert_eq!(
        (boxed.vendor(), boxed.to_string()),
        ("acme", "full".to_owned())
    );
    let wrapped: &dyn HasKind<Kind> = &Wrapped(Shared::new(Disk::Full));
    assert_eq!(wrapped.kind(), Kind::PayloadTooLarge);
}

#[derive(Debug, errbook::ErrorCode)]
enum Tree<T> {
    #[error_code(1, message = "leaf <_0>")]
    Leaf(T),
    #[error_code(2, message = "above <_0>")]
    Above(Box<Tree<T>>),
    #[error_code(3, message = "within <_0>")]
    Within(Box<Self>),
    #[error_code(4, message = "because")]
    Because(#[source] Box<Tree<T>>),
    #[error_code(transparent)]
    Same(Box<Tree<T>>),
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(1, message = "<what>")]
struct Chain<T> {
    what: T,
    source: Option<Box<Chain<T>>>,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(1, message = "<what>")]
struct Plain {
    what: u8,
    source: Option<Box<Plain>>,
}

#[test]
fn an_error_can_contain_itself() {
    let leaf = || Box::new(Tree::Leaf('x'));
    let errors = [
        Tree::Above(leaf()),
        Tree::Within(leaf()),
        Tree::Because(leaf()),
        Tree::Same(Box::new(Tree::Because(leaf()))),
    ];
    assert_eq!(
        errors.each_ref().map(ToString::to_string),
        ["above leaf x", "within leaf x", "because", "because"]
    );
    assert_eq!(
        errors.each_ref().map(|error| source_of(error)),
        [
            None,
            None,
            Some("leaf x".to_owned()),
            Some("leaf x".to_owned())
        ]
    );
    let chain = |what, source| Chain { what, source };
    let chain = chain("outer", Some(Box::new(chain("inner", None))));
    assert_eq!(source_of(&chain).as_deref(), Some("inner"));
    let plain = |what, source| Plain { what, source };
    let plain = plain(2, Some(Box::new(plain(1, None))));
    assert_eq!(source_of(&plain).as_deref(), Some("1"));
}
