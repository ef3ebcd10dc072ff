import type { Measured } from "./formats";

/** What came of a URL. */
export interface Fetched {
  readonly bytes: number;
  readonly contentType: string;
}

/** What measuring needs. */
export interface MeasuringTools {
  /** Gets all of a URL, past the browser's cache. @throws ApiFailure */
  readonly load: (url: string) => Promise<Fetched>;
  /** Milliseconds. */
  readonly now: () => number;
}

/** What a URL comes to, asked for twice. */
export async function measure(
  name: string,
  url: string,
  { load, now }: MeasuringTools,
): Promise<Measured> {
  const start = now();
  const { bytes, contentType } = await load(url);
  const made = now();
  await load(url);
  return { name, bytes, contentType, firstMs: made - start, againMs: now() - made };
}
