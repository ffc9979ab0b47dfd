//! What kramdown 2.4 with kramdown-parser-gfm 1.1 printed, by Jekyll's defaults but without a highlighter.

/// A rule's name, and texts with the HTML of each, its blanks folded.
pub(super) const CASES: &[(&str, &[(&str, &str)])] = &[
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
    (
        "headings",
        &[
            (
                "# 제목 하나 #
## Hello, World! (v1.2)
제목 둘
====

제목 셋
---

# 제목 하나
## 준 것 {#given}
### `코드` & *강조* 제목",
                r#"<h1 id="제목-하나">제목 하나</h1>
<h2 id="hello-world-v12">Hello, World! (v1.2)</h2>
<p>제목 둘
====</p>
<h2 id="제목-셋">제목 셋</h2>
<h1 id="제목-하나-1">제목 하나</h1>
<h2 id="given">준 것</h2>
<h3 id="코드--강조-제목"><code>코드</code> &amp; <em>강조</em> 제목</h3>"#,
            ),
            (
                "#제목 아님

#

####### 일곱",
                "<p>#제목 아님</p>
<p>#</p>
<p>####### 일곱</p>",
            ),
            (
                "글
줄
---
글",
                "<p>글
줄
—
글</p>",
            ),
        ],
    ),
    (
        "paragraphs end where GFM's blocks begin",
        &[(
            "글
- 목록

글
# 제목
글
> 인용

글
```
코드
```",
            r#"<p>글</p>
<ul>
<li>목록</li>
</ul>
<p>글</p>
<h1 id="제목">제목</h1>
<p>글</p>
<blockquote>
<p>인용</p>
</blockquote>
<p>글</p>
<pre><code>코드
</code></pre>"#,
        )],
    ),
    (
        "code blocks",
        &[
            (
                "```ruby
puts 1 < 2
```",
                r#"<pre><code class="language-ruby">puts 1 &lt; 2
</code></pre>"#,
            ),
            (
                "``` ruby linenos
puts 1
```

~~~
물결
~~~~",
                "<p><code>ruby linenos
puts 1
</code></p>
<pre><code>물결
</code></pre>",
            ),
            (
                "    들여쓴 <코드>

    둘째
이어짐

글",
                "<pre><code>들여쓴 &lt;코드&gt;
둘째 이어짐
</code></pre>
<p>글</p>",
            ),
            (
                "```
닫지 않음",
                "<p>```
닫지 않음</p>",
            ),
            (
                "````md
```
안
```
````",
                r#"<pre><code class="language-md">```
안
```
</code></pre>"#,
            ),
        ],
    ),
    (
        "lists",
        &[
            (
                "- 하나
  - 둘
    - 셋
- 넷",
                "<ul>
<li>하나
<ul>
<li>둘
<ul>
<li>셋</li>
</ul>
</li>
</ul>
</li>
<li>넷</li>
</ul>",
            ),
            (
                "1. 하나
  - 두 칸
2. 둘
   - 세 칸",
                "<ol>
<li>하나
<ul>
<li>두 칸</li>
</ul>
</li>
<li>둘
<ul>
<li>세 칸</li>
</ul>
</li>
</ol>",
            ),
            (
                "3. 셋부터
4. 넷

1) 목록 아님",
                "<ol>
<li>셋부터</li>
<li>넷</li>
</ol>
<p>1) 목록 아님</p>",
            ),
            (
                "* 하나

* 둘

  둘째 문단
* 셋",
                "<ul>
<li>
<p>하나</p>
</li>
<li>
<p>둘</p>
<p>둘째 문단</p>
</li>
<li>
<p>셋</p>
</li>
</ul>",
            ),
            (
                "- 하나
이어짐

  문단

      코드
",
                "<ul>
<li>
<p>하나
이어짐</p>
<p>문단</p>
<pre><code>코드
</code></pre>
</li>
</ul>",
            ),
            (
                "- [ ] 할 일
- [x] 한 일
- 그냥",
                r#"<ul class="task-list">
<li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled="disabled" />할 일</li>
<li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled="disabled" checked="checked" />한 일</li>
<li class="task-list-item">그냥</li>
</ul>"#,
            ),
            (
                "- 하나
+ 둘
* 셋

1. 수
- 점",
                "<ul>
<li>하나</li>
<li>둘</li>
<li>셋</li>
</ul>
<ol>
<li>수
<ul>
<li>점</li>
</ul>
</li>
</ol>",
            ),
            (
                "- 하나
^
- 둘",
                "<ul>
<li>하나</li>
</ul>
<ul>
<li>둘</li>
</ul>",
            ),
            (
                "-
- 빈 것",
                "<p>-</p>
<ul>
<li>빈 것</li>
</ul>",
            ),
            (
                "- {:.cls} 하나
- 둘
{: .list}",
                r#"<ul class="list">
<li class="cls">하나</li>
<li>둘</li>
</ul>"#,
            ),
            (
                "- 하나

---

- 둘
***",
                "<ul>
<li>하나</li>
</ul>
<hr />
<ul>
<li>둘
***</li>
</ul>",
            ),
        ],
    ),
    (
        "quotes",
        &[(
            "> 인용
이어짐
>> 깊이

> 둘째
{: .prompt-tip }",
            r#"<blockquote>
<p>인용
이어짐</p>
<blockquote>
<p>깊이</p>
</blockquote>
</blockquote>
<blockquote class="prompt-tip">
<p>둘째</p>
</blockquote>"#,
        )],
    ),
    (
        "tables",
        &[
            (
                r#"| 가 | 나 |
|:--|--:|
| `x|y` | b \| c |
| 하나 |"#,
                r#"<table>
<thead>
<tr>
<th style="text-align: left">가</th>
<th style="text-align: right">나</th>
</tr>
</thead>
<tbody>
<tr>
<td style="text-align: left"><code>x|y</code></td>
<td style="text-align: right">b | c</td>
</tr>
<tr>
<td style="text-align: left">하나</td>
<td style="text-align: right"> </td>
</tr>
</tbody>
</table>"#,
            ),
            (
                "머리 | 둘
--- | :-:
값 | *강조*
=====|====
발 | 끝",
                r#"<table>
<thead>
<tr>
<th>머리</th>
<th style="text-align: center">둘</th>
</tr>
</thead>
<tbody>
<tr>
<td>값</td>
<td style="text-align: center"><em>강조</em></td>
</tr>
</tbody>
<tfoot>
<tr>
<td>발</td>
<td style="text-align: center">끝</td>
</tr>
</tfoot>
</table>"#,
            ),
            (
                "|a|b|

글 a|b 표

글
a|b",
                "<table>
<tbody>
<tr>
<td>a</td>
<td>b</td>
</tr>
</tbody>
</table>
<table>
<tbody>
<tr>
<td>글 a</td>
<td>b 표</td>
</tr>
</tbody>
</table>
<p>글
a|b</p>",
            ),
            (
                "|a|b|
|-|-|
|c|d|
|-|-|
|e||
{: .table}",
                r#"<table class="table">
<thead>
<tr>
<th>a</th>
<th>b</th>
</tr>
</thead>
<tbody>
<tr>
<td>c</td>
<td>d</td>
</tr>
</tbody>
<tbody>
<tr>
<td>e</td>
<td> </td>
</tr>
</tbody>
</table>"#,
            ),
        ],
    ),
    (
        "definition lists",
        &[(
            "용어
: 뜻 하나
: 뜻 둘

  문단

다음
말

: 긴 뜻",
            "<dl>
<dt>용어</dt>
<dd>뜻 하나</dd>
<dd>뜻 둘
<p>문단</p>
</dd>
<dt>다음</dt>
<dt>말</dt>
<dd>
<p>긴 뜻</p>
</dd>
</dl>",
        )],
    ),
    (
        "HTML blocks",
        &[
            (
                r#"<div class="a">
*그대로* & <p>글
</div>
</p></div>

글"#,
                r#"<div class="a">
*그대로* &amp; <p>글
&lt;/div&gt;
</p></div>
<p>글</p>"#,
            ),
            (
                r#"<div markdown="1">
## 안의 제목

*강조*
</div>"#,
                r#"<div>
<h2 id="section">안의 제목</h2>
<p><em>강조</em></p>
</div>"#,
            ),
            (
                "<details>
<summary>요약</summary>

- 목록 아님

</details>
뒤",
                "<details>
<summary>요약</summary>
- 목록 아님
</details>
<p>뒤</p>",
            ),
            (
                r#"<p markdown="span">*강조*</p>
<!-- 말 -->
<hr>
<script>
if (a < b) { '*'; }
</script>"#,
                "<p><em>강조</em></p>
<!-- 말 -->
<hr />
<script>
if (a < b) { '*'; }
</script>",
            ),
            (
                "글
<div>사이</div>
글",
                "<p>글</p>
<div>사이</div>
<p>글</p>",
            ),
            (
                "List<문자열>
<문자열>은 태그다",
                "<p>List<문자열></문자열></p>
<문자열>은 태그다
</문자열>",
            ),
        ],
    ),
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
