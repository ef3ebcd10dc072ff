import { z } from "zod";
import { pageOf } from "../../api/page-of";
import type { Operation } from "../../api/rpc-api";
import { AwsError } from "../../aws-error";
import { parseInput } from "../../parse-input";
import { tagList } from "../../tag-list";
import type { OpenIdConnectProvider } from "../identity-providers";
import { noSuchEntity, type OperationContext } from "./operation-context";

const providerInput = z.object({
  OpenIDConnectProviderArn: z.string().min(20).max(2048),
  Marker: z.string().optional(),
  MaxItems: z.int().min(1).max(1000).default(100),
});

/** What shows the identity providers of OpenID Connect. */
export const providerOperations: Readonly<Record<string, Operation<OperationContext>>> = {
  GetOpenIDConnectProvider: (input, context) => {
    const provider = providerOf(input, context, "iam:GetOpenIDConnectProvider");
    return {
      Url: provider.url,
      ClientIDList: provider.clientIds,
      ThumbprintList: provider.thumbprints,
      CreateDate: provider.createdAt,
      Tags: tagList(provider.tags),
    };
  },
  // As at AWS, all of them at once.
  ListOpenIDConnectProviders: (_input, { caller, providers }) => {
    caller.require("iam:ListOpenIDConnectProviders", "*");
    return { OpenIDConnectProviderList: providers.all().map(({ arn }) => ({ Arn: arn })) };
  },
  ListOpenIDConnectProviderTags: (input, context) => {
    const { tags } = providerOf(input, context, "iam:ListOpenIDConnectProviderTags");
    const { Marker, MaxItems } = parseInput(providerInput, input, "ValidationError");
    const invalid = () => new AwsError("ValidationError", "Invalid Marker");
    const { items, nextToken } = pageOf(tagList(tags), Marker, MaxItems, invalid);
    return { Tags: items, IsTruncated: nextToken !== undefined, Marker: nextToken };
  },
};

/** @throws AwsError `NoSuchEntity`. */
function providerOf(
  input: unknown,
  { caller, providers }: OperationContext,
  action: string,
): OpenIdConnectProvider {
  const { OpenIDConnectProviderArn: arn } = parseInput(providerInput, input, "ValidationError");
  caller.require(action, arn);
  const provider = providers.get(arn);
  if (!provider) {
    throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`);
  }
  return provider;
}
