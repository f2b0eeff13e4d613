package dev.muster.runbook;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Git checkout around a folder, if there is one; it is read only. */
public final class Checkout {
    private static final Logger LOG = LoggerFactory.getLogger(Checkout.class);

    /** No runbook is larger; what is, was not the file that was read. */
    private static final int LARGEST = 1 << 24;

    private final Path folder;
    private final Optional<String> head;

    public Checkout(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.head = in(repository ->
                Optional.ofNullable(repository.resolve(Constants.HEAD)).map(ObjectId::getName));
    }

    /** The commit that is checked out. */
    public Optional<String> head() {
        return head;
    }

    /**
     * The commit, and a word on it when the file is not what the commit has for it; nothing for a file that it does not
     * have at all, such as one in an ignored folder.
     *
     * @param sha256 of the file's bytes as they were read
     */
    Optional<String> commit(Path file, String sha256) {
        return head.flatMap(commit ->
                committed(commit, file).map(committed -> committed.equals(sha256) ? commit : commit + " with changes"));
    }

    private Optional<String> committed(String commit, Path file) {
        return in(repository -> {
            Path top = repository.getWorkTree().toPath().toRealPath();
            String path = top.relativize(folder.toRealPath().resolve(file.getFileName()))
                    .toString();
            try (RevWalk walk = new RevWalk(repository);
                    TreeWalk tree = TreeWalk.forPath(
                            repository,
                            path,
                            walk.parseCommit(ObjectId.fromString(commit)).getTree())) {
                return tree == null
                        ? Optional.empty()
                        : Optional.of(
                                sha256(repository.open(tree.getObjectId(0)).getBytes(LARGEST)));
            }
        });
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A question to the repository. */
    private interface Question<R> {
        Optional<R> ask(Repository repository) throws IOException;
    }

    private <R> Optional<R> in(Question<R> question) {
        FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(folder.toFile());
        File found = builder.getGitDir();
        if (found == null) {
            return Optional.empty();
        }
        try (Repository repository = builder.build()) {
            return repository.isBare() ? Optional.empty() : question.ask(repository);
        } catch (IOException damaged) {
            LOG.warn("The Git checkout around {} cannot be read", folder, damaged);
            return Optional.empty();
        }
    }
}
