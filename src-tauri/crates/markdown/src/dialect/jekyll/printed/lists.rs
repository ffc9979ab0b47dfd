//! Lists, those of definitions too.

use super::Rule;

pub(super) const CASES: &[Rule] = &[
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
];
