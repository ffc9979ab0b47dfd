//! What lines and texts elsewhere decide: notes, abbreviations, attributes, contents, extensions.

use super::Rule;

pub(super) const CASES: &[Rule] = &[
    (
        "footnotes",
        &[(
            "글[^a] 또[^b] 다시[^a] [^없음]

[^a]: 하나

    둘째 문단
[^b]:
    > 인용
[^c]: 안 쓰임",
            r##"<p>글<sup id="fnref:a" role="doc-noteref"><a href="#fn:a" class="footnote" rel="footnote">1</a></sup> 또[^b] 다시<sup id="fnref:a:1" role="doc-noteref"><a href="#fn:a" class="footnote" rel="footnote">1</a></sup> [^없음]</p>
<div class="footnotes" role="doc-endnotes">
<ol>
<li id="fn:a" role="doc-endnote">
<p>하나</p>
<p>둘째 문단
[^b]:</p>
<blockquote>
<p>인용
[^c]: 안 쓰임</p>
</blockquote>
<p><a href="#fnref:a" class="reversefootnote" role="doc-backlink">&#8617;</a> <a href="#fnref:a:1" class="reversefootnote" role="doc-backlink">&#8617;<sup>2</sup></a></p>
</li>
</ol>
</div>"##,
        )],
    ),
    (
        "abbreviations",
        &[(
            "HTML은 HTMLx 아님 (HTML)

*[HTML]: Hyper Text",
            r#"<p><abbr title="Hyper Text">HTML</abbr>은 HTMLx 아님 (<abbr title="Hyper Text">HTML</abbr>)</p>"#,
        )],
    ),
    (
        "attribute lines",
        &[(
            r#"문단
{: .a #b title="제목"}

{:.next}
다음

{:named: .c lang="ko"}
# 제목
{: named}"#,
            r#"<p class="a" id="b" title="제목">문단</p>
<p class="next">다음</p>
<h1 class="c" lang="ko" id="제목">제목</h1>"#,
        )],
    ),
    (
        "tables of contents",
        &[
            (
                "* 목차
{:toc}

# 하나
### 셋 [링크](/x)
## 둘
# 빼기
{:.no_toc}
## 둘",
                r##"<ul id="markdown-toc">
<li><a href="#하나" id="markdown-toc-하나">하나</a>    <ul>
<li><a href="#셋-링크" id="markdown-toc-셋-링크">셋 링크</a></li>
<li><a href="#둘" id="markdown-toc-둘">둘</a></li>
<li><a href="#둘-1" id="markdown-toc-둘-1">둘</a></li>
</ul>
</li>
</ul>
<h1 id="하나">하나</h1>
<h3 id="셋-링크">셋 <a href="/x">링크</a></h3>
<h2 id="둘">둘</h2>
<h1 class="no_toc" id="빼기">빼기</h1>
<h2 id="둘-1">둘</h2>"##,
            ),
            (
                "* 목차
{:toc}

# 하나

* 둘째 목차
{:toc}",
                r##"<ul id="markdown-toc">
<li><a href="#하나" id="markdown-toc-하나">하나</a></li>
</ul>
<h1 id="하나">하나</h1>
<ul>
<li>둘째 목차</li>
</ul>"##,
            ),
        ],
    ),
    (
        "extensions",
        &[(
            "{::comment}
숨김
{:/comment}

{::nomarkdown}
<b>*그대로*</b>
{:/}

글
^

    코드",
            "<!-- 숨김 -->
<b>*그대로*</b>
<p>글</p>
<pre><code>코드
</code></pre>",
        )],
    ),
];
