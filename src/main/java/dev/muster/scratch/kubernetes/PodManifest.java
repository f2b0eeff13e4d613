package dev.muster.scratch.kubernetes;

import dev.muster.drill.ClusterPlan;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The pod of a scratch: nothing in it is root, knows the cluster's token, or may do more than a plain process. */
final class PodManifest {
    private static final long GRACE_SECONDS = 5;
    /**
     * A pod's deadline cannot be moved away once it runs, and a scratch may be kept or extended: so this much comes
     * after its time to live, for a pod that nobody is left to remove.
     */
    private static final Duration KEPT_AT_MOST = Duration.ofDays(7);

    private final Naming naming;
    private final PodShape shape;
    private final ClusterPlan plan;

    PodManifest(Naming naming, PodShape shape, ClusterPlan plan) {
        this.naming = naming;
        this.shape = shape;
        this.plan = plan;
    }

    Pod pod(ObjectMeta named, Duration timeToLive, List<HostAlias> aliases, List<String> pullSecrets) {
        boolean inFolderOfNode = plan.volume().kind() == ClusterPlan.Volume.Kind.EMPTY;
        ClusterPlan.Placing placing = plan.placing();
        return new PodBuilder()
                .withMetadata(named)
                .editMetadata()
                .addToAnnotations(placing.annotations())
                .addToAnnotations(new Users(shape.user()).annotations())
                .endMetadata()
                .withNewSpec()
                .withContainers(new Containers(shape, inFolderOfNode).all())
                .withVolumes(volumes(inFolderOfNode))
                .withRestartPolicy("Never")
                .withActiveDeadlineSeconds(timeToLive.plus(KEPT_AT_MOST).toSeconds())
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withServiceAccountName(naming.object("drill"))
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withHostAliases(aliases)
                .withImagePullSecrets(
                        pullSecrets.stream().map(LocalObjectReference::new).toList())
                .withNodeSelector(placing.nodeSelector().isEmpty() ? null : placing.nodeSelector())
                .withTolerations(placing.tolerations().stream()
                        .map(PodManifest::toleration)
                        .toList())
                .withPriorityClassName(placing.priorityClass().orElse(null))
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(shape.user())
                .withRunAsGroup(shape.user())
                .withFsGroup(shape.user())
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .endSpec()
                .build();
    }

    private List<Volume> volumes(boolean inFolderOfNode) {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(
                inFolderOfNode
                        ? folder("data", shape.volume())
                        : new VolumeBuilder()
                                .withName("data")
                                .withNewPersistentVolumeClaim()
                                .withClaimName(naming.object("data"))
                                .endPersistentVolumeClaim()
                                .build());
        volumes.add(new VolumeBuilder()
                .withName("secrets")
                .withNewSecret()
                .withSecretName(naming.object("drill"))
                .endSecret()
                .build());
        volumes.add(Users.volume());
        volumes.add(new VolumeBuilder()
                .withName("shared-memory")
                .withNewEmptyDir()
                .withMedium("Memory")
                .withSizeLimit(Quantities.bytes(shape.sharedMemory()))
                .endEmptyDir()
                .build());
        volumes.add(folder("sockets", Containers.ELSEWHERE));
        volumes.add(folder(Containers.WORKER, Containers.ELSEWHERE));
        volumes.add(folder(Containers.DATABASE, Containers.ELSEWHERE));
        shape.applicationImage().ifPresent(image -> volumes.add(folder(Containers.APPLICATION, Containers.ELSEWHERE)));
        return volumes;
    }

    private static Volume folder(String name, long most) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withSizeLimit(Quantities.bytes(most))
                .endEmptyDir()
                .build();
    }

    private static Toleration toleration(ClusterPlan.Toleration asked) {
        return new TolerationBuilder()
                .withKey(asked.key().orElse(null))
                .withOperator(asked.operator().orElse(null))
                .withValue(asked.value().orElse(null))
                .withEffect(asked.effect().orElse(null))
                .build();
    }
}
