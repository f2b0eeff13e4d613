package dev.muster.outlook.forecast;

/**
 * A curve that goes on where that is sure; where it is not, it may as well stay where it is.
 *
 * @param sure whether it could hardly go on like that by chance
 * @param growthEdge how many deviations there are from the middle of the one curve to its edges
 * @param levelEdge how many from that of the other
 */
record Trend(Curve growth, Curve level, boolean sure, double growthEdge, double levelEdge) {
    private static final double STEP = 1.001;

    static Trend through(double[] xs, double[] ys) {
        Curve growth = Curve.through(xs, ys);
        Curve level = Curve.level(xs, ys);
        boolean sure = growth.sure() && !Levels.sayAsMuch(xs, ys, growth);
        return new Trend(growth, level, sure, growth.edge(), level.edge());
    }

    private Curve best() {
        return sure ? growth : level;
    }

    double middle(double x) {
        return best().at(x);
    }

    /** How far above the middle the upper edge lies, as a logarithm. */
    double above(double x) {
        return reach(x, 1);
    }

    /** How far below the middle the lower edge lies, as a logarithm. */
    double below(double x) {
        return reach(x, -1);
    }

    private double reach(double x, int side) {
        double going = growthEdge * growth.scatter().deviation(x);
        if (sure) {
            return going;
        }
        double staying = levelEdge * level.scatter().deviation(x);
        return Math.max(staying, going + side * Math.log(growth.at(x) / level.at(x)));
    }

    boolean rises() {
        return sure && growth.slope() > 0;
    }

    /** How far values lie from it, as a logarithm. */
    double deviation() {
        return best().scatter().usual();
    }

    /** By how many percent it rises where x rises by one. */
    double pull(double x) {
        return (Math.log(middle(x * STEP)) - Math.log(middle(x / STEP))) / (2 * Math.log(STEP));
    }

    int drills() {
        return growth.scatter().values();
    }

    String words(String what) {
        return best().words(what);
    }
}
