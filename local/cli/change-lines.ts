import { isRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import { hasSecret, withoutSecrets } from "../engine/properties";
import { changesOf, documentIn, inputOf, isFile, valueAt } from "../provider/diff";
import type { Change } from "../provider/diff";
import type { Properties } from "../provider/resource";
import type { Step } from "../provider/steps";

/** A step, with the inputs that it leads from and to, in the form in which they travel. */
export interface ChangedInputs extends Pick<Step, "kind" | "changes"> {
  before?: Properties;
  after?: Properties;
}

/** Characters of a value that are shown at most. */
const maxLength = 72;
/** Characters that are shown before the first one that differs. */
const contextLength = 16;

const signs = { add: "+", update: "~", delete: "-" } as const;

/** The inputs that differ, as previews of the CLI have it: `[diff: +a-b~c,d]`. */
export function formatDiff(changes: readonly Change[]): string {
  const ofKind = (kind: Change["kind"]) => {
    const names = changes
      .filter((each) => shownKind(each) === kind)
      .map(({ path }) => inputOf(path));
    return names.length > 0 ? signs[kind] + [...new Set(names)].join(",") : "";
  };
  return `[diff: ${ofKind("add")}${ofKind("delete")}${ofKind("update")}]`;
}

/** What is added inside of an input changes it. */
function shownKind({ path, kind }: Change): Change["kind"] {
  return path === inputOf(path) ? kind : "update";
}

/**
 * Lines about the properties that differ, such as `~ tags.Environment: "a" => "b"`. Secrets are left
 * out, long values shortened, and of documents only what differs in them is told.
 */
export function changeLines({ kind, changes, before = {}, after = {} }: ChangedInputs): string[] {
  return changes.flatMap((change) => {
    const values = [valueIn(before, change.path), valueIn(after, change.path)] as const;
    const reason = kind === "replace" && change.replaces ? " (replaces it)" : "";
    return linesOf(change, ...values).map((line) => line + reason);
  });
}

/** A secret where the value is one, is in one, or has one inside. */
const secret = Symbol("secret");

function valueIn(inputs: Properties, path: string): unknown {
  for (let end = 0; end <= path.length; end++) {
    const isPrefix = end === path.length || path[end] === "." || path[end] === "[";
    if (isPrefix && end > 0 && isRpcSecret(valueAt(inputs, path.slice(0, end)))) {
      return secret;
    }
  }
  const value = valueAt(inputs, path);
  return hasSecret(value) ? secret : withoutSecrets(value);
}

function linesOf(
  { path, kind }: Pick<Change, "path" | "kind">,
  before: unknown,
  after: unknown,
): string[] {
  const documents = [before, after].map((value) =>
    typeof value === "string" ? documentIn(value) : undefined,
  );
  if (kind === "update" && documents[0] && documents[1]) {
    const [inBefore, inAfter] = documents;
    return changesOf(path, inBefore, inAfter).flatMap((change) => {
      const inner = change.path.slice(path.length);
      return linesOf(change, valueAt(inBefore, inner), valueAt(inAfter, inner));
    });
  }
  const [from, to] = shown(before, after);
  const value = kind === "add" ? to : kind === "delete" ? from : `${from} => ${to}`;
  return [`${signs[kind]} ${path}: ${value}`];
}

function shown(before: unknown, after: unknown): [string, string] {
  const texts: [string, string] = [textOf(before), textOf(after)];
  const start = texts.some(({ length }) => length > maxLength) ? firstShown(...texts) : 0;
  return [shortened(texts[0], start), shortened(texts[1], start)];
}

/** From where on long texts are shown, so that what differs is among it. */
function firstShown(one: string, other: string): number {
  let index = 0;
  while (index < one.length && one[index] === other[index]) {
    index++;
  }
  return index < maxLength / 2 ? 0 : index - contextLength;
}

function shortened(text: string, start: number): string {
  const end = start + maxLength;
  return `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
}

function textOf(value: unknown): string {
  if (value === secret) {
    return "[secret]";
  }
  if (isFile(value)) {
    return `archive ${(value.hash ?? "").slice(0, 7)}`;
  }
  return value === undefined ? "" : JSON.stringify(value);
}
