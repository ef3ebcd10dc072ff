/** Of a request, what tells whether it has changed images. */
export interface ToldRequest {
  readonly source: string;
  readonly method: string;
  /** With the stage. */
  readonly path: string;
  readonly route?: string;
  readonly status?: number;
  /** Unset while it is under way. */
  readonly durationMs?: number;
}

/** What requests have done to images. */
export interface ImageChanges {
  /** Whether lists may be others than before. */
  readonly any: boolean;
  /** Ids of images whose metadata was changed. */
  readonly changed: readonly string[];
  /** Ids of images that are gone. */
  readonly removed: readonly string[];
}

/** What those requests have done to images that are over: of clients, and of the stack itself for its events. */
export function changesBy(requests: readonly ToldRequest[]): ImageChanges {
  const done = requests.filter(({ durationMs }) => durationMs !== undefined);
  const asked = done.filter(({ source, status = 0 }) => source === "api" && isSuccess(status));
  const of = (method: string) => asked.filter((request) => request.method === method);
  const images = (method: string) =>
    of(method)
      .filter(({ route }) => route === "/images/{id}")
      .map(({ path }) => decodeURIComponent(path.split("/").at(-1) ?? ""));
  const isNew = of("POST").some(({ route }) => route === "/images");
  // A direct upload has become an image, or a new one was looked at.
  const isOwn = done.some(({ source }) => source === "event" || source === "schedule");
  const [changed, removed] = [images("PATCH"), images("DELETE")];
  return { any: isNew || isOwn || changed.length + removed.length > 0, changed, removed };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
