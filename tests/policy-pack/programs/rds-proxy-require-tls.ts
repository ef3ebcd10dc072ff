import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:rds/proxy:Proxy",
  clean: { engineFamily: "POSTGRESQL", requireTls: true },
  wrong: [
    [{ requireTls: false }, "accepts connections without TLS"],
    [{ requireTls: undefined }, "accepts connections without TLS"],
  ],
});
