import { programsOf } from "../support/examples";

const problem = "has a web server that the internet reaches";

export const programs = programsOf({
  type: "aws:mwaa/environment:Environment",
  clean: { dagS3Path: "dags/", webserverAccessMode: "PRIVATE_ONLY" },
  alsoClean: [{ webserverAccessMode: undefined }],
  wrong: [
    [{ webserverAccessMode: "PUBLIC_ONLY" }, problem],
    [{ webserverAccessMode: "PUBLIC_AND_PRIVATE" }, problem],
  ],
});
