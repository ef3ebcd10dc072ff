import sharp from "sharp";
import type { Stack } from "../../tests/e2e/support/stack";
import type { Client, ClientAnswer, ClientRequest } from "./client";
import { hasErrorShape } from "./error-shape";
import type { UploadEntry } from "./ledger";
import { tellsOfLimit } from "./limits";
import { focusedQuery, type RenditionQuery } from "./rendition-queries";
import { apiRequest } from "./requests";
import type { Load } from "./load";

/** A request of a rendition to the edge, by plain HTTP where the stack offers that. */
export function viewRequest({ cdnPlainHttp }: Stack, signed: string): ClientRequest {
  const { host, pathname, search } = new URL(signed);
  const plain = cdnPlainHttp?.[host];
  return {
    url: plain === undefined ? signed : `${plain}${pathname}${search}`,
    method: "GET",
    headers: { accept: "image/avif,image/webp,*/*" },
    isRepeatable: true,
  };
}

/** Signs a URL and fetches what it is of; complains unless that, or that the image is gone, is answered. */
export async function view(
  entry: UploadEntry,
  asked: RenditionQuery,
  { client, ledger, stack }: Load,
): Promise<void> {
  const complain = (what: string) => {
    ledger.complaints.push(`${asked.query} of image ${entry.imageId ?? "?"}: ${what}.`);
  };
  const path = `/images/${entry.imageId}/url?${asked.query}`;
  const signed = await client.send(apiRequest(stack, "GET", path));
  if (signed.is === "refused") {
    judgeRefusal(signed, entry, complain);
  }
  if (signed.is !== "done") {
    return;
  }
  ledger.acknowledged += 1;
  const { url } = JSON.parse(signed.answer.bytes.toString()) as { url: string };
  (entry.urls ??= new Set()).add(url);
  const outcome = await client.send(viewRequest(stack, url));
  if (outcome.is === "refused") {
    judgeRefusal(outcome, entry, complain);
  } else if (outcome.is === "done") {
    ledger.acknowledged += 1;
    ledger.viewed += 1;
    const problem = await renditionProblem(outcome.answer, asked);
    if (problem !== undefined) {
      complain(problem);
    }
  }
}

/** That an image is gone may only be said of one that may be. */
function judgeRefusal(
  { why, answer }: { why: string; answer?: ClientAnswer },
  entry: UploadEntry,
  complain: (what: string) => void,
): void {
  if (!answer) {
    return;
  }
  if (!isGone(answer) && !tellsOfLimit(answer)) {
    complain(`was refused: ${why}`);
  } else if (isThere(entry)) {
    complain("is said to be gone, which nobody has deleted");
  }
}

/** Whether an answer says, in the one shape of errors, that there is no such image. */
export function isGone({ status, headers, bytes }: ClientAnswer): boolean {
  const isError = hasErrorShape({ headers: Object.fromEntries(headers), body: bytes });
  return status === 404 && isError && bytes.includes('"ImageNotFound"');
}

/** A direct upload becomes an image some time later. */
function isThere({ plan, ending, deletion }: UploadEntry): boolean {
  return plan.way !== "direct" && ending === "acknowledged" && deletion === undefined;
}

/** What is wrong with a rendition; `undefined` if it is as it has to be. */
async function renditionProblem(
  { status, headers, bytes }: ClientAnswer,
  { type, width, height }: RenditionQuery,
): Promise<string | undefined> {
  const given = headers.get("content-type") ?? "";
  if (status !== 200 || !given.startsWith("image/") || (type !== undefined && given !== type)) {
    return `was answered ${status}, ${given}`;
  }
  const found = await sharp(bytes).metadata();
  return found.width === width && found.height === height
    ? undefined
    : `has ${found.width} × ${found.height} pixels`;
}

/** Fetches, with a new signature, the rendition of an image that its focal point decides. */
export async function viewFocused(
  imageId: string,
  { client, stack }: { client: Client; stack: Stack },
): Promise<Buffer | undefined> {
  const path = `/images/${imageId}/url?${focusedQuery.query}`;
  const signed = await client.send(apiRequest(stack, "GET", path));
  if (signed.is !== "done") {
    return undefined;
  }
  const { url } = JSON.parse(signed.answer.bytes.toString()) as { url: string };
  const outcome = await client.send(viewRequest(stack, url));
  return outcome.is === "done" ? outcome.answer.bytes : undefined;
}
