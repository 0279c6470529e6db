"""Every page there is, in the order of the menu. The first that is open to a role is that role's home.

A page that is in no group stands by itself, before the groups: what is opened many times a day is one click away.
"""

from pages.administrators import (
    account_change,
    account_details,
    accounts,
    agreements,
    audit,
    invite,
    settings,
    weight_preview,
    weights,
)
from pages.coordinators import (
    access_list,
    bring_in,
    leaving,
    measures,
    meeting,
    meetings,
    members,
    minuting,
    nominations,
    nrm_oversight,
    protection,
    referrals,
    restriction,
    reviews,
    signing_in,
)
from pages.everyone import account, form, home, minutes, papers, submission
from pages.leads import differences, population, quarterly_return
from pages.managers import cohort, disclosures, emergencies, figure, keeping_lists, language, new_accounts
from pages.parts.navigation import Page
from pages.practitioners import (
    action,
    actions,
    child,
    children,
    concern,
    concern_edit,
    concern_link,
    concerns,
    emergency,
    flags,
    link_map,
    measure,
    missing,
    nomination,
    nrm,
    over_time,
    own_copy,
    referral,
    review,
    rights,
    score,
    who_has_seen,
)

GROUPS: dict[str, tuple[Page, ...]] = {
    "Referrals and concerns": (
        referrals.PAGE, nrm_oversight.PAGE, concerns.PAGE,
        referral.PAGE, nrm.PAGE, concern.PAGE, concern_edit.PAGE, concern_link.PAGE, nomination.PAGE, nominations.PAGE,
        measure.PAGE, measures.PAGE,
    ),
    "Meetings and actions": (
        meetings.PAGE, papers.PAGE, actions.PAGE, reviews.PAGE,
        meeting.PAGE, members.PAGE, signing_in.PAGE, minuting.PAGE, minutes.PAGE, action.PAGE, review.PAGE, leaving.PAGE,
    ),
    "Figures": (cohort.PAGE, quarterly_return.PAGE, language.PAGE, population.PAGE, differences.PAGE, figure.PAGE),
    "Access and sharing": (
        emergencies.PAGE, access_list.PAGE, disclosures.PAGE, keeping_lists.PAGE, audit.PAGE, new_accounts.PAGE,
    ),
    "Settings": (
        bring_in.PAGE, accounts.PAGE, weights.PAGE, agreements.PAGE, settings.PAGE, account.PAGE,
        weight_preview.PAGE, account_details.PAGE, account_change.PAGE, invite.PAGE,
    ),
}  # fmt: skip
"""With the pages that are reached from theirs, so that the menu says where one is. A child's own are in none."""

PAGES: tuple[Page, ...] = (
    home.PAGE,
    children.PAGE,
    *(page for pages in GROUPS.values() for page in pages),
    child.PAGE,
    form.PAGE,
    submission.PAGE,
    link_map.PAGE,
    flags.PAGE,
    missing.PAGE,
    score.PAGE,
    over_time.PAGE,
    who_has_seen.PAGE,
    rights.PAGE,
    own_copy.PAGE,
    restriction.PAGE,
    protection.PAGE,
    emergency.PAGE,
)
