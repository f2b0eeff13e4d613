package dev.muster.backup.bucket;

import dev.muster.drill.Backup;
import dev.muster.drill.Problem;
import dev.muster.drill.StoredObject;
import java.util.stream.Collectors;

/** An object of a backup whose bytes are not the ones that a digest promises. */
record OtherBytes(Backup backup, StoredObject object, String where) {

    /** Who has to look after what. */
    Problem problem(Protection protection) {
        String differing = protection.different().stream()
                .map(one -> "their " + one.expected().algorithm().label() + " is " + one.found() + ", but should be "
                        + one.expected().hex() + " (" + one.expected().source() + ")")
                .collect(Collectors.joining("; "));
        String agreeing = protection.same().stream()
                .map(one -> "; right is their " + one.expected())
                .collect(Collectors.joining());
        String olderOne =
                "Choose an older backup with --backup " + backup.asset().label() + "=KEY, or run the backup job again.";
        if (protection.confirmedByVault()) {
            return new Problem(
                    "The bytes of " + object.name() + " are not the ones that were backed up: " + differing + agreeing,
                    where,
                    olderOne + " The vault returns what it was given: either the bytes were damaged before they were"
                            + " stored, or a digest is of another backup. Compare with the file where it was made.");
        }
        return new Problem(
                "The bytes of " + object.name() + " are not the ones that were stored: read twice, " + differing
                        + agreeing,
                where,
                olderOne + " Tell whoever runs the vault that it returns other bytes than it was given.");
    }
}
