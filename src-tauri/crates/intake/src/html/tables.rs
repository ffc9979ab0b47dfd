//! A table as Markdown's, and what a table is that only lays out.

use super::convert::Converter;
use super::inline::Place;
use super::tree::{Element, NodeId, Tree};

/// More columns than a table of Markdown can be read with.
const MOST_COLUMNS: usize = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Align {
    None,
    Left,
    Center,
    Right,
}

/// What a table is.
pub(super) enum Table {
    /// Code beside its line numbers; the `pre` with the code.
    Code(NodeId),
    /// One that lays out: its cells one after another.
    Layout(Vec<NodeId>),
    /// One of rows and columns.
    Rows(Vec<Vec<NodeId>>),
}

/// Reads what a table is.
pub(super) fn table(tree: &Tree, table: NodeId) -> Table {
    let rows: Vec<Vec<NodeId>> = rows(tree, table);
    let codes: Vec<NodeId> = tree.inside(table).filter(|inner| tree.name(*inner) == "pre").collect();
    if let [.., code] = codes[..]
        && rows.len() == 1
        && codes.len() <= 2
    {
        return Table::Code(code);
    }
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    let holds_table = tree.inside(table).any(|inner| tree.name(inner) == "table");
    if widest <= 1 || widest > MOST_COLUMNS || holds_table {
        return Table::Layout(rows.into_iter().flatten().collect());
    }
    Table::Rows(rows)
}

/// The cells of each row. The rows of a table inside are not its own.
fn rows(tree: &Tree, table: NodeId) -> Vec<Vec<NodeId>> {
    let own = |id: &NodeId| {
        std::iter::successors(Some(tree.parent(*id)), |outer| Some(tree.parent(*outer)))
            .find(|outer| tree.name(*outer) == "table" || *outer == Tree::ROOT)
            == Some(table)
    };
    tree.inside(table)
        .filter(|inner| tree.name(*inner) == "tr")
        .filter(own)
        .map(|row| {
            tree.children(row).filter(|cell| matches!(tree.name(*cell), "td" | "th")).collect::<Vec<_>>()
        })
        .filter(|cells: &Vec<NodeId>| !cells.is_empty())
        .collect()
}

impl Converter<'_> {
    /// A table of rows and columns. Its first row is its head: Markdown has no table without one.
    pub(super) fn pipe_table(&mut self, rows: &[Vec<NodeId>]) -> String {
        let mut lines: Vec<Vec<String>> = Vec::new();
        let mut aligns: Vec<Align> = Vec::new();
        // What a cell of a row before reaches down into: how many rows are left for each column.
        let mut reaching: Vec<usize> = Vec::new();
        for row in rows {
            let mut line = Vec::new();
            for cell in row {
                skip_reached(&mut reaching, &mut line);
                let (columns, rows) = (self.span(*cell, "colspan"), self.span(*cell, "rowspan"));
                if aligns.len() <= line.len() {
                    aligns.resize(line.len(), Align::None);
                    aligns.push(self.tree.element(*cell).map_or(Align::None, align_of));
                }
                reaching.resize(reaching.len().max(line.len() + columns), 0);
                reaching[line.len()..line.len() + columns].fill(rows - 1);
                line.push(self.cell(*cell));
                line.extend(std::iter::repeat_n(String::new(), columns - 1));
            }
            skip_reached(&mut reaching, &mut line);
            lines.push(line);
        }
        let width = lines.iter().map(Vec::len).max().unwrap_or(0);
        aligns.resize(width, Align::None);
        let rule: Vec<String> = aligns.iter().map(|align| rule_of(*align).to_owned()).collect();
        lines.insert(1, rule);
        lines
            .into_iter()
            .map(|mut line| {
                line.resize(width, String::new());
                format!("| {} |", line.join(" | "))
            })
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn span(&self, cell: NodeId, name: &str) -> usize {
        let written = self.tree.element(cell).and_then(|cell| cell.attribute(name));
        written.and_then(|count| count.trim().parse().ok()).unwrap_or(1).clamp(1, 20)
    }

    fn cell(&mut self, cell: NodeId) -> String {
        let pieces = self.pieces_of(cell);
        let written = super::inline::written(&pieces, Place::Line);
        escape_pipes(&written)
    }
}

/// Leaves cells empty that one of a row above reaches down into.
fn skip_reached(reaching: &mut [usize], line: &mut Vec<String>) {
    while let Some(left) = reaching.get_mut(line.len())
        && *left > 0
    {
        *left -= 1;
        line.push(String::new());
    }
}

/// A pipe ends a cell wherever it stands, in code too; behind a backslash that is text, it cannot have one of its own.
fn escape_pipes(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut backslashes = 0;
    for letter in text.chars() {
        match letter {
            '|' if backslashes == 0 => written.push_str("\\|"),
            '|' if backslashes % 2 == 0 => written.push_str("&#124;"),
            letter => written.push(letter),
        }
        backslashes = if letter == '\\' { backslashes + 1 } else { 0 };
    }
    written
}

fn align_of(cell: &Element) -> Align {
    let style = cell.attribute("style").unwrap_or_default().replace(' ', "").to_lowercase();
    let says =
        |what: &str| style.contains(&format!("text-align:{what}")) || cell.attribute("align") == Some(what);
    match () {
        () if says("center") => Align::Center,
        () if says("right") || says("end") => Align::Right,
        () if says("left") || says("start") => Align::Left,
        () => Align::None,
    }
}

fn rule_of(align: Align) -> &'static str {
    match align {
        Align::None => "---",
        Align::Left => ":--",
        Align::Center => ":-:",
        Align::Right => "--:",
    }
}
