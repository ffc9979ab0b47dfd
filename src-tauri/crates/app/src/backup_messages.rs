//! What the writer is told of backups, and of a library that was opened by way of one.

use postwright_wire::{Error, ErrorCode};

use crate::backups::Recovery;
use crate::messages::{Say, Told};

/// What was done at the start about a library that was not whole.
pub(crate) fn recovered(recovery: &Recovery, say: &Say) -> Error {
    let salvage = &recovery.salvage;
    let brought = salvage.added + salvage.renewed;
    let doubtful = salvage.doubtful.len();
    let (english, korean) = match (&recovery.kept, recovery.backup.map(minute)) {
        (None, at) => {
            let at = at.unwrap_or_default();
            (
                format!(
                    "The library lacked what its backup of {at} has; {brought} drafts were brought back from there."
                ),
                format!("보관함에 {at} 백업에 있는 내용이 없어서 초안 {brought}개를 백업에서 되살렸습니다."),
            )
        }
        (Some(_), Some(at)) => (
            format!(
                "The library was damaged. The backup of {at} is open, with {brought} newer drafts that could still be read."
            ),
            format!(
                "보관함이 손상되어 {at} 백업을 열었습니다. 아직 읽을 수 있던 더 새로운 초안 {brought}개도 넣었습니다."
            ),
        ),
        (Some(_), None) => (
            format!(
                "The library was damaged. {brought} drafts that could still be read of it are in the library that is open now."
            ),
            format!(
                "보관함이 손상되었습니다. 아직 읽을 수 있던 초안 {brought}개를 지금 열린 보관함에 넣었습니다."
            ),
        ),
    };
    let told = say.error(ErrorCode::LibraryDamaged, english, korean);
    let told = match &recovery.kept {
        Some(kept) => told.about(&kept.to_string_lossy()),
        None => told,
    };
    match (doubtful, salvage.unreadable.len()) {
        (0, 0) => told.hint(say, "Look through your last drafts; the damaged file is kept.", "최근 초안을 확인해 보세요. 손상된 파일은 그대로 보관했습니다."),
        (doubtful, lost) => told.hint(
            say,
            &format!("{doubtful} damaged texts are drafts of their own now: compare them with the others. {lost} could not be read at all. The damaged file is kept."),
            &format!("손상된 글 {doubtful}개는 따로 초안으로 넣었으니 비교해 보세요. {lost}개는 전혀 읽을 수 없었습니다. 손상된 파일은 그대로 보관했습니다."),
        ),
    }
}

/// That no backup could be made, for this reason.
pub(crate) fn no_backup(why: &Error, say: &Say) -> Error {
    let told = say.error(
        why.code,
        format!("No backup of the library could be made. {}", why.message),
        format!("보관함을 백업하지 못했습니다. {}", why.message),
    );
    Error { subject: why.subject.clone(), hint: why.hint.clone(), ..told }
}

/// A time as the writer's clock shows it.
fn minute(at: postwright_wire::Milliseconds) -> String {
    jiff::Timestamp::from_millisecond(at)
        .map(|at| at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}
