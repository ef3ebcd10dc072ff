import { AwsError } from "../aws-error";
import { tagList } from "../tag-list";
import { apiPath, itemsOf, payload, type CloudFrontOperation } from "./shown";

const resource = /^arn:[\w-]+:cloudfront::\d{12}:(?:distribution|function)\/[^/]+$/;

/** What shows tags, of what can have some here. */
export const tagRoutes: Readonly<Record<string, CloudFrontOperation>> = {
  [`GET ${apiPath}/tagging`]: {
    name: "ListTagsForResource",
    perform: ({ query }, { caller, cloudFront }) => {
      const arn = query.get("Resource") ?? "";
      if (!resource.test(arn)) {
        throw new AwsError(
          "InvalidArgument",
          "The argument Resource is invalid: it must be the ARN of a distribution or function.",
        );
      }
      caller.require("cloudfront:ListTagsForResource", arn);
      const tags = cloudFront.tagsOf(arn);
      if (!tags) {
        throw new AwsError("NoSuchResource", `The resource ${arn} does not exist.`, 404);
      }
      return payload("Tags", itemsOf("Tag", tagList(tags)));
    },
  },
};
