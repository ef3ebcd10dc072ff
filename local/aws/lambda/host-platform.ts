/** What packages with native code declare that they are made for, and what a machine is. */
export interface Platform {
  /** As `process.platform` names it. */
  os: string;
  /** As `process.arch` names it. */
  cpu: string;
  /** Of Linux alone. */
  libc?: "glibc" | "musl";
}

/** What a package.json says of platforms; a package that leaves a list out runs on all of that kind. */
export interface DeclaredPlatforms {
  os?: readonly string[];
  cpu?: readonly string[];
  libc?: readonly string[];
}

/** The machine that the local cloud runs on. */
export function hostPlatform(): Platform {
  const { platform: os, arch: cpu } = process;
  return os === "linux" ? { os, cpu, libc: libcOfHost() } : { os, cpu };
}

/** Whether a package runs on a platform, as npm decides it. */
export function runsOn({ os, cpu, libc }: DeclaredPlatforms, platform: Platform): boolean {
  return (
    allows(os, platform.os) &&
    allows(cpu, platform.cpu) &&
    (platform.libc === undefined || allows(libc, platform.libc))
  );
}

/** Such as `linux x64 glibc`. */
export function describePlatform({ os, cpu, libc }: Platform): string {
  return [os, cpu, libc].filter((part) => part !== undefined).join(" ");
}

function libcOfHost(): "glibc" | "musl" {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined ? "musl" : "glibc";
}

/** `!value` excludes; a list of nothing else allows the rest. */
function allows(list: readonly string[] | undefined, value: string): boolean {
  if (list === undefined || list.length === 0) {
    return true;
  }
  const positive = list.filter((each) => !each.startsWith("!"));
  return !list.includes(`!${value}`) && (positive.length === 0 || positive.includes(value));
}
