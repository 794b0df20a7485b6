/** The home directory of whoever runs the command. */
import { homedir } from 'node:os'

/** Its absolute path; undefined where nobody knows it, as containers may run as a user that is on no list. */
export function homeDirectory(): string | undefined {
  try {
    return homedir() || undefined
  } catch {
    return undefined
  }
}
