// kith's signatures against two other implementations, in both directions. The first argument is
// the path of signature_tool; the last line says how many checks passed.
import { createSign, createVerify, generateKeyPairSync, createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import httpSignature from "@peertube/http-signature";
import { httpbis } from "http-message-signatures";

const tool = process.argv[2];
const keyId = "https://a.example/u/ana#main-key";
const url = "https://kith.example/inbox";
const query = "https://kith.example/u/bo/followers?page=2&x=%C3%A9";
const body = JSON.stringify({ type: "Follow", actor: "https://a.example/u/ana" });
const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const stranger = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const sha256 = (text) => createHash("sha256").update(text).digest("base64");

function kith(command) {
  const run = spawnSync(tool, { input: JSON.stringify({ nowMs: Date.now(), ...command }) });
  return JSON.parse(run.stdout.toString());
}

let passed = 0;
const failures = [];
function check(name, holds, detail = "") {
  if (holds) passed += 1;
  else failures.push(`${name} ${detail}`);
}

const lower = (headers) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

// ---- RFC 9421 ----------------------------------------------------------------------------------

const verifier = (pem) => ({
  id: keyId,
  algs: ["rsa-v1_5-sha256"],
  verify: async (data, signature) => createVerify("sha256").update(data).verify(pem, signature),
});

async function theirVerdict(request, pem = publicKey) {
  try {
    return (await httpbis.verifyMessage(
      { keyLookup: async ({ keyid }) => (keyid === keyId ? verifier(pem) : null) }, request)) === true;
  } catch {
    return false;
  }
}

async function theirRequest(method, target, fields) {
  const headers = { host: "kith.example", date: new Date().toUTCString() };
  if (method === "POST") {
    headers["content-type"] = "application/activity+json";
    headers["content-digest"] = `sha-256=:${sha256(body)}:`;
  }
  const key = {
    id: keyId,
    alg: "rsa-v1_5-sha256",
    sign: async (data) => createSign("sha256").update(data).sign(privateKey),
  };
  return await httpbis.signMessage(
    { key, fields, params: ["created", "keyid", "alg"] }, { method, url: target, headers });
}

for (const [method, target] of [["POST", url], ["GET", url], ["GET", query]]) {
  const name = `rfc9421 ${method} ${target}`;
  const withBody = method === "POST" ? { body } : {};
  const made = kith({ do: "sign", flavour: "rfc9421", method, url: target, keyId, pem: privateKey, ...withBody });
  const request = { method, url: target, headers: lower(made.headers ?? {}) };
  check(`${name}: theirs takes ours`, await theirVerdict(request), JSON.stringify(made));
  check(`${name}: theirs refuses ours with another key`, !(await theirVerdict(request, stranger.publicKey)));
  check(`${name}: theirs refuses ours at another address`,
    !(await theirVerdict({ ...request, url: target + "x" })));

  const fields = ["@method", "@target-uri", "@authority", "@path", "@query", "host", "date"]
    .concat(method === "POST" ? ["content-digest", "content-type"] : []);
  const theirs = await theirRequest(method, target, fields);
  const verify = (change = {}) => kith({
    do: "verify", flavour: "rfc9421", method, url: target, headers: theirs.headers, pem: publicKey,
    ...withBody, ...change });
  check(`${name}: ours takes theirs`, verify().ok, JSON.stringify(verify()));
  check(`${name}: ours refuses theirs with another key`, !verify({ pem: stranger.publicKey }).ok);
  check(`${name}: ours refuses theirs at another address`, !verify({ url: target + "x" }).ok);
  check(`${name}: ours refuses theirs after an hour`, !verify({ nowMs: Date.now() + 3_700_000 }).ok);
  if (method === "POST")
    check(`${name}: ours refuses theirs with another body`, !verify({ body: body + " " }).ok);
}

// ---- draft-cavage-12 ---------------------------------------------------------------------------

function peertubeVerdict(method, target, headers, pem = publicKey) {
  try {
    const parsed = httpSignature.parseRequest(
      { method, url: target.slice("https://kith.example".length), headers }, { clockSkew: 300 });
    return httpSignature.verifySignature(parsed, pem);
  } catch {
    return false;
  }
}

function peertubeRequest(method, target, names) {
  const headers = { host: "kith.example", date: new Date().toUTCString() };
  if (method === "POST") {
    headers["content-type"] = "application/activity+json";
    headers.digest = `SHA-256=${sha256(body)}`;
  }
  const request = {
    method,
    path: target.slice("https://kith.example".length),
    getHeader: (name) => headers[name.toLowerCase()],
    setHeader: (name, value) => (headers[name.toLowerCase()] = value),
  };
  httpSignature.sign(request, {
    key: privateKey, keyId, algorithm: "rsa-sha256", headers: names, authorizationHeaderName: "signature" });
  headers.signature = headers.signature.replace(/^Signature\s+/, "");
  return headers;
}

for (const [method, target] of [["POST", url], ["GET", url], ["GET", query]]) {
  const name = `cavage ${method} ${target}`;
  const withBody = method === "POST" ? { body } : {};
  const made = kith({ do: "sign", flavour: "cavage", method, url: target, keyId, pem: privateKey, ...withBody });
  const headers = lower(made.headers ?? {});
  check(`${name}: theirs takes ours`, peertubeVerdict(method, target, headers), JSON.stringify(made));
  check(`${name}: theirs refuses ours with another key`,
    !peertubeVerdict(method, target, headers, stranger.publicKey));

  const names = ["(request-target)", "host", "date"].concat(method === "POST" ? ["digest"] : []);
  const theirs = peertubeRequest(method, target, names);
  const verify = (change = {}) => kith({
    do: "verify", flavour: "cavage", method, url: target, headers: theirs, pem: publicKey,
    ...withBody, ...change });
  check(`${name}: ours takes theirs`, verify().ok, JSON.stringify(verify()));
  check(`${name}: ours refuses theirs with another key`, !verify({ pem: stranger.publicKey }).ok);
}

for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
