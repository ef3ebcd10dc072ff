import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CustomDomain } from "../edge/custom-domain";
import { recordedArgs } from "../recorded-args";

/** Arguments of `ApiDomain`. */
export interface ApiDomainArgs {
  /** The name, with a certificate in the stack's region. */
  domain: CustomDomain;
  restApi: aws.apigateway.RestApi;
  stage: aws.apigateway.Stage;
}

/**
 * A stage of a REST API under a name of one's own. The stage stays in the path, so that the next version of the
 * API can be served beside it; the API's own name goes on working.
 */
export class ApiDomain extends pulumi.ComponentResource {
  /** Base of all routes, without a slash at the end. */
  readonly url: pulumi.Output<string>;
  /** Host that the name has to lead to. */
  readonly target: pulumi.Output<string>;

  constructor(name: string, args: ApiDomainArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:api:ApiDomain", name, recordedArgs(args), opts);
    const { domain, restApi, stage } = args;
    const { domainName, regionalDomainName, regionalZoneId } = new aws.apigateway.DomainName(
      name,
      {
        domainName: domain.domainName,
        regionalCertificateArn: domain.certificateArn,
        endpointConfiguration: { types: "REGIONAL", ipAddressType: "dualstack" },
        // TLS 1.2 and 1.3.
        securityPolicy: "TLS_1_2",
      },
      { parent: this },
    );
    new aws.apigateway.BasePathMapping(
      `${name}-mapping`,
      { domainName, restApi: restApi.id, stageName: stage.stageName, basePath: stage.stageName },
      { parent: this },
    );
    const url = domain.pointTo({ name: regionalDomainName, zoneId: regionalZoneId });
    this.url = pulumi.interpolate`${url}/${stage.stageName}`;
    this.target = regionalDomainName;
    this.registerOutputs({ url: this.url, target: this.target });
  }
}
