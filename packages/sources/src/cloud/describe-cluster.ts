/** Asks the cloud of a cluster, by the cloud's own program, what it says of the cluster, its registry and who may do what. */
import type { Resource, Value } from '@kubescape/resources'
import type { Problem } from '@kubescape/yaml'

import { AKS } from './aks.ts'
import { hostOf, type ClusterFacts } from './cluster-facts.ts'
import { cloudObject, type Built, type CloudService, type Description, type Question } from './cloud-service.ts'
import { commandText, shortCommandText } from './command-text.ts'
import { EKS } from './eks.ts'
import { explainRun } from './failed-run.ts'
import { GKE } from './gke.ts'
import { runProgram, type RunLimits } from '../run-program.ts'

/** Whose cluster it is, and how to ask. */
export interface DescribeOptions {
  readonly facts: ClusterFacts
  /** Whose Kubernetes it was found to be, such as `eks`; empty where it is not known. */
  readonly provider: string
  /** That provider runs the control plane, too. */
  readonly isManaged: boolean
  readonly signal?: AbortSignal
  /** Told every command before it is run, as a person would type it. */
  readonly onCommand?: (command: string) => void
  readonly limits?: RunLimits
}

/** What the cloud said, and what could not be found out. */
export interface Described {
  readonly resources: readonly Resource[]
  readonly problems: readonly Problem[]
}

const SERVICES: Readonly<Record<string, CloudService<object>>> = { aks: AKS, eks: EKS, gke: GKE }

/** Other names that people use for them. */
const ALIASES: Readonly<Record<string, string>> = { aws: 'eks', azure: 'aks', gce: 'gke', gcp: 'gke', google: 'gke' }

/**
 * Objects that describe the cluster, for the controls about its cloud. The program is started without a shell and without input,
 * with bounds on time and output. Whatever is in the way becomes a problem.
 * @throws the signal's reason when it is aborted
 */
export function describeCluster(options: DescribeOptions): Promise<Described> {
  const said = options.facts.env['KS_CLOUD_PROVIDER']?.toLowerCase() ?? ''
  const provider = said === '' ? options.provider : (ALIASES[said] ?? said)
  const service = Object.hasOwn(SERVICES, provider) ? SERVICES[provider] : undefined
  if (service === undefined || (said === '' && !options.isManaged)) {
    return Promise.resolve(failure(notAsked(service?.service ?? provider, service !== undefined)))
  }
  return new Inquiry(service, options).run()
}

function notAsked(whose: string, isMachineOnly: boolean): Problem {
  const why = isMachineOnly
    ? `the nodes are machines of the cloud of ${whose}, but nothing shows that ${whose} runs the control plane`
    : whose === ''
      ? 'nothing shows that this cluster is one of AKS, EKS or GKE'
      : `this cluster is of ${whose}; AKS, EKS and GKE can be asked about theirs`
  return {
    code: 'cloud/no-service',
    message: `${why}: no cloud was asked`,
    hint: 'If it is one of them, say so with KS_CLOUD_PROVIDER (aks, eks, gke); other descriptions can be named by --facts.',
  }
}

function failure(problem: Problem): Described {
  return { resources: [], problems: [problem] }
}

type Answer = { readonly value: Value } | { readonly problem: Problem }

/** One service, asked about one cluster. */
class Inquiry<Place extends object> {
  readonly #service: CloudService<Place>
  readonly #options: DescribeOptions

  constructor(service: CloudService<Place>, options: DescribeOptions) {
    this.#service = service
    this.#options = options
  }

  async run(): Promise<Described> {
    const service = this.#service
    const place = service.locate(this.#options.facts)
    if ('code' in place) return failure(place)
    const found = await this.#describe(service.describe(place))
    if ('code' in found) return failure(found)
    const built = await Promise.all(service.questions(place, found).map((question) => this.#answer(question)))
    const cluster = cloudObject(service.cloud, 'ClusterDescribe', found.name, found.data)
    return {
      resources: [cluster, ...built.flatMap(({ resources }) => resources)],
      problems: built.flatMap(({ problems }) => problems),
    }
  }

  /** The description, if it is of this cluster and not of one that has the same name. */
  async #describe(args: readonly string[]): Promise<Description | Problem> {
    const { facts } = this.#options
    const answer = await this.#ask(args)
    if ('problem' in answer) return answer.problem
    const host = hostOf(facts.server)
    const found = this.#service.read(answer.value, facts)
    const isNamed = (facts.env['KS_KUBE_CLUSTER'] ?? '') !== ''
    if (found !== undefined && (isNamed || (host !== '' && found.hosts.includes(host)))) return found
    const { program, service } = this.#service
    const other =
      found === undefined ? 'no cluster' : `the cluster ${found.name} at ${found.hosts.join(', ') || 'no address'}`
    return {
      code: 'cloud/other-cluster',
      message: `${program} describes ${other}, and this one is at ${host}: its description was not used`,
      hint: `If ${service} knows it under this name and another address, say so with KS_KUBE_CLUSTER.`,
    }
  }

  async #answer(question: Question): Promise<Built> {
    const answers = await Promise.all(question.asks.map((args) => this.#ask(args)))
    const values = answers.map((answer) => ('value' in answer ? answer.value : undefined))
    const { resources, problems } = question.build(values)
    const failed = answers.flatMap((answer) => ('problem' in answer ? [answer.problem] : []))
    return { resources, problems: [...failed, ...problems] }
  }

  async #ask(args: readonly string[]): Promise<Answer> {
    const { program } = this.#service
    const { facts, limits, onCommand, signal } = this.#options
    const command = shortCommandText(program, args)
    onCommand?.(commandText(program, args))
    const ran = await runProgram(program, args, { ...limits, env: facts.env, signal })
    const isWhole = ran.kind === 'ended' && ran.code === 0 && this.#service.incomplete?.test(ran.stderr) !== true
    if (!isWhole) return { problem: explainRun(this.#service, command, ran) }
    try {
      return { value: JSON.parse(ran.stdout) as Value }
    } catch {
      return {
        problem: {
          code: 'cloud/malformed-answer',
          message: `${command}: answered something else than JSON`,
          hint: 'Run it by hand to see what. The controls that need its answer are not evaluated.',
        },
      }
    }
  }
}
