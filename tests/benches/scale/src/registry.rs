//! Writes registries of any size: documents, overlays, translations and a later edition. They are
//! the same in every run.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// What a text is about, in the language of the document and in those of the registry.
const SUBJECTS: [[&str; 3]; 24] = [
    ["身份证号码", "ID number", "身分証番号"],
    ["银行卡", "bank card", "銀行カード"],
    ["签名", "signature", "署名"],
    ["人脸图片", "face picture", "顔写真"],
    ["视频", "video", "動画"],
    ["手机号码", "phone number", "電話番号"],
    ["订单", "order", "注文"],
    ["账户", "account", "アカウント"],
    ["令牌", "token", "トークン"],
    ["合同", "contract", "契約"],
    ["请求参数", "request parameter", "リクエスト引数"],
    ["证书", "certificate", "証明書"],
    ["文件", "file", "ファイル"],
    ["接口", "interface", "インターフェース"],
    ["密码", "password", "パスワード"],
    ["用户", "user", "利用者"],
    ["设备", "device", "端末"],
    ["地址", "address", "住所"],
    ["发票", "invoice", "請求書"],
    ["退款", "refund", "返金"],
    ["会话", "session", "セッション"],
    ["渠道", "channel", "チャネル"],
    ["模板", "template", "テンプレート"],
    ["权限", "permission", "権限"],
];

/// What is wrong with it, and the kind of that.
const FAULTS: [[&str; 4]; 16] = [
    [
        "不存在",
        "does not exist",
        "が存在しません",
        "record-not-found",
    ],
    ["无效", "is invalid", "が無効です", "invalid-argument"],
    [
        "已过期",
        "has expired",
        "の期限が切れています",
        "session-expired",
    ],
    ["不能为空", "is empty", "が空です", "invalid-argument"],
    [
        "格式错误",
        "has the wrong format",
        "の形式が違います",
        "invalid-argument",
    ],
    [
        "超过次数限制",
        "exceeds its limit",
        "の回数が上限を超えました",
        "quota-exhausted",
    ],
    [
        "系统错误",
        "failed in the system",
        "のシステムエラー",
        "vendor-internal",
    ],
    [
        "被禁用",
        "is disabled",
        "が無効化されています",
        "account-disabled",
    ],
    [
        "不匹配",
        "does not match",
        "が一致しません",
        "identity-mismatch",
    ],
    [
        "无权访问",
        "may not be accessed",
        "にアクセスできません",
        "forbidden",
    ],
    [
        "过大",
        "is too large",
        "が大きすぎます",
        "payload-too-large",
    ],
    [
        "认证失败",
        "is not authenticated",
        "の認証に失敗しました",
        "unauthenticated",
    ],
    [
        "处理超时",
        "timed out",
        "の処理が時間切れです",
        "vendor-internal",
    ],
    [
        "已锁定",
        "is locked",
        "がロックされています",
        "account-disabled",
    ],
    [
        "重复提交",
        "was submitted twice",
        "が二重に送信されました",
        "invalid-argument",
    ],
    [
        "解析失败",
        "cannot be parsed",
        "を解析できません",
        "invalid-argument",
    ],
];

/// The languages of the registry besides that of the documents.
pub(crate) const LANGUAGES: [&str; 2] = ["en", "ja"];

/// How large a registry is.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) vendors: usize,
    /// The codes of each vendor, in one set.
    pub(crate) codes: usize,
}

impl Size {
    /// A part of this registry, for measuring how times grow: of the vendors, or of the only one.
    pub(crate) fn part(self, divisor: usize) -> Self {
        if self.vendors > 1 {
            Self {
                vendors: self.vendors / divisor,
                ..self
            }
        } else {
            Self {
                codes: self.codes / divisor,
                ..self
            }
        }
    }

    /// `1 × 60,000`.
    pub(crate) fn title(self) -> String {
        format!("{} × {} codes", self.vendors, self.codes)
    }
}

/// The numbers of a set: runs of 3 to 60 codes with holes between them.
struct Numbers {
    next: u64,
    left: u64,
    seed: u64,
}

impl Iterator for Numbers {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        if self.left == 0 {
            self.seed = self
                .seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            self.left = 3 + (self.seed >> 33) % 58;
            self.next += 1 + (self.seed >> 40) % 90;
        }
        self.left -= 1;
        self.next += 1;
        Some(self.next)
    }
}

/// The codes of a vendor: their numbers and their positions.
fn codes(vendor: usize, count: usize) -> impl Iterator<Item = (usize, u64)> {
    Numbers {
        next: 1000,
        left: 0,
        seed: vendor as u64 + 1,
    }
    .take(count)
    .enumerate()
}

/// The text of a code in a language: 0 is that of the document. Every second text has a number that
/// no other has; the others repeat, as they do in real documents.
fn text(vendor: usize, position: usize, language: usize) -> String {
    let subject = SUBJECTS[(vendor * 7 + position) % SUBJECTS.len()][language];
    let fault = FAULTS[(vendor * 5 + position / SUBJECTS.len()) % FAULTS.len()][language];
    let space = if language == 1 { " " } else { "" };
    match position % 2 {
        0 => format!("{subject}{space}{fault}"),
        _ => format!("{subject}{space}{fault} ({vendor}-{position})"),
    }
}

fn variant(vendor: usize, position: usize, code: u64) -> String {
    let words = |text: &str| {
        text.split(' ').fold(String::new(), |mut name, word| {
            name.push_str(&word[..1].to_uppercase());
            name.push_str(&word[1..]);
            name
        })
    };
    let subject = SUBJECTS[(vendor * 7 + position) % SUBJECTS.len()][1];
    let fault = FAULTS[(vendor * 5 + position / SUBJECTS.len()) % FAULTS.len()][1];
    format!("{}{}{code}", words(subject), words(fault))
}

/// The document of a vendor, or its later edition: without some codes, with other texts and with
/// new codes.
fn document(vendor: usize, count: usize, later: bool) -> String {
    let mut text_of_all = String::from("# 接口文档\n\n## 错误码\n\n");
    text_of_all.push_str("| 错误码 | 描述 | 处理措施 | 是否收费 |\n|---|---|---|---|\n");
    for (position, code) in codes(vendor, if later { count + count / 50 } else { count }) {
        if later && position % 97 == 5 {
            continue;
        }
        let changed = if later && position % 89 == 7 {
            "，请检查"
        } else {
            ""
        };
        let remedy = ["请稍后重试", "", "请检查参数", "请联系客服"][position % 4];
        let billed = if position % 3 == 0 { "是" } else { "否" };
        let described = text(vendor, position, 0);
        writeln!(
            text_of_all,
            "| {code} | {described}{changed} | {remedy} | {billed} |"
        )
        .unwrap();
    }
    text_of_all
}

/// One code in ten of the first vendor has no entry, so its name is provisional.
fn overlay(vendor: usize, count: usize) -> String {
    let mut lines = format!(
        "schema = 1\ntitle = \"接口文档\"\nlocale = \"zh-CN\"\nkinds = \"errbook\"\n\n\
         [set.Vendor{vendor}Code]\ntable = \"错误码\"\n\n[set.Vendor{vendor}Code.code]\n"
    );
    for (position, code) in codes(vendor, count) {
        if vendor > 0 || position % 10 != 9 {
            let kind = FAULTS[(vendor * 5 + position / SUBJECTS.len()) % FAULTS.len()][3];
            let name = variant(vendor, position, code);
            writeln!(
                lines,
                "{code} = {{ variant = \"{name}\", kind = \"{kind}\" }}"
            )
            .unwrap();
        }
    }
    lines
}

fn messages(vendor: usize, count: usize, language: usize) -> String {
    let mut texts = std::collections::BTreeMap::new();
    for (position, _) in codes(vendor, count) {
        texts.insert(text(vendor, position, 0), text(vendor, position, language));
    }
    let words = [
        ("接口文档", ["Interfaces", "インターフェース文書"]),
        ("错误码", ["Error codes", "エラーコード"]),
        ("请稍后重试", ["Try again later.", "後で再試行してください"]),
        (
            "请检查参数",
            ["Check the parameters.", "引数を確認してください"],
        ),
        (
            "请联系客服",
            ["Contact the support.", "サポートに連絡してください"],
        ),
    ];
    for (of, is) in words {
        texts.insert(of.to_owned(), is[language - 1].to_owned());
    }
    let mut lines = String::from("schema = 1\n");
    for (of, is) in texts {
        writeln!(lines, "\n[[text]]\nof = \"{of}\"\nis = \"{is}\"").unwrap();
    }
    lines
}

/// The name of a vendor's folder.
pub(crate) fn vendor_name(vendor: usize) -> String {
    format!("vendor{vendor}")
}

/// Which edition of a document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edition {
    First,
    /// The messages of every second pair of codes are swapped.
    Later,
}

impl Edition {
    /// The folder of its registry.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Later => "later",
        }
    }
}

/// Writes a registry of one vendor whose codes have nothing but a message and a name.
pub(crate) fn write_bare(folder: &Path, codes: usize, edition: Edition) {
    let mut source = String::from("# API\n\n## Codes\n\n| code | message |\n|---|---|\n");
    let mut overlay = String::from(
        "schema = 1\ntitle = \"API\"\nlocale = \"en\"\n\n[set.ApiCode]\ntable = \"Codes\"\n\n\
         [set.ApiCode.code]\n",
    );
    for code in 1000..1000 + codes {
        let is_swapped = edition == Edition::Later && code % 4 < 2;
        let message = if is_swapped { code ^ 1 } else { code };
        writeln!(source, "| {code} | message {message} |").unwrap();
        writeln!(overlay, "{code} = {{ variant = \"Code{code}\" }}").unwrap();
    }
    let vendor = folder.join("vendors").join(vendor_name(0));
    fs::create_dir_all(&vendor).unwrap();
    fs::write(vendor.join("source.md"), source).unwrap();
    fs::write(vendor.join("overlay.toml"), overlay).unwrap();
    let settings = "schema = 1\nname = \"bare\"\nvendors = \"vendors\"\nlanguages = []\n";
    fs::write(folder.join("errbook.toml"), settings).unwrap();
}

/// Writes the registry, and `new.md`, the later edition of the first vendor's document.
pub(crate) fn write(folder: &Path, size: Size) {
    let file = |name: &str, text: String| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).unwrap();
        fs::write(path, text).unwrap();
    };
    file(
        "errbook.toml",
        format!(
            "schema = 1\nname = \"scale\"\nvendors = \"vendors\"\nkinds = \"errbook\"\n\
             kinds-page = \"KINDS.md\"\n\
             languages = {LANGUAGES:?}\n\n[release]\npromises = \"released\"\n\
             changelog = {{ en = \"CHANGELOG.md\" }}\n"
        ),
    );
    file(
        "Cargo.toml",
        "[workspace]\n[workspace.package]\nversion = \"0.1.0\"\n".to_owned(),
    );
    file("CHANGELOG.md", "# Changelog\n\n## Unreleased\n".to_owned());
    for vendor in 0..size.vendors {
        let own = format!("vendors/{}", vendor_name(vendor));
        file(
            &format!("{own}/source.md"),
            document(vendor, size.codes, false),
        );
        file(&format!("{own}/overlay.toml"), overlay(vendor, size.codes));
        for (language, locale) in LANGUAGES.iter().enumerate() {
            let texts = messages(vendor, size.codes, language + 1);
            file(&format!("{own}/messages/{locale}.toml"), texts);
        }
    }
    file("new.md", document(0, size.codes, true));
}
