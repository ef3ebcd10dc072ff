import type { Account } from "../types";
import { notFound } from "./errors";
import { gatewayArn } from "./gateway-arn";
import { view, type View, type ViewContext } from "./view";

/** What shows tags, of whatever has an ARN. */
export const tagViews: Readonly<Record<string, View>> = {
  "GET /tags/{arn+}": view("GetTags", ({ path }, { tags }) => {
    const found = tags.get(path.arn ?? "");
    if (!found) {
      throw notFound("Invalid Resource identifier specified");
    }
    return { tags: new Map(Object.entries(found)) };
  }),
};

/**
 * The tags of a resource as it shows them; none, where it has none.
 *
 * @param path in its ARN, such as `restapis/abc`.
 */
export function tagsAt(
  account: Account,
  path: string,
  { tags }: Pick<ViewContext, "tags">,
): ReadonlyMap<string, string> | undefined {
  const entries = Object.entries(tags.get(gatewayArn(account, path)) ?? {});
  return entries.length > 0 ? new Map(entries) : undefined;
}
