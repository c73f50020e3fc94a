//! The words of the pages themselves, in the languages that the pages have words in.

use std::collections::BTreeMap;

use errbook_spec::Retry;

use crate::explain::words::Words;

/// The languages: English is in the pages as they are, the others are put in by the script.
pub(super) const LANGUAGES: [&str; 2] = ["en", "zh-CN"];

/// The words that `explain` has no need of: the name, English, Chinese.
const WORDS: &[(&str, &str, &str)] = &[
    (
        "active",
        "Active codes (− retired)",
        "有效错误码（− 已停用）",
    ),
    ("all", "All codes", "全部错误码"),
    (
        "also_at",
        "Same condition at other vendors",
        "其他厂商的同类错误",
    ),
    ("back", "Back", "返回"),
    ("billing_stated", "Billing stated", "已说明计费"),
    ("changes", "Changes", "变更"),
    (
        "changes_intro",
        "What changed in the registry, newest first.",
        "登记册的变更，最新的在前。",
    ),
    ("code", "Code", "错误码"),
    ("codes", "codes", "个错误码"),
    ("copied", "Copied", "已复制"),
    ("copy", "Copy", "复制"),
    ("coverage", "Coverage", "覆盖率"),
    (
        "coverage_intro",
        "How complete the data of each set is. Texts are messages and remedies; kinds, retry and billing are counted by code. Retired codes are not included.",
        "各错误码集的信息完整度。文本指信息与处理措施；类别、重试与计费按错误码统计。不含已停用的错误码。",
    ),
    ("dark", "Dark", "深色"),
    ("definition", "Definition", "定义"),
    ("document", "Document", "文档"),
    ("examples", "For example", "例如"),
    ("flag", "flag", "告警位"),
    ("http_answer", "Answer with", "应答状态"),
    (
        "in_class",
        "No document names this code. It is in the class",
        "文档未单独列出此码，属于区间",
    ),
    (
        "intro",
        "What a code means, what to do about it, and whether it is billed — at every vendor.",
        "每个错误码的含义、处理办法与计费，涵盖所有厂商。",
    ),
    ("keys", "to search, to choose, to open", "搜索、选择、打开"),
    ("kinds", "Kinds", "类别"),
    (
        "kinds_intro",
        "A kind means the same at every vendor. Each number leads to its card.",
        "同一类别在各厂商含义相同。点击错误码查看详情。",
    ),
    ("language", "Language", "语言"),
    ("light", "Light", "浅色"),
    ("link", "Link", "链接"),
    ("match_it", "match it", "匹配"),
    ("decode_it", "decode it", "解码"),
    (
        "more",
        "more: type on to narrow the search",
        "个更多结果：继续输入以缩小范围",
    ),
    ("name", "Name", "名称"),
    ("none", "Nothing matches", "没有匹配结果"),
    (
        "none_help",
        "Try fewer digits, another word, or English or Chinese.",
        "请减少位数、换一个词，或改用中文或英文。",
    ),
    (
        "none_yet",
        "Nothing has been released yet.",
        "尚未发布任何版本。",
    ),
    ("other_codes", "Also", "另有"),
    ("pages", "Pages", "页面"),
    ("results", "Results", "结果"),
    ("said_by", "by the vendor’s", "依据厂商"),
    ("search", "Search", "搜索"),
    (
        "search_hint",
        "Code, symbol or words: -5007, NO_FACE_FOUND, 未检测到声音",
        "错误码、符号或关键词：-5007、NO_FACE_FOUND、未检测到声音",
    ),
    ("sets", "Sets", "集合"),
    ("system", "System", "跟随系统"),
    ("text_in", "Texts in", "文本语言"),
    ("theme", "Theme", "主题"),
    ("to_all", "Skip to the content", "跳到内容"),
    ("top", "Look a code up", "查询错误码"),
    ("total", "All", "合计"),
    ("vendor", "Vendor", "厂商"),
    ("vendors", "Vendors", "厂商"),
    ("with_kind", "Kind", "类别"),
    ("with_retry", "Retry", "重试"),
];

/// All words of a language by their names.
pub(super) fn words(language: &str) -> BTreeMap<String, &'static str> {
    let chinese = language.starts_with("zh");
    let own = WORDS
        .iter()
        .map(|(name, en, zh)| ((*name).to_owned(), if chinese { *zh } else { *en }));
    let words = Words::of(language);
    let shared = [
        ("aliases", words.aliases),
        ("billed", words.billed),
        ("billing", words.billing),
        ("free", words.free),
        ("http", words.http),
        ("kind", words.kind),
        ("message", words.message),
        ("near", words.near),
        ("parameters", words.parameters),
        ("position", words.position),
        ("remedy", words.remedy),
        ("retired", words.retired),
        ("retry", words.retry),
        ("rust", words.rust),
        ("seconds", words.seconds),
        ("section", words.section),
        ("symbol", words.symbol),
        ("unspecified", words.unspecified),
        ("use_instead", words.use_instead),
        ("user", words.user),
    ];
    let shared = shared
        .into_iter()
        .map(|(name, word)| (name.to_owned(), word));
    let retries = Retry::WORDS
        .iter()
        .map(|(name, retry)| (format!("retry.{name}"), words.retry(*retry)));
    own.chain(shared).chain(retries).collect()
}
