/**
 * The module `data.kubernetes.api.client`, which some published rules import: written anew. Its queries ask the API server by
 * `http.send`, which is refused whatever they ask for, so that rules that call them are skipped; those that only import it run.
 */

export const KUBERNETES_CLIENT = `package kubernetes.api.client

import rego.v1

token := data.k8sconfig.token

host := data.k8sconfig.host

crt_file := data.k8sconfig.crtfile

client_crt_file := data.k8sconfig.clientcrtfile

client_key_file := data.k8sconfig.clientkeyfile

resource_group_mapping := {
	"clusterrolebindings": "apis/rbac.authorization.k8s.io/v1",
	"clusterroles": "apis/rbac.authorization.k8s.io/v1",
	"configmaps": "api/v1",
	"cronjobs": "apis/batch/v1",
	"daemonsets": "apis/apps/v1",
	"deployments": "apis/apps/v1",
	"endpoints": "api/v1",
	"ingresses": "apis/networking.k8s.io/v1",
	"jobs": "apis/batch/v1",
	"namespaces": "api/v1",
	"networkpolicies": "apis/networking.k8s.io/v1",
	"nodes": "api/v1",
	"persistentvolumeclaims": "api/v1",
	"persistentvolumes": "api/v1",
	"pods": "api/v1",
	"replicasets": "apis/apps/v1",
	"rolebindings": "apis/rbac.authorization.k8s.io/v1",
	"roles": "apis/rbac.authorization.k8s.io/v1",
	"secrets": "api/v1",
	"serviceaccounts": "api/v1",
	"services": "api/v1",
	"statefulsets": "apis/apps/v1",
}

query_name_ns(resource, name, namespace) := http.send({
	"method": "get",
	"url": concat("/", ["namespaces", namespace, resource, name]),
})

query_label_selector_ns(resource, selector, namespace) := http.send({
	"method": "get",
	"url": concat("/", ["namespaces", namespace, resource]),
	"selector": selector,
})

query_all(resource) := http.send({"method": "get", "url": resource})

query_all_no_auth(resource) := http.send({"method": "get", "url": resource})

query_all_ns(resource, namespace) := http.send({"method": "get", "url": concat("/", ["namespaces", namespace, resource])})

label_map_to_query_string(labels) := concat(",", [concat("=", [key, value]) | some key, value in labels])

field_transform_to_qry_param(name, fields) := concat(",", [text |
	some key, value in fields
	text := concat("=", [concat(".", [name, key]), value])
])
`
