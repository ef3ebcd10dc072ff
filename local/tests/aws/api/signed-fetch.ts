import assert from "node:assert/strict";
import { signRequest } from "../iam/sign-request";
import type { ApiLab } from "./api-lab";

/** What is sent, in a protocol that the SDK's client of a service does not speak. */
interface Sent {
  contentType: string;
  body: string;
  /** `X-Amz-Target`. */
  target?: string;
  /** What it is to be answered with. @default 200 */
  status?: number;
}

/** What the API answers the administrator; any other status than the expected one fails. */
export async function signedFetch(
  lab: ApiLab,
  service: string,
  { contentType, body, target, status = 200 }: Sent,
): Promise<string> {
  const { account, administrator: credentials, url: base } = lab;
  const { url, headers } = await signRequest({
    ...{ credentials, region: account.region, service, date: new Date(), method: "POST" },
    path: "/",
    headers: {
      host: new URL(base).host,
      "content-type": contentType,
      ...(target !== undefined && { "x-amz-target": target }),
    },
    body,
  });
  const signed = headers as Record<string, string>;
  const response = await fetch(`${base}${url}`, { method: "POST", headers: signed, body });
  const text = await response.text();
  assert.equal(response.status, status, text);
  return text;
}
