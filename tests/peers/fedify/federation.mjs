// The Fedify side: actors, their objects, and an inbox that keeps what it verified.
import { Temporal } from "@js-temporal/polyfill";
import {
  createFederation,
  generateCryptoKeyPair,
  InProcessMessageQueue,
  MemoryKvStore,
} from "@fedify/fedify";
import {
  Accept,
  Activity,
  Announce,
  Block,
  Create,
  Delete,
  Dislike,
  EmojiReact,
  Endpoints,
  Flag,
  Follow,
  Group,
  isActor,
  Like,
  Move,
  Note,
  Person,
  Question,
  QuoteAuthorization,
  QuoteRequest,
  Reject,
  Undo,
  Update,
} from "@fedify/vocab";

const CAVAGE = "draft-cavage-http-signatures-12";
const RETRY_MS_MAX = 2000;

// Everything the peer knows. Maps by identifier (`actors`, `notes`, `sent`), lists in order.
function emptyState(origin) {
  return {
    origin,
    actors: new Map(), // name → { kind, acceptFollows, followers: Map, following: Map }
    notes: new Map(), // uuid → { note, author }
    polls: new Map(), // uuid → { question, author, recipients }
    stamps: new Map(), // uuid → QuoteAuthorization
    sent: new Map(), // activity id → { activity, author, recipients }
    received: [], // { type, id, actor, object, json, inbox }
    answers: [], // { method, url, status } of everything that was asked of this server
  };
}

function recipientOf(actor) {
  return { id: actor.id, inboxId: actor.inboxId, endpoints: actor.endpoints };
}

async function addFollower(context, peer, name, follow) {
  const follower = await follow.getActor(context);
  if (!isActor(follower)) return;
  peer.actors.get(name).followers.set(follower.id.href, recipientOf(follower));
}

async function onFollow(context, peer, follow) {
  const target = context.parseUri(follow.objectId);
  const state = target?.type === "actor" ? peer.actors.get(target.identifier) : undefined;
  if (!state?.acceptFollows) return;
  await addFollower(context, peer, target.identifier, follow);
  const follower = await follow.getActor(context);
  await context.sendActivity(
    { identifier: target.identifier },
    follower,
    new Accept({
      id: new URL(`#accepts/${crypto.randomUUID()}`, context.getActorUri(target.identifier)),
      actor: context.getActorUri(target.identifier),
      object: follow,
    }),
  );
}

// An Accept or Reject of a Follow that one of ours sent.
async function onAnswer(context, peer, answer, accepted) {
  const follow = await answer.getObject(context, { crossOrigin: "trust" });
  const id = answer.objectId?.href;
  for (const state of peer.actors.values()) {
    for (const [target, pending] of state.following) {
      const same = pending.id === id ||
        (follow instanceof Follow && follow.objectId?.href === target);
      if (same && answer.actorId?.href === target) pending.accepted = accepted;
    }
  }
}

async function onUndo(context, peer, undo) {
  const inner = await undo.getObject(context);
  if (!(inner instanceof Follow)) return;
  const target = context.parseUri(inner.objectId);
  if (target?.type === "actor") {
    peer.actors.get(target.identifier)?.followers.delete(undo.actorId.href);
  }
}

async function keep(context, peer, activity) {
  peer.received.push({
    type: activity.constructor.name,
    id: activity.id?.href ?? null,
    actor: activity.actorId?.href ?? null,
    object: activity.objectId?.href ?? null,
    inbox: context.recipient ?? null,
    json: await activity.toJsonLd(context),
  });
  if (activity instanceof Follow) await onFollow(context, peer, activity);
  if (activity instanceof Accept) await onAnswer(context, peer, activity, true);
  if (activity instanceof Reject) await onAnswer(context, peer, activity, false);
  if (activity instanceof Undo) await onUndo(context, peer, activity);
}

async function actorDocument(context, peer, name) {
  const state = peer.actors.get(name);
  if (!state) return null;
  const keys = await context.getActorKeyPairs(name);
  const Kind = state.kind === "Group" ? Group : Person;
  return new Kind({
    id: context.getActorUri(name),
    preferredUsername: name,
    name: name[0].toUpperCase() + name.slice(1),
    summary: `<p>${name} of a Fedify server</p>`,
    url: context.getActorUri(name),
    inbox: context.getInboxUri(name),
    outbox: context.getOutboxUri(name),
    followers: context.getFollowersUri(name),
    following: context.getFollowingUri(name),
    endpoints: new Endpoints({ sharedInbox: context.getInboxUri() }),
    aliases: state.aliases ?? [],
    successor: state.movedTo ?? null,
    discoverable: true,
    indexable: true,
    publicKey: keys[0]?.cryptographicKey,
    assertionMethods: keys.map((pair) => pair.multikey),
  });
}

async function keyPairs(state) {
  state.keys ??= await Promise.all([
    generateCryptoKeyPair("RSASSA-PKCS1-v1_5"),
    generateCryptoKeyPair("Ed25519"),
  ]);
  return state.keys;
}

function outboxOf(peer, name) {
  const mine = [...peer.sent.values()].filter((s) => s.author === name);
  return mine.map((s) => s.activity).filter((a) => a instanceof Create).reverse();
}

// A federation for one origin, with its state: { federation, context(), …emptyState }.
export function build(origin, firstKnock) {
  const federation = createFederation({
    kv: new MemoryKvStore(),
    queue: new InProcessMessageQueue({ pollInterval: { milliseconds: 50 } }),
    origin,
    allowPrivateAddress: true,
    circuitBreaker: false,
    outboxRetryPolicy: ({ attempts }) =>
      attempts > 8
        ? null
        : Temporal.Duration.from({ milliseconds: Math.min(100 * 2 ** attempts, RETRY_MS_MAX) }),
    ...(firstKnock === "cavage" ? { firstKnock: CAVAGE } : {}),
  });
  const peer = { ...emptyState(origin), federation };
  peer.context = () => federation.createContext(new URL(origin), undefined);

  federation
    .setActorDispatcher("/users/{identifier}", (context, name) => actorDocument(context, peer, name))
    .setKeyPairsDispatcher((_context, name) =>
      peer.actors.has(name) ? keyPairs(peer.actors.get(name)) : []);
  federation
    .setInboxListeners("/users/{identifier}/inbox", "/inbox")
    .on(Activity, (context, activity) => keep(context, peer, activity))
    .setSharedKeyDispatcher(() => {
      const first = peer.actors.keys().next().value;
      return first ? { identifier: first } : null;
    });
  federation.setObjectDispatcher(Note, "/notes/{id}", (_context, { id }) =>
    peer.notes.get(id)?.note ?? null);
  federation.setObjectDispatcher(Question, "/polls/{id}", (_context, { id }) =>
    peer.polls.get(id)?.question ?? null);
  federation.setObjectDispatcher(QuoteAuthorization, "/stamps/{id}", (_context, { id }) =>
    peer.stamps.get(id) ?? null);
  for (const Kind of [Accept, Announce, Block, Create, Delete, Dislike, EmojiReact, Flag, Follow,
    Like, Move, QuoteRequest, Undo, Update]) {
    const path = `/${Kind.name.toLowerCase()}/{id}`;
    federation.setObjectDispatcher(Kind, path, (context, values) =>
      peer.sent.get(context.getObjectUri(Kind, values).href)?.activity ?? null);
  }
  federation.setFollowersDispatcher("/users/{identifier}/followers", (_context, name) => ({
    items: [...(peer.actors.get(name)?.followers.values() ?? [])],
  }));
  federation.setFollowingDispatcher("/users/{identifier}/following", (_context, name) => ({
    items: [...(peer.actors.get(name)?.following ?? [])]
      .filter(([, pending]) => pending.accepted).map(([target]) => new URL(target)),
  }));
  federation.setOutboxDispatcher("/users/{identifier}/outbox", (_context, name) => ({
    items: outboxOf(peer, name),
  }));
  federation.setNodeInfoDispatcher("/nodeinfo/2.1", () => ({
    software: { name: "fedify-test-peer", version: "1.0.0" },
    protocols: ["activitypub"],
    usage: { users: {}, localPosts: peer.notes.size, localComments: 0 },
  }));
  return peer;
}
