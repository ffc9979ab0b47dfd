//! Whether a post of a site will appear there: what stands against it, said in the writer's language.

mod words;

use std::ops::Range;

use jiff::Zoned;
use postwright_markdown::{Dialect, Look};
use postwright_post::appearing::{self, Finding, Leads, Looked};
use postwright_post::front_matter::{self, Problem};
use postwright_post::{TextChange, plan};
use postwright_wire::{self as wire, FindingLevel, Language, Mend, TextFinding};

use crate::known_site::KnownSite;
use crate::publishing::in_zone_of;
use crate::seen_posts::SeenPosts;
use crate::text::PostText;
use crate::{convert, messages};

/// A post of a site that is looked at.
pub(crate) struct PostOfSite<'a> {
    pub(crate) site: &'a KnownSite,
    /// Its path in the site.
    pub(crate) path: &'a str,
    /// Its text, and the same as a whole.
    pub(crate) text: &'a PostText,
    pub(crate) source: &'a str,
    pub(crate) dialect: &'a Dialect,
    pub(crate) now: &'a Zoned,
    pub(crate) language: Language,
}

impl PostOfSite<'_> {
    /// What stands against its appearing, and where its links lead to no post of the site.
    pub(crate) fn findings(&self, look: &Look) -> Vec<TextFinding> {
        let mut found: Vec<TextFinding> =
            front_matter_problem(self.source, self.text, Some(self.site), self.language)
                .into_iter()
                .collect();
        let standing = against(self.site, self.path, self.source, self.now);
        found.extend(standing.iter().map(|finding| self.told(finding)));
        let Some(seen) = self.site.seen_posts(self.now) else { return found };
        found.extend(self.twin(&seen));
        found.extend(look.links.iter().filter_map(|(link, place)| self.broken(&seen, link, place)));
        found
    }

    fn told(&self, finding: &Finding) -> TextFinding {
        let words = words::of(&finding.kind, self.language);
        let [mend, other_mend] = mends(finding, self.text, self.language);
        let level = level(finding.kind.level());
        let found = self.found(level, finding.kind.code(), words.message, &finding.span);
        TextFinding { mend, other_mend, ..found }
    }

    fn twin(&self, seen: &SeenPosts) -> Option<TextFinding> {
        let twin = seen.map.twin_of(self.path)?;
        let url = twin.url.as_deref().unwrap_or_default();
        Some(self.found(
            FindingLevel::Error,
            "same_address",
            words::same_address(&twin.path, url, self.language),
            &(0..0),
        ))
    }

    fn broken(&self, seen: &SeenPosts, link: &str, place: &Range<usize>) -> Option<TextFinding> {
        let written = self.source.get(place.clone()).unwrap_or_default();
        // Where a macro makes the target, the macro's own findings speak.
        if written.contains("{{") || written.contains("{%") {
            return None;
        }
        match seen.map.leads(self.path, link) {
            Leads::Nowhere { ends_the_build } if !self.is_a_file(link) => {
                let level = if ends_the_build { FindingLevel::Error } else { FindingLevel::Warning };
                Some(self.found(level, "broken_link", words::broken_link(link, self.language), place))
            }
            Leads::ToPost { path, fragment: Some(fragment) } if path != self.path => {
                let is_there = seen.has_id(path, &fragment, self.dialect);
                let message = || words::broken_heading(path, &fragment, self.language);
                (!is_there).then(|| self.found(FindingLevel::Warning, "broken_heading", message(), place))
            }
            _ => None,
        }
    }

    /// Whether a link leads to something that the site copies as it is.
    fn is_a_file(&self, link: &str) -> bool {
        let path = link.split(['?', '#']).next().unwrap_or_default();
        let root = self
            .site
            .root
            .join(self.site.profile().map_or("", |profile| &profile.image_places.static_folder));
        path.strip_prefix('/').is_some_and(|path| root.join(path).exists())
    }

    fn found(&self, level: FindingLevel, code: &str, message: String, place: &Range<usize>) -> TextFinding {
        TextFinding {
            level,
            code: code.to_owned(),
            message,
            from: self.text.position_of(place.start),
            to: self.text.position_of(place.end),
            place: None,
            mend: None,
            other_mend: None,
        }
    }
}

/// The ways in which a finding is mended, the usual one first.
fn mends(finding: &Finding, text: &PostText, language: Language) -> [Option<Mend>; 2] {
    let words = words::of(&finding.kind, language);
    let mend = |label: &str, changes: &[TextChange]| {
        (!changes.is_empty()).then(|| Mend { label: label.to_owned(), changes: text.on_the_wire(changes) })
    };
    [mend(words.mend, &finding.mend), mend(words::in_latin_letters(language), &finding.other_mend)]
}

/// What stands against the appearing of a text at a path of a site.
fn against(site: &KnownSite, path: &str, source: &str, now: &Zoned) -> Vec<Finding> {
    let (Some(rules), Some(profile)) = (site.rules(), site.profile()) else { return Vec::new() };
    let now = in_zone_of(profile, now);
    let names_zone = profile.time_zone.is_some();
    appearing::findings(&Looked { text: source, path, rules: &rules, names_zone, now: &now })
}

/// The same for a text that would be published, without places; and whether another post has its address. `own` is the
/// writer's text that the plan was made of, if it may be mended.
pub(crate) fn of_plan(
    site: &KnownSite,
    planned: &plan::Plan,
    own: Option<&str>,
    now: &Zoned,
    language: Language,
) -> Vec<wire::Finding> {
    let line_of = |finding: &Finding| {
        let head = &planned.text[..finding.span.start];
        (!finding.span.is_empty()).then(|| convert::small(head.matches('\n').count() + 1))
    };
    let standing = against(site, &planned.path, &planned.text, now);
    // The plan completes the writer's text: what is to be said of both is mended in the writer's.
    let own_text = PostText::new(own.unwrap_or_default());
    let of_own = own.map_or_else(Vec::new, |own| against(site, &planned.path, own, now));
    let mends_of = |finding: &Finding| {
        let same = of_own.iter().find(|other| other.kind == finding.kind);
        same.map_or_else(Vec::new, |same| mends(same, &own_text, language).into_iter().flatten().collect())
    };
    // The plan itself says where no post can lie.
    let is_nameless = planned.obstacle == Some(plan::Obstacle::EmptySlug);
    let is_news = |finding: &&Finding| match finding.kind.code() {
        "passed_over" => false,
        "name_not_portable" | "empty_slug" => !is_nameless || !finding.span.is_empty(),
        _ => true,
    };
    let mut found: Vec<wire::Finding> = standing
        .iter()
        .filter(is_news)
        .map(|finding| wire::Finding {
            level: level(finding.kind.level()),
            code: finding.kind.code().to_owned(),
            message: words::of(&finding.kind, language).message,
            line: line_of(finding),
            mends: mends_of(finding),
        })
        .collect();
    found.extend(own.and_then(|own| problem_of_plan(own, &own_text, site, language)));
    let seen = site.seen_posts(now);
    let twin = seen.as_ref().zip(planned.url.as_deref()).and_then(|(seen, url)| seen.map.post_with(url));
    if let Some(twin) = twin.filter(|twin| twin.path != planned.path) {
        let url = twin.url.as_deref().unwrap_or_default();
        let message = words::same_address(&twin.path, url, language);
        found.push(wire::Finding {
            level: FindingLevel::Error,
            code: "same_address".to_owned(),
            message,
            line: None,
            mends: Vec::new(),
        });
    }
    found
}

/// A front matter that cannot be read keeps a plan from being written; it is told here, too, where a mend is sure.
fn problem_of_plan(
    own: &str,
    text: &PostText,
    site: &KnownSite,
    language: Language,
) -> Option<wire::Finding> {
    let line = front_matter::read(own).problem.map(|problem| convert::small(problem.line));
    let TextFinding { level, code, message, mend, .. } =
        front_matter_problem(own, text, Some(site), language)?;
    Some(wire::Finding { level, code, message, line, mends: vec![mend?] })
}

/// Why a front matter cannot be read, with the mend where one is sure.
pub(crate) fn front_matter_problem(
    source: &str,
    text: &PostText,
    site: Option<&KnownSite>,
    language: Language,
) -> Option<TextFinding> {
    let problem = front_matter::read(source).problem?;
    let rules = site.and_then(KnownSite::rules);
    let level_of = |rules| level(appearing::level_of_problem(&problem.reason, rules));
    let from = position_of(&problem, source, text);
    let mend = appearing::quoted(source, &problem).map(|change| Mend {
        label: words::put_into_quotes(language).to_owned(),
        changes: text.on_the_wire(&[change]),
    });
    Some(TextFinding {
        level: rules.as_ref().map_or(FindingLevel::Error, level_of),
        code: "front_matter".to_owned(),
        message: messages::front_matter_reason(&problem.reason, language),
        from,
        to: from,
        place: None,
        mend,
        other_mend: None,
    })
}

fn position_of(problem: &Problem, source: &str, text: &PostText) -> u32 {
    let lines = source.split_inclusive('\n').take(problem.line.saturating_sub(1));
    let start: usize = lines.map(str::len).sum();
    text.position_of(start) + convert::small(problem.column.saturating_sub(1))
}

fn level(level: plan::FindingLevel) -> FindingLevel {
    match level {
        plan::FindingLevel::Note => FindingLevel::Note,
        plan::FindingLevel::Warning => FindingLevel::Warning,
        plan::FindingLevel::Error => FindingLevel::Error,
    }
}
