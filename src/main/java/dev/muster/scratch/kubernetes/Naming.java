package dev.muster.scratch.kubernetes;

import dev.muster.drill.ClusterPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the objects of a drill's scratch are called.
 *
 * @param fixed the namespace that an administrator has prepared; absent means that the drill gets one of its own
 */
record Naming(String drill, String installation, Optional<String> fixed) {
    private static final int LONGEST = 63;
    private static final int DIGITS = 10;

    static Naming of(String drill, ClusterPlan plan, ClusterSettings settings) {
        return new Naming(drill, settings.installation(), plan.namespace());
    }

    String namespace() {
        return fixed.orElseGet(() -> fitting("muster-" + drill));
    }

    /** The name of an object; where drills share a namespace, each drill's are its own. */
    String object(String name) {
        return fixed.isPresent() ? name + "-" + digest() : name;
    }

    /** The drill as a label's value. */
    String label() {
        return fitting(drill);
    }

    /** What every object of the scratch carries. */
    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(ofInstallation(installation));
        labels.put(Labels.DRILL, label());
        return labels;
    }

    /** What every object of every scratch of an installation carries. */
    static Map<String, String> ofInstallation(String installation) {
        return Map.of(Labels.MANAGED_BY, Labels.MUSTER, Labels.INSTALLATION, installation);
    }

    /** Kubernetes takes small letters, digits and hyphens; what differs from that or is too long gets a digest. */
    private String fitting(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        if (plain.equals(name) && name.length() <= LONGEST) {
            return name;
        }
        String cut = plain.substring(0, Math.min(plain.length(), LONGEST - DIGITS - 1));
        return cut + "-" + digest();
    }

    private String digest() {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(drill.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
