//! Zola's shortcodes.

use super::scan::{Scanner, call, trimmed_of_dashes};
use super::{Form, Macro};

impl Scanner<'_> {
    /// `{{ name(…) }}`, `{% name(…) %}`, `{% end %}`, `{{/* name() */}}`.
    pub(super) fn function(&mut self, open: usize) -> Option<Macro> {
        let (closer, comment) = match self.source.get(open..open + 2)? {
            "{{" => ("}}", "*/}}"),
            "{%" => ("%}", "*/%}"),
            _ => return None,
        };
        if self.source[open + 2..].starts_with("/*") {
            return self.escape(open, 2, comment);
        }
        let inner_end = self.end_of_arguments(open + 2, closer)?;
        let inner = trimmed_of_dashes(&self.source[open + 2..inner_end]);
        let end = inner_end + closer.len();
        if closer == "%}" && inner == "end" {
            return Some(call(open..end, inner, Form::End));
        }
        let (name, arguments) = inner.strip_suffix(')')?.split_once('(')?;
        let is_name =
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':'));
        is_name.then(|| Macro { arguments: arguments.trim().to_owned(), ..call(open..end, name, Form::Call) })
    }
}
