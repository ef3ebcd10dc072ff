import { serviceContext, userContext, usersSettings as callersSettings } from "../callers";
import type { RequestParts } from "../support";
import { owner } from "./states";

const usersSettings = {
  ...callersSettings,
  USERS_TABLE: "users-table",
  MAX_IMAGES_PER_USER: "10",
  MAX_BYTES_PER_USER: "1000000",
};

/** The status of an answer and, of an error, its code. */
export type Answer = readonly [status: number, code?: string];

/** A kind of caller. */
export interface CallerKind {
  /** Environment of the function. */
  settings: NodeJS.ProcessEnv;
  /** What the authorizer says of the caller. */
  parts: Pick<RequestParts, "authorizer">;
  /** The caller's own id, if there is one. */
  userId?: string;
  /** To whose images the caller is confined, if to any. */
  scope?: string;
}

/** All kinds of callers of an API with users, and of one without. */
export const callerKinds: Record<
  "anyone" | "a program" | "the owner" | "another user" | "an admin",
  CallerKind
> = {
  anyone: { settings: {}, parts: {} },
  "a program": { settings: usersSettings, parts: { authorizer: serviceContext } },
  "the owner": {
    settings: usersSettings,
    parts: { authorizer: { ...userContext(owner) } },
    userId: owner,
    scope: owner,
  },
  "another user": {
    settings: usersSettings,
    parts: { authorizer: { ...userContext("bob") } },
    userId: "bob",
    scope: "bob",
  },
  "an admin": {
    settings: usersSettings,
    parts: { authorizer: { ...userContext("root", "admin") } },
    userId: "root",
  },
};

/** Callers for whom nothing is done, and what they are answered. */
export const unknownCallers: Record<string, CallerKind & { answer: Answer }> = {
  "nobody knows whom": { settings: usersSettings, parts: {}, answer: [500, "InternalError"] },
  "a caller of another kind": {
    settings: usersSettings,
    parts: { authorizer: { ...userContext(owner), kind: "root" } },
    answer: [500, "InternalError"],
  },
  "whoever has a token that has expired": {
    settings: usersSettings,
    parts: { authorizer: { ...userContext(owner), expiresAt: "1" } },
    answer: [401, "TokenExpired"],
  },
};

/** Whether what is the owner's is there for the caller. */
export function seesOwners({ scope }: CallerKind): boolean {
  return scope === undefined || scope === owner;
}
