import { ApiFailure, failureOf, unreachable } from "./api-failure";
import type { Fetched } from "./measure";
import type { Answer, Sent, Transport } from "./transport";

const givenUp = "It was given up.";
const unreadableFile =
  "The file cannot be read any more. Was it changed, moved or deleted? Choose it once more.";

/** Sends what has a progress by the one interface of browsers that tells it, and all else by `fetch`. */
export const browserTransport: Transport = (request) =>
  request.onProgress ? sendTold(request, request.onProgress) : sendPlain(request);

async function sendPlain({ url, method, headers, body, signal }: Sent): Promise<Answer> {
  const response = await reached(url, { method, headers, body, signal });
  return { status: response.status, body: await response.text() };
}

function sendTold(
  { url, method, headers = {}, body, signal }: Sent,
  onProgress: (part: number) => void,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = ({ loaded, total }) => {
      onProgress(total > 0 ? loaded / total : 0);
    };
    request.onload = () => {
      resolve({ status: request.status, body: request.responseText });
    };
    request.onerror = () => {
      void isReadable(body).then((isThere) => {
        reject(isThere ? unreachable(url) : new ApiFailure(unreadableFile));
      });
    };
    request.onabort = () => {
      reject(new ApiFailure(givenUp));
    };
    if (signal?.aborted) {
      reject(new ApiFailure(givenUp));
      return;
    }
    signal?.addEventListener("abort", () => {
      request.abort();
    });
    request.send(body ?? null);
  });
}

/** Whether the file of a body can be read still: browsers do not tell that from an address that does not answer. */
async function isReadable(body: Sent["body"]): Promise<boolean> {
  const parts = body instanceof FormData ? [...body.values()] : [body];
  const files = parts.filter((part) => part instanceof Blob);
  try {
    await Promise.all(files.map((file) => file.slice(0, 1).arrayBuffer()));
    return true;
  } catch {
    return false;
  }
}

/** What browsers accept where they show a picture; a `fetch` of its own would accept anything. */
const pictures = "image/avif,image/webp,image/*;q=0.8";

/** Gets a picture. @throws ApiFailure */
export async function loadPicture(url: string, signal?: AbortSignal): Promise<Blob> {
  const response = await reached(url, {
    headers: { accept: pictures },
    // How long it takes is to be seen, also the second time.
    cache: "no-store",
    signal,
  });
  if (!response.ok) {
    throw failureOf(response.status, await response.text());
  }
  return await response.blob();
}

/** What a picture comes to. @throws ApiFailure */
export async function weighPicture(url: string): Promise<Fetched> {
  const { size, type } = await loadPicture(url);
  return { bytes: size, contentType: type };
}

async function reached(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    throw request.signal?.aborted ? error : unreachable(url);
  }
}

/** Waits, unless it is given up. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(timer);
      reject(new ApiFailure(givenUp));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", giveUp);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", giveUp, { once: true });
  });
}

/** An id that nobody has had; `crypto.randomUUID` is for pages of a secure origin alone. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
