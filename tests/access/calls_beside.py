"""The calls of `tests.access.calls` that reach what stands beside a child's forms: actions, reviews, flags, NRM referrals,
concerns, rights, the meeting's files, the cohort and the return.
"""

from __future__ import annotations

from data import clock, cohort, my_day, settings, to_put_right
from data.after_meeting import action_list, actions, flags, leaving, review_list, reviews
from data.answers import disputes, language
from data.bring_in import population
from data.child import child_over_time, missing, national_referrals, referrer_told
from data.concern import concern_links, concerns, disruption, link_map, nominations
from data.meeting import attendance, calendar_file, chairs, minutes_signing, papers
from data.quarters import Quarter
from data.returns import (
    locked_returns,
    return_differences,
    return_files,
    return_lock,
    return_publication,
    return_report,
)
from data.rights import deletion, own_copy, retention
from data.rights.certificate import certificate
from data.rights.keeping_lists import read_keeping_lists
from data.rights.own_copy_file import copy_as_pdf, copy_as_word
from data.scores import weight_preview, weight_use
from forms import population as population_file
from forms.language import PHRASES
from tests.access.world import A_DISPUTE, HERE, REASON, Calls, World
from tests.concern.typed import A_LINK, A_MEASURE, A_NOMINATION, A_PERSON, ACCEPTED, FED_BACK, NRM_AT
from tests.filled_in import A_FLAG, A_REQUEST, A_SENDING, AN_EXCEPTION, LONGER, REMOVED, on

CHILDREN_LIVING = f"{','.join(population_file.COLUMNS)}\nLiverpool,2026,10000,5000,5000,8000,500,500,500,500"


def about_the_child(world: World) -> Calls:
    """What ends something comes last."""
    child, episode, today = world.child_id, world.episode_id, on(clock.today())
    return {
        "after_meeting.actions.people_to_ask": lambda a: actions.people_to_ask(a, "action3"),
        "after_meeting.actions.read_action": lambda a: actions.read_action(a, "action3"),
        "after_meeting.actions.carry_over": lambda a: actions.carry_over(a, "action3", LONGER),
        "after_meeting.actions.assign": lambda a: actions.assign(a, "action3", world.newcomer.account_id),
        "child.child_over_time.read_over_time": lambda a: child_over_time.read_over_time(a, child),
        "concern.concern_links.link_child": lambda a: concern_links.link_child(
            a, world.concern_id, child, A_LINK
        ),
        "answers.disputes.disputes_of": lambda a: disputes.disputes_of(a, child),
        "answers.disputes.raise_dispute": lambda a: disputes.raise_dispute(
            a, "screening", world.record_id, A_DISPUTE
        ),
        "answers.disputes.answer": lambda a: disputes.answer(a, world.dispute_id, "let stand", REASON),
        "rights.deletion.deletion_of": lambda a: deletion.deletion_of(a, child),
        "after_meeting.flags.read_flags": lambda a: flags.read_flags(a, child),
        "after_meeting.flags.place": lambda a: flags.place(a, child, A_FLAG | {"system": "leds"}),
        "after_meeting.flags.keep": lambda a: flags.keep(
            a, world.flag_id, {"review_on": today, "reason": REASON}
        ),
        "after_meeting.flags.remove": lambda a: flags.remove(a, world.flag_id, REMOVED),
        "after_meeting.flags.expire": lambda a: flags.expire(a, "flag1"),
        "answers.language.keep_words": lambda a: language.keep_words(
            a, world.own_draft, ("", "", "explanation"), PHRASES[0].key
        ),
        "concern.link_map.read_link_map": lambda a: link_map.read_link_map(a, child_id=child),
        "child.missing.read_missing": lambda a: missing.read_missing(a, child),
        "child.missing.save_attendance": lambda a: missing.save_attendance(
            a, child, {"occasion": "review", "as_of": today, "timetable": "part_time"}
        ),
        "child.missing.save_episode": lambda a: missing.save_episode(
            a, child, {"missing_from": "home", "from_on": today}
        ),
        "child.national_referrals.read_nrm": lambda a: national_referrals.read_nrm(a, child, world.nrm_id),
        "child.national_referrals.save_nrm": lambda a: national_referrals.save_nrm(
            a, child, clock.new_id(), NRM_AT["referred"], 0
        ),
        "rights.retention.retention_of": lambda a: retention.retention_of(a, child),
        "rights.retention.hold": lambda a: retention.hold(a, child, REASON),
        "rights.retention.lift_hold": lambda a: retention.lift_hold(a, child, REASON),
        "after_meeting.reviews.read_review": lambda a: reviews.read_review(a, episode),
        "after_meeting.reviews.bring_forward": lambda a: reviews.bring_forward(
            a, episode, {"reason": REASON, "review_by": today}
        ),
        "after_meeting.reviews.vary": lambda a: reviews.vary(
            a, episode, {"review_by": today, "reason": REASON, "decided_by": "Chair Made-Up"}
        ),
        "rights.own_copy.begin": lambda a: own_copy.begin(a, child, A_REQUEST),
        "rights.own_copy.copies_of": lambda a: own_copy.copies_of(a, child),
        "rights.own_copy.read_copy": lambda a: own_copy.read_copy(a, world.copy_id),
        "rights.own_copy.strike": lambda a: own_copy.strike(a, world.copy_id, [world.line], "others"),
        "rights.own_copy.give_back": lambda a: own_copy.give_back(a, world.copy_id, [world.line]),
        "rights.own_copy.copy_to_write": lambda a: own_copy.copy_to_write(a, world.copy_id),
        "rights.own_copy_file.copy_as_word": lambda a: copy_as_word(a, world.copy_id),
        "rights.own_copy_file.copy_as_pdf": lambda a: copy_as_pdf(a, world.copy_id),
        "rights.own_copy.send": lambda a: own_copy.send(
            a, world.to_send_copy.get(a.account_id, world.copy_id), A_SENDING
        ),
        "rights.own_copy.move": lambda a: own_copy.move(
            a, own_copy.begin(a, child, A_REQUEST), "ask for approval"
        ),
        "after_meeting.leaving.read_episode": lambda a: leaving.read_episode(a, episode),
    }


def about_leaving(world: World) -> Calls:
    """After everything else about the child, who is in oversight no longer."""
    return {
        "after_meeting.leaving.close_by_exception": lambda a: leaving.close_by_exception(
            a, world.episode_id, AN_EXCEPTION | {"open_actions": "go_on"}
        ),
    }


def about_lists(world: World) -> Calls:
    today = clock.today()
    shown = cohort.read_view(world.people["operator"], "glance", (HERE,), today)
    return {
        "after_meeting.action_list.list_actions": lambda a: action_list.list_actions(a, action_list.Wanted()),
        "cohort.cut_named": lambda a: cohort.cut_named(a, HERE, today, "open"),
        "cohort.note_export": lambda a: cohort.note_export(a, shown),
        "cohort.read_view": lambda a: cohort.read_view(a, "glance", (HERE,), today),
        "after_meeting.flags.due": lambda a: flags.due(a),
        "answers.language.counts": lambda a: language.counts(a),
        "my_day.my_day": lambda a: my_day.my_day(a),
        "child.national_referrals.oversee_nrm": lambda a: national_referrals.oversee_nrm(a),
        "child.referrer_told.told": lambda a: referrer_told.told(a),
        "child.referrer_told.told_about": lambda a: referrer_told.told_about(a, world.referrals[0]),
        "after_meeting.review_list.list_reviews": lambda a: review_list.list_reviews(a, "all"),
        "bring_in.population.bring_in": lambda a: population.bring_in(a, CHILDREN_LIVING, "Made-up"),
        "bring_in.population.populations": lambda a: population.populations(a),
        "settings.change": lambda a: settings.change(a, "area", HERE, {"nrm_decided_by": "local"}),
        "settings.in_force": lambda a: settings.in_force(a, HERE),
        "settings.standing": lambda a: settings.standing(a, "area", HERE),
        "scores.weight_preview.preview": lambda a: weight_preview.preview(a, world.weights),
        "scores.weight_use.scores_made_with": lambda a: weight_use.scores_made_with(a, world.weights),
        "scores.weight_use.use_of": lambda a: weight_use.use_of(a, world.weights),
        "rights.certificate.certificate": lambda a: certificate(a, world.carried_out),
        "rights.keeping_lists.read_keeping_lists": lambda a: read_keeping_lists(a),
        "rights.deletion.ask": lambda a: deletion.ask(a, world.to_delete_id, REASON),
        "rights.deletion.withdraw": lambda a: deletion.withdraw(a, world.to_withdraw),
        "rights.deletion.refuse": lambda a: deletion.refuse(a, world.to_refuse, REASON),
        "rights.deletion.carry_out": lambda a: deletion.carry_out(
            a, world.to_carry_out.get(a.account_id, world.asked_for)
        ),
    }


def about_concerns(world: World) -> Calls:
    here = world.concern_id
    return {
        "after_meeting.flags.place_on_concern": lambda a: flags.place_on_concern(a, here, A_FLAG),
        "after_meeting.flags.read_concern_flags": lambda a: flags.read_concern_flags(a, here),
        "concern.concern_links.link_other": lambda a: concern_links.link_other(
            a, here, world.other_concern_id, A_LINK
        ),
        "concern.concern_links.read_concern_page": lambda a: concern_links.read_concern_page(a, here),
        "concern.concerns.add_concern": lambda a: concerns.add_concern(
            a, clock.new_id(), A_PERSON | {"name": "Another"}, True
        ),
        "concern.concerns.approve_label": lambda a: concerns.approve_label(a, world.place_id, REASON),
        "concern.concerns.change_concern": lambda a: concerns.change_concern(
            a, here, A_PERSON | {"name": "Other"}, 1
        ),
        "concern.concerns.read_concern": lambda a: concerns.read_concern(a, here),
        "concern.concerns.search_concerns": lambda a: concerns.search_concerns(a, "Made-Up"),
        "concern.disruption.measures": lambda a: disruption.measures(a),
        "concern.disruption.read_measure": lambda a: disruption.read_measure(a, None, world.measure_id),
        "concern.disruption.save_measure": lambda a: disruption.save_measure(
            a, here, world.measure_id, A_MEASURE, 1
        ),
        "concern.concern_links.remove_link": lambda a: concern_links.remove_link(
            a, world.concern_link_id, REASON
        ),
        "concern.nominations.accept": lambda a: nominations.accept(a, world.to_decide, ACCEPTED),
        "concern.nominations.decline": lambda a: nominations.decline(a, world.to_turn_down, REASON),
        "concern.nominations.feed_back": lambda a: nominations.feed_back(a, world.decided, FED_BACK),
        "concern.nominations.nominate": lambda a: nominations.nominate(a, here, clock.new_id(), A_NOMINATION),
        "concern.nominations.nominations": lambda a: nominations.nominations(a),
        "concern.nominations.read_nomination": lambda a: nominations.read_nomination(a, None, world.decided),
        "concern.concerns.move_concern": lambda a: concerns.move_concern(
            a, world.other_concern_id, "close", REASON
        ),
    }


def about_meetings(world: World) -> Calls:
    meeting, agreed = world.meeting_id, world.agreed_id
    return {
        "meeting.attendance.say_not_there": lambda a: attendance.say_not_there(
            a, meeting, "early_help", "absent"
        ),
        "meeting.attendance.seats": lambda a: attendance.seats(a, meeting),
        "meeting.calendar_file.meeting_as_calendar": lambda a: calendar_file.meeting_as_calendar(a, meeting),
        "meeting.chairs.chairs": lambda a: chairs.chairs(a, meeting),
        "meeting.chairs.name_chair": lambda a: chairs.name_chair(a, meeting, "police", name="Chair Made-Up"),
        "meeting.chairs.people_to_chair": lambda a: chairs.people_to_chair(a, meeting, "police"),
        "meeting.minutes_signing.signing": lambda a: minutes_signing.signing(a, meeting),
        "meeting.minutes_signing.sign": lambda a: minutes_signing.sign(a, agreed, "police", "On paper"),
        "meeting.minutes_signing.sign, as the chair named": lambda a: minutes_signing.sign(
            a, agreed, "social_care"
        ),
        "meeting.minutes_signing.correct": lambda a: minutes_signing.correct(a, agreed, REASON),
        "meeting.minutes_signing.agree_correction": lambda a: minutes_signing.agree_correction(a, agreed),
        "meeting.papers.agencies_invited": lambda a: papers.agencies_invited(a, meeting),
        "meeting.papers.papers_as_word": lambda a: papers.papers_as_word(a, meeting, "police"),
    }


def about_returns(world: World) -> Calls:
    """Of a quarter that is locked, and of this one, which is a draft."""
    locked, now, here = world.locked, Quarter.of(clock.today()), [HERE]
    return {
        "returns.locked_returns.life_of": lambda a: locked_returns.life_of(a, locked),
        "returns.locked_returns.read_locked": lambda a: locked_returns.read_locked(a, locked, here),
        "returns.return_differences.explain": lambda a: return_differences.explain(a, locked, here),
        "returns.return_files.asked_for": lambda a: return_files.asked_for(a, now, here),
        "returns.return_files.to_send_out": lambda a: return_files.to_send_out(a, now, here, "draft", "word"),
        "returns.return_lock.begin_correction": lambda a: return_lock.begin_correction(a, locked, REASON),
        "returns.return_lock.drop_correction": lambda a: return_lock.drop_correction(a, locked),
        "returns.return_lock.lock": lambda a: return_lock.lock(
            a, world.to_lock, world.seen(), although_not_whole=True
        ),
        "returns.return_publication.publish": lambda a: return_publication.publish(a, locked),
        "returns.locked_returns.read_published": lambda a: locked_returns.read_published(a, locked, here),
        "returns.return_report.make_word": lambda a: return_report.make_word(a, now, here),
        "returns.return_report.make_pdf": lambda a: return_report.make_pdf(a, now, here),
        "to_put_right.to_put_right": lambda a: to_put_right.to_put_right(a, now, HERE),
    }


def all_but_the_child(world: World) -> Calls:
    return about_lists(world) | about_concerns(world) | about_meetings(world) | about_returns(world)
