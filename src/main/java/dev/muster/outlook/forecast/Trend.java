package dev.muster.outlook.forecast;

/** A curve that goes on where that is sure; where it is not, it may as well stay where it is. */
record Trend(Curve growth, Curve level, boolean sure) {
    static Trend through(double[] xs, double[] ys) {
        Curve growth = Curve.through(xs, ys);
        return new Trend(growth, Curve.level(xs, ys), growth.sure() && !Levels.sayAsMuch(xs, ys, growth));
    }

    private Curve best() {
        return sure ? growth : level;
    }

    double middle(double x) {
        return best().at(x);
    }

    /** How far above the middle the upper edge lies, as a logarithm. */
    double above(double x) {
        return sure
                ? growth.reach(x)
                : Math.max(level.reach(x), Math.log(growth.at(x) / level.at(x)) + growth.reach(x));
    }

    /** How far below the middle the lower edge lies, as a logarithm. */
    double below(double x) {
        return sure
                ? growth.reach(x)
                : Math.max(level.reach(x), Math.log(level.at(x) / growth.at(x)) + growth.reach(x));
    }

    boolean rises() {
        return sure && growth.slope() > 0;
    }

    double deviation() {
        return best().scatter().usual();
    }

    double slope(double x) {
        return sure ? (Math.log(growth.at(x * 1.001)) - Math.log(growth.at(x / 1.001))) / (2 * Math.log(1.001)) : 0;
    }

    int drills() {
        return growth.scatter().residuals().length;
    }

    String words(String what) {
        return best().words(what);
    }
}
