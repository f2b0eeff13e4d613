package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.Map;

/**
 * The users that the containers of a pod have names for: PostgreSQL's initdb refuses one without, and which users an
 * image knows is its own affair. They come with the pod, as a file made of an annotation.
 *
 * @param number of the user and group that everything runs as
 */
record Users(long number) {
    private static final String ANNOTATION = "muster.dev/users";
    private static final String VOLUME = "users";
    private static final String FILE = "passwd";

    Map<String, String> annotations() {
        return Map.of(
                ANNOTATION,
                "root:x:0:0::/:/sbin/nologin\nmuster:x:%1$d:%1$d::%2$s:/bin/sh\n"
                        .formatted(number, Containers.SCRATCH));
    }

    static Volume volume() {
        return new VolumeBuilder()
                .withName(VOLUME)
                .withNewDownwardAPI()
                .addNewItem()
                .withPath(FILE)
                .withNewFieldRef()
                .withFieldPath("metadata.annotations['" + ANNOTATION + "']")
                .endFieldRef()
                .endItem()
                .endDownwardAPI()
                .build();
    }

    static VolumeMount mount() {
        return new VolumeMountBuilder()
                .withName(VOLUME)
                .withMountPath("/etc/passwd")
                .withSubPath(FILE)
                .withReadOnly(true)
                .build();
    }
}
