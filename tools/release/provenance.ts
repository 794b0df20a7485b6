/** How the release was made: an in-toto statement with SLSA provenance v1. It is not signed; whoever publishes signs it. */
import type { BuildFacts } from '../build.ts'

/** A file with its SHA-256. */
export interface Subject {
  readonly name: string
  readonly sha256: string
}

/** The statement as text. */
export function renderProvenance(
  { version, commit }: BuildFacts,
  subjects: readonly Subject[],
  build: { readonly baseUrl: string; readonly nodeVersion: string; readonly env: NodeJS.ProcessEnv },
): string {
  const { baseUrl, nodeVersion, env } = build
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env
  const project = server && repository ? `${server}/${repository}` : undefined
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: subjects.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'urn:kubescape:npm-run-release:v1',
        externalParameters: { version, baseUrl },
        internalParameters: {},
        resolvedDependencies: [
          { uri: project === undefined ? 'urn:kubescape:source' : `git+${project}`, digest: { gitCommit: commit } },
          { uri: `pkg:github/nodejs/node@v${nodeVersion}`, name: 'node' },
        ],
      },
      runDetails: {
        builder: { id: project === undefined ? 'urn:kubescape:builder:local' : `${project}/actions` },
        ...(run ? { metadata: { invocationId: `${project}/actions/runs/${run}` } } : {}),
      },
    },
  }
  return `${JSON.stringify(statement, null, 2)}\n`
}
