//! The posts of a site, as a list.

use std::{num::NonZero, path::Path, thread, time::SystemTime};

use postwright_post::{
    front_matter::{Problem, Reason},
    profile::{Generator, PostRow, Profile, drafts_beside, is_post_path, row},
};

use crate::{head, walk};

/// With fewer posts than these, a second thread takes longer to start than it saves.
const WORTH_A_THREAD: usize = 200;

/// A post of a site, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedPost {
    /// Its path in the site, with `/`.
    pub path: String,
    /// What its front matter says.
    pub row: PostRow,
    /// When the file was changed last.
    pub modified: SystemTime,
    /// The file's size in bytes.
    pub size: u64,
}

/// The posts of the site at `root`: the newest first, by date as written and then by path.
pub fn index(root: &Path, profile: &Profile) -> Vec<IndexedPost> {
    let mut posts = in_shares(&post_paths(root, profile), |path| indexed(root, profile, path));
    posts.sort_by(|one, other| sort_date(other).cmp(sort_date(one)).then_with(|| other.path.cmp(&one.path)));
    posts
}

/// One post of the site, if there is one at `path` that the generator would read.
pub fn index_one(root: &Path, profile: &Profile, path: &str) -> Option<IndexedPost> {
    if is_post_path(profile, path) { indexed(root, profile, path) } else { None }
}

/// The paths of a site's posts, sorted.
pub(crate) fn post_paths(root: &Path, profile: &Profile) -> Vec<String> {
    let drafts = profile.post_folders.iter().filter_map(|folder| drafts_beside(profile, folder));
    let folders: Vec<String> = profile.post_folders.iter().cloned().chain(drafts).collect();
    let mut paths: Vec<String> = folders
        .iter()
        .flat_map(|folder| walk::files(root, folder, walk::MOST_ENTRIES))
        .filter(|path| is_post_path(profile, path))
        .collect();
    paths.sort();
    // One post folder may lie in another.
    paths.dedup();
    paths
}

/// The Markdown files in a Jekyll site's folders of posts that are none for their names, sorted: Jekyll passes them over.
pub fn passed_over(root: &Path, profile: &Profile) -> Vec<String> {
    if profile.generator != Generator::Jekyll {
        return Vec::new();
    }
    let is_there = |path: &String| path.split('/').any(|part| part == "_posts") && walk::is_markdown(path);
    let mut paths: Vec<String> = profile
        .post_folders
        .iter()
        .flat_map(|folder| walk::files(root, folder, walk::MOST_ENTRIES))
        .filter(|path| is_there(path) && !is_post_path(profile, path))
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

/// What `read` makes of each post of the site by its path and the beginning of its text, which holds its front matter, in
/// the order of the paths. Posts that cannot be read are left out.
pub fn read_heads<Made: Send>(
    root: &Path,
    profile: &Profile,
    read: impl Fn(&str, &str) -> Made + Sync,
) -> Vec<Made> {
    in_shares(&post_paths(root, profile), |path| Some(read(path, &head::read(root, path).ok()?.text.ok()?)))
}

/// What `make` makes of each path, in their order, on several threads.
fn in_shares<Made: Send>(paths: &[String], make: impl Fn(&str) -> Option<Made> + Sync) -> Vec<Made> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(4);
    let share = paths.len().div_ceil(threads).max(WORTH_A_THREAD);
    let make_share = |paths: &[String]| paths.iter().filter_map(|path| make(path)).collect::<Vec<_>>();
    thread::scope(|scope| {
        let shares: Vec<_> = paths.chunks(share).map(|paths| scope.spawn(|| make_share(paths))).collect();
        shares.into_iter().flat_map(|share| share.join().unwrap_or_default()).collect()
    })
}

fn indexed(root: &Path, profile: &Profile, path: &str) -> Option<IndexedPost> {
    let head = match head::read(root, path) {
        Ok(head) => head,
        Err(error) => {
            tracing::debug!(path, %error, "not listed");
            return None;
        }
    };
    let row = match head.text {
        Ok(text) => row(profile, path, &text),
        Err(bad) => {
            let reason = Reason::Syntax { message: "not UTF-8".to_owned() };
            let problem = Problem { line: bad.line as usize, column: bad.column as usize, reason };
            PostRow { problem: Some(problem), ..row(profile, path, "") }
        }
    };
    let modified = head.found.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    Some(IndexedPost { path: path.to_owned(), row, modified, size: head.found.len() })
}

/// Dates as written sort by time as far as they are written alike, which they are down to the day.
fn sort_date(post: &IndexedPost) -> &str {
    post.row.date.as_deref().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use postwright_post::profile::Generator;

    use super::*;
    use crate::testing::folder;

    fn hugo() -> Profile {
        Profile::conventional(Generator::Hugo)
    }

    #[test]
    fn posts_come_newest_first_with_what_their_front_matter_says() {
        let site = folder(&[
            ("content/posts/old.md", "---\ntitle: 옛 글\ndate: 2019-01-02\ntags: [a, b]\n---\n\nbody"),
            (
                "content/posts/new/index.md",
                "\u{feff}---\r\ntitle: New\r\ndate: 2024-05-06T07:08:09+09:00\r\ndraft: true\r\n---\r\n",
            ),
            ("content/posts/b.md", "no front matter"),
            ("content/posts/_index.md", "---\ntitle: List\n---\n"),
            ("content/posts/new/image.png", "x"),
            ("content/posts/.hidden/x.md", "x"),
            ("content/about.md", "x"),
        ]);
        let posts = index(site.path(), &hugo());
        let paths: Vec<&str> = posts.iter().map(|post| post.path.as_str()).collect();
        assert_eq!(paths, ["content/posts/new/index.md", "content/posts/old.md", "content/posts/b.md"]);
        assert_eq!(posts[0].row.title, "New");
        assert!(posts[0].row.draft);
        assert_eq!(posts[1].row.title, "옛 글");
        assert_eq!(posts[1].row.tags, ["a", "b"]);
        assert_eq!(posts[2].size, 15);
        assert_eq!(index_one(site.path(), &hugo(), "content/posts/old.md").as_ref(), Some(&posts[1]));
        assert_eq!(index_one(site.path(), &hugo(), "content/about.md"), None);
    }

    #[test]
    fn a_post_in_another_encoding_is_listed_with_its_problem() {
        let site = folder(&[]);
        site.put("content/posts/euc.md", b"---\ntitle: \xb0\xa1\n---\n");
        let posts = index(site.path(), &hugo());
        let problem = posts[0].row.problem.clone().unwrap();
        assert_eq!((problem.line, problem.column), (2, 8));
        assert_eq!(posts[0].row.title, "euc");
    }

    #[test]
    fn a_long_post_is_read_by_its_head() {
        let site = folder(&[]);
        let text = format!("---\ntitle: Long\n---\n{}", "가".repeat(100_000));
        site.put("content/posts/long.md", text.as_bytes());
        let posts = index(site.path(), &hugo());
        assert_eq!((posts[0].row.title.as_str(), posts[0].row.problem.clone()), ("Long", None));
    }

    #[cfg(unix)]
    #[test]
    fn links_that_leave_the_site_are_not_listed() {
        let outside = folder(&[("secret.md", "---\ntitle: Secret\n---\n")]);
        let site = folder(&[("content/posts/a.md", "x"), ("content/b.md", "x")]);
        let posts = site.path().join("content/posts");
        std::os::unix::fs::symlink(outside.path().join("secret.md"), posts.join("s.md")).unwrap();
        std::os::unix::fs::symlink(outside.path(), posts.join("folder")).unwrap();
        std::os::unix::fs::symlink("../b.md", posts.join("in.md")).unwrap();
        std::os::unix::fs::symlink(".", posts.join("loop")).unwrap();
        let paths: Vec<String> = index(site.path(), &hugo()).into_iter().map(|post| post.path).collect();
        assert_eq!(paths, ["content/posts/in.md", "content/posts/a.md"]);
    }

    #[test]
    fn many_posts_are_shared_among_threads_and_none_is_lost() {
        let site = folder(&[]);
        for n in 0..1_000 {
            let text = format!("---\ntitle: Post {n}\ndate: 2020-01-01\n---\n\nbody\n");
            site.put(&format!("content/posts/{n:04}.md"), text.as_bytes());
        }
        let posts = index(site.path(), &hugo());
        assert_eq!(posts.len(), 1_000);
        assert!(posts.windows(2).all(|pair| pair[0].path > pair[1].path));
        assert_eq!(posts[0].row.title, "Post 999");
    }
}
