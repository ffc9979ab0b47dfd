//! A front matter that cannot be read: what the generator makes of it, and what mends it.

use super::Rules;
use crate::TextChange;
use crate::front_matter::{self, Problem, Reason};
use crate::plan::FindingLevel;
use crate::profile::Generator;

/// How grave it is for the site: what only our own reader stumbles over does not keep a post from appearing.
pub fn level_of_problem(reason: &Reason, rules: &Rules) -> FindingLevel {
    match reason {
        // Run: the last one counts for Jekyll.
        Reason::DuplicateKey { .. } if rules.generator == Generator::Jekyll => FindingLevel::Warning,
        Reason::TooLong | Reason::TooDeep | Reason::Structured | Reason::Marked => FindingLevel::Warning,
        Reason::SameButCase { .. } | Reason::BareJson => FindingLevel::Note,
        _ => FindingLevel::Error,
    }
}

/// The change that puts a value into quotes which must stand in them; none where that does not mend it.
pub fn quoted(text: &str, problem: &Problem) -> Option<TextChange> {
    let Reason::NeedsQuotes { key } = &problem.reason else { return None };
    let place = super::line(text, problem.line);
    let line = &text[place.clone()];
    let value = line.strip_prefix(key.as_str())?.trim_start().strip_prefix(':')?.trim_start();
    let insert = format!("'{}'", value.replace('\'', "''"));
    let change = TextChange { from: place.end - value.len(), to: place.end, insert };
    let after = front_matter::read(&crate::apply_changes(text, std::slice::from_ref(&change)));
    let is_later = |other: &Problem| other.line > problem.line;
    after.problem.as_ref().is_none_or(is_later).then_some(change)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_quoted_where_that_mends_it() {
        for (value, quoted_value) in [
            ("[AWS] 후기", "'[AWS] 후기'"),
            ("서버: it's", "'서버: it''s'"),
            ("\"인용\" 후기", "'\"인용\" 후기'"),
            ("@x", "'@x'"),
        ] {
            let text = format!("---\ntitle: {value}\ndate: 2021-01-01\n---\n");
            let problem = front_matter::read(&text).problem.unwrap();
            let change = quoted(&text, &problem).unwrap_or_else(|| panic!("{value}: {problem:?}"));
            assert_eq!(change.insert, quoted_value);
        }
        let text = "---\ntitle: a\ntitle: b\n---\n";
        assert_eq!(quoted(text, &front_matter::read(text).problem.unwrap()), None);
    }
}
