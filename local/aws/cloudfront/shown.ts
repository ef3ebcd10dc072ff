import type { Caller } from "../api/caller";
import type { Structure } from "../api/output";
import { membersXml } from "../api/query-output";
import { queryDocument } from "../api/query-xml";
import { RestPayload, type RestOperation } from "../api/rest-api";
import { AwsError } from "../aws-error";
import type { Account } from "../types";
import type { DeclaredFunctions } from "./declared-functions";
import type { DistributionView } from "./distribution-xml";
import { namespace } from "./invalidation-xml";
import type { Invalidation, InvalidationRequest, Invalidations } from "./invalidations";
import type { ListPage } from "./list-xml";
import type { Policies } from "./policies";

/** What the API shows, and what it does. */
export interface ShownCloudFront {
  readonly functions: Pick<DeclaredFunctions, "all" | "find">;
  readonly policies: Policies;
  /** All distributions. */
  declared(): readonly DistributionView[];
  /** @throws AwsError `NoSuchDistribution`. */
  distribution(id: string): DistributionView;
  /** The id of a distribution that runs this function, if any does. */
  runnerOf(functionArn: string): string | undefined;
  /** The tags of a distribution or a function, if it exists. */
  tagsOf(arn: string): Readonly<Record<string, string>> | undefined;
  /** @throws AwsError `NoSuchDistribution`. */
  invalidationsOf(distributionId: string): Pick<Invalidations, "all" | "get">;
  /** @throws AwsError `NoSuchDistribution`, or what is wrong with the paths. */
  createInvalidation(distributionId: string, request: InvalidationRequest): Invalidation;
}

/** What the operations of the API work with. */
export interface CloudFrontContext {
  account: Account;
  caller: Caller;
  cloudFront: ShownCloudFront;
}

export type CloudFrontOperation = RestOperation<CloudFrontContext>;

/** Of all operations. */
export const apiPath = "/2020-05-31";

const defaultMaxItems = 100;

/** The names of items, by the names that {@link itemsOf} gives their lists. */
const flattened = Object.fromEntries(
  [
    ...["CachePolicySummary", "FunctionSummary", "KeyGroupSummary", "OriginAccessControlSummary"],
    ...["OriginRequestPolicySummary", "PublicKeySummary", "ResponseHeadersPolicySummary"],
    ...["ResponseHeadersPolicyCustomHeader", "ResponseHeadersPolicyRemoveHeader", "Tag"],
    ...["DistributionId", "Header", "Method", "Name", "Origin", "PublicKey"],
  ].map((item) => [item, { item }]),
);

/** A document whose root is a member of the answer. @param etag of what it shows. */
export function payload(root: string, content: Structure, etag?: string): RestPayload {
  const document = queryDocument(root, namespace, membersXml(content, flattened));
  return new RestPayload(document, etag === undefined ? {} : { etag });
}

/** The items of a list, each in an element; none if there are none. @param item such as `Name`. */
export function itemsOf(item: string, items: readonly (string | Structure)[]): Structure {
  return items.length > 0 ? { Items: { [item]: items } } : {};
}

/** A list as CloudFront has them: counted. */
export function listed(item: string, items: readonly (string | Structure)[]): Structure {
  return { Quantity: items.length, ...itemsOf(item, items) };
}

/** A page of a list. @param itemOf what the items are shown by. */
export function pageOf<Item>(
  item: string,
  { nextMarker, maxItems, items }: ListPage<Item>,
  itemOf: (item: Item) => string | Structure,
): Structure {
  return { NextMarker: nextMarker, MaxItems: maxItems, ...listed(item, items.map(itemOf)) };
}

/** A page of a list that tells where it begins, and whether it is the last. @param itemOf as for {@link pageOf}. */
export function markedPageOf<Item>(
  item: string,
  page: ListPage<Item>,
  itemOf: (item: Item) => string | Structure,
): Structure {
  const { marker, nextMarker } = page;
  return { Marker: marker, IsTruncated: nextMarker !== undefined, ...pageOf(item, page, itemOf) };
}

/** The page that the query asks for. @throws AwsError `InvalidArgument`. */
export function listPage<Item extends { id: string }>(
  all: readonly Item[],
  query: URLSearchParams,
): ListPage<Item> {
  const marker = query.get("Marker") ?? "";
  const maxItems = Number(query.get("MaxItems") ?? defaultMaxItems);
  const start = marker === "" ? 0 : all.findIndex(({ id }) => id === marker);
  if (!Number.isInteger(maxItems) || maxItems < 1 || start < 0) {
    throw new AwsError("InvalidArgument", "The argument Marker or MaxItems is invalid.");
  }
  const items = all.slice(start, start + maxItems);
  const nextMarker = all[start + maxItems]?.id;
  return { marker, maxItems, nextMarker, items };
}

/**
 * What a parameter of the query says, if it is given.
 *
 * @throws AwsError `InvalidArgument` for anything but the choices.
 */
export function choiceOf<Choice extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const given = query.get(name);
  const choice = choices.find((each) => each === given);
  if (given !== null && choice === undefined) {
    throw new AwsError(
      "InvalidArgument",
      `The argument ${name} is invalid: it must be ${choices.join(" or ")}.`,
    );
  }
  return choice;
}
