import type { Stack } from "../../tests/e2e/support/stack";
import type { ClientRequest } from "./client";
import type { PlannedProcess, PlannedUpload } from "./plan";

/** A form as POST /uploads answers it. */
export interface UploadForm {
  url: string;
  fields: Record<string, string>;
}

/** A request to a route of the API that may be repeated. */
export function apiRequest(
  { outputs }: Stack,
  method: string,
  path: string,
  headers: Record<string, string> = {},
): ClientRequest {
  return {
    url: outputs.apiUrl + path,
    method,
    headers: { "x-api-key": outputs.apiKey, ...headers },
    isRepeatable: true,
  };
}

/** POST /images in one of its three ways, or POST /uploads. */
export function uploadRequest(stack: Stack, plan: PlannedUpload): ClientRequest {
  const { name, isKeyed } = plan;
  const { path, type, body } = parts[plan.way](plan);
  return {
    ...apiRequest(stack, "POST", path, {
      ...(type !== undefined && { "content-type": type }),
      ...(isKeyed && { "idempotency-key": name }),
    }),
    body,
    isRepeatable: isKeyed,
    isUndoneOnFailure: !isKeyed,
  };
}

/** POST /process. Its result is locked as soon as it is stored, and cannot be taken back. */
export function processRequest(stack: Stack, plan: PlannedProcess): ClientRequest {
  const { name, isKeyed, document } = plan;
  return {
    ...apiRequest(stack, "POST", "/process", {
      "content-type": "application/json",
      ...(isKeyed && { "idempotency-key": name }),
    }),
    body: JSON.stringify(document),
    isRepeatable: isKeyed,
  };
}

/** The image itself, sent to the bucket. A second one has no effect. */
export function formRequest({ url, fields }: UploadForm, image: Buffer): ClientRequest {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    body.set(name, value);
  }
  body.set("file", new Blob([new Uint8Array(image)]));
  return { url, method: "POST", body, isRepeatable: true };
}

interface Parts {
  path: string;
  /** Unset where the form says it. */
  type?: string;
  body: string | Buffer | FormData;
}

const parts: Record<PlannedUpload["way"], (plan: PlannedUpload) => Parts> = {
  json: ({ image, ...plan }) => ({
    path: "/images",
    type: "application/json",
    body: JSON.stringify({ imageData: image.toString("base64"), ...description(plan) }),
  }),
  raw: ({ image, contentType, userId, name, tags }) => ({
    path: `/images?${String(
      new URLSearchParams({ userId, imageName: name, tags: JSON.stringify(tags) }),
    )}`,
    type: contentType,
    body: image,
  }),
  multipart: ({ image, ...plan }) => ({ path: "/images", body: multipart(image, plan) }),
  direct: ({ image, ...plan }) => ({
    path: "/uploads",
    type: "application/json",
    body: JSON.stringify({ size: image.length, ...description(plan) }),
  }),
};

function description({ contentType, userId, name, tags }: Omit<PlannedUpload, "image">) {
  return { contentType, userId, imageName: name, tags };
}

function multipart(
  image: Buffer,
  { contentType, userId, name, tags }: Omit<PlannedUpload, "image">,
) {
  const form = new FormData();
  form.set("userId", userId);
  form.set("imageName", name);
  form.set("tags", JSON.stringify(tags));
  form.set("image", new Blob([new Uint8Array(image)], { type: contentType }), "image");
  return form;
}
