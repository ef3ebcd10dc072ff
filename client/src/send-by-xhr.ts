/** As much of `XMLHttpRequest` as is used: Node.js has none, and so no types of it. */
interface Xhr {
  upload: { onprogress: ((event: { loaded: number }) => void) | null };
  status: number;
  responseText: string;
  onload: (() => void) | null;
  onerror: (() => void) | null;
  onabort: (() => void) | null;
  open(method: string, url: string): void;
  send(body: FormData): void;
  abort(): void;
}

const { XMLHttpRequest: Request } = globalThis as { XMLHttpRequest?: new () => Xhr };

/** Whether this is a browser, whose `fetch` does not tell how far a body has been sent. */
export function hasXhr(): boolean {
  return Request !== undefined;
}

/**
 * Posts a form, and tells how many of its bytes have been sent.
 *
 * @throws TypeError where the connection fails, as `fetch` does; the reason of the signal.
 */
export async function sendByXhr(
  url: string,
  form: FormData,
  report: (sentBytes: number) => void,
  signal?: AbortSignal,
): Promise<Response> {
  signal?.throwIfAborted();
  if (!Request) {
    throw new Error("There is no XMLHttpRequest.");
  }
  const xhr = new Request();
  const abort = () => {
    xhr.abort();
  };
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return await new Promise<Response>((resolve, reject) => {
      xhr.upload.onprogress = ({ loaded }) => {
        report(loaded);
      };
      xhr.onload = () => {
        resolve(responseOf(xhr));
      };
      xhr.onerror = () => {
        reject(new TypeError("The connection failed."));
      };
      xhr.onabort = () => {
        reject(signal?.reason as Error);
      };
      xhr.open("POST", url);
      xhr.send(form);
    });
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/** What has no body may not be given one. */
function responseOf({ status, responseText }: Xhr): Response {
  return new Response(status === 204 ? null : responseText, { status });
}
