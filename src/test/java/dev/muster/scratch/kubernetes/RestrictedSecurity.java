package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of the Pod Security Standard `restricted`, and what of a pod breaks them. */
final class RestrictedSecurity {
    private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");

    private RestrictedSecurity() {}

    static List<String> broken(PodSpec pod) {
        List<String> broken = new ArrayList<>();
        note(broken, "hostNetwork", Boolean.TRUE.equals(pod.getHostNetwork()));
        note(broken, "hostPID", Boolean.TRUE.equals(pod.getHostPID()));
        note(broken, "hostIPC", Boolean.TRUE.equals(pod.getHostIPC()));
        pod.getVolumes().forEach(volume -> note(broken, "volume " + volume.getName(), !allowed(volume)));
        note(
                broken,
                "sysctls of the pod",
                !Objects.requireNonNull(pod.getSecurityContext()).getSysctls().isEmpty());
        note(broken, "user 0", Objects.equals(pod.getSecurityContext().getRunAsUser(), 0L));
        Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .forEach(container -> of(container, pod, broken));
        return broken;
    }

    private static void of(Container container, PodSpec pod, List<String> broken) {
        String name = container.getName() + ": ";
        SecurityContext own = container.getSecurityContext();
        if (own == null) {
            broken.add(name + "no securityContext");
            return;
        }
        note(broken, name + "privileged", Boolean.TRUE.equals(own.getPrivileged()));
        note(broken, name + "allowPrivilegeEscalation", !Boolean.FALSE.equals(own.getAllowPrivilegeEscalation()));
        Capabilities capabilities = own.getCapabilities();
        note(
                broken,
                name + "capabilities",
                capabilities == null
                        || !capabilities.getDrop().contains("ALL")
                        || !Set.of("NET_BIND_SERVICE").containsAll(capabilities.getAdd()));
        Boolean notRoot =
                own.getRunAsNonRoot() == null ? pod.getSecurityContext().getRunAsNonRoot() : own.getRunAsNonRoot();
        note(broken, name + "runAsNonRoot", !Boolean.TRUE.equals(notRoot));
        note(broken, name + "user 0", Objects.equals(own.getRunAsUser(), 0L));
        String profile = own.getSeccompProfile() != null
                ? own.getSeccompProfile().getType()
                : pod.getSecurityContext().getSeccompProfile() == null
                        ? ""
                        : pod.getSecurityContext().getSeccompProfile().getType();
        note(broken, name + "seccompProfile", !PROFILES.contains(profile));
        note(
                broken,
                name + "hostPort",
                container.getPorts().stream()
                        .map(ContainerPort::getHostPort)
                        .anyMatch(port -> port != null && port > 0));
        note(
                broken,
                name + "procMount",
                own.getProcMount() != null && !own.getProcMount().equals("Default"));
    }

    private static boolean allowed(Volume volume) {
        return volume.getConfigMap() != null
                || volume.getCsi() != null
                || volume.getDownwardAPI() != null
                || volume.getEmptyDir() != null
                || volume.getEphemeral() != null
                || volume.getPersistentVolumeClaim() != null
                || volume.getProjected() != null
                || volume.getSecret() != null;
    }

    private static void note(List<String> broken, String rule, boolean breaks) {
        if (breaks) {
            broken.add(rule);
        }
    }
}
