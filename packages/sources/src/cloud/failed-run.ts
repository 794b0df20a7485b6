/** What to tell of a program that gave no answer: what it said, why that may be, what to do next. */
import type { Problem } from '@kubescape/yaml'

import type { CloudService } from './cloud-service.ts'
import type { Ran } from '../run-program.ts'

type Asked = Pick<CloudService<unknown>, 'service' | 'program' | 'programName' | 'signIn'>

const LONGEST_MESSAGE = 300
const STAYS = 'The controls that need its answer are not evaluated.'

interface Cause {
  readonly code: string
  readonly pattern: RegExp
  readonly hint: (asked: Asked) => string
}

/** Why clouds refuse, by what their programs print; the first that fits. */
const CAUSES: readonly Cause[] = [
  {
    code: 'cloud/no-credentials',
    pattern:
      /unable to locate credentials|credentials? .*expired|expired ?token|token (?:has|is) expired|sso session|partial credentials|config profile .* could not be found|invalidclienttokenid|unrecognizedclient|authfailure|do not currently have an active account|reauthentication|refreshing your current auth tokens|gcloud auth login|az login|aadsts|no subscription found|invalid_grant/i,
    hint: ({ signIn }) => `Sign in with \`${signIn}\`. ${STAYS}`,
  },
  {
    code: 'cloud/denied',
    pattern:
      /access ?denied|not authorized|unauthorizedoperation|permission_?denied|does not have (?:authorization|permission)|authorizationfailed|forbidden|required ".*" permission|code=403/i,
    hint: () => `Give whoever runs the scan this right, or name a file with the description by --facts. ${STAYS}`,
  },
  {
    code: 'cloud/not-found',
    pattern:
      /resourcenotfound|resourcegroupnotfound|subscriptionnotfound|parentresourcenotfound|no cluster found|not_?found|does not exist|code=404/i,
    hint: () =>
      `Say where the cluster is: KS_KUBE_CLUSTER and KS_CLOUD_REGION, KS_GKE_PROJECT, or AZURE_RESOURCE_GROUP and AZURE_SUBSCRIPTION_ID. ${STAYS}`,
  },
  {
    code: 'cloud/unreachable',
    pattern:
      /could not connect|connect timeout|failed to establish|max retries exceeded|name resolution|getaddrinfo|unable to find the server|connection (?:refused|aborted|reset)|network is unreachable|ssl validation failed|certificate verify failed/i,
    hint: () => `Look after the network or the proxy, or name a file with the description by --facts. ${STAYS}`,
  },
]

/** The problem of a run without a useful answer. `command` is what was run, for people. */
export function explainRun(asked: Asked, command: string, ran: Ran): Problem {
  const { program, programName, service, signIn } = asked
  if (ran.kind === 'ended') return explainEnd(asked, command, ran.code, ran.stderr)
  if (ran.kind === 'not-found') {
    return {
      code: 'cloud/no-program',
      message: `${program} is not on the PATH: ${service} was not asked about the cluster`,
      hint: `Install ${programName} and sign in with \`${signIn}\`, or name a file with the description by --facts. ${STAYS}`,
    }
  }
  if (ran.kind === 'not-started') {
    return { code: 'cloud/not-started', message: `${command}: cannot be started (${ran.why})`, hint: STAYS }
  }
  if (ran.kind === 'timed-out') {
    return {
      code: 'cloud/timeout',
      message: `${command}: gave no answer within ${ran.timeoutMs / 1000} s and was ended`,
      hint: `Run it by hand to see what it waits for. ${STAYS}`,
    }
  }
  return {
    code: 'cloud/too-long',
    message: `${command}: answered more than ${ran.maxBytes} bytes and was ended`,
    hint: STAYS,
  }
}

function explainEnd(asked: Asked, command: string, code: number | null, stderr: string): Problem {
  const said = tellingLine(stderr) || (code === null ? 'was killed' : `ended with code ${code}`)
  const cause = CAUSES.find(({ pattern }) => pattern.test(stderr))
  return {
    code: cause?.code ?? 'cloud/failed',
    message: `${command}: ${said}`,
    hint: cause?.hint(asked) ?? `Run it by hand to see more. ${STAYS}`,
  }
}

/** The line that says what was the matter, without what may be a secret. */
function tellingLine(stderr: string): string {
  const lines = stderr
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter(Boolean)
  const line = lines.find((each) => /error|denied|unable|cannot|could not/i.test(each)) ?? lines.at(-1) ?? ''
  const clean = line.replaceAll(
    /(bearer\s+|(?:token|secret|password|signature|sig|key)["']?\s*[=:]\s*["']?)[^\s"',;&]{6,}/gi,
    '$1XXXXXX',
  )
  return clean.length > LONGEST_MESSAGE ? `${clean.slice(0, LONGEST_MESSAGE)}...` : clean
}
