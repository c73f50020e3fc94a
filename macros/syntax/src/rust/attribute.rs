//! Attributes: `#[…]` before an item, a variant, a field or a language.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Token, token};

/// `#[…]` before an item, a variant, a field or a language.
pub(crate) struct Attribute {
    tokens: TokenStream,
    /// The name, where it is one word.
    name: Option<Ident>,
    /// What follows the name.
    rest: Vec<TokenTree>,
}

impl Attribute {
    /// Reads all that stand next.
    pub(crate) fn parse_all(input: ParseStream<'_>) -> syn::Result<Vec<Self>> {
        let mut attributes = Vec::new();
        while input.peek(Token![#]) {
            let pound: Token![#] = input.parse()?;
            match input.parse()? {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                    let (name, rest) = inside.parse2(group.stream())?;
                    attributes.push(Self {
                        tokens: quote!(#pound #group),
                        name,
                        rest: rest.into_iter().collect(),
                    });
                }
                other => return Err(syn::Error::new(other.span(), "expected square brackets")),
            }
        }
        Ok(attributes)
    }

    /// True if it has this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.as_ref().is_some_and(|own| own == name)
    }

    /// An error unless it is its name alone.
    pub(crate) fn without_arguments(&self) -> syn::Result<()> {
        let span = match self.rest.first() {
            None => return Ok(()),
            Some(TokenTree::Group(group)) => group.span_open(),
            Some(token) => token.span(),
        };
        Err(syn::Error::new(
            span,
            format!(
                "`#[{}]` stands alone: nothing follows its name",
                self.name.to_token_stream()
            ),
        ))
    }

    /// Reads what stands in its parentheses.
    pub(crate) fn arguments(
        &self,
        read: &mut dyn FnMut(ParseStream<'_>) -> syn::Result<()>,
    ) -> syn::Result<()> {
        let in_parentheses = |input: ParseStream<'_>| {
            if !input.peek(token::Paren) {
                let name = self.name.to_token_stream();
                let message =
                    format!("expected attribute arguments in parentheses: #[{name}(...)]");
                return Err(syn::Error::new(name.span(), message));
            }
            let inner;
            syn::parenthesized!(inner in input);
            read(&inner)
        };
        in_parentheses.parse2(self.rest.iter().cloned().collect())
    }
}

/// Reads what stands between the brackets: the name, if it is one word, and what follows.
fn inside(input: ParseStream<'_>) -> syn::Result<(Option<Ident>, TokenStream)> {
    let is_global = input.parse::<Option<Token![::]>>()?.is_some();
    let name = input.call(Ident::parse_any)?;
    let is_path = is_global || input.peek(Token![::]);
    Ok((Some(name).filter(|_| !is_path), input.parse()?))
}

impl ToTokens for Attribute {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.tokens.clone());
    }
}
