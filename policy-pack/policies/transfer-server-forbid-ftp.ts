import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { stringsOf } from "../lib/values";

export const transferServerForbidFtp = resourceRule({
  name: "transfer-server-forbid-ftp",
  description: "Transfer servers encrypt what they send: no FTP.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("Transfer.2")],
  remediationSteps: "List SFTP, FTPS or AS2 in protocols, and not FTP.",
  url: "https://docs.aws.amazon.com/transfer/latest/userguide/create-server-ftp.html",
  types: ["aws:transfer/server:Server"],
  check(server, report) {
    if (stringsOf(server.known("protocols")).includes("FTP")) {
      report("offers FTP, which has no TLS");
    }
  },
});
