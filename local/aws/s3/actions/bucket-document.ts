import type { Action } from "../action";
import { receiveText } from "../body/receive";
import { checkedChange } from "../bucket-change";
import { writeDocument } from "../bucket-documents";
import type { BucketDocument } from "../bucket-documents";
import { xmlReply } from "../reply";
import { parseXml, renderXml } from "../xml";

/** Such as https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html */
export function getBucketDocument(document: BucketDocument): Action {
  return {
    permissions: () => [document.permissions.get],
    run: (call) =>
      xmlReply(
        renderXml(document.root, writeDocument(call, document)),
        document.headers?.write(call.bucket.configuration),
      ),
  };
}

/** Such as https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
export function putBucketDocument(document: BucketDocument): Action {
  return {
    permissions: () => [document.permissions.put],
    run: async (call) => {
      const { bucket } = call;
      const content = parseXml(await receiveText(call), document.root);
      const change = { ...document.read(content), ...document.headers?.read(call) };
      bucket.configure(checkedChange(call.environment, bucket, change));
      const headers = document.headers?.write(bucket.configuration);
      return { status: document.status ?? 200, ...(headers && { headers }) };
    },
  };
}

/** Such as https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html */
export function deleteBucketDocument(
  document: BucketDocument,
  reset: NonNullable<BucketDocument["reset"]>,
): Action {
  return {
    permissions: () => [document.permissions.put],
    run: (call) => {
      call.bucket.configure(reset);
      return { status: 204 };
    },
  };
}
