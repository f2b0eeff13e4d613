package dev.muster.check.filestore;

/**
 * What a file turned out to be.
 *
 * @param bytes how many bytes were read of it
 */
record Inspected(NamedFile file, Condition condition, long bytes) {

    enum Condition {
        SOUND("sound"),
        SIZED("of the recorded size, content not compared"),
        UNPROVEN("no recorded digest"),
        MISSING("missing"),
        WRONG_SIZE("another size than recorded"),
        WRONG_DIGEST("another digest than recorded"),
        CONTRADICTED("rows that contradict each other"),
        REFUSED("not a plain file within the filestore");

        private final String words;

        Condition(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        /** Whether something is wrong with the file, and not only unknown. */
        boolean fault() {
            return this != SOUND && this != SIZED && this != UNPROVEN;
        }
    }

    static Inspected compare(NamedFile file, ContentDigest content) {
        Condition condition = wrong(file, content.bytes()) ? size(file) : digest(file, content.hex());
        return new Inspected(file, condition, content.bytes());
    }

    /** Compares what can be compared without reading the file. */
    static Inspected weigh(NamedFile file, long size) {
        Condition condition =
                wrong(file, size) ? size(file) : file.size().isPresent() ? Condition.SIZED : Condition.UNPROVEN;
        return new Inspected(file, condition, 0);
    }

    private static boolean wrong(NamedFile file, long size) {
        return file.contradicted() || (file.size().isPresent() && file.size().getAsLong() != size);
    }

    private static Condition size(NamedFile file) {
        return file.contradicted() ? Condition.CONTRADICTED : Condition.WRONG_SIZE;
    }

    private static Condition digest(NamedFile file, String hex) {
        return file.digest()
                .map(recorded -> recorded.equals(hex) ? Condition.SOUND : Condition.WRONG_DIGEST)
                .orElse(Condition.UNPROVEN);
    }
}
