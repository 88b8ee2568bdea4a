// Prints into a folder what CDI's operator would install: definitions, rights, webhooks.
// It is taken from where the operator takes it, so that it is what this version has.
package main

import (
	"os"

	"kubevirt.io/containerized-data-importer/pkg/operator/resources"
	"kubevirt.io/containerized-data-importer/pkg/operator/resources/cluster"
	"kubevirt.io/containerized-data-importer/pkg/operator/resources/namespaced"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"
)

const namespace = "cdi"

func main() {
	everywhere := &cluster.FactoryArgs{Namespace: namespace}
	var objects []object
	for _, typed := range all(
		of(cluster.CreateAllStaticResources(everywhere)),
		of(cluster.CreateAllDynamicResources(everywhere)),
		of(namespaced.CreateAllResources(&namespaced.FactoryArgs{Namespace: namespace})),
	) {
		objects = append(objects, generic(typed))
	}
	var own object
	check(yaml.Unmarshal([]byte(resources.CDICRDs["cdi"]), &own))
	write(os.Args[1], "cdi-api", append(objects, own))
}

func of(made []client.Object, err error) []client.Object {
	check(err)
	return made
}

func all(groups ...[]client.Object) []client.Object {
	var together []client.Object
	for _, group := range groups {
		together = append(together, group...)
	}
	return together
}
