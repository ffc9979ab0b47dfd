//! The lines of a text.

/// A line, without its newline.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'t> {
    pub(crate) start: usize,
    pub(crate) text: &'t str,
    /// It is code between fences, or a fence.
    pub(crate) is_code: bool,
}

impl Line<'_> {
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// How many letters it has, without the white space at its ends.
    pub(crate) fn length(&self) -> usize {
        self.text.trim().chars().count()
    }
}

/// The lines of a text, from its start.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut fence: Option<&str> = None;
    text.split('\n')
        .map(|line| {
            let mut is_code = fence.is_some();
            match fence {
                Some(open) if line.trim() == open => fence = None,
                None if line.starts_with("```") => {
                    let end = line.bytes().take_while(|byte| *byte == b'`').count();
                    fence = Some(&line[..end]);
                    is_code = true;
                }
                _ => {}
            }
            let line = Line { start, text: line, is_code };
            start = line.end() + 1;
            line
        })
        .collect()
}

/// The nearest line after this one that is not blank.
pub(super) fn next_line<'l, 't>(lines: &'l [Line<'t>], place: usize) -> Option<&'l Line<'t>> {
    lines.get(place + 1..)?.iter().find(|line| !line.is_blank())
}

/// The nearest line before this one that is not blank.
pub(super) fn line_before<'l, 't>(lines: &'l [Line<'t>], place: usize) -> Option<&'l Line<'t>> {
    lines[..place].iter().rev().find(|line| !line.is_blank())
}

/// Whether the line before is blank, or there is none.
pub(super) fn follows_blank(lines: &[Line<'_>], place: usize) -> bool {
    place == 0 || lines[place - 1].is_blank()
}

/// Whether the line after is blank, or there is none.
pub(super) fn precedes_blank(lines: &[Line<'_>], place: usize) -> bool {
    lines.get(place + 1).is_none_or(Line::is_blank)
}
