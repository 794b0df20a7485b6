/**
 * The module `data.kubernetes.api.client`, which some published rules import: written anew. It asks the API server by `http.send`,
 * which is refused, so rules that call its queries are skipped; those that only import it run.
 */

export const KUBERNETES_CLIENT = `package kubernetes.api.client

import rego.v1

token := data.k8sconfig.token

host := data.k8sconfig.host

crt_file := data.k8sconfig.crtfile

client_crt_file := data.k8sconfig.clientcrtfile

client_key_file := data.k8sconfig.clientkeyfile

resource_group_mapping := {
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
	"secrets": "api/v1",
	"serviceaccounts": "api/v1",
	"services": "api/v1",
	"statefulsets": "apis/apps/v1",
	"clusterrolebindings": "apis/rbac.authorization.k8s.io/v1",
	"clusterroles": "apis/rbac.authorization.k8s.io/v1",
	"rolebindings": "apis/rbac.authorization.k8s.io/v1",
	"roles": "apis/rbac.authorization.k8s.io/v1",
}

# A certificate of the client where there is one, else its token.
request(url) := {
	"url": url,
	"method": "get",
	"raise_error": true,
	"headers": {"authorization": sprintf("Bearer %v", [token])},
	"tls_ca_cert_file": crt_file,
	"tls_client_cert_file": object.get(data.k8sconfig, "clientcrtfile", ""),
	"tls_client_key_file": object.get(data.k8sconfig, "clientkeyfile", ""),
}

query_name_ns(resource, name, namespace) := http.send(request(sprintf("%v/%v/namespaces/%v/%v/%v", [
	host,
	resource_group_mapping[resource],
	namespace,
	resource,
	name,
])))

query_label_selector_ns(resource, selector, namespace) := http.send(request(sprintf("%v/%v/namespaces/%v/%v?labelSelector=%v", [
	host,
	resource_group_mapping[resource],
	namespace,
	resource,
	label_map_to_query_string(selector),
])))

query_all(resource) := http.send(request(sprintf("%v/%v/%v", [host, resource_group_mapping[resource], resource])))

query_all_no_auth(resource) := http.send({
	"url": sprintf("%v/%v/%v", [host, resource_group_mapping[resource], resource]),
	"method": "get",
	"raise_error": true,
	"tls_insecure_skip_verify": true,
})

query_all_ns(resource, namespace) := http.send(request(sprintf("%v/%v/namespaces/%v/%v", [
	host,
	resource_group_mapping[resource],
	namespace,
	resource,
])))

label_map_to_query_string(labels) := concat(",", [sprintf("%v=%v", [key, value]) | some key, value in labels])

field_transform_to_qry_param(name, fields) := concat(",", [sprintf("%v.%v=%v", [name, key, value]) | some key, value in fields])
`
