import { Server } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { channelOptions } from "../engine/rpc";
import { bind } from "../engine/server";
import { pluginHandlers } from "./handlers";
import type { PluginOptions } from "./handlers";

/** The provider's plugin, which an engine attaches to. */
export interface PluginServer {
  port: number;
  stop(): void;
}

/** Serves the local cloud's provider on any free port of the loopback address. */
export async function startPluginServer(options: PluginOptions): Promise<PluginServer> {
  const server = new Server(channelOptions);
  server.addService(ResourceProviderService, pluginHandlers(options));
  const port = await bind(server);
  return {
    port,
    stop: () => {
      server.forceShutdown();
    },
  };
}
