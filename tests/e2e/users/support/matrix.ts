import { randomUUID } from "node:crypto";
import type { Operation } from "../../../../components/openapi/routes";
import type { Kind, Thing } from "./things";

/** The status of an answer and, of an error, its code. */
export type Expected = readonly [status: number, code?: string];

/** Who asks. */
export interface Caller {
  /** Whom the caller is let in as. Left out: nobody is let in. */
  as?: "ada" | "bob" | "admin" | "program";
  /** What everybody is answered who is not let in. */
  refusal?: Expected;
}

/** What is sent. */
export interface Sent {
  path: string;
  json?: unknown;
}

/** A request that is about a thing, and what whoever sees it is answered, by how it stands. */
interface ByThing {
  about: "a thing";
  send: (id: string) => Sent;
  answers: Readonly<Record<Kind, Expected>>;
  /** What is answered to users in another way. */
  toUsers?: Partial<Readonly<Record<Kind, Expected>>>;
}

/** A request that is about a record, and what is answered to whom there is one, or none. */
interface ByRecord {
  about: "a record";
  send: (id: string) => Sent;
  there: Expected;
  nothing: Expected;
  /** What is answered to users in another way, to whom there is none. */
  nothingToUsers?: Expected;
  /** What is answered to users of what is there, but not theirs. `@default` as if there were nothing */
  taken?: Expected;
}

/** A request that may name a user, and what whoever may is answered. */
interface ByUser {
  about: "a user";
  send: (userId: string | undefined) => Promise<Sent> | Sent;
  answer: Expected;
  /** What a program is answered that names nobody. */
  namingNobody: Expected;
}

/** A request that is about the caller alone. */
interface ByCaller {
  about: "the caller";
  send: () => Sent;
  answer: Expected;
  toPrograms: Expected;
}

export type Row = ByThing | ByRecord | ByUser | ByCaller;

const noRecord: Expected = [404, "RecordNotFound"];
const noImage: Expected = [404, "ImageNotFound"];

function ofImages(ready: Expected): Record<Kind, Expected> {
  return {
    ready,
    pending: noImage,
    rejected: [404, "ImageRejected"],
    deleted: noImage,
    unknown: noImage,
    malformed: noImage,
  };
}

/** What each route answers. An operation without rows does not compile. */
export function matrix(imageFields: Record<string, string>): Readonly<Record<Operation, Row[]>> {
  return {
    "upload-image": [
      {
        about: "a user",
        send: (userId) => ({
          path: "/images",
          json: { ...imageFields, ...(userId !== undefined && { user_id: userId }) },
        }),
        answer: [201],
        namingNobody: [400, "InvalidRequest"],
      },
    ],
    "create-upload": [
      {
        about: "a user",
        send: (userId) => ({
          path: "/uploads",
          json: { contentType: "image/png", size: 3, userId },
        }),
        answer: [201],
        namingNobody: [400, "InvalidRequest"],
      },
    ],
    "get-upload": [
      {
        about: "a thing",
        send: (id) => ({ path: `/uploads/${id}` }),
        answers: {
          ready: [404, "UploadNotFound"],
          pending: [200],
          rejected: [200],
          deleted: [404, "UploadNotFound"],
          unknown: [404, "UploadNotFound"],
          malformed: [404, "UploadNotFound"],
        },
      },
    ],
    "list-images": [
      {
        about: "a user",
        send: (userId) => ({ path: userId === undefined ? "/images" : `/images?userId=${userId}` }),
        answer: [200],
        namingNobody: [200],
      },
      {
        about: "a thing",
        send: (id) => ({ path: `/images?similarTo=${id}` }),
        answers: ofImages([200]),
      },
    ],
    "get-image": [
      {
        about: "a thing",
        send: (id) => ({ path: `/images/${id}?url=true` }),
        answers: ofImages([200]),
      },
    ],
    "get-image-url": [
      {
        about: "a thing",
        send: (id) => ({ path: `/images/${id}/url?width=20` }),
        answers: ofImages([200]),
      },
    ],
    "get-image-content": [
      {
        about: "a thing",
        send: (id) => ({ path: `/images/${id}/content` }),
        answers: ofImages([302]),
      },
    ],
    "update-image": [
      {
        about: "a thing",
        send: (id) => ({ path: `/images/${id}`, json: { imageName: "changed" } }),
        answers: ofImages([200]),
      },
    ],
    "delete-image": [
      {
        about: "a thing",
        send: (id) => ({ path: `/images/${id}` }),
        answers: {
          ready: [204],
          pending: [204],
          rejected: [204],
          deleted: [204],
          unknown: [204],
          malformed: noImage,
        },
        toUsers: { unknown: noImage },
      },
    ],
    "process-data": [
      {
        about: "the caller",
        send: () => ({ path: "/process", json: { id: "matrix" } }),
        answer: [200],
        toPrograms: [200],
      },
    ],
    "list-results": [
      {
        about: "a user",
        send: (userId) => ({
          path: `/results?id=matrix${userId === undefined ? "" : `&userId=${userId}`}`,
        }),
        answer: [200],
        namingNobody: [200],
      },
    ],
    "put-record": [
      {
        about: "a record",
        send: (id) => ({ path: `/records/${id}`, json: { color: "red" } }),
        there: [200],
        nothing: [201],
        taken: noRecord,
      },
      {
        about: "a user",
        send: (userId) => ({ path: `/records/${randomUUID()}`, json: { userId } }),
        answer: [201],
        namingNobody: [201],
      },
    ],
    "get-record": [
      {
        about: "a record",
        send: (id) => ({ path: `/records/${id}` }),
        there: [200],
        nothing: noRecord,
      },
    ],
    "delete-record": [
      {
        about: "a record",
        send: (id) => ({ path: `/records/${id}` }),
        there: [204],
        nothing: [204],
        nothingToUsers: noRecord,
      },
    ],
    "get-me": [
      {
        about: "the caller",
        send: () => ({ path: "/me" }),
        answer: [200],
        toPrograms: [403, "NoUser"],
      },
    ],
  };
}

/** Whether a record is there for a caller: to users, nobody's is not. */
function seesRecord(caller: Caller, { kind, owner }: Thing): boolean {
  const isAll = caller.as === "admin" || caller.as === "program";
  return kind === "ready" && (isAll || (owner !== undefined && caller.as === owner));
}

function ofRecord(row: ByRecord, caller: Caller, thing: Thing): Expected {
  if (seesRecord(caller, thing)) {
    return row.there;
  }
  const isUser = caller.as === "ada" || caller.as === "bob";
  const taken = thing.kind === "ready" ? row.taken : undefined;
  return (isUser ? (taken ?? row.nothingToUsers) : undefined) ?? row.nothing;
}

/** Whether a thing is there for a caller. */
export function sees({ as }: Caller, { owner }: Thing): boolean {
  return owner === undefined || as === owner || as === "admin" || as === "program";
}

/** The rule of it all: what a caller is answered about a thing, or about its owner. */
export function expected(row: Row, caller: Caller, thing: Thing): Expected {
  if (caller.refusal) {
    return caller.refusal;
  }
  const isUser = caller.as === "ada" || caller.as === "bob";
  switch (row.about) {
    case "a thing": {
      const kind = sees(caller, thing) ? thing.kind : "unknown";
      return (isUser ? row.toUsers?.[kind] : undefined) ?? row.answers[kind];
    }
    case "a record":
      return ofRecord(row, caller, thing);
    case "a user":
      if (!sees(caller, thing)) {
        return [403, "NotYourUser"];
      }
      return caller.as === "program" && thing.owner === undefined ? row.namingNobody : row.answer;
    case "the caller":
      return caller.as === "program" ? row.toPrograms : row.answer;
  }
}
