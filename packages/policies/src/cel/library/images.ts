/** table: policies about images and what is started from them. */
import type { NamedExpression } from '../admission/policy-source.ts'
import {
  CONTAINERS,
  DEPLOYMENTS,
  everyContainer,
  setting,
  WITH_INIT,
  WORKLOADS,
  type LibraryPolicy,
} from './library-policy.ts'

/** The text of the image. */
const IMAGE = "container.?image.orValue('')"
/** Names without a registry are those of Docker Hub. */
const IS_SHORT =
  "!image.contains('/') || (!image.split('/')[0].contains('.') && !image.split('/')[0].contains(':') && image.split('/')[0] != 'localhost')"
/** The image with its registry. */
const FULL = `(!image.contains('/') ? 'docker.io/library/' + image : ${IS_SHORT} ? 'docker.io/' + image : image)`
/** Its last part, with tag and digest. */
const LAST = "image.split('/')[image.split('/').size() - 1]"

/** A test of the image, if there is one. */
const withImage = (test: string, otherwise: boolean): string =>
  `container.?image.optMap(image, ${test}).orValue(${otherwise})`

const registries: NamedExpression = {
  name: 'registries',
  expression: `${setting('untrustedRegistries')}.orValue([]) + ${setting('publicRegistries')}.orValue([])`,
}

/** Versions of Argo CD that let charts read files of others (CVE-2022-24348). */
const ARGO_CD = '(^|/)argocd:v(1\\\\.[0-9]+\\\\.[0-9]+|2\\\\.0\\\\.[0-9]+|2\\\\.1\\\\.[0-8]|2\\\\.2\\\\.[0-3])$'

const INGRESS_NGINX = ['ingress-nginx/controller', 'k8s.gcr.io/ingress-nginx', 'registry.k8s.io/ingress-nginx']

export const IMAGE_POLICIES: readonly LibraryPolicy[] = [
  {
    control: 'C-0001',
    name: 'forbidden-registries',
    types: WORKLOADS,
    hasParams: true,
    variables: [...CONTAINERS, registries],
    validations: [
      everyContainer(
        withImage(
          `!variables.registries.exists(registry, ${FULL} == registry || ['/', ':'].exists(mark, ${FULL}.startsWith(registry.endsWith('/') ? registry : registry + mark)))`,
          true,
        ),
        'Images must not come from public or untrusted registries.',
      ),
    ],
  },
  {
    control: 'C-0062',
    name: 'sudo-in-command',
    types: WORKLOADS,
    variables: CONTAINERS,
    validations: [
      everyContainer("container.?command.orValue([]).all(word, word != 'sudo')", 'Commands must not use sudo.'),
    ],
  },
  {
    control: 'C-0075',
    name: 'pull-policy-of-latest',
    types: WORKLOADS,
    variables: CONTAINERS,
    validations: [
      everyContainer(
        withImage(
          `!(container.?imagePullPolicy.orValue('Always') in ['Never', 'IfNotPresent']) || ${LAST}.contains('@') || (${LAST}.contains(':') && !${LAST}.endsWith(':latest'))`,
          true,
        ),
        'Images with a moving tag need imagePullPolicy: Always.',
      ),
    ],
  },
  {
    control: 'C-0078',
    name: 'allowed-registries',
    types: WORKLOADS,
    hasParams: true,
    variables: [
      ...CONTAINERS,
      { name: 'registries', expression: `${setting('imageRepositoryAllowList')}.orValue([])` },
    ],
    validations: [
      everyContainer(
        withImage(
          `variables.registries.exists(registry, image.startsWith(registry + '/') || (registry == 'docker.io' && (${IS_SHORT})))`,
          false,
        ),
        'Images must come from the registries of the configuration.',
      ),
    ],
  },
  {
    control: 'C-0081',
    name: 'argo-cd-cve-2022-24348',
    types: DEPLOYMENTS,
    variables: WITH_INIT,
    validations: [
      everyContainer(
        `!${IMAGE}.matches('${ARGO_CD}')`,
        'This version of Argo CD has the flaw CVE-2022-24348: use a later one.',
      ),
    ],
  },
  {
    control: 'C-0292',
    name: 'ingress-nginx',
    types: [{ group: 'apps', version: 'v1', resources: ['deployments', 'daemonsets', 'statefulsets'] }],
    variables: WITH_INIT,
    validations: [
      everyContainer(
        `!${IMAGE}.matches('${INGRESS_NGINX.map((name) => name.replaceAll('.', '[.]')).join('|')}')`,
        'Ingress NGINX is not maintained any more: use another controller.',
      ),
    ],
  },
]
