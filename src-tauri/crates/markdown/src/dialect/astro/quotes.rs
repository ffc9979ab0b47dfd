//! Smart punctuation as Sätteri 0.10 sets it: pulldown-cmark's, but double quotes open and close beside Hangul.

use pulldown_cmark::Event;

use crate::dialect::chars::is_punctuation;
use crate::dialect::text_run::{self, Place};
use crate::reading::Spanned;

/// Sets quotes, dashes and ellipses outside code and bare URLs.
pub(crate) fn set(events: Vec<Spanned>, source: &str) -> Vec<Spanned> {
    let mut open = Open::default();
    text_run::rewrite_runs(events, |run, place, out| {
        if place.begins_block {
            open = Open::default();
        }
        if place.in_autolink {
            out.extend_from_slice(run);
            return;
        }
        for at in 0..run.len() {
            if text_run::is_literal(&run[at], source) {
                open.set_event(run, at, source, place, out);
            } else {
                out.push(run[at].clone());
            }
        }
    })
}

/// The quotes of one block that wait for their other half.
#[derive(Default)]
struct Open {
    double: bool,
    /// Where the event of the single quote stands.
    single: Option<usize>,
}

impl Open {
    fn set_event(&mut self, run: &[Spanned], at: usize, source: &str, place: Place, out: &mut Vec<Spanned>) {
        let (start, end) = (run[at].1.start, run[at].1.end);
        let bytes = source.as_bytes();
        let mut from = start;
        let mut here = start + usize::from(text_run::is_escaped(run, at, source));
        while here < end {
            let (length, mark) = match bytes[here] {
                b'.' if bytes[here..end].starts_with(b"...") => (3, "…".to_owned()),
                b'-' => {
                    let count = bytes[here..end].iter().take_while(|b| **b == b'-').count();
                    (count, dashes(count))
                }
                quote @ (b'\'' | b'"') => {
                    let begins_line = at == 0 && here == start && place.begins_line;
                    let before = if begins_line { None } else { source[..here].chars().next_back() };
                    let after = source[here + 1..].chars().next();
                    text_run::push_between(run, from, here, source, out);
                    out.push((Event::Text("".into()), here..here + 1));
                    self.set_quote(quote, sides(quote, before, after), out);
                    here += 1;
                    from = here;
                    continue;
                }
                _ => {
                    here += 1;
                    continue;
                }
            };
            if length > 1 {
                text_run::push_between(run, from, here, source, out);
                out.push((Event::Text(mark.into()), here..here + length));
                from = here + length;
            }
            here += length;
        }
        text_run::push_between(run, from, end, source, out);
    }

    /// Decides what the quote is that was put last into `out`.
    fn set_quote(&mut self, quote: u8, (opens, closes): (bool, bool), out: &mut [Spanned]) {
        let last = out.len() - 1;
        let mark = if quote == b'\'' {
            match self.single {
                Some(open) if closes => {
                    out[open].0 = Event::Text("‘".into());
                    self.single = None;
                }
                _ if opens => self.single = Some(last),
                _ => {}
            }
            "’"
        } else if closes && self.double {
            self.double = false;
            "”"
        } else if opens {
            self.double = true;
            "“"
        } else if closes {
            "”"
        } else {
            "“"
        };
        out[last].0 = Event::Text(mark.into());
    }
}

fn sides(quote: u8, before: Option<char>, after: Option<char>) -> (bool, bool) {
    (opens(quote, before, after), closes(quote, before, after))
}

fn opens(quote: u8, before: Option<char>, after: Option<char>) -> bool {
    let Some(after) = after.filter(|c| !c.is_whitespace()) else { return false };
    let Some(before) = before else { return true };
    if quote == b'"' && !is_punctuation(after) && !before.is_ascii_digit() {
        return true;
    }
    before.is_whitespace() || is_punctuation(before) && (quote == b'"' || !matches!(before, ']' | ')'))
}

fn closes(quote: u8, before: Option<char>, after: Option<char>) -> bool {
    let Some(before) = before.filter(|c| !c.is_whitespace()) else { return false };
    let Some(after) = after else { return true };
    quote == b'"' && !is_punctuation(before) || after.is_whitespace() || is_punctuation(after)
}

/// As many em dashes as go into the run, and en dashes for the rest; only en dashes if they come out even.
fn dashes(count: usize) -> String {
    let (em, en) = match count % 6 {
        0 | 3 => (count / 3, 0),
        2 | 4 => (0, count / 2),
        1 => ((count / 3).saturating_sub(1), 2),
        _ => (count / 3, 1),
    };
    "—".repeat(em) + &"–".repeat(en)
}
