// A member who uses Lemmy's own client (lemmy-js-client): one command a line on stdin, one answer a line on stdout.
import { createInterface } from "node:readline";
import { LemmyHttp } from "lemmy-js-client";

const [base, name, password] = process.argv.slice(2);
const client = new LemmyHttp(base);

function ok(result) {
  if (result.state !== "success") throw new Error(`${result.state}: ${JSON.stringify(result.err ?? {})}`);
  return result.data;
}

console.error = () => {};
const { jwt } = ok(await client.login({ username_or_email: name, password }));
client.setHeaders({ Authorization: `Bearer ${jwt}` });
for await (const line of createInterface({ input: process.stdin })) {
  const [method, form] = JSON.parse(line);
  try {
    console.log(JSON.stringify({ data: ok(await client[method](form)) }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
