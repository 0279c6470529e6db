"""Every page there is, in the order of the menu. The first that is open to a role is that role's home."""

from pages.administrators import account_change, account_details, accounts, agreements, audit, invite, weights
from pages.coordinators import (
    bring_in,
    meeting,
    meetings,
    members,
    minuting,
    referrals,
    restriction,
    signing_in,
)
from pages.everyone import account, form, home, papers, submission
from pages.leads import quarterly_return
from pages.managers import cohort, disclosures, emergencies, figure
from pages.parts.navigation import Page
from pages.practitioners import child, children, emergency, referral, score, who_has_seen

PAGES: tuple[Page, ...] = (
    home.PAGE,
    children.PAGE,
    referrals.PAGE,
    meetings.PAGE,
    papers.PAGE,
    cohort.PAGE,
    quarterly_return.PAGE,
    figure.PAGE,
    child.PAGE,
    form.PAGE,
    submission.PAGE,
    referral.PAGE,
    meeting.PAGE,
    members.PAGE,
    signing_in.PAGE,
    minuting.PAGE,
    score.PAGE,
    who_has_seen.PAGE,
    restriction.PAGE,
    emergency.PAGE,
    emergencies.PAGE,
    disclosures.PAGE,
    bring_in.PAGE,
    accounts.PAGE,
    weights.PAGE,
    account_details.PAGE,
    account_change.PAGE,
    invite.PAGE,
    agreements.PAGE,
    audit.PAGE,
    account.PAGE,
)
