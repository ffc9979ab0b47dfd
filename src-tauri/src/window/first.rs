//! One window for each library: the first start listens on a local socket, later ones hand their path to it.
//!
//! The socket's name comes from the library's path, so that two libraries can be open side by side. Only processes
//! of the same user are heard and believed.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use interprocess::local_socket::{GenericNamespaced, Listener, ListenerOptions, Name, Stream, prelude::*};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::words::Words;

/// Long enough for a first start that is still opening its window.
const PATIENCE: Duration = Duration::from_secs(15);
/// A path is at most a few thousand bytes; more is not ours.
const LONGEST_MESSAGE: u64 = 64 * 1024;
const HEARD: &str = "heard";

/// What a start of the window turned out to be.
pub(super) enum Start {
    /// No other window has this library.
    First(First),
    /// Another window has it, and has the path now.
    HandedOver,
}

/// The right to hear of later starts.
pub(super) struct First {
    /// None where the system refuses sockets: then later starts open windows of their own, which SQLite bears.
    listener: Option<Listener>,
}

/// What a later start says, as one line of JSON.
#[derive(Serialize, Deserialize)]
struct Message {
    path: Option<PathBuf>,
}

/// Finds out whether this is the first start for a library, and hands over the path if not.
///
/// A start that follows an ending one waits for its end instead of handing anything over.
pub(super) fn start(
    library: &Path,
    path: Option<&Path>,
    follows_another: bool,
    words: &Words,
) -> Result<Start, Failure> {
    let unanswered =
        |source| Failure::Unanswered { library: library.to_owned(), words_say: words.unanswered, source };
    let name = socket_name(library);
    if follows_another {
        wait_for_the_end_of(&name);
    }
    // Two starts at once: one gets the name, the other must then find it taken.
    for _attempt in 0..3 {
        match Stream::connect(socket(&name).map_err(unanswered)?) {
            Ok(stream) if is_ours(&stream) => {
                hand_over(stream, path).map_err(unanswered)?;
                return Ok(Start::HandedOver);
            }
            Ok(_foreign) => break,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) => {}
            Err(error) => return Err(unanswered(error)),
        }
        match listen(&name) {
            Ok(listener) => return Ok(Start::First(First { listener: Some(listener) })),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => {
                tracing::warn!(%error, "later starts cannot be heard");
                break;
            }
        }
    }
    Ok(Start::First(First { listener: None }))
}

/// Waits until nobody listens, or patience ends.
fn wait_for_the_end_of(name: &str) {
    let until = Instant::now() + PATIENCE;
    while socket(name).and_then(Stream::connect).is_ok() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
    }
}

impl First {
    /// Calls `started` for each later start, on a thread of its own.
    pub(super) fn listen(self, started: impl Fn(Option<PathBuf>) + Send + 'static) {
        let Some(listener) = self.listener else { return };
        std::thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok).filter(is_ours) {
                match hear(stream) {
                    Ok(path) => started(path),
                    Err(error) => tracing::warn!(%error, "a later start was not understood"),
                }
            }
        });
    }
}

fn listen(name: &str) -> io::Result<Listener> {
    // Nobody answered there. Where a socket is a file, it may have outlived the process that made it.
    let is_file = !cfg!(any(target_os = "linux", windows));
    ListenerOptions::new().name(socket(name)?).try_overwrite(is_file).create_sync()
}

fn hand_over(stream: Stream, path: Option<&Path>) -> io::Result<()> {
    stream.set_recv_timeout(Some(PATIENCE))?;
    let mut stream = BufReader::new(stream);
    let message = serde_json::to_string(&Message { path: path.map(Path::to_owned) })?;
    stream.get_mut().write_all(format!("{message}\n").as_bytes())?;
    let mut reply = String::new();
    stream.take(LONGEST_MESSAGE).read_line(&mut reply)?;
    if reply.trim_end() == HEARD { Ok(()) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

fn hear(stream: Stream) -> io::Result<Option<PathBuf>> {
    stream.set_recv_timeout(Some(Duration::from_secs(2)))?;
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.by_ref().take(LONGEST_MESSAGE).read_line(&mut line)?;
    let message: Message = serde_json::from_str(&line)?;
    stream.get_mut().write_all(format!("{HEARD}\n").as_bytes())?;
    Ok(message.path.filter(|path| path.is_absolute()))
}

/// Whether the other end belongs to the same user: the name of the socket is no secret.
#[cfg(unix)]
fn is_ours(stream: &Stream) -> bool {
    let ours = rustix::process::geteuid().as_raw();
    stream.peer_creds().is_ok_and(|peer| peer.euid().is_none_or(|theirs| theirs == ours))
}

/// A named pipe is open to its own user alone.
#[cfg(not(unix))]
fn is_ours(_stream: &Stream) -> bool {
    true
}

fn socket(name: &str) -> io::Result<Name<'_>> {
    name.to_ns_name::<GenericNamespaced>()
}

/// The same for every way to write the library's path.
fn socket_name(library: &Path) -> String {
    let hash = blake3::hash(canonical(library).as_os_str().as_encoded_bytes());
    format!("postwright-{}", &hash.to_hex()[..32])
}

/// The canonical path, also of a library that is not there yet: what exists of it is resolved.
fn canonical(path: &Path) -> PathBuf {
    if let Ok(canonical) = path.canonicalize() {
        return canonical;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => canonical(parent).join(name),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::mpsc;

    use postwright_wire::Language;

    use super::*;
    use crate::words::in_language;

    fn start_for(library: &Path, path: Option<&Path>) -> Start {
        start(library, path, false, in_language(Language::En)).unwrap()
    }

    #[test]
    fn a_second_start_hands_its_path_to_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("library.db");
        let Start::First(first) = start_for(&library, None) else { panic!("nobody else is there") };
        let (heard, paths) = mpsc::channel();
        first.listen(move |path| heard.send(path).unwrap());

        assert!(matches!(start_for(&library, Some(Path::new("/posts/글.md"))), Start::HandedOver));
        assert_eq!(paths.recv_timeout(PATIENCE).unwrap(), Some(PathBuf::from("/posts/글.md")));
        assert!(matches!(start_for(&library, None), Start::HandedOver));
        assert_eq!(paths.recv_timeout(PATIENCE).unwrap(), None);
    }

    #[test]
    fn another_library_has_a_window_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let one = start_for(&folder.path().join("one.db"), None);
        let other = start_for(&folder.path().join("other.db"), None);
        assert!(matches!((one, other), (Start::First(_), Start::First(_))));
    }

    #[test]
    fn the_name_is_free_again_when_the_first_has_ended() {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("library.db");
        drop(start_for(&library, None));
        let Start::First(first) = start_for(&library, None) else { panic!("the first has ended") };
        assert!(first.listener.is_some());
    }

    #[test]
    fn nonsense_is_not_heard_and_does_not_end_the_listening() {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("library.db");
        let Start::First(first) = start_for(&library, None) else { panic!("nobody else is there") };
        let (heard, paths) = mpsc::channel();
        first.listen(move |path| heard.send(path).unwrap());

        let name = socket_name(&library);
        let mut stream = Stream::connect(socket(&name).unwrap()).unwrap();
        stream.write_all(b"GET / HTTP/1.1\n").unwrap();
        drop(stream);
        assert!(matches!(start_for(&library, Some(Path::new("/a"))), Start::HandedOver));
        assert_eq!(paths.recv_timeout(PATIENCE).unwrap(), Some(PathBuf::from("/a")));
        assert!(paths.try_recv().is_err());
    }

    #[test]
    #[cfg(unix)]
    fn a_link_to_a_library_is_the_same_library() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real");
        std::fs::create_dir(&real).unwrap();
        std::os::unix::fs::symlink(&real, folder.path().join("link")).unwrap();
        let name = |path: &str| socket_name(&folder.path().join(path));
        assert_eq!(name("real/library.db"), name("link/library.db"));
        assert_ne!(name("real/library.db"), name("real/other.db"));
    }
}
