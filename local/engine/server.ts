import { Server, ServerCredentials } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { loopback } from "../aws/http";
import type { Deployment } from "./deployment";
import { engineHandlers } from "./engine-handlers";
import { monitorHandlers } from "./monitor-handlers";
import { channelOptions } from "./rpc";
import { Transforms } from "./transforms";

/** The engine's two gRPC services, on one port. */
export interface EngineServer {
  /** `host:port`. */
  address: string;
  stop(): void;
}

/** Serves `deployment` to the program on any free port of the loopback address. */
export async function startEngineServer(deployment: Deployment): Promise<EngineServer> {
  const transforms = new Transforms();
  const server = new Server(channelOptions);
  server.addService(ResourceMonitorService, monitorHandlers(deployment, transforms));
  server.addService(EngineService, engineHandlers(deployment));
  const port = await bind(server);
  return {
    address: `${loopback}:${port}`,
    stop: () => {
      server.forceShutdown();
      transforms.close();
    },
  };
}

/** Binds `server` to any free port of the loopback address, and returns the port. */
export function bind(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`${loopback}:0`, ServerCredentials.createInsecure(), (error, port) => {
      if (error) {
        reject(error);
      } else {
        resolve(port);
      }
    });
  });
}
