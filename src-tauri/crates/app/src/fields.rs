//! The details form: changes of fields, the fields that a site uses, where a post is or would be.

use jiff::civil::DateTime;
use postwright_post::front_matter::{self, Kind, Operation, Value};
use postwright_post::plan::{self, Choices, PlanInput};
use postwright_post::profile::{DateForm, Profile};
use postwright_wire::{self as wire, SiteId, Stale};

use crate::failure::Failure;
use crate::open_post::OpenPost;
use crate::publishing::in_zone_of;
use crate::{Core, convert, lock};

impl Core {
    /// The changes that change a front matter field.
    pub(crate) fn change_field(&self, change: &wire::ChangeField) -> Result<wire::FieldChanges, Failure> {
        let post = self.open(change.post)?;
        let post = lock(&post);
        if change.base != post.revision {
            return Ok(wire::FieldChanges::Stale(Stale { revision: post.revision }));
        }
        let text = post.text.to_string();
        let path = change.path.as_slice();
        let set = |value: &Value, kind| {
            front_matter::edit(&text, &Operation::Set { path, value, kind }, post.key_case())
        };
        let changes = match &change.change {
            wire::FieldChange::Value(value) => set(&convert::value_for_post(value), Kind::Text),
            wire::FieldChange::Number(number) => set(&Value::Text(number.clone()), Kind::Number),
            wire::FieldChange::Lines(lines) => set(&Value::Text(lines.clone()), Kind::Lines),
            wire::FieldChange::Date(at) => {
                let date = self.date_for(&post, &text, at.as_deref());
                set(&Value::Text(date), Kind::Date)
            }
            wire::FieldChange::DateAsWritten(date) => set(&Value::Text(date.clone()), Kind::Date),
            wire::FieldChange::Key(to) => {
                front_matter::edit(&text, &Operation::Rename { path, to }, post.key_case())
            }
        };
        let named = || change.path.join(".");
        let changes = changes.map_err(|error| Failure::FrontMatter { field: named(), error })?;
        Ok(wire::FieldChanges::Changes(post.text.on_the_wire(&changes)))
    }

    /// A date in the form that the posts of the site have, in the site's zone: a day and a time of the writer's, or now.
    fn date_for(&self, post: &OpenPost, text: &str, at: Option<&str>) -> String {
        let known = post.site().and_then(|site| self.known_site(site).ok());
        let profile = known.as_ref().and_then(|known| known.profile());
        let now = profile.map_or_else(|| self.now(), |profile| in_zone_of(profile, &self.now()));
        let wanted = at.and_then(|at| at.parse::<DateTime>().ok());
        let moment = wanted.and_then(|wanted| wanted.to_zoned(now.time_zone().clone()).ok()).unwrap_or(now);
        plan::written_date(&moment, date_form(profile, text))
    }

    /// The fields that the posts of a post's site have.
    pub(crate) fn usual_fields(&self, ask: &wire::UsualFields) -> Result<wire::UsualFieldList, Failure> {
        let post = self.open(ask.post)?;
        let site = lock(&post).site().or(ask.site);
        let Some(site) = site else { return Ok(wire::UsualFieldList::default()) };
        let known = self.known_site(site)?;
        let fields = known.profile().map(|profile| convert::usual_fields(&profile.new_posts.fields));
        Ok(wire::UsualFieldList { fields: fields.unwrap_or_default() })
    }

    /// Where a post is or would be published, and under which address.
    pub(crate) fn find_address(&self, ask: &wire::FindAddress) -> Result<wire::PostAddress, Failure> {
        let post = self.open(ask.post)?;
        let (text, link) = {
            let post = lock(&post);
            (post.text.to_string(), post.link().map(|link| (link.site, link.path.clone())))
        };
        let site: Option<SiteId> = link.as_ref().map(|(site, _)| *site).or(ask.site);
        let Some(site) = site else { return Ok(wire::PostAddress::default()) };
        let known = self.known_site(site)?;
        let Some(profile) = known.profile() else { return Ok(wire::PostAddress::default()) };
        let found = plan::address(&PlanInput {
            text: &text,
            profile,
            source: None,
            choices: Choices { path: link.map(|(_, path)| path), ..Choices::default() },
            now: in_zone_of(profile, &self.now()),
            images: &[],
            exists: &|_| false,
        });
        Ok(wire::PostAddress { path: Some(found.path), url: found.url, slug: Some(found.slug) })
    }
}

fn date_form(profile: Option<&Profile>, text: &str) -> DateForm {
    let format = front_matter::split(text).format;
    profile.map_or(DateForm::Rfc3339, |profile| profile.new_posts.date_form.within(format))
}
