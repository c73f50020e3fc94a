//! The codes with which gRPC services answer.

use crate::words::words;

/// A code of gRPC, as `google.rpc.Code` numbers and names them.
///
/// A kind of error has one, with which a service answers its own clients: see
/// [`guide::services`](https://docs.rs/errbook/latest/errbook/guide/services/). All gRPC libraries
/// have these codes; this crate depends on none of them. With tonic, for example,
/// `tonic::Code::from(code.as_i32())` is the code of a `tonic::Status`.
///
/// ```
/// use errbook::GrpcCode;
///
/// let code = GrpcCode::Unavailable;
/// assert_eq!((code.as_i32(), code.as_str()), (14, "UNAVAILABLE"));
/// ```
// Not `#[non_exhaustive]`: gRPC allows no other codes, and a `match` that converts them to those
// of a library should be complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GrpcCode {
    /// It worked.
    Ok = 0,
    /// The operation was cancelled.
    Cancelled = 1,
    /// Too little is known about the error.
    Unknown = 2,
    /// An argument is wrong, regardless of the state of the system.
    InvalidArgument = 3,
    /// The deadline of the call has passed.
    DeadlineExceeded = 4,
    /// Something that the call names does not exist.
    NotFound = 5,
    /// What the call should create exists already.
    AlreadyExists = 6,
    /// The client is not allowed to do this.
    PermissionDenied = 7,
    /// A quota or another limited resource is used up.
    ResourceExhausted = 8,
    /// The state of something must change before the call can work.
    FailedPrecondition = 9,
    /// The client should start again from an earlier step.
    Aborted = 10,
    /// The call went past the end of a valid range.
    OutOfRange = 11,
    /// The service does not have the operation.
    Unimplemented = 12,
    /// Something is broken inside of the service.
    Internal = 13,
    /// The same call may work later.
    Unavailable = 14,
    /// Data were lost or damaged.
    DataLoss = 15,
    /// The client must say who it is.
    Unauthenticated = 16,
}

impl GrpcCode {
    /// The number that is sent.
    ///
    /// ```
    /// assert_eq!(errbook::GrpcCode::InvalidArgument.as_i32(), 3);
    /// ```
    #[must_use]
    pub const fn as_i32(self) -> i32 {
        self as i32
    }
}

impl From<GrpcCode> for i32 {
    fn from(code: GrpcCode) -> Self {
        code.as_i32()
    }
}

words! {
    GrpcCode, "gRPC code", 17;
    /// All codes, by number.
    ///
    /// ```
    /// use errbook::GrpcCode;
    ///
    /// assert_eq!(GrpcCode::ALL[5], GrpcCode::NotFound);
    /// assert_eq!("NOT_FOUND".parse(), Ok(GrpcCode::NotFound));
    /// ```
    ALL;
    /// The name that specs use, which is that of `google.rpc.Code`.
    ///
    /// ```
    /// assert_eq!(errbook::GrpcCode::Internal.as_str(), "INTERNAL");
    /// ```
    as_str;
    Ok = "OK",
    Cancelled = "CANCELLED",
    Unknown = "UNKNOWN",
    InvalidArgument = "INVALID_ARGUMENT",
    DeadlineExceeded = "DEADLINE_EXCEEDED",
    NotFound = "NOT_FOUND",
    AlreadyExists = "ALREADY_EXISTS",
    PermissionDenied = "PERMISSION_DENIED",
    ResourceExhausted = "RESOURCE_EXHAUSTED",
    FailedPrecondition = "FAILED_PRECONDITION",
    Aborted = "ABORTED",
    OutOfRange = "OUT_OF_RANGE",
    Unimplemented = "UNIMPLEMENTED",
    Internal = "INTERNAL",
    Unavailable = "UNAVAILABLE",
    DataLoss = "DATA_LOSS",
    Unauthenticated = "UNAUTHENTICATED",
}
