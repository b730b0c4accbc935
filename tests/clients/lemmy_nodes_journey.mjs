// A community on A and its members on A, B, C, D and E, through Lemmy's own client (lemmy-js-client 1.0.0-beta.2): one line a
// step. What goes from one node over the community's host to another is there within 5 s. Each answer is held against that
// client's own types (lemmy_types.mjs).
import { LemmyHttp } from "lemmy-js-client";
import { does, equal, finished, ok, refused, soon as waited } from "./lemmy_steps.mjs";
import { answersLookedAt, checked } from "./lemmy_types.mjs";

const [password, baseA, baseB, baseC, baseD, baseE] = process.argv.slice(2);
const lemmy = (base) => checked(new LemmyHttp(base), "lemmy-js-client");
const hostOf = (base) => new URL(base).host;
const soon = (read, what) => waited(read, what, 5000);

// Somebody new on a node: their client, which knows the garden's number there once they follow it.
async function registered(base, name) {
  const client = lemmy(base);
  const made = ok(await client.register({ username: name, password, password_verify: password, email: `${name}@mail.example` }));
  client.setHeaders({ Authorization: `Bearer ${made.jwt}` });
  return { client, name, acct: `${name}@${hostOf(base)}`, garden: 0 };
}

const inGarden = async (member, more = {}) => ok(await member.client.getPosts({ community_id: member.garden, sort: "new", limit: 50, ...more })).items;
const thread = async (member, apId) => (await inGarden(member)).find((p) => p.post.ap_id === apId);
const threadSoon = (member, apId, what = "a thread") => soon(() => thread(member, apId), `${what}, seen by ${member.acct}`);
const community = async (member) => ok(await member.client.getCommunity({ id: member.garden }));
const started = async (member, name, more = {}) => ok(await member.client.createPost({ community_id: member.garden, name, ...more })).post_view.post;
const numberOn = async (member, acct) => ok(await member.client.getPersonDetails({ username: acct })).person_view.person.id;
// Comments below a thread that is known to the member.
const comments = async (member, apId) => ok(await member.client.getComments({ post_id: (await thread(member, apId)).post.id, sort: "old", limit: 50 })).items;
const comment = async (member, apId, commentApId) => (await comments(member, apId)).find((c) => c.comment.ap_id === commentApId && !c.comment.deleted);
const together = (members, act) => Promise.all(members.map(act));

const nobody = lemmy(baseA);
let ann, amy, root, bob, cid, dora, dan, eve, everywhere, question, word, sale;

await does("people register on five nodes", async () => {
  [ann, amy, bob, cid, dora, dan, eve] = await Promise.all([[baseA, "ann"], [baseA, "amy"], [baseB, "bob"], [baseC, "cid"], [baseD, "dora"], [baseD, "dan"],
                                                            [baseE, "eve"]].map(([base, name]) => registered(base, name)));
  root = { client: lemmy(baseA), name: "root", acct: `root@${hostOf(baseA)}`, garden: 0 };
  const { jwt } = ok(await root.client.login({ username_or_email: "root", password }));
  root.client.setHeaders({ Authorization: `Bearer ${jwt}` });
  everywhere = [ann, bob, cid, dora, eve];
  await together(everywhere, async (m) => equal(ok(await m.client.getMyUser()).local_user_view.person.name, m.name, "their account"));
});

await does("a community on A is followed from everywhere", async () => {
  const { id } = ok(await ann.client.createCommunity({ name: "garden", title: "The garden", sidebar: "**Plants**" })).community_view.community;
  for (const member of [ann, amy, root]) member.garden = id;
  ok(await amy.client.followCommunity({ community_id: id, follow: true }));
  await together([bob, cid, dora, dan, eve], async (member) => {
    member.garden = ok(await member.client.resolveObject({ q: `!garden@${hostOf(baseA)}` })).community.id;
    ok(await member.client.followCommunity({ community_id: member.garden, follow: true }));
    await soon(async () => (await community(member)).community_view.community_actions.follow_state === "accepted", `${member.acct} is let in`);
  });
  await soon(async () => (await community(ann)).community_view.community.subscribers >= 7, "counted on A");
});

await does("a thread from B is seen on all five", async () => {
  question = await started(bob, "Which tomatoes?", { body: "I like *red* ones." });
  const seen = await together(everywhere, (member) => threadSoon(member, question.ap_id));
  equal(seen.map((p) => [p.post.name, p.post.body, p.creator.name]), everywhere.map(() => ["Which tomatoes?", "I like *red* ones.", "bob"]), "the same");
});

await does("a comment from C is seen on E, and answered there", async () => {
  word = ok(await cid.client.createComment({ post_id: (await thread(cid, question.ap_id)).post.id, content: "The **green** ones." })).comment_view.comment;
  const onE = await soon(() => comment(eve, question.ap_id, word.ap_id), "the comment on E");
  equal([onE.comment.content, onE.creator.name, onE.post.ap_id], ["The **green** ones.", "cid", question.ap_id], "read");
  const answer = ok(await eve.client.createComment({ post_id: onE.post.id, parent_id: onE.comment.id, content: "Mine, too" })).comment_view.comment;
  const onC = await soon(() => comment(cid, question.ap_id, answer.ap_id), "the answer on C");
  equal(onC.comment.path, `0.${word.id}.${onC.comment.id}`, "its place");
  await soon(async () => ok(await cid.client.listNotifications({})).items.some((n) => n.notification.kind === "reply" && n.data.comment?.ap_id === answer.ap_id), "C is told");
});

await does("votes from D and E are counted on C", async () => {
  ok(await dora.client.likePost({ post_id: (await thread(dora, question.ap_id)).post.id, is_upvote: true }));
  ok(await eve.client.likePost({ post_id: (await thread(eve, question.ap_id)).post.id, is_upvote: false }));
  ok(await dora.client.likeComment({ comment_id: (await soon(() => comment(dora, question.ap_id, word.ap_id), "the comment on D")).comment.id, is_upvote: true }));
  await soon(async () => {
    const { post } = await thread(cid, question.ap_id);
    return post.upvotes === 2 && post.downvotes === 1 && post.score === 1;
  }, "two for it, one against");
  await soon(async () => (await comment(cid, question.ap_id, word.ap_id)).comment.upvotes === 2, "two for the comment");
  ok(await eve.client.likePost({ post_id: (await thread(eve, question.ap_id)).post.id }));
  await soon(async () => (await thread(cid, question.ap_id)).post.downvotes === 0, "one is taken back");
});

await does("an edit of the thread by B is seen on D", async () => {
  ok(await bob.client.editPost({ post_id: question.id, name: "Which tomatoes like shade?", body: "I like *green* ones." }));
  const seen = await soon(async () => [await thread(dora, question.ap_id)].find((p) => p.post.name === "Which tomatoes like shade?"), "edited on D");
  equal([seen.post.body, typeof seen.post.updated_at], ["I like *green* ones.", "string"], "its text");
});

await does("a comment is deleted everywhere", async () => {
  const slip = ok(await cid.client.createComment({ post_id: (await thread(cid, question.ap_id)).post.id, content: "A slip" })).comment_view.comment;
  await together(everywhere, (member) => soon(() => comment(member, question.ap_id, slip.ap_id), `the comment, seen by ${member.acct}`));
  equal(ok(await cid.client.deleteComment({ comment_id: slip.id, deleted: true })).comment_view.comment.deleted, true, "deleted");
  await together(everywhere, (member) => soon(async () => !(await comment(member, question.ap_id, slip.ap_id)), `gone for ${member.acct}`));
});

await does("A makes B's member a moderator", async () => {
  refused(await bob.client.lockPost({ post_id: question.id, locked: true, reason: "late" }), "before", "not_a_mod_or_admin");
  const added = ok(await ann.client.addModToCommunity({ community_id: ann.garden, person_id: await numberOn(ann, bob.acct), added: true }));
  equal(added.moderators.map((m) => m.moderator.name), ["ann", "bob"], "on A");
  await soon(async () => (await community(bob)).community_view.can_mod, "on B");
  await soon(async () => (await community(cid)).moderators.map((m) => m.moderator.name).includes("bob"), "on C");
});

await does("the moderator on B removes E's thread, and restores it", async () => {
  sale = await started(eve, "Seeds for sale", { body: "Cheap!" });
  const onB = await threadSoon(bob, sale.ap_id), onC = await threadSoon(cid, sale.ap_id);
  const removed = ok(await bob.client.removePost({ post_id: onB.post.id, removed: true, reason: "an advert" })).post_view.post;
  equal(removed.removed, true, "removed");
  await soon(async () => !(await thread(cid, sale.ap_id)), "not listed on C");
  refused(await cid.client.getPost({ id: onC.post.id }), "not shown on C", "not_found");
  await soon(async () => !(await inGarden({ client: nobody, garden: ann.garden })).some((p) => p.post.ap_id === sale.ap_id), "gone on A");
  ok(await bob.client.removePost({ post_id: onB.post.id, removed: false, reason: "it is free" }));
  equal((await threadSoon(cid, sale.ap_id, "restored")).post.removed, false, "back");
});

await does("locks a thread, and unlocks it", async () => {
  equal(ok(await bob.client.lockPost({ post_id: question.id, locked: true, reason: "it is late" })).post_view.post.locked, true, "locked");
  const onD = await soon(async () => [await thread(dora, question.ap_id)].find((p) => p.post.locked), "locked on D");
  refused(await dora.client.createComment({ post_id: onD.post.id, content: "But …" }), "a comment from D");
  ok(await bob.client.lockPost({ post_id: question.id, locked: false, reason: "a new day" }));
  await soon(async () => !(await thread(dora, question.ap_id)).post.locked, "unlocked on D");
  const said = ok(await dora.client.createComment({ post_id: onD.post.id, content: "Good morning" })).comment_view.comment;
  await soon(() => comment(cid, question.ap_id, said.ap_id), "D's comment on C");
});

await does("features it", async () => {
  equal(ok(await bob.client.featurePost({ post_id: question.id, featured: true, feature_type: "community" })).post_view.post.featured_community, true, "on B");
  await soon(async () => (await thread(cid, question.ap_id)).post.featured_community, "on C");
  ok(await bob.client.featurePost({ post_id: question.id, featured: false, feature_type: "community" }));
  await soon(async () => !(await thread(cid, question.ap_id)).post.featured_community, "no more on C");
});

await does("bans C's member from the community, and lets them back", async () => {
  const banned = async () => "received_ban_at" in (await community(cid)).community_view.community_actions;
  const person_id = await numberOn(bob, cid.acct);
  equal(ok(await bob.client.banFromCommunity({ community_id: bob.garden, person_id, ban: true, reason: "too loud" })).person_view.person.name, "cid", "banned");
  await soon(banned, "known on C");
  refused(await cid.client.createPost({ community_id: cid.garden, name: "Let me in" }), "a thread from C");
  refused(await cid.client.createComment({ post_id: (await thread(cid, question.ap_id)).post.id, content: "Hey" }), "a comment from C");
  const [line] = ok(await cid.client.getModlog({ community_id: cid.garden, type_: "mod_ban_from_community" })).items;
  equal([line.modlog.reason, line.target_person.name], ["too loud", "cid"], "C is told why");
  ok(await bob.client.banFromCommunity({ community_id: bob.garden, person_id, ban: false, reason: "quiet now" }));
  await soon(async () => !(await banned()), "lifted on C");
  await threadSoon(eve, (await started(cid, "I am back")).ap_id);
});

await does("A's admin bans D's member from the node, and lifts it", async () => {
  const person_id = await numberOn(root, dora.acct);
  refused(await ann.client.banPerson({ person_id, ban: true, reason: "mine" }), "by a member", "not_a_mod_or_admin");
  const banned = ok(await root.client.banPerson({ person_id, ban: true, reason: "spam" })).person_view;
  equal([banned.person.name, banned.banned], ["dora", true], "banned");
  const lost = await started(dora, "Nobody hears me");
  const later = await started(dan, "But me");   // deliveries of one node keep their order
  await threadSoon(ann, later.ap_id);
  await threadSoon(cid, later.ap_id);
  equal([await thread(ann, lost.ap_id), await thread(cid, lost.ap_id)], [undefined, undefined], "it came to nobody");
  equal(ok(await root.client.banPerson({ person_id, ban: false, reason: "a mistake" })).person_view.banned, false, "lifted");
  await threadSoon(cid, (await started(dora, "Heard again")).ap_id);
});

await does("C reports D's thread; its moderators on A and B see it, and B resolves it", async () => {
  const onC = (await inGarden(cid)).find((p) => p.post.name === "Heard again");
  const made = ok(await cid.client.createPostReport({ post_id: onC.post.id, reason: "off topic" })).post_report_view;
  equal([made.post_report.reason, made.post_creator.name, made.creator.name, made.post_report.resolved], ["off topic", "dora", "cid", false], "made");
  const listed = async (member, unresolved_only) =>
    ok(await member.client.listReports({ unresolved_only })).items.find((r) => r.type_ === "post" && r.post_report.reason === "off topic");
  const [onA, onB] = await together([ann, bob], (member) => soon(() => listed(member, true), `seen by ${member.acct}`));
  equal([onA.post.ap_id, onB.post.ap_id, onA.post_creator.name], [onC.post.ap_id, onC.post.ap_id, "dora"], "what it is about");
  equal(ok(await ann.client.getUnreadCounts()).report_count, 1, "it waits on A");
  refused(await dora.client.listReports({}), "not for whom it is about", "not_a_mod_or_admin");
  equal(ok(await bob.client.resolvePostReport({ report_id: onB.post_report.id, resolved: true })).post_report_view.resolver.name, "bob", "resolved on B");
  const done = await soon(() => listed(ann, false).then((r) => r?.post_report.resolved && r), "resolved on A");
  equal([done.resolver.name, await listed(ann, true)], ["bob", undefined], "by whom");
});

await does("a private message goes from D to E", async () => {
  const recipient_id = await numberOn(dora, eve.acct);
  const sent = ok(await dora.client.createPrivateMessage({ recipient_id, content: "Between **us**" })).private_message_view;
  equal([sent.private_message.content, sent.recipient.name], ["Between **us**", "eve"], "sent");
  const got = await soon(async () => ok(await eve.client.listNotifications({ type_: "private_message" })).items[0], "a message");
  equal([got.data.type_, got.data.private_message.content, got.data.creator.name], ["private_message", "Between **us**", "dora"], "read");
  equal([ok(await cid.client.listNotifications({ type_: "private_message" })).items, ok(await ann.client.listNotifications({ type_: "private_message" })).items],
        [[], []], "and by nobody else");
});

await does("a private community lets D in, and shows nothing to E", async () => {
  const club = ok(await ann.client.createCommunity({ name: "club", title: "The club", visibility: "private" })).community_view.community;
  const onD = ok(await dora.client.resolveObject({ q: `!club@${hostOf(baseA)}` })).community.id;
  equal(ok(await dora.client.followCommunity({ community_id: onD, follow: true })).community_view.community_actions.follow_state, "pending", "asked");
  const waiting = await soon(async () => ok(await ann.client.listCommunityPendingFollows({})).items[0], "it waits");
  equal([waiting.person.name, waiting.community.name], ["dora", "club"], "who");
  ok(await ann.client.approveCommunityPendingFollow({ community_id: club.id, follower_id: waiting.person.id, approve: true }));
  await soon(async () => ok(await dora.client.getCommunity({ id: onD })).community_view.community_actions.follow_state === "accepted", "let in");
  const secret = ok(await ann.client.createPost({ community_id: club.id, name: "For members" })).post_view.post;
  const seen = await soon(async () => ok(await dora.client.getPosts({ community_id: onD, sort: "new" })).items[0], "seen on D");
  equal([seen.post.ap_id, seen.post.name], [secret.ap_id, "For members"], "the thread");
  const answer = ok(await dora.client.createComment({ post_id: seen.post.id, content: "Thank you" })).comment_view.comment;
  await soon(async () => ok(await ann.client.getComments({ post_id: secret.id })).items.some((c) => c.comment.ap_id === answer.ap_id), "the answer on A");
  for (const q of [secret.ap_id, answer.ap_id]) refused(await eve.client.resolveObject({ q }), "fetched from E");
  refused(await amy.client.getPost({ id: secret.id }), "of another member of A", "not_found");
  refused(await nobody.getPost({ id: secret.id }), "of nobody", "not_found");
  refused(await dan.client.getPost({ id: seen.post.id }), "of another member of D", "not_found");
  const found = await eve.client.resolveObject({ q: `!club@${hostOf(baseA)}` });
  if (found.state === "success") equal(ok(await eve.client.getPosts({ community_id: found.data.community.id })).items, [], "no threads on E");
});

await does("E's member blocks a person, a community and nodes", async () => {
  const names = async () => ok(await eve.client.getPosts({ type_: "all", sort: "new", limit: 50 })).items;
  const by = async (name) => (await names()).some((p) => p.creator.name === name);
  const blocks = async () => ok(await eve.client.getMyUser());
  equal([await by("bob"), await by("dora")], [true, true], "before");
  const person_id = (await thread(eve, question.ap_id)).creator.id;
  ok(await eve.client.blockPerson({ person_id, block: true }));
  equal([await by("bob"), await by("dora"), (await blocks()).person_blocks.map((p) => p.name)], [false, true, ["bob"]], "a person");
  ok(await eve.client.blockPerson({ person_id, block: false }));
  equal(await by("bob"), true, "no more");
  ok(await eve.client.blockCommunity({ community_id: eve.garden, block: true }));
  equal([await names(), (await blocks()).community_blocks.map((c) => c.name)], [[], ["garden"]], "a community");
  ok(await eve.client.blockCommunity({ community_id: eve.garden, block: false }));
  const known = ok(await eve.client.getFederatedInstances({ kind: "all" })).items.map((i) => i.instance);
  const [a, d] = [baseA, baseD].map((base) => known.find((i) => i.domain === hostOf(base)).id);
  ok(await eve.client.userBlockInstancePersons({ instance_id: d, block: true }));
  equal([await by("dora"), await by("bob"), (await blocks()).instance_persons_blocks.map((i) => i.domain)], [false, true, [hostOf(baseD)]], "D's people");
  ok(await eve.client.userBlockInstancePersons({ instance_id: d, block: false }));
  ok(await eve.client.userBlockInstanceCommunities({ instance_id: a, block: true }));
  equal([await names(), (await blocks()).instance_communities_blocks.map((i) => i.domain)], [[], [hostOf(baseA)]], "A's communities");
  ok(await eve.client.userBlockInstanceCommunities({ instance_id: a, block: false }));
  equal([await by("bob"), await by("dora")], [true, true], "all is shown again");
});

await does("a tag made on A is put on a thread by B, and seen on C", async () => {
  const tag = ok(await ann.client.createCommunityTag({ community_id: ann.garden, name: "question", display_name: "A question", color: "color03" }));
  const onB = await soon(async () => (await community(bob)).community_view.tags[0], "the tag on B");
  equal([onB.ap_id, onB.display_name], [tag.ap_id, "A question"], "the same");
  equal(ok(await bob.client.editPost({ post_id: question.id, tags: [onB.id] })).post_view.tags.map((t) => t.ap_id), [tag.ap_id], "put on");
  const [onC] = await soon(async () => [(await thread(cid, question.ap_id)).tags].find((tags) => tags.length === 1), "on C");
  equal([onC.ap_id, onC.color], [tag.ap_id, "color03"], "the same on C");
  equal((await inGarden(cid, { tag_id: onC.id })).map((p) => p.post.ap_id), [question.ap_id], "found by it");
});

await does("the community is handed over to another member of A", async () => {
  const person_id = ok(await amy.client.getMyUser()).local_user_view.person.id;
  refused(await bob.client.transferCommunity({ community_id: bob.garden, person_id: await numberOn(bob, amy.acct) }), "by a moderator");
  equal(ok(await ann.client.transferCommunity({ community_id: ann.garden, person_id })).moderators[0].moderator.name, "amy", "handed over");
  await soon(async () => (await community(cid)).moderators.some((m) => m.moderator.name === "amy"), "known on C");
  ok(await amy.client.editCommunity({ community_id: amy.garden, title: "Amy's garden" }));
  await soon(async () => (await community(cid)).community_view.community.title === "Amy's garden", "her title on C");
  refused(await ann.client.transferCommunity({ community_id: ann.garden, person_id: await numberOn(ann, bob.acct) }), "it is not hers any more", "not_a_mod_or_admin");
});

await does("a multi-community on B has A's community in it", async () => {
  const { id, ap_id } = ok(await bob.client.createMultiCommunity({ name: "green", title: "All that is green" })).multi_community_view.multi;
  ok(await bob.client.createMultiCommunityEntry({ id, community_id: bob.garden }));
  ok(await bob.client.followMultiCommunity({ multi_community_id: id, follow: true }));
  equal(ok(await bob.client.getMyUser()).multi_community_follows.map((m) => m.multi.name), ["green"], "followed");
  const apIds = (items) => items.map((p) => p.post.ap_id).sort();
  const listed = ok(await bob.client.getPosts({ multi_community_id: id, sort: "new", limit: 50 })).items;
  equal([listed.length > 3, apIds(listed)], [true, apIds(await inGarden(bob))], "its threads");
  const onE = ok(await eve.client.resolveObject({ q: ap_id })).multi.id;
  ok(await eve.client.followMultiCommunity({ multi_community_id: onE, follow: true }));
  await soon(async () => ok(await eve.client.getMultiCommunity({ id: onE })).communities.some((c) => c.community.id === eve.garden), "its communities on E");
  equal(apIds(ok(await eve.client.getPosts({ multi_community_id: onE, sort: "new", limit: 50 })).items), apIds(await inGarden(eve)), "its threads on E");
});

let picture;
await does("an image from C is the picture of a thread on A", async () => {
  const uploaded = ok(await cid.client.uploadImage({ image: new Blob([Buffer.from(process.env.KITH_PNG, "base64")]) }));
  picture = await started(cid, "My tomato", { url: uploaded.image_url, alt_text: "a red square" });
  equal(picture.url, uploaded.image_url, "on C");
  const onA = await threadSoon(ann, picture.ap_id);
  equal([onA.post.alt_text, onA.image_details?.content_type, onA.image_details?.width], ["a red square", "image/png", 32], "described on A");
  const fetched = await fetch(onA.post.url);
  equal([fetched.status, fetched.headers.get("content-type")], [200, "image/png"], "shown on A");
});

await does("A's admin purges a thread", async () => {
  const post_id = (await thread(root, picture.ap_id)).post.id;
  refused(await ann.client.purgePost({ post_id, reason: "mine" }), "by a member", "not_a_mod_or_admin");
  ok(await root.client.purgePost({ post_id, reason: "not a tomato" }));
  refused(await ann.client.getPost({ id: post_id }), "gone on A", "not_found");
  equal(await thread(ann, picture.ap_id), undefined, "in no list");
});

const told = async (client, form) => ok(await client.getModlog({ limit: 50, ...form })).items.map((l) => [l.modlog.kind, l.modlog.is_revert, l.modlog.reason ?? "", l.moderator?.name]);
const done = [["mod_remove_post", false, "an advert", "bob"], ["mod_remove_post", true, "it is free", "bob"], ["mod_lock_post", false, "it is late", "bob"],
              ["mod_lock_post", true, "a new day", "bob"], ["mod_ban_from_community", true, "quiet now", "bob"]];
const missing = (log) => done.filter((line) => !log.some((l) => JSON.stringify(l) === JSON.stringify(line)));

await does("A's log tells removals, locks and bans", async () => {
  const log = await told(nobody, { community_id: ann.garden });
  equal(missing(log), [], "of the community");
  equal(log.some((l) => l[0] === "mod_ban_from_community" && !l[1] && l[2] === "too loud"), true, "the ban");
  equal(log.some((l) => l[0] === "mod_add_to_community" && l[3] === "ann"), true, "the moderator");
  equal(await told(nobody, { type_: "admin_ban" }), [["admin_ban", true, "a mistake", "root"], ["admin_ban", false, "spam", "root"]], "of the node");
  equal(await told(nobody, { type_: "admin_purge_post" }), [["admin_purge_post", false, "not a tomato", "root"]], "what was purged");
});

await does("so do B's and C's", async () => {
  for (const member of [bob, cid]) {
    const log = await told(member.client, { community_id: member.garden });
    equal(missing(log), [], `on ${member.acct}'s node`);
    equal(log.some((l) => l[0] === "mod_ban_from_community" && !l[1] && l[2] === "too loud"), true, "the ban");
    equal(await told(member.client, { type_: "admin_ban" }), [], "what another node's admin did is not theirs");
  }
});
finished(answersLookedAt(), 251);
