import * as pulumi from "@pulumi/pulumi";
import type { ServedBucket } from "../components/references";
import { attachBucketPolicy } from "../components/storage/secure-bucket";
import { type BucketInfo, bucketReference } from "./references";

/** A bucket that another component has made, and left the policy of to whoever serves it. */
export function servedBucket(
  name: string,
  info: pulumi.Input<BucketInfo>,
  parent: pulumi.Resource,
): ServedBucket {
  const bucket = bucketReference(info);
  return {
    bucket,
    attachPolicy: (statements = []) => {
      attachBucketPolicy(`${name}-policy`, bucket, statements, { parent });
    },
  };
}
