package dev.muster.backup.format;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import java.util.List;
import java.util.Optional;

/** Backups of one object each, any of which may be encrypted as a whole: that hides everything but name and length. */
final class SealedLayout implements Layout {
    private static final int TAIL = 256;
    private static final int AES_BLOCK = 16;

    private final Layout plain;
    private final BackupSource source;

    SealedLayout(Layout plain, BackupSource source) {
        this.plain = plain;
        this.source = source;
    }

    @Override
    public List<StoredObject> heads() throws Unreadable, InterruptedException {
        return plain.heads();
    }

    @Override
    public Optional<Reading> claimedByListing(StoredObject head) {
        return plain.claimedByListing(head);
    }

    @Override
    public Judgement judge(StoredObject object, Probe probe) throws Unreadable, InterruptedException {
        byte[] head = probe.read(0, Seal.HEAD);
        Optional<Seal> seal = Seal.of(head);
        if (seal.isEmpty()) {
            return plain.judge(object, probe);
        }
        if (source.key().isEmpty()) {
            return Judgement.faulty(seal.get().noKey(source.asset()));
        }
        if (Bytes.latin(head).contains("\n-> scrypt ")) {
            return Judgement.faulty("It is encrypted with a pass phrase for age, which asks for it on a terminal only:"
                    + " let the backup job encrypt for a recipient instead, with `age --recipient`");
        }
        Judgement judgement = Judgement.complete(claimed(object));
        return cutShort(seal.get(), head, probe).map(judgement::but).orElse(judgement);
    }

    /** What is encrypted in one piece says little of its end before it is decrypted. */
    private Optional<String> cutShort(Seal seal, byte[] head, Probe probe) throws Unreadable, InterruptedException {
        if (seal == Seal.OPENSSL) {
            boolean inBlocks = source.openssl().cipher().matches("(?i)aes-?\\d+-cbc");
            return !Seal.asText(head) && inBlocks && probe.size() % AES_BLOCK != 0
                    ? Optional.of(
                            "It is cut off: its length is no multiple of the cipher's block of " + AES_BLOCK + " bytes")
                    : Optional.empty();
        }
        String end = seal == Seal.AGE ? "-----END AGE ENCRYPTED FILE-----" : "-----END PGP MESSAGE-----";
        return Seal.asText(head) && !Bytes.latin(probe.tail(TAIL)).contains(end)
                ? Optional.of("It is cut off: its last line \"" + end + "\" is missing")
                : Optional.empty();
    }

    private Reading claimed(StoredObject object) {
        return NameTime.read(object.key().substring(source.prefix().length()), source.zone())
                .orElseGet(() -> Reading.none("it is encrypted, and no time is in its name"));
    }
}
