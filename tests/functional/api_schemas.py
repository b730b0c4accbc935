"""Every answer of the Mastodon API against tests/schemas/mastodon.json: what strict clients decode is there, and of
the form that they decode. A list that is asked for holds something, so that nothing passes unseen."""

import calendar
import time

from framework import api, check
from framework.browser import Browser
from framework.case import run
from framework.node import PASSWORD
from framework.pictures import png
from framework.schema import Schemas, all_well
from framework.stream import WebSocket
from framework.world import World

OOB = "urn:ietf:wg:oauth:2.0:oob"

# What is read, by the schema of its answer ("[X]": a list of X, "{X}": an object of them). Paths name World.ids.
ANYBODY = {
    "V1_Instance": ("/api/v1/instance",), "Instance": ("/api/v2/instance",),
    "[Host]": ("/api/v1/instance/peers",),
    "[Rule]": ("/api/v1/instance/rules",),
    "[DomainBlock]": ("/api/v1/instance/domain_blocks",),
    "ExtendedDescription": ("/api/v1/instance/extended_description",),
    "PrivacyPolicy": ("/api/v1/instance/privacy_policy",),
    "TermsOfService": ("/api/v1/instance/terms_of_service", "/api/v1/instance/terms_of_service/2036-01-01"),
    "{Languages}": ("/api/v1/instance/translation_languages",),
    "[CustomEmoji]": ("/api/v1/custom_emojis",),
    "Account": ("/api/v1/accounts/{alice}", "/api/v1/accounts/{garden}", "/api/v1/accounts/{old}",
                "/api/v1/accounts/{boss}", "/api/v1/accounts/lookup?acct=alice"),
    "LimitedAccount": ("/api/v1/accounts/{bare}",),
    "[Account]": ("/api/v1/accounts?id[]={far}&id[]={bare}", "/api/v1/directory", "/api/v1/accounts/{alice}/followers",
                  "/api/v1/accounts/{alice}/following", "/api/v1/accounts/{alice}/endorsements",
                  "/api/v1/statuses/{post}/favourited_by", "/api/v1/statuses/{post}/reblogged_by"),
    "[FeaturedTag]": ("/api/v1/accounts/{alice}/featured_tags",),
    "CollectionWithAccounts": ("/api/v1/collections/{collection}",),
    "CollectionsWithAccountPreviews": ("/api/v1/accounts/{alice}/collections",),
    "Tag": ("/api/v1/tags/tea",),
    "[Tag]": ("/api/v1/trends", "/api/v1/trends/tags"),
    "[TrendsLink]": ("/api/v1/trends/links",),
    "[Activity]": ("/api/v1/instance/activity",),
    "Status": ("/api/v1/statuses/{linked}", "/api/v1/statuses/{post}", "/api/v1/statuses/{boost}", "/api/v1/statuses/{nested}"),
    "[Status]": ("/api/v1/statuses?id[]={shown}&id[]={remote}&id[]={asked}&id[]={bare_post}", "/api/v1/trends/statuses",
                 "/api/v1/accounts/{alice}/statuses", "/api/v1/accounts/{alice}/statuses?pinned=true",
                 "/api/v1/accounts/{garden}/statuses", "/api/v1/timelines/public", "/api/v1/timelines/tag/tea"),
    "Context": ("/api/v1/statuses/{post}/context",),
    "[StatusEdit]": ("/api/v1/statuses/{edited}/history", "/api/v1/statuses/{shown}/history",
                     "/api/v1/statuses/{asked}/history"),
    "Poll": ("/api/v1/polls/{asked}",),
    "Search": ("/api/v2/search?q=alice",),
    "OEmbed": ("/api/oembed?url={post_url}",),
    "OAuthServer": ("/.well-known/oauth-authorization-server",),
}

MEMBER = {
    "CredentialAccount": ("/api/v1/accounts/verify_credentials",),
    "Preferences": ("/api/v1/preferences",),
    "Profile": ("/api/v1/profile",),
    "Account": ("/api/v1/accounts/{far}",),
    "[Account]": ("/api/v1/accounts/search?q=b", "/api/v1/lists/{list}/accounts", "/api/v1/blocks",
                  "/api/v1/suggestions", "/api/v1/follow_requests", "/api/v1/endorsements",
                  "/api/v2/notifications/{group_key}/accounts"),
    "[MutedAccount]": ("/api/v1/mutes",),
    "[Host]": ("/api/v1/domain_blocks",),
    "CollectionsWithAccountPreviews": ("/api/v1/accounts/{alice}/in_collections",),
    "[Relationship]": ("/api/v1/accounts/relationships?id[]={bob}&id[]={dora}&id[]={far}",),
    "[FamiliarFollowers]": ("/api/v1/accounts/familiar_followers?id[]={dora}",),
    "[Suggestion]": ("/api/v2/suggestions",),
    "SeenStatus": ("/api/v1/statuses/{strange}", "/api/v1/statuses/{poll}", "/api/v1/statuses/{remote}"),
    "[SeenStatus]": ("/api/v1/timelines/home?limit=40", "/api/v1/timelines/public?remote=true",
                     "/api/v1/timelines/list/{list}", "/api/v1/accounts/{bob}/statuses", "/api/v1/bookmarks",
                     "/api/v1/favourites", "/api/v1/statuses/{post}/quotes", "/api/v1/timelines/direct"),
    "Context": ("/api/v1/statuses/{answer}/context",),
    "StatusSource": ("/api/v1/statuses/{post}/source",),
    "Poll": ("/api/v1/polls/{poll}",),
    "MediaAttachment": ("/api/v1/media/{upload}",),
    "[ScheduledStatus]": ("/api/v1/scheduled_statuses",),
    "ScheduledStatus": ("/api/v1/scheduled_statuses/{scheduled}",),
    "[FeaturedTag]": ("/api/v1/featured_tags",),
    "[Tag]": ("/api/v1/featured_tags/suggestions", "/api/v1/followed_tags"),
    "Tag": ("/api/v1/tags/tea",),
    "[List]": ("/api/v1/lists", "/api/v1/accounts/{bob}/lists"),
    "List": ("/api/v1/lists/{list}",),
    "[V1_Filter]": ("/api/v1/filters",),
    "V1_Filter": ("/api/v1/filters/{keyword}",),
    "[Filter]": ("/api/v2/filters",),
    "Filter": ("/api/v2/filters/{filter}",),
    "[FilterKeyword]": ("/api/v2/filters/{filter}/keywords",),
    "FilterKeyword": ("/api/v2/filters/keywords/{keyword}",),
    "[FilterStatus]": ("/api/v2/filters/{filter}/statuses",),
    "FilterStatus": ("/api/v2/filters/statuses/{filter_status}",),
    "{Marker}": ("/api/v1/markers?timeline[]=home&timeline[]=notifications",),
    "WebPushSubscription": ("/api/v1/push/subscription",),
    "[Announcement]": ("/api/v1/announcements",),
    "[Conversation]": ("/api/v1/conversations",),
    "[Notification]": ("/api/v1/notifications?limit=80&include_filtered=true&supported_types[]=mention",),
    "Notification": ("/api/v1/notifications/{notification}",),
    "[NotificationRequest]": ("/api/v1/notifications/requests",),
    "NotificationRequest": ("/api/v1/notifications/requests/{request}",),
    "GroupedNotificationsResults": ("/api/v2/notifications?limit=80", "/api/v2/notifications/{group_key}",
                                    "/api/v2/notifications?limit=80&expand_accounts=partial_avatars"),
    "NotificationPolicy": ("/api/v2/notifications/policy",),
    "Count": ("/api/v1/notifications/unread_count", "/api/v2/notifications/unread_count"),
    "Search": ("/api/v2/search?q=tea", "/api/v2/search?q=hello&type=statuses"),
}

ADMIN = {
    "CredentialAccount": ("/api/v1/accounts/verify_credentials",),
    "[Notification]": ("/api/v1/notifications",), "GroupedNotificationsResults": ("/api/v2/notifications",),
    "[Admin_Account]": ("/api/v1/admin/accounts", "/api/v2/admin/accounts?status=pending"),
    "Admin_Account": ("/api/v1/admin/accounts/{far}", "/api/v1/admin/accounts/{alice}"),
    "[Admin_Report]": ("/api/v1/admin/reports",),
    "Admin_Report": ("/api/v1/admin/reports/{report}",),
    "[Admin_Tag]": ("/api/v1/admin/trends/tags",),
    "[Status]": ("/api/v1/admin/trends/statuses",),
}
for entity, blocks in (("Admin_DomainBlock", "domain_blocks"), ("Admin_DomainAllow", "domain_allows"),
                       ("Admin_IpBlock", "ip_blocks"), ("Admin_EmailDomainBlock", "email_domain_blocks"),
                       ("Admin_CanonicalEmailBlock", "canonical_email_blocks")):
    ADMIN |= {f"[{entity}]": (f"/api/v1/admin/{blocks}",), entity: (f"/api/v1/admin/{blocks}/{{{blocks}}}",)}

# What changes something, in this order: a request, the schema of its answer, and what is sent.
CHANGES = (
    ("PATCH /api/v1/accounts/update_credentials", "CredentialAccount", {"discoverable": True, "bot": False}),
    ("POST /api/v1/accounts/{cleo}/follow", "Relationship", {"reblogs": False}),
    ("POST /api/v1/accounts/{cleo}/mute", "Relationship", {"duration": 3600}),
    ("GET /api/v1/mutes", "[MutedAccount]"),
    ("POST /api/v1/accounts/{cleo}/note", "Relationship", {"comment": "hm"}),
    *((f"POST /api/v1/accounts/{{cleo}}/{verb}", "Relationship")
      for verb in ("unmute", "endorse", "unendorse", "unfollow", "remove_from_followers", "block", "unblock")),
    ("POST /api/v1/follow_requests/{dora}/authorize", "Relationship"),
    ("POST /api/v1/statuses", "SeenStatus", {"status": "now", "visibility": "unlisted", "language": "de"}),
    ("POST /api/v1/statuses", "ScheduledStatus", {"status": "later", "scheduled_at": "2036-01-01T00:00:00Z"}),
    ("PUT /api/v1/scheduled_statuses/{scheduled}", "ScheduledStatus", {"scheduled_at": "2036-01-01T00:00:00Z"}),
    ("PUT /api/v1/statuses/{post}", "SeenStatus", {"status": "hello again #tea"}),
    ("PUT /api/v1/statuses/{post}/interaction_policy", "SeenStatus", {"quote_approval_policy": "followers"}),
    ("POST /api/v1/statuses/{post}/quotes/{quoting}/revoke", "SeenStatus"),
    ("POST /api/v1/statuses/{shown}/translate", "Translation", {"lang": "en"}),
    ("POST /api/v1/statuses/{poll}/translate", "Translation", {"lang": "en"}),
    *((f"POST /api/v1/statuses/{{strange}}/{verb}", "SeenStatus")
      for verb in ("favourite", "unfavourite", "reblog", "unreblog", "bookmark", "unbookmark", "mute", "unmute")),
    *((f"POST /api/v1/statuses/{{post}}/{verb}", "SeenStatus") for verb in ("unpin", "pin")),
    ("DELETE /api/v1/statuses/{doomed}", "DeletedStatus"),
    ("POST /api/v1/polls/{asked}/votes", "Poll", {"choices": [0]}),
    ("PUT /api/v1/media/{upload}", "MediaAttachment", {"description": "grey"}),
    ("POST /api/v1/lists", "List", {"title": "more"}),
    ("PUT /api/v1/lists/{list}", "List", {"title": "other", "replies_policy": "none", "exclusive": True}),
    ("POST /api/v1/collections", "WrappedCollection", {"name": "more", "account_ids": ["{bob}"], "language": "de"}),
    ("PATCH /api/v1/collections/{collection}", "WrappedCollection", {"name": "other", "sensitive": True}),
    ("POST /api/v1/collections/{collection}/items", "WrappedCollectionItem", {"account_id": "{zoe}"}),
    ("POST /api/v1/filters", "V1_Filter", {"phrase": "ham", "context": ["home"], "expires_in": 3600}),
    ("PUT /api/v1/filters/{keyword}", "V1_Filter", {"phrase": "leeks", "context": ["home"]}),
    ("POST /api/v2/filters", "Filter", {"title": "f", "context": ["home", "thread"], "filter_action": "blur"}),
    ("PUT /api/v2/filters/{filter}", "Filter", {"title": "g", "filter_action": "hide"}),
    ("POST /api/v2/filters/{filter}/keywords", "FilterKeyword", {"keyword": "salt"}),
    ("PUT /api/v2/filters/keywords/{keyword}", "FilterKeyword", {"keyword": "pepper"}),
    ("POST /api/v2/filters/{filter}/statuses", "FilterStatus", {"status_id": "{shown}"}),
    ("POST /api/v1/markers", "{Marker}", {"home": {"last_read_id": "{boost}"}}),
    ("PUT /api/v1/push/subscription", "WebPushSubscription", {"data": {"alerts": {"poll": True}, "policy": "none"}}),
    ("POST /api/v1/featured_tags", "FeaturedTag", {"name": "cake"}),
    *((f"POST /api/v1/tags/cake/{verb}", "Tag") for verb in ("follow", "feature", "unfollow", "unfeature")),
    ("POST /api/v1/conversations/{conversation}/read", "Conversation"),
    ("PATCH /api/v2/notifications/policy", "NotificationPolicy", {"for_new_accounts": "drop"}),
    ("POST /api/v1/reports", "Report", {"account_id": "{far}", "status_ids": ["{remote}"], "category": "spam"}),
    ("PATCH /api/v1/profile", "Profile", {"show_media": False, "attribution_domains": ["a.example"]}),
    *((f"DELETE /api/v1/profile/{what}", "CredentialAccount") for what in ("avatar", "header")),
)

WINDOW = {"start_at": "2026-11-01", "end_at": "2026-11-20"}
ADMIN_CHANGES = (
    ("POST /api/v1/admin/accounts/{nina}/approve", "Admin_Account"),
    ("POST /api/v1/admin/accounts/{nils}/reject", "Admin_Account"),
    *((f"POST /api/v1/admin/accounts/{{zoe}}/{do}", "Admin_Account") for do in ("enable", "unsilence", "unsuspend")),
    ("PUT /api/v1/admin/reports/{report}", "Admin_Report", {"category": "other"}),
    *((f"POST /api/v1/admin/reports/{{report}}/{verb}", "Admin_Report")
      for verb in ("assign_to_self", "resolve", "reopen", "unassign")),
    ("PUT /api/v1/admin/domain_blocks/{domain_blocks}", "Admin_DomainBlock", {"severity": "suspend"}),
    ("PUT /api/v1/admin/ip_blocks/{ip_blocks}", "Admin_IpBlock", {"comment": "noise"}),
    ("POST /api/v1/admin/measures", "[Admin_Measure]", {"keys": ["active_users", "instance_media_attachments"],
                                                         "instance_media_attachments": {"domain": "a.example"}, **WINDOW}),
    ("POST /api/v1/admin/dimensions", "[Admin_Dimension]", {"keys": ["sources", "space_usage", "software_versions"]}),
    ("POST /api/v1/admin/retention", "[Admin_Cohort]", {"frequency": "day", **WINDOW}),
    ("POST /api/v1/admin/accounts/{zoe}/unsensitive", "Admin_Account"),
    ("POST /api/v1/admin/canonical_email_blocks/test", "[Admin_CanonicalEmailBlock]", {"email": "one@box.example"}),
)

NEWCOMER = {"username": "nora", "email": "nora@mail.example", "password": "long enough", "reason": "cake",
            "agreement": True, "locale": "en"}
APP = (("GET /api/v1/apps/verify_credentials", "Application"), ("POST /api/v1/accounts", "Token", NEWCOMER))

REFUSED = (
    ("anybody", 401, "GET /api/v1/timelines/home"),
    ("anybody", 404, "GET /api/v1/accounts/1"),
    ("anybody", 404, "GET /api/v1/nothing"),
    ("anybody", 401, "POST /oauth/token", {"client_id": "x"}),
    ("anybody", 400, "POST /oauth/token", {"client_id": "{client_id}", "client_secret": "{client_secret}",
                                           "grant_type": "authorization_code", "code": "x"}),
    ("alice", 403, "GET /api/v1/admin/accounts"),
    ("alice", 422, "POST /api/v1/statuses", {"status": ""}),
    ("app", 422, "POST /api/v1/accounts", {"username": "no way"}),
)

STREAMED = {"update": "SeenStatus", "status.update": "SeenStatus", "notification": "Notification",
            "conversation": "Conversation", "announcement": "Announcement", "announcement.reaction": "StreamedReaction"}

# Schemas of what no answer holds yet, and why.
UNMET = {}


def setup():
    global world, schemas
    world, schemas = World(), Schemas("mastodon.json")


def _reads(paths):
    return [(f"GET {path}", shape) for shape, several in paths.items() for path in several]


def _filled(form):
    """A form with the ids that it names."""
    if isinstance(form, dict):
        return {name: _filled(value) for name, value in form.items()}
    if isinstance(form, list):
        return [_filled(value) for value in form]
    return form.format_map(world.ids) if isinstance(form, str) else form


def _ask(client, request, form=None):
    verb, path = request.split(" ")
    return client.request(verb, path.format_map(world.ids), body=_filled(form))


def _valid(client, rows):
    wrong = []
    for request, shape, *form in rows:
        answer = _ask(client, request, *form)
        if answer.status == 200:
            wrong += schemas.problems(request, answer.json, shape)
        else:
            wrong.append(f"{request}: {answer.status} {answer.body[:150]!r}")
    all_well(wrong)


def test_what_anybody_reads():
    _valid(world.anybody, _reads(ANYBODY))


def test_what_a_member_reads():
    _valid(world.alice, _reads(MEMBER))


def test_what_admins_read():
    _valid(world.admin, _reads(ADMIN))


def test_every_kind_of_notification():
    told = world.alice.get("/api/v1/notifications", limit=80) + world.boss.get("/api/v1/notifications", limit=80)
    kinds = schemas.defs["Notification"]["properties"]["type"]["enum"]
    check.equal(sorted(set(kinds) - {n["type"] for n in told}), [], "kinds that do not occur")


def test_what_streams_tell():
    socket = WebSocket(world.node, world.node.token("alice"), stream="user")
    socket.subscribe("direct")
    socket.say("no JSON")
    socket.next()    # the refusal of that: from now on all is heard
    post = world.bob.status("on the stream")
    world.bob.put(f"/api/v1/statuses/{post['id']}", {"status": "changed"})
    world.bob.status("@alice a letter", visibility="direct")
    id = world.node.cli("announcement", "add", "more tea").split()[0]
    world.bob.put(f"/api/v1/announcements/{id}/reactions/%F0%9F%8D%B5")
    wrong, waiting = [], set(STREAMED)
    while waiting:
        heard = socket.next()
        waiting.discard(heard["event"])
        wrong += schemas.problems(heard["event"], heard["payload"], STREAMED[heard["event"]])
    socket.close()
    all_well(wrong)


def test_what_comes_of_changes():
    _valid(world.alice, CHANGES)
    wrong = []
    for path in ("/api/v1/media", "/api/v2/media"):
        made = world.alice.upload("POST", path, {"file": png(9, 9)}, {"description": "d", "focus": "0,0"})
        wrong += schemas.problems(path, made.expect(200).json, "MediaAttachment")
    all_well(wrong)


def test_what_comes_of_changes_by_admins():
    _valid(world.admin, ADMIN_CHANGES)


def test_applications_and_tokens():
    _valid(world.app, APP)
    app = world.anybody.post("/api/v1/apps", {"client_name": "x", "redirect_uris": OOB, "scopes": "read profile",
                                              "website": "https://app.example"})
    asked = f"/oauth/authorize?response_type=code&client_id={app['client_id']}&redirect_uri={OOB}&scope=profile"
    code = Browser(world.node).code_on_page(asked, "alice", PASSWORD)
    token = world.anybody.post("/oauth/token", {"client_id": app["client_id"], "client_secret": app["client_secret"],
                                                "grant_type": "authorization_code", "code": code, "redirect_uri": OOB})
    all_well(schemas.problems("an app", app, "CredentialApplication") + schemas.problems("a token", token, "Token"))
    _valid(api.Client(world.node.url, token["access_token"], world.node.host), [("GET /oauth/userinfo", "UserInfo")])


def test_refusals():
    wrong = []
    for who, status, request, *form in REFUSED:
        wrong += schemas.problems(request, _ask(getattr(world, who), request, *form).expect(status).json, "Error")
    all_well(wrong)


def test_annual_reports():
    """When the year is over: nothing comes after it."""
    year = time.gmtime(world.clock.now_ms / 1000).tm_year
    world.clock.set(calendar.timegm((year + 1, 1, 1, 0, 0, 0)) * 1000)
    world.alice.post(f"/api/v1/annual_reports/{year}/generate")
    _valid(world.alice, [("GET /api/v1/annual_reports", "WrappedAnnualReports"),
                         (f"GET /api/v1/annual_reports/{year}", "WrappedAnnualReports"),
                         (f"GET /api/v1/annual_reports/{year}/state", "AnnualReportState")])


def test_every_schema_was_met():
    """In the answers to all that stands above."""
    check.equal(sorted(set(schemas.defs) - schemas.met), sorted(UNMET), "schemas that nothing was valid against")


if __name__ == "__main__":
    run(globals())
