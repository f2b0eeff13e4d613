package dev.muster.backup.bucket;

import dev.muster.backup.SessionSettings;
import dev.muster.backup.VaultSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** What keys may do that are made for one purpose, besides all that their role forbids. */
final class SessionPolicy {
    private static final Pattern PARTITION = Pattern.compile("arn:(aws[a-z-]*):.*");
    private static final JsonMapper JSON = new JsonMapper();

    private final VaultSettings settings;
    private final String bucket;

    SessionPolicy(VaultSettings settings, SessionSettings session) {
        this.settings = settings;
        Matcher partition = PARTITION.matcher(session.role());
        this.bucket = "arn:" + (partition.matches() ? partition.group(1) : "aws") + ":s3:::" + settings.bucket();
    }

    /** To look at whatever is in the bucket, and how it is kept. */
    String looking() {
        return text(List.of(allow(List.of("s3:Get*", "s3:List*"), List.of(bucket, bucket + "/*"))), "kms:Decrypt");
    }

    /** To read below a few prefixes, as the worker of a drill does. */
    String reading(KeyWish wish) {
        List<String> below =
                wish.prefixes().stream().map(SessionPolicy::beginning).toList();
        return text(
                List.of(
                        allow(List.of("s3:GetObject", "s3:GetObjectVersion"), objects(below)),
                        Map.of(
                                "Effect",
                                "Allow",
                                "Action",
                                "s3:ListBucket",
                                "Resource",
                                bucket,
                                "Condition",
                                // Whoever asks whether the bucket is there names no prefix.
                                Map.of(
                                        wish.bucketItself() ? "StringLikeIfExists" : "StringLike",
                                        Map.of("s3:prefix", below)))),
                "kms:Decrypt");
    }

    /** To add objects below a prefix. */
    String adding(String prefix) {
        return text(
                List.of(allow(List.of("s3:PutObject", "s3:PutObjectRetention"), objects(List.of(beginning(prefix))))),
                "kms:GenerateDataKey",
                "kms:Decrypt");
    }

    private List<String> objects(List<String> below) {
        return below.stream().map(beginning -> bucket + "/" + beginning).toList();
    }

    /** What begins so; characters that mean something in a pattern mean themselves. */
    private static String beginning(String prefix) {
        return prefix.replaceAll("[*?$]", Matcher.quoteReplacement("${") + "$0}") + "*";
    }

    /** AWS opens objects that a key of its own encrypts only to those who may use that key; other servers know no such thing. */
    private String text(List<Map<String, Object>> statements, String... forKeys) {
        List<Map<String, Object>> all = new ArrayList<>(statements);
        if (settings.endpoint().isEmpty()) {
            all.add(Map.of(
                    "Effect",
                    "Allow",
                    "Action",
                    List.of(forKeys),
                    "Resource",
                    "*",
                    "Condition",
                    Map.of("StringLike", Map.of("kms:ViaService", "s3." + settings.region() + ".amazonaws.com*"))));
        }
        return JSON.writeValueAsString(Map.of("Version", "2012-10-17", "Statement", all));
    }

    private static Map<String, Object> allow(List<String> actions, List<String> resources) {
        return Map.of("Effect", "Allow", "Action", actions, "Resource", resources);
    }
}
