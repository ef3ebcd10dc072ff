/**
 * Where CloudFront has its certificates, web ACLs and logs, wherever a stack is.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
 */
export const cloudFrontRegion = "us-east-1";
