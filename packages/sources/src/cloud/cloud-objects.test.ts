/** From the answers of programs to the data that checks read. */
import { describe, expect, test } from 'vitest'

import type { Value, ValueMap } from '@kubescape/resources'

import { aksCluster, eksCluster, gkeCluster, iamDetails } from '../../testing/cloud-answers.ts'
import { KUBECONFIGS } from '../../testing/clusters.ts'
import { AKS } from './aks.ts'
import type { Built } from './cloud-service.ts'
import { EKS } from './eks.ts'
import { GKE } from './gke.ts'

const value = (answer: object): Value => answer as ValueMap
const facts = (cloud: keyof typeof KUBECONFIGS): Parameters<typeof EKS.read>[1] => ({ ...KUBECONFIGS[cloud], env: {} })

describe('a description', () => {
  test('of EKS has the keys of the SDK, and leaves names that users chose alone', () => {
    const read = EKS.read(value(eksCluster(true)), facts('eks'))
    expect(read).toMatchObject({
      name: 'shop',
      hosts: ['9c6e2d1a.gr7.eu-west-1.eks.amazonaws.com'],
      data: {
        Cluster: {
          ResourcesVpcConfig: { EndpointPrivateAccess: true, PublicAccessCidrs: [] },
          EncryptionConfig: [
            { Resources: ['secrets'], Provider: { KeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0e5' } },
          ],
          Logging: { ClusterLogging: [{ Enabled: true }] },
          AccessConfig: { AuthenticationMode: 'API' },
          Tags: { team: 'retail', costCentre: '7' },
        },
      },
    })
  })

  test('of GKE has the keys of the protocol', () => {
    const read = GKE.read(value(gkeCluster(true)), facts('gke'))
    expect(read?.hosts).toContain('203.0.113.20')
    expect(read?.hosts).toContain('10.0.0.2')
    expect(read?.data).toMatchObject({
      database_encryption: { state: 'ENCRYPTED', key_name: 'projects/acme-retail/keys/etcd' },
      logging_config: { component_config: { enable_components: ['SYSTEM_COMPONENTS', 'APISERVER'] } },
      node_pools: [{ config: { machine_type: 'e2-standard-4', labels: { someTeam: 'retail' } } }],
      resource_labels: { costCentre: 'seven' },
    })
  })

  test('of AKS has the shape of Azure, with its spelling', () => {
    const read = AKS.read(value(aksCluster(true)), facts('aks'))
    expect(read?.hosts).toContain('shop-retail-0b1f64-d4f92eaa.hcp.westeurope.azmk8s.io')
    expect(read?.data).toMatchObject({
      name: 'shop',
      location: 'westeurope',
      tags: { enableRbac: 'no' },
      properties: {
        enableRBAC: true,
        aadProfile: { enableAzureRBAC: true },
        apiServerAccessProfile: { authorizedIPRanges: ['203.0.113.0/24'], enablePrivateClusterPublicFQDN: false },
        agentPoolProfiles: [{ enableEncryptionAtHost: true, nodeLabels: { enableRbac: 'x' } }],
      },
    })
    expect(Object.keys(read?.data ?? {})).not.toContain('fqdn')
  })

  test('of AKS that has the shape of Azure already is kept', () => {
    const answer = { name: 'shop', properties: { fqdn: 'SHOP.example', enableRBAC: true } }
    expect(AKS.read(value(answer), facts('aks'))).toEqual({ name: 'shop', data: answer, hosts: ['shop.example'] })
  })
})

describe('who may do what', () => {
  const iam = (details: object): Built => {
    const description = { name: 'shop', data: {}, hosts: [] }
    return EKS.questions({ name: 'shop', region: 'eu-west-1' }, description)[1]!.build([value(details)])
  }

  test('on EKS is told by policy, those of a role alone too', () => {
    const { resources, problems } = iam(iamDetails(true))
    expect(problems).toEqual([])
    const [entities, versions] = resources.map(({ object }) => object['data'] as Record<string, ValueMap>)
    expect(Object.keys(entities!['rolesPolicies']!).toSorted()).toEqual(
      Object.keys(versions!['policiesDocuments']!).toSorted(),
    )
    expect(entities!['rolesPolicies']!['arn:aws:iam::111122223333:role/shop-nodes/policy/logs']).toEqual({
      PolicyRoles: [{ RoleName: 'shop-nodes', RoleId: 'AROA1' }],
    })
  })

  test('on EKS is not told where what a policy allows is not known', () => {
    const { resources, problems } = iam({ ...iamDetails(true), Policies: [] })
    expect(resources.map(({ identity }) => identity.kind)).toEqual(['PolicyVersion'])
    expect(problems).toMatchObject([
      { code: 'cloud/unread-policy', message: expect.stringContaining('AmazonEKSWorkerNodePolicy') as string },
    ])
  })

  test('on EKS survives names that objects have of themselves', () => {
    const role = { RoleName: 'r', Arn: 'a', Attached: ['__proto__', 'constructor'], Inline: [] }
    const documents = ['__proto__', 'constructor'].map((Arn) => ({ Arn, Document: { Statement: [] } }))
    const { resources, problems } = iam({ Roles: [role], Policies: documents })
    expect(problems).toEqual([])
    expect(Object.keys(resources[0]!.object['data'] as ValueMap)).toEqual(['rolesPolicies'])
    expect(Object.keys((resources[0]!.object['data'] as { rolesPolicies: object }).rolesPolicies)).toEqual([
      '__proto__',
      'constructor',
    ])
  })

  const cluster = AKS.read(value(aksCluster(true)), facts('aks'))!
  const roles = (assignments: unknown, definitions: unknown, description = cluster): Built =>
    AKS.questions({ name: 'shop', resourceGroup: 'retail', subscription: '' }, description)[0]!.build([
      assignments as Value,
      definitions as Value,
    ])
  const nodes = {
    principalId: '17609294-676D-43A7-B117-62431E95D9C0',
    principalType: 'ServicePrincipal',
    roleDefinitionId: '/x/own',
  }

  test('on AKS concerns its own identities, people and groups, and no other program', () => {
    const people = { principalId: 'p', principalType: 'User', roleDefinitionId: '/x/gone' }
    const other = { principalId: 'q', principalType: 'ServicePrincipal', roleDefinitionId: '/x/own' }
    const { resources, problems } = roles([nodes, people, other], [{ id: '/s/own', permissions: [] }])
    expect(problems).toEqual([])
    expect(resources.map(({ object }) => object['data'])).toMatchObject([
      {
        roleAssignments: [
          { properties: { principalId: nodes.principalId, roleDefinitionId: '/s/own' } },
          { properties: { principalId: 'p', roleDefinitionId: '/x/gone' } },
        ],
      },
      { roleDefinitions: [{ id: '/s/own' }] },
    ])
  })

  test('on AKS knows a service principal by its application', () => {
    const data = { properties: { servicePrincipalProfile: { clientId: 'APP' } } }
    const own = {
      principalId: 'z',
      principalName: 'app',
      principalType: 'ServicePrincipal',
      roleDefinitionId: '/x/own',
    }
    const { resources } = roles([own], [{ id: '/x/own' }], { ...cluster, data })
    expect(resources[0]?.object).toMatchObject({ data: { roleAssignments: [{ properties: { principalId: 'z' } }] } })
  })

  test('on AKS is not judged where what a role allows, or whose it is, is not known', () => {
    const unread = roles([nodes], [])
    expect(unread.resources.map(({ identity }) => identity.kind)).toEqual(['ListEntitiesForPolicies'])
    expect(unread.problems).toMatchObject([{ code: 'cloud/unread-role' }])
    expect(roles([nodes], undefined).resources.map(({ identity }) => identity.kind)).toEqual([
      'ListEntitiesForPolicies',
    ])
    expect(roles([nodes], [], { ...cluster, data: {} })).toMatchObject({
      resources: [],
      problems: [{ code: 'cloud/malformed-answer' }],
    })
    expect(roles(undefined, [])).toEqual({ resources: [], problems: [] })
  })
})

test('a registry of GKE that does not tell of scanning is not judged', () => {
  const [question] = GKE.questions(
    { name: 'shop', project: 'acme-retail', location: 'europe-west4' },
    { name: 'shop', data: {}, hosts: [] },
  )
  expect(question!.build([[{ format: 'DOCKER', name: 'images' }]])).toMatchObject({
    resources: [],
    problems: [{ code: 'cloud/malformed-answer' }],
  })
})
