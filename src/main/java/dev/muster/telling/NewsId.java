package dev.muster.telling;

import dev.muster.drill.News;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells one news from another: the same is told once, whoever notices it and however often. */
final class NewsId {
    private static final int BYTES = 16;

    private NewsId() {}

    /** A drill ends once; what else happens is the same when it is said in the same words. */
    static String of(News news) {
        String identity =
                news.kind() + "\n" + news.subject() + "\n" + news.drill().orElse(news.what());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return "news-" + HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
