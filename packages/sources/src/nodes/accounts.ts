/** Names of users and groups, as the machine itself knows them: the collector's own would be those of its container. */
import type { RootFolder } from './root-folder.ts'
import { Unread } from './unread.ts'

/** Who owns a file. The names are empty where the machine's own files do not have them. */
export interface Owner {
  readonly uid: number
  readonly gid: number
  readonly username: string
  readonly groupname: string
}

/** Looks up names by number; reads the files when the first name is asked for. */
export class Accounts {
  readonly #files: RootFolder
  readonly #maxBytes: number
  readonly #names = new Map<string, ReadonlyMap<number, string>>()

  constructor(files: RootFolder, maxBytes: number) {
    this.#files = files
    this.#maxBytes = maxBytes
  }

  /** The owner with these numbers. */
  owner({ uid, gid }: { readonly uid: number; readonly gid: number }): Owner {
    const username = this.#table('/etc/passwd').get(uid) ?? ''
    return { uid, gid, username, groupname: this.#table('/etc/group').get(gid) ?? '' }
  }

  #table(path: string): ReadonlyMap<number, string> {
    let names = this.#names.get(path)
    if (names === undefined) {
      const bytes = this.#files.read(path, this.#maxBytes)
      names = bytes instanceof Unread ? new Map<number, string>() : parseAccounts(bytes.toString('utf8'))
      this.#names.set(path, names)
    }
    return names
  }
}

/** Names by number from the text of passwd(5) or group(5), where the number is the third field; the first name counts. */
function parseAccounts(text: string): Map<number, string> {
  const names = new Map<number, string>()
  for (const line of text.split('\n')) {
    const [name = '', , number = ''] = line.split(':', 3)
    if (name !== '' && /^\d{1,10}$/.test(number) && !names.has(Number(number))) names.set(Number(number), name)
  }
  return names
}
