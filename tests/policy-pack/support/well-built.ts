/*
 * Inputs of resources that no rule finds fault with but for what a program changes or adds.
 */

/** Of `aws:cloudfront/distribution:Distribution`. */
export const distribution = {
  enabled: true,
  origins: [
    {
      originId: "images",
      domainName: "images.example.com",
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: ["TLSv1.2"],
      },
    },
  ],
  restrictions: { geoRestriction: { restrictionType: "none" } },
  viewerCertificate: { cloudfrontDefaultCertificate: true },
  defaultCacheBehavior: {
    targetOriginId: "images",
    viewerProtocolPolicy: "redirect-to-https",
    compress: true,
    responseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03",
    allowedMethods: ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
  },
};

/** Of `aws:lambda/function:Function`. */
export const workerFunction = {
  role: "arn:aws:iam::123456789012:role/worker",
  handler: "index.handler",
  s3Bucket: "code",
  s3Key: "worker.zip",
  runtime: "nodejs24.x",
};

/** Of `aws:dynamodb/table:Table`. */
export const onDemandTable = {
  attributes: [{ name: "id", type: "S" }],
  hashKey: "id",
  billingMode: "PAY_PER_REQUEST",
};

/** Of `aws:dynamodb/tableReplica:TableReplica`. */
export const replica = {
  globalTableArn: "arn:aws:dynamodb:us-east-1:123456789012:table/orders",
};
