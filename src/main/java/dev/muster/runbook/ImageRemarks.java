package dev.muster.runbook;

import dev.muster.runbook.yaml.Entry;
import java.util.ArrayList;
import java.util.List;

/** Finds images that are not named by their digest, so that nobody can say later which bytes a drill has run. */
final class ImageRemarks {
    private final Entry root;

    ImageRemarks(Entry root) {
        this.root = root;
    }

    List<Misprint> remarks() {
        List<Entry> images = new ArrayList<>();
        images.add(root.at("scratch").at("kubernetes").at("image"));
        root.at("applications").entries().values().forEach(application -> images.add(application.at("image")));
        root.at("steps")
                .items()
                .forEach(step -> images.add(step.at("restore").at("cluster").at("image")));
        return images.stream()
                .filter(image -> image.text()
                        .filter(name -> !name.matches(".*@sha256:[0-9a-f]{64}"))
                        .isPresent())
                .map(image -> image.misprint(
                        "`" + image.path() + "` does not name its image by digest, so another one may run next time",
                        "Write "
                                + image.text()
                                        .orElse("")
                                        .replaceFirst("@.*$", "")
                                        .replaceFirst(":[^/:]*$", "") + "@sha256:... as your registry shows it."))
                .toList();
    }
}
