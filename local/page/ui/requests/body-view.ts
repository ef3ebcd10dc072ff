import type { Body } from "../../../trace/types";
import { parseToShow } from "../kit/json-text";

/** How a body is shown. */
export type BodyView =
  | { readonly as: "json"; readonly value: unknown }
  | { readonly as: "text"; readonly text: string }
  /** A `data:` URL. */
  | { readonly as: "image"; readonly source: string }
  /** What it is can only be said. */
  | { readonly as: "nothing" };

/** Images that browsers show. */
const imageType = /^image\/(?:png|jpeg|gif|webp|avif)$/;

/** How a body is best shown: small images as such, JSON indented, other texts as they are. */
export function bodyViewOf({ contentType = "", text, base64, truncated }: Body): BodyView {
  const [type = ""] = contentType.toLowerCase().split(";", 1);
  if (base64 !== undefined && imageType.test(type) && !truncated) {
    return { as: "image", source: `data:${type};base64,${base64}` };
  }
  if (text === undefined || text === "") {
    return { as: "nothing" };
  }
  const json = /[/+]json$/.test(type) && !truncated ? jsonOf(text) : undefined;
  return json ?? { as: "text", text };
}

function jsonOf(text: string): BodyView | undefined {
  try {
    return { as: "json", value: parseToShow(text) };
  } catch {
    return undefined;
  }
}
