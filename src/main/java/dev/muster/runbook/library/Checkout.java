package dev.muster.runbook.library;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Git checkout around a folder, if there is one; it is read only. */
final class Checkout {
    private static final Logger LOG = LoggerFactory.getLogger(Checkout.class);

    private final Path folder;
    private final Optional<String> head;

    Checkout(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.head = in(repository ->
                Optional.ofNullable(repository.resolve(Constants.HEAD)).map(ObjectId::getName));
    }

    /** The commit that is checked out. */
    Optional<String> head() {
        return head;
    }

    /** The commit, and a word on it when the content is not what the commit has for the file. */
    Optional<String> commit(Path file, byte[] content) {
        return head.map(commit -> committed(commit, file)
                        .equals(Optional.of(new ObjectInserter.Formatter().idFor(Constants.OBJ_BLOB, content)))
                ? commit
                : commit + " with changes");
    }

    private Optional<ObjectId> committed(String commit, Path file) {
        return in(repository -> {
            Path top = repository.getWorkTree().toPath().toRealPath();
            String path = top.relativize(folder.toRealPath().resolve(file.getFileName()))
                    .toString();
            try (RevWalk walk = new RevWalk(repository);
                    TreeWalk tree = TreeWalk.forPath(
                            repository,
                            path,
                            walk.parseCommit(ObjectId.fromString(commit)).getTree())) {
                return Optional.ofNullable(tree).map(found -> found.getObjectId(0));
            }
        });
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
