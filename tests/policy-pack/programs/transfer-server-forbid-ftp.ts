import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:transfer/server:Server",
  clean: { protocols: ["SFTP", "FTPS"] },
  alsoClean: [{ protocols: undefined }],
  wrong: [[{ protocols: ["SFTP", "FTP"] }, "offers FTP, which has no TLS"]],
});
