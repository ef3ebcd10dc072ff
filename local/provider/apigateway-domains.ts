import type { Acm } from "../aws/acm/acm";
import { covers } from "../aws/acm/acm";
import { gatewayArn } from "../aws/apigateway/gateway-arn";
import { regionOf } from "../aws/arn";
import { AwsError } from "../aws/aws-error";
import type { Context } from "./apigateway-context";
import { NotEmulated, refuseInputs } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest } from "./resource";

interface DomainNameInputs {
  domainName: string;
  endpointAccessMode?: string;
  endpointConfiguration?: { types: string; ipAddressType?: string };
  regionalCertificateArn?: string;
  securityPolicy?: string;
  tags?: Record<string, string>;
}

interface MappingInputs {
  basePath?: string;
  domainName: string;
  restApi: string;
  stageName?: string;
}

/** Inputs that would change who is let in, or where it is served. */
const inputsNotEmulated = [
  "certificateArn",
  "certificateBody",
  "certificateName",
  "mutualTlsAuthentication",
  "policy",
  "regionalCertificateName",
];

/** Of API Gateway in us-east-1, for alias records. https://docs.aws.amazon.com/general/latest/gr/apigateway.html */
const regionalZoneId = "Z1UJRXOUMOOFQ8";

/** A regional domain name, which a port of this machine stands for. */
export async function planDomainName(
  { gateway, account, acm }: Context & { acm: Acm },
  request: ResourceRequest,
): Promise<PlannedResource> {
  refuseInputs(request, inputsNotEmulated);
  const inputs = request.inputs as unknown as DomainNameInputs;
  const { domainName, regionalCertificateArn, tags = {}, securityPolicy = "TLS_1_2" } = inputs;
  const { endpointConfiguration = { types: "EDGE" } } = inputs;
  if (endpointConfiguration.types !== "REGIONAL" || regionalCertificateArn === undefined) {
    throw new NotEmulated(request, "domain names that are not regional, with a certificate of ACM");
  }
  if (securityPolicy.startsWith("SecurityPolicy_") && inputs.endpointAccessMode === undefined) {
    throw badRequest("An endpoint access mode is required for the security policy");
  }
  if (regionOf(regionalCertificateArn) !== account.region) {
    throw badRequest(`The certificate provided must be in ${account.region}`);
  }
  const check = () => {
    const certificate = acm.find(regionalCertificateArn);
    if (certificate && !covers(certificate, domainName)) {
      throw badRequest("The certificate provided must be valid for the domain name");
    }
  };
  const settings = {
    regionalCertificateArn,
    regionalDomainName: await gateway.domainNames.targetOf(domainName),
    regionalZoneId,
    securityPolicy,
    tags,
  };
  return {
    id: domainName,
    outputs: {
      routingMode: "BASE_PATH_MAPPING_ONLY",
      securityPolicy,
      ...request.inputs,
      arn: gatewayArn(account, `domainnames/${domainName}`),
      certificateUploadDate: "",
      cloudfrontDomainName: "",
      cloudfrontZoneId: "Z2FDTNDATAQYW2",
      domainNameId: "",
      endpointConfiguration: { ipAddressType: "ipv4", ...endpointConfiguration },
      regionalDomainName: settings.regionalDomainName,
      regionalZoneId,
      tagsAll: tags,
    },
    create: () => {
      check();
      gateway.domainNames.create(domainName, settings);
    },
    update: () => {
      check();
      gateway.domainNames.update(domainName, settings);
    },
    remove: () => {
      gateway.domainNames.delete(domainName);
    },
  };
}

/** That a stage of an API is served under a path of a domain name. */
export function planBasePathMapping(
  { gateway }: Context,
  request: ResourceRequest,
): PlannedResource {
  refuseInputs(request, ["domainNameId"]);
  const inputs = request.inputs as unknown as MappingInputs;
  const { basePath = "", domainName, restApi, stageName } = inputs;
  if (!/^[\w.+-]*$/.test(basePath)) {
    throw new NotEmulated(request, `base paths of several parts, such as ${basePath}`);
  }
  return {
    id: `${domainName}/${basePath}`,
    outputs: { ...request.inputs },
    create: () => {
      gateway.domainNames.map(domainName, { basePath, restApiId: restApi, stageName });
    },
    remove: () => {
      gateway.domainNames.unmap(domainName, basePath);
    },
  };
}

function badRequest(message: string): AwsError {
  return new AwsError("BadRequestException", message);
}
