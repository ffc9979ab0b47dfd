//! The posts that are measured: Korean and English, prose and code, of a given size.

/// A post of about `bytes` bytes, with a fence in every kilobyte.
pub(crate) fn post(bytes: usize) -> String {
    let mut text =
        String::from("---\ntitle: \"측정하는 글\"\ndate: 2025-01-01T09:00:00+09:00\ntags: [bench]\n---\n\n");
    let mut number = 0;
    while text.len() < bytes {
        number += 1;
        text.push_str(&format!(
            "## 마디 {number}: 재어 보기\n\n한글 문단과 English words를 함께 적습니다. **굵게** 쓰고 `code {number}`도 넣습니다. \
             다음 문장은 조금 더 깁니다. [link](https://example.org/{number})를 하나 둡니다. 그리고 마침표로 끝냅니다.\n\n\
             - 첫째 항목 {number}\n- 둘째 항목\n\n```rust\n/// Adds {number}.\nfn add_{number}(left: u64, right: u64) -> u64 {{\n    let sum = left + right; // 더한다\n    println!(\"{{sum}}\");\n    sum\n}}\n```\n\n\
             | 이름 | 값 |\n|---|---|\n| 가 | {number} |\n\n> 인용하는 줄 {number}\n\n이어지는 문단입니다. It closes the section, and the next one begins after a blank line, as posts of this kind usually do. 끝.\n\n"
        ));
    }
    text
}

/// Byte offsets of paragraphs spread over a text, where a letter can be inserted.
pub(crate) fn places(text: &str, count: usize) -> Vec<usize> {
    let all: Vec<usize> = text.match_indices("문단").map(|(at, _)| at).collect();
    (0..count).map(|number| all[(number * 7919) % all.len()]).collect()
}
