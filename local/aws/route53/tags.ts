import { z } from "zod";
import type { Structure } from "../api/output";
import { xmlReader } from "../api/xml-document";
import { AwsError } from "../aws-error";
import { parseInput } from "../parse-input";
import { tagList } from "../tag-list";
import type { HostedZone } from "./route53";

const read = xmlReader((name) => name === "ResourceId");

const request = z.object({
  ListTagsForResourcesRequest: z.object({
    ResourceIds: z.object({ ResourceId: z.array(z.string()) }),
  }),
});

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListTagsForResources.html */
const idsInput = z.object({ resourceIds: z.array(z.string().max(64)).min(1).max(10) });

/**
 * The ids in a request for the tags of several resources.
 *
 * @throws AwsError `InvalidInput` for what is no such request, and for none or more than 10 ids.
 */
export function resourceIdsIn(body: string): readonly string[] {
  const { success, data } = request.safeParse(read(body));
  if (!success) {
    throw new AwsError("InvalidInput", "Invalid XML: it is no ListTagsForResourcesRequest");
  }
  const { ResourceId: resourceIds } = data.ListTagsForResourcesRequest.ResourceIds;
  return parseInput(idsInput, { resourceIds }, "InvalidInput").resourceIds;
}

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceTagSet.html */
export function tagSetOf({ id, tags }: HostedZone): Structure {
  return { ResourceType: "hostedzone", ResourceId: id, Tags: { Tag: tagList(tags) } };
}
