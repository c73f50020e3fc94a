//! The words of a card, in the languages that a card has words in.

use errbook_spec::Retry;

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) symbol: &'static str,
    pub(crate) message: &'static str,
    pub(crate) remedy: &'static str,
    pub(crate) section: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) user: &'static str,
    pub(crate) retry: &'static str,
    pub(crate) billing: &'static str,
    pub(crate) http: &'static str,
    pub(crate) aliases: &'static str,
    pub(crate) parameters: &'static str,
    pub(crate) rust: &'static str,
    pub(crate) status: &'static str,
    pub(crate) retired: &'static str,
    pub(crate) since: &'static str,
    pub(crate) use_instead: &'static str,
    pub(crate) billed: &'static str,
    pub(crate) free: &'static str,
    pub(crate) unspecified: &'static str,
    pub(crate) column: &'static str,
    pub(crate) not_in: &'static str,
    pub(crate) one_of: &'static str,
    pub(crate) position: &'static str,
    pub(crate) undocumented: &'static str,
    pub(crate) range: &'static str,
    pub(crate) unknown: &'static str,
    /// What stands before and after the name of the only vendor that was asked about.
    pub(crate) elsewhere: (&'static str, &'static str),
    pub(crate) near: &'static str,
    pub(crate) also: &'static str,
    pub(crate) seconds: &'static str,
    retries: [&'static str; 6],
}

const ENGLISH: Words = Words {
    symbol: "symbol",
    message: "message",
    remedy: "remedy",
    section: "section",
    kind: "kind",
    user: "to the user",
    retry: "retry",
    billing: "billing",
    http: "HTTP status",
    aliases: "also sent as",
    parameters: "parameters",
    rust: "in Rust",
    status: "status",
    retired: "retired: it has left the vendor's document, and still decodes",
    since: "since its edition",
    use_instead: "use instead:",
    billed: "billed",
    free: "free",
    unspecified: "unspecified: the vendor does not say",
    column: "column",
    not_in: "not named in",
    one_of: "one of",
    position: "position",
    undocumented: "no document names this flag",
    range: "a code that no document names, in the class",
    unknown: "is unknown: no vendor documents it",
    elsewhere: ("is unknown to ", "; documented elsewhere:"),
    near: "perhaps you mean:",
    also: "also:",
    seconds: "s at least",
    retries: [
        "never: the answer is final",
        "after-fix: the request must be mended first",
        "after-user-action: a person must do something first, such as turn to the light",
        "backoff: try again later, and later each time",
        "throttled: slow down, then try again",
        "contact-vendor: only the vendor can help",
    ],
};

const CHINESE: Words = Words {
    symbol: "符号",
    message: "信息",
    remedy: "处理措施",
    section: "章节",
    kind: "类别",
    user: "用户提示",
    retry: "重试",
    billing: "计费",
    http: "HTTP 状态码",
    aliases: "别名",
    parameters: "参数",
    rust: "Rust",
    status: "状态",
    retired: "已停用：厂商文档中已无此码，仍可解码",
    since: "自文档版本",
    use_instead: "请改用：",
    billed: "收费",
    free: "不收费",
    unspecified: "未说明：厂商文档没有写",
    column: "列",
    not_in: "未出现于",
    one_of: "取值",
    position: "位",
    undocumented: "文档未说明此告警位",
    range: "文档未单独列出，属于区间",
    unknown: "未知：没有厂商文档记载",
    elsewhere: ("不在 ", " 的文档中，见于："),
    near: "您是否要找：",
    also: "另有：",
    seconds: "秒以上",
    retries: [
        "never：结果即最终结果，重试无用",
        "after-fix：须先修正请求",
        "after-user-action：须由用户先采取行动，例如改善光线",
        "backoff：稍后重试，间隔逐次延长",
        "throttled：降低频率后重试",
        "contact-vendor：须联系厂商",
    ],
};

impl Words {
    /// The words for a reader of a language.
    pub(crate) fn of(locale: &str) -> &'static Self {
        if locale.split(['-', '_']).next() == Some("zh") {
            &CHINESE
        } else {
            &ENGLISH
        }
    }

    /// What a caller should do.
    pub(crate) fn retry(&self, retry: Retry) -> &'static str {
        let at = Retry::WORDS.iter().position(|(_, word)| *word == retry);
        self.retries[at.expect("the list holds every class")]
    }
}
