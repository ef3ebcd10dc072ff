import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

/** Makes the handler once per start, by the environment that Pulumi.yaml gives it. */
export function createHandler({ INBOX }: { INBOX?: string }) {
  const s3 = new S3Client();
  return async ({ text }: { text: string }): Promise<{ key: string }> => {
    const key = `notes/${Date.now()}.txt`;
    await s3.send(new PutObjectCommand({ Bucket: INBOX, Key: key, Body: text }));
    return { key };
  };
}
