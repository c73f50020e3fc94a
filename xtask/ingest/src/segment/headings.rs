//! Headings without a space after their marks: `#Heading`.

/// How many marks a line begins with, if a blank is missing after them.
pub(super) fn marks_without_blank(line: &str) -> Option<usize> {
    let marks = line.len() - line.trim_start_matches('#').len();
    let first = line[marks..].chars().next()?;
    let begins_text =
        first.is_alphanumeric() || matches!(first, '*' | '`' | '【' | '（' | '「' | '<' | '[');
    // `#tag` and `#12` are text, `#Heading` and `#错误码` are headings.
    let is_tag = marks == 1 && first.is_ascii() && !first.is_ascii_uppercase();
    ((1..=6).contains(&marks) && begins_text && !is_tag).then_some(marks)
}

#[cfg(test)]
mod tests {
    use super::marks_without_blank;

    #[test]
    fn a_tag_is_no_heading() {
        assert_eq!(marks_without_blank("#错误码\n"), Some(1));
        assert_eq!(marks_without_blank("##errors\n"), Some(2));
        for line in [
            "# errors",
            "#tag",
            "#12",
            "#",
            "#######x",
            "##",
            "#!/bin/sh",
        ] {
            assert_eq!(marks_without_blank(line), None, "{line}");
        }
    }
}
