import { element, escapeXml, queryDocument } from "../api/query-xml";
import { namespace } from "./invalidation-xml";
import type {
  CacheBehavior,
  CustomErrorResponse,
  DistributionConfig,
  OrderedCacheBehavior,
  Origin,
  OriginGroup,
} from "./types";

/** A distribution, as the API shows it. */
export interface DistributionView {
  id: string;
  arn: string;
  domainName: string;
  modifiedAt: Date;
  /** Invalidations that are in progress. */
  invalidations: number;
  config: DistributionConfig;
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GetDistribution.html */
export function distributionXml(view: DistributionView): string {
  const { config, invalidations } = view;
  return queryDocument(
    "Distribution",
    namespace,
    [
      identity(view),
      text("InProgressInvalidationBatches", invalidations),
      text("DomainName", view.domainName),
      element("ActiveTrustedSigners", disabled),
      element("DistributionConfig", configContent(view.id, config)),
    ].join(""),
  );
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GetDistributionConfig.html */
export function distributionConfigXml({ id, config }: DistributionView): string {
  return queryDocument("DistributionConfig", namespace, configContent(id, config));
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionSummary.html */
export function distributionSummary(view: DistributionView): string {
  const content = [identity(view), text("DomainName", view.domainName), common(view.config)];
  return element("DistributionSummary", content.join(""));
}

const disabled = text("Enabled", false) + text("Quantity", 0);

function identity({ id, arn, modifiedAt }: DistributionView): string {
  return (
    text("Id", id) +
    text("ARN", arn) +
    text("Status", "Deployed") +
    text("LastModifiedTime", modifiedAt.toISOString())
  );
}

function configContent(id: string, config: DistributionConfig): string {
  const logging = text("Enabled", false) + text("IncludeCookies", false);
  return [
    text("CallerReference", id),
    text("DefaultRootObject", config.defaultRootObject ?? ""),
    element("Logging", `${logging}${text("Bucket", "")}${text("Prefix", "")}`),
    common(config),
  ].join("");
}

/** What a distribution's summary and its configuration both have; what is not emulated is off. */
function common(config: DistributionConfig): string {
  const aliases = (config.aliases ?? []).map((alias) => text("CNAME", alias));
  return [
    list("Aliases", aliases),
    list("Origins", config.origins.map(origin)),
    list("OriginGroups", (config.originGroups ?? []).map(originGroup)),
    element("DefaultCacheBehavior", behavior(config.defaultCacheBehavior)),
    list("CacheBehaviors", config.orderedCacheBehaviors.map(orderedBehavior)),
    list("CustomErrorResponses", config.customErrorResponses.map(errorResponse)),
    text("Comment", config.comment ?? ""),
    text("PriceClass", "PriceClass_All"),
    text("Enabled", config.enabled),
    element("ViewerCertificate", viewerCertificate(config)),
    element("Restrictions", geoRestriction(config)),
    text("WebACLId", config.webAclArn ?? ""),
    text("HttpVersion", "http1.1"),
    text("IsIPV6Enabled", false),
    text("Staging", false),
  ].join("");
}

function viewerCertificate({
  certificateArn,
  minimumProtocolVersion = "TLSv1",
}: DistributionConfig): string {
  return certificateArn === undefined
    ? text("CloudFrontDefaultCertificate", true) + text("MinimumProtocolVersion", "TLSv1")
    : [
        text("CloudFrontDefaultCertificate", false),
        text("ACMCertificateArn", certificateArn),
        text("SSLSupportMethod", "sni-only"),
        text("MinimumProtocolVersion", minimumProtocolVersion),
      ].join("");
}

function geoRestriction({ geoRestriction: restriction }: DistributionConfig): string {
  const locations = (restriction?.locations ?? []).map((code) => text("Location", code));
  return list("GeoRestriction", locations, text("RestrictionType", restriction?.type ?? "none"));
}

function origin({ custom, customHeaders = [], ...origin }: Origin): string {
  const headers = customHeaders.map(({ name, value }) =>
    element("OriginCustomHeader", text("HeaderName", name) + text("HeaderValue", value)),
  );
  const server = custom && [
    text("HTTPPort", custom.httpPort),
    text("HTTPSPort", custom.httpsPort),
    text("OriginProtocolPolicy", custom.protocolPolicy),
    list("OriginSslProtocols", [text("SslProtocol", "TLSv1.2")]),
    text("OriginReadTimeout", custom.readTimeoutSeconds),
  ];
  return element(
    "Origin",
    [
      text("Id", origin.originId),
      text("DomainName", origin.domainName),
      text("OriginPath", origin.originPath),
      list("CustomHeaders", headers),
      server
        ? element("CustomOriginConfig", server.join(""))
        : element("S3OriginConfig", text("OriginAccessIdentity", "")),
      text("ConnectionAttempts", custom?.connectionAttempts ?? 3),
      text("ConnectionTimeout", custom?.connectionTimeoutSeconds ?? 10),
      element("OriginShield", text("Enabled", false)),
      text("OriginAccessControlId", origin.originAccessControlId ?? ""),
    ].join(""),
  );
}

function originGroup({ originId, failoverStatusCodes, memberIds }: OriginGroup): string {
  const codes = failoverStatusCodes.map((code) => text("StatusCode", code));
  const members = memberIds.map((id) => element("OriginGroupMember", text("OriginId", id)));
  const criteria = element("FailoverCriteria", list("StatusCodes", codes));
  return element("OriginGroup", text("Id", originId) + criteria + list("Members", members));
}

function behavior(behavior: CacheBehavior): string {
  const { trustedKeyGroupIds = [], functionAssociations = [] } = behavior;
  const methods = (all: readonly string[]) => all.map((method) => text("Method", method));
  const groups = trustedKeyGroupIds.map((id) => text("KeyGroup", id));
  const functions = functionAssociations.map(({ eventType, functionArn }) =>
    element("FunctionAssociation", text("FunctionARN", functionArn) + text("EventType", eventType)),
  );
  return [
    text("TargetOriginId", behavior.targetOriginId),
    element("TrustedSigners", disabled),
    list("TrustedKeyGroups", groups, text("Enabled", groups.length > 0)),
    text("ViewerProtocolPolicy", behavior.viewerProtocolPolicy),
    list(
      "AllowedMethods",
      methods(behavior.allowedMethods),
      list("CachedMethods", methods(behavior.cachedMethods)),
    ),
    text("SmoothStreaming", false),
    text("Compress", behavior.compress),
    list("LambdaFunctionAssociations", []),
    list("FunctionAssociations", functions),
    text("FieldLevelEncryptionId", ""),
    text("CachePolicyId", behavior.cachePolicyId),
    optional("OriginRequestPolicyId", behavior.originRequestPolicyId),
    optional("ResponseHeadersPolicyId", behavior.responseHeadersPolicyId),
  ].join("");
}

function orderedBehavior({ pathPattern, ...others }: OrderedCacheBehavior): string {
  return element("CacheBehavior", text("PathPattern", pathPattern) + behavior(others));
}

function errorResponse(response: CustomErrorResponse): string {
  return element(
    "CustomErrorResponse",
    [
      text("ErrorCode", response.errorCode),
      optional("ResponsePagePath", response.responsePagePath),
      optional("ResponseCode", response.responseCode),
      text("ErrorCachingMinTTL", response.errorCachingMinTtl),
    ].join(""),
  );
}

/** A list as CloudFront has them: counted, and without items if it is empty. */
function list(name: string, items: readonly string[], more = ""): string {
  const content = items.length > 0 ? element("Items", items.join("")) : "";
  return element(name, text("Quantity", items.length) + content + more);
}

function optional(name: string, value: string | number | undefined): string {
  return value === undefined ? "" : text(name, value);
}

function text(name: string, value: string | number | boolean): string {
  return element(name, escapeXml(String(value)));
}
