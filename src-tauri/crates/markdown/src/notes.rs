//! Footnotes: numbered over the whole text by their first reference, shown where the engine's style puts them.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::dialect::common::normalised_label;
use crate::dialect::{Note, NoteStyle};
use crate::reading::Spanned;

/// The footnotes of one part of a text, in its order.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct NoteMarks {
    /// The labels that are referred to; where notes are gathered, only those outside definitions.
    references: Vec<String>,
    definitions: Vec<Definition>,
}

#[derive(Debug, Clone, PartialEq)]
struct Definition {
    label: String,
    /// Nothing where definitions stay in their place.
    content: Vec<Spanned>,
    /// Where definitions stay in their place: how many references come before it. It takes a number too, then.
    after: Option<usize>,
}

/// What the whole text makes of the footnotes of one part.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct NoteNumbers {
    references: Vec<Reference>,
    /// Nothing for a definition that nothing refers to.
    definitions: Vec<Option<usize>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Reference {
    number: usize,
    occurrence: usize,
    label: String,
}

/// Does a style gather the notes at the end?
pub(crate) fn are_gathered(style: &dyn NoteStyle) -> bool {
    style.section(Vec::new()).is_some()
}

impl NoteMarks {
    pub(crate) const NONE: Self = Self { references: Vec::new(), definitions: Vec::new() };

    pub(crate) fn of(events: &[Spanned], gathered: bool) -> Self {
        let mut marks = Self::default();
        let mut open: Vec<Definition> = Vec::new();
        for (event, _) in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    let after = (!gathered).then_some(marks.references.len());
                    open.push(Definition { label: label.to_string(), content: Vec::new(), after });
                }
                Event::End(TagEnd::FootnoteDefinition) => marks.definitions.extend(open.pop()),
                Event::FootnoteReference(label) if open.is_empty() || !gathered => {
                    marks.references.push(label.to_string());
                }
                event => {
                    if gathered && let Some(definition) = open.last_mut() {
                        definition.content.push((event.clone(), 0..0));
                    }
                }
            }
        }
        marks
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.references.is_empty() && self.definitions.is_empty()
    }
}

impl NoteNumbers {
    pub(crate) const NONE: Self = Self { references: Vec::new(), definitions: Vec::new() };

    /// Takes over the numbers of parts that have just these marks between them.
    pub(crate) fn take(&mut self, marks: &NoteMarks, from: &mut Self) {
        self.references =
            from.references.drain(..marks.references.len().min(from.references.len())).collect();
        self.definitions =
            from.definitions.drain(..marks.definitions.len().min(from.definitions.len())).collect();
    }

    pub(crate) fn append(&mut self, more: &Self) {
        self.references.extend_from_slice(&more.references);
        self.definitions.extend_from_slice(&more.definitions);
    }
}

/// The numbers of all footnotes of one text.
#[derive(Default)]
pub(crate) struct Numbering<'m> {
    definitions: HashMap<String, &'m Definition>,
    /// By label: the number, and how often it was referred to so far.
    notes: HashMap<String, (usize, usize)>,
    /// The labels by number.
    order: Vec<String>,
}

impl<'m> Numbering<'m> {
    /// Knows what the definitions of a text are, given in its order.
    pub(crate) fn new(marks: impl Iterator<Item = &'m NoteMarks>, later_wins: bool) -> Self {
        let mut numbering = Self::default();
        for definition in marks.flat_map(|marks| &marks.definitions) {
            let key = normalised_label(&definition.label);
            if later_wins {
                numbering.definitions.insert(key, definition);
            } else {
                numbering.definitions.entry(key).or_insert(definition);
            }
        }
        numbering
    }

    /// Numbers the references of all parts of the text, in its order.
    pub(crate) fn number(&mut self, parts: &[&NoteMarks]) -> Vec<NoteNumbers> {
        let mut numbers: Vec<NoteNumbers> = parts
            .iter()
            .map(|marks| NoteNumbers { references: self.refer_all(marks), definitions: Vec::new() })
            .collect();
        for (marks, numbers) in parts.iter().zip(&mut numbers) {
            let number = |definition: &Definition| {
                self.notes.get(&normalised_label(&definition.label)).map(|(number, _)| *number)
            };
            numbers.definitions = marks.definitions.iter().map(number).collect();
        }
        numbers
    }

    fn refer_all(&mut self, marks: &NoteMarks) -> Vec<Reference> {
        let mut defined: Vec<_> =
            marks.definitions.iter().filter_map(|one| Some((one.after?, &one.label))).collect();
        // A note within a note ends before it.
        defined.sort_by_key(|(after, _)| *after);
        let mut defined = defined.into_iter().peekable();
        let mut references = Vec::with_capacity(marks.references.len());
        for (at, label) in marks.references.iter().enumerate() {
            while let Some((_, label)) = defined.next_if(|(after, _)| *after <= at) {
                self.note(normalised_label(label));
            }
            references.push(self.refer(label));
        }
        defined.for_each(|(_, label)| {
            self.note(normalised_label(label));
        });
        references
    }

    /// The note of a label, which gets the next number if it has none.
    fn note(&mut self, key: String) -> &mut (usize, usize) {
        let next = self.order.len() + 1;
        let order = &mut self.order;
        self.notes.entry(key).or_insert_with_key(|key| {
            order.push(key.clone());
            (next, 0)
        })
    }

    fn refer(&mut self, label: &str) -> Reference {
        let key = normalised_label(label);
        let note = self.note(key.clone());
        note.1 += 1;
        let (number, occurrence) = *note;
        // As the definition writes it, which is where the reference leads.
        let label = self.definitions.get(&key).map_or(label, |definition| &definition.label).to_owned();
        Reference { number, occurrence, label }
    }

    /// The block at the end, for a style that gathers notes; nothing if nothing is referred to.
    ///
    /// Notes that only notes refer to come after the others; each is resolved once, in the order of its number.
    pub(crate) fn section(mut self, style: &dyn NoteStyle) -> Option<Vec<Spanned>> {
        let mut notes = Vec::new();
        while let Some(key) = self.order.get(notes.len()).cloned() {
            let definition = self.definitions.get(&key).copied();
            let mut content = Vec::new();
            for (event, range) in definition.into_iter().flat_map(|definition| &definition.content) {
                let event = match event {
                    Event::FootnoteReference(label) => reference(&self.refer(label), style),
                    event => event.clone(),
                };
                content.push((event, range.clone()));
            }
            let label = definition.map_or(key, |definition| definition.label.clone());
            notes.push(Note { number: notes.len() + 1, label, references: 0, content });
        }
        for (note, key) in notes.iter_mut().zip(&self.order) {
            note.references = self.notes.get(key).map_or(0, |(_, references)| *references);
        }
        if notes.is_empty() { None } else { style.section(notes) }
    }
}

fn reference(to: &Reference, style: &dyn NoteStyle) -> Event<'static> {
    Event::InlineHtml(style.reference(to.number, &to.label, to.occurrence).into())
}

/// Puts the numbers of one part into its events, which come in its order.
pub(crate) struct Resolver<'n> {
    style: &'n dyn NoteStyle,
    gathered: bool,
    references: std::slice::Iter<'n, Reference>,
    definitions: std::slice::Iter<'n, Option<usize>>,
}

impl<'n> Resolver<'n> {
    pub(crate) fn new(style: &'n dyn NoteStyle, numbers: &'n NoteNumbers) -> Self {
        Self {
            style,
            gathered: are_gathered(style),
            references: numbers.references.iter(),
            definitions: numbers.definitions.iter(),
        }
    }

    /// Whole pieces, resolved.
    pub(crate) fn resolve(&mut self, events: impl Iterator<Item = Spanned>) -> Vec<Spanned> {
        let mut flow = Vec::new();
        let mut open: Vec<(String, Vec<Spanned>)> = Vec::new();
        for (event, range) in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => open.push((label.to_string(), Vec::new())),
                Event::End(TagEnd::FootnoteDefinition) => {
                    let Some((label, content)) = open.pop() else { continue };
                    let number = self.definitions.next().copied().flatten();
                    let shown =
                        if self.gathered { Vec::new() } else { self.style.in_place(number, &label, content) };
                    open.last_mut().map_or(&mut flow, |(_, content)| content).extend(shown);
                }
                _ if self.gathered && !open.is_empty() => {}
                event => {
                    let event = match event {
                        Event::FootnoteReference(_) => match self.references.next() {
                            Some(to) => reference(to, self.style),
                            None => continue,
                        },
                        event => event,
                    };
                    open.last_mut().map_or(&mut flow, |(_, content)| content).push((event, range));
                }
            }
        }
        flow
    }
}
