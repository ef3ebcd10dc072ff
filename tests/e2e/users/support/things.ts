import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { makeImage } from "../../../support/images";
import { createUpload, outcomeOf, sendImage } from "../../support/direct-uploads";
import { remove, tryUpload } from "../../support/images";
import { putRecord } from "../../support/records";
import { type Stack, withToken } from "../../support/stack";
import type { UsersStack } from "../../support/use-users";

/** How what is behind an id stands. */
export type Kind = "ready" | "pending" | "rejected" | "deleted" | "unknown" | "malformed";

/** The two users whose things there are. */
export type Owner = "ada" | "bob";

/** What requests are about. */
export interface Thing {
  kind: Kind;
  /** Left out: nobody's. */
  owner?: Owner;
}

/** What requests are about, by what it is called. */
export const things: Readonly<Record<string, Thing>> = {
  "ada's image": { kind: "ready", owner: "ada" },
  "bob's image": { kind: "ready", owner: "bob" },
  "ada's upload under way": { kind: "pending", owner: "ada" },
  "ada's rejected upload": { kind: "rejected", owner: "ada" },
  "ada's deleted image": { kind: "deleted", owner: "ada" },
  "what there is not": { kind: "unknown" },
  "what is no id": { kind: "malformed" },
};

/** Records that requests are about, and ids of none. */
export const recordThings: Readonly<Record<string, Thing>> = {
  "ada's record": { kind: "ready", owner: "ada" },
  "bob's record": { kind: "ready", owner: "bob" },
  "nobody's record": { kind: "ready" },
  "what there is not": { kind: "unknown" },
};

/** Makes a record, or none. Gives the id. */
export async function makeRecord(
  stack: Stack,
  users: Users,
  { kind, owner }: Thing,
): Promise<string> {
  const id = randomUUID();
  if (kind === "ready") {
    await putRecord(stack, { id, ...(owner && { userId: users[owner] }) });
  }
  return id;
}

/** Config of a stack with limits that takes keys, for all specs that ask for such: they share its run. */
export const limitedUsers = {
  maxImagesPerUser: "2",
  maxBytesPerUser: "1000",
  allowApiKeys: "true",
};

/** Ids of two users: others than those of other specs. */
export type Users = Readonly<Record<Owner, string>>;

export function newUsers(): Users {
  return { ada: `ada-${randomUUID()}`, bob: `bob-${randomUUID()}` };
}

/** How each kind comes about, whoever makes it. Gives the id. */
const makers: Readonly<Record<Kind, (stack: Stack, userId: string) => Promise<string>>> = {
  ready: async (stack, userId) => {
    const { status, body } = await tryUpload(stack, { userId });
    assert.equal(status, 201, JSON.stringify(body));
    return String(body.imageId);
  },
  pending: async (stack, user_id) => (await createUpload(stack, { user_id, size: 100 })).uploadId,
  rejected: async (stack, user_id) => {
    const noImage = Buffer.from("This is no image.");
    const created = await createUpload(stack, { user_id, size: noImage.length });
    await sendImage(created, noImage);
    assert.equal((await outcomeOf(stack, created)).status, "rejected");
    return created.uploadId;
  },
  deleted: async (stack, userId) => {
    const imageId = await makers.ready(stack, userId);
    await remove(stack, imageId);
    return imageId;
  },
  unknown: () => Promise.resolve(randomUUID()),
  malformed: () => Promise.resolve("no-id"),
};

/** Makes a thing, as its owner does. */
export async function makeThing(
  stack: UsersStack,
  users: Users,
  { kind, owner = "ada" }: Thing,
): Promise<string> {
  const userId = users[owner];
  return await makers[kind](withToken(stack, await stack.token(userId)), userId);
}

/** A small image as it is sent in JSON. */
export async function imageFields(): Promise<Record<string, string>> {
  return { image_data: (await makeImage("png")).toString("base64"), content_type: "image/png" };
}
