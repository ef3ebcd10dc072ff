import type { z } from "zod";
import { globalArn } from "../aws/arn";
import { checkDistribution } from "../aws/cloudfront/check-distribution";
import { etagOf } from "../aws/cloudfront/etag";
import type { CacheBehavior, DistributionConfig, Origin } from "../aws/cloudfront/types";
import { shortId } from "./cloudfront-context";
import type { Context } from "./cloudfront-context";
import { distributionInputs } from "./cloudfront-inputs";
import { parse } from "./parse-inputs";
import type { PlannedResource, Properties } from "./resource";

/** The zone of all distributions, for alias records. */
const hostedZoneId = "Z2FDTNDATAQYW2";

type Inputs = z.infer<typeof distributionInputs>;

/** A distribution; its domain name is one of this machine. */
export async function planDistribution(context: Context): Promise<PlannedResource> {
  const { cloudFront, account, request } = context;
  const { tags, ...inputs } = parse(distributionInputs, request);
  const config = configOf(inputs);
  checkDistribution(config);
  const id = shortId(request, "id");
  return {
    id,
    outputs: {
      httpVersion: "http2",
      priceClass: "PriceClass_All",
      retainOnDelete: false,
      waitForDeployment: true,
      ...request.inputs,
      arn: globalArn(account, "cloudfront", `distribution/${id}`),
      callerReference: request.stableId("callerReference", 26, "0123456789"),
      continuousDeploymentPolicyId: "",
      domainName: await cloudFront.domainNameOf(id),
      etag: etagOf(config),
      hostedZoneId,
      inProgressValidationBatches: 0,
      lastModifiedTime: new Date().toISOString(),
      status: "Deployed",
      tagsAll: tags ?? {},
      trustedKeyGroups: [trustedKeyGroups(context, config)],
      trustedSigners: [{ enabled: false, items: [] }],
    },
    create: () => cloudFront.createDistribution(id, config, tags),
    remove: () => {
      cloudFront.deleteDistribution(id);
    },
  };
}

function configOf(inputs: Omit<Inputs, "tags">): DistributionConfig {
  return {
    enabled: inputs.enabled,
    ...(typeof inputs.comment === "string" && { comment: inputs.comment }),
    defaultRootObject: inputs.defaultRootObject,
    origins: inputs.origins.map(originOf),
    originGroups: inputs.originGroups.map(({ originId, members, failoverCriteria }) => ({
      originId,
      memberIds: members.map((member) => member.originId),
      failoverStatusCodes: failoverCriteria.statusCodes,
    })),
    defaultCacheBehavior: behaviorOf(inputs.defaultCacheBehavior),
    orderedCacheBehaviors: inputs.orderedCacheBehaviors.map(({ pathPattern, ...behavior }) => ({
      ...behaviorOf(behavior),
      pathPattern,
    })),
    customErrorResponses: inputs.customErrorResponses,
    ...viewersOf(inputs),
  };
}

/** Who is let in, by which name. */
function viewersOf({
  aliases,
  viewerCertificate,
  restrictions,
  webAclId,
}: Omit<Inputs, "tags">): Partial<DistributionConfig> {
  const { acmCertificateArn, minimumProtocolVersion } = viewerCertificate;
  const { restrictionType: type, locations } = restrictions.geoRestriction;
  return {
    aliases,
    ...(acmCertificateArn !== undefined && { certificateArn: acmCertificateArn }),
    ...(minimumProtocolVersion !== undefined && { minimumProtocolVersion }),
    ...(type !== "none" && { geoRestriction: { type, locations } }),
    ...(webAclId !== undefined && webAclId !== "" && { webAclArn: webAclId }),
  };
}

function originOf({ customOriginConfig, ...origin }: Inputs["origins"][number]): Origin {
  const { originId, domainName, originPath, originAccessControlId, customHeaders } = origin;
  return {
    originId,
    domainName,
    originPath,
    originAccessControlId,
    customHeaders,
    ...(customOriginConfig && {
      custom: {
        protocolPolicy: customOriginConfig.originProtocolPolicy,
        httpPort: customOriginConfig.httpPort,
        httpsPort: customOriginConfig.httpsPort,
        readTimeoutSeconds: customOriginConfig.originReadTimeout,
        connectionAttempts: origin.connectionAttempts,
        connectionTimeoutSeconds: origin.connectionTimeout,
        completionTimeoutSeconds: origin.responseCompletionTimeout,
      },
    }),
  };
}

function behaviorOf(behavior: Inputs["defaultCacheBehavior"]): CacheBehavior {
  const { trustedKeyGroups: trustedKeyGroupIds, ...others } = behavior;
  return { ...others, trustedKeyGroupIds };
}

/** What the provider tells of all key groups together, as soon as they are there. */
function trustedKeyGroups({ cloudFront }: Context, config: DistributionConfig): Properties {
  const behaviors = [config.defaultCacheBehavior, ...config.orderedCacheBehaviors];
  const ids = new Set(behaviors.flatMap(({ trustedKeyGroupIds = [] }) => trustedKeyGroupIds));
  return {
    enabled: ids.size > 0,
    items: [...ids].map((keyGroupId) => ({
      keyGroupId,
      keyPairIds: [...(cloudFront.policies.keyGroups.peek(keyGroupId) ?? [])],
    })),
  };
}
