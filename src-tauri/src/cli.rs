//! The command line: what can be asked, and how a command ends.
//!
//! A command needs no display: it calls the same use cases as the window and prints what they answer.

mod build_check;
mod check;
mod doctor;
mod export;
mod history;
mod library;
mod meta;
mod output;
mod render;
mod search;
mod site;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use postwright_app::checking::Checking;
use postwright_app::files::{Engine, Rendering};
use postwright_wire::{Generator, Language, PostId};

use crate::failure::Failure;
use crate::{language, programs};

pub(crate) use library::absolute;

/// Write posts offline and publish them into your site. Without a command the window opens.
#[derive(Debug, Parser)]
#[command(name = "postwright", version)]
pub(crate) struct Arguments {
    /// What to do instead of opening the window.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// A post's file or a site's folder to show in the window.
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,

    /// The library's file [default: library.db in the platform's folder for data].
    #[arg(long, global = true, value_name = "FILE", env = "POSTWRIGHT_LIBRARY")]
    pub(crate) library: Option<PathBuf>,

    /// The language: ko or en [default: the writer's setting, else the system's].
    #[arg(long = "lang", global = true, value_name = "ko|en", value_parser = language::parse)]
    pub(crate) language: Option<Language>,
}

impl Arguments {
    /// The language of a command that opens no library.
    pub(crate) fn language_without_library(&self) -> Language {
        self.language.unwrap_or_else(language::of_the_system)
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print the preview's HTML of files.
    Render {
        /// The posts; `-` is standard input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The site that the posts belong to [default: the one that each lies in].
        #[arg(long, value_name = "DIR")]
        site: Option<PathBuf>,
        /// Whose Markdown it is: hugo, jekyll, zola, hexo, astro or commonmark [default: the site's, else commonmark].
        #[arg(long, value_name = "NAME", value_parser = render::parse_engine)]
        engine: Option<Engine>,
        /// Write DIR/<file name>.html for each file instead.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// A whole page with styles.
        #[arg(long)]
        page: bool,
    },
    /// Say what the site will show otherwise than the writer may think, and which of its settings cannot be followed.
    Check {
        /// Posts, or folders of posts.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// The site that the posts belong to [default: the one that each lies in].
        #[arg(long, value_name = "DIR")]
        site: Option<PathBuf>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Build a post's site with its own generator, in a copy, and say what became of the post.
    BuildCheck {
        /// The post, a file of a site's.
        file: PathBuf,
        /// The site that the post belongs to [default: the one that it lies in].
        #[arg(long, value_name = "DIR")]
        site: Option<PathBuf>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Read a post's front matter, or edit it in place.
    Meta {
        /// The post; `-` is standard input, which can only be read.
        file: PathBuf,
        /// Print JSON.
        #[arg(long)]
        json: bool,
        /// Give a field a value.
        #[arg(long, value_name = "KEY=VALUE", value_parser = meta::parse_pair)]
        set: Vec<(String, String)>,
        /// Add a value to a list.
        #[arg(long, value_name = "KEY=VALUE", value_parser = meta::parse_pair)]
        add: Vec<(String, String)>,
        /// Take a field out, or one value out of a list.
        #[arg(long, value_name = "KEY[=VALUE]", value_parser = meta::parse_key)]
        remove: Vec<(String, Option<String>)>,
    },
    /// Say what a folder is taken for, and why.
    Site {
        /// The folder.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// What builds it: hugo, jekyll, zola, hexo, astro or plain [default: what its files speak for].
        #[arg(long, value_name = "NAME", value_parser = site::parse_generator)]
        generator: Option<Generator>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Take files or folders of posts into the library.
    Import {
        /// Files or folders.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Take each text file for a paste: cut it where posts begin, and turn it into Markdown step by step.
        #[arg(long)]
        split: bool,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the drafts of the library.
    Drafts {
        /// Only those that a search for this finds.
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        search: Option<String>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Find drafts, the posts of all sites and older texts by what they hold.
    Search {
        /// Words, "phrases", -words, and the filters tag: site: is:draft|published|changed|trashed before: after:
        /// in:history.
        #[arg(value_name = "TEXT")]
        text: String,
        /// Let consonants that stand alone stand for Korean syllables that begin with them.
        #[arg(long)]
        initials: bool,
        /// Print at most so many.
        #[arg(long, value_name = "COUNT", default_value_t = 50)]
        most: u32,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print a draft's text.
    Show {
        /// The draft's number.
        draft: PostId,
        /// A kept version's number, as `history` lists it [default: the draft as it is].
        #[arg(long, value_name = "N")]
        revision: Option<u32>,
    },
    /// List the kept versions of a draft, the newest first.
    History {
        /// The draft's number.
        draft: PostId,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Bring a kept version of a draft back. What is there now is kept first.
    Restore {
        /// The draft's number.
        draft: PostId,
        /// The version's number, as `history` lists it.
        #[arg(long, value_name = "N")]
        revision: u32,
    },
    /// Copy the library into a file, also while it is in use.
    Backup {
        /// The copy; an older backup of that name is replaced.
        file: PathBuf,
    },
    /// Put a backup in the library's place; the library is kept beside it.
    RestoreBackup {
        /// The backup.
        file: PathBuf,
    },
    /// Read everything in the library and say what of it is damaged.
    Doctor {
        /// Put the newest good backup in a damaged library's place, with what can still be read; the library is kept.
        #[arg(long)]
        repair: bool,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write a draft into a site.
    Export {
        /// The draft's number.
        draft: PostId,
        /// The site's folder.
        #[arg(long, value_name = "DIR")]
        site: PathBuf,
        /// What builds the site, kept in the library: hugo, jekyll, zola, hexo, astro or plain [default: what its files
        /// speak for].
        #[arg(long, value_name = "NAME", value_parser = site::parse_generator)]
        generator: Option<Generator>,
        /// The path inside the site [default: as the site's posts are named].
        #[arg(long, value_name = "REL")]
        path: Option<String>,
        /// Say what would be written, and write nothing.
        #[arg(long)]
        dry_run: bool,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done.
    Done,
    /// Done with findings of level error, or refused for a conflict.
    Findings,
    /// Could not be done.
    Failed,
}

impl Outcome {
    /// The end that a failure stands for.
    pub(crate) fn of_failure(failure: &Failure) -> Self {
        if failure.is_conflict() { Self::Findings } else { Self::Failed }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}

/// Does what was asked for.
pub(crate) fn run(command: &Command, arguments: &Arguments) -> Result<Outcome, Failure> {
    if let Some(path) = &arguments.path {
        return Err(Failure::Usage(format!("{}: a path before a command means nothing", path.display())));
    }
    let language = arguments.language_without_library();
    match command {
        Command::Render { files, site, engine, out, page } => {
            let rendering = Rendering { engine: *engine, site: site.as_deref(), page: *page };
            render::run(files, out.as_deref(), rendering, language)
        }
        Command::Check { paths, site, json } => {
            let program_folders = programs::folders();
            let now = jiff::Zoned::now();
            let checking = Checking { site: site.as_deref(), program_folders: &program_folders, now: &now };
            check::run(paths, checking, &crate::library::path(arguments.library.as_deref())?, *json, language)
        }
        Command::BuildCheck { file, site, json } => build_check::run(file, site.as_deref(), *json, language),
        Command::Meta { file, json, set, add, remove } => {
            meta::run(file, &meta::edits(set, add, remove), *json, language)
        }
        Command::Site { folder, generator, json } => site::run(folder, *generator, *json, language),
        Command::Import { paths, split, json } => library::import(arguments, paths, *split, *json),
        Command::Drafts { search, json } => library::drafts(arguments, search.as_deref(), *json),
        Command::Search { text, initials, most, json } => {
            search::run(arguments, text, *initials, *most, *json)
        }
        Command::Show { draft, revision: None } => library::show(arguments, *draft),
        Command::Show { draft, revision: Some(number) } => history::show(arguments, *draft, *number),
        Command::History { draft, json } => history::list(arguments, *draft, *json),
        Command::Restore { draft, revision } => history::restore(arguments, *draft, *revision),
        Command::Backup { file } => doctor::back_up(arguments, file),
        Command::RestoreBackup { file } => doctor::restore(arguments, file, language),
        Command::Doctor { repair, json } => doctor::run(arguments, *repair, *json, language),
        Command::Export { draft, site, generator, path, dry_run, json } => {
            let export = export::Export {
                draft: *draft,
                site,
                generator: *generator,
                path: path.as_deref(),
                json: *json,
            };
            if *dry_run { export.plan(arguments) } else { export.write(arguments) }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(line: &str) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(line.split_whitespace())
    }

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_bare_path_is_for_the_window() {
        let arguments = parse("postwright posts/a.md --library l.db").unwrap();
        assert!(arguments.command.is_none());
        assert_eq!(arguments.path.unwrap().to_str(), Some("posts/a.md"));
        assert_eq!(arguments.library.unwrap().to_str(), Some("l.db"));
    }

    #[test]
    fn global_options_stand_before_and_after_the_command() {
        for line in ["postwright --lang ko drafts --json", "postwright drafts --json --lang ko"] {
            let arguments = parse(line).unwrap();
            assert_eq!(arguments.language, Some(Language::Ko), "{line}");
            assert!(
                matches!(arguments.command, Some(Command::Drafts { json: true, search: None })),
                "{line}"
            );
        }
    }

    #[test]
    fn a_path_before_a_command_is_refused() {
        let arguments = parse("postwright a.md show 1").unwrap();
        let refusal = run(arguments.command.as_ref().unwrap(), &arguments).unwrap_err();
        assert!(matches!(refusal, Failure::Usage(_)));
    }

    #[test]
    fn edits_of_front_matter_keep_what_comes_after_the_first_equals_sign() {
        let arguments =
            parse("postwright meta a.md --set title=a=b --add tags=rust --remove slug --remove tags=c")
                .unwrap();
        let Some(Command::Meta { set, add, remove, .. }) = arguments.command else { panic!("not meta") };
        assert_eq!(set, [("title".to_owned(), "a=b".to_owned())]);
        assert_eq!(add, [("tags".to_owned(), "rust".to_owned())]);
        assert_eq!(remove, [("slug".to_owned(), None), ("tags".to_owned(), Some("c".to_owned()))]);
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_code_2() {
        for line in [
            "postwright render",
            "postwright check",
            "postwright render a.md --engine pandoc",
            "postwright meta a.md --set title",
            "postwright meta a.md --set =b",
            "postwright show first",
            "postwright restore 1",
            "postwright history 1 --revision 2",
            "postwright export 1",
            "postwright --lang de",
            "postwright a.md b.md",
        ] {
            assert_eq!(parse(line).unwrap_err().exit_code(), 2, "{line}");
        }
    }

    #[test]
    fn every_engine_has_its_name_and_another_is_refused_by_name() {
        for (name, engine) in Engine::ALL {
            let arguments = parse(&format!("postwright render a.md --engine {name} --site blog")).unwrap();
            let Some(Command::Render { engine: found, site, .. }) = arguments.command else {
                panic!("not render")
            };
            assert_eq!((found, site.unwrap().to_str()), (Some(engine), Some("blog")));
        }
        let refusal = parse("postwright render a.md --engine pandoc").unwrap_err().to_string();
        assert!(refusal.contains("pandoc") && refusal.contains("commonmark"), "{refusal}");
    }

    #[test]
    fn outcomes_are_the_exit_codes_of_the_manual() {
        assert_eq!([Outcome::Done as u8, Outcome::Findings as u8, Outcome::Failed as u8], [0, 1, 2]);
    }
}
