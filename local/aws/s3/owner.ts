import { createHash } from "node:crypto";
import type { Account } from "../types";
import type { XmlElement } from "./xml";

/** The account as S3's documents name it. */
export function owner(account: Account): XmlElement {
  return { ID: canonicalUserId(account) };
}

/** S3's own id of an account: 64 hex digits. */
export function canonicalUserId(account: Account): string {
  return createHash("sha256").update(account.accountId).digest("hex");
}
