import { serveChecks } from "./watch/types/serve";

serveChecks();
