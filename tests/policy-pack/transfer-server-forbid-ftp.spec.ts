import { transferServerForbidFtp as policy } from "../../policy-pack/policies/transfer-server-forbid-ftp";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:transfer/server:Server",
  clean: { protocols: ["SFTP", "FTPS"] },
  alsoClean: [{ protocols: undefined }],
  wrong: [[{ protocols: ["SFTP", "FTP"] }, "offers FTP, which has no TLS"]],
});
