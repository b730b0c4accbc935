// A member's way through an app, with npm's masto (REST and WebSocket). Each step is a line: "ok name", or the
// error, which ends it. KITH_URL, and tokens of a second member and of a moderator, come from masto_test.py.
import assert from "node:assert/strict";
import { createOAuthAPIClient, createRestAPIClient, createStreamingAPIClient } from "masto";

const url = process.env.KITH_URL;
const bob = createRestAPIClient({ url, accessToken: process.env.KITH_BOB });
const moderator = createRestAPIClient({ url, accessToken: process.env.KITH_MODERATOR });
const png = Buffer.from(process.env.KITH_PNG, "base64");

let alice, token, app, streaming, bobId;
const seconds = (n) => new Promise((_, reject) => setTimeout(() => reject(new Error(`nothing within ${n} s`)), n * 1000).unref());

// What a stream tells until `wanted` comes.
async function heard(subscription, wanted) {
  const wait = (async () => {
    for await (const event of subscription) if (wanted(event)) return event;
  })();
  return Promise.race([wait, seconds(10)]);
}

const steps = {
  async "sign up"() {
    const nobody = createRestAPIClient({ url });
    app = await nobody.v1.apps.create({ clientName: "journey", redirectUris: "urn:ietf:wg:oauth:2.0:oob", scopes: "read write follow push" });
    assert.ok(app.vapidKey.length > 80);
    const oauth = createOAuthAPIClient({ url });
    const own = await oauth.token.create({
      grantType: "client_credentials", clientId: app.clientId, clientSecret: app.clientSecret,
      redirectUri: "urn:ietf:wg:oauth:2.0:oob", scope: "read write",
    });
    const anonymous = createRestAPIClient({ url, accessToken: own.accessToken });
    await assert.rejects(() => anonymous.v1.accounts.create({
      username: "bob", email: "x", password: "long enough", agreement: true, locale: "en" }), (error) => error.statusCode === 422);
    token = await anonymous.v1.accounts.create({
      username: "alice", email: "alice@mail.example", password: "long enough", agreement: true, locale: "en" });
    alice = createRestAPIClient({ url, accessToken: token.accessToken });
    assert.equal((await alice.v1.accounts.verifyCredentials()).username, "alice");
  },
  async "profile"() {
    const me = await alice.v1.accounts.updateCredentials({
      displayName: "Alice", note: "hello", fieldsAttributes: [{ name: "site", value: "none" }], avatar: new Blob([png]) });
    assert.equal(me.displayName, "Alice");
    assert.equal(me.fields[0].name, "site");
    assert.match(me.avatar, /\/media\//);
  },
  async "follow"() {
    bobId = (await alice.v1.accounts.lookup({ acct: "bob" })).id;
    assert.equal((await alice.v1.accounts.$select(bobId).follow()).following, true);
    assert.equal((await alice.v1.accounts.$select(bobId).note.create({ comment: "met here" })).note, "met here");
  },
  async "stream"() {
    const instance = await alice.v2.instance.fetch();
    assert.ok(instance.apiVersions.mastodon >= 10);
    streaming = createStreamingAPIClient({ streamingApiUrl: instance.configuration.urls.streaming, accessToken: token.accessToken });
    const home = streaming.user.subscribe();
    const update = heard(home, (e) => e.event === "update" && e.payload.content.includes("streamed"));
    // Nothing says when the socket is open: something is posted until one is heard.
    const posted = [];
    const posting = setInterval(async () => posted.push((await bob.v1.statuses.create({ status: "streamed" })).id), 300);
    const { payload } = await update.finally(() => clearInterval(posting));
    await new Promise((done) => setTimeout(done, 300));
    assert.ok(posted.includes(payload.id));
    home.unsubscribe();
  },
  async "post with a picture and a warning"() {
    const media = await alice.v2.media.create({ file: new Blob([png]), description: "a square", focus: "0.5,-0.5" });
    assert.equal(media.description, "a square");
    const post = await alice.v1.statuses.create({ status: "look", mediaIds: [media.id], spoilerText: "pictures", sensitive: true });
    assert.equal(post.mediaAttachments[0].description, "a square");
    assert.equal(post.spoilerText, "pictures");
    assert.deepEqual(post.mediaAttachments[0].meta.focus, { x: 0.5, y: -0.5 });
  },
  async "poll and vote"() {
    const post = await bob.v1.statuses.create({ status: "which?", poll: { options: ["this", "that"], expiresIn: 3600 } });
    const poll = await alice.v1.polls.$select(post.poll.id).votes.create({ choices: [1] });
    assert.deepEqual(poll.ownVotes, [1]);
    assert.equal((await bob.v1.polls.$select(post.poll.id).fetch()).options[1].votesCount, 1);
  },
  async "reply, edit, boost, quote, bookmark"() {
    const first = await bob.v1.statuses.create({ status: "a beginning" });
    const reply = await alice.v1.statuses.create({ status: "an answer", inReplyToId: first.id });
    assert.equal((await alice.v1.statuses.$select(first.id).context.fetch()).descendants[0].id, reply.id);
    const edited = await alice.v1.statuses.$select(reply.id).update({ status: "a better answer" });
    assert.ok(edited.editedAt);
    assert.equal((await alice.v1.statuses.$select(reply.id).history.list()).length, 2);
    assert.equal((await alice.v1.statuses.$select(first.id).reblog()).reblog.id, first.id);
    const quote = await alice.v1.statuses.create({ status: "as he says", quotedStatusId: first.id });
    assert.equal(quote.quote.quotedStatus.id, first.id);
    assert.equal((await alice.v1.statuses.$select(first.id).bookmark()).bookmarked, true);
    assert.equal((await alice.v1.bookmarks.list())[0].id, first.id);
    assert.equal((await alice.v1.statuses.$select(first.id).favourite()).favourited, true);
  },
  async "list"() {
    const list = await alice.v1.lists.create({ title: "friends" });
    await alice.v1.lists.$select(list.id).accounts.create({ accountIds: [bobId] });
    assert.equal((await alice.v1.lists.$select(list.id).accounts.list())[0].id, bobId);
    assert.ok((await alice.v1.timelines.list.$select(list.id).list()).length > 0);
  },
  async "collection"() {
    await bob.v1.accounts.updateCredentials({ discoverable: true });
    const { collection } = await alice.v1.collections.create({ name: "gardeners", tagName: "garden", accountIds: [bobId] });
    const mine = alice.v1.collections.$select(collection.id);
    assert.equal((await mine.update({ description: "worth following" })).collection.description, "worth following");
    assert.equal((await mine.fetch()).accounts[1].id, bobId);
    assert.equal((await alice.v1.accounts.$select(collection.accountId).collections.list()).collections[0].id, collection.id);
    assert.equal((await bob.v1.accounts.$select(bobId).inCollections.list()).collections[0].id, collection.id);
    const told = await bob.v1.notifications.list({ types: ["added_to_collection"] });
    assert.equal(told[0].collection.id, collection.id);
    await bob.v1.collections.$select(collection.id).items.$select(collection.items[0].id).revoke();
    assert.equal((await mine.fetch()).collection.itemCount, 0);
    await assert.rejects(() => mine.items.create({ accountId: bobId }), (error) => error.statusCode === 422);
    await mine.remove();
  },
  async "filter"() {
    const filter = await alice.v2.filters.create({ title: "food", context: ["home"], filterAction: "warn",
      keywordsAttributes: [{ keyword: "turnips", wholeWord: true }] });
    assert.equal(filter.keywords[0].keyword, "turnips");
    const post = await bob.v1.statuses.create({ status: "turnips again" });
    const seen = await alice.v1.statuses.$select(post.id).fetch();
    assert.equal(seen.filtered[0].filter.title, "food");
    await alice.v2.filters.$select(filter.id).remove();
  },
  async "schedule"() {
    const at = new Date(Date.now() + 3600_000).toISOString();
    const waiting = await alice.v1.statuses.create({ status: "later", scheduledAt: at });
    assert.equal((await alice.v1.scheduledStatuses.list())[0].id, waiting.id);
    await alice.v1.scheduledStatuses.$select(waiting.id).remove();
  },
  async "notifications"() {
    const post = await alice.v1.statuses.create({ status: "like me" });
    await bob.v1.statuses.$select(post.id).favourite();
    const told = await alice.v1.notifications.list({ types: ["favourite"] });
    assert.equal(told[0].status.id, post.id);
    const grouped = await alice.v2.notifications.list({ types: ["favourite"] });
    assert.equal(grouped.notificationGroups[0].statusId, post.id);
    assert.equal(grouped.accounts[0].id, bobId);
    const policy = await alice.v2.notifications.policy.update({ forNotFollowing: "filter" });
    assert.equal(policy.forNotFollowing, "filter");
    assert.deepEqual(await alice.v1.notifications.requests.list(), []);
  },
  async "push"() {
    const made = await alice.v1.push.subscription.create({
      subscription: { endpoint: "https://push.example/1", keys: { p256dh: process.env.KITH_P256DH, auth: process.env.KITH_AUTH } },
      data: { alerts: { mention: true }, policy: "all" } });
    assert.equal(made.alerts.mention, true);
    assert.equal((await alice.v1.push.subscription.fetch()).endpoint, "https://push.example/1");
    await alice.v1.push.subscription.remove();
  },
  async "search, trends, announcements, markers, preferences"() {
    assert.equal((await alice.v2.search.list({ q: "bob", type: "accounts" })).accounts[0].id, bobId);
    assert.equal((await alice.v2.search.list({ q: "answer from:me", type: "statuses" })).statuses.length, 1);
    assert.ok(Array.isArray(await alice.v1.trends.tags.list()));
    assert.deepEqual(await alice.v1.announcements.list(), []);
    assert.ok(Array.isArray(await alice.v1.customEmojis.list()));
    const marker = await alice.v1.markers.create({ home: { lastReadId: "7" } });
    assert.equal(marker.home.lastReadId, "7");
    assert.equal((await alice.v1.preferences.fetch())["posting:default:visibility"], "public");
  },
  async "block and mute"() {
    const eve = (await alice.v1.accounts.lookup({ acct: "eve" })).id;
    assert.equal((await alice.v1.accounts.$select(eve).mute({ duration: 3600 })).muting, true);
    assert.equal((await alice.v1.mutes.list())[0].id, eve);
    assert.equal((await alice.v1.accounts.$select(eve).block()).blocking, true);
    assert.equal((await alice.v1.blocks.list())[0].id, eve);
    await alice.v1.accounts.$select(eve).unblock();
  },
  async "report and moderate"() {
    const eve = (await alice.v1.accounts.lookup({ acct: "eve" })).id;
    const report = await alice.v1.reports.create({ accountId: eve, comment: "noise", category: "spam" });
    const found = await moderator.v1.admin.reports.$select(report.id).fetch();
    assert.equal(found.comment, "noise");
    assert.ok((await moderator.v1.admin.reports.$select(report.id).resolve()).actionTaken);
    await moderator.v1.admin.accounts.$select(eve).action.create({ type: "silence" });
    assert.equal((await moderator.v1.admin.accounts.$select(eve).fetch()).silenced, true);
    await moderator.v1.admin.accounts.$select(eve).unsilence();
  },
  async "log out"() {
    streaming.close();
    await createOAuthAPIClient({ url }).revoke({ clientId: app.clientId, clientSecret: app.clientSecret, token: token.accessToken });
    await assert.rejects(() => alice.v1.accounts.verifyCredentials(), (error) => error.statusCode === 401);
  },
};

for (const [name, step] of Object.entries(steps)) {
  try {
    await step();
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(`failed ${name}: ${error.stack}`);
    process.exit(1);
  }
}
console.log(`${Object.keys(steps).length} passed, 0 failed`);
process.exit(0);
