import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

const type = "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings";

export const glueCatalogRequireEncryption = resourceRule({
  name: "glue-catalog-require-encryption",
  description: "Data catalogs of Glue, and passwords of connections in them, are encrypted.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  remediationSteps:
    "Set catalogEncryptionMode to SSE-KMS and returnConnectionPasswordEncrypted to true.",
  url: "https://docs.aws.amazon.com/glue/latest/dg/encrypt-glue-data-catalog.html",
  ...requiring(
    {
      type,
      path: ["dataCatalogEncryptionSettings", "encryptionAtRest", "catalogEncryptionMode"],
      accepts: ["SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE"],
      problem: "does not encrypt the catalog",
    },
    {
      type,
      path: [
        "dataCatalogEncryptionSettings",
        "connectionPasswordEncryption",
        "returnConnectionPasswordEncrypted",
      ],
      accepts: [true],
      problem: "hands passwords of connections out in clear",
    },
  ),
});
