//! Tables.

use super::Rule;

pub(super) const CASES: &[Rule] = &[(
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
)];
