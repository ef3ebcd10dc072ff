import { tags, type TypeActions, type TypeTable } from "./type-actions";

/** One of the documents of CloudFront that have no name of their own. */
const edgeDocument = (kind: string): TypeActions => ({
  write: [`cloudfront:Create${kind}`, `cloudfront:Update${kind}`, `cloudfront:Delete${kind}`],
  read: [`cloudfront:Get${kind}`],
});

/** What deployments need for the CDN, names, certificates and what guards them. */
export const edgeActions: TypeTable = {
  "aws:acm/certificate:Certificate": {
    write: [
      ...["acm:RequestCertificate", "acm:DeleteCertificate", "acm:UpdateCertificateOptions"],
      ...["acm:AddTagsToCertificate", "acm:RemoveTagsFromCertificate"],
    ],
    read: ["acm:DescribeCertificate", "acm:ListTagsForCertificate", "acm:GetCertificate"],
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    write: [],
    read: ["acm:DescribeCertificate"],
  },
  "aws:cloudfront/cachePolicy:CachePolicy": edgeDocument("CachePolicy"),
  "aws:cloudfront/distribution:Distribution": {
    write: [
      ...["cloudfront:CreateDistribution", "cloudfront:UpdateDistribution"],
      ...["cloudfront:DeleteDistribution", ...tags("cloudfront").write],
    ],
    read: ["cloudfront:GetDistribution", ...tags("cloudfront").read],
  },
  "aws:cloudfront/function:Function": {
    write: [
      ...["cloudfront:CreateFunction", "cloudfront:UpdateFunction", "cloudfront:PublishFunction"],
      ...["cloudfront:DeleteFunction", ...tags("cloudfront").write],
    ],
    read: ["cloudfront:DescribeFunction", "cloudfront:GetFunction", ...tags("cloudfront").read],
  },
  "aws:cloudfront/keyGroup:KeyGroup": edgeDocument("KeyGroup"),
  "aws:cloudfront/originAccessControl:OriginAccessControl": edgeDocument("OriginAccessControl"),
  "aws:cloudfront/publicKey:PublicKey": edgeDocument("PublicKey"),
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy":
    edgeDocument("ResponseHeadersPolicy"),
  "aws:guardduty/malwareProtectionPlan:MalwareProtectionPlan": {
    write: [
      ...["guardduty:CreateMalwareProtectionPlan", "guardduty:UpdateMalwareProtectionPlan"],
      ...["guardduty:DeleteMalwareProtectionPlan", ...tags("guardduty").write],
    ],
    read: ["guardduty:GetMalwareProtectionPlan", ...tags("guardduty").read],
  },
  "aws:route53/record:Record": {
    write: ["route53:ChangeResourceRecordSets"],
    read: ["route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:GetChange"],
  },
  "aws:wafv2/webAcl:WebAcl": {
    write: [
      "wafv2:CreateWebACL",
      "wafv2:UpdateWebACL",
      "wafv2:DeleteWebACL",
      ...tags("wafv2").write,
    ],
    read: ["wafv2:GetWebACL", ...tags("wafv2").read],
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    write: ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL", "apigateway:SetWebACL"],
    read: ["wafv2:GetWebACLForResource", "wafv2:GetWebACL"],
  },
};
