// What the people who run a node do through Lemmy's own client (lemmy-js-client 1.0.0-beta.2), and what its members
// set for themselves: one line a step. Each answer is held against that client's own types (lemmy_types.mjs).
import { readdirSync, readFileSync } from "node:fs";
import { LemmyHttp } from "lemmy-js-client";
import { does, equal, finished, ok, refused, signedIn, soon } from "./lemmy_steps.mjs";
import { answersLookedAt, checked } from "./lemmy_types.mjs";

const [baseA, baseB, hostA, hostB, password, mails] = process.argv.slice(2);
const lemmy = (base) => checked(new LemmyHttp(base), "lemmy-js-client");
const picture = () => ({ image: new Blob([Buffer.from(process.env.KITH_PNG, "base64")]) });

// The token in the last letter to somebody with this text.
async function tokenIn(to, path) {
  return soon(() => {
    for (const file of readdirSync(mails)) {
      const letter = readFileSync(`${mails}/${file}`, "utf8");
      if (!letter.includes(`<${to}>`)) continue;
      const text = Buffer.from(letter.split(/\r?\n\r?\n/).slice(1).join(""), "base64").toString();
      const found = text.match(new RegExp(`${path}\\?token=(\\S+)`));
      if (found) return found[1];
    }
    return null;
  }, `a letter to ${to}`);
}

const nobody = lemmy(baseA);
const root = await signedIn(lemmy(baseA), "root", password);
const ann = await signedIn(lemmy(baseA), "ann", password);
const bob = await signedIn(lemmy(baseB), "bob", password);
const me = async (client) => ok(await client.getMyUser()).local_user_view.person.id;
const [rootId, annId] = [await me(root), await me(ann)];
const newcomer = { username: "newt", password: "long enough", password_verify: "long enough", email: "newt@mail.example", answer: "I like ponds" };
let newt, newtId, garden, thread;

await does("somebody asks to be let in, and confirms the address", async () => {
  equal(ok(await nobody.getCaptcha()), {}, "no captcha is asked for");
  refused(await nobody.register({ ...newcomer, honeypot: "x" }), "a program", "honeypot_failed");
  equal(ok(await nobody.register(newcomer)), { registration_created: true, verify_email_sent: true }, "asked");
  refused(await nobody.login({ username_or_email: "newt", password: newcomer.password }), "before anything", "email_not_verified");
  ok(await nobody.resendVerificationEmail({ email: newcomer.email }));
  ok(await nobody.resendVerificationEmail({ email: "nobody@mail.example" }));
  const token = await tokenIn(newcomer.email, "/auth/confirm");
  refused(await nobody.verifyEmail({ token: `x${token}` }), "another token", "not_found");
  ok(await nobody.verifyEmail({ token }));
});

await does("an application is denied, and then approved", async () => {
  equal(ok(await root.getUnreadCounts()).registration_application_count, 1, "one waits");
  refused(await ann.listRegistrationApplications({}), "members do not see it", "not_a_mod_or_admin");
  const [asked] = ok(await root.listRegistrationApplications({ unread_only: true })).items;
  equal([asked.registration_application.answer, asked.creator.name, asked.creator_local_user.email_verified, asked.creator_local_user.accepted_application],
        ["I like ponds", "newt", true, false], "the application");
  newtId = asked.creator.id;
  const id = asked.registration_application.id;
  const denied = ok(await root.approveRegistrationApplication({ id, approve: false, deny_reason: "no ponds here" })).registration_application;
  equal([denied.registration_application.deny_reason, denied.admin.name], ["no ponds here", "root"], "denied");
  equal(ok(await root.listRegistrationApplications({ unread_only: true })).items, [], "decided");
  const told = await nobody.login({ username_or_email: "newt", password: newcomer.password });
  equal([told.state, told.err.message.includes("no ponds here")], ["failed", true], "told why");
  equal(ok(await root.getRegistrationApplication({ person_id: newtId })).registration_application.registration_application.id, id, "by person");
  ok(await root.approveRegistrationApplication({ id, approve: true }));
  equal(ok(await root.getUnreadCounts()).registration_application_count, 0, "nobody waits");
  newt = await signedIn(lemmy(baseA), "newt", newcomer.password);
});

await does("a password that was forgotten is replaced", async () => {
  ok(await nobody.resetPassword({ email: "nobody@mail.example" }));
  ok(await nobody.resetPassword({ email: newcomer.email }));
  const token = await tokenIn(newcomer.email, "/auth/password/edit");
  const wanted = { token, password: "even longer", password_verify: "even longer" };
  refused(await nobody.changePasswordAfterReset({ ...wanted, password_verify: "other" }), "they differ", "passwords_do_not_match");
  ok(await nobody.changePasswordAfterReset(wanted));
  refused(await nobody.changePasswordAfterReset(wanted), "used up", "not_found");
  equal((await newt.validateAuth()).state, "failed", "sessions end");
  newt = await signedIn(lemmy(baseA), "newt", "even longer");
});

await does("the site is set up, and edited", async () => {
  refused(await ann.editSite({ sidebar: "mine" }), "members do not", "not_a_mod_or_admin");
  equal(ok(await root.createSite({ name: "kith", sidebar: "**Rules** apply" })).site_view.site.sidebar, "**Rules** apply", "first");
  refused(await root.createSite({ name: "kith" }), "once", "already_exists");
  refused(await root.editSite({ name: "Mine now", content_warning: "frogs" }), "what the file says");
  equal(ok(await nobody.getSite()).site_view.site.content_warning ?? null, null, "and nothing else was changed");
  ok(await root.editSite({ community_creation_admin_only: true, application_question: "Why?", content_warning: "frogs", blocked_urls: ["bad.example"],
                           default_post_sort_type: "new", default_items_per_page: 5, legal_information: "Be kind", max_invites_per_user_allowed: 1 }));
  const site = ok(await nobody.getSite());
  equal([site.site_view.local_site.application_question, site.site_view.site.content_warning, site.site_view.local_site.legal_information,
         site.blocked_urls.map((u) => u.url), site.site_view.local_site.default_post_sort_type], ["Why?", "frogs", "Be kind", ["bad.example"], "new"], "seen");
  refused(await ann.createCommunity({ name: "mine", title: "Mine" }), "only the team makes communities", "only_admins_can_create_communities");
  ok(await root.editSite({ community_creation_admin_only: false }));
  garden = ok(await ann.createCommunity({ name: "garden", title: "The garden" })).community_view.community.id;
  refused(await ann.createPost({ community_id: garden, name: "Look", url: "https://www.bad.example/x" }), "a blocked host");
  thread = ok(await ann.createPost({ community_id: garden, name: "Frogs", body: "croak" })).post_view.post.id;
});

await does("pictures of all are listed, and taken out", async () => {
  const { filename } = ok(await ann.uploadImage(picture()));
  equal(ok(await root.adminListMedia({})).items.map((m) => [m.person.name, m.local_image.pictrs_alias]), [["ann", filename]], "hers");
  refused(await ann.adminListMedia({}), "for admins", "not_a_mod_or_admin");
  refused(await ann.adminDeleteMedia({ filename }), "for admins", "not_a_mod_or_admin");
  refused(await root.adminDeleteMedia({ filename: "x" }), "no such picture", "not_found");
  ok(await root.adminDeleteMedia({ filename }));
  equal(ok(await ann.listMedia({})).items, [], "gone");
});

await does("the site has an icon and a banner", async () => {
  const icon = ok(await root.uploadSiteIcon(picture())).image_url;
  ok(await root.uploadSiteBanner(picture()));
  const { site } = ok(await nobody.getSite()).site_view;
  equal([site.icon, typeof site.banner, (await fetch(icon)).status], [icon, "string", 200], "shown");
  ok(await root.deleteSiteIcon());
  ok(await root.deleteSiteBanner());
  equal([ok(await nobody.getSite()).site_view.site.icon ?? null, (await ann.uploadSiteIcon(picture())).state], [null, "failed"], "no more");
});

await does("taglines", async () => {
  const made = ok(await root.createTagline({ content: "Croak!" })).tagline;
  equal(ok(await nobody.getSite()).tagline.content, "Croak!", "shown");
  equal(ok(await root.editTagline({ id: made.id, content: "Quack!" })).tagline.content, "Quack!", "edited");
  ok(await root.createTagline({ content: "Moo!" }));
  const first = ok(await nobody.listTaglines({ limit: 1 }));
  equal([first.items[0].content, ok(await nobody.listTaglines({ limit: 1, page_cursor: first.next_page })).items[0].content], ["Moo!", "Quack!"], "by page");
  ok(await root.deleteTagline({ id: made.id }));
  equal(ok(await nobody.listTaglines({})).items.length, 1, "one less");
  refused(await ann.createTagline({ content: "mine" }), "members do not", "not_a_mod_or_admin");
});

await does("custom emoji", async () => {
  const image_url = ok(await root.uploadUserAvatar(picture())).image_url;
  const wanted = { category: "pond", shortcode: "frog", image_url, alt_text: "a frog", keywords: ["green", "wet"] };
  refused(await root.createCustomEmoji({ ...wanted, image_url: "https://elsewhere.example/frog.png" }), "a picture of elsewhere");
  const made = ok(await root.createCustomEmoji(wanted)).custom_emoji;
  equal([made.custom_emoji.alt_text, made.keywords.map((k) => k.keyword)], ["a frog", ["green", "wet"]], "made");
  refused(await root.createCustomEmoji(wanted), "again", "already_exists");
  const known = await (await fetch(`${baseA}/api/v1/custom_emojis`)).json();
  equal(known.map((e) => [e.shortcode, e.category]), [["frog", "pond"]], "for clients of the other API too");
  ok(await root.editCustomEmoji({ id: made.custom_emoji.id, shortcode: "toad", keywords: ["brown"] }));
  const [listed] = ok(await nobody.listCustomEmojis({ category: "pond" })).custom_emojis;
  equal([listed.custom_emoji.shortcode, listed.custom_emoji.alt_text, listed.keywords.length], ["toad", "a frog", 1], "edited");
  ok(await root.deleteCustomEmoji({ id: made.custom_emoji.id }));
  equal(ok(await nobody.listCustomEmojis({})).custom_emojis, [], "gone");
});

await does("admins are made, and leave", async () => {
  equal(ok(await nobody.getPost({ id: thread })).post_view.creator_is_admin, false, "ann is none");
  refused(await ann.addAdmin({ person_id: annId, added: true }), "herself", "not_a_mod_or_admin");
  equal(ok(await root.addAdmin({ person_id: annId, added: true })).admins.map((a) => a.person.name), ["root", "ann"], "two");
  equal(ok(await nobody.getPost({ id: thread })).post_view.creator_is_admin, true, "ann is one");
  equal(ok(await ann.leaveAdmin()).admins.length, 1, "ann leaves");
  refused(await root.leaveAdmin(), "the only one");
  equal(ok(await nobody.getModlog({ type_: "admin_add" })).items.map((l) => [l.target_person.name, l.modlog.is_revert]), [["ann", true], ["ann", false]], "in the log");
});

await does("who voted how is for moderators", async () => {
  ok(await newt.likePost({ post_id: thread, is_upvote: false }));
  const votes = ok(await ann.listPostLikes({ post_id: thread })).items;
  equal(votes.map((v) => [v.creator.name, v.is_upvote]), [["newt", false], ["ann", true]], "votes");
  refused(await newt.listPostLikes({ post_id: thread }), "not for members", "not_a_mod_or_admin");
  const comment = ok(await newt.createComment({ post_id: thread, content: "ribbit" })).comment_view.comment.id;
  equal(ok(await root.listCommentLikes({ comment_id: comment })).items.map((v) => v.creator.name), ["newt"], "of a comment");
  refused(await newt.distinguishComment({ comment_id: comment, distinguished: true }), "not a moderator", "not_a_mod_or_admin");
  const word = ok(await ann.createComment({ post_id: thread, content: "Be kind" })).comment_view.comment.id;
  equal(ok(await ann.distinguishComment({ comment_id: word, distinguished: true })).comment_view.comment.distinguished, true, "a moderator's word");
  equal(ok(await nobody.getComments({ post_id: thread, sort: "new" })).items.map((c) => c.comment.distinguished), [true, false], "for everybody");
});

await does("people are banned from the node, and let back", async () => {
  refused(await root.banPerson({ person_id: newtId, ban: true, reason: "" }), "a reason is asked for");
  refused(await ann.banPerson({ person_id: newtId, ban: true, reason: "x" }), "members do not", "not_a_mod_or_admin");
  const expires_at = Math.floor(Date.now() / 1000) + 3600;
  const banned = ok(await root.banPerson({ person_id: newtId, ban: true, reason: "noise", expires_at })).person_view;
  equal([banned.banned, Date.parse(banned.ban_expires_at) / 1000], [true, expires_at], "banned");
  equal((await newt.validateAuth()).state, "failed", "signed out");
  const said = async () => ok(await nobody.getComments({ post_id: thread, sort: "new" })).items.filter((c) => c.creator.name === "newt");
  equal((await said()).map((c) => c.creator_banned), [true], "what they wrote stays");
  ok(await root.banPerson({ person_id: newtId, ban: true, reason: "more noise", remove_or_restore_data: true }));
  equal(await said(), [], "what they wrote is hidden");
  ok(await root.banPerson({ person_id: newtId, ban: false, reason: "sorry" }));
  equal((await said()).length, 1, "and shown again");
  newt = await signedIn(lemmy(baseA), "newt", "even longer");
  equal(ok(await nobody.getModlog({ type_: "admin_ban", other_person_id: newtId })).items.map((l) => [l.modlog.reason, l.modlog.is_revert]),
        [["sorry", true], ["more noise", false], ["noise", false]], "in the log");
});

await does("members hear of what they asked for, and of nothing that they mute", async () => {
  ok(await newt.editCommunityNotifications({ community_id: garden, mode: "all_posts" }));
  equal(ok(await newt.getCommunity({ id: garden })).community_view.community_actions.notifications, "all_posts", "as set");
  const second = ok(await ann.createPost({ community_id: garden, name: "Toads" })).post_view.post.id;
  const told = async () => ok(await newt.listNotifications({})).items;
  equal((await told()).map((n) => [n.notification.kind, n.data.type_, n.data.post.id]), [["subscribed", "post", second]], "told of a thread");
  ok(await newt.editPostNotifications({ post_id: second, mode: "all_comments" }));
  equal(ok(await newt.getPost({ id: second })).post_view.post_actions.notifications, "all_comments", "as set");
  ok(await ann.createComment({ post_id: second, content: "brown ones" }));
  ok(await ann.createComment({ post_id: thread, content: "green ones" }));
  equal((await told()).length, 2, "told of a comment there, and of none elsewhere");
  ok(await newt.editPostNotifications({ post_id: second, mode: "mute" }));
  ok(await ann.createComment({ post_id: second, content: "dry ones" }));
  ok(await newt.editCommunityNotifications({ community_id: garden, mode: "mute" }));
  ok(await ann.createPost({ community_id: garden, name: "Newts", body: `hello @newt@${hostA}` }));
  equal((await told()).length, 2, "nothing more");
  ok(await newt.editCommunityNotifications({ community_id: garden, mode: "replies_and_mentions" }));
  refused(await newt.editCommunityNotifications({ community_id: garden, mode: "loud" }), "no such mode");
});

await does("each notification is read by itself", async () => {
  const unread = async () => ok(await newt.listNotifications({ unread_only: true })).items.map((n) => n.notification.id);
  const [newest, oldest] = ok(await newt.listNotifications({})).items.map((n) => n.notification.id);
  equal([ok(await newt.getUnreadCounts()).notification_count, await unread()], [2, [newest, oldest]], "both are new");
  ok(await newt.markNotificationAsRead({ notification_id: newest, read: true }));
  equal([ok(await newt.getUnreadCounts()).notification_count, await unread()], [1, [oldest]], "the one before is still new");
  ok(await newt.markAllNotificationsAsRead());
  equal(await unread(), [], "all are read");
  ok(await newt.markNotificationAsRead({ notification_id: oldest, read: false }));
  equal([await unread(), (await ann.markNotificationAsRead({ notification_id: oldest, read: true })).state], [[oldest], "failed"], "one is not");
});

await does("communities and messages are reported", async () => {
  const message = ok(await newt.createPrivateMessage({ recipient_id: annId, content: "rudeword" })).private_message_view.private_message.id;
  refused(await newt.createPrivateMessageReport({ private_message_id: message, reason: "mine" }), "one's own");
  refused(await root.createPrivateMessageReport({ private_message_id: message, reason: "not for me" }), "somebody else's", "not_found");
  const letter = ok(await ann.createPrivateMessageReport({ private_message_id: message, reason: "rude" })).private_message_report_view;
  equal([letter.private_message.content, letter.private_message_creator.name, letter.creator.name], ["rudeword", "newt", "ann"], "a message");
  const place = ok(await newt.createCommunityReport({ community_id: garden, reason: "too wet" })).community_report_view;
  equal([place.community.name, place.community_report.reason], ["garden", "too wet"], "a community");
  const kinds = async (type_) => ok(await root.listReports({ type_ })).items.map((r) => r.type_);
  equal([await kinds("all"), await kinds("communities"), await kinds("private_messages"), await kinds("posts")],
        [["community", "private_message"], ["community"], ["private_message"], []], "listed by kind");
  equal(ok(await root.getUnreadCounts()).report_count, 2, "counted");
  const done = ok(await root.resolveCommunityReport({ report_id: place.community_report.id, resolved: true, conclusion: "it is a pond" })).community_report_view;
  equal([done.resolver.name, done.community_report.conclusion], ["root", "it is a pond"], "resolved");
  ok(await root.resolvePrivateMessageReport({ report_id: letter.private_message_report.id, resolved: true }));
  equal(ok(await root.listReports({})).items, [], "nothing is open");
});

await does("members set how they like it", async () => {
  refused(await newt.saveUserSettings({ default_post_sort_type: "worst" }), "no such order");
  refused(await newt.saveUserSettings({ send_notifications_to_email: true }), "no mails");
  ok(await newt.saveUserSettings({ theme: "pond", default_post_sort_type: "old", default_listing_type: "all", blocking_keywords: ["toads"], show_bot_accounts: false, bio: "wet" }));
  const mine = ok(await newt.getMyUser());
  equal([mine.local_user_view.local_user.theme, mine.local_user_view.local_user.show_bot_accounts, mine.keyword_blocks, mine.local_user_view.person.bio],
        ["pond", false, ["toads"], "wet"], "as set");
  equal(ok(await newt.getPosts({})).items.map((p) => p.post.name), ["Frogs", "Newts"], "the oldest first, without toads");
  equal(ok(await ann.getPosts({ type_: "all" })).items[0].post.name, "Newts", "as the node has it for others");
  ok(await newt.saveUserSettings({ private_messages_enabled: false }));
  refused(await ann.createPrivateMessage({ recipient_id: newtId, content: "hello" }), "no messages", "not_a_mod_or_admin");
  const before = mine.local_user_view.local_user.last_donation_notification_at;
  ok(await newt.markDonationDialogShown());
  equal(ok(await newt.getMyUser()).local_user_view.local_user.last_donation_notification_at > before, true, "not asked again");
});

await does("settings are taken along", async () => {
  ok(await newt.followCommunity({ community_id: garden, follow: true }));
  ok(await newt.savePost({ post_id: thread, save: true }));
  ok(await newt.blockPerson({ person_id: rootId, block: true }));
  const backup = ok(await newt.exportUserSettings());
  equal([backup.followed_communities, backup.saved_posts.length, backup.blocked_users.length, backup.settings.theme, backup.bio],
        [[`${baseA}/c/garden`], 1, 1, "pond", "wet"], "exported");
  ok(await newt.blockPerson({ person_id: rootId, block: false }));
  backup.blocked_users = [];
  ok(await bob.importUserSettings(backup));
  await soon(async () => ok(await bob.getMyUser()).follows.some((f) => f.community.name === "garden"), "bob follows on his node");
  await soon(async () => ok(await bob.listPersonSaved({})).items.length === 1, "and has saved");
  equal(ok(await bob.getMyUser()).local_user_view.local_user.theme, "pond", "his theme");
});

await does("invites let people in", async () => {
  const made = ok(await ann.createRegistrationInvitation({ max_uses: 1 })).invite;
  refused(await ann.createRegistrationInvitation({ max_uses: 1 }), "one each", "not_a_mod_or_admin");
  equal(ok(await ann.listRegistrationInvitations({})).items.map((i) => [i.token, i.uses_count]), [[made.token, 0]], "listed");
  const form = { username: "guest", password: "long enough", password_verify: "long enough", email: "guest@mail.example", token: made.token };
  equal(ok(await nobody.register(form)).registration_created, true, "by invite");
  ok(await nobody.verifyEmail({ token: await tokenIn("guest@mail.example", "/auth/confirm") }));
  await signedIn(lemmy(baseA), "guest", "long enough");
  refused(await nobody.register({ ...form, username: "other", email: "other@mail.example" }), "used up");
  const another = ok(await root.createRegistrationInvitation({})).invite;
  refused(await ann.revokeRegistrationInvitation({ token: another.token }), "somebody else's", "not_found");
  ok(await root.revokeRegistrationInvitation({ token: another.token }));
  equal(ok(await root.listRegistrationInvitations({})).items, [], "revoked");
});

await does("communities of a node are not wanted; pages are looked at before posting", async () => {
  const there = ok(await bob.createCommunity({ name: "bog", title: "The bog" })).community_view.community.id;
  const bog = ok(await ann.resolveObject({ q: `!bog@${hostB}` })).community.id;
  ok(await ann.followCommunity({ community_id: bog, follow: true }));
  await soon(async () => ok(await ann.getCommunity({ id: bog })).community_view.community_actions.follow_state === "accepted", "accepted");
  ok(await bob.createPost({ community_id: there, name: "Peat" }));
  const names = async () => ok(await ann.getPosts({ type_: "all", sort: "new" })).items.map((p) => p.post.name);
  await soon(async () => (await names()).includes("Peat"), "it comes");
  const instance = ok(await ann.getFederatedInstances({ kind: "linked" })).items.map((i) => i.instance).find((i) => i.domain === hostB);
  ok(await ann.userBlockInstanceCommunities({ instance_id: instance.id, block: true }));
  equal([(await names()).includes("Peat"), ok(await ann.getMyUser()).instance_communities_blocks.map((i) => i.domain)], [false, [hostB]], "not any more");
  ok(await ann.userBlockInstanceCommunities({ instance_id: instance.id, block: false }));
  equal((await names()).includes("Peat"), true, "again");
  const page = ok(await ann.getSiteMetadata({ url: `${baseB}/c/bog` })).metadata;
  equal(page.title.includes("The bog"), true, "its title");
  refused(await nobody.getSiteMetadata({ url: `${baseB}/c/bog` }), "for members", "not_logged_in");
});

await does("nodes are blocked and allowed", async () => {
  refused(await root.adminBlockInstance({ instance: "not a host", block: true, reason: "x" }), "no host");
  ok(await root.adminBlockInstance({ instance: "swamp.example", block: true, reason: "mud" }));
  equal(ok(await root.getFederatedInstances({ kind: "blocked" })).items.map((i) => i.instance.domain), ["swamp.example"], "blocked");
  const [line] = ok(await nobody.getModlog({ type_: "admin_block_instance" })).items;
  equal([line.target_instance.domain, line.modlog.reason], ["swamp.example", "mud"], "in the log");
  ok(await root.adminBlockInstance({ instance: "swamp.example", block: false, reason: "" }));
  equal(ok(await root.getFederatedInstances({ kind: "blocked" })).items, [], "no more");
  ok(await root.adminAllowInstance({ instance: "lake.example", allow: true, reason: "clear" }));
  equal(ok(await root.getFederatedInstances({ kind: "allowed" })).items.map((i) => i.instance.domain), ["lake.example"], "allowed");
  ok(await root.adminAllowInstance({ instance: "lake.example", allow: false, reason: "" }));
});

await does("people are listed", async () => {
  equal(ok(await nobody.listPersons({ type_: "local", search_term: "ne" })).items.map((p) => p.person.name), ["newt"], "found");
  const users = ok(await root.adminListUsers({})).items;
  equal(users.map((u) => u.person.name).sort(), ["ann", "guest", "newt", "root"], "accounts");
  equal(users.find((u) => u.person.name === "newt").local_user.email, newcomer.email, "with their addresses");
  refused(await ann.adminListUsers({}), "for the team", "not_a_mod_or_admin");
});

await does("communities are hidden, removed, restored and deleted", async () => {
  const names = async () => ok(await nobody.getPosts({ type_: "all" })).items.map((p) => p.community.name);
  ok(await root.hideCommunity({ community_id: garden, hidden: true, reason: "quiet" }));
  equal([(await names()).includes("garden"), ok(await nobody.getPosts({ community_id: garden })).items.length > 0], [false, true], "hidden");
  ok(await root.hideCommunity({ community_id: garden, hidden: false, reason: "" }));
  equal(ok(await root.removeCommunity({ community_id: garden, removed: true, reason: "floods" })).community_view.community.removed, true, "removed");
  refused(await nobody.getCommunity({ id: garden }), "not shown", "not_found");
  refused(await nobody.getPost({ id: thread }), "nor what is in it", "not_found");
  ok(await root.removeCommunity({ community_id: garden, removed: false, reason: "dry" }));
  equal(ok(await nobody.getCommunity({ id: garden })).community_view.community.removed, false, "back");
  equal(ok(await nobody.getModlog({ type_: "admin_remove_community" })).items.map((l) => l.modlog.reason), ["dry", "floods"], "in the log");
  const own = ok(await newt.createCommunity({ name: "puddle", title: "Puddle" })).community_view.community.id;
  refused(await ann.deleteCommunity({ community_id: own, deleted: true }), "not hers", "not_a_mod_or_admin");
  equal(ok(await newt.deleteCommunity({ community_id: own, deleted: true })).community_view.community.deleted, true, "deleted");
  refused(await nobody.getCommunity({ id: own }), "gone", "not_found");
});

await does("what must go is purged", async () => {
  refused(await ann.purgePost({ post_id: thread, reason: "x" }), "admins only", "not_a_mod_or_admin");
  const [comment] = ok(await nobody.getComments({ post_id: thread, sort: "old" })).items;
  ok(await root.purgeComment({ comment_id: comment.comment.id, reason: "spam" }));
  refused(await nobody.getComment({ id: comment.comment.id }), "a comment", "not_found");
  ok(await root.purgePost({ post_id: thread, reason: "spam" }));
  refused(await nobody.getPost({ id: thread }), "a thread", "not_found");
  ok(await root.purgeCommunity({ community_id: garden, reason: "spam" }));
  refused(await nobody.getCommunity({ id: garden }), "a community", "not_found");
  ok(await root.purgePerson({ person_id: newtId, reason: "asked for" }));
  refused(await nobody.getPersonDetails({ person_id: newtId }), "a person", "not_found");
  equal((await newt.validateAuth()).state, "failed", "signed out");
  const kinds = ok(await nobody.getModlog({ mod_person_id: rootId })).items.map((l) => l.modlog.kind).slice(0, 4);
  equal(kinds, ["admin_purge_person", "admin_purge_community", "admin_purge_post", "admin_purge_comment"], "in the log");
});
finished(answersLookedAt(), 101);
