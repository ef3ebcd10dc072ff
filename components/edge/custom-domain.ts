import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { recordedArgs } from "../recorded-args";

/** Arguments of `CustomDomain`. */
export interface CustomDomainArgs {
  /** Such as `images.example.com`. */
  domainName: string;
  /** Id of the public Route 53 zone that gets the records. `@default` none: DNS is elsewhere */
  zoneId?: pulumi.Input<string> | undefined;
  /** ARN of an ACM certificate for the name. `@default` one is issued, for which a zone is needed */
  certificateArn?: pulumi.Input<string> | undefined;
  /** Region of the certificate that is issued: for CloudFront us-east-1, wherever the stack is. `@default` the stack's */
  certificateRegion?: string | undefined;
}

/** What a name is to lead to: a host, and the zone that AWS has it in. */
export interface AliasTarget {
  name: pulumi.Input<string>;
  zoneId: pulumi.Input<string>;
}

/** Seconds for which resolvers may keep what ACM looks for; it looks again at each yearly renewal. */
const validationTtl = 300;

/**
 * A name of one's own, with its certificate: one that is given, or one of ACM's, validated by a DNS record that
 * stays, so that it renews by itself. What the name leads to is told later, by `pointTo`.
 *
 *     const domain = new CustomDomain(`${name}-images-domain`, { domainName: "images.example.com", zoneId });
 *     domain.pointTo({ name: distribution.domainName, zoneId: distribution.hostedZoneId });
 */
export class CustomDomain extends pulumi.ComponentResource {
  readonly domainName: string;
  /** Of a certificate that can be used: who waits for this waits until it is issued. */
  readonly certificateArn: pulumi.Output<string>;
  private readonly zoneId: pulumi.Input<string> | undefined;
  private readonly name: string;

  /** @throws Error when there is neither a certificate nor a zone by which one can be issued. */
  constructor(name: string, args: CustomDomainArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:edge:CustomDomain", name, recordedArgs(args), opts);
    this.name = name;
    this.domainName = args.domainName;
    this.zoneId = args.zoneId;
    this.certificateArn = pulumi.output(args.certificateArn ?? issue(name, args, this));
    this.registerOutputs({ domainName: this.domainName, certificateArn: this.certificateArn });
  }

  /**
   * Lets the name lead to a distribution or an API by alias records, which cost nothing to ask for and which
   * AWS keeps up to date. Without a zone, no record is made: whoever runs DNS has to point the name there.
   *
   * @returns the name's URL, once what it leads to and the records are there: who tells it to others waits for that.
   */
  pointTo(target: AliasTarget): pulumi.Output<string> {
    const records = this.createRecords(target);
    return pulumi
      .all([target.name, ...records.map(({ fqdn }) => fqdn)])
      .apply(() => `https://${this.domainName}`);
  }

  private createRecords(target: AliasTarget): aws.route53.Record[] {
    const { zoneId, domainName } = this;
    return zoneId === undefined
      ? []
      : ["A", "AAAA"].map(
          (type) =>
            new aws.route53.Record(
              `${this.name}-${type.toLowerCase()}`,
              {
                zoneId,
                name: domainName,
                type,
                aliases: [{ ...target, evaluateTargetHealth: false }],
              },
              { parent: this },
            ),
        );
  }
}

/** @returns the ARN of a certificate, once ACM has issued it. */
function issue(
  name: string,
  { domainName, zoneId, certificateRegion }: CustomDomainArgs,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  if (zoneId === undefined) {
    throw new Error(
      `${name}: ${domainName} has neither a certificateArn nor a zoneId, by which a certificate could be issued`,
    );
  }
  const inRegion = certificateRegion === undefined ? {} : { region: certificateRegion };
  const certificate = new aws.acm.Certificate(
    `${name}-certificate`,
    { ...inRegion, domainName, validationMethod: "DNS" },
    { parent },
  );
  // A certificate for one name has one record to prove it by.
  const proof = certificate.domainValidationOptions.apply(([option]) => option);
  const record = new aws.route53.Record(
    `${name}-validation`,
    {
      zoneId,
      name: proof.apply((option) => option?.resourceRecordName ?? ""),
      type: proof.apply((option) => option?.resourceRecordType ?? "CNAME"),
      records: [proof.apply((option) => option?.resourceRecordValue ?? "")],
      ttl: validationTtl,
    },
    { parent },
  );
  return new aws.acm.CertificateValidation(
    `${name}-issued`,
    { ...inRegion, certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
    { parent },
  ).certificateArn;
}
