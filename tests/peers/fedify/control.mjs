// What a test can tell the peer to do: one function a command, POST /NAME with a JSON object.
import {
  Accept,
  Announce,
  Block,
  Collection,
  Create,
  Delete,
  Dislike,
  Emoji,
  EmojiReact,
  Flag,
  Follow,
  Image,
  InteractionPolicy,
  InteractionRule,
  isActor,
  Like,
  Mention,
  Move,
  Note,
  PUBLIC_COLLECTION,
  Question,
  QuoteAuthorization,
  QuoteRequest,
  Tombstone,
  Undo,
  Update,
} from "@fedify/vocab";
import { Temporal } from "@js-temporal/polyfill";

const now = () => Temporal.Now.instant();

function actorOf(peer, name) {
  const state = peer.actors.get(name);
  if (!state) throw new Error(`no actor ${name}`);
  return state;
}

async function remoteActor(peer, url, as) {
  const context = peer.context();
  const documentLoader = await context.getDocumentLoader({ identifier: as });
  const found = await context.lookupObject(url, { documentLoader });
  if (!isActor(found)) throw new Error(`${url} is not an actor`);
  return found;
}

const newId = (peer, Kind) => peer.context().getObjectUri(Kind, { id: crypto.randomUUID() });

async function send(peer, author, recipients, activity) {
  peer.sent.set(activity.id.href, { activity, author, recipients });
  const distinct = [...new Map(recipients.map((r) => [r.id.href, r])).values()];
  if (distinct.length > 0) {
    await peer.context().sendActivity({ identifier: author }, distinct, activity, {
      preferSharedInbox: true,
    });
  }
  return { id: activity.id.href, object: activity.objectId?.href ?? null };
}

// to and cc of a visibility; `named` are the ids of who is mentioned.
function audience(context, author, visibility, named) {
  const followers = context.getFollowersUri(author);
  switch (visibility) {
    case "public":
      return { tos: [PUBLIC_COLLECTION], ccs: [followers, ...named] };
    case "unlisted":
      return { tos: [followers], ccs: [PUBLIC_COLLECTION, ...named] };
    case "followers":
      return { tos: [followers], ccs: named };
    case "direct":
      return { tos: named, ccs: [] };
    default:
      throw new Error(`no visibility ${visibility}`);
  }
}

// Everybody who is to get a post: those named, and the followers unless it is direct.
async function recipientsOf(peer, author, urls, visibility) {
  const named = await Promise.all(urls.map((url) => remoteActor(peer, url, author)));
  const followers = visibility === "direct" ? [] : actorOf(peer, author).followers.values();
  return { named, recipients: [...named, ...followers] };
}

function handleOf(actor) {
  return `@${actor.preferredUsername}@${actor.id.host}`;
}

async function post(peer, { actor, content, visibility = "public", mentions = [], group,
  inReplyTo, title, quotable = false, quiet = false, more = {} }) {
  const context = peer.context();
  const urls = group ? [group, ...mentions] : mentions;
  const { named, recipients } = await recipientsOf(peer, actor, urls, visibility);
  const id = crypto.randomUUID();
  const to = audience(context, actor, visibility, named.map((a) => a.id));
  if (group) to.tos = [named[0].id, ...to.tos];
  const note = new Note({
    id: context.getObjectUri(Note, { id }),
    attribution: context.getActorUri(actor),
    content: `<p>${content}</p>`,
    name: title ?? null,
    published: now(),
    url: context.getObjectUri(Note, { id }),
    ...to,
    replyTarget: inReplyTo ? new URL(inReplyTo) : null,
    audience: group ? named[0].id : null,
    tags: named.map((a) => new Mention({ href: a.id, name: handleOf(a) })),
    ...(quotable ? { interactionPolicy: openToQuotes() } : {}),
    ...more,
  });
  peer.notes.set(id, { note, author: actor, recipients });
  return await send(peer, actor, quiet ? [] : recipients, new Create({
    id: newId(peer, Create),
    actor: context.getActorUri(actor),
    object: note,
    published: note.published,
    audience: note.audienceId,
    ...to,
  }));
}

// canQuote for everybody, after being asked.
function openToQuotes() {
  return new InteractionPolicy({
    canQuote: new InteractionRule({ automaticApproval: PUBLIC_COLLECTION }),
  });
}

function ownNote(peer, url) {
  const id = new URL(url).pathname.split("/").pop();
  const entry = peer.notes.get(id);
  if (!entry) throw new Error(`no note ${url}`);
  return { id, ...entry };
}

async function update(peer, { note: url, content }) {
  const { id, note, author, recipients } = ownNote(peer, url);
  const changed = note.clone({ content: `<p>${content}</p>`, updated: now() });
  peer.notes.set(id, { note: changed, author, recipients });
  return await send(peer, author, recipients, new Update({
    id: newId(peer, Update),
    actor: peer.context().getActorUri(author),
    object: changed,
    tos: changed.toIds,
    ccs: changed.ccIds,
    audience: changed.audienceId,
  }));
}

async function remove(peer, { note: url }) {
  const { id, note, author, recipients } = ownNote(peer, url);
  peer.notes.delete(id);
  return await send(peer, author, recipients, new Delete({
    id: newId(peer, Delete),
    actor: peer.context().getActorUri(author),
    object: new Tombstone({ id: note.id }),
    tos: note.toIds,
    ccs: note.ccIds,
    audience: note.audienceId,
  }));
}

// Like, Dislike and Announce go to the author of the object (and to the group, where one is named);
// a boost goes to the followers too.
async function react(peer, Kind, { actor, object, group }) {
  const context = peer.context();
  const documentLoader = await context.getDocumentLoader({ identifier: actor });
  const found = await context.lookupObject(object, { documentLoader });
  if (!found?.attributionId) throw new Error(`${object} has no author`);
  const urls = [found.attributionId.href, ...(group ? [group] : [])];
  const boost = Kind === Announce;
  const { recipients } = await recipientsOf(peer, actor, urls, boost ? "public" : "direct");
  return await send(peer, actor, recipients, new Kind({
    id: newId(peer, Kind),
    actor: context.getActorUri(actor),
    object: found.id,
    audience: group ? new URL(group) : null,
    ...(boost
      ? { published: now(), tos: [PUBLIC_COLLECTION], ccs: [context.getFollowersUri(actor)] }
      : {}),
  }));
}

// A custom emoji of this server (FEP-9098).
function emoji(peer, name) {
  return new Emoji({
    id: new URL(`/emoji/${name}`, peer.origin),
    name: `:${name}:`,
    icon: new Image({ url: new URL(`/emoji/${name}.png`, peer.origin), mediaType: "image/png" }),
    updated: now(),
  });
}

// A reaction with an emoji of Unicode, or with a custom one of this server by its shortcode
// (FEP-c0e0): an EmojiReact, or a Like with `content`.
async function reactWithEmoji(peer, { actor, object, content, custom, like = false }) {
  const context = peer.context();
  const documentLoader = await context.getDocumentLoader({ identifier: actor });
  const found = await context.lookupObject(object, { documentLoader });
  const { named, recipients } = await recipientsOf(peer, actor, [found.attributionId.href], "direct");
  const Kind = like ? Like : EmojiReact;
  return await send(peer, actor, recipients, new Kind({
    id: newId(peer, Kind),
    actor: context.getActorUri(actor),
    object: found.id,
    content: custom ? `:${custom}:` : content,
    tags: custom ? [emoji(peer, custom)] : [],
    tos: named.map((a) => a.id),
  }));
}

// A post that quotes (FEP-044f), and the request for its stamp, which is in the Accept's `result`.
async function quote(peer, { actor, content, object }) {
  const context = peer.context();
  const documentLoader = await context.getDocumentLoader({ identifier: actor });
  const quoted = await context.lookupObject(object, { documentLoader });
  const author = await remoteActor(peer, quoted.attributionId.href, actor);
  const posted = await post(peer, {
    actor, content, mentions: [author.id.href], more: { quote: quoted.id, quoteUrl: quoted.id },
  });
  const { note } = ownNote(peer, posted.object);
  const request = await send(peer, actor, [author], new QuoteRequest({
    id: newId(peer, QuoteRequest),
    actor: context.getActorUri(actor),
    object: quoted.id,
    instrument: note,
  }));
  return { ...posted, request: request.id };
}

// The author's approval of a quote: a stamp at an id of its own, named by the Accept.
async function approve(peer, { actor, request: id }) {
  const context = peer.context();
  const { json } = peer.received.find((r) => r.id === id);
  const asker = await remoteActor(peer, json.actor, actor);
  const stampId = crypto.randomUUID();
  const stamp = new QuoteAuthorization({
    id: context.getObjectUri(QuoteAuthorization, { id: stampId }),
    attribution: context.getActorUri(actor),
    interactingObject: new URL(json.instrument.id ?? json.instrument),
    interactionTarget: new URL(json.object.id ?? json.object),
  });
  peer.stamps.set(stampId, stamp);
  return await send(peer, actor, [asker], new Accept({
    id: newId(peer, Accept),
    actor: context.getActorUri(actor),
    object: await QuoteRequest.fromJsonLd(json, context),
    result: stamp.id,
  }));
}

const optionOf = (name, totalItems) =>
  new Note({ name, replies: new Collection({ totalItems }) });

// A poll with one choice, open for an hour.
async function poll(peer, { actor, content, options }) {
  const context = peer.context();
  const { recipients } = await recipientsOf(peer, actor, [], "public");
  const id = crypto.randomUUID();
  const to = audience(context, actor, "public", []);
  const question = new Question({
    id: context.getObjectUri(Question, { id }),
    attribution: context.getActorUri(actor),
    content: `<p>${content}</p>`,
    published: now(),
    endTime: now().add({ hours: 1 }),
    voters: 0,
    exclusiveOptions: options.map((name) => optionOf(name, 0)),
    ...to,
  });
  peer.polls.set(id, { question, author: actor, recipients });
  return await send(peer, actor, recipients, new Create({
    id: newId(peer, Create),
    actor: context.getActorUri(actor),
    object: question,
    published: question.published,
    ...to,
  }));
}

// The results of a poll, by option name.
async function results(peer, { poll: url, counts }) {
  const entry = peer.polls.get(new URL(url).pathname.split("/").pop());
  const options = Object.entries(counts).map(([name, total]) => optionOf(name, total));
  const voters = Object.values(counts).reduce((sum, n) => sum + n, 0);
  entry.question = entry.question.clone({ exclusiveOptions: options, voters });
  return await send(peer, entry.author, entry.recipients, new Update({
    id: newId(peer, Update),
    actor: peer.context().getActorUri(entry.author),
    object: entry.question,
    tos: entry.question.toIds,
    ccs: entry.question.ccIds,
  }));
}

async function vote(peer, { actor, poll: url, name }) {
  const context = peer.context();
  const documentLoader = await context.getDocumentLoader({ identifier: actor });
  const question = await context.lookupObject(url, { documentLoader });
  const author = await remoteActor(peer, question.attributionId.href, actor);
  return await send(peer, actor, [author], new Create({
    id: newId(peer, Create),
    actor: context.getActorUri(actor),
    to: author.id,
    object: new Note({
      id: newId(peer, Note),
      attribution: context.getActorUri(actor),
      name,
      replyTarget: question.id,
      to: author.id,
    }),
  }));
}

// An actor of ours is known under another id too, or moves there and tells its followers.
function alias(peer, { actor, other }) {
  actorOf(peer, actor).aliases = [new URL(other)];
}

async function move(peer, { actor, target }) {
  const context = peer.context();
  const state = actorOf(peer, actor);
  state.movedTo = new URL(target);
  const id = context.getActorUri(actor);
  return await send(peer, actor, [...state.followers.values()], new Move({
    id: newId(peer, Move),
    actor: id,
    object: id,
    target: state.movedTo,
    to: context.getFollowersUri(actor),
  }));
}

async function block(peer, { actor, target }) {
  const found = await remoteActor(peer, target, actor);
  return await send(peer, actor, [found], new Block({
    id: newId(peer, Block),
    actor: peer.context().getActorUri(actor),
    object: found.id,
  }));
}

async function report(peer, { actor, account, posts = [], comment }) {
  const found = await remoteActor(peer, account, actor);
  return await send(peer, actor, [found], new Flag({
    id: newId(peer, Flag),
    actor: peer.context().getActorUri(actor),
    objects: [found.id, ...posts.map((url) => new URL(url))],
    content: comment,
  }));
}

async function follow(peer, { actor, target }) {
  const found = await remoteActor(peer, target, actor);
  const activity = new Follow({
    id: newId(peer, Follow),
    actor: peer.context().getActorUri(actor),
    object: found.id,
  });
  actorOf(peer, actor).following.set(found.id.href, { id: activity.id.href, accepted: false });
  return await send(peer, actor, [found], activity);
}

async function undo(peer, { activity: id }) {
  const sent = peer.sent.get(id);
  if (!sent) throw new Error(`nothing sent as ${id}`);
  if (sent.activity instanceof Follow) {
    actorOf(peer, sent.author).following.delete(sent.activity.objectId.href);
  }
  return await send(peer, sent.author, sent.recipients, new Undo({
    id: newId(peer, Undo),
    actor: sent.activity.actorId,
    object: sent.activity,
  }));
}

export const commands = {
  // {name, kind: Person|Group, acceptFollows} → {id, inbox, handle}
  actor(peer, { name, kind = "Person", acceptFollows = true }) {
    peer.actors.set(name, { kind, acceptFollows, followers: new Map(), following: new Map() });
    const context = peer.context();
    return {
      id: context.getActorUri(name).href,
      inbox: context.getInboxUri(name).href,
      handle: `@${name}@${new URL(peer.origin).host}`,
    };
  },
  // {actor, content, visibility, mentions: [url], group, inReplyTo, title, quotable,
  //  quiet: in the outbox only} → {id, object: note}
  post,
  // {note, content}, {note} → {id}
  update,
  delete: remove,
  // {actor, object, group} → {id}
  like: (peer, options) => react(peer, Like, options),
  dislike: (peer, options) => react(peer, Dislike, options),
  boost: (peer, options) => react(peer, Announce, options),
  // {actor, content, emojis: [name]} → {id, object}; {actor, object, content | custom, like} → {id}
  postWithEmoji: (peer, { emojis, ...options }) =>
    post(peer, { ...options, more: { tags: emojis.map((name) => emoji(peer, name)) } }),
  reactWithEmoji,
  // {actor, content, object: the post quoted} → {id, object, request}; {actor, request} → {id}
  quote,
  approve,
  // {actor, content, options: [name]} → {id, object}; {poll, counts: {name: n}}; {actor, poll, name}
  poll,
  results,
  vote,
  // {actor, other}; {actor, target} → {id}
  alias,
  move,
  // {actor, target}, {actor, account, posts, comment} → {id}
  block,
  report,
  // {actor, target} → {id}; {activity: id of what was sent} → {id}
  follow,
  undo,
  // {actor, url or handle} → the document as Fedify read it, or {} where it found none
  async lookup(peer, { actor, url }) {
    const context = peer.context();
    const documentLoader = await context.getDocumentLoader({ identifier: actor });
    const found = await context.lookupObject(url, { documentLoader });
    return found ? await found.toJsonLd(context) : {};
  },
  // {type?} → verified activities in the order of their arrival
  received: (peer, { type }) => peer.received.filter((r) => !type || r.type === type),
  // {actor} → {followers: [id], following: {id: accepted}}
  relations(peer, { actor }) {
    const state = actorOf(peer, actor);
    return {
      followers: [...state.followers.keys()],
      following: Object.fromEntries([...state.following].map(([id, p]) => [id, p.accepted])),
    };
  },
  // What went wrong so far, and what this server answered to whom.
  problems: (_peer, _options, problems) => problems,
  answers: (peer) => peer.answers,
};
