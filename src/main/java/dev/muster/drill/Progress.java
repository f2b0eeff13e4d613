package dev.muster.drill;

/** Where a drill says how far it is, for whoever watches. */
public interface Progress {

    /** A stage begins. */
    void begins(Stage stage);

    /**
     * A piece of work has come this far. Called often; the listener decides what to show.
     *
     * @param work what is being worked on, the same words each time
     * @param total how much there is; zero or less when that is not known
     */
    void advances(String work, long done, long total, Unit unit);

    /** Something worth a line of its own. */
    void says(String line);

    /** What is counted. */
    enum Unit {
        BYTES,
        ITEMS
    }

    /** For those who do not watch. */
    Progress SILENT = new Progress() {
        @Override
        public void begins(Stage stage) {}

        @Override
        public void advances(String work, long done, long total, Unit unit) {}

        @Override
        public void says(String line) {}
    };
}
