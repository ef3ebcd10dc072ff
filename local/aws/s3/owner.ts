import { createHash } from "node:crypto";
import type { Account } from "../types";
import type { XmlElement } from "./xml";

/** The account as S3's documents name it: by a canonical user id of 64 hex digits. */
export function owner(account: Account): XmlElement {
  return { ID: createHash("sha256").update(account.accountId).digest("hex") };
}
