//! Nothing in a post becomes a script, a request or a form.

use postwright_markdown::{Dialect, Hugo, Options, Preview};

use crate::{blocks, options};

const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"x\" onerror=\"alert(1)\" onload=alert(2)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=\"https://evil.example/pixel.gif\">",
    "<img srcset=\"https://evil.example/pixel.gif 1x\">",
    "<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href=\"javascript:alert(1)\">x</math>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=\"javascript:alert(1)\"></object>",
    "<embed src=\"https://evil.example/x.swf\">",
    "<form action=\"https://evil.example\"><input name=a><button>go</button></form>",
    "<button formaction=\"javascript:alert(1)\">x</button>",
    "<input type=\"image\" src=\"https://evil.example/x\" autofocus onfocus=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"&#106;avascript:alert(1)\">x</a>",
    "<a href=\" javascript:alert(1)\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"x\" onclick=\"alert(1)\" style=\"position:fixed\">x</a>",
    "[x](javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x\"onerror=\"alert(1)](x)",
    "![x](x \"onerror=alert(1)\")",
    "[x](https://a.example \"\\\" onmouseover=alert(1) \\\"\")",
    "```\"><script>alert(1)</script>\nx\n```",
    "```js\n</code></pre><script>alert(1)</script>\n```",
    "- ```html\" onmouseover=\"alert(1)\n  <script>alert(1)</script>\n  ```",
    "# <script>alert(1)</script>\n\n# \" onclick=\"alert(1)",
    "x[^\"><script>alert(1)</script>]\n\n[^\"><script>alert(1)</script>]: y",
    "[^\"><script>alert(1)</script>]: unused",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video src=x onerror=alert(1)><source onerror=alert(1)></video>",
    "<audio src=\"https://evil.example/a.mp3\" autoplay></audio>",
    "<body onload=alert(1)>",
    "<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\">",
    "<link rel=stylesheet href=\"https://evil.example/x.css\">",
    "<base href=\"https://evil.example/\">",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<div style=\"background:url(https://evil.example/x)\">x</div>",
    "<div style=\"list-style-image:url(https://evil.example/x);cursor:url(https://evil.example/x),auto\">x</div>",
    "<div style=\"position:fixed;inset:0;z-index:9\">x</div>",
    "<div style=\"}body{color:red\">x</div>",
    "<table background=\"https://evil.example/x\"><tr><td>x</td></tr></table>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<p title=\"--><img src=x onerror=alert(1)>\">x</p>",
    "<a href=x id=\"a\" name=\"body\" target=\"_top\" ping=\"https://evil.example\">x</a>",
    "<template><script>alert(1)</script></template>",
    "<div>\n\n<script>\n\nalert(1)\n\n</script>\n\n</div>",
    "|a|\n|-|\n|<img src=x onerror=alert(1)>|",
    "<iframe src=\"https://evil.example/\" onload=alert(1)></iframe>",
    "<iframe title=\"</span><script>alert(1)</script>\" src=x></iframe>",
    "<iframe title=\"&lt;img src=x onerror=alert(1)&gt;\" src=\"&quot;onload=alert(1)\"></iframe>",
    "<iframe src='//evil.example\"><img src=x onerror=alert(1)>'></iframe>",
    "<iframe src=//<script>alert(1)</script>></iframe>",
    "<video poster=\"https://evil.example/p.png\" src=\"https://evil.example/v.mp4\" autoplay></video>",
    "<video><source src=\"https://evil.example/v.mp4\"><track src=\"https://evil.example/t\"></video>",
    "<audio title='\"><img src=x onerror=alert(1)>'><source src=\"https://evil.example/a\"></audio>",
    "<svg aria-label=\"</span><img src=x onerror=alert(1)>\"><image href=\"https://evil.example/x\"/></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a title=\"</style><img src=x onerror=alert(1)>\"></svg>",
    "<object data=\"https://evil.example/x.pdf\"><embed src=\"https://evil.example/y\"></object>",
    "<object title=\"<!--\"><img src=x onerror=alert(1)></object>-->",
    "<script src=\"https://evil.example/x.js\" title=\"</script><img src=x onerror=alert(1)>\"></script>",
    "<noscript><iframe src=\"https://evil.example\"></iframe></noscript>",
    "<template><iframe src=\"https://evil.example\"></iframe></template>",
    "<math><iframe src=\"https://evil.example\"></iframe></math>",
    "<select><iframe src=\"https://evil.example\"></iframe></select>",
];

/// Every tag of some HTML with its attributes, quotes respected.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '/').unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        let mut attributes = Vec::new();
        while let Some(start) = rest.find(|c: char| !c.is_ascii_whitespace()) {
            rest = &rest[start..];
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            let (attribute, value) = rest.split_once("=\"").expect("sanitised attributes are quoted");
            let (value, after) = value.split_once('"').expect("a quote ends");
            attributes.push((attribute.to_owned(), value.to_owned()));
            rest = after;
        }
        tags.push((name, attributes));
    }
    tags
}

const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "del",
    "details",
    "div",
    "em",
    "h1",
    "h2",
    "hr",
    "img",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
const ATTRIBUTES: &[&str] = &[
    "align",
    "alt",
    "class",
    "data-language",
    "disabled",
    "href",
    "id",
    "name",
    "open",
    "rel",
    "src",
    "style",
    "title",
    "type",
];

#[test]
fn no_payload_gets_through() {
    for payload in PAYLOADS {
        for context in ["{}", "> {}", "- {}", "text {} text", "<div>\n\n{}\n\n</div>"] {
            let html = blocks(&context.replace("{}", payload)).concat();
            for (name, attributes) in tags(&html) {
                assert!(ELEMENTS.contains(&name.trim_start_matches('/')), "<{name}> of {payload:?}: {html}");
                for (attribute, value) in attributes {
                    assert!(ATTRIBUTES.contains(&attribute.as_str()), "{attribute} of {payload:?}: {html}");
                    let value = value.to_lowercase();
                    match attribute.as_str() {
                        "src" => assert!(value.starts_with(crate::IMAGE_BASE), "{payload:?}: {html}"),
                        "href" => assert!(
                            !value.contains(':')
                                || ["http:", "https:", "mailto:"].iter().any(|s| value.starts_with(s)),
                            "{payload:?}: {html}"
                        ),
                        "style" => assert_eq!(value, "", "{payload:?}: {html}"),
                        // Of an anchor it is a place; of others, a name that the document has.
                        "name" => assert_eq!(name, "a", "{payload:?}: {html}"),
                        "type" => assert_eq!(value, "checkbox", "{payload:?}: {html}"),
                        _ => {}
                    }
                }
            }
        }
    }
}

#[test]
fn the_check_itself_sees_what_is_unsafe() {
    let unsafe_html = "<p><img src=\"https://evil.example\" onerror=\"x\"></p><script>";
    let found = tags(unsafe_html);
    assert_eq!(found[1].0, "img");
    assert_eq!(found[1].1[1], ("onerror".to_owned(), "x".to_owned()));
    assert_eq!(found[3].0, "script");
}

#[test]
fn what_is_embedded_leaves_a_card_and_no_address_to_load() {
    for (text, card) in [
        (
            "앞 <iframe src=\"https://www.youtube.com/embed/x?a=1&amp;b=2\" onload=x></iframe> 뒤",
            "<p>앞 <span class=\"macro macro-embed\"><span class=\"macro-name\">iframe</span> <span class=\"remote-host\">www.youtube.com</span></span> 뒤</p>",
        ),
        (
            "<video controls>\n\n<source src=\"/films/a.mp4\">\n\n</video>",
            "<span class=\"macro macro-embed\"><span class=\"macro-name\">▶ video</span> <span class=\"macro-arguments\">/films/a.mp4</span></span>",
        ),
        (
            "<div>\n<script src=\"https://gist.github.com/u/1.js\"></script>\n</div>",
            "<div>\n<span class=\"macro macro-embed\"><span class=\"macro-name\">script</span> <span class=\"remote-host\">gist.github.com</span></span>\n</div>",
        ),
    ] {
        assert_eq!(blocks(text), [card], "{text}");
    }
    let omitted = Preview::new(
        "<iframe src=x></iframe>",
        0,
        Options { dialect: Dialect::Hugo(Hugo::default()), ..options() },
    )
    .0;
    assert!(omitted.blocks().iter().all(|block| !block.html.contains("macro")), "Hugo leaves raw HTML out");
}
