//! What a page shows around its post.

use super::endings::ends_sentence;
use super::{Found, Line, lines};

/// Lines of menus, buttons and links, in small letters.
const WORDS: [&str; 62] = [
    "본문 바로가기",
    "메뉴 바로가기",
    "메뉴바로가기",
    "본문바로가기",
    "본문으로 바로가기",
    "콘텐츠로 건너뛰기",
    "로그인",
    "로그아웃",
    "회원가입",
    "글쓰기",
    "관리",
    "구독하기",
    "구독",
    "공유하기",
    "공유",
    "url 복사",
    "신고하기",
    "신고",
    "이웃추가",
    "좋아요",
    "공감",
    "댓글",
    "댓글쓰기",
    "댓글 쓰기",
    "목록",
    "목록보기",
    "이전글",
    "다음글",
    "이전 글",
    "다음 글",
    "맨 위로",
    "위로",
    "홈",
    "검색",
    "전체보기",
    "카테고리",
    "태그",
    "태그목록",
    "더보기",
    "저작자표시",
    "인쇄",
    "스크랩",
    "팔로우",
    "통계",
    "skip to content",
    "skip to main content",
    "log in",
    "sign in",
    "sign up",
    "subscribe",
    "share",
    "share this post",
    "follow",
    "comments",
    "leave a comment",
    "back to top",
    "home",
    "menu",
    "listen",
    "copy link",
    "more from author",
    "open in app",
];
/// How near to the start or the end of a post its frame stands, in lines with text.
const NEAR: usize = 12;
/// A line of a frame has no more letters.
const LONGEST: usize = 40;

/// Whether a line is a link for those who read with the keyboard, the first of a page.
pub(crate) fn is_skip_link(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    line.contains("본문") && line.ends_with("바로가기")
        || matches!(line.as_str(), "skip to content" | "skip to main content" | "콘텐츠로 건너뛰기")
}

/// Whether a line says how often a page was seen or liked: `조회수 1234`, `1.2k views`.
pub(crate) fn is_view_count(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    let labels =
        ["조회수", "조회", "좋아요", "댓글", "공감", "추천", "views", "view", "likes", "comments", "claps"];
    let is_count = |text: &str| {
        let text = text.trim().trim_matches([':', '·', '(', ')', '개', '회', '건', '+']).trim();
        let digits = text.trim_end_matches(['k', 'm', '만', '천', '회']);
        !digits.is_empty()
            && digits.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, ',' | '.'))
    };
    labels.iter().any(|label| {
        line.strip_prefix(label).is_some_and(is_count) || line.strip_suffix(label).is_some_and(is_count)
    }) || is_reading_time(&line)
}

fn is_reading_time(line: &str) -> bool {
    ["min read", "분 읽기", "minute read"].iter().any(|words| {
        line.strip_suffix(words).is_some_and(|number| {
            !number.trim().is_empty() && number.trim().bytes().all(|byte| byte.is_ascii_digit())
        })
    })
}

fn is_word_of_frame(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    WORDS.contains(&line.as_str()) || is_skip_link(&line)
}

fn is_short(line: &Line<'_>) -> bool {
    line.length() <= LONGEST && !ends_sentence(line.text)
}

pub(super) fn find(text: &str) -> Vec<Found> {
    let lines = lines(text);
    let written: Vec<usize> = (0..lines.len()).filter(|place| !lines[*place].is_blank()).collect();
    let mut is_frame = vec![false; lines.len()];
    for (count, place) in written.iter().enumerate() {
        let line = &lines[*place];
        let is_near = count < NEAR || written.len() - count <= NEAR;
        is_frame[*place] = !line.is_code
            && (is_skip_link(line.text)
                || is_view_count(line.text)
                || (is_near && is_word_of_frame(line.text)));
    }
    spread_at_end(&lines, &written, &mut is_frame);
    (0..lines.len()).filter(|place| is_frame[*place]).map(|place| whole_line(text, &lines[place])).collect()
}

/// At the end of a page, short lines beside a word of its frame are of the frame too.
fn spread_at_end(lines: &[Line<'_>], written: &[usize], is_frame: &mut [bool]) {
    let last: Vec<usize> =
        written.iter().rev().take(NEAR).take_while(|place| is_short(&lines[**place])).copied().collect();
    // What begins a list or tells tags is of the post.
    let is_of_post = |place: usize| {
        let text = lines[place].text.trim();
        text.starts_with(['#', '•', '·', '-', '*']) || lines[place].is_code
    };
    let Some(end) = last.iter().rposition(|place| is_frame[*place]) else { return };
    let mut from = end;
    while last.get(from + 1).is_some_and(|place| !is_of_post(*place))
        && last.len() > from + 1
        && from - end < 3
    {
        from += 1;
    }
    // A whole text of short lines is a list or a poem.
    if last.len() == written.len() {
        from = end;
    }
    for place in &last[..=from] {
        if !is_of_post(*place) {
            is_frame[*place] = true;
        }
    }
}

fn whole_line(text: &str, line: &Line<'_>) -> Found {
    let end = if line.end() < text.len() { line.end() + 1 } else { line.end() };
    Found::sure(line.start..end, "")
}
