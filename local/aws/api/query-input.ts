/** Members whose values are no texts: the query protocol has nothing else. */
export interface QueryTypes {
  integers?: readonly string[];
  booleans?: readonly string[];
}

/** A member on the way: a text, or parts by name or index. */
type Node = string | Map<string, Node>;

/**
 * Reads the parameters of the query protocol, such as `Tags.member.1.Key=a`, into the structure that
 * the JSON protocols would have. Lists may be flattened, as in `Tag.1.Key=a`.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function queryInput(body: string, types: QueryTypes = {}): Record<string, unknown> {
  const root = new Map<string, Node>();
  for (const [name, text] of new URLSearchParams(body)) {
    if (name !== "Action" && name !== "Version") {
      put(root, name.split("."), text);
    }
  }
  return structureOf(root, types);
}

function put(node: Map<string, Node>, [name = "", ...rest]: readonly string[], text: string): void {
  if (rest.length === 0) {
    node.set(name, text);
    return;
  }
  const existing = node.get(name);
  const child = existing instanceof Map ? existing : new Map<string, Node>();
  node.set(name, child);
  put(child, rest, text);
}

function structureOf(node: Map<string, Node>, types: QueryTypes): Record<string, unknown> {
  return Object.fromEntries([...node].map(([name, part]) => [name, valueOf(name, part, types)]));
}

function valueOf(name: string, node: Node, types: QueryTypes): unknown {
  if (typeof node === "string") {
    return textOf(name, node, types);
  }
  const names = [...node.keys()];
  const [only] = names;
  if (names.every((each) => /^\d+$/.test(each))) {
    return listOf(name, node, types);
  }
  const inner = only === undefined ? undefined : node.get(only);
  if (names.length === 1 && only === "member" && inner instanceof Map) {
    return listOf(name, inner, types);
  }
  if (names.length === 1 && only === "entry" && inner instanceof Map) {
    return mapOf(listOf(name, inner, types));
  }
  return structureOf(node, types);
}

function listOf(name: string, node: Map<string, Node>, types: QueryTypes): unknown[] {
  return [...node]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, part]) => valueOf(name, part, types));
}

/** Most services name the parts of an entry `key` and `value`; SNS does so for attributes of topics, not of messages. */
function mapOf(entries: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    entries.map((entry) => {
      const { key, value, Name = key, Value = value } = entry as Readonly<Record<string, unknown>>;
      return [String(Name), Value];
    }),
  );
}

/** What is no number or boolean stays a text, which the operation then refuses. */
function textOf(name: string, text: string, { integers = [], booleans = [] }: QueryTypes): unknown {
  if (integers.includes(name) && /^-?\d+(\.\d+)?$/.test(text)) {
    return Number(text);
  }
  if (booleans.includes(name) && /^(true|false)$/.test(text)) {
    return text === "true";
  }
  return text;
}
