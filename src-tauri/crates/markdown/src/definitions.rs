//! What all parts of a text define, put together, and whom a change of it concerns.

use std::collections::{BTreeMap, BTreeSet};

use crate::dialect::common::{note_label, variable_label};
use crate::reading::Definitions;
use crate::stretch::Stretch;

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
