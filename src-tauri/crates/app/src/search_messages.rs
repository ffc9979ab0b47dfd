//! What the writer is told of a search that cannot be done.

use postwright_search::{BadQuery, SearchError};
use postwright_wire::{Error, ErrorCode};

use crate::messages::{Say, Told};

pub(crate) fn search(error: &SearchError, say: &Say) -> Error {
    say.error(
        ErrorCode::System,
        format!("The search did not work: {error}."),
        format!("검색하지 못했습니다: {error}."),
    )
    .hint(
        say,
        "Your posts are not touched by it. The index beside the library is made again by itself; if it is not, remove it.",
        "글에는 아무 영향이 없습니다. 보관함 옆의 색인은 저절로 다시 만들어집니다. 그래도 안 되면 그 파일을 지우세요.",
    )
}

pub(crate) fn bad_query(bad: &BadQuery, say: &Say) -> Error {
    match bad {
        BadQuery::NoValue { filter } => say
            .error(
                ErrorCode::BadRequest,
                format!("Nothing stands behind {filter}: yet."),
                format!("{filter}: 뒤에 아무것도 없습니다."),
            )
            .hint(say, example_of(filter), example_of(filter)),
        BadQuery::NoState { value } => say
            .error(
                ErrorCode::BadRequest,
                format!("There is no state “{value}”."),
                format!("“{value}”라는 상태는 없습니다."),
            )
            .hint(
                say,
                "Write is:draft, is:published, is:changed or is:trashed.",
                "is:draft(초안), is:published(발행), is:changed(변경), is:trashed(휴지통) 중 하나를 쓰세요.",
            ),
        BadQuery::NoDate { filter, value } => say
            .error(
                ErrorCode::BadRequest,
                format!("“{value}” is no date."),
                format!("“{value}”는 날짜가 아닙니다."),
            )
            .hint(
                say,
                &format!(
                    "Write a year, a month or a day: {filter}:2026, {filter}:2026-11 or {filter}:2026-11-21."
                ),
                &format!("연도, 달, 날짜로 쓰세요: {filter}:2026, {filter}:2026-11, {filter}:2026-11-21."),
            ),
        BadQuery::NoPlace { value } => say
            .error(
                ErrorCode::BadRequest,
                format!("in:{value} means nothing."),
                format!("in:{value}는 뜻이 없습니다."),
            )
            .hint(say, "Write in:history to search older texts.", "지난 글을 찾으려면 in:history를 쓰세요."),
    }
}

fn example_of(filter: &str) -> &'static str {
    match filter {
        "tag" => "tag:rust",
        "site" => "site:blog",
        "is" => "is:draft",
        "before" => "before:2026-11",
        "after" => "after:2026-11-21",
        _ => "in:history",
    }
}

pub(crate) fn not_one_to_replace(say: &Say) -> Error {
    say.error(
        ErrorCode::BadRequest,
        "Only one word or phrase can be replaced, in texts as they are now.",
        "지금 글에 있는 낱말이나 구절 하나만 바꿀 수 있습니다.",
    )
    .hint(
        say,
        "Put several words into quotes, and leave in:history out.",
        "여러 낱말은 따옴표로 묶고, in:history는 빼세요.",
    )
}

pub(crate) fn replace_plan_changed(say: &Say) -> Error {
    say.error(
        ErrorCode::PlanChanged,
        "Some of the posts have changed since this was shown; nothing was replaced.",
        "보여 드린 뒤에 바뀐 글이 있어 아무것도 바꾸지 않았습니다.",
    )
    .hint(say, "Look at what would be replaced once more.", "무엇이 바뀔지 다시 확인하세요.")
}
