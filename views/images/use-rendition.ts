import { useEffect, useState } from "preact/hooks";
import { type ApiFailure, asFailure } from "./api-failure";
import { loadPicture } from "./browser-transport";
import { forBrowser } from "./browser-url";
import type { Session } from "./use-session";

/** A rendition that has come. */
export interface Rendition {
  /** The query that asked for it. */
  readonly query: string;
  /** Signed, as the API gave it. */
  readonly url: string;
  /** Of the bytes that came, good for this page. */
  readonly source: string;
  readonly bytes: number;
  readonly contentType: string;
  /** Milliseconds from asking the CDN until the last byte. */
  readonly milliseconds: number;
}

/** The last rendition that came. */
export interface Preview {
  readonly rendition?: Rendition;
  readonly failure?: ApiFailure;
  /** `loading` while another one is on its way, `stale` where none is though another is wanted. */
  readonly state: "loading" | "current" | "stale";
}

/** Milliseconds without a change after which a rendition is asked for. */
const quietMs = 300;

/**
 * The rendition that a query asks for. While another one is made, the last one is there.
 *
 * @param query `undefined` asks for nothing.
 */
export function useRendition(
  session: Session,
  imageId: string,
  query: string | undefined,
): Preview {
  const [preview, setPreview] = useState<Preview>({ state: "loading" });
  useEffect(() => {
    if (query === undefined) {
      setPreview(({ rendition }) => ({ rendition, state: "stale" }));
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    setPreview(({ rendition }) => ({ rendition, state: "loading" }));
    const timer = setTimeout(() => {
      load(session, imageId, query, signal).then(
        (rendition) => {
          if (signal.aborted) {
            URL.revokeObjectURL(rendition.source);
          } else {
            setPreview({ rendition, state: "current" });
          }
        },
        (error: unknown) => {
          if (!signal.aborted) {
            setPreview({ failure: asFailure(error), state: "current" });
          }
        },
      );
    }, quietMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [session, imageId, query]);
  const source = preview.rendition?.source;
  useEffect(
    () => () => {
      if (source !== undefined) {
        URL.revokeObjectURL(source);
      }
    },
    [source],
  );
  return preview;
}

async function load(
  { api, plainHttp }: Session,
  imageId: string,
  query: string,
  signal: AbortSignal,
): Promise<Rendition> {
  const url = await api.renditionUrl(imageId, query);
  const start = performance.now();
  const picture = await loadPicture(forBrowser(url, plainHttp), signal);
  return {
    query,
    url,
    source: URL.createObjectURL(picture),
    bytes: picture.size,
    contentType: picture.type,
    milliseconds: performance.now() - start,
  };
}
