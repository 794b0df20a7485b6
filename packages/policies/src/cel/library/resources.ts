/** table: policies about requests, limits and probes. */
import type { NamedExpression, Validation } from '../admission/policy-source.ts'
import { CONTAINERS, everyContainer, setting, WORKLOADS, type LibraryPolicy } from './library-policy.ts'

type Place = 'requests' | 'limits'
type Resource = 'cpu' | 'memory'

/** The name of a bound as a setting: `cpuLimitMax`. */
const bound = (place: Place, resource: Resource, end: 'Min' | 'Max'): string =>
  `${resource}${place === 'limits' ? 'Limit' : 'Request'}${end}`

/** Variables with the bounds, as optional quantities. */
function boundsOf(place: Place, resource: Resource): readonly NamedExpression[] {
  return (['Min', 'Max'] as const).map((end) => {
    const name = bound(place, resource, end)
    return { name, expression: `${setting(name)}.optMap(value, quantity(string(value)))` }
  })
}

/** Every container has the value. */
function isSet(place: Place, resource: Resource): Validation {
  return everyContainer(
    `container.?resources.?${place}.?${resource}.hasValue()`,
    `Every container needs resources.${place}.${resource}.`,
  )
}

/** Every container has the value, and it lies within its bounds. */
function isWithin(place: Place, resource: Resource): Validation {
  const least = `variables.${bound(place, resource, 'Min')}`
  const most = `variables.${bound(place, resource, 'Max')}`
  const test = [
    'isQuantity(string(value))',
    `(!${least}.hasValue() || quantity(string(value)).compareTo(${least}.value()) >= 0)`,
    `(!${most}.hasValue() || quantity(string(value)).compareTo(${most}.value()) <= 0)`,
  ].join(' && ')
  return everyContainer(
    `container.?resources.?${place}.?${resource}.optMap(value, ${test}).orValue(false)`,
    `Every container needs resources.${place}.${resource} within the bounds of the configuration.`,
  )
}

function bounded(control: string, name: string, resource: Resource, places: readonly Place[]): LibraryPolicy {
  return {
    control,
    name,
    types: WORKLOADS,
    hasParams: true,
    variables: [...CONTAINERS, ...places.flatMap((place) => boundsOf(place, resource))],
    validations: places.map((place) => isWithin(place, resource)),
  }
}

function present(control: string, name: string, fields: readonly (readonly [Place, Resource])[]): LibraryPolicy {
  const validations = fields.map(([place, resource]) => isSet(place, resource))
  return { control, name, types: WORKLOADS, variables: CONTAINERS, validations }
}

function probed(control: string, name: string, probe: string): LibraryPolicy {
  const validations = [everyContainer(`has(container.${probe})`, `Every container needs a ${probe}.`)]
  return { control, name, types: WORKLOADS, variables: CONTAINERS, validations }
}

export const RESOURCE_POLICIES: readonly LibraryPolicy[] = [
  bounded('C-0004', 'memory-requests-and-limits', 'memory', ['requests', 'limits']),
  present('C-0009', 'resource-limits', [
    ['limits', 'memory'],
    ['limits', 'cpu'],
  ]),
  probed('C-0018', 'readiness-probe', 'readinessProbe'),
  bounded('C-0050', 'cpu-requests-and-limits', 'cpu', ['requests', 'limits']),
  probed('C-0056', 'liveness-probe', 'livenessProbe'),
  bounded('C-0268', 'cpu-requests', 'cpu', ['requests']),
  present('C-0269', 'memory-requests', [['requests', 'memory']]),
  present('C-0270', 'cpu-limits', [['limits', 'cpu']]),
  present('C-0271', 'memory-limits', [['limits', 'memory']]),
]
