/** Manifests that the reports of tests are made from. */
import type { Texts } from './text-source.ts'

/** A Pod with one thing wrong: its container is privileged. */
export const ONE = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: registry.example.com/shop/web:1.0.0
      securityContext:
        privileged: true
`

/** A shop: four files with several documents each, one of which cannot be read. */
export const MANY: Texts = {
  'apps/cart.yaml': `# The cart.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: shop
spec:
  replicas: 2
  strategy: {type: Recreate}
  selector:
    matchLabels: {app: cart}
  template:
    metadata:
      labels: {app: cart}
    spec:
      serviceAccountName: cart
      hostNetwork: true # for the sniffer
      containers:
        - name: cart
          image: registry.example.com/shop/cart:1.4.2
          env:
            - name: DB_PASSWORD
              value: not-a-real-password
          ports:
            - containerPort: 8080
              hostPort: 8080
          securityContext:
            privileged: true
            capabilities:
              add:
                - NET_ADMIN
                - SYS_ADMIN
        - {name: proxy, image: "registry.example.com/shop/proxy:2.0.0", securityContext: {privileged: true}}
---
apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
spec:
  type: LoadBalancer
  selector: {app: cart}
  ports:
    - port: 80
---
apiVersion: v1
kind: Service
metadata: {name: broken
`,
  'platform/agent.yaml': `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: platform
  labels: {app: agent}
spec:
  selector:
    matchLabels: {app: agent}
  template:
    metadata:
      labels: {app: agent}
    spec:
      hostPID: true
      automountServiceAccountToken: false
      containers:
        - name: agent
          image: registry.example.com/platform/agent
          securityContext:
            privileged: true
            readOnlyRootFilesystem: true
          volumeMounts:
            - {name: root, mountPath: /host}
      volumes:
        - name: root
          hostPath: {path: /}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: agent
  namespace: platform
data:
  aws_access_key: not-a-real-key
`,
  'platform/charts.yaml': `---
---
# Comes after an empty document.
apiVersion: apps/v1
kind: Deployment
metadata: {name: charts, namespace: platform}
spec:
  selector: {matchLabels: {app: charts}}
  template:
    metadata: {labels: {app: charts}}
    spec:
      containers:
        - name: grafana
          image: docker.io/grafana/grafana:9.2.3
          resources:
            limits: {memory: 1Gi}
`,
  'rbac.yaml': `apiVersion: v1
kind: ServiceAccount
metadata: {name: cart, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: everything
  namespace: shop
rules:
  - apiGroups: ["*"]
    resources: ["*"]
    verbs: ["*"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: cart-does-everything
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: everything
subjects:
  - kind: ServiceAccount
    name: cart
    namespace: shop
---
apiVersion: batch.example.com/v1
kind: Task
metadata:
  name: nightly
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: nightly
          image: registry.example.com/shop/nightly:1.0.0
`,
}

const NASTY = [
  '\\e[31mred\\e[0m',
  '</td><script>alert(1)</script>',
  '| a | b |',
  "=HYPERLINK('x')",
  '::error file=x::y%0A',
  '\\u202Eabc\\a\\0\\u2028\\x9b2J',
  ']]>&amp;<!--',
  '😀 日本 ﷽',
  '{{ .Values }} ${HOME} $(id) `id`',
  '# heading [link](javascript:alert(1)) ***',
].join('\\n')

/** Objects whose names and values are attacks, in a file whose name is one. */
export const HOSTILE: Texts = {
  'a b/%41#?&"<é>\u202E\u001b[31m,::.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: "${NASTY}"
  namespace: "a\\tb,;'\\u0085"
spec:
  hostNetwork: true   # a comment with ]]> and <b>
  hostPID: true
  containers:
    - name: "+1\\r\\n${NASTY}"
      image: "registry.example.com/${NASTY}:latest"
      ports:
        - hostPort: 80
      securityContext: {privileged: true, capabilities: {add: ["SYS_ADMIN", "@NET_ADMIN\\e[8m"]}}
      env:
        - {name: "PASSWORD", value: "not-a-real-secret"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: "-1+1\\ud800"}
data: {"__proto__": "x", "${NASTY}": "password=not-a-real-secret"}
`,
}

/** Pods with a dozen failures each, `each` of them in every file. */
export function pods(files: number, each: number): Texts {
  const text = (file: number): string =>
    Array.from(
      { length: each },
      (_, at) => `apiVersion: v1
kind: Pod
metadata:
  name: web-${file}-${at}
  namespace: team-${file % 7}
spec:
  hostNetwork: ${at % 3 === 0}
  containers:
    - name: web
      image: registry.example.com/team/web:latest
      securityContext:
        privileged: ${at % 2 === 0}
`,
    ).join('---\n')
  return Object.fromEntries(Array.from({ length: files }, (_, file) => [`team/${file}.yaml`, text(file)]))
}
