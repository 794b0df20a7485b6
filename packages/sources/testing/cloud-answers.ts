/** table: answers of the clouds' programs about a cluster called shop, as their documentation shows them; safe ones and unsafe ones. */
import type { Reply } from './fake-programs.ts'

const ACCOUNT = '111122223333'
const SUBSCRIPTION = '0b1f6471-1bf0-4dda-aec3-cb9272f09590'
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourcegroups/retail`
const KUBELET = '17609294-676d-43a7-b117-62431e95d9c0'

/** What the three programs answer, by the words that their arguments begin with. */
export interface Answers {
  readonly aws: Readonly<Record<string, Reply>>
  readonly gcloud: Readonly<Record<string, Reply>>
  readonly az: Readonly<Record<string, Reply>>
}

/** `aws eks describe-cluster`. */
export function eksCluster(isSafe: boolean): object {
  return {
    cluster: {
      name: 'shop',
      arn: `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/shop`,
      createdAt: '2026-03-01T09:12:44.361000+00:00',
      version: '1.36',
      endpoint: 'https://9C6E2D1A.gr7.eu-west-1.eks.amazonaws.com',
      roleArn: `arn:aws:iam::${ACCOUNT}:role/shop-cluster`,
      resourcesVpcConfig: {
        subnetIds: ['subnet-0a1', 'subnet-0b2'],
        securityGroupIds: [],
        clusterSecurityGroupId: 'sg-0c3',
        vpcId: 'vpc-0d4',
        endpointPublicAccess: !isSafe,
        endpointPrivateAccess: isSafe,
        publicAccessCidrs: isSafe ? [] : ['0.0.0.0/0'],
      },
      kubernetesNetworkConfig: { serviceIpv4Cidr: '10.100.0.0/16', ipFamily: 'ipv4' },
      logging: {
        clusterLogging: isSafe
          ? [{ types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'], enabled: true }]
          : [
              { types: ['api'], enabled: true },
              { types: ['audit', 'authenticator', 'controllerManager', 'scheduler'], enabled: false },
            ],
      },
      identity: { oidc: { issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/9C6E2D1A' } },
      status: 'ACTIVE',
      certificateAuthority: { data: 'LS0tLS1CRUdJTi1DRVJUSUZJQ0FURS0tLS0t' },
      platformVersion: 'eks.4',
      tags: { team: 'retail', costCentre: '7' },
      ...(isSafe
        ? {
            encryptionConfig: [
              { resources: ['secrets'], provider: { keyArn: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/0e5` } },
            ],
          }
        : {}),
      health: { issues: [] },
      accessConfig: { authenticationMode: isSafe ? 'API' : 'CONFIG_MAP' },
      upgradePolicy: { supportType: 'EXTENDED' },
      deletionProtection: false,
    },
  }
}

function ecrRepositories(isSafe: boolean): object {
  return {
    repositories: ['shop/cart', 'shop/till'].map((name, at) => ({
      repositoryArn: `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/${name}`,
      registryId: ACCOUNT,
      repositoryName: name,
      repositoryUri: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/${name}`,
      createdAt: '2026-03-01T10:00:00+00:00',
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: isSafe || at === 0 },
      encryptionConfiguration: { encryptionType: 'AES256' },
    })),
  }
}

function policy(Action: readonly string[]): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] }
}

/** The part of `aws iam get-account-authorization-details` that is asked for. */
export function iamDetails(isSafe: boolean): object {
  const pull = [
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:GetAuthorizationToken',
    'ecr:GetDownloadUrlForLayer',
  ]
  const worker = 'arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy'
  const registry = `arn:aws:iam::${ACCOUNT}:policy/shop-registry`
  return {
    Roles: [
      {
        RoleName: 'shop-nodes',
        RoleId: 'AROA1',
        Arn: `arn:aws:iam::${ACCOUNT}:role/shop-nodes`,
        Attached: [worker, registry],
        Inline: [{ Name: 'logs', Document: policy(['logs:PutLogEvents']) }],
      },
      { RoleName: 'deploy', RoleId: 'AROA2', Arn: `arn:aws:iam::${ACCOUNT}:role/deploy`, Attached: [], Inline: [] },
    ],
    Policies: [
      { Arn: worker, Document: policy(['ec2:DescribeInstances', 'eks:DescribeCluster']) },
      { Arn: registry, Document: policy(isSafe ? pull : [...pull, 'ecr:PutImage']) },
    ],
  }
}

/** `gcloud container clusters describe`. */
export function gkeCluster(isSafe: boolean): object {
  return {
    name: 'shop',
    location: 'europe-west4',
    zone: 'europe-west4',
    selfLink: 'https://container.googleapis.com/v1/projects/acme-retail/locations/europe-west4/clusters/shop',
    endpoint: '203.0.113.20',
    currentMasterVersion: '1.36.2-gke.1054000',
    status: 'RUNNING',
    addonsConfig: { networkPolicyConfig: { disabled: false }, gcePersistentDiskCsiDriverConfig: { enabled: true } },
    databaseEncryption: isSafe
      ? { state: 'ENCRYPTED', currentState: 'CURRENT_STATE_ENCRYPTED', keyName: 'projects/acme-retail/keys/etcd' }
      : { state: 'DECRYPTED', currentState: 'CURRENT_STATE_DECRYPTED' },
    ipAllocationPolicy: { useIpAliases: true, stackType: 'IPV4' },
    legacyAbac: {},
    loggingConfig: { componentConfig: isSafe ? { enableComponents: ['SYSTEM_COMPONENTS', 'APISERVER'] } : {} },
    ...(isSafe ? { podSecurityPolicyConfig: { enabled: true } } : {}),
    masterAuth: {
      clusterCaCertificate: 'LS0tLS1CRUdJTg==',
      clientKey: 'canary-client-key',
      password: 'canary-password',
    },
    masterAuthorizedNetworksConfig: { enabled: isSafe, gcpPublicCidrsAccessEnabled: false },
    nodePools: [{ name: 'default', config: { machineType: 'e2-standard-4', labels: { someTeam: 'retail' } } }],
    privateClusterConfig: { enablePrivateNodes: isSafe, publicEndpoint: '203.0.113.20', privateEndpoint: '10.0.0.2' },
    resourceLabels: { costCentre: 'seven' },
    shieldedNodes: { enabled: true },
    workloadIdentityConfig: { workloadPool: 'acme-retail.svc.id.goog' },
  }
}

function repository(name: string, format: string, enablementState: string): object {
  return {
    name: `projects/acme-retail/locations/europe-west4/repositories/${name}`,
    format,
    mode: 'STANDARD_REPOSITORY',
    createTime: '2026-03-01T10:00:00.000000Z',
    vulnerabilityScanningConfig: { enablementConfig: 'INHERITED', enablementState },
  }
}

function gkeRepositories(isSafe: boolean): object {
  return [
    repository('images', 'DOCKER', isSafe ? 'SCANNING_ACTIVE' : 'SCANNING_DISABLED'),
    repository('jars', 'MAVEN', 'SCANNING_UNSUPPORTED'),
  ]
}

const PROJECT_POLICY = {
  bindings: [
    { role: 'roles/artifactregistry.writer', members: ['user:jane@shop.example.com'] },
    { role: 'roles/owner', members: ['group:admins@shop.example.com'] },
  ],
  etag: 'BwYx',
  version: 1,
}

/** `az aks show`: the fields of Azure's `properties` lie beside the others, some under other spellings. */
export function aksCluster(isSafe: boolean): object {
  return {
    aadProfile: isSafe ? { managed: true, enableAzureRbac: true, serverAppSecret: null } : null,
    agentPoolProfiles: [{ name: 'system', count: 3, enableEncryptionAtHost: isSafe, nodeLabels: { enableRbac: 'x' } }],
    apiServerAccessProfile: isSafe
      ? { authorizedIpRanges: ['203.0.113.0/24'], enablePrivateCluster: true, enablePrivateClusterPublicFqdn: false }
      : null,
    azurePortalFqdn: 'shop-retail-0b1f64-d4f92eaa.portal.hcp.westeurope.azmk8s.io',
    currentKubernetesVersion: '1.36.1',
    disableLocalAccounts: isSafe,
    dnsPrefix: 'shop-retail-0b1f64',
    enableRbac: isSafe,
    fqdn: 'shop-retail-0b1f64-d4f92eaa.hcp.westeurope.azmk8s.io',
    id: `${GROUP}/providers/Microsoft.ContainerService/managedClusters/shop`,
    identity: { principalId: '48f72951-3f19-4276-8bae-e848eaf6d307', type: 'SystemAssigned' },
    identityProfile: {
      kubeletidentity: {
        clientId: '257127eb-da24-4079-96f4-f03d2a92ecf2',
        objectId: KUBELET,
        resourceId: `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/shop-agentpool`,
      },
    },
    kubernetesVersion: '1.36',
    linuxProfile: { adminUsername: 'azureuser', ssh: { publicKeys: [{ keyData: 'ssh-rsa canary' }] } },
    location: 'westeurope',
    name: 'shop',
    networkProfile: {
      dnsServiceIp: '10.0.0.10',
      networkPlugin: 'azure',
      networkPolicy: isSafe ? 'azure' : 'none',
      outboundType: 'loadBalancer',
    },
    nodeResourceGroup: 'MC_retail_shop_westeurope',
    privateFqdn: null,
    resourceGroup: 'retail',
    securityProfile: isSafe
      ? {
          azureKeyVaultKms: { enabled: true, keyId: 'https://shop.vault.azure.net/keys/etcd/0' },
          defender: { securityMonitoring: { enabled: true } },
        }
      : { azureKeyVaultKms: null, defender: null },
    servicePrincipalProfile: { clientId: 'msi', secret: null },
    sku: { name: 'Base', tier: 'Standard' },
    tags: { enableRbac: 'no' },
    type: 'Microsoft.ContainerService/ManagedClusters',
    windowsProfile: { adminPassword: 'canary-password', adminUsername: 'azureuser' },
  }
}

const PULL_ROLE = '7f951dda-4ed3-4680-a7ca-43fe172d538d'
const PUSH_ROLE = '8311e382-0749-4cb8-b61a-304f252e45ec'

function role(id: string): string {
  return `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${id}`
}

function assignment(name: string, principalId: string, principalType: string, roleDefinitionId: string): object {
  return {
    condition: null,
    id: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    principalId,
    principalName: name,
    principalType,
    resourceGroup: 'retail',
    roleDefinitionId,
    roleDefinitionName: 'some',
    scope: `${GROUP}/providers/Microsoft.ContainerRegistry/registries/shop`,
    type: 'Microsoft.Authorization/roleAssignments',
  }
}

function roleAssignments(isSafe: boolean): object {
  return [
    assignment('nodes', KUBELET, 'ServicePrincipal', role(isSafe ? PULL_ROLE : PUSH_ROLE)),
    // Of a management group: the definition is named without a subscription.
    assignment('jane', 'a1', 'User', `/providers/Microsoft.Authorization/roleDefinitions/${PUSH_ROLE.toUpperCase()}`),
    assignment('builds', 'b2', 'ServicePrincipal', role(PUSH_ROLE)),
  ]
}

function definition(name: string, roleName: string, actions: readonly string[]): object {
  return {
    assignableScopes: ['/'],
    id: role(name),
    name,
    permissions: [{ actions, dataActions: [], notActions: [], notDataActions: [] }],
    roleName,
    roleType: 'BuiltInRole',
    type: 'Microsoft.Authorization/roleDefinitions',
  }
}

function roleDefinitions(): object {
  const registries = 'Microsoft.ContainerRegistry/registries'
  return [
    definition(PULL_ROLE, 'AcrPull', [`${registries}/pull/read`]),
    definition(PUSH_ROLE, 'AcrPush', [`${registries}/pull/read`, `${registries}/push/write`]),
    definition('acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader', ['*/read']),
  ]
}

/** Everything that is asked, about a cluster whose settings are all safe or all unsafe. */
export function answers(isSafe: boolean): Answers {
  return {
    aws: {
      'eks describe-cluster': { json: eksCluster(isSafe) },
      'ecr describe-repositories': { json: ecrRepositories(isSafe) },
      'iam get-account-authorization-details': { json: iamDetails(isSafe) },
    },
    gcloud: {
      'container clusters describe': { json: gkeCluster(isSafe) },
      'artifacts repositories list': { json: gkeRepositories(isSafe) },
      'projects get-iam-policy': { json: PROJECT_POLICY },
    },
    az: {
      'aks show': { json: aksCluster(isSafe) },
      'aks list': {
        json: [{ ...aksCluster(!isSafe), name: 'other', fqdn: 'other.hcp.westeurope.azmk8s.io' }, aksCluster(isSafe)],
      },
      'role assignment list': { json: roleAssignments(isSafe) },
      'role definition list': { json: roleDefinitions() },
    },
  }
}
