import { z } from "zod";
import type { Operation } from "../../api/rpc-api";
import { parseInput } from "../../parse-input";
import { tagList } from "../../tag-list";
import type { OpenIdConnectProvider } from "../identity-providers";
import { noSuchEntity, type OperationContext } from "./operation-context";
import { paged, pageInput } from "./paged";

const providerInput = z.object({
  ...pageInput,
  OpenIDConnectProviderArn: z.string().min(20).max(2048),
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
    return paged("Tags", tagList(tags), input);
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
