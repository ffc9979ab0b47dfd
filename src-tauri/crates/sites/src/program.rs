//! Programs of the writer's own, such as git or a generator: found, run without a shell, and ended in time.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The most that is kept of what a program prints, in bytes; the rest is read and dropped.
const LARGEST_OUTPUT: usize = 4 * 1024 * 1024;
/// How long a program may take to clean up once it is asked to end.
const TIME_TO_END: Duration = Duration::from_secs(2);
/// How long the pipes are read after the end: something that it left running may hold them.
const TIME_TO_READ: Duration = Duration::from_millis(500);
/// How often the end is looked for.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// Ends work that is under way, from another thread.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks the work to end.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to end.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Why a program gave no answer of its own.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// It could not be started.
    #[error("{} could not be started: {source}", program.display())]
    NotStarted {
        /// The program.
        program: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It took longer than it may, and was ended.
    #[error("{} took longer than {} seconds", program.display(), limit.as_secs())]
    TooLong {
        /// The program.
        program: PathBuf,
        /// How long it may take.
        limit: Duration,
    },
    /// The writer ended it.
    #[error("{} was stopped", program.display())]
    Stopped {
        /// The program.
        program: PathBuf,
    },
}

/// How a program ended, and what it printed.
#[derive(Debug)]
pub struct Ended {
    /// Whether it says that all went well.
    pub success: bool,
    /// Its exit code; none if a signal ended it.
    pub code: Option<i32>,
    /// What it printed on its output.
    pub output: Vec<u8>,
    /// What it printed on its error output.
    pub errors: Vec<u8>,
}

impl Ended {
    /// What it printed on its output, as text.
    pub fn output_text(&self) -> String {
        String::from_utf8_lossy(&self.output).into_owned()
    }

    /// What it printed on its error output, as text.
    pub fn errors_text(&self) -> String {
        String::from_utf8_lossy(&self.errors).into_owned()
    }
}

/// How a program is run.
pub struct Run<'a> {
    /// What it reads from its input.
    pub input: Vec<u8>,
    /// How long it may take.
    pub limit: Duration,
    /// Ends it earlier.
    pub stop: Stop,
    /// Takes each line of either output as it comes; a carriage return ends a line too, as in progress that overwrites
    /// itself.
    pub on_line: Option<&'a mut dyn FnMut(&str)>,
}

impl Run<'_> {
    /// A run that nobody listens to and that only its time limit ends.
    pub fn within(limit: Duration) -> Self {
        Self { input: Vec::new(), limit, stop: Stop::default(), on_line: None }
    }

    fn hear(&mut self, line: &str) {
        if let Some(on_line) = &mut self.on_line {
            on_line(line);
        }
    }
}

/// The program of a name in the first of the folders that has it. A folder that is not absolute is passed over: it
/// would be another one for each place that the app is started from.
pub fn find_program(folders: &[PathBuf], name: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
    let candidates = folders.iter().filter(|folder| folder.is_absolute());
    candidates
        .flat_map(|folder| endings.iter().map(move |ending| folder.join(format!("{name}{ending}"))))
        .find(|program| is_program(program))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// Runs a program to its end. It has a group of its own, so that what it starts ends with it.
pub fn run(command: &mut Command, mut run: Run<'_>) -> Result<Ended, ProgramError> {
    let program = PathBuf::from(command.get_program());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let mut child =
        command.spawn().map_err(|source| ProgramError::NotStarted { program: program.clone(), source })?;
    feed(&mut child, std::mem::take(&mut run.input));
    let (lines, heard) = channel();
    let output = child.stdout.take().map(|pipe| gather(pipe, lines.clone()));
    let errors = child.stderr.take().map(|pipe| gather(pipe, lines));
    let started = Instant::now();
    let status = loop {
        match heard.recv_timeout(LOOK_EVERY) {
            Ok(line) => run.hear(&line),
            // Its outputs are closed and it still runs, which needs no hurry.
            Err(RecvTimeoutError::Disconnected) => thread::sleep(LOOK_EVERY),
            Err(RecvTimeoutError::Timeout) => {}
        }
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => {}
            Err(source) => {
                end(&mut child);
                return Err(ProgramError::NotStarted { program, source });
            }
        }
        if run.stop.is_asked() {
            end(&mut child);
            return Err(ProgramError::Stopped { program });
        }
        if started.elapsed() > run.limit {
            end(&mut child);
            return Err(ProgramError::TooLong { program, limit: run.limit });
        }
    };
    hear_the_rest(&heard, &mut run);
    Ok(ended(status, output, errors))
}

/// Until both pipes are closed, or whoever still holds them was given time enough.
fn hear_the_rest(heard: &Receiver<String>, run: &mut Run<'_>) {
    let deadline = Instant::now() + TIME_TO_READ;
    while let Some(left) = deadline.checked_duration_since(Instant::now()) {
        match heard.recv_timeout(left) {
            Ok(line) => run.hear(&line),
            Err(_) => break,
        }
    }
}

type Gathered = Arc<Mutex<Vec<u8>>>;

fn ended(status: ExitStatus, output: Option<Gathered>, errors: Option<Gathered>) -> Ended {
    let taken = |gathered: Option<Gathered>| {
        let gathered = gathered.unwrap_or_default();
        std::mem::take(&mut *gathered.lock().unwrap_or_else(PoisonError::into_inner))
    };
    Ended { success: status.success(), code: status.code(), output: taken(output), errors: taken(errors) }
}

fn feed(child: &mut Child, input: Vec<u8>) {
    if let Some(mut pipe) = child.stdin.take() {
        thread::spawn(move || {
            // A program need not read its input.
            let _ = pipe.write_all(&input);
        });
    }
}

/// Reads a pipe to its end on a thread of its own, so that no program waits for us.
fn gather(pipe: impl Read + Send + 'static, lines: Sender<String>) -> Gathered {
    let gathered = Gathered::default();
    let kept = Arc::clone(&gathered);
    thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let mut line = Vec::new();
        loop {
            let read = match pipe.fill_buf() {
                Ok([]) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => break,
            };
            keep(&kept, read);
            for &byte in read {
                if !matches!(byte, b'\n' | b'\r') {
                    line.push(byte);
                } else if !line.is_empty() {
                    tell(&lines, &mut line);
                }
            }
            let taken = read.len();
            pipe.consume(taken);
            if line.len() > LARGEST_OUTPUT {
                line.clear();
            }
        }
        if !line.is_empty() {
            tell(&lines, &mut line);
        }
    });
    gathered
}

fn keep(kept: &Gathered, read: &[u8]) {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let room = LARGEST_OUTPUT.saturating_sub(kept.len());
    kept.extend_from_slice(&read[..read.len().min(room)]);
}

fn tell(lines: &Sender<String>, line: &mut Vec<u8>) {
    // Whoever listened may have given up.
    let _ = lines.send(String::from_utf8_lossy(line).into_owned());
    line.clear();
}

/// Ends a program and what it started: asked first, so that it takes away its lock files, then made to.
fn end(child: &mut Child) {
    ask_to_end(child);
    let deadline = Instant::now() + TIME_TO_END;
    while Instant::now() < deadline && matches!(child.try_wait(), Ok(None)) {
        thread::sleep(LOOK_EVERY);
    }
    make_end(child);
    // Reaped here, so that nothing is left of it.
    let _ = child.wait();
}

#[cfg(unix)]
fn ask_to_end(child: &Child) {
    signal_group(child, rustix::process::Signal::TERM);
}

#[cfg(unix)]
fn make_end(child: &mut Child) {
    signal_group(child, rustix::process::Signal::KILL);
}

/// One that has ended already needs no signal.
#[cfg(unix)]
fn signal_group(child: &Child, signal: rustix::process::Signal) {
    let group = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
    if let Some(group) = group {
        let _ = rustix::process::kill_process_group(group, signal);
    }
}

#[cfg(not(unix))]
fn ask_to_end(_child: &Child) {}

#[cfg(not(unix))]
fn make_end(child: &mut Child) {
    let _ = child.kill();
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn shell(script: &str, limit: Duration, stop: &Stop) -> (Result<Ended, ProgramError>, Vec<String>) {
        let mut lines = Vec::new();
        let mut on_line = |line: &str| lines.push(line.to_owned());
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        let input = b"given".to_vec();
        let result = run(&mut command, Run { input, limit, stop: stop.clone(), on_line: Some(&mut on_line) });
        (result, lines)
    }

    const LONG: Duration = Duration::from_secs(30);

    #[test]
    fn what_a_program_prints_is_told_by_line_and_kept_apart() {
        let script = "cat; echo; printf '10%%\\r20%%\\n' >&2; exit 3";
        let (ended, mut lines) = shell(script, LONG, &Stop::default());
        let ended = ended.unwrap();
        assert_eq!((ended.success, ended.code), (false, Some(3)));
        assert_eq!((ended.output_text().as_str(), ended.errors_text().as_str()), ("given\n", "10%\r20%\n"));
        lines.sort();
        assert_eq!(lines, ["10%", "20%", "given"]);
    }

    #[test]
    fn one_that_takes_too_long_is_ended_with_what_it_started() {
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().join("mark");
        let script = format!("(trap '' TERM; sleep 4; echo late > {}) & wait", mark.display());
        let started = Instant::now();
        let (ended, _) = shell(&script, Duration::from_millis(200), &Stop::default());
        assert!(matches!(ended, Err(ProgramError::TooLong { .. })), "{ended:?}");
        assert!(started.elapsed() < Duration::from_secs(4));
        thread::sleep(Duration::from_millis(4200).saturating_sub(started.elapsed()));
        assert!(!mark.exists(), "what it started went on");
    }

    #[test]
    fn the_writer_can_stop_one() {
        let stop = Stop::default();
        let asked = stop.clone();
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(100));
            asked.stop();
        });
        let started = Instant::now();
        let (ended, _) = shell("sleep 30", LONG, &stop);
        assert!(matches!(ended, Err(ProgramError::Stopped { .. })), "{ended:?}");
        assert!(started.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn what_is_left_running_keeps_nobody_waiting() {
        let started = Instant::now();
        let (ended, _) = shell("sleep 20 & echo done", LONG, &Stop::default());
        assert_eq!(ended.unwrap().output_text(), "done\n");
        assert!(started.elapsed() < Duration::from_secs(5));
    }

    #[test]
    fn a_flood_is_cut_and_does_not_block() {
        let (ended, _) = shell("head -c 9000000 /dev/zero", LONG, &Stop::default());
        assert_eq!(ended.unwrap().output.len(), LARGEST_OUTPUT);
    }

    #[test]
    fn programs_are_found_in_absolute_folders_and_must_be_ones() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [PathBuf::from("bin"), folder.path().to_owned(), PathBuf::from("/bin")];
        assert_eq!(find_program(&folders, "sh"), Some("/bin/sh".into()));
        assert_eq!(find_program(&folders[..2], "sh"), None);
        assert_eq!(find_program(&[PathBuf::from("/etc")], "passwd"), None, "no program");
    }
}
