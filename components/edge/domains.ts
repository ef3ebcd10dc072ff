import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DomainSettings } from "../config/edge-config";
import { recordedArgs } from "../recorded-args";
import { cloudFrontRegion } from "../regions";
import { CustomDomain } from "./custom-domain";

/** The names of a stack under a domain of one's own, each with its certificate. */
export class Domains extends pulumi.ComponentResource {
  /** `api.` */
  readonly api: CustomDomain;
  /** `images.` */
  readonly images: CustomDomain;
  /** `results.` */
  readonly results: CustomDomain;

  constructor(name: string, args: DomainSettings, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:edge:Domains", name, recordedArgs(args), opts);
    const { domainName, hostedZone, cdnCertificateArn, apiCertificateArn } = args;
    const zoneId = hostedZone === undefined ? undefined : zoneIdOf(hostedZone, this);
    const ofCdn = { certificateArn: cdnCertificateArn, certificateRegion: cloudFrontRegion };
    const create = (host: string, certificate: object) =>
      new CustomDomain(
        `${name}-${host}-domain`,
        { domainName: `${host}.${domainName}`, zoneId, ...certificate },
        { parent: this },
      );
    this.api = create("api", { certificateArn: apiCertificateArn });
    this.images = create("images", ofCdn);
    this.results = create("results", ofCdn);
    this.registerOutputs({ api: this.api, images: this.images, results: this.results });
  }
}

/** The id of a public zone, which is looked up where its name is given; names have a dot, ids have none. */
function zoneIdOf(zone: string, parent: pulumi.Resource): pulumi.Input<string> {
  return zone.includes(".") ? aws.route53.getZoneOutput({ name: zone }, { parent }).zoneId : zone;
}
