//! Where a post's images go, and what its text says for them then.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::Value as Tree;

use super::findings::{Finding, FindingKind};
use super::references::{Reference, references};
use super::target::{Target, join};
use super::{Image, PlanInput, PlannedImage};
use crate::front_matter::{self, split};
use crate::profile::{Generator, Layout};
use crate::{TextChange, apply_changes};

/// What cannot stand in a reference as it is; letters of every script can.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'(')
    .add(b')')
    .add(b'`')
    .add(b'\\')
    .add(b'%')
    .add(b'#')
    .add(b'?')
    .add(b'[')
    .add(b']')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'*');

/// The images of a plan.
pub(super) struct Placed {
    pub(super) planned: Vec<PlannedImage>,
    /// The draft's text with its references rewritten.
    pub(super) text: String,
    pub(super) findings: Vec<Finding>,
}

pub(super) fn place(input: &PlanInput<'_>, target: &Target) -> Placed {
    let mut planned: Vec<PlannedImage> = Vec::new();
    let mut changes: Vec<TextChange> = Vec::new();
    let mut findings = Vec::new();
    let mut lines = LineCounter { text: input.text, at: 0, line: 1 };
    let in_front_matter = front_matter_references(input);
    let front_matter_end = split(input.text).body_start;
    for reference in in_front_matter.into_iter().chain(references(input.text)) {
        let Some((image, suffix)) = image_of(input, &reference) else {
            if is_missing(input, target, &reference) {
                let line = lines.line_of(reference.place.start);
                findings.push(Finding::new(
                    FindingKind::MissingImage { reference: reference.target },
                    Some(line),
                ));
            }
            continue;
        };
        let known = planned.iter().position(|planned| is_same(input, &planned.name, image));
        let place = known.unwrap_or_else(|| {
            let image = planned_image(input, target, image, &planned);
            planned.push(image);
            planned.len() - 1
        });
        let planned = &planned[place];
        // What is right already keeps its own spelling.
        if planned.reference != decoded_name(&image.name) {
            let is_plain = reference.place.start < front_matter_end;
            let written = if is_plain { decoded(&planned.reference) } else { planned.reference.clone() };
            let insert = format!("{written}{suffix}");
            changes.push(TextChange { from: reference.place.start, to: reference.place.end, insert });
        }
    }
    let mut text = apply_changes(input.text, &changes);
    let is_readable = |text: &str| front_matter::read(text).problem.is_none();
    if is_readable(input.text) && !is_readable(&text) {
        // A path that the notation reads otherwise stays as the writer wrote it.
        changes.retain(|change| change.from >= front_matter_end);
        text = apply_changes(input.text, &changes);
    }
    Placed { planned, text, findings }
}

/// Whether an image of a name has the content of another.
fn is_same(input: &PlanInput<'_>, name: &str, image: &Image) -> bool {
    let hash_of = |name: &str| input.images.iter().find(|known| known.name == name).map(|known| &known.hash);
    name == image.name || !image.hash.is_empty() && hash_of(name) == Some(&image.hash)
}

/// Every text in a front matter, at whatever depth: an image that only a field names is one of them.
pub fn front_matter_texts(text: &str) -> Vec<String> {
    let parts = split(text);
    let Ok(tree) = front_matter::tree(&text[parts.source.clone()], parts.format) else { return Vec::new() };
    let (mut texts, mut left) = (Vec::new(), vec![tree]);
    while let Some(tree) = left.pop() {
        match tree {
            Tree::String(text) if !text.is_empty() && !texts.contains(&text) => texts.push(text),
            Tree::Array(items) => left.extend(items),
            Tree::Object(fields) => left.extend(fields.into_iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    texts
}

/// The places in the front matter that name an image.
fn front_matter_references(input: &PlanInput<'_>) -> Vec<Reference> {
    front_matter_places(input.text, |reference| image_of(input, reference).is_some())
}

/// The places of whole values in a front matter that `is_meant` takes.
pub(crate) fn front_matter_places(text: &str, is_meant: impl Fn(&Reference) -> bool) -> Vec<Reference> {
    let parts = split(text);
    let source = &text[parts.source.clone()];
    let mut found: Vec<Reference> = Vec::new();
    for target in front_matter_texts(text) {
        let reference = Reference { place: 0..0, target, shows_image: false };
        if !is_meant(&reference) {
            continue;
        }
        for (at, text) in source.match_indices(&reference.target) {
            let end = at + text.len();
            let (before, after) = (&source[..at], &source[end..]);
            let opens = match before.trim_end_matches([' ', '\t']).chars().next_back() {
                None | Some('\n' | '"' | '\'' | '=' | '[' | ',' | '{') => true,
                Some(':' | '-') => before.ends_with(char::is_whitespace),
                Some(_) => false,
            };
            let rest = after.trim_start_matches([' ', '\t']);
            let closes = rest.is_empty() || rest.starts_with(['\n', '"', '\'', ',', ']', '}', '#']);
            if opens && closes {
                let place = parts.source.start + at..parts.source.start + end;
                found.push(Reference { place, ..reference.clone() });
            }
        }
    }
    found.sort_by_key(|reference| reference.place.start);
    found.dedup_by(|later, first| later.place.start < first.place.end);
    found
}

fn decoded(reference: &str) -> String {
    percent_decode_str(reference).decode_utf8_lossy().into_owned()
}

/// The library's image that a reference names, and what follows its name: a query or a fragment.
fn image_of<'a>(input: &PlanInput<'a>, reference: &'a Reference) -> Option<(&'a Image, &'a str)> {
    let find = |name: &str| {
        let name = decoded_name(name);
        input.images.iter().find(|image| decoded_name(&image.name) == name)
    };
    if let Some(image) = find(&reference.target) {
        return Some((image, ""));
    }
    let end = reference.target.find(['?', '#'])?;
    find(&reference.target[..end]).map(|image| (image, &reference.target[end..]))
}

/// A name as references are compared by: `./a.png` is `a.png`.
fn decoded_name(name: &str) -> &str {
    name.trim_start_matches("./")
}

fn planned_image(
    input: &PlanInput<'_>,
    target: &Target,
    image: &Image,
    others: &[PlannedImage],
) -> PlannedImage {
    let name = decoded_name(&image.name);
    let own_name = name.rsplit('/').next().unwrap_or(name);
    let leads_out = name.starts_with('/') || name.split('/').any(|part| part.starts_with('.'));
    let beside = target.layout == Layout::Bundle;
    let is_free = |path: &str| others.iter().all(|other| !other.path.eq_ignore_ascii_case(path));
    if beside && !leads_out {
        let path = join(target.file_folder(), name);
        if is_free(&path) {
            return PlannedImage { name: image.name.clone(), path, reference: name.to_owned() };
        }
    }
    let (folder, address) = image_folder(input, target);
    let numbered = (2..).map(|number| with_number(own_name, number));
    let candidates = [own_name.to_owned()].into_iter().chain(numbered);
    let mut free = candidates.map(|name| (join(&folder, &name), name)).filter(|(path, _)| is_free(path));
    let (path, file_name) = free.next().unwrap_or_else(|| (join(&folder, own_name), own_name.to_owned()));
    let reference = encoded(&join(&address, &file_name));
    PlannedImage { name: image.name.clone(), path, reference }
}

/// The folder that takes the post's images, and what references to it begin with.
fn image_folder(input: &PlanInput<'_>, target: &Target) -> (String, String) {
    let places = &input.profile.image_places;
    if target.layout == Layout::Bundle {
        return (target.file_folder().to_owned(), String::new());
    }
    let own = join(&places.images_folder, &target.slug);
    if input.profile.generator == Generator::Plain {
        return (join(target.file_folder(), &own), own);
    }
    (join(&places.static_folder, &own), format!("{}/{own}", input.profile.base_path))
}

/// `name-2.png`.
fn with_number(name: &str, number: u32) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{number}.{extension}"),
        None => format!("{name}-{number}"),
    }
}

/// Encodes what would end or change a reference, and nothing else.
pub(crate) fn encoded(reference: &str) -> String {
    let mut encoded = String::with_capacity(reference.len());
    let mut buffer = [0; 4];
    for letter in reference.chars() {
        match letter {
            letter if letter.is_ascii() => {
                encoded.extend(utf8_percent_encode(letter.encode_utf8(&mut buffer), ENCODED))
            }
            letter => encoded.push(letter),
        }
    }
    encoded
}

/// Whether an image refers to a file that neither the library nor the site has.
fn is_missing(input: &PlanInput<'_>, target: &Target, reference: &Reference) -> bool {
    let written = &reference.target;
    let has_scheme = written.split(['/', '?', '#']).next().is_some_and(|head| head.contains(':'));
    let is_elsewhere = written.starts_with("//") || written.starts_with('#') || has_scheme;
    let is_template = written.contains("{{") || written.contains("{%");
    if !reference.shows_image || is_elsewhere || is_template {
        return false;
    }
    let file = written.split(['?', '#']).next().unwrap_or(written);
    let path = match file.strip_prefix('/') {
        Some(_) => {
            let base = input.profile.base_path.as_str();
            let from_root = file.strip_prefix(base).unwrap_or(file).trim_start_matches('/');
            resolved(&input.profile.image_places.static_folder, from_root)
        }
        None => resolved(target.file_folder(), file),
    };
    path.is_none_or(|path| !(input.exists)(&path))
}

/// A path without `.` and `..`; none where it leads out of the site.
pub(crate) fn resolved(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Counts lines forward only.
struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn line_of(&mut self, at: usize) -> usize {
        self.line += self.text.as_bytes()[self.at..at].iter().filter(|byte| **byte == b'\n').count();
        self.at = at;
        self.line
    }
}
