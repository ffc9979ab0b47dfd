//! Task lists as remark marks them: a class on the list and on each task.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::reading::Spanned;

/// Lists that hold a task, and the tasks, become ready HTML inside `HtmlBlock`s, so that the events stay nested.
pub(super) fn mark(events: Vec<Spanned>) -> Vec<Spanned> {
    let (mut lists, mut tasks) = (Vec::new(), Vec::new());
    let mut open: Vec<usize> = Vec::new();
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::List(_) | Tag::Item) => open.push(at),
            Event::End(TagEnd::List(_) | TagEnd::Item) => {
                open.pop();
            }
            Event::TaskListMarker(_) => {
                if let [.., list, item] = open[..] {
                    lists.push(list);
                    tasks.push(item);
                }
            }
            _ => {}
        }
    }
    if tasks.is_empty() {
        return events;
    }
    lists.sort_unstable();
    replaced(events, &lists, &tasks)
}

fn replaced(events: Vec<Spanned>, lists: &[usize], tasks: &[usize]) -> Vec<Spanned> {
    let mut marked = Vec::with_capacity(events.len() + 4 * tasks.len());
    let mut closing: Vec<Option<&str>> = Vec::new();
    for (at, (event, range)) in events.into_iter().enumerate() {
        match event {
            Event::Start(Tag::List(start)) if lists.binary_search(&at).is_ok() => {
                let (open, close) = list_tags(start);
                marked.push((Event::Start(Tag::HtmlBlock), range.clone()));
                marked.push((Event::Html(open.into()), range));
                closing.push(Some(close));
            }
            Event::Start(Tag::Item) if tasks.binary_search(&at).is_ok() => {
                marked.push((Event::Start(Tag::HtmlBlock), range.clone()));
                marked.push((Event::Html("<li class=\"task-list-item\">".into()), range));
                closing.push(Some("</li>\n"));
            }
            Event::Start(Tag::List(_) | Tag::Item) => {
                marked.push((event, range));
                closing.push(None);
            }
            Event::End(TagEnd::List(_) | TagEnd::Item) => match closing.pop().flatten() {
                Some(close) => {
                    marked.push((Event::Html(close.into()), range.clone()));
                    marked.push((Event::End(TagEnd::HtmlBlock), range));
                }
                None => marked.push((event, range)),
            },
            event => marked.push((event, range)),
        }
    }
    marked
}

fn list_tags(start: Option<u64>) -> (String, &'static str) {
    let class = "class=\"contains-task-list\"";
    match start {
        None => (format!("<ul {class}>\n"), "</ul>\n"),
        Some(1) => (format!("<ol {class}>\n"), "</ol>\n"),
        Some(start) => (format!("<ol start=\"{start}\" {class}>\n"), "</ol>\n"),
    }
}
