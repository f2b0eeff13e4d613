package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The volumes of a staged pod: folders of this machine, filled with what the pod's manifest says. */
final class StagedVolumes {
    private final Pod pod;
    private final Path folder;
    private final Map<String, Volume> volumes;

    /**
     * Makes them.
     *
     * @param secrets finds those that the pod names
     */
    StagedVolumes(Pod pod, Path folder, Function<String, Secret> secrets) throws IOException {
        this.pod = pod;
        this.folder = folder;
        this.volumes = pod.getSpec().getVolumes().stream().collect(Collectors.toMap(Volume::getName, each -> each));
        for (Volume volume : volumes.values()) {
            Path made = Files.createDirectories(folder.resolve(volume.getName()));
            if (volume.getSecret() != null) {
                fill(made, secrets.apply(volume.getSecret().getSecretName()));
            } else if (volume.getDownwardAPI() != null) {
                for (DownwardAPIVolumeFile file : volume.getDownwardAPI().getItems()) {
                    Files.writeString(made.resolve(file.getPath()), annotation(file));
                }
            } else {
                long group = pod.getSpec().getSecurityContext().getFsGroup();
                Files.setAttribute(made, "unix:gid", (int) group);
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
            }
        }
    }

    private static void fill(Path folder, Secret secret) throws IOException {
        for (Map.Entry<String, String> entry : secret.getData().entrySet()) {
            Files.write(folder.resolve(entry.getKey()), Base64.getDecoder().decode(entry.getValue()));
        }
    }

    private String annotation(DownwardAPIVolumeFile file) {
        String[] parts = file.getFieldRef().getFieldPath().split("'", -1);
        return pod.getMetadata().getAnnotations().getOrDefault(parts[1], "");
    }

    /** What a container sees of them, in the words of the script that starts it. */
    List<String> mounts(Container container) {
        List<String> words = new ArrayList<>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            EmptyDirVolumeSource empty =
                    Objects.requireNonNull(volumes.get(mount.getName())).getEmptyDir();
            if (empty != null && "Memory".equals(empty.getMedium())) {
                String bytes = Quantity.getAmountInBytes(empty.getSizeLimit()).toPlainString();
                words.addAll(List.of("memory", bytes, mount.getMountPath()));
            } else {
                Path whole = folder.resolve(mount.getName());
                Path part = mount.getSubPath() == null ? whole : whole.resolve(mount.getSubPath());
                words.addAll(List.of("bind", part.toString(), mount.getMountPath()));
            }
        }
        return words;
    }
}
