/** What a server says of itself. */
import { asMap, asText, type Value } from '@kubescape/resources'

import type { ServerVersion } from './client.ts'

/** The answer to `/version`; parts that are missing are empty. */
export function readVersion(answer: Value): ServerVersion {
  const map = asMap(answer)
  const part = (name: string): string => asText(map?.[name]) ?? ''
  return { gitVersion: part('gitVersion'), major: part('major'), minor: part('minor'), platform: part('platform') }
}
