//! Invariant 10: the web view has no file, shell or HTTP permission, and loads nothing from elsewhere.

use serde_json::Value;

use super::Problem;
use super::sources::Sources;

const CAPABILITIES: &str = "src-tauri/capabilities/";
const CONFIGURATION: &str = "src-tauri/tauri.conf.json";

/// What a window may be granted. Our own commands (`allow-…`, without a plugin's name) may be added freely: they take
/// ids, never paths. Everything else is a decision that is written down here.
const ALLOWED: &[&str] = &["core:event:allow-listen", "core:event:allow-unlisten"];

pub(super) fn broken_at(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut some = false;
    for (path, text) in sources.under(CAPABILITIES, &[""]) {
        some = true;
        match serde_json::from_str::<Value>(text) {
            Ok(capability) => {
                problems
                    .extend(capability_problems(&capability).into_iter().map(|it| Problem::new(path, it)));
            }
            Err(error) => problems.push(Problem::new(path, format!("is not JSON: {error}"))),
        }
    }
    if !some {
        problems.push(Problem::new(CAPABILITIES, "holds no capability"));
    }
    let configuration = sources.text(CONFIGURATION).map(serde_json::from_str::<Value>);
    match configuration {
        Some(Ok(configuration)) => problems.extend(
            configuration_problems(&configuration).into_iter().map(|it| Problem::new(CONFIGURATION, it)),
        ),
        Some(Err(error)) => problems.push(Problem::new(CONFIGURATION, format!("is not JSON: {error}"))),
        None => problems.push(Problem::new(CONFIGURATION, "is not there")),
    }
    problems
}

fn capability_problems(capability: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    if capability.get("remote").is_some() {
        problems.push("`remote` lets other people's pages call us".to_owned());
    }
    let Some(permissions) = capability.get("permissions").and_then(Value::as_array) else {
        problems.push("has no list of permissions".to_owned());
        return problems;
    };
    for permission in permissions {
        // A permission with a scope is an object; its identifier decides all the same.
        let identifier =
            permission.as_str().or_else(|| permission.get("identifier")?.as_str()).unwrap_or_default();
        let is_our_command = identifier.starts_with("allow-") && !identifier.contains(':');
        if !is_our_command && !ALLOWED.contains(&identifier) {
            problems
                .push(format!("grants `{identifier}`, which is not on the list of what the web view may do"));
        }
    }
    problems
}

fn configuration_problems(configuration: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    let app = &configuration["app"];
    let security = &app["security"];
    if app["withGlobalTauri"] == Value::Bool(true) {
        problems.push("`withGlobalTauri` hands the bridge to every script".to_owned());
    }
    if security["assetProtocol"]["enable"] == Value::Bool(true) {
        problems
            .push("`assetProtocol` serves files by path; images come through our own protocol".to_owned());
    }
    let relaxed = &security["dangerousDisableAssetCspModification"];
    let relaxes_scripts = relaxed.as_array().is_some_and(|list| list.iter().any(|it| it != "style-src"));
    if *relaxed == Value::Bool(true) || relaxes_scripts {
        problems.push("only `style-src` may be left out of Tauri's hardening of the CSP".to_owned());
    }
    let inline = security["capabilities"].as_array().into_iter().flatten().filter(|it| it.is_object());
    problems.extend(inline.flat_map(capability_problems));
    problems.extend(policy_problems(&policy(&security["csp"])));
    problems
}

/// The directives of a CSP with their sources, however it is written.
fn policy(csp: &Value) -> Vec<(String, Vec<String>)> {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    match csp {
        Value::String(text) => text
            .split(';')
            .filter_map(|directive| {
                let mut words = words(directive).into_iter();
                Some((words.next()?, words.collect()))
            })
            .collect(),
        Value::Object(directives) => directives
            .iter()
            .map(|(name, sources)| {
                let sources = match sources {
                    Value::Array(list) => list.iter().filter_map(Value::as_str).flat_map(words).collect(),
                    other => words(other.as_str().unwrap_or_default()),
                };
                (name.clone(), sources)
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn policy_problems(policy: &[(String, Vec<String>)]) -> Vec<String> {
    if policy.is_empty() {
        return vec!["has no CSP".to_owned()];
    }
    let mut problems = Vec::new();
    let directive = |name: &str| policy.iter().find(|(known, _)| known == name).map(|(_, sources)| sources);
    let Some(default) = directive("default-src") else {
        return vec!["the CSP has no default-src: what is not named is allowed".to_owned()];
    };
    if default.iter().any(|source| source != "'none'" && source != "'self'") {
        problems.push(format!("default-src may be 'none' or 'self', not {}", default.join(" ")));
    }
    let scripts = directive("script-src").unwrap_or(default);
    for source in scripts {
        if !["'none'", "'self'"].contains(&source.as_str()) {
            problems.push(format!("script-src {source}: only the app's own scripts may run"));
        }
    }
    for (name, sources) in policy {
        for source in sources {
            if source.contains("unsafe-eval") && name != "script-src" {
                problems.push(format!("{name} {source}: no text may become code"));
            }
            if is_elsewhere(source) && !is_image_of_the_preview(name, source) {
                problems.push(format!("{name} {source}: nothing is loaded from elsewhere"));
            }
        }
    }
    problems
}

/// The preview's frame inherits the window's policy and narrows it: images on other machines load only for a site that
/// the writer has allowed them for. The window's own page shows none.
fn is_image_of_the_preview(name: &str, source: &str) -> bool {
    name == "img-src" && matches!(source, "https:" | "http:")
}

/// A host that is not one of Tauri's names for its own schemes.
fn is_elsewhere(source: &str) -> bool {
    let host = source.strip_prefix("http://").or_else(|| source.strip_prefix("https://"));
    match host {
        Some(host) => !host.ends_with(".localhost"),
        None => ["*", "http:", "https:", "ws:", "wss:", "file:"].contains(&source),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPABILITY: &str =
        r#"{"identifier":"main","windows":["main"],"permissions":["allow-call","core:event:allow-listen"]}"#;
    const STRICT: &str = r#"{"app":{"security":{"csp":{
        "default-src":"'none'","script-src":"'self'","style-src":["'self'","'unsafe-inline'"],
        "img-src":"'self' postwright: http://postwright.localhost data:","connect-src":"ipc: http://ipc.localhost"}}}}"#;

    fn tree(capability: &str, configuration: &str) -> Vec<Problem> {
        broken_at(&Sources::of(&[
            ("src-tauri/capabilities/main.json", capability),
            (CONFIGURATION, configuration),
        ]))
    }

    fn with_policy(csp: &str) -> Vec<Problem> {
        tree(CAPABILITY, &format!(r#"{{"app":{{"security":{{"csp":"{csp}"}}}}}}"#))
    }

    #[test]
    fn a_strict_window_passes() {
        assert_eq!(tree(CAPABILITY, STRICT), []);
        assert_eq!(with_policy("default-src 'self'; img-src 'self' data:"), []);
    }

    #[test]
    fn a_permission_too_many_is_found() {
        for capability in [
            r#"{"permissions":["fs:default"]}"#,
            r#"{"permissions":["core:default"]}"#,
            r#"{"permissions":[{"identifier":"shell:allow-execute","allow":[]}]}"#,
            r#"{"permissions":["allow-call"],"remote":{"urls":["https://example.com"]}}"#,
            r#"{"permissions":"all"}"#,
            "identifier = \"main\"",
        ] {
            assert_eq!(tree(capability, STRICT).len(), 1, "{capability}");
        }
    }

    #[test]
    fn a_weaker_policy_is_found() {
        for csp in [
            "script-src 'self'",
            "default-src 'self' data:; script-src 'self'",
            "default-src 'none'; script-src 'self' 'unsafe-inline'",
            "default-src 'none'; script-src 'self' 'unsafe-eval'",
            "default-src 'none'; script-src 'self' blob:",
            "default-src 'none'; connect-src https://example.com",
            "default-src 'none'; img-src https://example.com",
            "default-src 'none'; font-src https:",
            "",
        ] {
            assert_eq!(with_policy(csp).len(), 1, "{csp}");
        }
    }

    #[test]
    fn a_switch_that_opens_the_window_is_found() {
        for switch in [
            r#""withGlobalTauri":true,"security":{"csp":"default-src 'self'"}"#,
            r#""security":{"csp":"default-src 'self'","assetProtocol":{"enable":true}}"#,
            r#""security":{"csp":"default-src 'self'","dangerousDisableAssetCspModification":true}"#,
            r#""security":{"csp":"default-src 'self'","dangerousDisableAssetCspModification":["script-src"]}"#,
            r#""security":{"csp":"default-src 'self'","capabilities":[{"permissions":["http:default"]}]}"#,
        ] {
            assert_eq!(tree(CAPABILITY, &format!(r#"{{"app":{{{switch}}}}}"#)).len(), 1, "{switch}");
        }
    }

    #[test]
    fn nothing_granted_anywhere_is_no_proof() {
        assert_eq!(broken_at(&Sources::of(&[])).len(), 2);
    }
}
