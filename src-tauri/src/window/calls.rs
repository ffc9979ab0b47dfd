//! The one command of the page: it carries a call to the core and the reply back.
//!
//! The shell answers some calls itself, because they show a dialog of the system or leave the app.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

use postwright_wire::{
    Call, ChosenImport, ChosenSite, Error, ErrorCode, Imported, ListBackups, Reply, Scheme,
};
use tauri::{AppHandle, Manager, State, Theme};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

use super::{DESK_DARK, DESK_LIGHT, Desk, LABEL, end_soon, menu, outside, show_waiting_paths, words_of};

/// The ends of the names of files that can be imported.
const TEXTS: [&str; 8] = ["md", "markdown", "mdown", "mkd", "mdx", "txt", "html", "htm"];

/// Answers a call, away from the main thread and from the threads that carry other calls.
#[tauri::command]
pub(super) async fn call(
    handle: AppHandle,
    desk: State<'_, Arc<Desk>>,
    call: serde_json::Value,
) -> Result<Reply, Error> {
    let desk = Arc::clone(&desk);
    let for_failure = Arc::clone(&desk);
    tauri::async_runtime::spawn_blocking(move || answer(&handle, &desk, call)).await.unwrap_or_else(|error| {
        // The core panicked; the page hears of it and goes on.
        tracing::error!(%error, "a call was not answered");
        Err(bad_request(&for_failure, ErrorCode::System, error.to_string()))
    })
}

fn answer(handle: &AppHandle, desk: &Arc<Desk>, call: serde_json::Value) -> Result<Reply, Error> {
    let call = serde_json::from_value(call)
        .map_err(|error| bad_request(desk, ErrorCode::BadRequest, error.to_string()))?;
    match call {
        Call::ImportChosen(import) => import_chosen(handle, desk, import.folder),
        Call::ReadChosenFile(_) => read_chosen_file(handle, desk),
        Call::AddChosenSite(_) => add_chosen_site(handle, desk),
        Call::ChooseBackupFolder(choose) => choose_backup_folder(handle, desk, choose.beside_library),
        Call::OpenOutside(link) => outside::open(handle, desk, &link),
        Call::RevealFile(reveal) => outside::reveal(handle, desk, &reveal),
        call => {
            let reply = desk.app.answer(call)?;
            after(handle, desk, &reply);
            Ok(reply)
        }
    }
}

/// What the shell does with a reply before the page has it.
fn after(handle: &AppHandle, desk: &Arc<Desk>, reply: &Reply) {
    if matches!(reply, Reply::Start(_) | Reply::ChangeSetting(_)) {
        follow_language(handle, desk);
    }
    match reply {
        Reply::Start(started) => follow_scheme(handle, desk, started.settings.scheme),
        Reply::ChangeSetting(settings) => follow_scheme(handle, desk, settings.scheme),
        Reply::RestoreBackup(_) => {
            _ = desk.starts_again.set(());
            end_soon(handle);
        }
        _ => {}
    }
    if matches!(reply, Reply::Start(_)) {
        _ = desk.page_started.set(());
        let (handle, desk) = (handle.clone(), Arc::clone(desk));
        std::thread::spawn(move || show_waiting_paths(&handle, &desk));
    }
}

/// Gives the window its menus in another language once the writer has chosen one.
fn follow_language(handle: &AppHandle, desk: &Desk) {
    let language = desk.app.language();
    let mut shown = desk.menu_language.lock().unwrap_or_else(PoisonError::into_inner);
    if *shown == language {
        return;
    }
    match menu::build(handle, language).and_then(|menu| handle.set_menu(menu)) {
        Ok(_) => *shown = language,
        Err(error) => tracing::error!(%error, "the menus keep their language"),
    }
}

/// Gives the menus and the window's frame the writer's colours. As long as the system's are wanted they are left alone.
fn follow_scheme(handle: &AppHandle, desk: &Desk, scheme: Scheme) {
    let mut shown = desk.scheme.lock().unwrap_or_else(PoisonError::into_inner);
    if *shown == scheme {
        return;
    }
    let (theme, behind) = match scheme {
        Scheme::System => (None, None),
        Scheme::Light => (Some(Theme::Light), Some(DESK_LIGHT)),
        Scheme::Dark => (Some(Theme::Dark), Some(DESK_DARK)),
    };
    let Some(window) = handle.get_webview_window(LABEL) else { return };
    match window.set_theme(theme).and_then(|()| window.set_background_color(behind)) {
        Ok(()) => *shown = scheme,
        Err(error) => tracing::error!(%error, "the menus keep their colours"),
    }
}

fn import_chosen(handle: &AppHandle, desk: &Desk, folder: bool) -> Result<Reply, Error> {
    let words = words_of(desk);
    let dialog = dialog(handle);
    let chosen = if folder {
        dialog.set_title(words.choose_folder).blocking_pick_folder().map(|folder| vec![folder])
    } else {
        dialog.set_title(words.choose_files).add_filter(words.markdown_files, &TEXTS).blocking_pick_files()
    };
    let paths = paths(chosen.unwrap_or_default());
    let imported = if paths.is_empty() { Imported::default() } else { desk.app.import(&paths)? };
    Ok(Reply::ImportChosen(imported))
}

fn read_chosen_file(handle: &AppHandle, desk: &Desk) -> Result<Reply, Error> {
    let words = words_of(desk);
    let dialog = dialog(handle).set_title(words.choose_files).add_filter(words.markdown_files, &TEXTS);
    let chosen = paths(dialog.blocking_pick_file().into_iter().collect());
    let proposal = chosen.first().map(|path| desk.app.read_import_file(path)).transpose()?;
    Ok(Reply::ReadChosenFile(ChosenImport { proposal }))
}

fn add_chosen_site(handle: &AppHandle, desk: &Desk) -> Result<Reply, Error> {
    let chosen = dialog(handle).set_title(words_of(desk).choose_site).blocking_pick_folder();
    let site = match paths(chosen.into_iter().collect()).first() {
        Some(folder) => Some(desk.app.add_site(folder)?),
        None => None,
    };
    Ok(Reply::AddChosenSite(ChosenSite { site }))
}

fn choose_backup_folder(handle: &AppHandle, desk: &Desk, beside_library: bool) -> Result<Reply, Error> {
    if beside_library {
        return Ok(Reply::ChooseBackupFolder(desk.app.set_backup_folder(None)?));
    }
    let chosen = dialog(handle).set_title(words_of(desk).choose_backup_folder).blocking_pick_folder();
    Ok(match paths(chosen.into_iter().collect()).first() {
        Some(folder) => Reply::ChooseBackupFolder(desk.app.set_backup_folder(Some(folder))?),
        None => desk.app.answer(Call::ListBackups(ListBackups {}))?,
    })
}

/// A dialog that belongs to the window.
fn dialog(handle: &AppHandle) -> FileDialogBuilder<tauri::Wry> {
    let dialog = handle.dialog().file();
    match handle.get_webview_window(LABEL) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

fn paths(chosen: Vec<FilePath>) -> Vec<PathBuf> {
    chosen.into_iter().filter_map(|file| file.into_path().ok()).collect()
}

fn bad_request(desk: &Desk, code: ErrorCode, why: String) -> Error {
    Error { code, message: format!("{} ({why})", words_of(desk).unknown_call), subject: None, hint: None }
}
