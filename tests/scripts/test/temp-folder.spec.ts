import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { type MemoryFolder, tempFolder } from "../../../scripts/test/temp-folder";

const inMemory = "/dev/shm";
const roomy = 8 * 2 ** 30;

function mounts(type: string, options: string): string {
  return `/dev/vda / ext4 rw 0 0\ntmpfs /run tmpfs rw,noexec 0 0\nshm ${inMemory} ${type} ${options} 0 0\n`;
}

function chosen(folder: MemoryFolder | undefined, asked?: string): string {
  return tempFolder(asked, () => folder);
}

describe("tempFolder", () => {
  it("is in memory where there is room", () => {
    const folder = { mounts: mounts("tmpfs", "rw,nosuid,nodev"), freeBytes: roomy };
    assert.equal(chosen(folder), inMemory);
  });

  it("is what TMPDIR names", () => {
    const folder = { mounts: mounts("tmpfs", "rw"), freeBytes: roomy };
    assert.equal(chosen(folder, tmpdir()), tmpdir());
  });

  const others: Record<string, MemoryFolder | undefined> = {
    "there is no folder in memory": undefined,
    "there is little room": { mounts: mounts("tmpfs", "rw"), freeBytes: 64 * 2 ** 20 },
    "nothing in it can be run": { mounts: mounts("tmpfs", "rw,noexec"), freeBytes: roomy },
    "it cannot be written": { mounts: mounts("tmpfs", "ro"), freeBytes: roomy },
    "it is on a disk": { mounts: mounts("ext4", "rw"), freeBytes: roomy },
    "it is a folder of another one": { mounts: "/dev/vda / ext4 rw 0 0\n", freeBytes: roomy },
    "another one lies over it": {
      mounts: mounts("tmpfs", "rw") + `/dev/vdb ${inMemory} ext4 rw 0 0\n`,
      freeBytes: roomy,
    },
  };
  for (const [what, folder] of Object.entries(others)) {
    it(`is that of the system where ${what}`, () => {
      assert.equal(chosen(folder), tmpdir());
    });
  }
});
