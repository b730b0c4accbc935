"""Who may see a post on the pages: what is open to all, and of everything else not even that it is
there. And the list of all doors: each route that can show a post has its test."""

import re
from pathlib import Path

from framework import ap, check
from framework.case import run
from framework.node import ROOT, Node

HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
OPEN = ("public", "unlisted")
VISIBILITIES = (*OPEN, "private", "direct")
ABSENT = "1234567890123456"

# Every GET route of a node: the functional test that asks it for posts that are not for everybody,
# or None where it shows no post.
READ_OTHERWISE = {"prefix", 'prefix + "/outbox"', 'prefix + "/followers"', 'prefix + "/following"',
                  'prefix + "/featured"', "pattern"}
API, AP, WEB, LEMMY = "api_visibility.py", "fed_documents.py", "web_visibility.py", "api_lemmy.py"
DOORS = {
    "/": WEB, "/@:name": WEB, "/@:name/:id": WEB, "/tags/:name": "web_pages.py", "/c/:name": WEB, "/u/:name": AP,
    "/post/:id": AP, "/post/:id/context": AP, "/post/:id/likes": AP, "/post/:id/replies": AP,
    "/post/:id/shares": AP, "/activity/:id": AP, "/activity/:id/:part": AP,
    "/u/:name/outbox": AP, "/c/:name/outbox": AP, "/u/:name/featured": AP, "/c/:name/featured": AP,
    "/communities": "group_discovery.py", "/api/kith/v1/groups": "group_discovery.py", "/api/kith/v1/group_topics": "group_discovery.py",
    "/api/kith/v1/groups/:id/similar": "group_discovery.py", "/api/kith/v1/groups/:id/help": "group_discovery.py",
    "/api/v1/accounts/:id/statuses": API, "/api/v1/notifications": API,
    "/api/v1/notifications/:id": API, "/api/v1/statuses": API, "/api/v1/statuses/:id": API,
    "/api/v1/statuses/:id/context": API, "/api/v1/statuses/:id/favourited_by": API,
    "/api/v1/statuses/:id/history": API, "/api/v1/statuses/:id/reblogged_by": API,
    "/api/v1/statuses/:id/source": API, "/api/v1/timelines/home": API, "/api/v1/polls/:id": API,
    "/api/v1/timelines/public": API, "/api/v1/timelines/tag/:tag": API, "/api/v2/search": API,
    "/api/kith/v1/statuses/:id/delivery": "ops_sight.py",
    "/api/v1/statuses/:id/quotes": "fed_quotes.py",
    "/post/:id/quote_authorizations/:quoting_id": "fed_quotes.py",
    "/api/v1/admin/reports": "fed_reports.py", "/api/v1/admin/reports/:id": "fed_reports.py",
    # Actors and their relations
    "/u/:name/followers_synchronization": None, "/u/:name/followers": None, "/u/:name/following": None, "/c/:name/followers": None,
    "/c/:name/following": None, "/c/:name/moderators": None, "/c/:name/team": "web_team.py", "/c/:name/thread": "group_moves.py",
    "/c/:name/moving/:part": "evil_15_move_is_reciprocal.py", "/api/kith/v1/groups/:id/move": "group_moves.py", "/actor": None,
    "/api/kith/v1/groups/:id/threads": "group_answers.py", "/api/kith/v1/statuses/:id/thread": "group_answers.py",
    "/actor/outbox": None, "/actor/followers": None, "/actor/following": None,
    "/actor/featured": None, "/api/v1/accounts": None, "/api/v1/accounts/:id": None,
    "/api/v1/accounts/:id/followers": None, "/api/v1/accounts/:id/following": None,
    "/api/v1/accounts/lookup": None, "/api/v1/accounts/relationships": None,
    "/api/v1/accounts/search": None, "/api/v1/accounts/verify_credentials": None,
    "/api/v1/blocks": None, "/api/v1/follow_requests": None, "/api/v1/mutes": None,
    "/api/v1/preferences": None,
    # The node itself, signing in, the operator
    "/.well-known/host-meta": None, "/.well-known/nodeinfo": None,
    "/.well-known/oauth-authorization-server": None, "/.well-known/webfinger": None,
    "/nodeinfo/2.0": None, "/nodeinfo/2.0.json": None, "/nodeinfo/2.1": None,
    "/nodeinfo/2.1.json": None, "/api/v1/apps/verify_credentials": None, "/api/v1/instance": None,
    "/api/v1/instance/peers": None, "/api/v2/instance": None, "/oauth/authorize": None,
    "/auth/sign_in": None, "/assets/avatar.png": None, "/assets/header.png": None,
    "/assets/kith.css": None, "/assets/icon.svg": None, "/health": None, "/health/live": None, "/health/ready": None,
    "/metrics": None, "/api/kith/v1/admin/peers": None, "/api/kith/v1/admin/peers/:host": None,
    "/api/kith/v1/admin/refusals": None, "/api/kith/v1/severances/:id": None,
    "/api/v1/admin/domain_blocks": None, "/api/v1/admin/domain_blocks/:id": None,
    "/api/v1/admin/domain_allows": None, "/api/v1/admin/domain_allows/:id": None,
    "/api/v1/instance/domain_blocks": None, "/u/:name/tags": None,
    "/api/v1/accounts/:id/featured_tags": None, "/api/v1/featured_tags": None,
    "/api/v1/featured_tags/suggestions": None,
    # What members keep for themselves, and pictures
    "/api/v1/bookmarks": "api_personal.py", "/api/v1/favourites": "api_personal.py",
    "/api/v1/conversations": "api_tags.py", "/api/v1/timelines/list/:id": "api_lists.py",
    "/api/v1/accounts/:id/endorsements": None, "/api/v1/endorsements": None,
    "/api/v1/accounts/familiar_followers": None, "/api/v1/domain_blocks": None, "/api/v1/markers": None,
    "/api/v1/lists": None, "/api/v1/lists/:id": None, "/api/v1/lists/:id/accounts": None,
    "/api/v1/accounts/:id/lists": None, "/api/v1/tags/:name": None, "/api/v1/followed_tags": None,
    "/api/v1/scheduled_statuses": None, "/api/v1/scheduled_statuses/:id": None,
    "/api/v1/media/:id": None, "/media/:folder/:name": None, "/proxy/:signature/:url": None,
    # Filters, grouped notifications, rules about notifications
    "/api/v2/filters": None, "/api/v2/filters/:id": None, "/api/v2/filters/:id/keywords": None,
    "/api/v2/filters/:id/statuses": None, "/api/v2/filters/keywords/:id": None,
    "/api/v2/filters/statuses/:id": None, "/api/v1/filters": None, "/api/v1/filters/:id": None,
    "/api/v2/notifications": API, "/api/v2/notifications/:group_key": "api_notification_groups.py",
    "/api/v2/notifications/:group_key/accounts": None, "/api/v2/notifications/unread_count": None,
    "/api/v1/notifications/unread_count": None, "/api/v2/notifications/policy": None,
    "/api/v1/notifications/requests": "api_notification_policy.py",
    "/api/v1/notifications/requests/:id": "api_notification_policy.py",
    "/api/v1/notifications/requests/merged": None,
    # What the operators say, who wants to be found
    "/api/v1/announcements": None, "/api/v1/instance/rules": None,
    "/api/v1/instance/extended_description": None, "/api/v1/instance/privacy_policy": None,
    "/api/v1/instance/terms_of_service": None, "/api/v1/instance/terms_of_service/:date": None,
    "/api/v1/directory": None, "/api/v2/suggestions": None, "/api/v1/suggestions": None,
    "/api/oembed": "api_directory.py", "/oauth/userinfo": None,
    # The streams themselves are no routes of the router: api_streaming.py tries them
    "/api/v1/streaming/health": None, "/api/v1/push/subscription": None,
    # Signing up, and what admins see of it
    "/auth/confirm": None, "/auth/sign_up": None, "/auth/password/new": None, "/auth/password/edit": None,
    "/settings/security": None, "/api/v4/account/login/list": None,
    "/api/v1/emails/check_confirmation": None,
    "/api/v1/admin/accounts": None, "/api/v2/admin/accounts": None, "/api/v1/admin/accounts/:id": None,
    "/api/v1/admin/email_domain_blocks": None, "/api/v1/admin/email_domain_blocks/:id": None,
    "/api/v1/admin/ip_blocks": None, "/api/v1/admin/ip_blocks/:id": None,
    "/api/v1/admin/canonical_email_blocks": None, "/api/v1/admin/canonical_email_blocks/:id": None,
    "/api/v1/instance/translation_languages": None,
    "/emoji/:shortcode": None, "/api/v1/custom_emojis": None, "/api/v1/trends": None, "/api/v1/trends/tags": None,
    "/api/v1/trends/statuses": "api_trends.py", "/api/v1/admin/trends/tags": None,
    "/api/v1/admin/trends/statuses": "api_trends.py",
    # Pages that posts link to; what admins count
    "/api/v1/trends/links": None, "/api/v1/admin/trends/links": None, "/api/v1/timelines/link": "api_link_previews.py",
    "/api/v1/profile": None, "/api/v1/instance/activity": None,
    # Moderation of groups names posts and says nothing of them
    "/api/kith/v1/events": "api_events.py", "/api/kith/v1/events/:id": "api_events.py",
    "/api/kith/v1/events/:id/answers": "api_events.py", "/api/kith/v1/groups/:id/events": "api_events.py",
    "/post/:id/event.ics": "web_events.py", "/c/:name/events.ics": "web_events.py",
    "/post/:id/attendees": "evil_47_answers_to_events.py",
    "/api/kith/v1/moderation_log": "group_moderation.py", "/api/kith/v1/groups/:id/moderation_log": "group_moderation.py",
    "/api/kith/v1/groups/:id": None, "/api/kith/v1/groups/:id/requests": None, "/c/:name/tag/:tag": None,
    "/m/:name": None, "/m/:name/outbox": None, "/m/:name/followers": None, "/m/:name/following": None,
    "/api/v4/multi_community": None, "/api/v4/multi_community/list": None, "/api/v4/image/health": None,
    "/api/v4/image/list": None, "/api/v4/account/media/list": None, "/api/v4/post/like/list": "group_settings.py", "/api/v4/comment/like/list": "group_settings.py",
    "/api/kith/v1/groups/:id/moderators": None, "/c/:name/moderation": "group_moderation.py",
    "/api/kith/v1/mail": None, "/mail/stop": None,
    "/c/:name/feed.atom": "web_feeds.py", "/post/:id/feed.atom": "web_feeds.py",
    # Collections of accounts, and a member's own years
    "/collections/:id": None, "/collections/:id/authorizations/:item_id": None, "/api/v1/collections/:id": None,
    "/api/v1/accounts/:id/collections": None, "/api/v1/accounts/:id/in_collections": None,
    "/api/v1/accounts/:id/identity_proofs": None, "/api/v1/timelines/direct": API,
    "/api/v1/annual_reports": "api_collections.py", "/api/v1/annual_reports/:year": "api_collections.py",
    "/api/v1/annual_reports/:year/state": None,
    # What a group's team sees
    "/api/kith/v1/groups/:id/queue": "group_team.py", "/api/kith/v1/groups/:id/reports": "group_team.py",
    "/api/kith/v1/groups/:id/appeals": "group_team.py", "/api/kith/v1/group_acts/:id/appeal": "group_team.py",
    "/api/kith/v1/group_rights": None, "/api/kith/v1/groups/:id/team": None, "/api/kith/v1/groups/:id/care": None,
    "/api/kith/v1/groups/:id/members/:account": None, "/api/kith/v1/groups/:id/requests": None,
    "/api/kith/v1/groups/:id/ban_proposals": None,
    # Lemmy's API
    "/api/v4/account": None, "/api/v4/account/hidden": LEMMY, "/api/v4/account/read": LEMMY,
    "/api/v4/account/liked": LEMMY, "/api/v4/account/notification/list": LEMMY,
    "/api/v4/account/saved": LEMMY, "/api/v4/account/unread_counts": None, "/api/v4/account/validate_auth": None,
    "/api/v4/comment": LEMMY, "/api/v4/comment/list": LEMMY, "/api/v4/comment/list/slim": LEMMY,
    "/api/v4/community": None, "/api/v4/community/list": None, "/api/v4/community/pending_follows/list": None,
    "/api/v4/community/random": None, "/api/v4/federated_instances": None, "/api/v4/modlog": LEMMY,
    "/api/v4/person": None, "/api/v4/person/content": LEMMY, "/api/v4/post": LEMMY, "/api/v4/post/list": LEMMY,
    "/api/v4/account/auth/get_captcha": None, "/api/v4/account/invite/list": None, "/api/v4/account/settings/export": None,
    "/api/v4/admin/registration_application": None, "/api/v4/admin/registration_application/list": None,
    "/api/v4/admin/tagline/list": None, "/api/v4/admin/users": None, "/api/v4/custom_emoji/list": None,
    "/api/v4/comment/like/list": LEMMY, "/api/v4/post/like/list": LEMMY, "/api/v4/person/list": None,
    "/api/v4/post/site_metadata": None,
    "/api/v4/report/list": LEMMY, "/api/v4/resolve_object": LEMMY, "/api/v4/search": LEMMY, "/api/v4/site": None,
    "/api/v3/comment": LEMMY, "/api/v3/comment/list": LEMMY, "/api/v3/comment/report/list": LEMMY, "/api/v3/community": None,
    "/api/v3/community/list": None, "/api/v3/federated_instances": None, "/api/v3/modlog": LEMMY, "/api/v3/post": LEMMY,
    "/api/v3/post/list": LEMMY, "/api/v3/post/report/list": LEMMY, "/api/v3/private_message/list": LEMMY,
    "/api/v3/resolve_object": LEMMY, "/api/v3/search": LEMMY, "/api/v3/site": None, "/api/v3/user": LEMMY,
    "/api/v3/user/mention": LEMMY, "/api/v3/user/replies": LEMMY, "/api/v3/user/unread_count": LEMMY, "/api/v3/user/validate_auth": None,
}


def setup():
    global node, alice, posts, group_post
    node = Node().start()
    alice = node.add_user("alice")
    node.add_user("bob")
    node.add_group("garden", "alice", "The garden")
    root = alice.status("rootword #seen")
    posts = {v: alice.status(f"{v}word #seen", visibility=v, in_reply_to_id=root["id"])
             for v in VISIBILITIES}
    posts["root"] = root
    group_post = alice.status("@garden groupword")


def _page(path):
    _, _, response = ap.get(node.base + path, HTML)
    return response.status, response.body.decode()


def test_a_post_s_own_page_is_for_what_is_open():
    for visibility in VISIBILITIES:
        post = posts[visibility]["id"]
        for path in (f"/@alice/{post}", f"/post/{post}"):
            status, body = _page(path)
            check.equal(status, 200 if visibility in OPEN else 404, f"{visibility} at {path}")
            check.equal(f"{visibility}word" in body, visibility in OPEN, f"{visibility} in {path}")


def test_what_is_hidden_looks_like_what_is_absent():
    for path in ("/@alice/{}", "/post/{}"):
        hidden, absent = _page(path.format(posts["direct"]["id"])), _page(path.format(ABSENT))
        check.equal(hidden, absent, f"the page at {path}")


def test_threads_profiles_and_front_pages_show_what_is_open_only():
    places = {f"/@alice/{posts['root']['id']}": "rootword", f"/post/{posts['root']['id']}": "rootword",
              "/@alice": "rootword", "/": "rootword", "/c/garden": "groupword"}
    for path, there in places.items():
        status, body = _page(path)
        check.equal(status, 200, path)
        check.contains(body, there, f"the page {path}")
        for visibility in ("private", "direct"):
            check.true(f"{visibility}word" not in body, f"no {visibility} post in {path}")
    thread = _page(f"/@alice/{posts['root']['id']}")[1]
    for visibility in OPEN:
        check.contains(thread, f"{visibility}word", "the thread's page")


def _registered():
    """The GET routes that the code registers; a way to register them that is not read here is found."""
    found = set()
    for file in sorted(ROOT.glob("node/**/*.cpp")):
        code = file.read_text()
        found.update(re.findall(r'"GET",\s*"(/[^"]*)"', code))
        found.update(re.findall(r'\bget\("(/[^"]*)"', code))
        unread = set(re.findall(r'"GET",\s*([^"\s][^,]*)', code)) - READ_OTHERWISE
        check.equal(sorted(unread), [], f"routes of {file.name} that this test cannot read")
        for listed, body in re.findall(
                r"for \(const std::string \w+ :\s*\{([^}]*)\}\)\s*(\{.*?\n    \}|[^\n]*;)", code,
                re.DOTALL):
            for prefix in re.findall(r'"([^"]*)"', listed):
                for before, after in re.findall(r'"GET",\s*("[^"]*" \+ )?\w+(?: \+ "([^"]*)")?,', body):
                    found.add(re.sub(r'[" +]', "", before) + prefix + after)
    return {route for route in found if route != "/nodeinfo/"}


def test_every_route_is_in_the_list_of_doors():
    registered = _registered()
    check.equal(sorted(registered - set(DOORS)), [], "routes that are in no list")
    check.equal(sorted(set(DOORS) - registered), [], "routes in the list that are not there")


# What tests ask for through a method of the framework's client: search(), home().
BY_CLIENT = {"v2", "search", "home", "featured"}


def test_every_door_has_its_test():
    for route, test in DOORS.items():
        if test:
            fixed = [part for part in route.split("/")[1:] if part and ":" not in part]
            text = (Path(__file__).parent / test).read_text()
            missing = [part for part in fixed if part not in text and part not in BY_CLIENT]
            check.equal(missing, [], f"parts of {route} that {test} never asks for")


if __name__ == "__main__":
    run(globals())
