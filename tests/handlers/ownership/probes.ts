import { methodsOf, type Operation } from "../../../components/openapi/routes";
import type { RequestParts } from "../support";
import type { Answer, CallerKind } from "./callers";
import { hasRecord, owner, type State, tag } from "./states";
import { forms, json, lists, records, results, uploads, type UserProbe } from "./user-probes";

/** A request that names an id, wherever it can be named. */
export interface IdProbe {
  what: string;
  parts: (id: string) => RequestParts;
  /**
   * The answer to a caller for whom what is behind the id is there.
   *
   * @param isConfined whether the caller is a user.
   */
  answer: (state: State, isConfined: boolean) => Answer;
  /**
   * The answer to a caller for whom that is not there, and which changes nothing. Where it is left out, all is as if
   * there were nothing.
   */
  unseen?: (state: State) => Answer;
  /** Whether GET is meant and not HEAD. */
  isGetOnly?: true;
}

/** How an operation may be asked for what is another's. */
export interface Row {
  ids: readonly IdProbe[];
  users: readonly UserProbe[];
  /** A request that names neither, and its answer. */
  alone?: { parts: RequestParts; answer: (caller: CallerKind) => Answer };
}

const notFound: Answer = [404, "ImageNotFound"];
const rejected: Answer = [404, "ImageRejected"];

/** The answers about images, of which one that is ready has its own. */
function ofImage(ready: Answer): IdProbe["answer"] {
  return (state) => {
    if (state === "an image" || state === "an image of a form") {
      return ready;
    }
    return state === "a rejected upload" || state === "a rejected image" ? rejected : notFound;
  };
}

const noRecord: Answer = [404, "RecordNotFound"];

/** The answers about records, of which one that is there has its own, as has what is not there. */
function ofRecord(there: Answer, nothing = noRecord): IdProbe["answer"] {
  return (state) => (hasRecord(state) ? there : nothing);
}

/** The answers to who wants to remove a record. */
function ofRemoval(there: Answer): IdProbe["answer"] {
  return (state, isConfined) => ofRecord(there, isConfined ? noRecord : [204])(state, isConfined);
}

/** Who puts a record under an id that is taken is told so. */
function puts(
  what: string,
  headers: Record<string, string>,
  there: Answer,
  nothing: Answer,
): Parameters<typeof byPath>[0] {
  return {
    what,
    parts: { headers: { ...json, ...headers }, body: '{"color":"red"}' },
    answer: ofRecord(there, nothing),
    unseen: (state) => (hasRecord(state) ? noRecord : nothing),
  };
}

const always = (answer: Answer) => () => answer;
const invalid = always([400, "InvalidRequest"]);

/** Requests of an operation whose path has an id. */
function byPath(...probes: (Omit<IdProbe, "parts"> & { parts?: RequestParts })[]): IdProbe[] {
  return probes.map(({ parts, ...probe }) => ({ ...probe, parts: (id) => ({ id, ...parts }) }));
}

/** For every operation, how it may be asked for what is another's. An operation must have its row. */
export const probes: Readonly<Record<Operation, Row>> = {
  "upload-image": { ids: [], users: uploads },
  "create-upload": { ids: [], users: forms },
  "get-upload": {
    ids: byPath(
      {
        what: "the id in the path",
        answer: (state) =>
          ["an image of a form", "an upload of a form", "a rejected upload"].includes(state)
            ? [200]
            : [404, "UploadNotFound"],
      },
      {
        what: "a parameter that there is not",
        parts: { query: { userId: owner } },
        answer: invalid,
      },
    ),
    users: [],
  },
  "list-images": {
    ids: (["similarTo", "similar_to"] as const).flatMap((name) => [
      { what: name, parts: (id) => ({ query: { [name]: id } }), answer: ofImage([200]) },
      {
        what: `${name} and its distance`,
        parts: (id) => ({ query: { [name]: id, maxDistance: "0" } }),
        answer: ofImage([200]),
      },
      {
        what: `${name} and a tag`,
        parts: (id) => ({ query: { [name]: id, tag } }),
        answer: invalid,
      },
    ]),
    users: lists,
  },
  "get-image": {
    ids: byPath(
      { what: "the id in the path", answer: ofImage([200]) },
      { what: "a presigned URL", parts: { query: { url: "true" } }, answer: ofImage([200]) },
      { what: "a preset's URL", parts: { query: { preset: "thumb" } }, answer: ofImage([200]) },
      {
        what: "what the client may have",
        parts: { headers: { "If-None-Match": "*" } },
        answer: ofImage([304]),
      },
      {
        what: "a parameter that there is not",
        parts: { query: { userId: owner } },
        answer: invalid,
      },
    ),
    users: [],
  },
  "get-image-url": {
    ids: byPath(
      { what: "operations", parts: { query: { width: "20" } }, answer: ofImage([200]) },
      { what: "a public preset", parts: { query: { preset: "open" } }, answer: ofImage([200]) },
      { what: "an operation that there is not", parts: { query: { huge: "1" } }, answer: invalid },
    ),
    users: [],
  },
  "get-image-content": {
    ids: byPath(
      { what: "a redirect", answer: ofImage([302]) },
      { what: "the bytes", parts: { headers: { Accept: "image/*" } }, answer: ofImage([200]) },
      {
        what: "bytes that there are not",
        parts: { headers: { Accept: "image/*", Range: "bytes=99-" } },
        answer: ofImage([416, "RangeNotSatisfiable"]),
        isGetOnly: true,
      },
      {
        what: "what the client may have",
        parts: { headers: { "If-None-Match": "*" } },
        answer: ofImage([304]),
      },
    ),
    users: [],
  },
  "update-image": {
    ids: byPath(
      {
        what: "a new name",
        parts: { headers: json, body: '{"imageName":"new"}' },
        answer: ofImage([200]),
      },
      {
        what: "new tags and a focal point",
        parts: { headers: json, body: '{"tags":{"c":"d"},"focal_point":{"x":0.5,"y":0.5}}' },
        answer: ofImage([200]),
      },
      {
        what: "what it is not to be any more",
        parts: { headers: { ...json, "If-Match": '"other"' }, body: '{"imageName":"new"}' },
        answer: ofImage([412, "PreconditionFailed"]),
      },
      {
        what: "another user for it",
        parts: { headers: json, body: '{"userId":"bob"}' },
        answer: invalid,
      },
    ),
    users: [],
  },
  "delete-image": {
    ids: byPath(
      {
        what: "the id in the path",
        answer: (state, isConfined) => (state === "nothing" && isConfined ? notFound : [204]),
      },
      {
        what: "a parameter that there is not",
        parts: { query: { userId: owner } },
        answer: invalid,
      },
    ),
    users: [],
  },
  "process-data": {
    ids: [],
    users: [],
    alone: { parts: { headers: json, body: '{"id":"r"}' }, answer: always([200]) },
  },
  "list-results": { ids: [], users: results },
  "put-record": {
    ids: byPath(
      puts("a record", {}, [200], [201]),
      puts("a change", { "If-Match": "*" }, [200], [412, "PreconditionFailed"]),
      puts("a new record", { "If-None-Match": "*" }, [412, "PreconditionFailed"], [201]),
      { what: "another id", parts: { headers: json, body: '{"id":"other"}' }, answer: invalid },
    ),
    users: records,
  },
  "get-record": {
    ids: byPath(
      { what: "the id in the path", answer: ofRecord([200]) },
      {
        what: "what the client may have",
        parts: { headers: { "If-None-Match": "*" } },
        answer: ofRecord([304]),
      },
      {
        what: "a parameter that there is not",
        parts: { query: { userId: owner } },
        answer: invalid,
      },
    ),
    users: [],
  },
  "delete-record": {
    ids: byPath(
      { what: "the id in the path", answer: ofRemoval([204]) },
      {
        what: "what it is not to be any more",
        parts: { headers: { "If-Match": '"other"' } },
        answer: ofRemoval([412, "PreconditionFailed"]),
      },
    ),
    users: [],
  },
  "get-me": {
    ids: [],
    users: [],
    alone: {
      parts: {},
      answer: ({ userId }) => (userId === undefined ? [403, "NoUser"] : [200]),
    },
  },
};

/** Methods that a probe is tried by. */
export function methodsFor(operation: Operation, { isGetOnly }: IdProbe): string[] {
  return methodsOf(operation).filter((method) => method !== "HEAD" || !isGetOnly);
}
