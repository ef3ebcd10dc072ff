import { randomUUID } from "node:crypto";
import { encodeCursor } from "../../../handlers/http/cursor";
import { makeImage } from "../../support/images";
import type { RequestParts } from "../support";
import { tag } from "./states";

/** A request that names a user, wherever one can be named. */
export interface UserProbe {
  what: string;
  /** How it names the user. */
  field: "userId" | "user_id";
  /**
   * @param userId names the user; left out where nobody is to be named.
   * @param scope whose the images are that the caller sees then; everybody's when left out.
   */
  parts: (userId?: string, scope?: string) => RequestParts | Promise<RequestParts>;
}

/** Headers of a JSON body. */
export const json = { "Content-Type": "application/json" };

/** Both ways in which a name may be written. */
const spellings = ["userId", "user_id"] as const;

/** Of the record that is asked for. */
export const recordId = "r";

const png = makeImage("png");

const position = { timestamp: "2026-01-02T03:04:05.678Z", id: randomUUID() };

async function form(fields: Record<string, string>): Promise<RequestParts> {
  const data = new FormData();
  data.append("image", new Blob([new Uint8Array(await png)], { type: "image/png" }), "a.png");
  for (const [name, value] of Object.entries(fields)) {
    data.append(name, value);
  }
  const response = new Response(data);
  return {
    headers: { "Content-Type": response.headers.get("Content-Type") ?? "" },
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

/** Of POST /images, in each of its three ways. */
export const uploads: UserProbe[] = spellings.flatMap((field): UserProbe[] => {
  const named = (userId: string | undefined) => (userId === undefined ? {} : { [field]: userId });
  return [
    {
      what: `JSON with ${field}`,
      field,
      parts: async (userId) => {
        const imageData = (await png).toString("base64");
        const rest =
          field === "userId"
            ? { imageData, contentType: "image/png" }
            : { image_data: imageData, content_type: "image/png" };
        return { headers: json, body: JSON.stringify({ ...rest, ...named(userId) }) };
      },
    },
    {
      what: `a form with ${field}`,
      field,
      parts: (userId) => form({ ...named(userId), image_name: "n" }),
    },
    {
      what: `an image with ${field} in the query`,
      field,
      parts: async (userId) => ({
        headers: { "Content-Type": "image/png" },
        query: { ...named(userId), image_name: "n" },
        body: new Uint8Array(await png),
      }),
    },
  ];
});

/** Of POST /uploads. */
export const forms: UserProbe[] = spellings.map((field) => ({
  what: `JSON with ${field}`,
  field,
  parts: (userId) => ({
    headers: json,
    body: JSON.stringify({
      [field === "userId" ? "contentType" : "content_type"]: "image/png",
      size: 3,
      ...(userId !== undefined && { [field]: userId }),
    }),
  }),
}));

/** Of PUT /records/{id}. */
export const records: UserProbe[] = spellings.map((field) => ({
  what: `a record with ${field}`,
  field,
  parts: (userId) => ({
    id: recordId,
    headers: json,
    body: JSON.stringify({ color: "red", ...(userId !== undefined && { [field]: userId }) }),
  }),
}));

/** Of GET /results. */
export const results: UserProbe[] = spellings.flatMap((field) => {
  const others: Record<string, (userId?: string) => Record<string, string>> = {
    nothing: () => ({}),
    "a limit": () => ({ limit: "1" }),
    "a cursor": (userId) => ({ cursor: encodeCursor({ userId, recordId }, position) }),
  };
  return Object.entries(others).map(([what, query]) => ({
    what: `${field} and ${what}`,
    field,
    parts: (userId, scope) => ({
      query: {
        id: recordId,
        ...query(userId ?? scope),
        ...(userId !== undefined && { [field]: userId }),
      },
    }),
  }));
});

/** Of GET /images. */
export const lists: UserProbe[] = spellings.flatMap((field) => {
  const others: Record<string, (userId?: string) => Record<string, string>> = {
    nothing: () => ({}),
    "a limit": () => ({ limit: "1" }),
    "a tag": () => ({ tag }),
    "a cursor": (userId) => ({ cursor: encodeCursor({ userId }, position) }),
    URLs: () => ({ urls: "true", preset: "thumb" }),
  };
  return Object.entries(others).map(([what, query]) => ({
    what: `${field} and ${what}`,
    field,
    parts: (userId, scope) => ({
      query: { ...query(userId ?? scope), ...(userId !== undefined && { [field]: userId }) },
    }),
  }));
});
