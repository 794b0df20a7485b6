# Services with the workloads that they select, in the same namespace, by all labels.
package bench.self_join

import rego.v1

deny contains result if {
	service := input[_]
	service.kind == "Service"
	service.spec.type in ["NodePort", "LoadBalancer"]
	workload := input[_]
	workload.kind == "Deployment"
	namespace_of(workload) == namespace_of(service)
	selects(service, workload)
	result := {
		"alertMessage": sprintf("%v reaches %v", [service.metadata.name, workload.metadata.name]),
		"alertObject": {"k8sApiObjects": [workload]},
		"relatedObjects": [{"object": service}],
	}
}

deny contains result if {
	account := input[_]
	account.kind == "ServiceAccount"
	binding := input[_]
	binding.kind == "ClusterRoleBinding"
	subject := binding.subjects[_]
	subject.kind == "ServiceAccount"
	subject.name == account.metadata.name
	role := input[_]
	role.kind == "ClusterRole"
	role.metadata.name == binding.roleRef.name
	rule := role.rules[i]
	"secrets" in rule.resources
	some verb in rule.verbs
	verb in {"get", "list", "watch", "*"}
	result := {
		"alertMessage": sprintf("%v may read secrets", [account.metadata.name]),
		"failedPaths": [sprintf("rules[%d].verbs", [i])],
		"alertObject": {"k8sApiObjects": [account]},
		"relatedObjects": [{"object": binding}, {"object": role}],
	}
}

namespace_of(object) := object.metadata.namespace

namespace_of(object) := "default" if not object.metadata.namespace

selects(service, workload) if {
	count(service.spec.selector) > 0
	every key, value in service.spec.selector {
		workload.spec.template.metadata.labels[key] == value
	}
}
