//! What all parts of a text define, put together, and whom a change of it concerns.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::dialect::common::{note_label, variable_label};
use crate::reading::{Definitions, LinkTarget};
use crate::stretch::Stretch;

/// Longer targets are cut where many stretches refer to them, because each reference has a copy in the page: a
/// megabyte of which a quarter is one title, and the rest references to it, would be a page of 20 GB.
const LONG_TARGET: usize = 1_000;
/// The bytes that one target may take in all stretches together, if it is a long one.
const MOST_SHARED: usize = 1024 * 1024;

/// Cuts all long targets as short as they may become.
pub(crate) fn cut_long_targets(definitions: &mut Definitions) {
    definitions.links.values_mut().for_each(|target| cut(target, LONG_TARGET));
}

/// Cuts long targets by how many stretches ask for them; the labels that have one.
pub(crate) fn share_long_targets<'s>(
    definitions: &mut Definitions,
    stretches: impl Iterator<Item = &'s Stretch>,
) -> BTreeSet<String> {
    let long: BTreeSet<String> = definitions
        .links
        .iter()
        .filter(|(_, target)| target.bytes() > LONG_TARGET)
        .map(|(label, _)| label.clone())
        .collect();
    for (label, asking) in asking_for(&long, stretches) {
        if let Some(target) = definitions.links.get_mut(label) {
            cut(target, (MOST_SHARED / asking).max(LONG_TARGET));
        }
    }
    long
}

/// How many stretches ask for each of some labels.
pub(crate) fn asking_for<'l, 's>(
    labels: &'l BTreeSet<String>,
    stretches: impl Iterator<Item = &'s Stretch>,
) -> HashMap<&'l str, usize> {
    let mut asking = HashMap::new();
    if labels.is_empty() {
        return asking;
    }
    for label in stretches.flat_map(|stretch| &stretch.shares().asked) {
        if let Some(label) = labels.get(label) {
            *asking.entry(label.as_str()).or_default() += 1;
        }
    }
    asking
}

fn cut(target: &mut LinkTarget, most: usize) {
    for part in [&mut target.url, &mut target.title] {
        if part.len() > most {
            let end = (0..=most).rev().find(|&end| part.is_char_boundary(end)).unwrap_or_default();
            *part = part[..end].to_owned().into();
        }
    }
}

/// Everything that a text defines.
pub(crate) fn merged<'s>(stretches: impl Iterator<Item = &'s Stretch>, later_wins: bool) -> Definitions {
    let mut all = Definitions::default();
    for found in stretches.map(|stretch| &stretch.shares().found) {
        merge(&mut all.links, &found.links, later_wins);
        merge(&mut all.abbreviations, &found.abbreviations, later_wins);
        all.notes.extend(found.notes.iter().cloned());
        for (name, value) in &found.variables {
            // Of two values, which one counts depends on the place.
            let value = value.clone().filter(|_| !all.variables.contains_key(name));
            all.variables.insert(name.clone(), value);
        }
    }
    all
}

fn merge<V: Clone>(all: &mut BTreeMap<String, V>, found: &BTreeMap<String, V>, later_wins: bool) {
    for (label, value) in found {
        if later_wins || !all.contains_key(label) {
            all.insert(label.clone(), value.clone());
        }
    }
}

/// The labels whose meaning differs between two states of a text.
#[derive(Default)]
pub(crate) struct Difference {
    /// Of links and, with a caret, notes, and with braces, variables.
    labels: BTreeSet<String>,
    abbreviations: BTreeSet<String>,
}

impl Difference {
    pub(crate) fn between(old: &Definitions, new: &Definitions) -> Self {
        let mut labels = different_keys(&old.links, &new.links);
        labels.extend(old.notes.symmetric_difference(&new.notes).map(|label| note_label(label)));
        let variables = different_keys(&old.variables, &new.variables);
        labels.extend(variables.iter().map(|name| variable_label(name)));
        Self { labels, abbreviations: different_keys(&old.abbreviations, &new.abbreviations) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.labels.is_empty() && self.abbreviations.is_empty()
    }

    /// May the stretch read otherwise now?
    pub(crate) fn concerns(&self, stretch: &Stretch) -> bool {
        let asked = &stretch.shares().asked;
        let (fewer, more) =
            if asked.len() < self.labels.len() { (asked, &self.labels) } else { (&self.labels, asked) };
        fewer.iter().any(|label| more.contains(label))
            || self.abbreviations.iter().any(|short| stretch.source.contains(short.as_str()))
    }
}

fn different_keys<V: PartialEq>(old: &BTreeMap<String, V>, new: &BTreeMap<String, V>) -> BTreeSet<String> {
    let changed = old.iter().filter(|(label, value)| new.get(*label) != Some(value));
    let added = new.keys().filter(|label| !old.contains_key(*label));
    changed.map(|(label, _)| label).chain(added).cloned().collect()
}
