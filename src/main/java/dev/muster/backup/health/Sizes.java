package dev.muster.backup.health;

import dev.muster.drill.BackupFormat;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Promises;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultQuestion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Is the newest backup as large as its forerunners lead one to expect? */
final class Sizes implements Question {
    private static final int HISTORY = 30;
    private static final int LEAST = 4;
    /** Turns a median deviation into what a standard deviation would be. */
    private static final double SPREAD = 1.4826;

    private static final double OUTLYING = 3;

    /** Of the others some are increments, which are small by nature. */
    private static final Set<BackupFormat> WHOLE =
            Set.of(BackupFormat.PG_DUMP, BackupFormat.PG_BASEBACKUP, BackupFormat.ODOO_ZIP, BackupFormat.TAR);

    @Override
    public VaultQuestion name() {
        return VaultQuestion.SIZES;
    }

    @Override
    public boolean promised(Promises promises) {
        return !promises.equals(Promises.NONE);
    }

    @Override
    public VaultAnswer ask(Holdings holdings) {
        Reply reply = new Reply(this);
        List<Generation> all = holdings.generations();
        holdings.newest().ifPresent(newest -> reply.seen("newest", newest.bytes() + " bytes"));
        if (!WHOLE.contains(holdings.source().format())) {
            return reply.seen("not compared", "backups of this format may be increments")
                    .notPromised();
        }
        if (all.size() <= LEAST) {
            return reply.seen("not compared", "there are fewer than " + LEAST + " before the newest")
                    .notPromised();
        }
        Generation newest = all.get(0);
        double[] before = all.subList(1, Math.min(all.size(), 1 + HISTORY)).stream()
                .mapToDouble(Generation::bytes)
                .toArray();
        double usual = median(before);
        double spread = SPREAD
                * median(Arrays.stream(before)
                        .map(size -> Math.abs(size - usual))
                        .toArray());
        reply.seen("usual", Math.round(usual) + " bytes, the median of " + before.length + " before it")
                .seen("spread", Math.round(spread) + " bytes");
        if (newest.bytes() > 2 * usual && newest.bytes() - usual > OUTLYING * spread) {
            reply.find(
                    Finding.Severity.NOTE,
                    new Problem(
                            "The newest backup of the " + holdings.asset() + " is more than twice as large as usual",
                            newest.head().address(),
                            "Find out what has grown; see that the room for backups and restores suffices."));
        }
        if (!promised(holdings.promises())) {
            return reply.notPromised();
        }
        boolean small = newest.bytes() <= usual / 2 && usual - newest.bytes() > OUTLYING * spread;
        return reply.judged(
                small
                        ? Optional.of(new Problem(
                                "The newest backup of the " + holdings.asset() + " has " + newest.bytes()
                                        + " bytes, where " + Math.round(usual) + " are usual",
                                newest.head().address(),
                                "Look what is missing in it: an emptied table, a database that was left out, a job that"
                                        + " broke off without saying so. Drill the one before with --backup "
                                        + holdings.asset() + "="
                                        + all.get(1).head().key() + "."))
                        : Optional.empty());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
