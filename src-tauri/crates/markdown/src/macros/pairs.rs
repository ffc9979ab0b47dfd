//! Hugo's own shortcodes with content: each beginning with its own end.

use std::collections::BTreeMap;

use super::{Form, Macro};

/// The shortcodes that have content which the preview knows what to do with.
pub(super) const WITH_CONTENT: &[&str] = &["highlight", "details"];

/// What they hold is read anew, and twice if it defines anything, so there is an early end to nesting.
const MAX_DEPTH: usize = 4;

/// Makes one macro of each beginning, its end and all between them; and whether a beginning or an end stands alone.
pub(super) fn joined(macros: Vec<Macro>) -> (Vec<Macro>, bool) {
    let mut joined: Vec<Macro> = Vec::with_capacity(macros.len());
    let mut open: Vec<Open> = Vec::new();
    // By name, so that an end with no beginning is not sought among all that are open.
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut alone = false;
    for one in macros {
        if !WITH_CONTENT.contains(&one.name.as_str()) || !matches!(one.form, Form::Begin | Form::End) {
            joined.push(one);
            continue;
        }
        if one.form == Form::Begin {
            *counts.entry(one.name.clone()).or_default() += 1;
            open.push(Open { at: joined.len(), depth: 0 });
            joined.push(one);
            continue;
        }
        let mut begun = None;
        while begun.is_none() && counts.get(&one.name).is_some_and(|count| *count > 0) {
            let Some(last) = open.pop() else { break };
            let name = &joined[last.at].name;
            if let Some(count) = counts.get_mut(name) {
                *count -= 1;
            }
            // What was begun after it stands alone.
            let is_it = *name == one.name;
            alone |= !is_it;
            begun = is_it.then_some(last);
        }
        if let (Some(begun), Some(outer)) = (&begun, open.last_mut()) {
            outer.depth = outer.depth.max(begun.depth + 1);
        }
        match begun {
            Some(Open { at, depth }) if depth < MAX_DEPTH => {
                joined.truncate(at + 1);
                if let Some(begin) = joined.last_mut() {
                    begin.form = Form::Verbatim { content: begin.range.end..one.range.start };
                    begin.range.end = one.range.end;
                }
            }
            _ => {
                alone = true;
                joined.push(one);
            }
        }
    }
    for one in &mut joined {
        if one.form == Form::Begin {
            alone = true;
            one.form = Form::Call;
        }
    }
    (joined, alone)
}

/// A beginning whose end has not come.
struct Open {
    /// Which macro it is.
    at: usize,
    /// How deep what it holds is nested.
    depth: usize,
}

#[cfg(test)]
mod tests {
    use super::super::{Syntax, scan};
    use super::*;

    fn joined(source: &str) -> (Vec<(&str, &str)>, bool) {
        let scan = scan::scan(source, Syntax::Hugo);
        let contents = scan.macros.into_iter().map(|one| match one.form {
            Form::Verbatim { content } => (&source[one.range], &source[content]),
            _ => (&source[one.range], ""),
        });
        (contents.collect(), scan.unclosed)
    }

    #[test]
    fn each_beginning_has_its_own_end() {
        let source = "{{< details >}}1{{% details %}}2{{% / details %}}3{{</details>}}";
        assert_eq!(joined(source), (vec![(source, &source[15..source.len() - 14])], false));
        let source = "{{< details >}}{{< highlight go >}}x{{< /highlight >}}{{< b >}}{{< /details >}}";
        assert_eq!(joined(source).0.len(), 1);
        let source = "{{< highlight go />}} {{</* details */>}}1{{</* /details */>}}";
        assert_eq!((joined(source).0.len(), joined(source).1), (3, false));
    }

    #[test]
    fn what_has_no_end_or_no_beginning_stands_alone() {
        for source in ["{{< details >}}", "{{< /details >}}", "{{< highlight a >}}{{< /details >}}"] {
            assert!(joined(source).1, "{source}");
        }
        let source = "{{< details >}}{{< highlight a >}}x{{< /details >}}";
        assert!(joined(source).1);
    }

    #[test]
    fn what_is_nested_too_deep_is_left_alone() {
        let nested = "{{< details >}}".repeat(20) + &"{{< /details >}}".repeat(20);
        let (macros, alone) = joined(&nested);
        assert!(alone && macros.len() == 2 * (20 - MAX_DEPTH) + 1, "{}", macros.len());
    }
}
