//! Headings, paragraphs, code, quotes and HTML.

use super::Rule;

pub(super) const CASES: &[Rule] = &[
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
];
