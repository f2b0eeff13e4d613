package dev.muster.drill;

import java.util.List;

/**
 * The objects of Kubernetes that make up an application.
 *
 * @param sha256 the digest over the bytes of all their files
 * @param address the service and port at which the application answers
 */
public record Ensemble(List<Manifest> manifests, String sha256, Endpoint address) {
    public Ensemble {
        manifests = List.copyOf(manifests);
    }
}
