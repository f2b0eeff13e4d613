/** Opens scratches as pods in namespaces of a Kubernetes cluster: what is asked of the cluster, and what never is. */
package dev.muster.scratch.kubernetes;
