import { ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const bucket = resource("aws:s3/bucket:Bucket", "images");
const versioningType = "aws:s3/bucketVersioning:BucketVersioning";
const violations = ['aws.s3.Bucket "images" keeps no versions'];

function separate(status: string) {
  return resource(versioningType, "versioning", {
    bucket: ref(bucket),
    versioningConfiguration: { status },
  });
}

export const programs: RuleProgram[] = [
  { title: "says nothing", resources: [bucket], violations },
  {
    title: "has it inline",
    resources: [resource("aws:s3/bucket:Bucket", "images", { versioning: { enabled: true } })],
    decisive: ["images", "versioning"],
    undecided: { unjudged: ['aws.s3.Bucket "images" (versioning.enabled)'] },
  },
  {
    title: "has it by a resource of its own",
    resources: [bucket, separate("Enabled")],
    decisive: ["versioning", "versioningConfiguration"],
    undecided: {
      unjudged: [
        'aws.s3.Bucket "images" (versioningConfiguration.enabled of aws.s3.BucketVersioning "versioning")',
      ],
    },
  },
  { title: "suspends it", resources: [bucket, separate("Suspended")], violations },
  {
    title: "has it for one bucket of two",
    resources: [bucket, resource("aws:s3/bucket:Bucket", "results"), separate("Enabled")],
    violations: ['aws.s3.Bucket "results" keeps no versions'],
  },
];
