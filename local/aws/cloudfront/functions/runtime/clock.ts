import { host } from "./host";

/** Stops the time: during a run, it is always the moment at which the run began. */
export function stopClock(): void {
  const { construct } = Reflect;
  const Engine = Date;
  const now = (): number => host.now();
  const Stopped = function (this: unknown, ...given: readonly unknown[]): Date | string {
    const moment = given.length === 0 ? [now()] : given;
    const target = new.target as unknown as NewableFunction | undefined;
    return target === undefined
      ? new Engine(now()).toString()
      : (construct(Engine, moment, target) as Date);
  };
  const members = { ...Object.getOwnPropertyDescriptors(Engine), length: { value: 7 } };
  Object.defineProperties(Stopped, { ...members, name: { value: "Date" } });
  Object.defineProperty(Stopped, "now", { value: now });
  Object.defineProperty(Engine.prototype, "constructor", { value: Stopped });
  Object.defineProperty(globalThis, "Date", { value: Stopped });
}
