import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from "jose";

import { LocalIssuer } from "../../../issuer/issuer";
import { BrowserClient } from "./browser-client";

/** An issuer in a data folder of its own, and a browser in front of it. */
export class RunningIssuer {
  readonly dataDir = mkdtempSync(join(tmpdir(), "issuer-"));
  /** What it has said to who runs it. */
  readonly notices: string[] = [];
  #issuer: LocalIssuer | undefined;

  static async start(): Promise<RunningIssuer> {
    const running = new RunningIssuer();
    await running.restart();
    return running;
  }

  get url(): string {
    assert.ok(this.#issuer);
    return this.#issuer.url;
  }

  /** A browser that has no cookies yet. */
  browser(): BrowserClient {
    return new BrowserClient(this.url);
  }

  /** Stops it, and starts it anew on the same data. */
  async restart(): Promise<void> {
    await this.stop();
    const notify = (line: string) => this.notices.push(line);
    this.#issuer = new LocalIssuer({ dataDir: this.dataDir, audience: "demo", notify });
    await this.#issuer.start();
  }

  async stop(): Promise<void> {
    await this.#issuer?.stop();
  }

  /** Stops it and removes its data. Whatever it had to say has to have been looked at. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true });
    assert.deepEqual(this.notices, []);
  }

  async publishedKeys(): Promise<JSONWebKeySet> {
    const response = await fetch(`${this.url}/jwks`);
    return (await response.json()) as JSONWebKeySet;
  }

  /** The claims of a token whose signature is the issuer's. */
  async claimsOf(token: string, audience = "demo") {
    const keys = createLocalJWKSet(await this.publishedKeys());
    const options = { issuer: this.url, audience, algorithms: ["RS256"] };
    return (await jwtVerify(token, keys, options)).payload;
  }
}

/** Starts an issuer before each test, and removes it after it. @returns give the test's, and its browser. */
export function useRunningIssuer(): { issuer: () => RunningIssuer; browser: () => BrowserClient } {
  let issuer: RunningIssuer;
  let browser: BrowserClient;

  beforeEach(async () => {
    issuer = await RunningIssuer.start();
    browser = issuer.browser();
  });

  afterEach(() => issuer.remove());

  return { issuer: () => issuer, browser: () => browser };
}
