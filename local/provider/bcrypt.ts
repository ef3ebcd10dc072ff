import { randomBytes } from "node:crypto";
import { encodeBase64, hashSync } from "bcryptjs";

/** 2¹⁰ rounds: what the provider's library takes by default, which also writes this version. */
const parameters = "$2a$10$";

const saltBytes = 16;

/** The bcrypt hash of a password, of which it sees 72 bytes, for programs that hand `bcryptHash` on. */
export function bcryptHash(password: string, salt: Buffer = randomBytes(saltBytes)): string {
  return hashSync(password, `${parameters}${encodeBase64(salt, saltBytes)}`);
}
