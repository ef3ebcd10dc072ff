import { element, escapeXml, queryDocument } from "../api/query-xml";

/** One page of a list. */
export interface ListPage<Item> {
  marker: string;
  maxItems: number;
  /** Where the next page starts; none after the last. */
  nextMarker: string | undefined;
  items: readonly Item[];
}

/**
 * A page as CloudFront answers with.
 *
 * @param root such as `InvalidationList`.
 * @param itemXml the element of an item.
 */
export function listXml<Item>(
  root: string,
  namespace: string,
  { marker, maxItems, nextMarker, items }: ListPage<Item>,
  itemXml: (item: Item) => string,
): string {
  const content = [
    element("Marker", escapeXml(marker)),
    nextMarker === undefined ? "" : element("NextMarker", escapeXml(nextMarker)),
    element("MaxItems", String(maxItems)),
    element("IsTruncated", String(nextMarker !== undefined)),
    element("Quantity", String(items.length)),
    items.length > 0 ? element("Items", items.map(itemXml).join("")) : "",
  ];
  return queryDocument(root, namespace, content.join(""));
}
