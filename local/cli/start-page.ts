import { join } from "node:path";
import type { ProgramResult } from "../engine/run-program";
import type { Project } from "../engine/project";
import type { StackConfig } from "../engine/stack-config";
import { contextRoutes } from "../page/api/context";
import { requestEvents, requestRoutes } from "../page/api/requests";
import { tokenRoutes } from "../page/api/token";
import { PageServer } from "../page/page-server";
import { serviceOrigins } from "../page/service-origins";
import type { Display } from "./display";
import type { LocalCloud } from "./local-cloud";
import type { Shutdown } from "./shutdown";

/** The page of a run that may still be starting. */
export interface RunPage {
  url: string;
  /** Shows what the program has made. */
  show(
    result: ProgramResult,
    endpoints: Readonly<Record<string, unknown>>,
    cloud: Pick<LocalCloud, "traces">,
  ): void;
}

/** Starts the page's server, which is stopped at the end of the command. */
export async function startPage(
  { project, config, dataDir }: { project: Project; config: StackConfig; dataDir: string },
  { stack, shutdown }: { stack: string; shutdown: Shutdown },
  display: Display,
): Promise<RunPage> {
  const server = new PageServer({
    dataDir: join(dataDir, "page"),
    viewsDir: join(project.programDir, "views"),
    notify: (line) => {
      display.line(line);
    },
  });
  shutdown.add(() => server.stop());
  await server.start();
  return {
    url: server.url,
    show: ({ stackOutputs }, endpoints, { traces }) => {
      server.show({
        title: `${project.name} · ${stack}`,
        routes: [
          ...contextRoutes({ project: project.name, stack, stackOutputs, config, endpoints }),
          ...tokenRoutes(dataDir),
          ...requestRoutes(traces),
        ],
        events: [requestEvents(traces)],
        serviceOrigins: serviceOrigins(endpoints, stackOutputs),
      });
    },
  };
}
