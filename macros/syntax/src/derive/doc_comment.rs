//! The doc comment of a type or variant, as the message of its code.

use errbook_spec::template;
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Lit, LitStr, Meta};

/// The first paragraph of a doc comment, on one line. `` `<name>` `` is the parameter `<name>`:
/// rustdoc takes `<name>` without the backticks for HTML. `None` if there is no doc comment.
///
/// # Errors
///
/// The message, at the attribute, if a macro writes the doc comment.
pub(super) fn first_paragraph(attributes: &[Attribute]) -> syn::Result<Option<LitStr>> {
    let mut paragraph = String::new();
    let mut begin: Option<Span> = None;
    let docs = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("doc"));
    'docs: for doc in docs {
        let Meta::NameValue(pair) = &doc.meta else {
            continue;
        };
        let Some(literal) = string(&pair.value) else {
            let message = "`message = doc` cannot read a doc comment that a macro writes: write it as `/// …`, or the \
                           message as `message = \"…\"`";
            return Err(syn::Error::new(pair.value.span(), message));
        };
        for line in lines(&literal.value()) {
            if line.is_empty() && begin.is_some() {
                break 'docs;
            }
            if !line.is_empty() {
                begin.get_or_insert(literal.span());
                append(&mut paragraph, line);
            }
        }
    }
    let text = without_backticks(&paragraph);
    Ok(begin.map(|span| LitStr::new(&text, span)))
}

/// A string literal. syn looks into the invisible group of a `macro_rules!` macro for it.
fn string(value: &Expr) -> Option<&LitStr> {
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// The lines of one doc attribute, without the asterisks that begin the lines of `/** … */`.
fn lines(doc: &str) -> impl Iterator<Item = &str> {
    let has_asterisks = doc.split('\n').skip(1).all(|line| {
        let line = line.trim_start();
        line.is_empty() || line.starts_with('*')
    });
    doc.split('\n').enumerate().map(move |(number, line)| {
        let line = line.trim();
        match line.strip_prefix('*') {
            Some(rest) if has_asterisks && number > 0 => rest.trim_start(),
            _ => line,
        }
    })
}

/// Adds a line, after a blank unless the text is written without blanks.
fn append(text: &mut String, line: &str) {
    let joins = text.chars().last().zip(line.chars().next());
    if joins.is_some_and(|(before, after)| !(is_cjk(before) && is_cjk(after))) {
        text.push(' ');
    }
    text.push_str(line);
}

/// Chinese and Japanese characters, and their punctuation.
fn is_cjk(each: char) -> bool {
    matches!(each, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// The text with `<name>` for `` `<name>` ``.
fn without_backticks(text: &str) -> String {
    let mut result = text.to_owned();
    for name in template::holes(text) {
        result = result.replace(&format!("`<{name}>`"), &format!("<{name}>"));
    }
    result
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use syn::DeriveInput;

    use super::*;

    fn message(docs: &str) -> Option<String> {
        let item: TokenStream = format!("{docs}\nstruct Item;").parse().unwrap();
        let item: DeriveInput = syn::parse2(item).unwrap();
        let text = first_paragraph(&item.attrs).unwrap();
        text.map(|text| text.value())
    }

    #[test]
    fn the_first_paragraph_is_one_line() {
        assert_eq!(
            message("///  One\n/// and two. \n///\n/// More.").unwrap(),
            "One and two."
        );
        assert_eq!(
            message("/// \n///One.\n#[doc(hidden)]\n#[doc = \"Two.\"]").unwrap(),
            "One. Two."
        );
        assert_eq!(
            message("/** One\n  * and two.\n  *\n  * More. */").unwrap(),
            "One and two."
        );
        // An asterisk is part of the text unless it begins a further line of `/** … */`.
        assert_eq!(message("/// * One").unwrap(), "* One");
        assert_eq!(
            message("/// 用户名\n/// 已被占用，\n/// ID 不变。").unwrap(),
            "用户名已被占用， ID 不变。"
        );
    }

    #[test]
    fn a_macro_may_hand_a_string_on() {
        use proc_macro2::{Delimiter, Group};
        use quote::quote;

        let text = Group::new(Delimiter::None, quote!(" Text."));
        let item: DeriveInput = syn::parse2(quote!(#[doc = #text] struct Item;)).unwrap();
        let text = first_paragraph(&item.attrs).unwrap().unwrap();
        assert_eq!(text.value(), "Text.");
    }

    #[test]
    fn a_parameter_may_be_in_backticks() {
        let text = "/// `<left>` of <sku>, not `left` or `<<left>`.";
        assert_eq!(
            message(text).unwrap(),
            "<left> of <sku>, not `left` or `<<left>`."
        );
    }

    #[test]
    fn without_a_doc_comment_there_is_no_message() {
        for none in ["", "///", "///\n///", "#[doc(alias = \"x\")]", "// no doc"] {
            assert_eq!(message(none), None, "{none:?}");
        }
    }
}
