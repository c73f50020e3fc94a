//! `http`: the status of a code as a `StatusCode`.

use http::StatusCode;

use crate::code::ErrorCode;

/// The HTTP status of a code as a type of the crate `http`. Implemented for every [`ErrorCode`].
///
/// ```
/// # #[cfg(feature = "macros")] {
/// use errbook::HttpStatus;
/// errbook::include_spec! { "tests/shop.toml" }
/// assert_eq!(OrderError::OutOfStock.status_code(), Some(http::StatusCode::CONFLICT));
/// # }
/// ```
pub trait HttpStatus: ErrorCode {
    /// [`http_status`](ErrorCode::http_status) as a `StatusCode`; `None` if the spec does not state
    /// one.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::HttpStatus;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(OrderCode::Busy.status_code(), None);
    /// # }
    /// ```
    #[must_use]
    fn status_code(&self) -> Option<StatusCode> {
        self.http_status()
            .and_then(|status| StatusCode::from_u16(status).ok())
    }

    /// The status to answer with, given the one that is suggested for a failure, for example by the
    /// kind of the code.
    ///
    /// A warning or an info is not a failure, so it replaces a client or server error with 200; see
    /// [`Severity::http_answer`](crate::Severity::http_answer).
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::HttpStatus;
    /// use http::StatusCode;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let suggested = StatusCode::UNPROCESSABLE_ENTITY;
    /// assert_eq!(OrderError::OutOfStock.answer_status(suggested), suggested);
    /// assert_eq!(OrderCode::Accepted.answer_status(suggested), StatusCode::OK);
    /// # }
    /// ```
    #[must_use]
    fn answer_status(&self, suggested: StatusCode) -> StatusCode {
        let status = self.severity().http_answer(suggested.as_u16());
        StatusCode::from_u16(status).unwrap_or(suggested)
    }
}

impl<E: ErrorCode + ?Sized> HttpStatus for E {}
