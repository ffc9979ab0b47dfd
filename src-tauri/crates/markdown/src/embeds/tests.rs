use super::*;

fn cards(html: &str) -> String {
    let plain =
        with_cards(html).replace("<span class=\"macro macro-embed\"><span class=\"macro-name\">", "[");
    plain
        .replace("<span class=\"macro-arguments\">", "(")
        .replace("<span class=\"remote-host\">", "@")
        .replace("</span></span>", "]")
        .replace("</span>", ";")
}

#[test]
fn what_is_embedded_is_named_with_its_host() {
    for (html, expected) in [
        (
            "a <iframe src=\"https://www.youtube.com/embed/x\" title='A \"film\"'></iframe> b",
            "a [iframe; (A \"film\"; @www.youtube.com] b",
        ),
        ("<IFRAME SRC=//player.vimeo.com/1><p>no</p></IFRAME>", "[iframe; @player.vimeo.com]"),
        ("<video controls>\n<source src=\"/films/a.mp4\">old browser</video>", "[▶ video; (/films/a.mp4]"),
        ("<audio src=a.mp3 ></audio>", "[▶ audio; (a.mp3]"),
        ("<svg aria-label=\"A &lt; B\"><svg/><g><svg></svg></g></svg>x", "[svg; (A &lt; B]x"),
        ("<object data=\"a.pdf\"><embed src=\"b.pdf\"></object>", "[object; (a.pdf]"),
        ("<object><embed src=\"https://a.example/b\"></object>", "[object; @a.example]"),
        ("<embed src=\"https://a.example/x.swf\">y", "[embed; @a.example]y"),
        ("<script src=\"https://gist.github.com/u/1.js\"></script>", "[script; @gist.github.com]"),
        ("<iframe srcdoc=\"<b>x</b>\"></iframe>", "[iframe]"),
    ] {
        assert_eq!(cards(html), expected, "{html}");
    }
}

#[test]
fn what_shows_nothing_or_is_no_element_gets_no_card() {
    for html in [
        "<p title=\"<iframe src=x></iframe>\">x</p>",
        "<!-- <video src=x></video> -->",
        "<script>document.write('<iframe src=x></iframe>')</script>",
        "<noscript><iframe src=x></iframe></noscript>",
        "<svg style=\"position: absolute; DISPLAY: none\"><symbol/></svg>",
        "<iframe hidden src=x></iframe>",
        "<svgx></svgx> &lt;svg&gt; < svg> </svg>",
        "<iframe src=\"x",
        "<!-- <svg></svg>",
    ] {
        assert_eq!(with_cards(html), html);
    }
}

#[test]
fn what_is_not_closed_is_read_as_a_browser_does() {
    assert_eq!(cards("<iframe src=/a /> all of this is in it <b>"), "[iframe; (/a]");
    assert_eq!(cards("<video src=/a> <b>x</b> <video src=/b>"), "[▶ video; (/a] <b>x</b> [▶ video; (/b]");
    assert_eq!(cards("<svg /> x"), "[svg] x");
}

#[test]
fn cards_never_make_html_too_long_to_be_cleaned() {
    let many = "<svg/>".repeat(MAX_HTML_BYTES / "<svg/>".len() / 2);
    let carded = with_cards(&many);
    assert!(carded.len() <= MAX_HTML_BYTES && carded.len() > many.len(), "{}", carded.len());
    assert!(carded.ends_with("<svg/>"));
}

#[test]
fn a_long_label_is_cut() {
    let html = format!("<iframe title=\"{}\"></iframe>", "가".repeat(100));
    assert_eq!(cards(&html), format!("[iframe; ({}…]", "가".repeat(LABEL_CHARS)));
}

#[test]
fn reading_takes_time_that_grows_with_the_text() {
    // Each of these would be read anew for every tag before it, were the ends sought each time.
    for unit in [
        "<svg>",
        "<video>",
        "<iframe",
        "<iframe src=\"",
        "<!-- <svg>",
        "<object><audio>",
        "</",
        "<script src=x>",
        "<style><svg>",
    ] {
        let text = unit.repeat(100_000);
        assert!(embeds(&text).len() <= 200_000, "{unit}");
    }
}
