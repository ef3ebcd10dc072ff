import { userId as UserId } from "../../http/image-fields";
import type { Claims } from "./claim-rules";
import { Refusal } from "./refusal";
import type { TokenSettings } from "./token-settings";

/** Whom a token names. */
export interface TokenUser {
  kind: "user" | "admin";
  userId: string;
}

/** Claims that hold several words with spaces between them. https://www.rfc-editor.org/rfc/rfc8693#section-4.2 */
const wordClaims: readonly string[] = ["scope", "scp"];

/**
 * Whom the claims of a verified token name.
 *
 * @throws Refusal when the user's claim is missing, or no user id as uploads have it.
 */
export function tokenUser(claims: Claims, { userClaim, admin }: TokenSettings): TokenUser {
  const { data: userId } = UserId.safeParse(claimAt(claims, userClaim));
  if (userId === undefined) {
    throw new Refusal("its claim of the user is missing, or not a user id");
  }
  const isAdmin = admin && textsAt(claims, admin.claim).includes(admin.value);
  return { kind: isAdmin ? "admin" : "user", userId };
}

/**
 * What a claim holds, by its name as it is, such as `cognito:groups`; by a JSON pointer where it starts
 * with a slash, such as `/realm_access/roles`, through objects alone.
 * https://www.rfc-editor.org/rfc/rfc6901
 */
export function claimAt(claims: Claims, claim: string): unknown {
  const path = claim.startsWith("/") ? claim.slice(1).split("/").map(unescaped) : [claim];
  return path.reduce<unknown>(
    (value, name) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    claims,
  );
}

function unescaped(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a claim says: a text, number or boolean, or a list of such, each as text. */
function textsAt(claims: Claims, claim: string): string[] {
  const value = claimAt(claims, claim);
  const isWords = typeof value === "string" && wordClaims.includes(claim);
  const members: unknown[] = isWords ? value.split(" ") : [value].flat();
  return members
    .filter((member) => ["string", "number", "boolean"].includes(typeof member))
    .map(String);
}
