//! What kramdown 2.4 with kramdown-parser-gfm 1.1 printed, by Jekyll's defaults but without a highlighter.

mod blocks;
mod elsewhere;
mod lists;
mod spans;
mod tables;

/// A rule's name, and texts with the HTML of each, its blanks folded.
pub(super) type Rule = (&'static str, &'static [(&'static str, &'static str)]);

pub(super) const CASES: [&[Rule]; 5] =
    [spans::CASES, blocks::CASES, lists::CASES, tables::CASES, elsewhere::CASES];
