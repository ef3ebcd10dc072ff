import type { OpenAPIV3 } from "openapi-types";
import { bucketUrl, choice, imageId, integer, url, type Value, words } from "./values";

/** Headers that answers may have. */
const schemas = {
  "Accept-Ranges": choice("Is bytes: ranges of the image can be asked for", ["bytes"]),
  "Access-Control-Allow-Origin": words("Whose pages may read the answer", 255, "*"),
  "Cache-Control": words("Who may keep the answer, and how", 128, "private, no-store"),
  "Content-Range": {
    ...words(
      "Which bytes of the image these are, or its size where none of them were asked for",
      64,
      "bytes 0-1023/5242880",
    ),
    pattern: "^bytes (?:[0-9]+-[0-9]+|\\*)/[0-9]+$",
  },
  ETag: {
    ...words("Changes exactly when what it is of does", 128, '"9b2cf535f27731c974343645a3985328"'),
    pattern: '^"[^"]*"$',
  },
  "Idempotency-Replayed": choice(
    "Is true when this is the stored answer to an earlier request of this key",
    ["true"],
  ),
  Location: url(
    "Gets the image for an hour, without an API key",
    `${bucketUrl}/images/${imageId}.png?X-Amz-Expires=3600&X-Amz-Signature=0b9f`,
  ),
  "Retry-After": integer("Seconds to wait", 0, 86_400, 1),
  "WWW-Authenticate": words("How to authenticate", 255, 'Bearer error="invalid_token"'),
} satisfies Record<string, Value>;

/** Name of a header that answers may have. */
export type HeaderName = keyof typeof schemas;

/** The headers by name. */
export const headers = Object.fromEntries(
  Object.entries(schemas).map(([name, { description, example, ...schema }]) => [
    name,
    { description, schema, example: example as unknown },
  ]),
) as Readonly<Record<HeaderName, OpenAPIV3.HeaderObject>>;
