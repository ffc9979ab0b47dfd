//! Front matter is edited without damage: whatever file it stands in, and however that is written.

mod cases;
mod readers;

use std::collections::BTreeMap;
use std::path::Path;

use postwright_post::front_matter::{self, Field, FrontMatter, Kind, Operation, Value};
use postwright_post::profile::KeyCase;
use postwright_post::{TextChange, apply_changes};
use postwright_sites::{FileForm, decode, encode};
use postwright_testkit::{figure, skipped};

use cases::CASES;

/// What became of the fields of many files.
#[derive(Debug, Default)]
struct Tally {
    files: usize,
    fields: usize,
    /// Fields that were changed and changed back, and the file was the same again.
    same_again: usize,
    /// Fields that had another form first, which no edit would choose; the file says the same again.
    rewritten: usize,
    /// Fields that the form shows and does not edit, with a line and a reason.
    locked: usize,
    /// Files whose front matter cannot be read, with a line and a reason.
    unreadable: usize,
    refused: BTreeMap<String, usize>,
}

#[test]
fn our_cases_are_changed_and_changed_back() {
    let tally = go_through(
        &CASES.iter().map(|(name, file)| ((*name).to_owned(), (*file).to_owned())).collect::<Vec<_>>(),
    );
    report("our own cases", &tally);
    assert!(tally.same_again > 600 && tally.locked > 50 && tally.unreadable > 100, "{tally:#?}");
}

#[test]
fn the_reference_cases_are_changed_and_changed_back() {
    let Some(shared) = shared("reference/front-matter-cases.json") else { return };
    let cases: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(shared).unwrap()).unwrap();
    let cases = cases.as_object().unwrap().iter();
    let files = cases.map(|(name, case)| (name.clone(), case["file"].as_str().unwrap().to_owned()));
    let tally = go_through(&files.collect::<Vec<_>>());
    report("the reference cases", &tally);
    assert!(tally.files > 400 && tally.same_again > 500, "{tally:#?}");
}

#[test]
fn every_post_of_the_sample_sites_is_changed_and_changed_back() {
    let Some(sites) = shared("samples/sites") else { return };
    let mut files = Vec::new();
    for path in postwright_sites::files_of(&sites, "") {
        if path.ends_with(".md") || path.ends_with(".markdown") || path.ends_with(".mdx") {
            let bytes = std::fs::read(sites.join(&path)).unwrap();
            let Ok((_, form)) = decode(&bytes) else { continue };
            let text = String::from_utf8(bytes).unwrap();
            // A file of its own form is a variant of its own, too.
            assert_eq!(encode(&decode(text.as_bytes()).unwrap().0, &form), text.as_bytes(), "{path}");
            files.push((path, text));
        }
    }
    assert!(files.len() > 300, "{} posts", files.len());
    let tally = go_through(&files);
    report("the sample sites", &tally);
    assert_eq!(tally.rewritten + tally.same_again + tally.refused.values().sum::<usize>(), tally.fields);
    assert!(tally.same_again * 100 >= tally.fields * 99, "{tally:#?}");
}

/// Says past the test harness how budget R6 is kept.
fn report(files: &str, tally: &Tally) {
    let Tally { files: count, fields, same_again, rewritten, locked, unreadable, refused } = tally;
    let refused: usize = refused.values().sum();
    let line = format!(
        "R6: {files} in their forms: {count} files, {fields} fields changed and changed back: {same_again} byte for \
         byte, {rewritten} to the same data in another form, {refused} refused; {locked} fields locked, {unreadable} \
         files read-only; 0 bytes outside a field changed"
    );
    figure(&line);
}

fn shared(path: &str) -> Option<std::path::PathBuf> {
    let found = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")).join(path);
    if found.exists() {
        return Some(found);
    }
    skipped(&format!("no {path} in ../shared"));
    None
}

/// Changes every field of each file in its variants and back again; of long lists of files, one field in each variant but
/// the first, another one each time.
fn go_through(files: &[(String, String)]) -> Tally {
    let mut tally = Tally::default();
    let every_field_in = if files.len() > 100 { 1 } else { 8 };
    for (turn, (name, file)) in files.iter().enumerate() {
        for (number, (form, bytes)) in variants(file).into_iter().enumerate() {
            tally.files += 1;
            let only = (number >= every_field_in).then_some(turn + number);
            go_through_file(&format!("{name} ({form})"), &bytes, only, &mut tally);
        }
    }
    tally
}

/// A file with either line end, with and without a byte order mark, with and without a newline at its end.
fn variants(file: &str) -> Vec<(String, Vec<u8>)> {
    let plain = file.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut variants = Vec::new();
    for (mark_name, mark) in [("", ""), ("BOM ", "\u{feff}")] {
        for (end_name, end) in [("LF", "\n"), ("CRLF", "\r\n")] {
            for (last_name, text) in [("", plain.as_str()), (", no newline", plain.trim_end_matches('\n'))] {
                let bytes = format!("{mark}{}", text.replace('\n', end)).into_bytes();
                variants.push((format!("{mark_name}{end_name}{last_name}"), bytes));
            }
        }
    }
    variants
}

fn go_through_file(name: &str, bytes: &[u8], only: Option<usize>, tally: &mut Tally) {
    let (text, form) = decode(bytes).unwrap();
    assert_eq!(encode(&text, &form), bytes, "{name}");
    let read = front_matter::read(&text);
    if let Some(problem) = &read.problem {
        assert!(problem.line >= 1 && problem.column >= 1 && !problem.to_string().is_empty());
        tally.unreadable += 1;
    }
    let fields = fields_of(&read.fields, &[]);
    let only = only.filter(|_| !fields.is_empty()).map(|number| number % fields.len());
    for (_, (path, field)) in fields.iter().enumerate().filter(|(at, _)| only.is_none_or(|only| only == *at))
    {
        if let Some(lock) = &field.locked {
            assert_eq!(lock.line, field.line, "{name}: {path:?}");
            tally.locked += 1;
        } else if let Some(other) = another_value(field) {
            tally.fields += 1;
            let file = File { name, bytes, text: &text, form: &form };
            change_and_change_back(&file, path, field, &other, tally);
        }
    }
}

fn fields_of<'a>(fields: &'a [Field], table: &[String]) -> Vec<(Vec<String>, &'a Field)> {
    let mut found = Vec::new();
    for field in fields {
        let path: Vec<String> = table.iter().cloned().chain([field.key.clone()]).collect();
        match &field.value {
            Value::Table(inner) => found.extend(fields_of(inner, &path)),
            _ => found.push((path, field)),
        }
    }
    found
}

/// A value that a writer might give the field instead.
fn another_value(field: &Field) -> Option<Value> {
    match (&field.value, field.kind) {
        (Value::Text(text), Kind::Date) => Some(Value::Text(format!("1999{}", text.get(4..)?))),
        (Value::Text(_), Kind::Number) => Some(Value::Text("43".to_owned())),
        (Value::Text(text), Kind::Lines) => Some(Value::Text(format!("새 {text}"))),
        (Value::Text(text), Kind::Text) => Some(Value::Text(format!("{text} 새"))),
        (Value::Boolean(boolean), _) => Some(Value::Boolean(!boolean)),
        (Value::List(items), _) => {
            Some(Value::List(items.iter().cloned().chain(["새 것".to_owned()]).collect()))
        }
        _ => None,
    }
}

struct File<'a> {
    name: &'a str,
    bytes: &'a [u8],
    text: &'a str,
    form: &'a FileForm,
}

fn change_and_change_back(file: &File<'_>, path: &[String], field: &Field, other: &Value, tally: &mut Tally) {
    let set = |text: &str, value: &Value| {
        let operation = Operation::Set { path, value, kind: field.kind };
        front_matter::edit(text, &operation, KeyCase::Counts)
    };
    let name = format!("{}: {}", file.name, path.join("."));
    let changes = match set(file.text, other) {
        Ok(changes) => changes,
        Err(error) => {
            let words = error.to_string();
            assert!(words.starts_with("line "), "{name}: {words}");
            let reason = words.rsplit_once("here: ").map_or(words.as_str(), |(_, reason)| reason);

            *tally.refused.entry(reason.to_owned()).or_default() += 1;
            return;
        }
    };
    let (changed, changed_form) = edited(file.text, file.form, &changes);
    assert_only_its_lines(&name, file, field, &encode(&changed, &changed_form));
    assert_eq!(value_at(&front_matter::read(&changed), path), Some(other), "{name}");
    let back = set(&changed, &field.value).unwrap_or_else(|error| panic!("{name}: {error}\n{changed}"));
    let (back, back_form) = edited(&changed, &changed_form, &back);
    if encode(&back, &back_form) == file.bytes {
        tally.same_again += 1;
        return;
    }
    let says = |text: &str| {
        fields_of(&front_matter::read(text).fields, &[])
            .into_iter()
            .map(|(path, field)| (path, field.value.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(says(&back), says(file.text), "{name}");
    let line = |text: &str| text.lines().nth(field.line - 1).unwrap_or_default().to_owned();
    assert!(has_form_of_its_own(file.text, field), "{name}\n{}\n{}", line(file.text), line(&back));
    tally.rewritten += 1;
}

fn value_at<'a>(read: &'a FrontMatter, path: &[String]) -> Option<&'a Value> {
    read.at(path).map(|field| &field.value)
}

/// The text after changes, and the form of its file: lines that were not touched keep their ends.
fn edited(text: &str, form: &FileForm, changes: &[TextChange]) -> (String, FileForm) {
    let after = apply_changes(text, changes);
    let mut form = form.clone();
    let breaks = |text: &str| text.matches('\n').count();
    for change in changes.iter().rev() {
        let removed = breaks(&text[change.from..change.to]);
        form.spliced(breaks(&text[..change.from]), removed, breaks(&change.insert));
    }
    (after, form)
}

/// Every line before the field's first, and as many behind it as there were, are the same bytes.
fn assert_only_its_lines(name: &str, file: &File<'_>, field: &Field, after: &[u8]) {
    let old: Vec<&[u8]> = file.bytes.split(|byte| *byte == b'\n').collect();
    let new: Vec<&[u8]> = after.split(|byte| *byte == b'\n').collect();
    assert_eq!(old[..field.line - 1], new[..field.line - 1], "{name}: a line before it");
    let behind = lines_behind(file.text, field);
    assert_eq!(old[old.len() - behind..], new[new.len() - behind..], "{name}: a line behind it");
}

/// How many lines stand behind those of a field.
fn lines_behind(text: &str, field: &Field) -> usize {
    let read = front_matter::read(text);
    let all = fields_of(&read.fields, &[]);
    let next = all.iter().map(|(_, other)| other.line).filter(|line| *line > field.line).min();
    let next = next.unwrap_or(read.lines).max(field.line + 1);
    text.split('\n').count() - (next - 1)
}

/// Whether a value is written in a form that no edit would give it: over several lines, a word that YAML 1.1 takes for
/// truth and 1.2 for a text, a number or a date in a form of its own, characters that need no escape or no quotes.
fn has_form_of_its_own(text: &str, field: &Field) -> bool {
    let lines: Vec<&str> = text.split('\n').collect();
    let end = lines.len() - lines_behind(text, field);
    let written = lines[field.line - 1..end.max(field.line)].join("\n");
    let is_on_lines = written.trim_end().contains('\n');
    let Value::Text(value) = &field.value else { return is_on_lines };
    let is_escaped = written.contains(['\\', '\u{2028}', '\u{a0}']);
    is_on_lines || is_escaped || (!written.contains(['"', '\'']) && value.chars().count() < 12)
}
