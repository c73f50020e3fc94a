//! The lines of a text that begin with what looks like a code, however they are read: the raw
//! text in, the heads of its lines out. Some of them look like codes only where errors are spoken
//! of: see `is_like_code`.
//!
//! Nothing here knows tables or lists, so that a code which the other steps overlook is still found.

use smallvec::{SmallVec, smallvec};

use crate::characters::BULLETS;
use crate::document::Head;
use crate::lexicon;
use crate::read;

/// Finds the lines that begin with what looks like a code.
pub(crate) fn find(text: &str) -> Vec<Head> {
    let mut heads = Vec::new();
    for (at, line) in text.split('\n').enumerate() {
        // `<li>1001: text</li><li>1002: text</li>` is one line of the file and two of the page.
        let mut begins: SmallVec<[usize; 8]> = smallvec![0];
        if line.contains("</") {
            let tags = line.match_indices('<').map(|(at, _)| at);
            begins.extend(tags.filter(|&at| begins_line(&line[at + 1..])));
        }
        let ends = begins.iter().skip(1).copied().chain([line.len()]);
        let parts = begins
            .iter()
            .zip(ends)
            .map(|(&begin, end)| &line[begin..end]);
        heads.extend(
            parts
                .filter_map(|part| head_of(part).or_else(|| name_of(part)))
                .map(|code| Head {
                    line: at + 1,
                    code: code.to_owned(),
                }),
        );
    }
    heads
}

/// Whether a tag begins a line on the page.
fn begins_line(tag: &str) -> bool {
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
    read::is_break(&tag[..end.unwrap_or(tag.len())].to_ascii_lowercase())
}

/// Finds the rows, items, headings and paragraphs of an HTML page that begin with something like a
/// code, wherever the lines of its source end.
pub(crate) fn find_in_html(page: &str) -> Vec<Head> {
    const BLOCKS: &str = " tr li p div h1 h2 h3 h4 h5 h6 br dt dd pre section article table ul ol ";
    // Their text is not on the page.
    const HIDDEN: &str = " script style noscript title head ";
    let mut heads = Vec::new();
    let mut line = 1;
    let mut hidden = 0;
    let mut begins = true;
    for (at, part) in page.split('<').enumerate() {
        let (tag, text) = match part.split_once('>') {
            Some((tag, text)) if at > 0 => (tag, text),
            _ => ("", part),
        };
        let name = tag
            .split([' ', '/', '\n', '\t'])
            .find(|name| !name.is_empty());
        let name = format!(" {} ", name.unwrap_or_default().to_ascii_lowercase());
        begins |= BLOCKS.contains(&name);
        if HIDDEN.contains(&name) && !name.trim().is_empty() {
            hidden = usize::from(!tag.starts_with('/'));
        }
        if begins && hidden == 0 && !text.trim().is_empty() {
            begins = false;
            let blank = &text[..text.len() - text.trim_start().len()];
            if let Some(code) = head_of(text.trim_start()) {
                let above = tag.matches('\n').count() + blank.matches('\n').count();
                heads.push(Head {
                    line: line + above,
                    code: code.to_owned(),
                });
            }
        }
        line += part.matches('\n').count();
    }
    heads
}

/// Finds the lines of source code that give a name like that of a code a value, or begin with
/// something like a code.
pub(crate) fn find_in_code(source: &str) -> Vec<Head> {
    let lines = source.lines().map(|line| {
        // `case 1001:`, `{ 1001, "text" }`.
        let row = line.trim_start().trim_start_matches(['{', ' ']);
        let line = row.strip_prefix("case ").unwrap_or(row);
        let define = line.strip_prefix("#define ");
        // The name is before its type or behind it: `ErrLate Code = 1001`, `int ERR_LATE = 1001`.
        let name = line.split_once(" = ").map_or(line, |(before, _)| {
            let mut words = before.split_whitespace().rev();
            let named = words.clone().find(|word| head_of(word).is_some());
            named.or_else(|| words.next()).unwrap_or(before)
        });
        define
            .filter(|rest| rest.trim().contains(' '))
            .unwrap_or(name)
    });
    find(&lines.collect::<Vec<_>>().join("\n"))
}

/// What looks like a code at the head of a line, a heading, an item or a first cell, or behind a
/// label there: `Error code: 4000`.
pub(crate) fn head_of(line: &str) -> Option<&str> {
    if !may_have_code(line) {
        return None;
    }
    let whole = line.trim_start();
    let line = without_marks(whole);
    let token = first_token(line);
    if is_like_code(token) {
        return Some(token);
    }
    let is_apart = || {
        let rest = line[token.len()..].trim_start_matches(['`', '*', '"']);
        line.len() < whole.len() && !whole.starts_with('#')
            || rest.trim().is_empty()
            || rest
                .trim_start()
                .starts_with([':', '：', '-', '–', '—', '=', '|', '<'])
            || rest.starts_with("  ")
            || rest.starts_with(['\t', '　'])
    };
    if may_be_code(token) && is_apart() {
        return Some(token);
    }
    if !line.starts_with(char::is_alphabetic) {
        return None;
    }
    // No label is longer.
    let head = &line[..line.floor_char_boundary(60)];
    let (label, rest) = head.split_once([':', '：'])?;
    let token = first_token(without_marks(rest));
    (is_like_code(token) && lexicon::concepts(label).is_code()).then_some(token)
}

/// A name that begins a line, an item or a heading and is apart from what follows: a code only
/// where errors are spoken of.
fn name_of(line: &str) -> Option<&str> {
    let whole = line.trim_start();
    let line = without_tag(whole);
    let is_mark = |c: char| match c {
        ' '
        | '0'..='9'
        | '#'
        | '>'
        | '|'
        | '*'
        | '-'
        | '+'
        | '`'
        | '_'
        | '.'
        | ')'
        | '['
        | '<'
        | '@' => true,
        _ => c.is_whitespace() || BULLETS.contains(&c),
    };
    let rest = line.trim_start_matches(is_mark);
    let marks = &line[..line.len() - rest.len()];
    // `<detail>` is an element of a message, and `<detail>` in a code span a name.
    let is_element = marks.ends_with('<') && !marks.ends_with("`<");
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) || marks.ends_with("```") || is_element
    {
        return None;
    }
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || b"_-./".contains(b);
    let end = rest.bytes().take_while(is_part).count();
    let name = rest[..end].trim_end_matches(['.', '-', '/', '_']);
    let after = &rest[name.len()..];
    if after.starts_with("](") || after.starts_with("://") {
        return None;
    }
    let after = after.trim_start_matches(['/', '>', ']', '`', '*', '_']);
    let is_quoted = marks.ends_with(['`', '<', '[', '@']);
    let is_code = is_joined(name) && !is_file(name) || is_quoted && !name.contains(['.', '/']);
    let is_name = (3..=80).contains(&name.len()) && is_code;
    let is_tagged = line.len() < whole.len();
    let is_item = is_tagged || marks.contains(['#', '*', '-', '+', '|', '.', ')']);
    let is_set_apart = is_item && marks.ends_with(['`', '*', '<']) && is_joined(name);
    // A line of text may begin with any word, a column of a code block hardly.
    let is_line = is_tagged || !marks.is_empty() || after.starts_with("  ");
    (is_name && is_line && (is_set_apart || is_apart(after))).then_some(name)
}

/// A line without the tag of HTML that it begins with, if that begins an item.
fn without_tag(line: &str) -> &str {
    let tags = ["<li>", "<dt>", "<p>", "<td>", "<code>", "<b>", "<strong>"];
    let mut rest = line;
    while let Some(after) = tags.iter().find_map(|tag| rest.strip_prefix(tag)) {
        rest = after;
    }
    rest
}

/// Whether the text after a name begins with what separates it from the name.
fn is_apart(after: &str) -> bool {
    const MARKS: [&str; 14] = [
        ":", "：", "（", "|", "<", "\t", "　", "  ", " - ", " – ", " — ", " = ", " (", " :",
    ];
    after.trim().is_empty() || MARKS.iter().any(|mark| after.starts_with(mark))
}

/// `service.log`.
fn is_file(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| extension.len() <= 4)
}

/// `no-route`, `invalid_request`, `auth.expired`, `tokenExpired`, `NET-DOWN`.
fn is_joined(name: &str) -> bool {
    let bytes = name.as_bytes();
    let is_upper = |b: &u8| b.is_ascii_uppercase();
    let is_lower = |b: &u8| b.is_ascii_lowercase();
    let is_of_one_case = !bytes.iter().any(is_upper) || !bytes.iter().any(is_lower);
    let has_joint = bytes.iter().any(|b| b"_-./".contains(b));
    let is_hump = |two: &[u8]| is_lower(&two[0]) && is_upper(&two[1]);
    has_joint && is_of_one_case || bytes.windows(2).any(is_hump)
}

/// Each of them has a digit or a `_`.
fn may_have_code(line: &str) -> bool {
    line.bytes().any(|b| b.is_ascii_digit() || b == b'_')
}

/// A line without the marks of headings, items, quotes and cells, emphasis, tags, and the number
/// of an item (`12. `).
fn without_marks(line: &str) -> &str {
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches(|c: char| match c {
            ' ' | '#' | '>' | '|' | '*' | '`' | '[' | '"' | '“' | '\'' => true,
            _ => c.is_whitespace() || BULLETS.contains(&c),
        });
        let trimmed = rest.len();
        if rest.starts_with(['-', '+', '_', '~', ']', 'x', 'X']) {
            for mark in ["- ", "+ ", "__", "~~", "] ", "x] ", "X] "] {
                rest = rest.strip_prefix(mark).unwrap_or(rest);
            }
        }
        if let Some(tag) = rest.strip_prefix('<') {
            let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
            rest = tag
                .find('>')
                .filter(|_| is_tag)
                .map_or(rest, |end| &tag[end + 1..]);
        }
        rest = without_number(rest);
        if rest.len() == trimmed {
            return rest;
        }
    }
}

/// `12. text`, `3.4.1 text`, `5) text`, `5.) text`.
fn without_number(text: &str) -> &str {
    let is_part = |b: &u8| b.is_ascii_digit() || *b == b'.';
    let end = text.bytes().take_while(is_part).count();
    let number = text[..end].trim_end_matches('.');
    let rest = &text[end..];
    let is_item = end > number.len() && number.len() <= 2 || number.contains('.');
    if is_item && rest.starts_with(' ') {
        return rest;
    }
    let bracket = rest.strip_prefix([')', '、']);
    bracket
        .filter(|_| matches!(number.len(), 1..=2))
        .unwrap_or(text)
}

fn first_token(text: &str) -> &str {
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || b"_-+./".contains(b);
    let end = text.bytes().take_while(is_part).count();
    // `1001-1099` and `4006/4007` begin with a code; `1,001` is one.
    let token = &text[..end];
    if let Some(group) = text[end..].strip_prefix(',')
        && token.len() <= 3
        && group.len() >= 3
        && group.as_bytes()[..3].iter().all(u8::is_ascii_digit)
        && token.bytes().all(|b| b.is_ascii_digit())
    {
        return &text[..end + 4];
    }
    if is_hyphenated(token) {
        return token;
    }
    let sign = usize::from(token.starts_with(['-', '+']));
    let is_end = |b: u8| matches!(b, b'-' | b'/' | b'+');
    let cut = token.bytes().skip(sign).position(is_end);
    text[..cut.map_or(end, |at| sign + at)].trim_end_matches('.')
}

/// `E-10` and `AL-101`.
fn is_hyphenated(token: &str) -> bool {
    let letters = token.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = token[letters..].strip_prefix('-');
    (1..=4).contains(&letters)
        && digits
            .is_some_and(|digits| digits.len() >= 2 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// A single digit, or `E1`: a code under a heading about errors, and a number, a key or a part
/// elsewhere.
fn may_be_code(token: &str) -> bool {
    let letters = token.bytes().take_while(u8::is_ascii_uppercase).count();
    letters <= 2 && token.len() == letters + 1 && token.ends_with(|c: char| c.is_ascii_digit())
}

/// A number of at least two digits or with a sign, a hexadecimal number, letters and digits such as
/// `E100`, or capitals joined by `_`.
pub(crate) fn is_like_code(token: &str) -> bool {
    let unsigned = token.trim_start_matches(['-', '+']);
    let is_signed = unsigned.len() + 1 == token.len();
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if token.contains(',') || are_digits(unsigned) {
        return is_signed || token.len() == unsigned.len() && token.len() >= 2;
    }
    if let Some(digits) = token
        .strip_prefix("0x")
        .or_else(|| token.strip_prefix("0X"))
    {
        return !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
    }
    if is_hyphenated(token) {
        return true;
    }
    let letters = token.bytes().take_while(u8::is_ascii_uppercase).count();
    if (1..=6).contains(&letters) && token.len() - letters >= 2 && are_digits(&token[letters..]) {
        return true;
    }
    let is_upper = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    letters > 0 && token.contains('_') && token.bytes().all(is_upper) && !token.ends_with('_')
}

#[cfg(test)]
mod tests {
    use super::{find, find_in_code, find_in_html, head_of};
    use crate::document::Head;

    fn shown(heads: Vec<Head>) -> Vec<(usize, String)> {
        heads
            .into_iter()
            .map(|head| (head.line, head.code))
            .collect()
    }

    fn of(heads: &[(usize, &str)]) -> Vec<(usize, String)> {
        heads
            .iter()
            .map(|&(line, code)| (line, code.to_owned()))
            .collect()
    }

    #[test]
    fn items_of_html_on_one_line_have_heads_of_their_own() {
        let text = "text\n<dl><dt>E100</dt><dd>No 5</dd><DT>E101</DT><dd>42 of 43</dd></dl>";
        assert_eq!(
            shown(find(text)),
            of(&[(2, "E100"), (2, "E101"), (2, "42")])
        );
    }

    #[test]
    fn a_tag_inside_of_a_line_begins_none() {
        for text in [
            "<dt>E100 <b>42 times</b></dt>",
            // A break in a cell of Markdown.
            "| E100 | first<br>1002 times |",
        ] {
            assert_eq!(shown(find(text)), of(&[(1, "E100")]), "{text}");
        }
    }

    #[test]
    fn blocks_of_a_page_have_heads_where_their_text_begins() {
        let page = "1001 -> text\n<p\nclass=\"x\">\n\n1002: text <b>1003</b></p>\n\
                    <script>\n1004</script><li><b>1005</b>\n1006";
        let heads = of(&[(1, "1001"), (5, "1002"), (7, "1005")]);
        assert_eq!(shown(find_in_html(page)), heads);
    }

    #[test]
    fn lines_of_source_code_begin_with_the_name_that_gets_a_value() {
        let source =
            "#define NOT_FOUND 404\n#define GUARD_H\n  public int GONE_AWAY = 410;\n  1003 = x";
        let heads = of(&[(1, "NOT_FOUND"), (3, "GONE_AWAY"), (4, "1003")]);
        assert_eq!(shown(find_in_code(source)), heads);
    }

    #[test]
    fn a_name_alone_is_a_head_where_it_is_apart() {
        for (line, name) in [
            ("- no-route: no way", Some("no-route")),
            ("-\tno-route: no way", Some("no-route")),
            ("• no-route: no way", Some("no-route")),
            ("- `timeout`: too late", Some("timeout")),
            ("- tokenExpired", Some("tokenExpired")),
            ("- no-route to the host", None),
            ("no-route: no way", None),
            ("- timeout: too late", None),
            // A link, an address and a file.
            ("- [no-route](#no-route): no way", None),
            ("- my-app://open", None),
            ("- my-service.log: all of it", None),
        ] {
            let heads: Vec<(usize, &str)> = name.map(|name| (1, name)).into_iter().collect();
            assert_eq!(shown(find(line)), of(&heads), "{line}");
        }
    }

    #[test]
    fn a_short_code_is_a_head_where_it_is_apart() {
        for line in [
            "5",
            "### 5",
            "- 5 apples",
            "5: text",
            "### 5 - text",
            "### 5  text",
            "5\ttext",
            "5　text",
        ] {
            assert_eq!(head_of(line), Some("5"), "{line}");
        }
        for line in ["5 apples", "### 5 apples"] {
            assert_eq!(head_of(line), None, "{line}");
        }
        for (line, code) in [
            ("- E1 text", Some("E1")),
            ("- AB1 text", Some("AB1")),
            ("- ABC1 text", None),
            ("- Ab text 1", None),
            ("E1 text", None),
        ] {
            assert_eq!(head_of(line), code, "{line}");
        }
    }

    #[test]
    fn a_head_is_what_looks_like_a_code() {
        for (line, code) in [
            ("### -1014 Unsupported (combination)", "-1014"),
            ("| `1001` | text |", "1001"),
            ("- **E100**: not allowed", "E100"),
            ("  * -1 ~ -999 are general", "-1"),
            ("<tr><td>0x80070005</td>", "0x80070005"),
            ("12. NOT_FOUND", "NOT_FOUND"),
            ("* Error code: 4000", "4000"),
            ("错误码：`E1001`", "E1001"),
            ("1001-1099 reserved", "1001"),
            ("・E-10　Lid open", "E-10"),
            ("• AL-101 Lid open", "AL-101"),
            ("- [x] 101 Offline", "101"),
            ("## 1,001 Failed", "1,001"),
            ("</td><td>1001", "1001"),
            ("12) NOT_FOUND", "NOT_FOUND"),
            ("1.) NOT_FOUND", "NOT_FOUND"),
            ("123) text", "123"),
            ("ABCDEF10 text", "ABCDEF10"),
        ] {
            assert_eq!(head_of(line), Some(code), "{line}");
        }
        for line in [
            "5 apples",
            "[UTF-8] only",
            "12. Overview",
            "3.4.1 Errors",
            "- text 1001",
            "",
            "|---|",
            "a_b",
            "Port: 8080",
            "错误1001",
            "<1001> text",
            "0x text",
            "0xZZ text",
            "ABCDEFG10 text",
            "1_000 files",
        ] {
            assert_eq!(head_of(line), None, "{line}");
        }
    }
}
