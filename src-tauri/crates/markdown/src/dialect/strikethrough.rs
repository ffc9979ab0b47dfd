//! Tildes as strikethrough: single and double, inside words too, where pulldown-cmark leaves them alone.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::chars::is_punctuation;
use super::text_run;
use crate::reading::Spanned;

/// Which tildes may open and close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tildes {
    /// GFM: by the flanking rules of `**`, each closer with the nearest opener of its length.
    Flanking,
    /// marked: an opener stands before no space, a closer after none, each opener with the next closer.
    Touching,
}

/// Strikes out what stands between two equal runs of one or two tildes, inside one inline mark.
pub(crate) fn strike(events: Vec<Spanned>, source: &str, tildes: Tildes) -> Vec<Spanned> {
    let (events, runs) = split_runs(events, source, tildes);
    if runs.is_empty() {
        return events;
    }
    let mut scopes: Vec<Openers> = vec![Openers::default()];
    let mut becomes: Vec<(usize, bool)> = Vec::new();
    let mut next = runs.iter().peekable();
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => scopes.push(Openers::default()),
            Event::End(_) => {
                scopes.pop();
            }
            _ => {}
        }
        if let Some(run) = next.next_if(|run| run.event == at)
            && let Some(scope) = scopes.last_mut()
            && let Some(opener) = scope.meet(run, tildes)
        {
            becomes.push((opener, true));
            becomes.push((at, false));
        }
    }
    becomes.sort_unstable();
    replace(events, &becomes)
}

struct Run {
    event: usize,
    length: usize,
    opens: bool,
    closes: bool,
}

/// Open runs of one and of two tildes, by event.
#[derive(Default)]
struct Openers([Vec<usize>; 2]);

impl Openers {
    /// The opener that this run closes, if any.
    fn meet(&mut self, run: &Run, tildes: Tildes) -> Option<usize> {
        let same = &mut self.0[run.length - 1];
        if run.closes && !same.is_empty() {
            let opener = match tildes {
                Tildes::Flanking => same.pop()?,
                Tildes::Touching => same.drain(..).next()?,
            };
            for openers in &mut self.0 {
                openers.truncate(openers.partition_point(|&at| at < opener));
            }
            return Some(opener);
        }
        if run.opens {
            same.push(run.event);
        }
        None
    }
}

fn replace(events: Vec<Spanned>, becomes: &[(usize, bool)]) -> Vec<Spanned> {
    let mut becomes = becomes.iter().peekable();
    let mut replaced = Vec::with_capacity(events.len());
    for (at, (event, range)) in events.into_iter().enumerate() {
        let event = match becomes.next_if(|(of, _)| *of == at) {
            Some((_, true)) => Event::Start(Tag::Strikethrough),
            Some((_, false)) => Event::End(TagEnd::Strikethrough),
            None => event,
        };
        replaced.push((event, range));
    }
    replaced
}

/// Gives each run of one or two tildes that may open or close an event of its own.
fn split_runs(events: Vec<Spanned>, source: &str, tildes: Tildes) -> (Vec<Spanned>, Vec<Run>) {
    let mut runs = Vec::new();
    let events = text_run::rewrite_runs(events, |run, place, out| {
        let span = text_run::span(run);
        let mut from = span.start;
        if !place.in_autolink && !place.in_image {
            for range in tilde_runs(run, source) {
                let before = (range.start > span.start || !place.begins_line)
                    .then(|| source[..range.start].chars().next_back())
                    .flatten();
                let after = source[range.end..].chars().next();
                let (opens, closes) = sides(before, after, tildes);
                if !opens && !closes {
                    continue;
                }
                text_run::push_between(run, from, range.start, source, out);
                runs.push(Run { event: out.len(), length: range.len(), opens, closes });
                out.push((Event::Text(source[range.clone()].to_owned().into()), range.clone()));
                from = range.end;
            }
        }
        text_run::push_between(run, from, span.end, source, out);
    });
    (events, runs)
}

/// The runs of one or two tildes that are written plainly.
fn tilde_runs(run: &[Spanned], source: &str) -> Vec<Range<usize>> {
    let bytes = source.as_bytes();
    let end = text_run::span(run).end;
    let mut found = Vec::new();
    let mut passed = 0;
    for (at, event) in run.iter().enumerate() {
        if !text_run::is_literal(event, source) {
            continue;
        }
        let mut from = event.1.start + usize::from(text_run::is_escaped(run, at, source));
        while let Some(tilde) = source.get(from.max(passed)..event.1.end).and_then(|rest| rest.find('~')) {
            let start = from.max(passed) + tilde;
            let length = bytes[start..end].iter().take_while(|b| **b == b'~').count();
            from = start + length;
            passed = from;
            if length <= 2 {
                found.push(start..from);
            }
        }
    }
    found
}

fn sides(before: Option<char>, after: Option<char>, tildes: Tildes) -> (bool, bool) {
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    match tildes {
        Tildes::Touching => (!space(after), !space(before)),
        Tildes::Flanking => {
            let mark = |c: Option<char>| c.is_some_and(is_punctuation);
            let opens = !space(after) && (!mark(after) || space(before) || mark(before));
            let closes = !space(before) && (!mark(before) || space(after) || mark(after));
            (opens, closes)
        }
    }
}
