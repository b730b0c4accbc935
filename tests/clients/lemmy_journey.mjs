// What people do through Lemmy's own client (lemmy-js-client 1.0.0-beta.2): two nodes, one line a step.
// Each answer is held against that client's own types (lemmy_types.mjs).
import { createHmac } from "node:crypto";
import { LemmyHttp } from "lemmy-js-client";
import { does, equal, finished, ok, signedIn, soon } from "./lemmy_steps.mjs";
import { answersLookedAt, checked } from "./lemmy_types.mjs";

const [baseA, baseB, hostA, password] = process.argv.slice(2);
const lemmy = (base) => checked(new LemmyHttp(base), "lemmy-js-client");

// What A has is shown on B by B, byte for byte.
async function samePicture(onB, onA, what) {
  const bytes = async (url) => Buffer.from(await (await fetch(url)).arrayBuffer()).toString("base64");
  equal([new URL(onB).origin, await bytes(onB)], [baseB, await bytes(onA)], what);
}

// What an authenticator app shows (RFC 6238).
function totp(url, steps = 0) {
  const bits = [...new URL(url).searchParams.get("secret")]
    .map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const tag = createHmac("sha1", Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)))).update(counter).digest();
  return String((tag.readUInt32BE(tag[19] & 15) & 0x7fffffff) % 1000000).padStart(6, "0");
}

const nobody = lemmy(baseA);
const ann = await signedIn(lemmy(baseA), "ann", password);
const bob = await signedIn(lemmy(baseB), "bob", password);
let group, groupOnB, post, postOnB, comment;

await does("a wrong password is refused", async () => {
  const refused = await nobody.login({ username_or_email: "ann", password: "wrong" });
  equal([refused.state, refused.err.name, refused.err.status], ["failed", "incorrect_login", 401], "login");
});

await does("the site and the member's own account are read", async () => {
  const site = ok(await nobody.getSite());
  equal([site.site_view.instance.software, site.all_languages[37].code], ["kith", "en"], "site");
  const mine = ok(await ann.getMyUser());
  equal([mine.local_user_view.person.name, mine.follows], ["ann", []], "account");
  equal((await nobody.getMyUser()).state, "failed", "nobody's account");
  ok(await ann.validateAuth());
});

await does("a community is made and found", async () => {
  group = ok(await ann.createCommunity({ name: "garden", title: "The garden", sidebar: "**Plants**" })).community_view;
  equal([group.community.title, group.can_mod, group.community_actions.follow_state], ["The garden", true, "accepted"], "made");
  const listed = ok(await nobody.listCommunities({ type_: "local" }));
  equal(listed.items.map((c) => c.community.name), ["garden"], "listed");
  const read = ok(await nobody.getCommunity({ name: "garden" }));
  equal([read.community_view.community.sidebar, read.moderators[0].moderator.name], ["**Plants**", "ann"], "read");
  const found = ok(await nobody.search({ search_term: "gard", type_: "communities" }));
  equal(found.communities.length, 1, "searched");
});

await does("it is followed from another node", async () => {
  const found = ok(await bob.resolveObject({ q: `!garden@${hostA}` }));
  equal([found.type_, found.community.name], ["community", "garden"], "resolved");
  groupOnB = found.community.id;
  ok(await bob.followCommunity({ community_id: groupOnB, follow: true }));
  await soon(async () => ok(await bob.getCommunity({ id: groupOnB })).community_view.community_actions.follow_state === "accepted", "accepted");
  equal(ok(await bob.listCommunities({ type_: "subscribed" })).items.map((c) => c.community.id), [groupOnB], "subscribed");
});

await does("a thread is started, and comes to the other node", async () => {
  post = ok(await ann.createPost({ community_id: group.community.id, name: "Which tomatoes?", body: "I like *red* ones.", url: "https://tomato.example/" })).post_view;
  equal([post.post.name, post.post.body, post.post.url, post.post.score, post.creator.name, post.creator_is_moderator],
        ["Which tomatoes?", "I like *red* ones.", "https://tomato.example/", 1, "ann", true], "made");
  postOnB = await soon(async () => ok(await bob.getPosts({ community_id: groupOnB, sort: "new" })).items[0], "on B");
  equal([postOnB.post.name, postOnB.post.ap_id, postOnB.post.url], ["Which tomatoes?", post.post.ap_id, "https://tomato.example/"], "the same");
});

await does("it is edited", async () => {
  const edited = ok(await ann.editPost({ post_id: post.post.id, name: "Which tomatoes like shade?", body: "I like *green* ones." })).post_view;
  equal([edited.post.name, edited.post.body, edited.post.url], ["Which tomatoes like shade?", "I like *green* ones.", "https://tomato.example/"], "edited");
  await soon(async () => ok(await bob.getPost({ id: postOnB.post.id })).post_view.post.name === "Which tomatoes like shade?", "edited on B");
});

await does("comments are written and answered across nodes", async () => {
  comment = ok(await bob.createComment({ post_id: postOnB.post.id, content: "Most do **not**." })).comment_view;
  equal([comment.comment.path, comment.comment.content, comment.comment.score], [`0.${comment.comment.id}`, "Most do **not**.", 1], "made");
  const there = await soon(async () => ok(await ann.getComments({ post_id: post.post.id })).items[0], "on A");
  equal([there.creator.name, there.post.name], ["bob", "Which tomatoes like shade?"], "read");
  const answer = ok(await ann.createComment({ post_id: post.post.id, parent_id: there.comment.id, content: "Mine do!" })).comment_view;
  equal(answer.comment.path, `0.${there.comment.id}.${answer.comment.id}`, "its place");
  await soon(async () => ok(await bob.getComments({ post_id: postOnB.post.id, sort: "old" })).items.length === 2, "both on B");
  equal(ok(await ann.getPost({ id: post.post.id })).post_view.post.comments, 2, "counted");
});

await does("votes go up, down and away", async () => {
  ok(await bob.likePost({ post_id: postOnB.post.id, is_upvote: true }));
  await soon(async () => ok(await nobody.getPost({ id: post.post.id })).post_view.post.score === 2, "a vote from B");
  const down = ok(await bob.likePost({ post_id: postOnB.post.id, is_upvote: false })).post_view;
  equal([down.post_actions.vote_is_upvote, down.post.downvotes], [false, 1], "down");
  await soon(async () => ok(await nobody.getPost({ id: post.post.id })).post_view.post.downvotes === 1, "a vote against");
  ok(await bob.likePost({ post_id: postOnB.post.id }));
  await soon(async () => ok(await nobody.getPost({ id: post.post.id })).post_view.post.downvotes === 0, "taken back");
  ok(await ann.likeComment({ comment_id: ok(await ann.getComments({ post_id: post.post.id, sort: "old" })).items[0].comment.id, is_upvote: true }));
});

await does("threads come in every order, page by page", async () => {
  for (const name of ["Second", "Third"]) ok(await ann.createPost({ community_id: group.community.id, name }));
  const third = ok(await nobody.getPosts({ community_id: group.community.id, sort: "new", limit: 1 })).items[0];
  ok(await ann.createComment({ post_id: third.post.id, content: "x" }));
  const names = async (sort) => ok(await nobody.getPosts({ community_id: group.community.id, sort })).items.map((p) => p.post.name);
  const first = "Which tomatoes like shade?";
  equal(await names("new"), ["Third", "Second", first], "new");
  equal(await names("old"), [first, "Second", "Third"], "old");
  equal(await names("most_comments"), [first, "Third", "Second"], "most comments");
  equal((await names("new_comments"))[0], "Third", "new comments");
  for (const sort of ["hot", "active", "top", "controversial", "scaled"]) equal((await names(sort)).length, 3, sort);
  const seen = [];
  let cursor;
  for (let page = 0; page < 5; ++page) {
    const got = ok(await nobody.getPosts({ community_id: group.community.id, sort: "hot", limit: 1, page_cursor: cursor }));
    seen.push(...got.items.map((p) => p.post.name));
    cursor = got.next_page;
    if (!cursor) break;
  }
  equal([seen.length, new Set(seen).size], [3, 3], "each once");
  equal((await nobody.getPosts({ page_cursor: "nonsense" })).state, "failed", "a cursor that is none");
});

await does("things are saved, and a person's content is read", async () => {
  ok(await bob.savePost({ post_id: postOnB.post.id, save: true }));
  equal(ok(await bob.listPersonSaved({})).items.map((i) => [i.type_, i.post.id]), [["post", postOnB.post.id]], "saved");
  ok(await bob.savePost({ post_id: postOnB.post.id, save: false }));
  equal(ok(await bob.listPersonSaved({})).items, [], "no more");
  const details = ok(await nobody.getPersonDetails({ username: "ann" }));
  equal([details.person_view.person.post_count, details.moderates.length], [3, 1], "ann");
  const content = ok(await nobody.listPersonContent({ username: "ann" })).items.map((i) => i.type_);
  equal(content, ["comment", "post", "post", "comment", "post"], "what she wrote");
});

await does("threads are marked as read, and hidden", async () => {
  const listed = async () => ok(await bob.getPosts({ community_id: groupOnB, sort: "old" })).items;
  const first = (await listed())[0].post.id;
  ok(await bob.getPost({ id: first }));
  equal(typeof (await listed())[0].post_actions.read_at, "string", "what was opened is read");
  ok(await bob.markPostAsRead({ post_id: first, read: false }));
  const all = await listed();
  equal([all.length, all[0].post_actions.read_at ?? null], [3, null], "unread");
  const marked = ok(await bob.markPostAsRead({ post_id: all[0].post.id, read: true })).post_view;
  equal(typeof marked.post_actions.read_at, "string", "read");
  ok(await bob.markManyPostsAsRead({ post_ids: [all[1].post.id, all[2].post.id, 1], read: true }));
  equal(ok(await bob.listPersonRead({})).items.length, 3, "all read");
  equal(ok(await bob.getPosts({ community_id: groupOnB, show_read: false })).items, [], "only what is new");
  ok(await bob.markPostAsRead({ post_id: all[0].post.id, read: false }));
  equal(ok(await bob.getPosts({ community_id: groupOnB, show_read: false })).items.map((p) => p.post.id), [all[0].post.id], "unread again");
  ok(await bob.hidePost({ post_id: all[2].post.id, hide: true }));
  equal(ok(await bob.getPosts({ community_id: groupOnB })).items.length, 2, "one is hidden");
  equal(ok(await bob.getPosts({ community_id: groupOnB, show_hidden: true })).items.length, 3, "and shown where asked for");
  equal(ok(await bob.listPersonHidden({})).items.map((p) => p.post.id), [all[2].post.id], "listed");
  equal(ok(await lemmy(baseB).getPosts({ community_id: groupOnB })).items.length, 3, "for nobody else");
  ok(await bob.hidePost({ post_id: all[2].post.id, hide: false }));
});

await does("moderators remove, restore, lock and feature", async () => {
  const id = comment.comment.id;
  const onA = ok(await ann.getComments({ post_id: post.post.id, sort: "old" })).items[0].comment.id;
  equal((await bob.removePost({ post_id: postOnB.post.id, removed: true, reason: "mine" })).state, "failed", "not a moderator");
  equal(ok(await ann.removeComment({ comment_id: onA, removed: true, reason: "rude" })).comment_view.comment.removed, true, "removed");
  await soon(async () => ok(await bob.getModlog({ community_id: groupOnB })).items.some((l) => l.modlog.kind === "mod_remove_comment" && l.modlog.reason === "rude"), "in B's log");
  ok(await ann.removeComment({ comment_id: onA, removed: false, reason: "" }));
  await soon(async () => (await lemmy(baseB).getComment({ id })).state === "success", "restored on B");
  equal(ok(await ann.lockPost({ post_id: post.post.id, locked: true, reason: "late" })).post_view.post.locked, true, "locked");
  await soon(async () => (await bob.createComment({ post_id: postOnB.post.id, content: "but" })).state === "failed", "locked on B");
  ok(await ann.lockPost({ post_id: post.post.id, locked: false, reason: "" }));
  equal(ok(await ann.featurePost({ post_id: post.post.id, featured: true, feature_type: "community" })).post_view.post.featured_community, true, "featured");
});

await does("moderators ban, and make moderators", async () => {
  const bobOnA = ok(await ann.getPersonDetails({ username: `bob@${new URL(baseB).host}` })).person_view.person.id;
  equal(ok(await ann.addModToCommunity({ community_id: group.community.id, person_id: bobOnA, added: true })).moderators.length, 2, "two");
  ok(await ann.addModToCommunity({ community_id: group.community.id, person_id: bobOnA, added: false }));
  ok(await ann.banFromCommunity({ community_id: group.community.id, person_id: bobOnA, ban: true, reason: "a time out" }));
  await soon(async () => (await bob.createPost({ community_id: groupOnB, name: "I am banned" })).state === "failed", "banned on B");
  ok(await ann.banFromCommunity({ community_id: group.community.id, person_id: bobOnA, ban: false, reason: "" }));
  const kinds = ok(await nobody.getModlog({ community_id: group.community.id })).items.map((l) => l.modlog.kind);
  equal(kinds.filter((k) => k === "mod_ban_from_community").length, 2, "in the log");
});

await does("a comment and a thread are deleted", async () => {
  const mine = ok(await ann.createPost({ community_id: group.community.id, name: "A mistake" })).post_view.post.id;
  equal((await bob.deletePost({ post_id: mine, deleted: true })).state, "failed", "somebody else's");
  equal(ok(await ann.deletePost({ post_id: mine, deleted: true })).post_view.post.deleted, true, "deleted");
  equal((await nobody.getPost({ id: mine })).state, "failed", "gone");
});

await does("answers, mentions and messages are told, and marked as read", async () => {
  const told = await soon(async () => ok(await ann.listNotifications({})).items.find((n) => n.notification.kind === "reply"), "an answer");
  equal([told.data.type_, told.data.creator.name, told.notification.read], ["comment", "bob", false], "told");
  const annOnB = ok(await bob.resolveObject({ q: `@ann@${hostA}` })).person.id;
  const sent = ok(await bob.createPrivateMessage({ recipient_id: annOnB, content: "Between **us**" })).private_message_view;
  equal([sent.private_message.content, sent.recipient.id, sent.creator.name], ["Between **us**", annOnB, "bob"], "sent");
  const got = await soon(async () => ok(await ann.listNotifications({ type_: "private_message" })).items[0], "a message");
  equal([got.data.type_, got.data.private_message.content, got.data.recipient.name], ["private_message", "Between **us**", "ann"], "read");
  ok(await bob.editPrivateMessage({ private_message_id: sent.private_message.id, content: "Between you and me" }));
  await soon(async () => ok(await ann.listNotifications({ type_: "private_message" })).items[0].data.private_message.content === "Between you and me", "edited");
  equal(ok(await ann.getUnreadCounts()).notification_count > 0, true, "unread");
  ok(await ann.markAllNotificationsAsRead());
  equal([ok(await ann.getUnreadCounts()).notification_count, ok(await ann.listNotifications({ unread_only: true })).items], [0, []], "all read");
  equal(ok(await bob.deletePrivateMessage({ private_message_id: sent.private_message.id, deleted: true })).private_message_view.private_message.deleted, true, "deleted");
  await soon(async () => ok(await ann.listNotifications({ type_: "private_message" })).items.length === 0, "gone");
});

await does("things are reported, and reports resolved", async () => {
  const mod = await signedIn(lemmy(baseA), "mod", password);
  equal((await bob.listReports({})).state, "failed", "for teams");
  const on = ok(await ann.getComments({ post_id: post.post.id, sort: "old" })).items[0];
  const made = ok(await ann.createCommentReport({ comment_id: on.comment.id, reason: "off topic" })).comment_report_view;
  equal([made.comment_report.reason, made.comment_creator.name, made.creator.name, made.comment_report.resolved], ["off topic", "bob", "ann", false], "made");
  ok(await ann.createPostReport({ post_id: post.post.id, reason: "a test" }));
  const open = ok(await mod.listReports({ unresolved_only: true })).items;
  equal(open.map((r) => r.type_), ["post", "comment"], "listed");
  equal(ok(await ann.listReports({})).items.map((r) => r.type_), ["comment"], "the team's, but for what is about herself");
  equal(ok(await mod.resolveCommentReport({ report_id: made.comment_report.id, resolved: true })).comment_report_view.resolver.name, "mod", "resolved");
  equal(ok(await mod.listReports({ unresolved_only: true })).items.length, 1, "one is left");
});

await does("a closed community asks who may come in, and is handed on", async () => {
  const closed = ok(await ann.createCommunity({ name: "closed", title: "Closed", visibility: "private" })).community_view.community;
  const found = ok(await bob.resolveObject({ q: `!closed@${hostA}` })).community.id;
  equal(ok(await bob.followCommunity({ community_id: found, follow: true })).community_view.community_actions.follow_state, "pending", "asked");
  const waiting = await soon(async () => ok(await ann.listCommunityPendingFollows({})).items[0], "it waits");
  equal([waiting.person.name, waiting.community.name], ["bob", "closed"], "who");
  ok(await ann.approveCommunityPendingFollow({ community_id: closed.id, follower_id: waiting.person.id, approve: true }));
  await soon(async () => ok(await bob.getCommunity({ id: found })).community_view.community_actions.follow_state === "accepted", "let in");
  const edited = ok(await ann.editCommunity({ community_id: closed.id, title: "Ajar", visibility: "public" })).community_view.community;
  equal([edited.title, edited.visibility], ["Ajar", "public"], "opened");
  const mod = await signedIn(lemmy(baseA), "mod", password);
  const id = ok(await mod.getMyUser()).local_user_view.person.id;
  equal((await mod.transferCommunity({ community_id: closed.id, person_id: id })).state, "failed", "not hers");
  ok(await mod.followCommunity({ community_id: closed.id, follow: true }));
  equal(ok(await ann.transferCommunity({ community_id: closed.id, person_id: id })).moderators[0].moderator.name, "mod", "handed on");
});

await does("a community has settings, an icon and tags, which the other node sees", async () => {
  const id = group.community.id;
  const image = new Blob([Buffer.from(process.env.KITH_PNG, "base64")]);
  const edited = ok(await ann.editCommunity({ community_id: id, summary: "All about plants", nsfw: true, discussion_languages: [0, 37] }));
  equal([edited.community_view.community.summary, edited.community_view.community.nsfw, edited.discussion_languages], ["All about plants", true, [0, 37]], "edited");
  const icon = ok(await ann.uploadCommunityIcon({ id }, { image }));
  ok(await ann.uploadCommunityBanner({ id }, { image }));
  const tag = ok(await ann.createCommunityTag({ community_id: id, name: "question", display_name: "Question", color: "color02" }));
  equal(ok(await ann.editCommunityTag({ tag_id: tag.id, summary: "Who knows?" })).summary, "Who knows?", "the tag is edited");
  const there = await soon(async () => {
    const seen = ok(await bob.getCommunity({ id: groupOnB })).community_view;
    return seen.tags[0]?.summary === "Who knows?" && seen;
  }, "the tag on B");
  equal([there.community.summary, there.community.nsfw, there.tags[0].color], ["All about plants", true, "color02"], "on B");
  await samePicture(there.community.icon, icon.image_url, "its icon");
  const asked = ok(await ann.createPost({ community_id: id, name: "When to sow?", tags: [tag.id] })).post_view;
  equal(asked.tags.map((t) => t.name), ["question"], "tagged");
  const onB = await soon(async () => ok(await bob.getPosts({ community_id: groupOnB, tag_id: there.tags[0].id })).items[0], "tagged on B");
  equal([onB.post.name, onB.tags[0].display_name], ["When to sow?", "Question"], "the same");
  equal((await bob.modEditPost({ post_id: onB.post.id, tags: [] })).state, "failed", "not a moderator");
  equal(ok(await ann.modEditPost({ post_id: asked.post.id, tags: [], nsfw: true })).post_view.tags, [], "taken off");
  await soon(async () => ok(await bob.getPost({ id: onB.post.id })).post_view.tags.length === 0, "taken off on B");
  equal(ok(await ann.listPostLikes({ post_id: asked.post.id })).items.map((v) => [v.creator.name, v.is_upvote]), [["ann", true]], "votes");
  equal(ok(await ann.deleteCommunityTag({ tag_id: tag.id, delete: true })).deleted, true, "the tag is deleted");
  ok(await ann.deleteCommunityIcon({ id }));
  ok(await ann.deleteCommunityBanner({ id }));
  equal(ok(await ann.getCommunity({ id })).community_view.community.icon ?? null, null, "no icon");
});

await does("a multi-community is kept here, and followed from there", async () => {
  const multi = ok(await ann.createMultiCommunity({ name: "outdoors", title: "Outdoors", summary: "Fresh air" })).multi_community_view;
  equal([multi.multi.title, multi.owner.name, multi.follow_state], ["Outdoors", "ann", "accepted"], "made");
  const entry = ok(await ann.createMultiCommunityEntry({ id: multi.multi.id, community_id: group.community.id }));
  equal(entry.community_view.community.name, "garden", "put in");
  equal(ok(await nobody.getMultiCommunity({ name: "outdoors" })).communities.map((c) => c.community.name), ["garden"], "read");
  equal(ok(await nobody.getPosts({ multi_community_name: "outdoors", sort: "new" })).items[0].post.name, "When to sow?", "its threads");
  const found = ok(await bob.resolveObject({ q: `${baseA}/m/outdoors` }));
  equal([found.type_, found.multi.summary], ["multi_community", "Fresh air"], "found from B");
  ok(await bob.followMultiCommunity({ multi_community_id: found.multi.id, follow: true }));
  await soon(async () => ok(await bob.listMultiCommunities({ type_: "subscribed" })).items[0]?.follow_state === "accepted", "followed");
  await soon(async () => ok(await bob.getPosts({ multi_community_id: found.multi.id })).items.length > 0, "its threads on B");
  equal(ok(await bob.getMyUser()).multi_community_follows.map((m) => m.multi.name), ["outdoors"], "of the member");
  equal(ok(await ann.editMultiCommunity({ id: multi.multi.id, title: "Out there" })).multi_community_view.multi.title, "Out there", "edited");
  await soon(async () => ok(await bob.getMultiCommunity({ id: found.multi.id })).multi_community_view.multi.title === "Out there", "edited on B");
  ok(await ann.deleteMultiCommunityEntry({ id: multi.multi.id, community_id: group.community.id }));
  await soon(async () => ok(await bob.getMultiCommunity({ id: found.multi.id })).communities.length === 0, "taken out on B");
  ok(await bob.followMultiCommunity({ multi_community_id: found.multi.id, follow: false }));
  equal(ok(await ann.editMultiCommunity({ id: multi.multi.id, deleted: true })).multi_community_view.multi.deleted, true, "deleted");
});

await does("pictures are uploaded, shown and deleted", async () => {
  const image = new Blob([Buffer.from(process.env.KITH_PNG, "base64")]);
  const [first, second] = [ok(await ann.uploadImage({ image })), ok(await ann.uploadImage({ image }))];
  equal(ok(await ann.listMedia()).items.map((m) => m.local_image.pictrs_alias), [second.filename, first.filename], "listed");
  const shown = ok(await ann.createPost({ community_id: group.community.id, name: "A picture", url: first.image_url, alt_text: "A leaf" })).post_view;
  equal([shown.post.url, shown.post.alt_text, shown.post.url_content_type.split("/")[0], typeof shown.post.thumbnail_url], [first.image_url, "A leaf", "image", "string"], "in a thread");
  const there = await soon(async () => ok(await bob.getPosts({ community_id: groupOnB, sort: "new" })).items.find((p) => p.post.name === "A picture"), "on B");
  equal([there.post.alt_text, there.post.url_content_type.split("/")[0]], ["A leaf", "image"], "its text");
  await samePicture(there.post.url, first.image_url, "in the thread");
  equal(ok(await ann.listMedia()).items.map((m) => m.post?.name ?? null), [null, "A picture"], "where it is shown");
  equal((await ann.deleteMedia({ filename: first.filename })).state, "failed", "what a thread shows stays");
  ok(await ann.deleteMedia({ filename: second.filename }));
  equal(ok(await ann.listMedia()).items.length, 1, "deleted");
  ok(await ann.imageHealth());
  const mod = await signedIn(lemmy(baseA), "mod", password);
  const gone = ok(await mod.createCommunity({ name: "brief" })).community_view.community.id;
  equal((await ann.deleteCommunity({ community_id: gone, deleted: true })).state, "failed", "not hers");
  equal(ok(await mod.deleteCommunity({ community_id: gone, deleted: true })).community_view.community.deleted, true, "deleted");
  equal((await nobody.getCommunity({ id: gone })).state, "failed", "gone");
});

await does("communities, nodes and pictures of one's own", async () => {
  ok(await bob.blockCommunity({ community_id: groupOnB, block: true }));
  equal(ok(await bob.getMyUser()).community_blocks.map((c) => c.id), [groupOnB], "blocked");
  ok(await bob.blockCommunity({ community_id: groupOnB, block: false }));
  const known = ok(await bob.getFederatedInstances({ kind: "all" })).items.map((i) => i.instance);
  equal(known.map((i) => i.domain), [hostA], "known nodes");
  const image = new Blob([Buffer.from(process.env.KITH_PNG, "base64")]);
  const avatar = ok(await bob.uploadUserAvatar({ image }));
  equal(ok(await bob.getMyUser()).local_user_view.person.avatar, avatar.image_url, "an avatar");
  ok(await bob.deleteUserAvatar());
  equal(ok(await bob.getMyUser()).local_user_view.person.avatar ?? null, null, "none");
  const slim = ok(await bob.getCommentsSlim({ post_id: postOnB.post.id })).items;
  equal([slim.length >= 2, "post" in slim[0], slim.some((c) => c.comment.id === comment.comment.id)], [true, false, true], "slim comments");
  ok(await bob.userBlockInstancePersons({ instance_id: known[0].id, block: true }));
  equal(ok(await bob.getMyUser()).instance_persons_blocks.map((i) => i.domain), [hostA], "a node is blocked");
  ok(await bob.userBlockInstancePersons({ instance_id: known[0].id, block: false }));
  const changed = ok(await bob.changePassword({ old_password: password, new_password: `${password}!`, new_password_verify: `${password}!` }));
  bob.setHeaders({ Authorization: `Bearer ${changed.jwt}` });
  ok(await bob.validateAuth());
  equal((await bob.deleteAccount({ password, delete_content: true })).state, "failed", "the old password");
});

await does("a second factor is asked for, and where one is signed in", async () => {
  const { totp_secret_url: url } = ok(await bob.generateTotpSecret());
  equal((await bob.editTotp({ totp_token: "1", enabled: true })).state, "failed", "a wrong code");
  equal(ok(await bob.editTotp({ totp_token: totp(url, -1), enabled: true })), { enabled: true }, "on");
  const form = { username_or_email: "bob", password: `${password}!` };
  equal((await bob.login(form)).err.name, "missing_totp_token", "asked for");
  ok(await bob.login({ ...form, totp_2fa_token: totp(url) }));
  equal(ok(await bob.listLogins()).logins.length, 2, "signed in twice");
  equal(ok(await bob.getMyUser()).local_user_view.local_user.totp_2fa_enabled, true, "told");
  equal(ok(await bob.editTotp({ totp_token: totp(url, 1), enabled: false })), { enabled: false }, "off");
});

await does("people are blocked, and sign out", async () => {
  const annOnB = ok(await bob.resolveObject({ q: `@ann@${hostA}` })).person.id;
  ok(await bob.blockPerson({ person_id: annOnB, block: true }));
  equal(ok(await bob.getMyUser()).person_blocks.map((p) => p.name), ["ann"], "blocked");
  ok(await bob.blockPerson({ person_id: annOnB, block: false }));
  ok(await bob.logout());
  equal((await bob.getMyUser()).state, "failed", "signed out");
});
finished(answersLookedAt(), 101);
