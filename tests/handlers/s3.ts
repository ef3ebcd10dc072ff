import { CreateBucketCommand, PutBucketVersioningCommand } from "@aws-sdk/client-s3";
import type { S3Options } from "../../local/aws/s3/s3";
import { type Fixture, startS3 } from "../../local/tests/aws/s3/fixture";

/**
 * Runs S3 with an empty bucket that keeps versions around every test of a suite, and points the SDK
 * to it.
 *
 * @param options what S3 is to do in another way.
 * @returns what gives it, during a test. Use after `useSdkSettings`.
 */
export function useS3(Bucket: string, options: Partial<S3Options> = {}): () => Fixture {
  let fixture: Fixture;
  beforeEach(async () => {
    fixture = await startS3(options);
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await fixture.client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    const { accessKeyId, secretAccessKey } = fixture.iam.administrator;
    process.env.AWS_ENDPOINT_URL_S3 = fixture.s3.url;
    process.env.AWS_ACCESS_KEY_ID = accessKeyId;
    process.env.AWS_SECRET_ACCESS_KEY = secretAccessKey;
  });
  afterEach(async () => {
    Reflect.deleteProperty(process.env, "AWS_ENDPOINT_URL_S3");
    await fixture.close();
  });
  return () => fixture;
}
