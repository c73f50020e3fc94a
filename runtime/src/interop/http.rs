//! `http`: the status of a code as a `StatusCode`.

use http::StatusCode;

use crate::code::ErrorCode;

/// The HTTP status of a code as the type of the crate `http`. Every [`ErrorCode`] has it.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// use errbook::HttpStatus;
/// errbook::include_spec! { "tests/shop.toml" }
/// assert_eq!(OrderError::OutOfStock.status_code(), Some(http::StatusCode::CONFLICT));
/// # }
/// ```
pub trait HttpStatus: ErrorCode {
    /// [`http_status`](ErrorCode::http_status) as a `StatusCode`; `None` where the spec gives none.
    #[must_use]
    fn status_code(&self) -> Option<StatusCode> {
        self.http_status()
            .and_then(|status| StatusCode::from_u16(status).ok())
    }
}

impl<E: ErrorCode + ?Sized> HttpStatus for E {}
