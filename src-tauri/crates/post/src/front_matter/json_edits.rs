//! Edits of one field in JSON, in the layout of its neighbours.

use std::ops::Range;

use super::edit::{Edit, Refusal};
use super::flow_list::FlowList;
use super::json::{self, Content, Member, Node};
use super::{Kind, Value, pieces};
use crate::TextChange;

/// The changes that an edit makes, as places in the source.
pub(super) fn changes(source: &str, edit: &Edit<'_>) -> Result<Vec<TextChange>, Refusal> {
    let root = json::parse(source).map_err(|_| Refusal::UnusualLayout)?;
    match edit {
        Edit::Put { path, value, kind } => put(source, &root, path, value, *kind),
        Edit::Remove { path } => {
            let (object, place) = member_at(&root, path)?;
            let members: Vec<_> = object.members().iter().map(place_of).collect();
            Ok(vec![pieces::without(&members, place, inside(object))])
        }
        Edit::Rename { path, to } => {
            let (object, place) = member_at(&root, path)?;
            let key = object.members()[place].key_place.clone();
            Ok(vec![TextChange { from: key.start, to: key.end, insert: string(to) }])
        }
        Edit::Reorder { path, keys } => {
            let object = object_at(&root, path)?;
            let known: Vec<&str> = object.members().iter().map(|member| member.key.as_str()).collect();
            let members: Vec<_> = object.members().iter().map(place_of).collect();
            Ok(pieces::in_order(source, &members, &pieces::order_of(&known, keys)).into_iter().collect())
        }
    }
}

fn place_of(member: &Member) -> Range<usize> {
    member.key_place.start..member.value.place.end
}

/// Between the braces.
fn inside(object: &Node) -> Range<usize> {
    object.place.start + 1..object.place.end - 1
}

fn object_at<'a>(root: &'a Node, path: &[String]) -> Result<&'a Node, Refusal> {
    path.iter().try_fold(root, |object, key| {
        let found = object.members().iter().find(|member| member.key == *key);
        let object = &found.ok_or(Refusal::UnusualLayout)?.value;
        if matches!(object.content, Content::Object(_)) { Ok(object) } else { Err(Refusal::Structured) }
    })
}

fn member_at<'a>(root: &'a Node, path: &[String]) -> Result<(&'a Node, usize), Refusal> {
    let (key, tables) = path.split_last().ok_or(Refusal::UnusualLayout)?;
    let object = object_at(root, tables)?;
    let place = object.members().iter().position(|member| member.key == *key);
    Ok((object, place.ok_or(Refusal::UnusualLayout)?))
}

fn put(
    source: &str,
    root: &Node,
    path: &[String],
    value: &Value,
    kind: Kind,
) -> Result<Vec<TextChange>, Refusal> {
    let mut object = root;
    for (depth, key) in path.iter().enumerate() {
        let Some(member) = object.members().iter().find(|member| member.key == *key) else {
            return Ok(vec![new_member(source, object, &path[depth..], value, kind)]);
        };
        let is_last = depth + 1 == path.len();
        match (&member.value.content, is_last) {
            (_, true) => return replace(source, &member.value, value, kind).map(|change| vec![change]),
            (Content::Object(_), false) => object = &member.value,
            (Content::Null, false) => {
                let rest = &path[depth + 1..];
                let insert = format!("{{{}}}", member_text(rest, ": ", value, kind));
                return Ok(vec![over(&member.value, insert)]);
            }
            _ => return Err(Refusal::Structured),
        }
    }
    Err(Refusal::UnusualLayout)
}

fn over(node: &Node, insert: String) -> TextChange {
    TextChange { from: node.place.start, to: node.place.end, insert }
}

fn replace(source: &str, node: &Node, value: &Value, kind: Kind) -> Result<TextChange, Refusal> {
    match (&node.content, value) {
        (Content::Object(_), _) => Err(Refusal::Structured),
        (Content::Array(items), Value::List(texts)) => {
            let text = |item| match item {
                &Node { content: Content::Text(ref text), ref place } => Some((text.as_str(), place.clone())),
                _ => None,
            };
            let items: Option<Vec<_>> = items.iter().map(text).collect();
            let items = items.ok_or(Refusal::Structured)?;
            FlowList { source, place: node.place.clone(), items, has_comments: false }.change(texts, string)
        }
        (Content::Array(items), _) if !items.iter().all(|item| matches!(item.content, Content::Text(_))) => {
            Err(Refusal::Structured)
        }
        (Content::Number, value) => Ok(over(node, written(value, Kind::Number))),
        (_, value) => Ok(over(node, written(value, kind))),
    }
}

/// A member behind the last one, laid out like its neighbours.
fn new_member(source: &str, object: &Node, path: &[String], value: &Value, kind: Kind) -> TextChange {
    let inside = inside(object);
    let (Some(first), Some(last)) = (object.members().first(), object.members().last()) else {
        let insert = member_text(path, ": ", value, kind);
        return TextChange { from: inside.start, to: inside.start, insert };
    };
    let lead = &source[inside.start..first.key_place.start];
    let between = match object.members() {
        [one, two, ..] => &source[one.value.place.end..two.key_place.start],
        _ if lead.contains('\n') => &format!(",{lead}"),
        _ => ", ",
    };
    let colon = &source[first.key_place.end..first.value.place.start];
    let insert = format!("{between}{}", member_text(path, colon, value, kind));
    TextChange { from: last.value.place.end, to: last.value.place.end, insert }
}

/// A member, within the objects that the path names before it.
fn member_text(path: &[String], colon: &str, value: &Value, kind: Kind) -> String {
    match path {
        [] => written(value, kind),
        [key] => format!("{}{colon}{}", string(key), written(value, kind)),
        [table, rest @ ..] => {
            format!("{}{colon}{{{}}}", string(table), member_text(rest, colon, value, kind))
        }
    }
}

fn written(value: &Value, kind: Kind) -> String {
    match value {
        Value::Text(text) if kind == Kind::Number && is_number(text) => text.clone(),
        Value::Text(text) => string(text),
        Value::Boolean(boolean) => boolean.to_string(),
        Value::List(texts) => {
            format!("[{}]", texts.iter().map(|text| string(text)).collect::<Vec<_>>().join(", "))
        }
        Value::Empty | Value::Table(_) | Value::Source(_) => "null".to_owned(),
    }
}

fn is_number(text: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(text).is_ok()
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace)
}

/// A text in quotes, with no more escapes than JSON asks for.
fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
