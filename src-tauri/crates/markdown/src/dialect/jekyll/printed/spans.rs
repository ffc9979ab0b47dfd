//! Text in a line.

use super::Rule;

pub(super) const CASES: &[Rule] = &[
    (
        "emphasis asks only what is next to its marks",
        &[
            (
                r#"**강조(설명)**는 *기울임*은 **"따옴"**이다"#,
                "<p><strong>강조(설명)</strong>는 <em>기울임</em>은 <strong>“따옴”</strong>이다</p>",
            ),
            (
                "__강조__는 snake_case_name _밑줄_ a_b_",
                "<p><em>_강조__는 snake_case_name _밑줄</em> a_b_</p>",
            ),
            ("**열고 닫지 않음 *하나* 둘", "<p><em>*열고 닫지 않음 *하나</em> 둘</p>"),
            (
                "***셋*** **굵게 *안에* 굵게**",
                "<p><strong><em>셋</em></strong> <strong>굵게 <em>안에</em> 굵게</strong></p>",
            ),
            ("** 빈칸 ** 별 * 하나", "<p>** 빈칸 ** 별 * 하나</p>"),
            ("10~20 그리고 ~~지움~~ ~하나~", "<p>10~20 그리고 <del>지움</del> ~하나~</p>"),
        ],
    ),
    (
        "code spans",
        &[
            (
                "`a` ``b `c` d`` ` 홀로 ` `x|y`",
                "<p><code>a</code> <code>b `c` d</code> ` 홀로 ` <code>x|y</code></p>",
            ),
            ("열린 `코드가 없다", "<p>열린 `코드가 없다</p>"),
        ],
    ),
    (
        "quotes, dashes and entities",
        &[
            (r#""인용" '하나' "실행"은 it's '80s "'둘'""#, "<p>“인용” ‘하나’ “실행”은 it’s ’80s “‘둘’”</p>"),
            (
                "a -- b --- c... << d >> &copy; &amp; &nosuch; & <",
                "<p>a – b — c… « d » © &amp; &amp;nosuch; &amp; &lt;</p>",
            ),
            (r#"\*별\* \`틱\` \한"#, r#"<p>*별* `틱` \한</p>"#),
        ],
    ),
    (
        "links and images",
        &[
            (
                r#"[집](/home "제목") [빈 칸](/a b.html) [괄호](/a(b)c)"#,
                r#"<p><a href="/home" title="제목">집</a> <a href="/a b.html">빈 칸</a> <a href="/a(b)c">괄호</a></p>"#,
            ),
            (
                r#"![그림 *설명*](/a.png "제목"){: width="300" .wide}"#,
                r#"<p><img src="/a.png" alt="그림 *설명*" title="제목" width="300" class="wide" /></p>"#,
            ),
            ("![빈 칸](/my image.png)", r#"<p><img src="/my image.png" alt="빈 칸" /></p>"#),
            (
                "[이름] [다른][이름] [없음]

[이름]: /url 'Title'",
                r#"<p>[이름] <a href="/url" title="Title">다른</a> [없음]</p>"#,
            ),
            (
                "<https://example.com/a?b=1&c> <me@example.com> https://example.com",
                r#"<p><a href="https://example.com/a?b=1&amp;c">https://example.com/a?b=1&amp;c</a> <a href="mailto:me@example.com">me@example.com</a> https://example.com</p>"#,
            ),
            (
                "[안 [은] 괄호](/x) [링크 [속](/y) 링크](/z)",
                r#"<p><a href="/x">안 [은] 괄호</a> <a href="/z">링크 [속](/y) 링크</a></p>"#,
            ),
        ],
    ),
    (
        "breaks",
        &[(
            r#"한 줄  
두 줄\\
세 줄\
네 줄
다섯 줄"#,
            "<p>한 줄<br />
두 줄<br />
세 줄<br />
네 줄
다섯 줄</p>",
        )],
    ),
    (
        "HTML in text",
        &[
            (
                "글 <b>굵은 *글*</b> <br> <span class='a'>*안*</span> </i>",
                r#"<p>글 <b>굵은 <em>글</em></b> <br /> <span class="a"><em>안</em></span> &lt;/i&gt;</p>"#,
            ),
            (
                "글 <div>블록</div> <code>*코드*</code>",
                "<p>글 &lt;div&gt;블록&lt;/div&gt; <code>*코드*</code></p>",
            ),
            (
                "한 <!-- 말 --> 둘 {::comment}숨김{:/} 셋 {::nomarkdown}<b>{:/nomarkdown}",
                "<p>한 <!-- 말 --> 둘 <!-- 숨김 --> 셋 <b></p>",
            ),
        ],
    ),
    (
        "math",
        &[
            ("식은 $$a < b$$ 이고 $70~$80 이다", r#"<p>식은 \(a &lt; b\) 이고 $70~$80 이다</p>"#),
            (
                "$$
x^2
$$

글 $$y$$",
                r#"\[x^2\]
<p>글 \(y\)</p>"#,
            ),
        ],
    ),
    (
        "attribute lists of spans",
        &[(
            r#"*강조*{: .red} `코드`{:.lang #id} [링크](/x){:target="_blank"} 글{:.no}"#,
            r#"<p><em class="red">강조</em> <code class="lang" id="id">코드</code> <a href="/x" target="_blank">링크</a> 글{:.no}</p>"#,
        )],
    ),
];
