//! The front matter that a published post needs, added to what the writer has written.

use super::PlanInput;
use super::dates;
use super::findings::{Finding, FindingKind};
use crate::apply_changes;
use crate::front_matter::{self, Role, Value, role_of, set_field};
use crate::profile::Generator;

/// The text with title, date and the site's own fields where they are missing, and no longer a draft.
pub(super) fn complete(input: &PlanInput<'_>, text: &str, findings: &mut Vec<Finding>) -> String {
    let profile = input.profile;
    if profile.generator == Generator::Plain {
        return text.to_owned();
    }
    // Not every generator reads a front matter that blank lines stand before, and none needs them.
    let text = &text[front_matter::blank_before(text)..];
    let read = front_matter::read(text);
    let has = |key: &str| {
        read.fields.iter().any(|field| {
            let same = field.key.eq_ignore_ascii_case(key)
                || role_of(key).is_some_and(|role| role_of(&field.key) == Some(role));
            same && field.value != Value::Empty
        })
    };
    let mut wanted: Vec<(&str, Value)> = Vec::new();
    for (key, value) in &profile.new_posts.front_matter {
        wanted.push((key, Value::Text(value.clone())));
    }
    let title = front_matter::shown_title(text);
    if title.is_empty() {
        findings.push(Finding::new(FindingKind::NoTitle, None));
    } else {
        wanted.push(("title", Value::Text(title)));
    }
    let form = profile.new_posts.date_form.within(read.format);
    wanted.push((&profile.new_posts.date_key, Value::Text(dates::written(&input.now, form))));
    wanted.retain(|(key, _)| !has(key));
    let draft = read.field(Role::Draft).filter(|field| field.value == Value::Boolean(true));
    if let Some(draft) = draft
        && profile.generator != Generator::Jekyll
    {
        wanted.push((&draft.key, Value::Boolean(false)));
    }
    let mut completed = text.to_owned();
    for (key, value) in wanted {
        match set_field(&completed, key, &value) {
            Ok(changes) => completed = apply_changes(&completed, &changes),
            Err(_) => findings.push(Finding::new(FindingKind::FieldNotWritten { key: key.to_owned() }, None)),
        }
    }
    completed
}
