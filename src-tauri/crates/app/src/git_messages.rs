//! What the writer is told when git refuses: its own words, and what to do.

use postwright_sites::git::{GitError, Operation};
use postwright_sites::program::ProgramError;
use postwright_wire::{Error, ErrorCode};

use crate::messages::{self, Say, Told};

pub(crate) fn git(error: &GitError, say: &Say) -> Error {
    match error {
        GitError::NotInstalled => {
            say.error(ErrorCode::System, "Git is not installed.", "git이 설치되어 있지 않습니다.").hint(
                say,
                "Install it (git-scm.com) and try again; everything else works without.",
                "git-scm.com에서 설치한 뒤 다시 시도하세요. 다른 기능은 그대로 됩니다.",
            )
        }
        GitError::NoRepository { folder } => say
            .error(
                ErrorCode::System,
                "This site is in no git repository.",
                "이 사이트는 git 저장소가 아닙니다.",
            )
            .hint(
                say,
                "To have one, run `git init` in its folder.",
                "저장소로 만들려면 폴더에서 `git init`을 실행하세요.",
            )
            .about(&folder.to_string_lossy()),
        GitError::Bare { folder } => say
            .error(
                ErrorCode::System,
                "This is a bare repository, which has no files to commit.",
                "파일이 없는 저장소(bare)라서 커밋할 것이 없습니다.",
            )
            .hint(
                say,
                "Clone it, and add the clone as a site.",
                "복제(git clone)한 폴더를 사이트로 추가하세요.",
            )
            .about(&folder.to_string_lossy()),
        GitError::Detached => say
            .error(
                ErrorCode::System,
                "No branch is checked out, so a commit could get lost.",
                "체크아웃된 브랜치가 없어 커밋을 잃을 수 있습니다.",
            )
            .hint(
                say,
                "Run `git switch BRANCH` (or `git switch -c NEW`) in the site's folder.",
                "사이트 폴더에서 `git switch 브랜치`(새로 만들려면 `git switch -c 이름`)를 실행하세요.",
            ),
        GitError::InProgress { operation } => in_progress(*operation, say),
        GitError::NothingToCommit => say.error(
            ErrorCode::System,
            "None of these files differs from the last commit.",
            "마지막 커밋과 달라진 파일이 없습니다.",
        ),
        GitError::EmptyMessage => {
            say.error(ErrorCode::BadRequest, "A commit needs a message.", "커밋 메시지를 입력하세요.")
        }
        GitError::NoRemote => say
            .error(
                ErrorCode::System,
                "The repository knows no server to push to.",
                "푸시할 서버가 저장소에 정해져 있지 않습니다.",
            )
            .hint(
                say,
                "Run `git remote add origin ADDRESS` in the site's folder.",
                "사이트 폴더에서 `git remote add origin 주소`를 실행하세요.",
            ),
        GitError::ManyRemotes { remotes } => say
            .error(
                ErrorCode::System,
                format!(
                    "The repository knows several servers ({}), and the branch follows none.",
                    remotes.join(", ")
                ),
                format!("서버가 여럿이고({}), 이 브랜치가 따르는 곳이 없습니다.", remotes.join(", ")),
            )
            .hint(
                say,
                "Run `git push -u REMOTE BRANCH` once in the site's folder.",
                "사이트 폴더에서 `git push -u 서버 브랜치`를 한 번 실행하세요.",
            ),
        GitError::Refused { said } => refused(said, say),
        GitError::Program(error) => program(error, say),
        GitError::Site(error) => messages::site(error, say),
    }
}

/// A program of the writer's that gave no answer.
pub(crate) fn program(error: &ProgramError, say: &Say) -> Error {
    match error {
        ProgramError::NotStarted { program, source } => say
            .error(
                ErrorCode::System,
                format!("The program could not be started: {source}."),
                format!("프로그램을 실행하지 못했습니다: {source}."),
            )
            .about(&program.to_string_lossy()),
        ProgramError::TooLong { program, limit } => say
            .error(
                ErrorCode::System,
                format!("It took longer than {} seconds and was ended.", limit.as_secs()),
                format!("{}초가 넘게 걸려 끝냈습니다.", limit.as_secs()),
            )
            .hint(
                say,
                "Run it in a terminal to see what it waits for.",
                "무엇을 기다리는지 터미널에서 실행해 확인하세요.",
            )
            .about(&program.to_string_lossy()),
        ProgramError::Stopped { .. } => say.error(ErrorCode::Stopped, "Stopped.", "멈췄습니다."),
    }
}

fn in_progress(operation: Operation, say: &Say) -> Error {
    let (english, korean, command) = match operation {
        Operation::Merge => ("A merge", "병합(merge)", "merge"),
        Operation::Rebase => ("A rebase", "리베이스(rebase)", "rebase"),
        Operation::ApplyPatches => ("Applying patches", "패치 적용(am)", "am"),
        Operation::CherryPick => ("A cherry-pick", "체리픽(cherry-pick)", "cherry-pick"),
        Operation::Revert => ("A revert", "되돌리기(revert)", "revert"),
        Operation::Bisect => {
            return say
                .error(ErrorCode::System, "A bisection is in progress.", "이진 탐색(bisect)이 진행 중입니다.")
                .hint(say, "End it with `git bisect reset`.", "`git bisect reset`으로 끝내세요.");
        }
    };
    let english_hint =
        format!("Finish it in the site's folder: `git {command} --continue`, or `git {command} --abort`.");
    let korean_hint = format!(
        "사이트 폴더에서 `git {command} --continue`로 마치거나 `git {command} --abort`로 그만두세요."
    );
    say.error(
        ErrorCode::System,
        format!("{english} is not finished."),
        format!("끝나지 않은 작업이 있습니다: {korean}."),
    )
    .hint(say, &english_hint, &korean_hint)
}

/// What of git's words calls for what. Git is asked to speak English for this.
const ADVICE: &[(&[&str], &str, &str)] = &[
    (
        &[
            "tell me who you are",
            "empty ident name",
            "no email was given",
            "auto-detection is disabled",
            "useConfigOnly",
        ],
        "Say once who writes: `git config --global user.name \"NAME\"` and `git config --global user.email ADDRESS`.",
        "글쓴이를 한 번 알려 주세요: `git config --global user.name \"이름\"`, `git config --global user.email 주소`.",
    ),
    (
        &["index.lock", "Another git process"],
        "Another git works in this repository. Wait for it; if it crashed, remove the lock file that is named.",
        "다른 git이 이 저장소에서 일하고 있습니다. 기다리세요. 비정상 종료되었다면 위에 나온 잠금 파일을 지우세요.",
    ),
    (
        &["[rejected]", "non-fast-forward", "fetch first"],
        "The server has commits that you do not have. Run `git pull --rebase` in the site's folder, then push again.",
        "서버에 아직 받지 않은 커밋이 있습니다. 사이트 폴더에서 `git pull --rebase`를 실행한 뒤 다시 푸시하세요.",
    ),
    (
        &["[remote rejected]", "pre-receive hook declined", "protected branch"],
        "The server's own rules refuse this. Push to another branch, or ask whoever keeps the server.",
        "서버의 규칙이 거절했습니다. 다른 브랜치로 푸시하거나 서버 관리자에게 문의하세요.",
    ),
    (
        &[
            "Authentication failed",
            "could not read Username",
            "could not read Password",
            "terminal prompts disabled",
            "Permission denied",
            "Host key verification failed",
        ],
        "Nobody could be asked for a password or key here. Run `git push` once in a terminal and let git keep the login, or add your key to the ssh agent.",
        "여기서는 비밀번호나 키를 물을 수 없습니다. 터미널에서 `git push`를 한 번 실행해 로그인을 저장하거나 ssh 에이전트에 키를 추가하세요.",
    ),
    (
        &[
            "Could not resolve host",
            "Failed to connect",
            "Connection timed out",
            "Network is unreachable",
            "Connection refused",
        ],
        "The server was not reached. Your commits are safe here; push again when you are online.",
        "서버에 닿지 못했습니다. 커밋은 이 컴퓨터에 안전하게 있으니 연결된 뒤 다시 푸시하세요.",
    ),
    (
        &["does not appear to be a git repository", "Repository not found", "not found"],
        "Check the address with `git remote -v` in the site's folder.",
        "사이트 폴더에서 `git remote -v`로 주소를 확인하세요.",
    ),
    (
        &["dubious ownership"],
        "The folder belongs to another user. If you trust it, run the command that git names.",
        "다른 사용자의 폴더입니다. 믿을 수 있다면 git이 알려 준 명령을 실행하세요.",
    ),
    (
        &["ignored by one of your .gitignore"],
        "Leave the file out, or take its rule out of .gitignore.",
        "그 파일을 빼거나 .gitignore에서 해당 규칙을 지우세요.",
    ),
    (
        &["failed to sign", "gpg failed"],
        "The commit could not be signed. Unlock your key in a terminal, or turn `commit.gpgSign` off.",
        "커밋에 서명하지 못했습니다. 터미널에서 키 잠금을 풀거나 `commit.gpgSign`을 끄세요.",
    ),
];

fn refused(said: &str, say: &Say) -> Error {
    let message = if said.is_empty() {
        say.in_language("Git refused and did not say why.", "git이 이유를 말하지 않고 거절했습니다.")
            .to_owned()
    } else {
        said.to_owned()
    };
    let told = Error { code: ErrorCode::System, message, subject: None, hint: None };
    let advice = ADVICE.iter().find(|(words, ..)| words.iter().any(|word| said.contains(word)));
    match advice {
        Some((_, english, korean)) => told.hint(say, english, korean),
        None => told.hint(
            say,
            "Nothing was changed. This is what git or one of its hooks says; mend it and try again.",
            "바뀐 것은 없습니다. git이나 훅이 한 말이니, 고친 뒤 다시 시도하세요.",
        ),
    }
}
