// What people do through apps that speak Lemmy's API v3 (lemmy-js-client 0.19.9): two nodes, one line a step. Each
// answer is held against that client's own types (lemmy_types.mjs).
import { LemmyHttp } from "lemmy-js-client-v3";
import { does, equal, finished, soon } from "./lemmy_steps.mjs";
import { answersLookedAt, checkAnswer, checked } from "./lemmy_types.mjs";

const [baseA, baseB, hostA, password] = process.argv.slice(2);
const lemmy = (base) => checked(new LemmyHttp(base), "lemmy-js-client-v3");

async function refused(asked, word, what) {
  let error;
  try { await asked; } catch (caught) { error = caught.message; }
  equal(error, word, what);
}

async function signedIn(base, name, secret = password) {
  const client = lemmy(base);
  const { jwt } = await client.login({ username_or_email: name, password: secret });
  client.setHeaders({ Authorization: `Bearer ${jwt}` });
  return client;
}

const nobody = lemmy(baseA);
const ann = await signedIn(baseA, "ann");
const bob = await signedIn(baseB, "bob");
let group, groupOnB, post, postOnB, comment;

await does("an answer of another form would be seen", async () => {
  const seen = (method, answer) => {
    try { checkAnswer("lemmy-js-client-v3", method, answer); } catch (error) { return error.message.split("\n  ").slice(1); }
    return [];
  };
  equal(seen("getUnreadCount", { replies: 1, mentions: 0, private_messages: 2, more: "x" }), [], "a right one");
  equal(seen("getUnreadCount", { replies: "1", mentions: null }).map((fault) => fault.split(": ")[0]),
        ["getUnreadCount.replies", "getUnreadCount.mentions", "getUnreadCount.private_messages"], "two types and one that is missing");
  equal(seen("getPosts", { posts: [], next_page: 5 }).length + seen("login", { registration_created: false, verify_email_sent: false, jwt: null }).length, 2, "optional ones");
});

await does("signing in and up", async () => {
  await refused(nobody.login({ username_or_email: "ann", password: "wrong" }), "incorrect_login", "a wrong password");
  await refused(nobody.getUnreadCount(), "incorrect_login", "nobody's inbox");
  const form = { username: "nina", password: "long enough", password_verify: "long enough", email: "nina@mail.example" };
  await refused(nobody.register({ ...form, password_verify: "other" }), "passwords_do_not_match", "two passwords");
  const { jwt } = await nobody.register(form);
  const nina = lemmy(baseA);
  nina.setHeaders({ Authorization: `Bearer ${jwt}` });
  equal((await nina.getSite()).my_user.local_user_view.person.name, "nina", "herself");
});

await does("the site, and who asks", async () => {
  const site = await nobody.getSite();
  equal([site.my_user ?? null, site.all_languages[37].code, site.site_view.site.public_key.slice(0, 26)], [null, "en", "-----BEGIN PUBLIC KEY-----"], "site");
  const mine = (await ann.getSite()).my_user;
  equal([mine.local_user_view.person.name, mine.follows, mine.local_user_view.counts.post_count], ["ann", [], 0], "ann");
  const byCookie = await (await fetch(`${baseA}/api/v3/site`, { headers: { Cookie: `jwt=${await tokenOf("ann")}` } })).json();
  equal(byCookie.my_user.local_user_view.person.name, "ann", "by a cookie");
});

async function tokenOf(name) {
  return (await nobody.login({ username_or_email: name, password })).jwt;
}

await does("a community is made, changed and found", async () => {
  group = (await ann.createCommunity({ name: "garden", title: "The garden", description: "**Plants**" })).community_view;
  equal([group.community.title, group.community.description, group.subscribed], ["The garden", "**Plants**", "Subscribed"], "made");
  const edited = (await ann.editCommunity({ community_id: group.community.id, description: "**All** plants" })).community_view.community;
  equal([edited.title, edited.description], ["The garden", "**All** plants"], "changed");
  await refused(ann.createCommunity({ name: "hut", title: "Hut", visibility: "Hidden" }), "The visibility is one of public, unlisted, local_only_private and private", "a visibility that there is not");
  equal((await nobody.listCommunities({ type_: "Local" })).communities.map((c) => c.community.name), ["garden"], "listed");
  const read = await nobody.getCommunity({ name: "garden" });
  equal([read.community_view.subscribed, read.moderators.map((m) => m.moderator.name)], ["NotSubscribed", ["ann"]], "read");
  const found = await nobody.search({ q: "gard", type_: "Communities" });
  equal([found.type_, found.communities.length], ["Communities", 1], "searched");
});

await does("it is followed from another node", async () => {
  groupOnB = (await bob.resolveObject({ q: `!garden@${hostA}` })).community.community.id;
  await bob.followCommunity({ community_id: groupOnB, follow: true });
  await soon(async () => (await bob.getCommunity({ id: groupOnB })).community_view.subscribed === "Subscribed", "accepted");
  equal((await bob.listCommunities({ type_: "Subscribed" })).communities.map((c) => c.community.id), [groupOnB], "subscribed");
  equal((await bob.getSite()).my_user.follows.map((f) => f.community.id), [groupOnB], "in my_user");
});

await does("a thread is started, edited, and comes to the other node", async () => {
  const made = (await ann.createPost({ community_id: group.community.id, name: "Which tomatoes?", body: "I like *red* ones.", url: "https://tomato.example/" })).post_view;
  equal([made.post.name, made.post.url, made.counts.score, made.my_vote, made.creator_is_moderator], ["Which tomatoes?", "https://tomato.example/", 1, 1, true], "made");
  post = (await ann.editPost({ post_id: made.post.id, body: "I like *green* ones." })).post_view;
  equal([post.post.name, post.post.body, typeof post.post.updated], ["Which tomatoes?", "I like *green* ones.", "string"], "edited");
  postOnB = await soon(async () => (await bob.getPosts({ type_: "Subscribed", sort: "New" })).posts.find((p) => p.post.body === "I like *green* ones."), "on B");
  equal([postOnB.post.ap_id, postOnB.subscribed, postOnB.my_vote ?? null], [post.post.ap_id, "Subscribed", null], "the same");
  const whole = await bob.getPost({ id: postOnB.post.id });
  equal([whole.post_view.post.id, whole.community_view.community.id, whole.moderators.length], [postOnB.post.id, groupOnB, 1], "read whole");
});

await does("comments make a tree across nodes", async () => {
  comment = (await bob.createComment({ post_id: postOnB.post.id, content: "Most do **not**." })).comment_view;
  equal([comment.comment.path, comment.comment.content, comment.counts.score, comment.my_vote], [`0.${comment.comment.id}`, "Most do **not**.", 1, 1], "made");
  comment = (await bob.editComment({ comment_id: comment.comment.id, content: "Most do not." })).comment_view;
  const onA = await soon(async () => (await ann.getComments({ post_id: post.post.id })).comments.find((c) => c.comment.content === "Most do not."), "on A");
  const answer = (await ann.createComment({ post_id: post.post.id, parent_id: onA.comment.id, content: "Mine do!" })).comment_view.comment;
  equal(answer.path, `0.${onA.comment.id}.${answer.id}`, "its place");
  const deep = (await ann.createComment({ post_id: post.post.id, parent_id: answer.id, content: "And well." })).comment_view.comment;
  const top = (await ann.createComment({ post_id: post.post.id, content: "Ask @nina" })).comment_view.comment;
  const tree = async (form) => (await nobody.getComments({ post_id: post.post.id, sort: "Old", ...form })).comments.map((c) => c.comment.id);
  equal(await tree({}), [onA.comment.id, answer.id, deep.id, top.id], "all");
  equal(await tree({ max_depth: 1 }), [onA.comment.id, top.id], "the first level");
  equal(await tree({ max_depth: 8 }), [onA.comment.id, top.id, answer.id, deep.id], "the tree, level by level");
  equal(await tree({ parent_id: answer.id, max_depth: 1 }), [answer.id, deep.id], "a branch");
  equal(await tree({ limit: 2, page: 2 }), [deep.id, top.id], "the second page");
  equal((await nobody.getComment({ id: deep.id })).comment_view.post.id, post.post.id, "one of them");
  equal((await nobody.getComments({ type_: "Local", sort: "New", limit: 1 })).comments.map((c) => c.comment.id), [top.id], "the newest of the node");
});

await does("votes go up, down and away", async () => {
  await bob.likePost({ post_id: postOnB.post.id, score: 1 });
  await soon(async () => (await nobody.getPost({ id: post.post.id })).post_view.counts.score === 2, "a vote from B");
  const down = (await bob.likePost({ post_id: postOnB.post.id, score: -1 })).post_view;
  equal([down.my_vote, down.counts.downvotes], [-1, 1], "down");
  equal((await bob.likePost({ post_id: postOnB.post.id, score: 0 })).post_view.my_vote ?? null, null, "away");
  const first = (await soon(async () => (await ann.getComments({ post_id: post.post.id, sort: "Old" })).comments.find((c) => c.counts.score === 1 && c.creator.name === "bob"), "its author's vote from B")).comment.id;
  equal((await ann.likeComment({ comment_id: first, score: 1 })).comment_view.counts.score, 2, "of a comment");
});

await does("threads come in every order, by number and by cursor", async () => {
  for (const name of ["Second", "Third"]) await ann.createPost({ community_id: group.community.id, name });
  const names = async (form) => (await nobody.getPosts({ community_id: group.community.id, ...form })).posts.map((p) => p.post.name);
  equal(await names({ sort: "New" }), ["Third", "Second", "Which tomatoes?"], "New");
  equal(await names({ sort: "Old" }), ["Which tomatoes?", "Second", "Third"], "Old");
  equal((await names({ sort: "MostComments" }))[0], "Which tomatoes?", "MostComments");
  for (const sort of ["Active", "Hot", "Scaled", "NewComments", "Controversial", "TopHour", "TopSixHour", "TopTwelveHour", "TopDay", "TopWeek", "TopMonth", "TopThreeMonths",
                      "TopSixMonths", "TopNineMonths", "TopYear", "TopAll"]) equal((await names({ sort })).length, 3, sort);
  await refused(nobody.getPosts({ sort: "Best" }), "sort is not one of those that there are", "no order");
  equal(await names({ sort: "New", limit: 1, page: 2 }), ["Second"], "the second page");
  const seen = [];
  let cursor;
  do {
    const got = await nobody.getPosts({ community_id: group.community.id, sort: "Hot", limit: 1, page_cursor: cursor });
    seen.push(...got.posts.map((p) => p.post.name));
    cursor = got.next_page;
  } while (cursor && seen.length < 6);
  equal([seen.length, new Set(seen).size], [3, 3], "each once");
});

await does("things are saved, read and hidden", async () => {
  equal((await bob.savePost({ post_id: postOnB.post.id, save: true })).post_view.saved, true, "saved");
  await bob.saveComment({ comment_id: comment.comment.id, save: true });
  equal((await bob.getPosts({ saved_only: true })).posts.map((p) => p.post.id), [postOnB.post.id], "saved posts");
  equal((await bob.getComments({ saved_only: true })).comments.map((c) => c.comment.id), [comment.comment.id], "saved comments");
  const me = (await bob.getSite()).my_user.local_user_view.person.id;
  const kept = await bob.getPersonDetails({ person_id: me, saved_only: true });
  equal([kept.posts.length, kept.comments.length], [1, 1], "at the member's own page");
  await bob.getPost({ id: postOnB.post.id });
  equal((await bob.getPost({ id: postOnB.post.id })).post_view.read, true, "what was opened is read");
  await bob.markPostAsRead({ post_ids: (await bob.getPosts({ community_id: groupOnB })).posts.map((p) => p.post.id), read: false });
  const all = await soon(async () => { const { posts } = await bob.getPosts({ community_id: groupOnB, sort: "Old" }); return posts.length === 3 && posts; }, "all there");
  equal([all[0].read, all[0].unread_comments > 0], [false, true], "unread");
  equal(await bob.markPostAsRead({ post_ids: [all[0].post.id, all[1].post.id], read: true }), { success: true }, "read");
  equal((await bob.getPosts({ community_id: groupOnB, show_read: false })).posts.map((p) => p.post.id), [all[2].post.id], "what is new");
  await bob.hidePost({ post_ids: [all[2].post.id], hide: true });
  equal((await bob.getPosts({ community_id: groupOnB })).posts.length, 2, "one is hidden");
  await bob.hidePost({ post_ids: [all[2].post.id], hide: false });
});

await does("answers and mentions are told, and marked as read", async () => {
  const reply = await soon(async () => (await bob.getReplies({ sort: "New", unread_only: true })).replies[0], "an answer");
  equal([reply.comment.content, reply.creator.name, reply.comment_reply.read, reply.recipient.name], ["Mine do!", "ann", false, "bob"], "told");
  const nina = await signedIn(baseA, "nina", "long enough");
  const mention = (await nina.getPersonMentions({})).mentions[0];
  equal([mention.comment.content, mention.person_mention.read], ["Ask @nina", false], "mentioned");
  equal(await nina.getUnreadCount(), { replies: 0, mentions: 1, private_messages: 0 }, "counted");
  equal((await nina.markPersonMentionAsRead({ person_mention_id: mention.person_mention.id, read: true })).person_mention_view.person_mention.read, true, "read");
  equal(await nina.getUnreadCount(), { replies: 0, mentions: 0, private_messages: 0 }, "none left");
  equal((await bob.markCommentReplyAsRead({ comment_reply_id: reply.comment_reply.id, read: true })).comment_reply_view.comment_reply.read, true, "an answer read");
  await ann.markAllAsRead();
  equal((await ann.getReplies({ unread_only: true })).replies, [], "all read");
  await refused(bob.markCommentReplyAsRead({ comment_reply_id: mention.person_mention.id, read: true }), "not_found", "somebody else's");
});

await does("messages are sent, read, edited and deleted", async () => {
  const annOnB = (await bob.resolveObject({ q: `@ann@${hostA}` })).person.person.id;
  const sent = (await bob.createPrivateMessage({ recipient_id: annOnB, content: "Between **us**" })).private_message_view;
  equal([sent.private_message.content, sent.recipient.id, sent.creator.name], ["Between **us**", annOnB, "bob"], "sent");
  const got = await soon(async () => (await ann.getPrivateMessages({ unread_only: true })).private_messages[0], "a message");
  equal([got.private_message.content, got.private_message.read, got.recipient.name], ["Between **us**", false, "ann"], "got");
  equal((await ann.getUnreadCount()).private_messages, 1, "counted");
  equal((await ann.markPrivateMessageAsRead({ private_message_id: got.private_message.id, read: true })).private_message_view.private_message.read, true, "read");
  equal((await ann.getUnreadCount()).private_messages, 0, "none left");
  await bob.editPrivateMessage({ private_message_id: sent.private_message.id, content: "Between you and me" });
  await soon(async () => (await ann.getPrivateMessages({})).private_messages[0].private_message.content === "Between you and me", "edited");
  equal((await bob.getPrivateMessages({})).private_messages.map((m) => m.private_message.id), [sent.private_message.id], "with those one sent");
  equal((await bob.deletePrivateMessage({ private_message_id: sent.private_message.id, deleted: true })).private_message_view.private_message.deleted, true, "deleted");
  await soon(async () => (await ann.getPrivateMessages({})).private_messages.length === 0, "gone");
});

await does("things are found and resolved", async () => {
  const found = await ann.search({ q: "tomatoes", type_: "All" });
  equal([found.posts.map((p) => p.post.id), found.comments.length], [[post.post.id], 0], "by words");
  equal((await ann.search({ q: "nina", type_: "Users", listing_type: "Local" })).users.map((u) => u.person.name), ["nina"], "people");
  equal((await bob.resolveObject({ q: post.post.ap_id })).post.post.id, postOnB.post.id, "a thread");
  equal((await ann.resolveObject({ q: comment.comment.ap_id })).comment.comment.content, "Most do not.", "a comment");
  const person = await nobody.getPersonDetails({ username: "ann" });
  equal([person.person_view.counts.post_count, person.posts.length, person.comments.length, person.moderates.length], [3, 3, 3, 1], "ann");
  equal((await bob.getFederatedInstances()).federated_instances.linked.map((i) => i.domain), [hostA], "nodes");
});

await does("things are reported, and reports resolved", async () => {
  const mod = await signedIn(baseA, "mod");
  await refused(bob.listPostReports({}), "not_a_mod_or_admin", "for teams");
  const onA = (await ann.getComments({ post_id: post.post.id, sort: "Old" })).comments[0];
  const made = (await ann.createCommentReport({ comment_id: onA.comment.id, reason: "off topic" })).comment_report_view;
  equal([made.comment_report.reason, made.comment_creator.name, made.creator.name, made.comment_report.resolved], ["off topic", "bob", "ann", false], "made");
  await ann.createPostReport({ post_id: post.post.id, reason: "a test" });
  equal((await mod.listPostReports({ unresolved_only: true })).post_reports.map((r) => r.post_report.reason), ["a test"], "of posts");
  equal((await mod.listCommentReports({})).comment_reports.map((r) => r.comment_report.reason), ["off topic"], "of comments");
  equal((await ann.listCommentReports({})).comment_reports.length, 1, "the team's");
  equal((await mod.resolveCommentReport({ report_id: made.comment_report.id, resolved: true })).comment_report_view.resolver.name, "mod", "resolved");
  equal((await mod.listCommentReports({ unresolved_only: true })).comment_reports, [], "none is left");
  equal((await mod.listCommentReports({ unresolved_only: false })).comment_reports.length, 1, "kept");
});

await does("moderators remove, restore, lock, feature and ban", async () => {
  await refused(bob.removePost({ post_id: postOnB.post.id, removed: true }), "not_a_mod_or_admin", "not a moderator");
  const onA = (await ann.getComments({ post_id: post.post.id, sort: "Old" })).comments[0].comment.id;
  const removed = (await ann.removeComment({ comment_id: onA, removed: true, reason: "rude" })).comment_view;
  equal([removed.comment.removed, removed.saved], [true, false], "removed");
  const log = await soon(async () => (await bob.getModlog({ community_id: groupOnB })).removed_comments[0], "in B's log");
  equal([log.mod_remove_comment.reason, log.mod_remove_comment.removed, log.moderator.name, log.comment.content], ["rude", true, "ann", ""], "says who and why, not what");
  await ann.removeComment({ comment_id: onA, removed: false });
  equal((await ann.lockPost({ post_id: post.post.id, locked: true })).post_view.post.locked, true, "locked");
  await ann.lockPost({ post_id: post.post.id, locked: false });
  equal((await ann.featurePost({ post_id: post.post.id, featured: true, feature_type: "Community" })).post_view.post.featured_community, true, "featured");
  await refused(ann.featurePost({ post_id: post.post.id, featured: true, feature_type: "Local" }), "This node shows no posts first, only groups do", "not on the whole node");
  const bobOnA = (await ann.getComment({ id: onA })).comment_view.creator.id;
  const banned = await ann.banFromCommunity({ community_id: group.community.id, person_id: bobOnA, ban: true, reason: "a test", expires: Math.floor(Date.now() / 1000) + 86400 });
  equal([banned.banned, banned.person_view.person.name], [true, "bob"], "banned");
  equal((await ann.getComment({ id: onA })).comment_view.creator_banned_from_community, true, "seen at the comment");
  equal((await ann.banFromCommunity({ community_id: group.community.id, person_id: bobOnA, ban: false })).banned, false, "let in again");
  const nina = (await nobody.getPersonDetails({ username: "nina" })).person_view.person.id;
  await refused(ann.addModToCommunity({ community_id: group.community.id, person_id: nina, added: true }), "Validation failed: only a member can moderate the group", "no member");
  await (await signedIn(baseA, "nina", "long enough")).followCommunity({ community_id: group.community.id, follow: true });
  equal((await ann.addModToCommunity({ community_id: group.community.id, person_id: nina, added: true })).moderators.map((m) => m.moderator.name), ["ann", "nina"], "a second moderator");
  const all = await nobody.getModlog({ community_id: group.community.id });
  equal([all.locked_posts.map((l) => l.mod_lock_post.locked), all.featured_posts.length, all.banned_from_community.map((b) => b.mod_ban_from_community.banned),
         all.added_to_community.map((m) => m.mod_add_community.removed)], [[false, true], 1, [false, true], [false]], "the log");
  equal((await nobody.getModlog({ type_: "ModLockPost", limit: 1 })).locked_posts.length, 1, "of one kind");
});

await does("people, communities and nodes are blocked", async () => {
  const annOnB = (await bob.resolveObject({ q: `@ann@${hostA}` })).person.person.id;
  equal((await bob.blockPerson({ person_id: annOnB, block: true })).blocked, true, "a person");
  equal((await bob.blockCommunity({ community_id: groupOnB, block: true })).community_view.blocked, true, "a community");
  const known = (await bob.getFederatedInstances()).federated_instances.linked[0].id;
  equal((await bob.blockInstance({ instance_id: known, block: true })).blocked, true, "a node");
  const mine = (await bob.getSite()).my_user;
  equal([mine.person_blocks.map((b) => b.target.name), mine.community_blocks.map((b) => b.community.name), mine.instance_blocks.map((b) => b.instance.domain)],
        [["ann"], ["garden"], [hostA]], "all three");
  await bob.blockInstance({ instance_id: known, block: false });
  await bob.blockCommunity({ community_id: groupOnB, block: false });
  equal((await bob.blockPerson({ person_id: annOnB, block: false })).blocked, false, "no more");
});

await does("what is one's own is changed and deleted, and signed out of", async () => {
  await ann.saveUserSettings({ display_name: "Ann A.", bio: "Grows things" });
  const person = (await nobody.getPersonDetails({ username: "ann" })).person_view.person;
  equal([person.display_name, person.bio], ["Ann A.", "Grows things"], "settings");
  const { jwt } = await ann.changePassword({ old_password: password, new_password: `${password}!`, new_password_verify: `${password}!` });
  ann.setHeaders({ Authorization: `Bearer ${jwt}` });
  equal((await ann.deletePost({ post_id: post.post.id, deleted: true })).post_view.post.deleted, true, "a thread");
  await refused(nobody.getPost({ id: post.post.id }), "couldnt_find_post", "gone");
  await ann.logout();
  await refused(ann.getUnreadCount(), "incorrect_login", "signed out");
});

finished(answersLookedAt(), 101);
