//! The core on standard input and output, for the user interface's own tests: one JSON line in for each call
//! (`{"id": 1, "call": "edit", "with": {…}}`), one out for each reply (`{"id": 1, "ok": …}` or
//! `{"id": 1, "error": …}`) and for each event. The library lies in a temporary folder that goes with the process.
#![allow(clippy::unwrap_used, reason = "a test that cannot set its stage has failed, and should say where")]

use std::io::{BufRead, Write, stdin, stdout};
use std::sync::Arc;

use postwright_app::{App, OnDamage, Options};
use postwright_wire::{Call, Language};
use serde_json::{Value, json};

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(Options {
        library: folder.path().join("library.db"),
        language: Some(Language::En),
        system_language: Language::En,
        now: Arc::new(postwright_testkit::noon_in_seoul),
        image_base: "postwright://localhost".to_owned(),
        program_folders: Vec::new(),
        on_damage: OnDamage::Recover,
        events: Arc::new(|event| say(&json!(event))),
    })
    .unwrap();
    for line in stdin().lock().lines() {
        let mut asked: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let id = asked["id"].take();
        asked.as_object_mut().unwrap().remove("id");
        let answer = serde_json::from_value::<Call>(asked)
            .map_err(|error| json!({"code": "bad_request", "message": error.to_string()}));
        say(&match answer.and_then(|call| app.answer(call).map_err(|error| json!(error))) {
            Ok(reply) => json!({"id": id, "ok": reply}),
            Err(error) => json!({"id": id, "error": error}),
        });
    }
    app.close();
}

fn say(value: &Value) {
    let mut out = stdout().lock();
    writeln!(out, "{value}").unwrap();
    out.flush().unwrap();
}
