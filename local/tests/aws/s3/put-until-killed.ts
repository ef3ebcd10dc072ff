import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { startS3 } from "./fixture";

/** Puts objects without end, and prints each index once S3 has acknowledged it. */
async function putUntilKilled(): Promise<void> {
  const fixture = await startS3();
  const Bucket = "killed";
  await fixture.client.send(new CreateBucketCommand({ Bucket }));
  process.stdout.write(`${fixture.dataDir}\n`);
  for (let index = 0; ; index++) {
    const Body = `${index} `.repeat(1000);
    await fixture.client.send(new PutObjectCommand({ Bucket, Key: `key ${index % 50}`, Body }));
    process.stdout.write(`${index}\n`);
  }
}

void putUntilKilled();
