//! An oracle for Zola, which no package registry has: pulldown-cmark with the options that Zola documents, and
//! Zola's rules for headings, footnotes and code over its events (Zola 0.22, `components/markdown`).
//!
//! It is written apart from the preview's own dialect and must not use it. Links to files beside the post stay as
//! they are written: Zola puts the page's address before them.

use std::collections::HashMap;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// Renders a text with the settings of a `config.toml`.
pub fn page(text: &str, settings: &str) -> String {
    let is_set = |name: &str| {
        let mut lines = settings.lines().filter_map(|line| line.split_once('='));
        lines.any(|(key, value)| key.trim() == name && value.trim() == "true")
    };
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    options.set(Options::ENABLE_SMART_PUNCTUATION, is_set("smart_punctuation"));
    options.set(Options::ENABLE_DEFINITION_LIST, is_set("definition_list"));
    options.set(Options::ENABLE_GFM, is_set("github_alerts"));
    let mut events: Vec<Event> = Parser::new_ext(text, options).collect();
    name_code(&mut events);
    give_ids(&mut events);
    if is_set("bottom_footnotes") {
        events = with_notes_at_the_end(events);
    }
    let mut page = String::new();
    html::push_html(&mut page, events.into_iter());
    page
}

/// A fence's language ends at the first comma or blank; what follows are settings of its looks.
fn name_code(events: &mut [Event]) {
    for event in events {
        if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event {
            let language = info.split([',', ' ']).next().unwrap_or_default().to_owned();
            *info = language.into();
        }
    }
}

/// Given ids are taken first; the others are slugs, numbered from 1 when they are taken.
fn give_ids(events: &mut [Event]) {
    let mut taken: Vec<String> = Vec::new();
    for event in events.iter() {
        if let Event::Start(Tag::Heading { id: Some(id), .. }) = event {
            taken.push(id.to_string());
        }
    }
    for at in 0..events.len() {
        if !matches!(events[at], Event::Start(Tag::Heading { id: None, .. })) {
            continue;
        }
        let inside = events[at..].iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
        let title: String = inside
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        let slug = slug::slugify(title);
        let numbered = (1..).map(|number| format!("{slug}-{number}"));
        let free = std::iter::once(slug.clone()).chain(numbered).find(|id| !taken.contains(id));
        let free = free.unwrap_or_default();
        if let Event::Start(Tag::Heading { id, .. }) = &mut events[at] {
            *id = Some(free.clone().into());
        }
        taken.push(free);
    }
}

/// `bottom_footnotes`: a list at the end, in the order of the references, with links back.
fn with_notes_at_the_end(events: Vec<Event>) -> Vec<Event> {
    let mut flow = Vec::new();
    let mut open: Vec<Vec<Event>> = Vec::new();
    let mut notes: Vec<(CowStr, Vec<Event>)> = Vec::new();
    let mut labels: Vec<CowStr> = Vec::new();
    let mut order: HashMap<CowStr, (usize, usize)> = HashMap::new();
    for event in events {
        let event = match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                labels.push(label);
                open.push(Vec::new());
                continue;
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                notes.extend(labels.pop().zip(open.pop()));
                continue;
            }
            Event::FootnoteReference(label) => {
                let next = order.len() + 1;
                let (number, times) = order.entry(label.clone()).or_insert((next, 0));
                *times += 1;
                Event::InlineHtml(format!("<sup class=\"footnote-reference\" id=\"fr-{label}-{times}\"><a href=\"#fn-{label}\">{number}</a></sup>").into())
            }
            event => event,
        };
        open.last_mut().unwrap_or(&mut flow).push(event);
    }
    if notes.is_empty() {
        return flow;
    }
    notes.retain(|(label, _)| order.contains_key(label));
    notes.sort_by_key(|(label, _)| order[label].0);
    let tag = |html: String| Event::Html(html.into());
    flow.push(tag("<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n".into()));
    for (label, mut note) in notes {
        let back: String = (1..=order[&label].1)
            .map(|time| {
                let shown = if time == 1 { String::new() } else { time.to_string() };
                format!(" <a href=\"#fr-{label}-{time}\">↩{shown}</a>")
            })
            .collect();
        let in_paragraph = matches!(note.last(), Some(Event::End(TagEnd::Paragraph)));
        note.insert(note.len() - usize::from(in_paragraph), Event::InlineHtml(back.into()));
        flow.push(tag(format!("<li id=\"fn-{label}\">")));
        flow.extend(note);
        flow.push(tag("</li>\n".into()));
    }
    flow.push(tag("</ol>\n</section>\n".into()));
    flow
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_get_the_ids_that_zola_documents() {
        let html = page("# 한글 제목\n# 한글 제목\n# A {#given}\n# given\n", "");
        let ids: Vec<&str> =
            html.split("id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert_eq!(ids, ["hangeul-jemog", "hangeul-jemog-1", "given", "given-1"]);
    }

    #[test]
    fn settings_count() {
        assert!(page("\"a\"", "").contains("\"a\"") || page("\"a\"", "").contains("&quot;"));
        assert!(page("\"a\"", "smart_punctuation = true").contains("“a”"));
        let notes = page("a[^1] b[^1]\n\n[^1]: c", "bottom_footnotes = true");
        assert!(notes.contains("<p>c <a href=\"#fr-1-1\">↩</a> <a href=\"#fr-1-2\">↩2</a></p>"), "{notes}");
    }
}
