// A Fedify server on loopback that a test steers over HTTP.
//
// Environment: PEER_PORT, CONTROL_PORT, PEER_IP (default 127.0.0.1); FIRST_KNOCK=cavage signs the
// first attempt to an unknown host with draft-cavage instead of Fedify's default, RFC 9421.
// Prints one line of JSON when both ports answer. Commands: control.mjs.
import { createServer } from "node:http";
import { configure } from "@logtape/logtape";
import { build } from "./federation.mjs";
import { commands } from "./control.mjs";

const ip = process.env.PEER_IP ?? "127.0.0.1";
const port = Number(process.env.PEER_PORT);
const controlPort = Number(process.env.CONTROL_PORT);
const origin = `http://${ip}:${port}`;
const problems = [];

function remember(record) {
  if (record.level !== "warning" && record.level !== "error" && record.level !== "fatal") return;
  const error = record.properties?.error;
  problems.push({
    level: record.level,
    category: record.category.join("."),
    message: record.message.map(String).join(""),
    detail: error instanceof Error ? error.message : undefined,
  });
}

await configure({
  sinks: { problems: remember },
  loggers: [
    { category: "fedify", sinks: ["problems"], lowestLevel: "warning" },
    { category: ["logtape", "meta"], sinks: [], lowestLevel: "error" },
  ],
});

const peer = build(origin, process.env.FIRST_KNOCK);

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

// Node's request → the Fetch API's, and the answer back.
async function serveFederation(request, response) {
  const headers = new Headers();
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    headers.append(request.rawHeaders[i], request.rawHeaders[i + 1]);
  }
  const hasBody = request.method !== "GET" && request.method !== "HEAD";
  const body = hasBody ? await bodyOf(request) : undefined;
  const answer = await peer.federation.fetch(
    new Request(origin + request.url, { method: request.method, headers, body }),
    { contextData: undefined },
  );
  peer.answers.push({ method: request.method, url: request.url, status: answer.status });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}

async function serveControl(request, response) {
  const name = request.url.slice(1);
  const command = commands[name];
  const bytes = await bodyOf(request);
  try {
    if (!command) throw new Error(`no command ${name}`);
    const result = await command(peer, bytes.length ? JSON.parse(bytes) : {}, problems);
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(result ?? {}));
  } catch (error) {
    response.writeHead(400, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ error: String(error?.stack ?? error) }));
  }
}

function guarded(handler) {
  return (request, response) =>
    handler(request, response).catch((error) => {
      problems.push({ level: "error", category: "peer", message: String(error?.stack ?? error) });
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
}

const listen = (handler, number) =>
  new Promise((ready) => createServer(guarded(handler)).listen(number, ip, ready));

await listen(serveFederation, port);
await listen(serveControl, controlPort);
console.log(JSON.stringify({ origin, control: `http://${ip}:${controlPort}` }));
