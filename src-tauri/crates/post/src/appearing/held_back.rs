//! What holds a post back: drafts, and dates.

use jiff::Timestamp;

use super::moment::{self, Meant, Moment, Written};
use super::path;
use super::{Finding, FindingKind, Look};
use crate::TextChange;
use crate::front_matter::{Field, Kind, Operation, Value};
use crate::profile::{Generator, JekyllName, jekyll_name};

pub(super) fn findings(look: &Look<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> =
        look.field("draft").and_then(|field| draft(look, field)).into_iter().collect();
    found.extend(look.field("published").and_then(|field| unpublished(look, field)));
    for field in &look.read.fields {
        if look.looked.rules.holds_a_date(&field.key) {
            found.extend(date(look, field));
        }
    }
    found.extend(time_of_appearing(look));
    found
}

fn draft(look: &Look<'_>, field: &Field) -> Option<Finding> {
    let rules = look.looked.rules;
    let is_true = match &field.value {
        Value::Boolean(value) => *value,
        Value::Text(text) => text == "true",
        _ => return None,
    };
    match (rules.generator, &field.value) {
        // Run: both publish it.
        (Generator::Jekyll | Generator::Hexo, _) if is_true => {
            let is_kept_back = path::is_draft_path(look.looked.path, rules)
                || look.field("published").is_some_and(|field| field.value == Value::Boolean(false));
            (!is_kept_back).then(|| instead_of_draft(look, field))
        }
        // Run: `draft: yes` is published.
        (Generator::Hugo, Value::Text(text)) if !is_true && text != "false" && text != "1" && text != "0" => {
            let meant = match text.to_ascii_lowercase().as_str() {
                "yes" | "on" | "y" | "true" => Some(true),
                "no" | "off" | "n" | "false" => Some(false),
                _ => None,
            };
            // Hugo publishes it either way, which is what `no` says.
            let meant = meant.filter(|meant| *meant)?;
            let kind = FindingKind::DraftIsText { written: text.clone() };
            Some(Finding { mend: set(look, &field.key, Value::Boolean(meant)), ..look.finding(kind, field) })
        }
        (Generator::Hugo | Generator::Zola, _) if is_true && !rules.shows_drafts => Some(Finding {
            mend: set(look, &field.key, Value::Boolean(false)),
            ..look.finding(FindingKind::Draft, field)
        }),
        _ => None,
    }
}

/// Both have `published: false` for it.
fn instead_of_draft(look: &Look<'_>, field: &Field) -> Finding {
    let renamed = || {
        let path = [field.key.clone()];
        let text = crate::apply_changes(
            look.looked.text,
            &look.changes(&Operation::Rename { path: &path, to: "published" }),
        );
        let case = look.looked.rules.generator.key_case();
        let published = ["published".to_owned()];
        let operation = Operation::Set { path: &published, value: &Value::Boolean(false), kind: Kind::Text };
        let changes = crate::front_matter::edit(&text, &operation, case).ok()?;
        Some(whole_line(look.looked.text, &crate::apply_changes(&text, &changes), field.line))
    };
    let has_published = look.field("published").is_some();
    let mend = (!has_published).then(renamed).flatten().unwrap_or_default();
    Finding { mend, ..look.finding(FindingKind::DraftIgnored, field) }
}

/// The change of one line between two texts.
fn whole_line(before: &str, after: &str, number: usize) -> Vec<TextChange> {
    let (from, to) = (super::line(before, number), super::line(after, number));
    vec![TextChange { from: from.start, to: from.end, insert: after[to].to_owned() }]
}

fn unpublished(look: &Look<'_>, field: &Field) -> Option<Finding> {
    let rules = look.looked.rules;
    let says_no = match (&field.value, rules.generator) {
        (Value::Boolean(value), _) => !value,
        // Run: Hexo takes the text for it, Jekyll does not.
        (Value::Text(text), Generator::Hexo) => text == "false",
        // Run: YAML's older truth values are Jekyll's.
        (Value::Text(text), Generator::Jekyll) => {
            matches!(text.as_str(), "no" | "No" | "NO" | "off" | "Off" | "OFF")
                && !moment::is_quoted(look.looked.text, look.read.format, field)
        }
        _ => false,
    };
    let knows_it = matches!(rules.generator, Generator::Jekyll | Generator::Hexo);
    (says_no && knows_it && !rules.shows_unpublished).then(|| Finding {
        mend: set(look, &field.key, Value::Boolean(true)),
        ..look.finding(FindingKind::Unpublished, field)
    })
}

fn set(look: &Look<'_>, key: &str, value: Value) -> Vec<TextChange> {
    let path = [key.to_owned()];
    look.changes(&Operation::Set { path: &path, value: &value, kind: Kind::Date })
}

/// What the generator makes of a field that is a date.
fn meant(look: &Look<'_>, field: &Field) -> Option<Meant> {
    let Value::Text(text) = &field.value else { return None };
    if text.trim().is_empty() {
        return None;
    }
    let written = Written { text, is_quoted: moment::is_quoted(look.looked.text, look.read.format, field) };
    let machine = look.looked.now.time_zone();
    Some(moment::read(look.looked.rules.generator, written, look.zone.as_ref(), machine))
}

/// What is wrong with a date, whatever it is for.
fn date(look: &Look<'_>, field: &Field) -> Option<Finding> {
    let generator = look.looked.rules.generator;
    let key = field.key.clone();
    if let Value::Boolean(value) = field.value {
        let instead =
            (look.looked.rules.folded(&key) == "published" && look.field("draft").is_none()).then(|| {
                let path = [key.clone()];
                // Published is what a post of Hugo is that says nothing.
                if value { look.changes(&Operation::Remove { path: &path }) } else { as_draft(look, field) }
            });
        let finding = look.finding(FindingKind::NotADate { key }, field);
        return (generator == Generator::Hugo)
            .then(|| Finding { mend: instead.unwrap_or_default(), ..finding });
    }
    let Value::Text(text) = &field.value else { return None };
    let mended =
        || moment::mended(text).map(|date| set(look, &field.key, Value::Text(date))).unwrap_or_default();
    let kind = match meant(look, field)? {
        Meant::Unreadable => {
            let ends_the_build = match generator {
                Generator::Hugo | Generator::Jekyll | Generator::Zola => true,
                Generator::Hexo | Generator::Astro | Generator::Plain => false,
            };
            FindingKind::UnreadableDate { key, date: text.clone(), ends_the_build }
        }
        Meant::Seconds => FindingKind::DateIsNumber { date: text.clone() },
        Meant::Moment(_) | Meant::Unknown => return None,
    };
    Some(Finding { mend: mended(), ..look.finding(kind, field) })
}

fn as_draft(look: &Look<'_>, field: &Field) -> Vec<TextChange> {
    let path = [field.key.clone()];
    let text = look.looked.text;
    let renamed = crate::apply_changes(text, &look.changes(&Operation::Rename { path: &path, to: "draft" }));
    let path = ["draft".to_owned()];
    let operation = Operation::Set { path: &path, value: &Value::Boolean(true), kind: Kind::Text };
    match crate::front_matter::edit(&renamed, &operation, look.looked.rules.generator.key_case()) {
        Ok(changes) => whole_line(text, &crate::apply_changes(&renamed, &changes), field.line),
        Err(_) => Vec::new(),
    }
}

/// What the dates say of when the post appears.
fn time_of_appearing(look: &Look<'_>) -> Vec<Finding> {
    let rules = look.looked.rules;
    let moment = |field| match meant(look, field) {
        Some(Meant::Moment(moment)) => Some((field, moment)),
        _ => None,
    };
    let first = |keys: &[String]| keys.iter().find_map(|key| look.field(key).and_then(moment));
    let now = look.looked.now.timestamp();
    let mut found = Vec::new();
    if let Some((field, moment)) = first(&rules.from_keys) {
        found.extend(from(look, field, &moment, now));
    } else if let Some(kind) = future_name(look) {
        found.push(Finding::new(kind, 0..0));
    }
    if let Some((field, moment)) = first(&rules.until_keys)
        && moment.at < now
        && !rules.shows_expired
    {
        found.push(look.finding(FindingKind::Expired { date: written(field) }, field));
    }
    found
}

fn written(field: &Field) -> String {
    match &field.value {
        Value::Text(text) => text.clone(),
        _ => String::new(),
    }
}

fn from(look: &Look<'_>, field: &Field, moment: &Moment, now: Timestamp) -> Option<Finding> {
    let rules = look.looked.rules;
    let date = written(field);
    let zone = look.looked.now.time_zone();
    let here = moment.local.to_zoned(zone.clone()).ok()?;
    let with_offset = || {
        let form = if date.contains('T') { "%Y-%m-%dT%H:%M:%S%:z" } else { "%Y-%m-%d %H:%M:%S %z" };
        let form = if rules.generator == Generator::Jekyll { form } else { "%Y-%m-%dT%H:%M:%S%:z" };
        set(look, &field.key, Value::Text(here.strftime(form).to_string()))
    };
    if rules.generator == Generator::Hexo && moment.has_offset && !date.ends_with('Z') && look.zone.is_some()
    {
        let local = moment.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
        let mend = set(look, &field.key, Value::Text(local));
        return Some(Finding { mend, ..look.finding(FindingKind::OffsetTakenTwice { date }, field) });
    }
    if moment.at > now && !rules.shows_future {
        let is_past_here = !moment.has_offset && here.timestamp() <= now;
        if !is_past_here {
            return Some(look.finding(FindingKind::FutureDate { date }, field));
        }
        let hours = (moment.at.as_second() - now.as_second() + 3599) / 3600;
        let kind = FindingKind::OffsetMissing { date: date.clone(), hours };
        return Some(Finding { mend: with_offset(), ..look.finding(kind, field) });
    }
    if rules.generator != Generator::Jekyll || path::is_draft_path(look.looked.path, rules) {
        return None;
    }
    let day = moment.at.to_zoned(zone.clone()).date();
    if !moment.has_offset && day != moment.local.date() {
        let kind = FindingKind::AnotherDay { date: date.clone(), day: day.to_string() };
        return Some(Finding { mend: with_offset(), ..look.finding(kind, field) });
    }
    let name = look.looked.path.rsplit('/').next().unwrap_or_default();
    match jekyll_name(name) {
        JekyllName::Post(of_name, _) if of_name != day => {
            let kind = FindingKind::DaysDiffer { name: of_name.to_string(), date: day.to_string() };
            Some(look.finding(kind, field))
        }
        _ => None,
    }
}

/// A Jekyll post without a date of its own has that of its name.
fn future_name(look: &Look<'_>) -> Option<FindingKind> {
    let rules = look.looked.rules;
    if rules.generator != Generator::Jekyll || rules.shows_future || look.field("date").is_some() {
        return None;
    }
    let is_draft = path::is_draft_path(look.looked.path, rules);
    match jekyll_name(look.looked.path.rsplit('/').next()?) {
        JekyllName::Post(day, _) if !is_draft && day > look.looked.now.date() => {
            Some(FindingKind::FutureDate { date: day.to_string() })
        }
        _ => None,
    }
}
