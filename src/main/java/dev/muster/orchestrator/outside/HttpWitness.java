package dev.muster.orchestrator.outside;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Ledger;
import dev.muster.ledger.Witness;
import dev.muster.signing.SignedNote;
import dev.muster.signing.WitnessKey;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A witness that is asked as c2sp.org/tlog-witness says. */
public record HttpWitness(URI url, WitnessKey key) implements Witness {
    private static final Pattern LINE = Pattern.compile("\u2014 (\\S+) (\\S+)");
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    @Override
    public String name() {
        return "the witness " + key.name();
    }

    @Override
    public Checkpoint cosign(Checkpoint checkpoint, Ledger ledger) throws InterruptedException {
        long known = ledger.checkpoints().all().stream()
                .filter(one -> one.origin().equals(checkpoint.origin()) && one.size() <= checkpoint.size())
                .filter(one -> one.note().signatures().stream()
                        .anyMatch(line -> key.cosigned(one.note().text(), line).isPresent()))
                .mapToLong(Checkpoint::size)
                .max()
                .orElse(0);
        Posting.Answer answer = ask(known, checkpoint, ledger);
        if (answer.status() == CONFLICT) {
            long remembered = size(answer);
            if (remembered > checkpoint.size()) {
                throw new CouldNotRun(new Problem(
                        "The witness remembers " + remembered + " events of this ledger, and it has "
                                + checkpoint.size() + ": lines were cut off its end",
                        name(),
                        "See with `muster ledger verify`, and put the ledger back from a copy."));
            }
            answer = ask(remembered, checkpoint, ledger);
        }
        if (answer.status() == UNPROCESSABLE || answer.status() == CONFLICT) {
            throw new CouldNotRun(new Problem(
                    "The witness remembers another ledger than this: what was signed before was rewritten, or there are"
                            + " two of it",
                    name(),
                    "See with `muster ledger verify`, and ask who runs the witness for the checkpoint that it has."));
        }
        if (answer.status() != 200) {
            throw new CouldNotRun(new Problem(
                    "The witness does not sign: its answer was " + answer.status(),
                    name(),
                    "A witness must know a ledger before it signs for it: give who runs it the line that `muster ledger"
                            + " checkpoint --json` prints as `noteKey`."));
        }
        return signed(checkpoint, answer);
    }

    private Posting.Answer ask(long known, Checkpoint checkpoint, Ledger ledger) throws InterruptedException {
        StringBuilder request = new StringBuilder("old ").append(known).append('\n');
        List<byte[]> proof =
                known == 0 || known == checkpoint.size() ? List.of() : ledger.consistency(known, checkpoint);
        proof.forEach(
                hash -> request.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        request.append('\n').append(checkpoint.text());
        String address = url.toString().replaceAll("/$", "") + "/add-checkpoint";
        return new Posting(name()).post(address, request.toString());
    }

    private long size(Posting.Answer answer) {
        String text = answer.text().strip();
        if (!text.matches("[0-9]{1,18}")) {
            throw new CouldNotRun(new Problem(
                    "The witness remembers another size of this ledger and does not say which",
                    name(),
                    "Ask who runs the witness whether it speaks c2sp.org/tlog-witness."));
        }
        return Long.parseLong(text);
    }

    private Checkpoint signed(Checkpoint checkpoint, Posting.Answer answer) {
        Optional<SignedNote.Line> signature = answer.text()
                .lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new SignedNote.Line(line.group(1), line.group(2)))
                .filter(line -> key.cosigned(checkpoint.note().text(), line).isPresent())
                .findFirst();
        return checkpoint.with(signature.orElseThrow(() -> new CouldNotRun(new Problem(
                "The witness answered without a signature of its key over this checkpoint",
                name(),
                "Compare `ledger.witnesses` in the settings with the key that the witness publishes."))));
    }
}
