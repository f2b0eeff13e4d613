package dev.muster.check.filestore;

/**
 * What a file turned out to be.
 *
 * @param bytes how many bytes were read of it
 */
record Inspected(NamedFile file, Condition condition, long bytes) {

    enum Condition {
        SOUND("sound"),
        UNPROVEN("no recorded SHA-1"),
        MISSING("missing"),
        WRONG_SIZE("another size than recorded"),
        WRONG_DIGEST("another SHA-1 than recorded"),
        CONTRADICTED("rows that contradict each other"),
        REFUSED("not a plain file within the filestore");

        private final String words;

        Condition(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        /** Whether a plain file of that name lies in the filestore, right or wrong. */
        boolean there() {
            return this != MISSING && this != REFUSED;
        }
    }

    static Inspected compare(NamedFile file, Sha1 content) {
        return new Inspected(file, condition(file, content), content.bytes());
    }

    private static Condition condition(NamedFile file, Sha1 content) {
        if (file.contradicted()) {
            return Condition.CONTRADICTED;
        }
        if (file.size().isPresent() && file.size().getAsLong() != content.bytes()) {
            return Condition.WRONG_SIZE;
        }
        return file.sha1()
                .map(sha1 -> sha1.equals(content.hex()) ? Condition.SOUND : Condition.WRONG_DIGEST)
                .orElse(Condition.UNPROVEN);
    }
}
