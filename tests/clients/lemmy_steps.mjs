// What the journeys share: their lines, and how they wait.
let step = 0;

export function ok(result) {
  if (result.state !== "success") throw new Error(`${result.state}: ${JSON.stringify(result.err ?? {})} ${result.err?.message ?? ""}`);
  return result.data;
}

export function refused(result, what, name) {
  if (result.state !== "failed") throw new Error(`${what}: was not refused`);
  if (name && result.err.name !== name) throw new Error(`${what}: expected ${name}, got ${result.err.name} ${result.err.message}`);
}

export function equal(actual, expected, what) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

export async function soon(read, what, within = 15000) {
  const end = Date.now() + within;
  for (;;) {
    const value = await read();
    if (value) return value;
    if (Date.now() > end) throw new Error(`${what}: not within ${within / 1000} s`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

export async function signedIn(client, name, password) {
  const { jwt } = ok(await client.login({ username_or_email: name, password }));
  client.setHeaders({ Authorization: `Bearer ${jwt}` });
  return client;
}

export async function does(what, act) {
  await act();
  console.log(`ok ${++step} ${what}`);
}

// The last line. `looked`: how many answers were held against the client's types, of at least `least`.
export function finished(looked = 0, least = 0) {
  console.log(`${step} passed, ${looked >= least ? 0 : "too few answers looked at"} failed`);
}

// The client prints what it is refused.
console.error = () => {};
