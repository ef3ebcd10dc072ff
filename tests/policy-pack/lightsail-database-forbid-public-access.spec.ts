import { lightsailDatabaseForbidPublicAccess as policy } from "../../policy-pack/policies/lightsail-database-forbid-public-access";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:lightsail/database:Database",
  clean: { blueprintId: "postgres_16", publiclyAccessible: false },
  alsoClean: [{ publiclyAccessible: undefined }],
  wrong: [[{ publiclyAccessible: true }, "has a public address"]],
});
