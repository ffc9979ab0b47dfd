//! From the shapes of the crates below to those of the wire, and back.

use postwright_markdown as markdown;
use postwright_post::{TextChange, diff, front_matter, profile};
use postwright_sites::IndexedPost;
use postwright_wire::{self as wire, Details, Language, PreviewPatch, Revision};

use crate::messages;

pub(crate) fn for_preview(change: &TextChange) -> markdown::TextChange {
    markdown::TextChange { from: change.from, to: change.to, insert: change.insert.clone() }
}

pub(crate) fn for_journal(change: &TextChange) -> postwright_drafts::TextChange {
    postwright_drafts::TextChange { from: change.from, to: change.to, insert: change.insert.clone() }
}

pub(crate) fn patch(patch: markdown::Patch, revision: Revision, language: Language) -> PreviewPatch {
    let block = |block: markdown::Block| wire::PreviewBlock {
        id: block.id,
        lines: block.lines,
        html: block.html.as_str().to_owned(),
    };
    let op = |op: markdown::Op| wire::PatchOp {
        at: op.at,
        remove: op.remove,
        insert: op.insert.into_iter().map(block).collect(),
    };
    let lines = |lines: markdown::ChangedLines| wire::ChangedLines {
        at: lines.at,
        from: lines.from,
        remove: lines.remove,
        insert: lines.insert.iter().map(ToString::to_string).collect(),
    };
    let resized = |block: markdown::Resized| wire::ResizedBlock { at: block.at, lines: block.lines };
    PreviewPatch {
        revision,
        first_line: patch.first_line,
        ops: patch.ops.into_iter().map(op).collect(),
        lines: patch.lines.into_iter().map(lines).collect(),
        unfinished: patch.unfinished,
        resized: patch.resized.into_iter().map(resized).collect(),
        refused: patch.refused.map(|refusal| messages::refusal(refusal, language)),
    }
}

/// What the front matter at the head of a text says to a generator that reads its keys so.
pub(crate) fn details(head: &str, key_case: profile::KeyCase, language: Language) -> Details {
    let mut read = front_matter::read(head);
    if key_case == profile::KeyCase::Ignored {
        read.lock_keys_that_differ_in_case();
    }
    Details {
        format: format(read.format),
        shown_title: front_matter::shown_title(head),
        fields: fields(read.fields, &[], language),
        editable: read.problem.is_none(),
        problem: read.problem.map(|problem| problem_on_the_wire(&problem, language)),
        lines: small(read.lines),
    }
}

/// The tags of a post; a text is taken for a list with blanks between, as Jekyll reads it.
pub(crate) fn tags(details: &Details) -> Vec<String> {
    let is_tags = |field: &&wire::Field| field.role == Some(wire::FieldRole::Tags);
    let inner = details.fields.iter().flat_map(|field| match &field.value {
        wire::FieldValue::Table(inner) => inner.as_slice(),
        _ => &[],
    });
    let field = details.fields.iter().chain(inner).find(is_tags);
    match field.map(|field| &field.value) {
        Some(wire::FieldValue::List(tags)) => tags.clone(),
        Some(wire::FieldValue::Text(tags)) => tags.split_whitespace().map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

pub(crate) fn value_for_post(value: &wire::FieldValue) -> front_matter::Value {
    match value {
        wire::FieldValue::Text(text) => front_matter::Value::Text(text.clone()),
        wire::FieldValue::Boolean(value) => front_matter::Value::Boolean(*value),
        wire::FieldValue::List(items) => front_matter::Value::List(items.clone()),
        wire::FieldValue::Empty => front_matter::Value::Empty,
        // A table is edited by its fields.
        wire::FieldValue::Table(_) => front_matter::Value::Table(Vec::new()),
        wire::FieldValue::Source(source) => front_matter::Value::Source(source.clone()),
    }
}

pub(crate) fn profile(profile: &profile::Profile, language: Language) -> wire::SiteProfile {
    let evidence = |evidence: &profile::Evidence| wire::Evidence {
        path: evidence.path.clone(),
        says: messages::evidence(&evidence.fact, language),
    };
    wire::SiteProfile {
        generator: generator(profile.generator),
        confidence: profile.confidence,
        rivals: profile.rivals.iter().copied().map(generator).collect(),
        evidence: profile.evidence.iter().map(evidence).collect(),
        post_folders: profile.post_folders.clone(),
        new_posts: layout(profile.new_posts.layout),
    }
}

pub(crate) fn layout(layout: profile::Layout) -> wire::PostLayout {
    match layout {
        profile::Layout::File => wire::PostLayout::File,
        profile::Layout::Bundle => wire::PostLayout::Bundle,
    }
}

pub(crate) fn layout_for_post(layout: wire::PostLayout) -> profile::Layout {
    match layout {
        wire::PostLayout::File => profile::Layout::File,
        wire::PostLayout::Bundle => profile::Layout::Bundle,
    }
}

pub(crate) fn site_post_row(post: IndexedPost, changed: bool, language: Language) -> wire::SitePostRow {
    wire::SitePostRow {
        path: post.path,
        title: post.row.title,
        date: post.row.date,
        tags: post.row.tags,
        draft: post.row.draft,
        changed,
        problem: post.row.problem.map(|problem| problem_on_the_wire(&problem, language).message),
    }
}

pub(crate) fn diff_lines(before: &str, after: &str) -> Vec<wire::DiffLine> {
    let line = |line: diff::DiffLine| {
        let (kind, text) = match line.kind {
            diff::DiffKind::Kept => (wire::DiffKind::Kept, line.text),
            diff::DiffKind::Added => (wire::DiffKind::Added, line.text),
            diff::DiffKind::Removed => (wire::DiffKind::Removed, line.text),
            diff::DiffKind::Skipped(count) => (wire::DiffKind::Skipped, count.to_string()),
        };
        wire::DiffLine { kind, text }
    };
    diff::lines(before, after, 3).into_iter().map(line).collect()
}

pub(crate) fn problem_on_the_wire(
    problem: &front_matter::Problem,
    language: Language,
) -> wire::FrontMatterProblem {
    wire::FrontMatterProblem {
        line: small(problem.line),
        column: small(problem.column),
        message: messages::front_matter_reason(&problem.reason, language),
    }
}

pub(crate) fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(crate) fn generator(generator: profile::Generator) -> wire::Generator {
    match generator {
        profile::Generator::Hugo => wire::Generator::Hugo,
        profile::Generator::Jekyll => wire::Generator::Jekyll,
        profile::Generator::Zola => wire::Generator::Zola,
        profile::Generator::Hexo => wire::Generator::Hexo,
        profile::Generator::Astro => wire::Generator::Astro,
        profile::Generator::Plain => wire::Generator::Plain,
    }
}

pub(crate) fn generator_for_post(generator: wire::Generator) -> profile::Generator {
    match generator {
        wire::Generator::Hugo => profile::Generator::Hugo,
        wire::Generator::Jekyll => profile::Generator::Jekyll,
        wire::Generator::Zola => profile::Generator::Zola,
        wire::Generator::Hexo => profile::Generator::Hexo,
        wire::Generator::Astro => profile::Generator::Astro,
        wire::Generator::Plain => profile::Generator::Plain,
    }
}

fn format(format: front_matter::Format) -> wire::FrontMatterFormat {
    match format {
        front_matter::Format::None => wire::FrontMatterFormat::None,
        front_matter::Format::Yaml => wire::FrontMatterFormat::Yaml,
        front_matter::Format::Toml => wire::FrontMatterFormat::Toml,
        front_matter::Format::Json => wire::FrontMatterFormat::Json,
    }
}

fn fields(read: Vec<front_matter::Field>, table: &[String], language: Language) -> Vec<wire::Field> {
    let field = |field: front_matter::Field| {
        let path: Vec<String> = table.iter().cloned().chain([field.key.clone()]).collect();
        let value = match field.value {
            front_matter::Value::Text(text) => wire::FieldValue::Text(text),
            front_matter::Value::Boolean(value) => wire::FieldValue::Boolean(value),
            front_matter::Value::List(items) => wire::FieldValue::List(items),
            front_matter::Value::Table(inner) => wire::FieldValue::Table(fields(inner, &path, language)),
            front_matter::Value::Empty => wire::FieldValue::Empty,
            front_matter::Value::Source(source) => wire::FieldValue::Source(source),
        };
        wire::Field {
            role: role_at(&path),
            key: field.key,
            path,
            value,
            kind: kind(field.kind),
            locked: field.locked.map(|problem| problem_on_the_wire(&problem, language)),
        }
    };
    read.into_iter().map(field).collect()
}

fn kind(kind: front_matter::Kind) -> wire::FieldKind {
    match kind {
        front_matter::Kind::Text => wire::FieldKind::Text,
        front_matter::Kind::Lines => wire::FieldKind::Lines,
        front_matter::Kind::Date => wire::FieldKind::Date,
        front_matter::Kind::Number => wire::FieldKind::Number,
    }
}

fn role_at(path: &[String]) -> Option<wire::FieldRole> {
    front_matter::role_at(path).map(|role| match role {
        front_matter::Role::Title => wire::FieldRole::Title,
        front_matter::Role::Date => wire::FieldRole::Date,
        front_matter::Role::Tags => wire::FieldRole::Tags,
        front_matter::Role::Categories => wire::FieldRole::Categories,
        front_matter::Role::Draft => wire::FieldRole::Draft,
        front_matter::Role::Slug => wire::FieldRole::Slug,
        front_matter::Role::Description => wire::FieldRole::Description,
    })
}

/// The fields that a site's posts have.
pub(crate) fn usual_fields(habits: &[profile::FieldHabit]) -> Vec<wire::UsualField> {
    let field = |habit: &profile::FieldHabit| wire::UsualField {
        path: habit.path.clone(),
        role: role_at(&habit.path),
        shape: match habit.shape {
            profile::FieldShape::Text(front_matter::Kind::Text) => wire::UsualShape::Text,
            profile::FieldShape::Text(front_matter::Kind::Lines) => wire::UsualShape::Lines,
            profile::FieldShape::Text(front_matter::Kind::Date) => wire::UsualShape::Date,
            profile::FieldShape::Text(front_matter::Kind::Number) => wire::UsualShape::Number,
            profile::FieldShape::Boolean => wire::UsualShape::Boolean,
            profile::FieldShape::List => wire::UsualShape::List,
        },
        common: habit.is_common,
        values: habit.values.clone(),
    };
    habits.iter().map(field).collect()
}
