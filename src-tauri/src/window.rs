//! The window: opened once for each library, and ended without losing a key.

mod again;
mod calls;
mod first;
mod images;
mod menu;
mod navigation;
mod outside;
#[cfg(target_os = "linux")]
mod web_process;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use postwright_app::{App, OnDamage};
use postwright_wire::{Event, Language, MenuChosen, Scheme};
use tauri::utils::config::Color;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Emitter, Manager, RunEvent, WebviewUrl, WebviewWindowBuilder, WindowEvent};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};
use tauri_plugin_window_state::StateFlags;

use crate::cli::{Arguments, Outcome};
use crate::failure::Failure;
use crate::library;
use crate::words::{self, Words};

/// Where the web view finds the images of posts; Windows allows only http to pages of ours.
pub(crate) const IMAGE_BASE: &str =
    if cfg!(windows) { "http://postwright.localhost" } else { "postwright://localhost" };

const LABEL: &str = "main";
const EVENT: &str = "postwright";

/// The desk behind the paper, so that the window does not flash white before the page is there.
const DESK_LIGHT: Color = Color(0xf4, 0xf1, 0xec, 0xff);
const DESK_DARK: Color = Color(0x14, 0x16, 0x18, 0xff);

/// How long the page may still send what it holds after the writer closed the window. An edit needs about 1 ms.
const LAST_EDITS: Duration = Duration::from_millis(120);

/// What the shell keeps while the window is open.
struct Desk {
    app: App,
    /// Paths handed over before the page could show them.
    waiting_paths: Mutex<Vec<PathBuf>>,
    /// Whether the page has started, and so hears events.
    page_started: OnceLock<()>,
    menu_language: Mutex<Language>,
    /// The colours of the menus and of the window's frame.
    scheme: Mutex<Scheme>,
    /// Set when the writer ends the app, so that it is ended once.
    ending: OnceLock<()>,
    /// Set when the app is to be started again once it has ended.
    starts_again: OnceLock<()>,
}

/// Opens the window, or hands the path to the one that is open, and returns when the writer ends the app.
pub(crate) fn open(arguments: &Arguments) -> Result<Outcome, Failure> {
    let library = library::path(arguments.library.as_deref())?;
    let path = arguments.path.as_deref().map(crate::cli::absolute).transpose()?;
    let words = words::in_language(arguments.language_without_library());
    let first = match first::start(&library, path.as_deref(), again::is_again(), words)? {
        first::Start::HandedOver => return Ok(Outcome::Done),
        first::Start::First(first) => first,
    };

    let events = EventsToPage::default();
    let app = match library::open(arguments, &library, OnDamage::Recover, events.sender()) {
        Ok(app) => app,
        Err(failure) => {
            eprintln!("{failure}");
            show_failure(&failure, words);
            return Ok(Outcome::of_failure(&failure));
        }
    };
    if !has_display() {
        app.close();
        return Err(Failure::NoDisplay(words.no_display));
    }
    run(app, first, path, &events, words)?;
    Ok(Outcome::Done)
}

/// Without a display the window library would panic.
#[cfg(target_os = "linux")]
fn has_display() -> bool {
    gtk::init().is_ok()
}

#[cfg(not(target_os = "linux"))]
fn has_display() -> bool {
    true
}

fn run(
    app: App,
    first: first::First,
    path: Option<PathBuf>,
    events: &EventsToPage,
    words: &'static Words,
) -> Result<(), Failure> {
    let desk = Arc::new(Desk {
        menu_language: Mutex::new(app.language()),
        scheme: Mutex::new(Scheme::System),
        app,
        waiting_paths: Mutex::new(path.into_iter().collect()),
        page_started: OnceLock::new(),
        ending: OnceLock::new(),
        starts_again: OnceLock::new(),
    });
    let remembered = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN;
    let shell = builder()
        .manage(Arc::clone(&desk))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(remembered).build())
        .invoke_handler(tauri::generate_handler![calls::call])
        .register_asynchronous_uri_scheme_protocol("postwright", |context, request, responder| {
            images::answer(context.app_handle(), request, responder);
        })
        .on_menu_event(|handle, event| menu::chosen(handle, event.id().as_ref()))
        .on_window_event(|window, event| {
            if let WindowEvent::CloseRequested { api, .. } = event {
                api.prevent_close();
                end_soon(window.app_handle());
            }
        })
        .build(tauri::generate_context!())
        .map_err(Failure::window(words))?;

    let handle = shell.handle();
    events.page.get_or_init(|| handle.clone());
    make_window(handle, &desk).map_err(Failure::window(words))?;
    let for_paths = handle.clone();
    first.listen(move |path| hand_over(&for_paths, path));
    shell.run(move |handle, event| match event {
        RunEvent::Exit => {
            desk.app.close();
            if desk.starts_again.get().is_some() {
                again::start();
            }
        }
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => {
            for path in urls.iter().filter_map(|url| url.to_file_path().ok()) {
                hand_over(handle, Some(path));
            }
        }
        _ => _ = handle,
    });
    Ok(())
}

#[cfg(not(target_os = "macos"))]
fn builder() -> tauri::Builder<tauri::Wry> {
    tauri::Builder::default()
}

#[cfg(target_os = "macos")]
fn builder() -> tauri::Builder<tauri::Wry> {
    tauri::Builder::default().on_web_content_process_terminate(|webview| {
        if let Err(error) = webview.reload() {
            tracing::error!(%error, "the page could not be loaded again");
        }
    })
}

fn make_window(handle: &AppHandle, desk: &Desk) -> tauri::Result<()> {
    handle.set_menu(menu::build(handle, desk.app.language())?)?;
    let window = WebviewWindowBuilder::new(handle, LABEL, WebviewUrl::App("index.html".into()))
        .title("Postwright")
        .inner_size(1280.0, 820.0)
        .min_inner_size(640.0, 480.0)
        .background_color(DESK_LIGHT)
        .on_navigation(navigation::is_allowed)
        .on_new_window(|_url, _features| NewWindowResponse::Deny)
        .on_download(|_webview, _event| false)
        // The page takes dropped images itself; the handler would take the drop away from it.
        .disable_drag_drop_handler()
        .build()?;
    if window.theme().is_ok_and(|theme| theme == tauri::Theme::Dark) {
        window.set_background_color(Some(DESK_DARK))?;
    }
    #[cfg(target_os = "linux")]
    web_process::load_again_when_it_dies(&window)?;
    Ok(())
}

/// Carries events to the page once there is a window; before, nobody could hear them.
#[derive(Default)]
struct EventsToPage {
    page: Arc<OnceLock<AppHandle>>,
}

impl EventsToPage {
    fn sender(&self) -> impl Fn(Event) + Send + Sync + 'static {
        let page = Arc::clone(&self.page);
        move |event| {
            if let Some(handle) = page.get() {
                tell(handle, &event);
            }
        }
    }
}

/// Tells the page.
fn tell(handle: &AppHandle, event: &Event) {
    if let Err(error) = handle.emit_to(LABEL, EVENT, event) {
        tracing::error!(%error, "an event did not reach the window");
    }
}

fn tell_command(handle: &AppHandle, command: &str) {
    tell(handle, &Event::Menu(MenuChosen { command: command.to_owned() }));
}

/// A second start: its window is this one.
fn hand_over(handle: &AppHandle, path: Option<PathBuf>) {
    if let Some(window) = handle.get_webview_window(LABEL) {
        let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::warn!(%error, "the window could not be brought to the front");
        }
    }
    let desk = handle.state::<Arc<Desk>>();
    desk.waiting_paths.lock().unwrap_or_else(PoisonError::into_inner).extend(path);
    if desk.page_started.get().is_some() {
        show_waiting_paths(handle, &desk);
    }
}

/// Shows what was handed over. What cannot be shown is said in the window.
fn show_waiting_paths(handle: &AppHandle, desk: &Desk) {
    let paths = std::mem::take(&mut *desk.waiting_paths.lock().unwrap_or_else(PoisonError::into_inner));
    for path in paths {
        if let Err(error) = desk.app.show_path(&path) {
            tell(handle, &Event::Failed(error));
        }
    }
}

/// Ends the app after the page has sent the edits it still holds: it hears `quit`, and calls are answered meanwhile.
fn end_soon(handle: &AppHandle) {
    let desk = handle.state::<Arc<Desk>>();
    if desk.ending.set(()).is_err() {
        return;
    }
    tell_command(handle, "quit");
    let handle = handle.clone();
    std::thread::spawn(move || {
        std::thread::sleep(LAST_EDITS);
        handle.exit(0);
    });
}

/// Shows why there is no window, where there is a display.
fn show_failure(failure: &Failure, words: &'static Words) {
    if !has_display() {
        return;
    }
    let text = failure.to_string();
    let shell = builder()
        .plugin(tauri_plugin_dialog::init())
        .setup(move |app| {
            let handle = app.handle().clone();
            app.dialog()
                .message(text)
                .title(words.library_problem)
                .kind(MessageDialogKind::Error)
                .show(move |_closed| handle.exit(0));
            Ok(())
        })
        .build(tauri::generate_context!());
    match shell {
        Ok(shell) => _ = shell.run_return(|_handle, _event| {}),
        Err(error) => tracing::error!(%error, "the message could not be shown"),
    }
}

/// The words in the language of the core.
fn words_of(desk: &Desk) -> &'static Words {
    words::in_language(desk.app.language())
}
