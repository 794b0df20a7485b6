package trusted_registry_test

import data.trusted_registry

registries := ["registry.example/"]

pod(images) := {"kind": "Pod", "spec": {"containers": [{"image": image} | some image in images]}}

findings(object) := found if {
	found := trusted_registry.deny with input as object
		with data.postureControlInputs.trustedRegistries as registries
}

test_names_the_image_that_is_not_trusted if {
	some result in findings(pod(["registry.example/web:1", "docker.io/library/nginx:1"]))
	result.path == "spec.containers[1].image"
}

test_finds_images_of_templates if {
	deployment := {"kind": "Deployment", "spec": {"template": {"spec": {"initContainers": [{"image": "busybox"}]}}}}
	some result in findings(deployment)
	result.path == "spec.template.spec.initContainers[0].image"
}

test_passes_images_of_ours if count(findings(pod(["registry.example/web:1"]))) == 0
