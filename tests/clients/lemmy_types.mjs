// Whether a node's answers are what a client's own types say: no required member is missing, none has another
// type. Members that the types do not know are let through. The types are read where the package is installed.
//
//   const client = checked(new LemmyHttp(base), "lemmy-js-client");   // each answer is looked at; throws
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const packages = dirname(fileURLToPath(import.meta.url)) + "/node_modules";
const ERRORS_SHOWN_MAX = 8;
const TAKES_BACKUP = "importUserSettings";
const read = new Map();   // package -> {checker, returned: method -> type}

// The methods of `LemmyHttp` and what each promises, without the wrapping that says whether it succeeded.
function typesOf(name) {
  if (read.has(name)) return read.get(name);
  const file = join(packages, name, "dist/http.d.ts");
  const program = ts.createProgram([file], { strict: true, types: [], target: ts.ScriptTarget.ES2022, lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
                                             module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const returned = new Map();
  let backup;
  source.forEachChild((node) => {
    if (!ts.isClassDeclaration(node) || node.name?.text !== "LemmyHttp") return;
    for (const member of node.members) {
      if (!ts.isMethodDeclaration(member)) continue;
      const promised = checker.getPromisedTypeOfPromise(checker.getReturnTypeOfSignature(checker.getSignatureFromDeclaration(member)));
      if (promised) returned.set(member.name.getText(), dataOf(checker, promised));
      if (member.name.getText() === TAKES_BACKUP) backup = checker.getTypeAtLocation(member.parameters[0]);
    }
  });
  // The client parses what it calls a string here, and takes it back as what it is.
  if (backup && !(backup.flags & ts.TypeFlags.Any)) returned.set("exportUserSettings", backup);
  if (returned.size < 50) throw new Error(`the methods of ${name} were not understood`);
  for (const [method, type] of returned)
    if (type.flags & ts.TypeFlags.Any) throw new Error(`${name}: what ${method} returns was not understood`);
  read.set(name, { checker, returned });
  return read.get(name);
}

// RequestState<T> of v4 is one of several; that with `data` holds the answer.
function dataOf(checker, type) {
  for (const one of type.isUnion() ? type.types : [])
    if (one.getProperty("state") && one.getProperty("data")) return checker.getTypeOfSymbol(one.getProperty("data"));
  return type;
}

const kindOf = (value) => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);
const shown = (value) => JSON.stringify(value)?.slice(0, 60);

// What is wrong with `value`, one line each, with its place.
function faults(checker, value, type, place, depth = 0) {
  const wrong = () => [`${place}: ${checker.typeToString(type)} expected, ${kindOf(value)} ${shown(value)} came`];
  if (depth > 40) return [`${place}: too deep`];
  const { flags } = type;
  if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return [];
  if (type.isStringLiteral() || type.isNumberLiteral()) return value === type.value ? [] : wrong();
  if (flags & ts.TypeFlags.BooleanLiteral) return value === (checker.typeToString(type) === "true") ? [] : wrong();
  if (flags & ts.TypeFlags.StringLike) return typeof value === "string" ? [] : wrong();
  if (flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.BigIntLike)) return typeof value === "number" ? [] : wrong();
  if (flags & ts.TypeFlags.BooleanLike) return typeof value === "boolean" ? [] : wrong();
  if (flags & ts.TypeFlags.Null) return value === null ? [] : wrong();
  if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return value === undefined ? [] : wrong();
  if (type.isUnion()) return ofUnion(checker, value, type, place, depth) ?? wrong();
  if (checker.isArrayType(type)) {
    if (!Array.isArray(value)) return wrong();
    const [element] = checker.getTypeArguments(type);
    return value.flatMap((one, at) => faults(checker, one, element, `${place}[${at}]`, depth + 1));
  }
  if (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return ofObject(checker, value, type, place, depth) ?? wrong();
  throw new Error(`${place}: ${checker.typeToString(type)} is a kind of type that is not read`);
}

// One of them holds; else what is wrong with the one that comes nearest is said.
function ofUnion(checker, value, type, place, depth) {
  const tried = type.types.map((one) => faults(checker, value, one, place, depth + 1));
  const best = tried.reduce((a, b) => (b.length < a.length ? b : a));
  return best.length === 0 || (kindOf(value) === "object" && best.every((fault) => !fault.startsWith(`${place}: `))) ? best : undefined;
}

function ofObject(checker, value, type, place, depth) {
  if (kindOf(value) !== "object") return undefined;
  return checker.getPropertiesOfType(type).flatMap((member) => {
    const at = `${place}.${member.name}`;
    if (!(member.name in value)) return member.flags & ts.SymbolFlags.Optional ? [] : [`${at}: missing`];
    return faults(checker, value[member.name], checker.getTypeOfSymbol(member), at, depth + 1);
  });
}

export function checkAnswer(name, method, value) {
  const { checker, returned } = typesOf(name);
  const type = returned.get(method);
  if (!type) throw new Error(`${method} is no method of ${name}`);
  const found = faults(checker, value, type, method);
  if (found.length) throw new Error(`answers that are not of ${name}'s types:\n  ${found.slice(0, ERRORS_SHOWN_MAX).join("\n  ")}`);
}

let looked = 0;
export const answersLookedAt = () => looked;

// The client, each of whose answers is looked at. What was refused has no such type.
export function checked(client, name) {
  return new Proxy(client, {
    get(target, key) {
      const member = target[key];
      if (typeof member !== "function") return member;
      return (...given) => {
        const result = member.apply(target, given);
        if (!(result instanceof Promise)) return result;
        return result.then((answer) => {
          const wrapped = answer?.state !== undefined && ["success", "failed"].includes(answer.state);
          if (wrapped && answer.state !== "success") return answer;
          checkAnswer(name, key, wrapped ? answer.data : answer);
          ++looked;
          return answer;
        });
      };
    },
  });
}
