import type { PolicyComplianceFramework } from "@pulumi/policy";

/** AWS Foundational Security Best Practices, by control id such as `S3.8`. */
export function fsbp(control: string): PolicyComplianceFramework {
  return {
    name: "AWS Foundational Security Best Practices",
    version: "1.0.0",
    reference: control,
    specification: controlUrl(control),
  };
}

/** NIST SP 800-53 Revision 5, by the id of the control with which AWS Security Hub checks it. */
export function nist(control: string): PolicyComplianceFramework {
  return {
    name: "NIST SP 800-53",
    version: "5",
    reference: control,
    specification: controlUrl(control),
  };
}

/** CIS AWS Foundations Benchmark, by number of the recommendation. */
export function cis(recommendation: string): PolicyComplianceFramework {
  return {
    name: "CIS AWS Foundations Benchmark",
    version: "3.0.0",
    reference: recommendation,
    specification:
      "https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html",
  };
}

/** A reference in one line, as tags of policies show it. */
export function referenceText({ name, reference }: PolicyComplianceFramework): string {
  return `${name} ${reference}`;
}

function controlUrl(control: string): string {
  const [service = "", number = ""] = control.toLowerCase().split(".");
  const anchor = `${service}-${number}`;
  return `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html#${anchor}`;
}
