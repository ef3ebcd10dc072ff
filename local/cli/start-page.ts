import { join } from "node:path";
import type { Host } from "../aws/http";
import type { Project } from "../engine/project";
import type { StackConfig } from "../engine/stack-config";
import { alarmEvents, alarmRoutes } from "../page/api/alarms";
import { bucketRoutes } from "../page/api/buckets";
import { contextRoutes } from "../page/api/context";
import { grantRoutes } from "../page/api/grants";
import { inboxRoutes, mailEvents } from "../page/api/inbox";
import { policyRoutes } from "../page/api/policies";
import { queueEvents, queueRoutes } from "../page/api/queues";
import { requestEvents, requestRoutes } from "../page/api/requests";
import { stackRoutes } from "../page/api/stack";
import { tableRoutes } from "../page/api/tables";
import { tokenRoutes } from "../page/api/token";
import { PageServer } from "../page/page-server";
import { serviceOrigins } from "../page/service-origins";
import type { Display } from "./display";
import type { LocalCloud } from "./local-cloud";
import type { Redactor } from "./redactor";
import type { Shutdown } from "./shutdown";
import type { AppliedResult } from "./stack-session";

/** A program that has been run, and where its resources are. */
export interface ShownRun {
  result: Pick<AppliedResult, "findings" | "resources" | "stackOutputs">;
  /** What the program was given. */
  config: StackConfig;
  /** What `endpoints.json` says. */
  endpoints: Readonly<Record<string, unknown>>;
  cloud: Pick<LocalCloud, "page" | "traces">;
}

/** The page of a run that may still be starting. */
export interface RunPage {
  url: string;
  /** Shows what the program has made. */
  show(run: ShownRun): void;
}

/** What the page takes from the command. */
export interface PageOptions {
  host: Host;
  stack: string;
  shutdown: Shutdown;
  redactor: Redactor;
}

/** Starts the page's server, which is stopped at the end of the command. */
export async function startPage(
  { project, dataDir }: { project: Project; dataDir: string },
  { host, stack, shutdown, redactor }: PageOptions,
  display: Display,
): Promise<RunPage> {
  const server = new PageServer({
    dataDir: join(dataDir, "page"),
    host,
    viewsDir: join(project.programDir, "views"),
    notify: (line) => {
      display.line(line);
    },
  });
  shutdown.add(() => server.stop());
  const redact = (text: string) => redactor.redact(text);
  await server.start();
  return {
    url: server.url,
    show: ({ result, config, endpoints, cloud }) => {
      const { stackOutputs, resources, findings } = result;
      server.show({
        title: `${project.name} · ${stack}`,
        routes: [
          ...contextRoutes({ project: project.name, stack, stackOutputs, config, endpoints }),
          ...tokenRoutes(dataDir),
          ...requestRoutes(cloud.traces, redact),
          ...stackRoutes({ resources, findings, at: new Date() }),
          ...policyRoutes(findings),
          ...grantRoutes(cloud.page),
          ...tableRoutes(cloud.page),
          ...bucketRoutes(cloud.page),
          ...inboxRoutes(cloud.page.inboxDir),
          ...alarmRoutes(cloud.page),
          ...queueRoutes(cloud.page),
        ],
        events: [
          requestEvents(cloud.traces, redact),
          mailEvents(cloud.page.inboxDir),
          alarmEvents(cloud.page),
          queueEvents(cloud.page),
        ],
        serviceOrigins: serviceOrigins(endpoints, stackOutputs),
      });
    },
  };
}
