//! Another program writes the file of a post that is being written, in the real window.

use postwright_tests::webdriver::key;
use postwright_tests::window::{Window, has_display};

use crate::sites::Engine;

const TEXT: &str = "# 첫머리\n\n첫 문단입니다.\n\n둘째 문단입니다.\n\n셋째 문단입니다.\n";

#[test]
fn what_another_program_writes_comes_together_with_what_is_typed() {
    let _screen = crate::screen();
    if !has_display() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("notes");
    Engine::Hugo.write_site(&site);
    let post = Engine::Hugo.write_post(&site, "outside", "outside", TEXT);
    let window = Window::open_in(&folder.path().join("library.db"), &[&post], "ko_KR.UTF-8");
    window.wait_for_preview("셋째 문단입니다.");
    window.page.click("[data-part=editor] .cm-content");
    window.page.press(&[key::CONTROL, key::END]);
    window.type_text("내가 쓴 줄");
    window.wait_until_stored();

    let outside = std::fs::read_to_string(&post).unwrap();
    std::fs::write(&post, outside.replace("첫 문단입니다.", "밖에서 고친 문단입니다.")).unwrap();
    window.wait_for_preview("밖에서 고친 문단입니다.");
    window.wait_for_preview("내가 쓴 줄");
    window.page.wait(&messages_say("내가 고친 내용과 합쳤어요"));
    window.page.click("[data-part=editor] .cm-content");
    window.control('z');
    window.page.wait("return !document.querySelector('[data-part=editor]').textContent.includes('밖에서')");
    window.page.press(&[key::CONTROL, key::SHIFT, 'z']);
    window.wait_for_preview("밖에서 고친 문단입니다.");
    window.control('s');
    window.page.wait(&messages_say("저장했어요"));
    let saved = std::fs::read_to_string(&post).unwrap();
    assert!(saved.contains("밖에서 고친 문단입니다.") && saved.ends_with("내가 쓴 줄"), "{saved}");

    window.page.press(&[key::CONTROL, key::END]);
    window.type_text(" 그리고 더");
    window.wait_until_stored();
    std::fs::write(&post, format!("{saved} 밖에서도")).unwrap();
    window.page.find("[data-part=outside-bar]");
    window.picture("outside-asked");
    window.page.click("[data-part=outside-merge]");
    window.page.find("[data-part=merge-sheet] [data-part=merge-conflict]");
    window.page.wait("return document.querySelector('[data-part=merge-apply]').disabled");
    window.picture("outside-choosing");
    window.page.click("[data-part=merge-both]");
    window.page.click("[data-part=merge-apply]");
    window.page.wait("return document.querySelector('[data-part=merge-sheet]') === null");
    window.wait_for_preview("내가 쓴 줄 그리고 더");
    window.wait_for_preview("내가 쓴 줄 밖에서도");
    window.page.wait("return document.querySelector('[data-part=outside-bar]') === null");
    assert_eq!(
        std::fs::read_to_string(&post).unwrap(),
        format!("{saved} 밖에서도"),
        "nothing is written unasked"
    );
    window.page.click("[data-part=editor] .cm-content");
    window.control('s');
    let both = "내가 쓴 줄 그리고 더\n내가 쓴 줄 밖에서도";
    let written = postwright_tests::webdriver::until(|| {
        std::fs::read_to_string(&post).ok().filter(|text| text.ends_with(both))
    });
    assert!(written.is_some(), "{}", std::fs::read_to_string(&post).unwrap());
}

fn messages_say(words: &str) -> String {
    format!(
        "return [...document.querySelectorAll('[data-part=message]')].some((it) => it.textContent.includes('{words}'))"
    )
}
