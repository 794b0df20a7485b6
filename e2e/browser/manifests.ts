/** Manifests whose reports are looked at in a browser. */

/** Nothing of it is wrong enough for the bundle to matter: no workload at all. */
export const CLEAN = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: quiet
  namespace: shop
  labels: {app: quiet, tier: back, phase: test, version: "1", owner: shop, env: test}
automountServiceAccountToken: false
`

/** One decision about examples/shop. */
export const EXCEPTIONS = JSON.stringify([
  {
    name: 'the collector owns its node',
    policyType: 'postureExceptionPolicy',
    actions: ['alertOnly'],
    resources: [{ designatorType: 'Attributes', attributes: { kind: 'DaemonSet', name: 'log-collector' } }],
    posturePolicies: [{ controlID: 'C-0038' }],
    reason: 'It loads kernel modules.',
    createdBy: 'platform',
    expirationDate: '2099-03-31T00:00:00Z',
  },
])

/** Names and values that would like to be markup, and that are too long for every line. */
export const HOSTILE = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: "</script><script>alert('name')</script>"
  namespace: "\\"><svg onload=alert(1)>' onmouseover='alert(2)"
spec:
  replicas: 2
  template:
    spec:
      hostNetwork: true
      containers:
        - name: "\\u202egnp.exe\\u2028 ]]><!-- <b>&amp;&lt;"
          image: "<img src=http://127.0.0.1:1/x.png>:latest"
          securityContext: {privileged: true, capabilities: {add: ["</style><style>*{display:none}"]}}
---
apiVersion: v1
kind: Pod
metadata:
  name: ${'long'.repeat(70)}
spec:
  containers:
    - name: 商店🚀
      image: ${'x'.repeat(400)}
      command: ["sh", "-c", "</pre></code></html>"]
`
