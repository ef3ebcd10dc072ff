import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";
import { publicAccessFlags } from "../lib/types";

interface Holder {
  type: string;
  path: readonly string[];
  byDefault: boolean;
}

const holders: readonly Holder[] = [
  {
    type: "aws:s3/accessPoint:AccessPoint",
    path: ["publicAccessBlockConfiguration"],
    byDefault: true,
  },
  {
    type: "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint",
    path: ["details", "publicAccessBlock"],
    byDefault: true,
  },
  { type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", path: [], byDefault: false },
];

/** Access points block public access unless a program says that they do not; they never can again. */
export const s3AccessPointRequirePublicAccessBlock = resourceRule({
  name: "s3-access-point-require-public-access-block",
  description: "Access points of S3, and blocks of accounts, block all public access.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("S3.1"), fsbp("S3.19"), fsbp("S3.24")],
  remediationSteps: `Set ${publicAccessFlags.join(", ")} to true.`,
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html",
  ...requiring(
    ...holders.flatMap(({ type, path, byDefault }) =>
      publicAccessFlags.map((flag) => ({
        type,
        path: [...path, flag],
        accepts: [true],
        byDefault,
        problem: `blocks public access without ${flag}`,
      })),
    ),
  ),
});
