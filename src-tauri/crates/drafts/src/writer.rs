//! The one thread that changes the library.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::journal::{Tails, append_entry};
use crate::{JournalEntry, LibraryError};

/// How long edits that could not be written wait when nothing else asks for another try.
const RETRY_AFTER: Duration = Duration::from_secs(3);

/// Who is told what became of an edit.
pub(crate) type Stored = Box<dyn FnOnce(Result<(), LibraryError>) + Send>;

type Work = Box<dyn FnOnce(&mut WriterThread) + Send>;

enum Message {
    Append(JournalEntry, Stored),
    Work(Work),
}

/// A transaction, and what the writer remembers of the texts that are being edited.
pub(crate) struct Writing<'a> {
    pub(crate) transaction: &'a Transaction<'a>,
    pub(crate) tails: &'a mut Tails,
}

/// The way to the writer's thread. Dropped, it waits for the thread to finish what is queued.
pub(crate) struct Writer {
    messages: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(connection: Connection, library: &Path) -> Result<Writer, LibraryError> {
        let (messages, received) = channel();
        let mut writer = WriterThread {
            connection,
            library: library.to_path_buf(),
            tails: Tails::default(),
            backlog: Vec::new(),
            failure: None,
        };
        let thread = std::thread::Builder::new()
            .name("library-writer".into())
            .spawn(move || writer.run(&received))
            .map_err(|error| LibraryError::file(library, error))?;
        Ok(Writer { messages: Some(messages), thread: Some(thread) })
    }

    pub(crate) fn append(&self, entry: JournalEntry, stored: Stored) {
        if let Err(Message::Append(_, stored)) = self.send(Message::Append(entry, stored)) {
            stored(Err(LibraryError::Stopped));
        }
    }

    pub(crate) fn flush(&self) -> Result<(), LibraryError> {
        self.ask(|writer| writer.failure.clone().map_or(Ok(()), Err))
    }

    pub(crate) fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Writing<'_>) -> Result<T, LibraryError> + Send + 'static,
    ) -> Result<T, LibraryError> {
        self.ask(|writer| {
            let library = writer.library.clone();
            writer.transact(change).map_err(|error| error.located(&library))
        })
    }

    fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut WriterThread) -> Result<T, LibraryError> + Send + 'static,
    ) -> Result<T, LibraryError> {
        let (answer, answered) = sync_channel(1);
        let work: Work = Box::new(move |writer| {
            // Whoever asked is waiting, so this fails only if their thread is gone.
            let _ = answer.send(work(writer));
        });
        self.send(Message::Work(work)).map_err(|_| LibraryError::Stopped)?;
        answered.recv().map_err(|_| LibraryError::Stopped)?
    }

    fn send(&self, message: Message) -> Result<(), Message> {
        match &self.messages {
            Some(messages) => messages.send(message).map_err(|unsent| unsent.0),
            None => Err(message),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.messages = None;
        if let Some(thread) = self.thread.take()
            // The last copy of the library may have been inside a callback: a thread cannot wait for itself.
            && thread.thread().id() != std::thread::current().id()
            && thread.join().is_err()
        {
            tracing::error!("the library's writer panicked");
        }
    }
}

struct WriterThread {
    connection: Connection,
    library: PathBuf,
    tails: Tails,
    /// Edits that could not be written, in order. Those who sent them have been told.
    backlog: Vec<JournalEntry>,
    /// Why the backlog is not empty.
    failure: Option<LibraryError>,
}

impl WriterThread {
    fn run(&mut self, messages: &Receiver<Message>) {
        loop {
            let first = if self.backlog.is_empty() {
                messages.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                messages.recv_timeout(RETRY_AFTER)
            };
            match first {
                Ok(message) => self.take_all(message, messages),
                Err(RecvTimeoutError::Timeout) => self.store(Vec::new()),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.store(Vec::new());
        if let Some(failure) = &self.failure {
            tracing::error!(edits = self.backlog.len(), %failure, "edits are lost: they could not be written");
        }
    }

    /// Commits everything that is queued up to the next other work at once: however many edits came while the
    /// disk was busy, the last of them waits for one more commit.
    fn take_all(&mut self, first: Message, messages: &Receiver<Message>) {
        let mut batch = Vec::new();
        let mut next = Some(first);
        while let Some(message) = next {
            match message {
                Message::Append(entry, stored) => batch.push((entry, stored)),
                Message::Work(work) => {
                    self.store(std::mem::take(&mut batch));
                    let outcome = catch_unwind(AssertUnwindSafe(|| work(self)));
                    if outcome.is_err() {
                        tracing::error!("a change of the library panicked; it was rolled back");
                        self.tails.forget_all();
                    }
                }
            }
            next = messages.try_recv().ok();
        }
        self.store(batch);
    }

    /// Stores what failed before and these, in that order, and tells who sent these.
    fn store(&mut self, batch: Vec<(JournalEntry, Stored)>) {
        if batch.is_empty() && self.backlog.is_empty() {
            return;
        }
        let (entries, told): (Vec<JournalEntry>, Vec<Stored>) = batch.into_iter().unzip();
        let mut all = std::mem::take(&mut self.backlog);
        let retried = all.len();
        all.extend(entries);
        let outcomes = self.store_entries(&all);
        self.failure = outcomes.iter().find_map(|outcome| match outcome {
            Outcome::Again(error) => Some(error.clone()),
            _ => None,
        });
        let mut told = told.into_iter();
        for (at, (entry, outcome)) in all.into_iter().zip(outcomes).enumerate() {
            let stored = if at < retried { None } else { told.next() };
            let result = match outcome {
                Outcome::Stored => Ok(()),
                Outcome::Refused(error) => Err(error),
                Outcome::Again(error) => {
                    self.backlog.push(entry);
                    Err(error)
                }
            };
            match stored {
                Some(stored) => tell(stored, result),
                None => log_dropped(&result),
            }
        }
    }

    fn store_entries(&mut self, entries: &[JournalEntry]) -> Vec<Outcome> {
        let stored = self.transact(|writing| {
            entries
                .iter()
                .map(|entry| match append_entry(writing, entry) {
                    Err(error) if error.is_the_entrys_own() && !leaves_a_mess(&error) => Ok(Err(error)),
                    Err(error) => Err(error),
                    Ok(()) => Ok(Ok(())),
                })
                .collect::<Result<Vec<_>, LibraryError>>()
        });
        match (stored, entries) {
            (Ok(results), _) => results.into_iter().map(|result| self.outcome(result)).collect(),
            (Err(error), [_]) => vec![self.outcome(Err(error))],
            // One that can never be stored must not hold up the others: each on its own.
            (Err(error), _) if error.is_the_entrys_own() => {
                entries.iter().flat_map(|entry| self.store_entries(std::slice::from_ref(entry))).collect()
            }
            (Err(error), _) => entries.iter().map(|_| self.outcome(Err(error.clone()))).collect(),
        }
    }

    fn outcome(&self, result: Result<(), LibraryError>) -> Outcome {
        match result {
            Ok(()) => Outcome::Stored,
            Err(error) if error.is_the_entrys_own() => Outcome::Refused(error.located(&self.library)),
            Err(error) => Outcome::Again(error.located(&self.library)),
        }
    }

    fn transact<T>(
        &mut self,
        change: impl FnOnce(&mut Writing<'_>) -> Result<T, LibraryError>,
    ) -> Result<T, LibraryError> {
        let changed = (|| {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            self.tails.forget_if_changed_elsewhere(&transaction)?;
            let value = change(&mut Writing { transaction: &transaction, tails: &mut self.tails })?;
            transaction.commit()?;
            Ok(value)
        })();
        if changed.is_err() {
            // What they remember was rolled back.
            self.tails.forget_all();
        }
        changed
    }
}

enum Outcome {
    Stored,
    /// Never to be stored.
    Refused(LibraryError),
    /// To be tried again.
    Again(LibraryError),
}

/// Whether the refused entry may have written something before it was refused, so that all must be rolled back.
fn leaves_a_mess(error: &LibraryError) -> bool {
    matches!(error, LibraryError::Sqlite { .. } | LibraryError::Damaged { .. })
}

fn tell(stored: Stored, result: Result<(), LibraryError>) {
    if catch_unwind(AssertUnwindSafe(|| stored(result))).is_err() {
        tracing::error!("what was told of a stored edit panicked");
    }
}

/// A queued edit may be refused later: its draft is gone, or a snapshot has overtaken it.
fn log_dropped(result: &Result<(), LibraryError>) {
    if let Err(error) = result {
        tracing::debug!(%error, "an edit that waited was not stored");
    }
}
