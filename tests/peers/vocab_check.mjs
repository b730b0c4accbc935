// Parses ActivityPub documents with @fedify/vocab, writes them again and reports every statement
// that got lost on the way: another implementation's reading of what we emit.
//
//   node vocab_check.mjs [--ignore TERM,TERM…] FILE.json…
//
// A TERM is the last part of a property's IRI; ignored are extensions that Fedify does not know.
// Contexts come from Fedify's bundle, never from the network: an unknown one is an error. Prints a
// line per file ("ok FILE", or "LOST FILE" with the statements); exit code 1 where anything is lost.
import { readFile } from "node:fs/promises";
import { preloadedContexts } from "@fedify/vocab-runtime";
import { Object as ApObject } from "@fedify/vocab";
import jsonld from "jsonld";

async function contextLoader(url) {
  const document = preloadedContexts[url];
  if (!document) throw new Error(`context ${url} is not one that Fedify brings along`);
  return { contextUrl: null, documentUrl: url, document };
}

const lastPart = (iri) => iri.replace(/^.*[#/:]/, "");

// The same time in two spellings is the same statement, and so is a PEM with other line ends.
function normal(value) {
  const text = String(value);
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return new Date(text).toISOString();
  if (text.startsWith("-----BEGIN ")) return text.replace(/\s/g, "");
  return text;
}

// Expanded JSON-LD as a flat set of statements, "tag / href = https://…"; order does not count.
function statements(node, path, ignored, found) {
  if (Array.isArray(node)) {
    for (const each of node) statements(each, path, ignored, found);
  } else if (node !== null && typeof node === "object") {
    if ("@value" in node) {
      const language = node["@language"] ? `@${node["@language"]}` : "";
      found.add(`${path} = ${normal(node["@value"])}${language}`);
      return found;
    }
    for (const [key, value] of Object.entries(node)) {
      const name = lastPart(key);
      if (ignored.has(name)) continue;
      const inner = key === "@list" || key === "@graph" ? path : path ? `${path} / ${name}` : name;
      if (key === "@id") found.add(`${path} = ${value}`);
      else statements(value, inner, ignored, found);
    }
  } else {
    found.add(`${path} = ${normal(node)}`);
  }
  return found;
}

async function lostIn(document, ignored) {
  const loaders = { documentLoader: contextLoader, contextLoader };
  const before = await jsonld.expand(document, { documentLoader: contextLoader });
  const parsed = await ApObject.fromJsonLd(document, loaders);
  // Without `format` Fedify gives back the bytes it read.
  const after = await parsed.toJsonLd({ ...loaders, format: "expand" });
  const kept = statements(after, "", ignored, new Set());
  return [...statements(before, "", ignored, new Set())].filter((s) => !kept.has(s));
}

let files = process.argv.slice(2);
let ignored = new Set();
if (files[0] === "--ignore") {
  ignored = new Set(files[1].split(","));
  files = files.slice(2);
}
if (files.length === 0) {
  console.error("usage: vocab_check.mjs [--ignore TERM,TERM…] FILE.json…");
  process.exit(2);
}
let failed = 0;
for (const file of files) {
  try {
    const lost = await lostIn(JSON.parse(await readFile(file, "utf8")), ignored);
    console.log([`${lost.length ? "LOST" : "ok"} ${file}`, ...lost].join("\n    "));
    failed += lost.length ? 1 : 0;
  } catch (error) {
    console.log(`LOST ${file}\n    ${error?.stack ?? error}`);
    failed += 1;
  }
}
console.log(`${files.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
