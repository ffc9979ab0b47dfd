//! A whole source as one tree: for a generator's configuration, which nests.

use saphyr_parser::ScalarStyle;
use serde_json::{Map, Number, Value as Tree};
use toml_edit::{Document, Item, Table, Value as TomlValue};

use super::yaml::{self, Content, Entry, Node};
use super::{Format, Mistake, Problem, Reason, problem_at};

/// Reads a source, without delimiters, as a JSON tree; the problem's place counts in the source.
///
/// Dates stay texts as they are written. What a YAML alias stands for is not followed: it is null, so that no few
/// lines can grow without bound. A source without notation is an empty tree.
pub fn tree(source: &str, format: Format) -> Result<Tree, Problem> {
    let tree = match format {
        Format::None => Ok(Tree::Object(Map::new())),
        Format::Yaml => yaml::parse(source).map(|mapping| of_entries(&mapping.entries)),
        Format::Toml => of_toml(source),
        Format::Json => of_json(source),
    };
    tree.map_err(|mistake| problem_at(source, mistake.at, mistake.reason))
}

fn of_entries(entries: &[Entry]) -> Tree {
    let field = |entry: &Entry| Some((entry.key.scalar()?.to_owned(), of_node(&entry.value)));
    Tree::Object(entries.iter().filter_map(field).collect())
}

fn of_node(node: &Node) -> Tree {
    match &node.content {
        Content::Scalar { text, style: ScalarStyle::Plain } => of_plain(text),
        Content::Scalar { text, .. } => Tree::String(text.clone()),
        Content::Sequence { items, .. } => Tree::Array(items.iter().map(of_node).collect()),
        Content::Mapping { entries, .. } => of_entries(entries),
        Content::Alias => Tree::Null,
    }
}

/// YAML's core schema, and the words of YAML 1.1 that Ruby and older Go take for booleans.
fn of_plain(text: &str) -> Tree {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Tree::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "on" | "On" => Tree::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "off" | "Off" => Tree::Bool(false),
        text => number(text).unwrap_or_else(|| Tree::String(text.to_owned())),
    }
}

fn number(text: &str) -> Option<Tree> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Tree::Number(whole.into()));
    }
    // Rust also reads `inf` and `nan`.
    let digits = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    let real = text.parse::<f64>().ok().filter(|_| digits)?;
    Number::from_f64(real).map(Tree::Number)
}

fn of_toml(source: &str) -> Result<Tree, Mistake> {
    let document = Document::parse(source).map_err(|error| Mistake {
        at: error.span().map_or(0, |span| span.start),
        reason: Reason::Syntax { message: error.message().to_owned() },
    })?;
    Ok(of_table(document.as_table()))
}

fn of_table(table: &Table) -> Tree {
    Tree::Object(table.iter().map(|(key, item)| (key.to_owned(), of_item(item))).collect())
}

fn of_item(item: &Item) -> Tree {
    match item {
        Item::None => Tree::Null,
        Item::Value(value) => of_value(value),
        Item::Table(table) => of_table(table),
        Item::ArrayOfTables(tables) => Tree::Array(tables.iter().map(of_table).collect()),
    }
}

fn of_value(value: &TomlValue) -> Tree {
    match value {
        TomlValue::String(text) => Tree::String(text.value().clone()),
        TomlValue::Integer(whole) => Tree::Number((*whole.value()).into()),
        TomlValue::Float(real) => Number::from_f64(*real.value()).map_or(Tree::Null, Tree::Number),
        TomlValue::Boolean(boolean) => Tree::Bool(*boolean.value()),
        TomlValue::Datetime(date) => Tree::String(date.value().to_string()),
        TomlValue::Array(items) => Tree::Array(items.iter().map(of_value).collect()),
        TomlValue::InlineTable(table) => {
            Tree::Object(table.iter().map(|(key, value)| (key.to_owned(), of_value(value))).collect())
        }
    }
}

fn of_json(source: &str) -> Result<Tree, Mistake> {
    serde_json::from_str(source).map_err(|error| {
        let lines = source.split_inclusive('\n').take(error.line().saturating_sub(1));
        let line_start: usize = lines.map(str::len).sum();
        Mistake {
            at: (line_start + error.column().saturating_sub(1)).min(source.len()),
            reason: Reason::Syntax { message: error.to_string() },
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_notation_gives_the_same_tree() {
        let expected = json!({"markup": {"goldmark": {"renderer": {"unsafe": true}}}, "levels": [1, 2.5, "x"], "none": ""});
        let toml = "levels = [1, 2.5, \"x\"]\nnone = \"\"\n[markup.goldmark.renderer]\nunsafe = true\n";
        let yaml = "markup:\n  goldmark: {renderer: {unsafe: yes}}\nlevels:\n- 1\n- 2.5\n- x\nnone: ''\n";
        assert_eq!(tree(toml, Format::Toml).unwrap(), expected);
        assert_eq!(tree(yaml, Format::Yaml).unwrap(), expected);
        assert_eq!(tree(&expected.to_string(), Format::Json).unwrap(), expected);
    }

    #[test]
    fn an_alias_is_not_followed() {
        let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
        assert_eq!(tree(bomb, Format::Yaml).unwrap()["c"], json!([null, null]));
    }

    #[test]
    fn a_mistake_has_a_place() {
        assert_eq!(tree("a = 1\nb = \n", Format::Toml).unwrap_err().line, 2);
        assert!(tree("a: 1\nb: [\n", Format::Yaml).unwrap_err().line >= 2);
        assert_eq!(tree("{\n\"a\": }", Format::Json).unwrap_err().line, 2);
    }
}
